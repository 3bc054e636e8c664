/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the number of the last event, and how an event becomes a letter for each way.
 */
#include "daemon/teller.h"

#include "daemon/counts.h"
#include "judge/wording.h"
#include "tell/body.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#define SINK_RULE "forewarn.sink" /* of probes/builtin.c */

#define TEST_TITLE "Test alert from %.40s"
#define TEST_BODY                                                                                  \
	"This is a test. Nothing is wrong. If you can read it, confirm it with \"I saw this\" or " \
	"`forewarn alerts confirm%s%s`: then it is known that alerts arrive here."

static void
random_id(char id[EVENT_ID])
{
	unsigned char bytes[16];

	/* never blocks after boot; a part is as good as none */
	if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
		memset(bytes, 0, sizeof(bytes));
	for (size_t i = 0; i < sizeof(bytes); i++)
		snprintf(id + 2 * i, 3, "%02x", bytes[i]);
}

void
teller_place(const struct ground *on, struct event *v)
{
	random_id(v->id);
	v->site = on->generation->site;
	v->host = on->world->host;
	v->at = world_now(on->world);
	if (!hostclock_fresh(on->hostclock, on->world, &v->clock))
		v->clock.measured = false;
}

int
teller_number(const struct ground *on, struct event *v, struct err *e)
{
	struct store *s = on->world->store;
	int64_t last;

	teller_place(on, v);
	if (store_number(s, STORE_SEQUENCE, 0, &last, e) < 0)
		return -1;
	v->sequence = (uint64_t)last + 1;
	return store_set_number(s, STORE_SEQUENCE, last + 1, e);
}

/* CLOCK_BOOTTIME: when a letter of that kind that is written now may go; 0: at once. */
static span
due_of(const struct ground *on, const struct way *w, enum event_kind k)
{
	return w->for_people && event_is_alert(k) ? world_boot(on->world) + TELLER_COMPANY_WAIT : 0;
}

/* body: room for one body, empty. owed: earlier states that every letter stands for. */
static int
put_letter(const struct ground *on, struct event *v, const struct way *w, const char *key,
    uint64_t owed, struct str *body, struct err *e)
{
	struct store *s = on->world->store;
	struct store_letter l = {
		.sink = w->conf->id,
		.event = v->id,
		.key = key,
		.kind = v->kind,
		.created = v->at,
		.due = due_of(on, w, v->kind),
	};

	if (store_letters_fold(s, w->conf->id, key, !way_is_open(w, v->at), &v->folded, e) < 0)
		return -1;
	v->folded += owed;
	if (body_write(w->format, &w->terms, v, body, &l.type, e) < 0)
		return -1;
	l.body = body->s;
	l.len = body->len;
	l.folded = v->folded;
	if (l.due != 0)
		l.title = v->title;
	if (event_is_alert(v->kind) || v->kind == EVENT_DEGRADED || v->kind == EVENT_SUMMARY)
		l.level = v->level;
	return store_letter_put(s, &l, e);
}

int
teller_letters(
    const struct ground *on, struct event *v, const char *key, uint64_t bits, struct err *e)
{
	const uint64_t owed = v->folded;
	struct str body;
	int rc = 0;

	str_init(&body, BODY_MAX + 1);
	for (size_t i = 0; i < on->ways->n && rc == 0; i++) {
		const struct way *w = &on->ways->v[i];

		if (!(bits >> w->bit & 1) || !way_has_cell(w) || !body_carries(w->format, v->kind))
			continue;
		str_clear(&body);
		rc = put_letter(on, v, w, key, owed, &body, e);
	}
	v->folded = owed;
	str_fini(&body);
	return rc;
}

/* What was measured of the item that the event is about. */
static void
add_item(struct event *v, const struct item *it)
{
	v->deadline = it->deadline;
	v->start_by = it->verdict.start_by;
	v->metrics = it->metrics;
	v->nmetrics = it->nmetrics;
	v->evidence = it->evidence;
	v->nevidence = it->nevidence;
}

/* What people call the thing: its check, as every view does; and where the title does not say what
 * was found, the sink that the daemon speaks of. */
