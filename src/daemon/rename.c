/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the way of a row from an old name of site or host to the one in force. Which name a row was
 * written under, its fingerprint says itself.
 */
#include "daemon/rename.h"

#include "daemon/context.h"
#include "daemon/teller.h"
#include "probes/specs.h"
#include "store/records.h"

#include <string.h>

#define ARENA_MAX ((size_t)64 << 20)

struct old_row {
	const char *fingerprint, *place; /* place: "site/host" of the fingerprint */
	struct old_row *next;
};

struct old_place {
	const char *name;
	struct old_place *next;
};

struct renaming {
	const struct ground *on;
	struct arena *a;
	struct old_row *rows;
	struct old_place *places;
};

/* What stands before "/check/target/rule"; NULL: it does not end so. */
static const char *
place_of(const struct store_standing *row, struct arena *a)
{
	const char *rest = arena_printf(a, "/%s/%s/%s", row->check, row->target, row->rule);
	size_t all = strlen(row->fingerprint), end = strlen(rest);

	if (end >= all || strcmp(row->fingerprint + all - end, rest) != 0)
		return NULL;
	return arena_textn(a, row->fingerprint, all - end);
}

static void
note_place(struct renaming *r, const char *place)
{
	struct old_place *more;

	for (const struct old_place *p = r->places; p != NULL; p = p->next)
		if (strcmp(p->name, place) == 0)
			return;
	more = arena_alloc(r->a, sizeof(*more));
	*more = (struct old_place){ place, r->places };
	r->places = more;
}

static void
gather_old(void *self, const struct store_standing *row)
{
	struct renaming *r = self;
	const struct generation *g = r->on->generation;
	const char *place = place_of(row, r->a);
	struct old_row *more;

	if (place == NULL || strcmp(place, arena_printf(r->a, "%s/%s", g->site, g->host)) == 0)
		return;
	more = arena_alloc(r->a, sizeof(*more));
	*more = (struct old_row){ arena_text(r->a, row->fingerprint), place, r->rows };
	r->rows = more;
	note_place(r, place);
}

/* ---- what is told of an open alert */

/* To those who were told of it: over, as far as the old name goes. */
static int
tell_end(
    struct renaming *r, const struct old_row *old, const struct store_standing *row, struct err *e)
{
	const struct ground *on = r->on;
	const char *slash = strrchr(old->place, '/');
	struct event v = { .kind = EVENT_RESOLVED,
		.level = LEVEL_OK,
		.previous = row->st.told,
		.check = row->check,
		.fingerprint = row->fingerprint,
		.target = row->target,
		.rule = row->rule,
		.since = row->st.opened,
		.start_by = INSTANT_NONE };
	const struct check_conf *k = conf_check(on->generation->conf, row->check);
	char alert[EVENT_ID];

	v.check_title = k != NULL ? k->title : row->check;
	v.alert = policy_alert_id(row->fingerprint, row->st.alert, row->st.opened, alert);
	v.title = arena_printf(r->a, "%.*s: goes on under another name", 30, v.check_title);
	v.body = arena_printf(r->a,
	    "What was %.60s is called %.50s/%.50s now. What is still wrong is told under that "
	    "name.",
	    old->place, on->generation->site, on->generation->host);
	v.parts = (struct event_parts){ v.title, "", "", "", "" };
	if (teller_number(on, &v, e) < 0)
		return -1;
	v.site = arena_textn(r->a, old->place, (size_t)(slash - old->place));
	v.host = slash + 1;
	ledger_line(on->ledger, "%s: %s", event_type(v.kind), v.title);
	ledger_event(on->ledger, &v);
	return teller_letters(on, &v, row->fingerprint, row->st.told_to, e);
}

/* The same alert, under the name in force. */
static int
tell_going_on(struct renaming *r, struct store_standing *row, struct err *e)
{
	struct context c = context_of(r->on, conf_check(r->on->generation->conf, row->check), r->a);
	struct alert_news news = { .check = c.check,
		.told = { .kind = EVENT_RAISED,
		    .why = WHY_CONFIRMED,
		    .level = row->st.told,
		    .previous = LEVEL_OK,
		    .sinks = row->st.told_to,
		    .alert = row->st.alert,
		    .since = row->st.opened },
		.taken = row->st.taken };

	news.rule = rule_find(probe_find(c.check->probe)->rules, row->rule);
	news.item = context_item(&c, row->target, row->rule);
	return teller_alert(r->on, row, &news, r->a, e);
}

