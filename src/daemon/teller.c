/* SPDX-License-Identifier: Apache-2.0
 *
 * What is told, as events, and each event written out for the sinks that want it.
 */
#include "daemon/context.h"

#include "judge/judge.h"
#include "judge/wording.h"
#include "tell/body.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

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

int
daemon_number(struct daemon *d, struct event *v, struct err *e)
{
	int64_t last;

	random_id(v->id);
	v->site = d->site;
	v->host = d->host;
	v->at = d->clk->wall(d->clk);
	if (!daemon_clock(d, &v->clock))
		v->clock.measured = false;
	if (store_number(d->store, "sequence", 0, &last, e) < 0)
		return -1;
	v->sequence = (uint64_t)last + 1;
	return store_set_number(d->store, "sequence", last + 1, e);
}

/* One letter a sink of the bits, if its form knows this kind of event. What waits for the same key
 * and was superseded goes, and is counted. */
int
daemon_letters(struct daemon *d, struct event *v, const char *key, uint64_t bits, struct err *e)
{
	const uint64_t owed = v->folded;
	struct str body;
	int rc = 0;

	str_init(&body, BODY_MAX + 1);
	for (size_t i = 0; i < d->nsinks && rc == 0; i++) {
		const struct daemon_sink *s = &d->sinks[i];
		struct store_letter l = { .sink = s->conf->id,
			.event = v->id,
			.key = key,
			.kind = v->kind,
			.created = v->at };

		if (!(bits >> s->bit & 1) || !daemon_has_cell(s) ||
		    !body_carries(s->format, v->kind))
			continue;
		rc = store_letters_fold(d->store, s->conf->id, key, &v->folded, e);
		v->folded += owed;
		str_clear(&body);
		if (rc == 0)
			rc = body_write(s->format, &s->terms, v, &body, &l.type, e);
		l.body = body.s;
		l.len = body.len;
		l.folded = v->folded;
		if (rc == 0)
			rc = store_letter_put(d->store, &l, e);
	}
	v->folded = owed;
	str_fini(&body);
	return rc;
}

int
daemon_tell(struct daemon *d, struct store_standing *row, const struct letter_of *of,
    struct arena *a, struct err *e)
{
	struct wording *w = arena_alloc(a, sizeof(*w));
	const struct check_conf *k = of->check;
	char *alert = arena_alloc(a, EVENT_ID);
	struct wording_of words = { .item = of->item,
		.rule = of->rule,
		.title = k != NULL ? k->title : row->check,
		.owner = k != NULL ? daemon_person(d, k->owner) : NULL,
		.secondary = k != NULL ? daemon_person(d, k->secondary) : NULL,
		.told = of->told,
		.taken = of->taken,
		.suppressed = of->suppressed };
	struct event v = { .kind = of->told.kind,
		.check = row->check,
		.check_title = words.title,
		.alert = alert,
		.fingerprint = row->fingerprint,
		.target = row->target,
		.rule = row->rule,
		.level = of->told.level,
		.previous = of->told.previous,
		.since = of->told.since,
		.start_by = INSTANT_NONE,
		.owner = words.owner,
		.secondary = words.secondary,
		.suppressed = of->suppressed };

	policy_alert_id(row->fingerprint, of->told.alert, of->told.since, alert);
	wording_make(&words, d->clk->wall(d->clk), w);
	v.title = w->title;
	v.body = w->body;
	v.parts = w->parts;
	if (of->item != NULL) {
		v.deadline = of->item->deadline;
		v.start_by = of->item->verdict.start_by;
		v.metrics = of->item->metrics;
		v.nmetrics = of->item->nmetrics;
		v.evidence = of->item->evidence;
		v.nevidence = of->item->nevidence;
	}
	row->title = w->title;
	row->body = w->body;
	if (daemon_number(d, &v, e) < 0)
		return -1;
	daemon_log_later(d, "%s: %s: %s", event_type(v.kind), level_name(v.level), w->title);
	daemon_publish(d, &v);
	return daemon_letters(d, &v, row->fingerprint, of->told.sinks, e);
}