static const char *
title_of(const struct store_standing *row, const struct alert_news *news, struct arena *a)
{
	bool found = news->item != NULL && news->item->state == ITEM_FOUND &&
		     news->told.kind != EVENT_EXCEPTED;

	if (strcmp(row->rule, SINK_RULE) == 0 && !found)
		return arena_printf(a, "Delivery to \"%s\"", row->target);
	return news->check != NULL ? news->check->title : row->check;
}

/* Title, body and parts, which lie in the arena. */
static const struct wording *
word_alert(const struct ground *on, const struct store_standing *row, const struct alert_news *news,
    struct event *v, struct arena *a)
{
	struct wording *w = arena_alloc(a, sizeof(*w));
	const struct check_conf *k = news->check;
	const struct generation *g = on->generation;
	struct wording_of of = { .item = news->item,
		.rule = news->rule,
		.title = title_of(row, news, a),
		.owner = k != NULL ? generation_person(g, k->owner) : NULL,
		.secondary = k != NULL ? generation_person(g, k->secondary) : NULL,
		.told = news->told,
		.taken = news->taken,
		.accepted = news->accepted,
		.suppressed = news->suppressed };

	/* days are counted from true time, as dates are judged */
	wording_make(&of, instant_plus(world_now(on->world), -hostclock_ahead(on->hostclock)), w);
	v->check_title = of.title;
	v->owner = of.owner;
	v->secondary = of.secondary;
	v->title = w->title;
	v->body = w->body;
	v->parts = w->parts;
	return w;
}

/* The event of what was told of one row; its words lie in the arena. */
static const struct wording *
event_of(const struct ground *on, const struct store_standing *row, const struct alert_news *news,
    struct event *v, struct arena *a)
{
	char *alert = arena_alloc(a, EVENT_ID);
	const struct outcome *told = &news->told;

	*v = (struct event){ .kind = told->kind,
		.check = row->check,
		.alert = policy_alert_id(row->fingerprint, told->alert, told->since, alert),
		.fingerprint = row->fingerprint,
		.target = row->target,
		.rule = row->rule,
		.level = told->level,
		.previous = told->previous,
		.since = told->since,
		.start_by = INSTANT_NONE,
		.until = told->until,
		.accepted = news->accepted,
		.suppressed = news->suppressed };
	if (told->kind == EVENT_ACKNOWLEDGED) {
		v->taken_by = row->acked_by;
		v->note = row->note[0] != '\0' ? row->note : NULL;
	}
	if (news->item != NULL)
		add_item(v, news->item);
	return word_alert(on, row, news, v, a);
}

int
teller_alert(const struct ground *on, struct store_standing *row, const struct alert_news *news,
    struct arena *a, struct err *e)
{
	struct event v;
	const struct wording *w = event_of(on, row, news, &v, a);

	row->title = w->title;
	row->body = w->body;
	if (teller_number(on, &v, e) < 0)
		return -1;
	ledger_line(on->ledger, "%s: %s: %s", event_type(v.kind), level_name(v.level), w->title);
	ledger_event(on->ledger, &v);
	if (teller_letters(on, &v, row->fingerprint, news->told.sinks, e) < 0)
		return -1;
	if (v.kind != EVENT_RAISED || strcmp(row->rule, SINK_RULE) != 0)
		return 0;
	/* programs hear of it in a form of its own too, about the same alert */
	v.kind = EVENT_DEGRADED;
	return teller_number(on, &v, e) < 0
		   ? -1
		   : teller_letters(
			 on, &v, arena_printf(a, "degraded/%s", row->target), news->told.sinks, e);
}

int
teller_alert_again(const struct ground *on, const struct store_standing *row,
    const struct alert_news *news, struct arena *a, struct err *e)
{
	struct event v;

	event_of(on, row, news, &v, a);
	teller_place(on, &v);
	return teller_letters(on, &v, row->fingerprint, news->told.sinks, e);
}