static int
move_row(struct renaming *r, const struct old_row *old, struct err *e)
{
	const struct generation *g = r->on->generation;
	struct store *s = r->on->world->store;
	struct store_standing row, other;
	bool there, taken, told;

	if (store_standing_get(s, old->fingerprint, r->a, &row, &there, e) < 0 || !there)
		return there ? -1 : 0;
	told = row.st.open || row.st.told != LEVEL_OK;
	if (told && tell_end(r, old, &row, e) < 0)
		return -1;
	if (store_standing_drop(s, old->fingerprint, e) < 0)
		return -1;
	if (conf_check(g->conf, row.check) == NULL)
		return 0; /* it was told that it is over: nobody watches it under any name */
	row.fingerprint = generation_fingerprint(g, row.check, row.target, row.rule, r->a);
	if (store_samples_move(s, old->fingerprint, row.fingerprint, e) < 0 ||
	    store_records_move(s, old->fingerprint, row.fingerprint, e) < 0 ||
	    store_standing_get(s, row.fingerprint, r->a, &other, &taken, e) < 0)
		return -1;
	if (taken)
		return 0;
	if (row.st.open && tell_going_on(r, &row, e) < 0)
		return -1;
	return store_standing_put(s, &row, e);
}

/* ---- what people said about fingerprints */

/* Puts the pattern under the name in force. false: it does not begin with that old one. */
static bool
move_pattern(struct renaming *r, const char **pattern, const char *place)
{
	const struct generation *g = r->on->generation;
	const char *plain = arena_printf(r->a, "%s/", place);
	const char *escaped = generation_escape(plain, r->a);
	const char *now = generation_escape(arena_printf(r->a, "%s/%s/", g->site, g->host), r->a);
	const char *old = strncmp(*pattern, escaped, strlen(escaped)) == 0 ? escaped
			  : strncmp(*pattern, plain, strlen(plain)) == 0   ? plain
									   : NULL;

	if (old != NULL)
		*pattern = arena_printf(r->a, "%s%s", now, *pattern + strlen(old));
	return old != NULL;
}

static int
move_pauses(struct renaming *r, const char *place, struct err *e)
{
	struct store *s = r->on->world->store;
	struct store_silence *quiet;
	struct store_exception *approved;
	size_t nquiet, napproved;

	if (store_silences(s, r->a, &quiet, &nquiet, e) < 0 ||
	    store_exceptions(s, r->a, &approved, &napproved, e) < 0)
		return -1;
	for (size_t i = 0; i < nquiet; i++)
		if (move_pattern(r, &quiet[i].pattern, place) &&
		    store_silence_put(s, &quiet[i], e) < 0)
			return -1;
	for (size_t i = 0; i < napproved; i++)
		if (move_pattern(r, &approved[i].pattern, place) &&
		    store_exception_put(s, &approved[i], e) < 0)
			return -1;
	return 0;
}

static int
rename_all(struct renaming *r, struct err *e)
{
	if (store_standings(r->on->world->store, NULL, gather_old, r, e) < 0)
		return -1;
	for (const struct old_row *o = r->rows; o != NULL; o = o->next)
		if (move_row(r, o, e) < 0)
			return -1;
	for (const struct old_place *p = r->places; p != NULL; p = p->next) {
		ledger_line(r->on->ledger, "%s is called %s/%s now", p->name,
		    r->on->generation->site, r->on->generation->host);
		if (move_pauses(r, p->name, e) < 0)
			return -1;
	}
	return 0;
}

int
rename_old(const struct ground *on, struct err *e)
{
	struct renaming r = { .on = on, .a = arena_new(ARENA_MAX) };
	int rc = rename_all(&r, e);

	arena_free(r.a);
	return rc;
}