static void
count_level(void *self, const struct store_standing *row)
{
	struct event_counts *c = self;

	/* that a check runs is no item of its own, unless it does not */
	if (strcmp(row->rule, JOIN_RUN_RULE) == 0 && row->st.held == LEVEL_OK && !row->st.stale)
		return;
	if (row->st.gate == GATE_EXCEPTED) {
		c->level[LEVEL_OK]++;
		return;
	}
	c->level[row->st.stale ? LEVEL_UNKNOWN : row->st.held]++;
}

int
daemon_counts(struct daemon *d, struct event_counts *c, struct err *e)
{
	struct store_outbox o;

	*c = (struct event_counts){ .checks = d->conf->nchecks };
	if (store_standings(d->store, NULL, count_level, c, e) < 0 ||
	    store_outbox(d->store, NULL, &o, e) < 0)
		return -1;
	c->outbox = o.letters;
	c->dropped = o.dropped;
	c->oldest = o.oldest != INSTANT_NONE ? instant_minus(d->clk->wall(d->clk), o.oldest) : 0;
	return 0;
}

static enum level
worst(const struct event_counts *c)
{
	for (int l = LEVEL_STOP; l > LEVEL_OK; l--)
		if (c->level[l] > 0)
			return (enum level)l;
	return LEVEL_OK;
}

int
daemon_heartbeat(struct daemon *d, struct arena *a, struct err *e)
{
	struct event v = { .kind = EVENT_HEARTBEAT,
		.since = INSTANT_NONE,
		.start_by = INSTANT_NONE,
		.title = "",
		.body = "" };
	uint64_t all = 0;

	(void)a;
	daemon_alive(d);
	if (daemon_counts(d, &v.counts, e) < 0)
		return -1;
	v.level = v.previous = worst(&v.counts);
	v.parts = (struct event_parts){ "", "", "", "", "" };
	for (size_t i = 0; i < d->nsinks; i++)
		all |= UINT64_C(1) << d->sinks[i].bit;
	if (all == 0)
		return 0;
	return daemon_number(d, &v, e) < 0 ? -1 : daemon_letters(d, &v, "heartbeat", all, e);
}

int
daemon_digest(struct daemon *d, const char *const *named, size_t n, bool first, struct arena *a,
    struct err *e)
{
	struct wording *w = arena_alloc(a, sizeof(*w));
	struct event v = { .kind = EVENT_DIGEST, .start_by = INSTANT_NONE };
	struct digest_of of = { d->host, first, &v.counts, named, n };

	if (daemon_counts(d, &v.counts, e) < 0)
		return -1;
	wording_digest(&of, w);
	v.level = v.previous = worst(&v.counts);
	v.title = w->title;
	v.body = w->body;
	v.parts = w->parts;
	if (daemon_number(d, &v, e) < 0)
		return -1;
	daemon_log_later(d, "%s: %s", event_type(v.kind), w->title);
	daemon_publish(d, &v);
	return daemon_letters(
	    d, &v, "digest", daemon_sinks_for(d, LEVEL_PLAN) | daemon_sinks_for(d, LEVEL_ACT), e);
}

int
daemon_dropped(struct daemon *d, int64_t n, struct err *e)
{
	int64_t before;

	if (store_number(d->store, "dropped", 0, &before, e) < 0)
		return -1;
	return store_set_number(d->store, "dropped", before + n, e);
}

int
daemon_test_alert(
    struct daemon *d, const struct daemon_sink *s, const char *text, struct arena *a, struct err *e)
{
	char *title = arena_alloc(a, EVENT_TITLE_MAX + 1),
	     *body = arena_alloc(a, EVENT_BODY_MAX + 1);
	struct event v = { .kind = EVENT_TEST, .start_by = INSTANT_NONE };

	snprintf(title, EVENT_TITLE_MAX + 1, TEST_TITLE, d->host);
	snprintf(body, EVENT_BODY_MAX + 1, TEST_BODY, s != NULL ? " " : "",
	    s != NULL ? s->conf->id : "");
	v.level = v.previous = LEVEL_OK;
	v.title = title;
	v.body = text != NULL && text[0] != '\0' ? text : body;
	v.parts = (struct event_parts){ title, "", "", v.body, "" };
	if (daemon_number(d, &v, e) < 0)
		return -1;
	if (s != NULL)
		return daemon_letters(d, &v, "test", UINT64_C(1) << s->bit, e);
	daemon_publish(d, &v);
	return 0;
}
