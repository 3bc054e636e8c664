/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/context.h"

#include "judge/judge.h"
#include "model/wire.h"
#include "probes/specs.h"

#include <fnmatch.h>
#include <inttypes.h>
#include <string.h>

#define REFUSED_EVERY SPAN_MIN
#define REFUSED_OVER (5 * SPAN_S)
#define TRIES 3 /* of a transaction, with room made between them */

int
join_said(struct join *j, struct err *e)
{
	if (store_silences(j->d->store, j->a, &j->silences, &j->nsilences, e) < 0)
		return -1;
	return store_exceptions(j->d->store, j->a, &j->exceptions, &j->nexceptions, e);
}

void
join_now(struct join *j, const char *fp, const struct standing *parent, struct policy_now *n)
{
	struct silence *list = arena_array(j->a, j->nsilences + 2, sizeof(*list));
	struct exception *approved = arena_array(j->a, j->nexceptions + 1, sizeof(*approved));
	size_t count = 0, napproved = 0;

	for (size_t i = 0; i < j->nexceptions; i++)
		if (fnmatch(j->exceptions[i].pattern, fp, 0) == 0)
			approved[napproved++] = j->exceptions[i].exception;
	for (size_t i = 0; i < j->nsilences; i++)
		if (fnmatch(j->silences[i].pattern, fp, 0) == 0)
			list[count++] = j->silences[i].silence;
	if (j->quiet.until != 0)
		list[count++] = j->quiet;
	*n = (struct policy_now){ .now = j->now,
		.awake = j->d->awake,
		.parent = parent,
		.silences = list,
		.nsilences = count,
		.exceptions = approved,
		.nexceptions = napproved };
	for (int l = LEVEL_OK; l < LEVEL_N; l++)
		n->sinks[l] = daemon_sinks_for(j->d, (enum level)l);
}

int
join_row(struct join *j, const char *fp, const char *target, const char *rule,
    struct store_standing *row, struct err *e)
{
	bool there;

	if (store_standing_get(j->d->store, fp, j->a, row, &there, e) < 0)
		return -1;
	if (there)
		return 0;
	*row = (struct store_standing){ .fingerprint = fp,
		.check = j->k->id,
		.target = target,
		.rule = rule,
		.title = "",
		.body = "",
		.acked_by = "" };
	standing_init(&row->st);
	return 0;
}

struct count {
	uint64_t n;
};

static void
count_suppressed(void *self, const struct store_standing *row)
{
	struct count *c = self;

	if (row->st.gate == GATE_PARENT && row->st.seen != LEVEL_OK)
		c->n++;
}

int
join_suppressed(struct join *j, const struct check_conf *of, uint64_t *n, struct err *e)
{
	struct count c = { 0 };

	for (size_t i = 0; i < j->d->conf->nchecks; i++) {
		const struct check_conf *k = &j->d->conf->checks[i];

		if ((k == of || (k->parent != NULL && strcmp(k->parent, of->id) == 0)) &&
		    store_standings(j->d->store, k->id, count_suppressed, &c, e) < 0)
			return -1;
	}
	*n = c.n;
	return 0;
}

static void
keep_worst(void *self, const struct store_standing *row)
{
	struct worst *w = self;

	if (!w->any || row->st.held > w->st.held)
		w->st = row->st;
	w->any = true;
}

int
join_above(struct join *j, struct worst *w, struct err *e)
{
	*w = (struct worst){ 0 };
	if (j->k->parent == NULL)
		return 0;
	return store_standings(j->d->store, j->k->parent, keep_worst, w, e);
}

int
join_run(struct join *j, const struct worst *above, const struct standing **parent,
    struct standing *room, struct err *e)
{
	const char *fp = daemon_fingerprint(j->d, j->k->id, JOIN_RUN_TARGET, JOIN_RUN_RULE, j->a);
	struct store_standing row;

	if (above->any && above->st.held != LEVEL_OK) {
		*parent = &above->st;
		return 0;
	}
	if (join_row(j, fp, JOIN_RUN_TARGET, JOIN_RUN_RULE, &row, e) < 0)
		return -1;
	*room = row.st;
	*parent = room;
	return 0;
}

