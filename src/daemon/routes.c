/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns when each way was tested and when a person confirmed it, in numbers of the store.
 */
#include "daemon/routes.h"

#include "base/file.h"
#include "daemon/journal.h"
#include "daemon/teller.h"
#include "probes/alert/alert.h"
#include "probes/specs.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define TESTED "tested:"       /* numbers of the store, with the route's name behind it */
#define CONFIRMED "confirmed:" /* instants; not there: never */
#define NUMBER_NAME (CONF_ID_MAX + sizeof(CONFIRMED))

static const char *
number_of(const char *what, const char *route, char buf[NUMBER_NAME])
{
	snprintf(buf, NUMBER_NAME, "%s%s", what, route);
	return buf;
}

static int
get(const struct ground *on, const char *what, const char *route, instant *out, struct err *e)
{
	char name[NUMBER_NAME];

	return store_number(on->world->store, number_of(what, route, name), INSTANT_NONE, out, e);
}

static int
set_now(const struct ground *on, const char *what, const char *route, struct err *e)
{
	char name[NUMBER_NAME];

	return store_set_number(
	    on->world->store, number_of(what, route, name), world_now(on->world), e);
}

int
routes_test(const struct ground *on, const char *text, struct arena *a, struct err *e)
{
	for (size_t i = 0; i < on->ways->n; i++) {
		const struct way *w = &on->ways->v[i];

		if (!way_has_cell(w))
			continue;
		/* one that still waits would keep this one behind it */
		if (store_letters_forget(on->world->store, w->conf->id, TEST_KEY, e) < 0 ||
		    set_now(on, TESTED, w->conf->id, e) < 0 || teller_test(on, w, text, a, e) < 0)
			return -1;
	}
	if (set_now(on, TESTED, ALERT_HERE, e) < 0)
		return -1;
	return teller_test(on, NULL, text, a, e);
}

int
routes_confirm(
    const struct ground *on, const char *route, const char *by, bool *tested, struct err *e)
{
	instant at;

	if (route[0] == '\0')
		route = ALERT_HERE;
	*tested = false;
	if (strlen(route) > CONF_ID_MAX)
		return 0;
	if (get(on, TESTED, route, &at, e) < 0)
		return -1;
	if (at == INSTANT_NONE)
		return 0;
	*tested = true;
	ledger_line(on->ledger, "test alert (%s) seen by %s", route, by);
	return set_now(on, CONFIRMED, route, e);
}

/* After how long the check asks for a new test; SPAN_MAX: it does not judge whether alerts arrive.
 */
static span
due_of(const struct check_conf *k)
{
	const struct probe_spec *p = probe_find(k->probe);
	const struct opt *o =
	    p != NULL && (p->needs & NEED_FACTS) != 0 ? opt_find(p->opts, ALERT_DUE) : NULL;
	span due = SPAN_MAX;

	if (o != NULL)
		memcpy(&due, (const char *)k->options + o->offset, sizeof(due));
	return due;
}

instant
routes_due(const struct ground *on)
{
	const struct conf *c = on->generation->conf;
	span first = SPAN_MAX;

	for (size_t i = 0; i < c->nchecks; i++)
		if (due_of(&c->checks[i]) < first)
			first = due_of(&c->checks[i]);
	return first == SPAN_MAX ? INSTANT_NONE : instant_plus(world_now(on->world), first);
}

int
routes_moments(
    const struct ground *on, const char *route, instant *tested, instant *confirmed, struct err *e)
{
	if (get(on, TESTED, route, tested, e) < 0)
		return -1;
	return get(on, CONFIRMED, route, confirmed, e);
}

int
routes_tested_here(const struct ground *on, instant *tested, instant *confirmed, struct err *e)
{
	return routes_moments(on, ALERT_HERE, tested, confirmed, e);
}

static void
add_moment(struct str *s, instant t)
{
	if (t == INSTANT_NONE)
		str_add(s, "-");
	else
		str_addf(s, "%lld", (long long)t);
}

static int
add_route(
    const struct ground *on, const char *route, bool untested_too, struct str *s, struct err *e)
{
	instant tested, confirmed;

	if (get(on, TESTED, route, &tested, e) < 0 || get(on, CONFIRMED, route, &confirmed, e) < 0)
		return -1;
	if (tested == INSTANT_NONE && !untested_too)
		return 0;
	str_addf(s, "%s ", route);
	add_moment(s, tested);
	str_add(s, " ");
	add_moment(s, confirmed);
	str_add(s, "\n");
	return 0;
}

static int
list_routes(const struct ground *on, struct str *s, struct err *e)
{
	str_add(s, ALERT_HEAD);
	for (size_t i = 0; i < on->ways->n; i++)
		if (way_has_cell(&on->ways->v[i]) &&
		    add_route(on, on->ways->v[i].conf->id, true, s, e) < 0)
			return -1;
	/* the screen counts once somebody has tried it: a server has none */
	return add_route(on, ALERT_HERE, false, s, e);
}

static int
write_file(const struct ground *on, const struct check_conf *k, const struct str *s, struct err *e)
{
	char path[PATH_MAX];
	int dir, rc;

	if (snprintf(path, sizeof(path), "%s/checks/%s", on->world->state_dir, k->id) >=
	    (int)sizeof(path))
		return err_set(e, ERR_LIMIT, "the state folder's name is too long");
	dir = file_open_folder(path, e);
	if (dir < 0)
		return -1;
	rc = file_replace(dir, ALERT_FILE, 0600, s->s, s->len, e);
	close(dir);
	return rc;
}

void
routes_leave(const struct ground *on, const struct check_conf *k)
{
	struct str s;
	struct err e = { 0 };

	str_init(&s, ALERT_FILE_MAX);
	if (list_routes(on, &s, &e) < 0 || write_file(on, k, &s, &e) < 0)
		journal(JOURNAL_WARNING, "%s: the routes cannot be noted: %s", k->id, e.msg);
	str_fini(&s);
}
