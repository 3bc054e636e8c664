/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the list of what was found wrong and is still to be told.
 */
#include "finding.h"

#include "state.h"

#include "probes/probe.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void
forget(struct state *s, size_t i)
{
	s->nfound--;
	memmove(&s->found[i], &s->found[i + 1], (s->nfound - i) * sizeof(s->found[0]));
	s->dirty = true;
}

static void
say(struct state *s, const struct kept_finding *f)
{
	struct str line;

	str_init(&line, STATEMENT_MAX);
	str_addf(&line,
	    "fw1 finding stream=%s at=%" PRId64 " seg=%" PRIu64 " record=%" PRIu64 " off=%" PRIu64
	    " count=%" PRIu64,
	    s->id, f->since, f->segment, f->record, f->offset, f->count);
	statement_put_name(&line, "rule", f->rule);
	statement_put_name(&line, "key", f->key);
	statement_put_name(&line, "text", f->text);
	state_say(s, line.s, line.len);
	str_fini(&line);
}

/* By the face's table. What an older version found under a name that is there no more may go. */
static bool
is_stop(const struct kept_finding *f)
{
	char name[128];
	const struct rule *r;
	const struct finding *known;

	snprintf(name, sizeof(name), "audit.%s", f->rule);
	r = rule_find(probe_self->rules, name);
	known = r != NULL && r->findings != NULL ? finding_find(r, f->key) : NULL;
	return known != NULL && known->level == LEVEL_STOP;
}

/* The newest one that a person has not accepted and that is like f, and how many there are. */
static struct kept_finding *
newest_like(struct state *s, const struct kept_finding *f, size_t *n)
{
	struct kept_finding *newest = NULL;

	*n = 0;
	for (size_t i = 0; i < s->nfound; i++)
		if (s->found[i].accepted == 0 && strcmp(s->found[i].rule, f->rule) == 0 &&
		    strcmp(s->found[i].key, f->key) == 0) {
			newest = &s->found[i];
			++*n;
		}
	return newest;
}

/* What the log itself says stays said, also when its bytes were away for a while. */
static bool
is_testimony(const struct kept_finding *f)
{
	return strcmp(f->rule, "admitted") == 0 || strcmp(f->rule, "stopped") == 0;
}

/* What is found later never pushes out what was found before: it is counted at one like it. */
static bool
is_counted(struct state *s, const struct kept_finding *f)
{
	size_t n;
	struct kept_finding *newest = newest_like(s, f, &n);

	if (s->nfound < AUDIT_FINDINGS_MAX && (n < AUDIT_SAME_MAX || is_stop(f) || is_testimony(f)))
		return false;
	if (newest == NULL)
		newest = &s->found[s->nfound - 1];
	newest->more++;
	newest->again = f->since;
	s->dirty = true;
	return true;
}

void
finding_add(struct state *s, instant now, const char *rule, const char *key,
    const struct finding_place *place, const char *fmt, ...)
{
	struct kept_finding f = {
		.rule = rule,
		.key = key,
		.since = now,
		.segment = place->segment,
		.record = place->record,
		.offset = place->offset,
		.count = place->count,
		.last = place->last,
		.bytes = place->bytes,
		.number = place->number,
		.number_last = place->number_last,
	};
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(f.text, sizeof(f.text), fmt, ap);
	va_end(ap);
	say(s, &f);
	if (is_counted(s, &f))
		return;
	s->found = arena_grow(s->arena, s->found, s->nfound, &s->found_cap, sizeof(*s->found));
	s->found[s->nfound++] = f;
}

void
finding_stands(struct state *s, instant now, const char *rule, const char *key, const char *words)
{
	bool there = false;

	for (size_t i = s->nfound; i-- > 0;) {
		const struct kept_finding *f = &s->found[i];

		if (strcmp(f->rule, rule) != 0)
			continue;
		if (key != NULL && strcmp(f->key, key) == 0 && strcmp(f->text, words) == 0)
			there = true;
		else
			forget(s, i);
	}
	if (key != NULL && !there && s->nfound < AUDIT_FINDINGS_MAX)
		finding_add(s, now, rule, key, &(struct finding_place){ 0 }, "%s", words);
}

bool
finding_has_rule(const struct state *s, const char *rule)
{
	for (size_t i = 0; i < s->nfound; i++)
		if (strcmp(s->found[i].rule, rule) == 0 && s->found[i].accepted == 0)
			return true;
	return false;
}

bool
finding_is_standing(const struct kept_finding *f)
{
	static const char *const rules[] = { "rotation", "keeping", "writer" };

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (strcmp(f->rule, rules[i]) == 0)
			return true;
	return false;
}

struct kept_finding *
finding_known(struct state *s, const char *rule, const char *key, const struct finding_place *place)
{
	for (size_t i = 0; i < s->nfound; i++) {
		struct kept_finding *f = &s->found[i];

		if (strcmp(f->rule, rule) == 0 && strcmp(f->key, key) == 0 &&
		    (place == NULL || (f->record == place->record && f->offset == place->offset)))
			return f;
	}
	return NULL;
}

void
finding_end(struct state *s, struct kept_finding *f)
{
	forget(s, (size_t)(f - s->found));
}

static bool
matches(const struct kept_finding *f, const char *rule, uint64_t segment)
{
	return f->segment == segment && (rule == NULL || strcmp(f->rule, rule) == 0);
}

bool
finding_has(const struct state *s, const char *rule, uint64_t segment)
{
	for (size_t i = 0; i < s->nfound; i++)
		if (matches(&s->found[i], rule, segment))
			return true;
	return false;
}

bool
finding_is_open(const struct state *s, const char *rule, uint64_t segment)
{
	for (size_t i = 0; i < s->nfound; i++)
		if (matches(&s->found[i], rule, segment) && s->found[i].accepted == 0)
			return true;
	return false;
}

void
finding_drop(struct state *s, const char *rule, uint64_t segment)
{
	for (size_t i = s->nfound; i-- > 0;)
		if (matches(&s->found[i], rule, segment) &&
		    (rule != NULL ||
			(!is_testimony(&s->found[i]) && !finding_is_standing(&s->found[i]))))
			forget(s, i);
}

static instant
last_seen(const struct kept_finding *f)
{
	return f->again != 0 ? f->again : f->since;
}

void
finding_expire(struct state *s, instant now, span keep)
{
	for (size_t i = s->nfound; i-- > 0;)
		if (instant_minus(now, last_seen(&s->found[i])) > keep &&
		    s->found[i].accepted == 0 && !is_stop(&s->found[i]) &&
		    !finding_is_standing(&s->found[i]))
			forget(s, i);
}