static int
count_heartbeat(const struct ground *on, struct event *v, struct err *e)
{
	*v = (struct event){ .kind = EVENT_HEARTBEAT,
		.since = INSTANT_NONE,
		.start_by = INSTANT_NONE,
		.title = "",
		.body = "",
		.parts = { "", "", "", "", "" } };
	if (counts_take(on, &v->counts, e) < 0)
		return -1;
	v->level = v->previous = counts_worst(&v->counts);
	return 0;
}

int
teller_heartbeat(const struct ground *on, struct err *e)
{
	uint64_t all = ways_all(on->ways);
	struct event v;

	if (all == 0)
		return 0;
	if (count_heartbeat(on, &v, e) < 0 || teller_number(on, &v, e) < 0)
		return -1;
	return teller_letters(on, &v, "heartbeat", all, e);
}

int
teller_heartbeat_again(const struct ground *on, uint64_t bits, struct err *e)
{
	struct event v;

	if (count_heartbeat(on, &v, e) < 0)
		return -1;
	teller_place(on, &v);
	return teller_letters(on, &v, "heartbeat", bits, e);
}

int
teller_checkpoint(const struct ground *on, const struct check_conf *k, const struct evidence *heads,
    size_t n, size_t part, struct arena *a, struct err *e)
{
	uint64_t all = ways_all(on->ways);
	struct event v = { .kind = EVENT_CHECKPOINT,
		.check = k->id,
		.check_title = k->title,
		.since = INSTANT_NONE,
		.start_by = INSTANT_NONE,
		.evidence = heads,
		.nevidence = n,
		.body = "" };

	if (all == 0)
		return 0;
	v.title =
	    arena_printf(a, "%zu head%s to keep outside of this computer", n, n == 1 ? "" : "s");
	v.parts = (struct event_parts){ v.title, "", "", "", "" };
	if (teller_number(on, &v, e) < 0)
		return -1;
	return teller_letters(on, &v, arena_printf(a, "checkpoint/%s/%zu", k->id, part), all, e);
}

int
teller_digest(const struct ground *on, const char *const *named, size_t n, bool first,
    struct arena *a, struct err *e)
{
	struct wording *w = arena_alloc(a, sizeof(*w));
	struct event v = { .kind = EVENT_DIGEST, .since = INSTANT_NONE, .start_by = INSTANT_NONE };
	struct digest_of of = { on->world->host, first, &v.counts, named, n };

	if (counts_take(on, &v.counts, e) < 0)
		return -1;
	wording_digest(&of, w);
	v.level = v.previous = counts_worst(&v.counts);
	v.title = w->title;
	v.body = w->body;
	v.parts = w->parts;
	if (teller_number(on, &v, e) < 0)
		return -1;
	ledger_line(on->ledger, "%s: %s", event_type(v.kind), w->title);
	ledger_event(on->ledger, &v);
	return teller_letters(on, &v, "digest",
	    ways_for(on->ways, NULL, LEVEL_PLAN) | ways_for(on->ways, NULL, LEVEL_ACT), e);
}

int
teller_test(
    const struct ground *on, const struct way *w, const char *text, struct arena *a, struct err *e)
{
	char *title = arena_alloc(a, EVENT_TITLE_MAX + 1),
	     *body = arena_alloc(a, EVENT_BODY_MAX + 1);
	struct event v = { .kind = EVENT_TEST,
		.since = INSTANT_NONE,
		.level = LEVEL_OK,
		.previous = LEVEL_OK,
		.start_by = INSTANT_NONE,
		.title = title };

	snprintf(title, EVENT_TITLE_MAX + 1, TEST_TITLE, on->world->host);
	snprintf(body, EVENT_BODY_MAX + 1, TEST_BODY, w != NULL ? " " : "",
	    w != NULL ? w->conf->id : "");
	v.body = text != NULL && text[0] != '\0' ? text : body;
	v.parts = (struct event_parts){ title, "", "", v.body, "" };
	if (teller_number(on, &v, e) < 0)
		return -1;
	if (w != NULL)
		return teller_letters(on, &v, TEST_KEY, UINT64_C(1) << w->bit, e);
	ledger_event(on->ledger, &v);
	return 0;
}
