/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns one input that must raise an alarm: its name, its looks, and which item is the alarm.
 */
#include "cli/prove_case.h"

#include "cli/measured.h"
#include "cli/prove_lay.h"
#include "base/clk.h"
#include "base/str.h"
#include "kinds/kinds.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHECK "prove"

/* The n bytes, if they are a name of small letters, digits, dots and dashes. */
static int
take_name(char *to, size_t size, const char *from, size_t n)
{
	if (n == 0 || n >= size)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (!islower((unsigned char)from[i]) && !isdigit((unsigned char)from[i]) &&
		    strchr(".-", from[i]) == NULL)
			return -1;
	memcpy(to, from, n);
	to[n] = '\0';
	return 0;
}

int
prove_case_parse(const char *name, struct prove_case *out)
{
	size_t n = strcspn(name, "+~"), len;

	*out = (struct prove_case){ .name = name };
	if (take_name(out->rule, sizeof(out->rule), name, n) < 0 || strchr(out->rule, '.') == NULL)
		return -1;
	name += n;
	if (*name == '+') {
		len = strcspn(name + 1, "~");
		if (take_name(out->finding, sizeof(out->finding), name + 1, len) < 0)
			return -1;
		name += 1 + len;
	}
	return *name == '\0' || (name[1] != '\0' && strchr(name + 1, '~') == NULL) ? 0 : -1;
}

/* One look: where it takes its files from, what is laid out, the moment that stands for now. */
struct looking {
	const char *from, *in, *state, *conf; /* folders, and the configuration's file */
	const char *options, *probe;
	const char *replay;
	instant at; /* 0: now */
};

/* check.conf as a configuration of one check: @ at the beginning of a text and before / is the
 * folder that is laid out. */
static int
write_conf(const struct looking *l, struct err *e)
{
	struct str text;
	int rc;

	str_init(&text, 2 * PROVE_TEXT_MAX);
	str_addf(&text, "checks = ( { id = \"" CHECK "\"; probe = \"%s\";\n", l->probe);
	for (const char *p = l->options; *p != '\0'; p++)
		if (*p == '@' && (p[1] == '/' || (p > l->options && p[-1] == '"')))
			str_add(&text, l->in);
		else
			str_addc(&text, *p);
	str_add(&text, "\n} );\n");
	rc = text.cut ? err_set(e, ERR_LIMIT, "check.conf is too long")
		      : prove_lay_make(l->conf, 0600, text.s, text.len, e);
	str_fini(&text);
	return rc;
}

static int
run(const struct looking *l, struct arena *a, struct result *out, struct err *e)
{
	const struct handed handed = { .moment = l->at, .replay = l->replay };
	const struct measured_what what = { .at = l->at != 0 ? l->at : INSTANT_NONE,
		.handed = &handed };
	struct report r;
	struct conf *c;
	int rc = -1;

	if (write_conf(l, e) < 0)
		return -1;
	c = kinds_conf(l->conf, NULL);
	if (c->nfaults > 0)
		err_set(e, ERR_PARSE, "check.conf: %s", c->faults[0]);
	else if (measured_report(c, &what, a, &r) == 0 && r.nchecks == 1)
		rc = 0;
	else
		err_set(e, ERR_RANGE, "it could not be run");
	if (rc == 0)
		*out = *r.checks[0].result;
	conf_free(c);
	return rc;
}

/* The moment in from/at; what stood before where there is none. */
static int
moment(const char *from, struct arena *a, instant *at, struct err *e)
{
	const char *text = prove_lay_text(from, "at", a);

	if (text == NULL)
		return 0;
	text = arena_printf(a, "%.*s", (int)strcspn(text, "\n"), text);
	return instant_parse(text, at, e) < 0 ? err_wrap(e, "at") : 0;
}

/* Lays out what the folder has, over what is there. */
static int
lay(struct looking *l, struct arena *a, struct err *e)
{
	instant now = clk_system()->wall(clk_system());
	const char *replay = arena_printf(a, "%s/replay", l->from);

	if (moment(l->from, a, &l->at, e) < 0)
		return -1;
	if (access(replay, R_OK) == 0)
		l->replay = replay;
	return prove_lay(l->from, l->in, l->at != 0 ? l->at : now, a, e);
}

static int
looks(struct looking *l, const char *dir, struct arena *a, struct result *out, struct err *e)
{
	int n = 0;

	l->from = dir;
	if (lay(l, a, e) < 0)
		return -1;
	for (int i = 1; i <= PROVE_LOOKS_MAX; i++) {
		l->from = arena_printf(a, "%s/look%d", dir, i);
		if (access(l->from, F_OK) < 0)
			break;
		if (lay(l, a, e) < 0 || run(l, a, out, e) < 0)
			return err_wrap(e, "look%d", i);
		n++;
	}
	return n > 0 ? 0 : run(l, a, out, e);
}

int
prove_case_run(
    const char *dir, const char *probe, struct arena *a, struct result *out, struct err *e)
{
	const char *tmp = getenv("TMPDIR");
	char *base = arena_printf(
	    a, "%s/forewarn-prove-XXXXXX", tmp != NULL && tmp[0] == '/' ? tmp : "/tmp");
	struct looking l = { .probe = probe, .options = prove_lay_text(dir, "check.conf", a) };
	const char *kept = getenv("FOREWARN_STATE_DIR");
	int rc;

	if (l.options == NULL)
		return err_set(e, ERR_PARSE, "has no check.conf");
	if (mkdtemp(base) == NULL)
		return err_sys(e, "%s", base);
	chmod(base, 0755); /* foreign programs run as a user of their own */
	l.in = arena_printf(a, "%s/in", base);
	l.conf = arena_printf(a, "%s/prove.conf", base);
	setenv("FOREWARN_STATE_DIR", arena_printf(a, "%s/state", base), 1);
	rc = looks(&l, dir, a, out, e);
	if (kept != NULL)
		setenv("FOREWARN_STATE_DIR", kept, 1);
	else
		unsetenv("FOREWARN_STATE_DIR");
	prove_lay_remove(base);
	return rc;
}

/* The judge makes it of the runs of a job: no probe names it. */
static bool
is_by_runs(const struct item *it, const struct rule *rule, const char *finding)
{
	const struct finding *f = finding_find(rule, finding);

	return (rule->by & BY_RUNS) != 0 && f != NULL && it->verdict.do_now == f->do_now;
}

/* The rule's figures or date, or that it could not be checked where it has neither. */
static bool
is_own(const struct item *it, const struct rule *rule)
{
	if ((rule->by & (BY_METRIC | BY_DEADLINE)) == 0)
		return it->verdict.level == LEVEL_UNKNOWN;
	return it->state == ITEM_FINE && it->verdict.level != LEVEL_UNKNOWN;
}

static bool
is_finding(const struct item *it, const struct rule *rule, const char *finding)
{
	return it->state == ITEM_FOUND ? strcmp(it->finding, finding) == 0
				       : is_by_runs(it, rule, finding);
}

const struct item *
prove_case_alarm(const struct prove_case *c, const struct rule *rule, const struct result *r)
{
	for (size_t i = 0; i < r->nitems; i++) {
		const struct item *it = &r->items[i];

		if (strcmp(it->rule, c->rule) == 0 && it->verdict.level != LEVEL_OK &&
		    (c->finding[0] == '\0' ? is_own(it, rule) : is_finding(it, rule, c->finding)))
			return it;
	}
	return NULL;
}