/* A full disk refuses many writes a second, and may take one between: a line when it begins, one a
 * minute, one when it is over. */
void
daemon_refused(struct daemon *d, const struct err *e)
{
	d->refused_at = d->clk->mono(d->clk);
	d->refused++;
	if (d->refused > 1 && d->refused_at - d->refused_said < REFUSED_EVERY)
		return;
	daemon_log(3, "state could not be written (%" PRIu64 " times): %s", d->refused, e->msg);
	d->refused_said = d->refused_at;
}

void
daemon_accepted(struct daemon *d)
{
	if (d->refused == 0 || d->clk->mono(d->clk) - d->refused_at < REFUSED_OVER)
		return;
	daemon_log(5, "state is written again, after %" PRIu64 " refusals", d->refused);
	d->refused = 0;
}

int
daemon_write(struct daemon *d, int (*write)(void *self, struct err *e), void *self)
{
	struct err e = { 0 };

	for (int i = 0; i < TRIES; i++) {
		str_clear(&d->said);
		if (store_begin(d->store, &e) == 0) {
			if (write(self, &e) == 0 && store_commit(d->store, &e) == 0) {
				daemon_accepted(d);
				daemon_log_said(d);
				return 0;
			}
			store_rollback(d->store);
		}
		if (e.code == ERR_LIMIT) {
			store_make_room(d->store, NULL);
			d->next_tick = 0; /* daemon_storage: while the ballast's room lasts */
		} else if (store_reopen(d->store, NULL) < 0) {
			break;
		}
	}
	daemon_refused(d, &e);
	return -1;
}

struct silence
join_quiet(const struct join *j)
{
	return (struct silence){ .from = j->now,
		.until = instant_plus(j->now, j->k->every + j->k->timeout),
		.by = "forewarn",
		.reason = "an instrument measures" };
}

static int
unpack(const struct store_result *sr, const struct rule *rules, struct arena *a, struct result *out,
    struct err *e)
{
	struct frame_reader reader;
	struct wire_end end = { 0 };
	struct frame f;
	size_t cap = 0;
	int rc;

	frame_reader_init(&reader);
	frame_reader_feed(&reader, sr->frames, sr->len);
	while ((rc = frame_reader_next(&reader, &f, e)) == 1) {
		if (f.kind == WIRE_END) {
			rc = wire_get_end(&f, &end, e);
			break;
		}
		out->items = arena_grow(a, out->items, out->nitems, &cap, sizeof(*out->items));
		if (wire_get_item(&f, rules, a, &out->items[out->nitems], e) < 0) {
			rc = -1;
			break;
		}
		out->nitems++;
	}
	out->host_clock = end.host_clock;
	frame_reader_fini(&reader);
	return rc;
}

int
daemon_result(struct daemon *d, const struct check_conf *k, struct arena *a, struct result *out,
    bool *there, struct err *e)
{
	struct store_result sr;

	if (store_result_get(d->store, k->id, a, &sr, there, e) < 0)
		return -1;
	if (!*there)
		return 0;
	*out = (struct result){ .check = k->id,
		.probe = k->probe,
		.taken = sr.taken,
		.valid_until = sr.valid_until,
		.took = sr.took };
	/* written by a version whose rules were others: as if there were none */
	if (unpack(&sr, probe_find(k->probe)->rules, a, out, NULL) < 0)
		*there = false;
	return 0;
}

const struct item *
join_item(struct join *j, const char *target, const char *rule)
{
	struct judge_terms terms = { j->k->lead, j->k->auto_renew };
	struct result *r = arena_alloc(j->a, sizeof(*r));
	bool there;

	if (daemon_result(j->d, j->k, j->a, r, &there, NULL) < 0 || !there)
		return NULL;
	judge_result(r, probe_find(j->k->probe)->rules, &terms, j->now);
	for (size_t i = 0; i < r->nitems; i++)
		if (strcmp(r->items[i].target, target) == 0 && strcmp(r->items[i].rule, rule) == 0)
			return &r->items[i];
	return NULL;
}
