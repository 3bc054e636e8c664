/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a run over one log: it is followed, sealed, compared and told of, as far as the time
 * reaches.
 */
#include "watch.h"

#include "accept.h"
#include "disorder.h"
#include "finding.h"
#include "follow.h"
#include "hole.h"
#include "keeping_look.h"
#include "measure.h"
#include "recheck.h"
#include "remembered.h"
#include "report.h"
#include "rotation_look.h"
#include "seal.h"
#include "surroundings.h"
#include "tail.h"
#include "takeover.h"
#include "testify.h"
#include "writing.h"

#include <inttypes.h>
#include <string.h>

/* Damaged notes are put aside, and the log is watched anew; what had been found stays known. */
static void
start_anew(struct log *l, struct err *e)
{
	struct kept_finding *found = l->s.found;
	bool headless = l->s.headless;
	size_t n = l->s.nfound, cap = l->s.found_cap;

	*e = (struct err){ 0 };
	if (state_restart(&l->s, e) < 0)
		return;
	for (size_t i = 0; i < n; i++)
		found[i].segment = 0; /* segments are numbered anew */
	l->s.found = found;
	l->s.nfound = n;
	l->s.found_cap = cap;
	finding_add(&l->s, l->now, "state", headless ? "vanished" : "damaged",
	    &(struct finding_place){ 0 },
	    headless
		? "The head of the notes about this log is gone, though the notes are there; they "
		  "were put aside, and it is watched anew"
		: "The notes about this log were damaged and put aside; it is watched anew");
	for (size_t k = 0; k < l->files.n; k++)
		l->files.v[k].seg = NULL;
}

static void
open_state(struct log *l, const struct probe_ctx *ctx, struct digester *d, struct err *e)
{
	if (state_load(&l->s, ctx->state_fd, l->path, ctx->arena, d, e) < 0 && e->code == ERR_PARSE)
		start_anew(l, e);
	l->s.key = l->key;
	if (l->new_key)
		takeover_all(l);
}

static bool
wants_seal(const struct segment *g)
{
	if (g->file == NULL || g->state == SEG_LOST || g->state == SEG_COPY)
		return false;
	if (g->state == SEG_ACTIVE)
		return !hints_equal(&g->hints, &g->file->hints);
	return !g->whole || (!g->packed && g->file->hints.size > g->sealed);
}

/* The pauses of a log without times are those between its files' times. */
static void
grew(struct state *s, const struct segment *g)
{
	if (s->grown != 0 && !s->order.timed)
		rhythm_pause(&s->order.rhythm, g->newest - s->grown);
	if (!s->order.timed)
		rhythm_hour(&s->order.rhythm, g->newest);
	if (g->newest > s->grown)
		s->grown = g->newest;
}

static void
seal_all(struct log *l, struct sealer *z)
{
	struct state *s = &l->s;

	for (size_t i = 0; i < s->nsegs; i++) {
		struct segment *g = &s->segs[i];
		uint64_t before = g->sealed;
		struct err why = { 0 };
		int rc;

		if (!wants_seal(g)) {
			if (tail_is_open(g) && instant_minus(l->now, g->tail.since) > TAIL_DAY)
				tail_close(s, g);
			continue;
		}
		rc = l->unfinished
			 ? 0
			 : seal_file(z, g, g->state == SEG_CLOSED, !g->out_of_order, &why);
		if (g->sealed > before)
			grew(s, g);
		if (g->fresh)
			g->base = g->sealed;
		if (rc < 0)
			log_unsure(l, g->name, &why);
		if (rc == 0) {
			l->unfinished = true;
			if (g->file->hints.size > g->sealed)
				l->unread += g->file->hints.size - g->sealed;
		}
	}
}

static void
forget_old(struct log *l)
{
	accept_tidy(&l->s);
	finding_expire(&l->s, l->now, l->conf->keep);
	for (size_t i = l->s.nsegs; i-- > 0;)
		if (l->s.segs[i].state == SEG_LOST && !finding_has(&l->s, NULL, l->s.segs[i].id)) {
			state_sayf(&l->s, "fw1 gone stream=%s seg=%" PRIu64 " at=%" PRId64, l->s.id,
			    l->s.segs[i].id, l->now);
			log_drop_segment(l, i);
		}
}

static bool
watch_once(struct log *l, struct sealer *z)
{
	bool fine;

	if (!l->s.known)
		l->s.born = l->s.verified = l->now;
	l->s.order.max_backward = l->conf->max_backward;
	l->s.order.now = l->now;
	surroundings_look(l);
	follow(l);
	measure_anew(l, z->regex);
	seal_all(l, z);
	understood_settle(&l->s.understood);
	if (!l->unfinished && !l->unsure)
		order_settle(&l->s.order, l->now);
	disorder_say(l);
	testify(l);
	fine = l->unfinished || recheck(l);
	hole_say(l);
	return fine;
}

static void
watch_log(const struct probe_ctx *ctx, struct log *l, struct regex *regex)
{
	struct sealer z = { .s = &l->s,
		.conf = l->conf,
		.regex = regex,
		.clk = l->clk,
		.now = l->now,
		.until = l->until };
	struct err why = { 0 };

	if (!watch_once(l, &z)) {
		start_anew(l, &why);
		if (why.code == ERR_NONE)
			watch_once(l, &z);
	}
	forget_old(l);
	rotation_look(l);
	keeping_look(l);
	l->miswritten = writing_judge(l, writers_now());
	sealer_fini(&z);
	if (why.code != ERR_NONE || state_save(&l->s, &why) < 0)
		report_unknown(ctx, l->path, "audit.state", &why);
	else
		remembered_keep(ctx, l->path, &l->s, l->now, l->kept);
	report_log(ctx, l);
}

void
watch_look(
    const struct probe_ctx *ctx, struct log *l, size_t i, struct digester *d, struct regex *regex)
{
	struct err why = { 0 };

	if (files_find(&l->files, l->conf, i, ctx->arena, &why) < 0)
		report_unknown(ctx, l->path, "audit.continuity", &why);
	else if (l->files.kind == OWN_LINK)
		report_name(
		    ctx, l->path, "audit.kind", "link", "A link stands where the log was to be");
	else if (l->files.kind == OWN_OTHER)
		report_name(ctx, l->path, "audit.kind", "not-a-file",
		    "What stands there is no file (a folder, pipe or device)");
	else if (l->files.kind == OWN_DENIED)
		report_unknown(ctx, l->path, "audit.continuity", &l->files.why);
	else {
		open_state(l, ctx, d, &why);
		if (why.code == ERR_NONE)
			remembered_compare(l, l->kept);
		if (why.code != ERR_NONE)
			report_unknown(ctx, l->path, "audit.state", &why);
		else if (!l->s.known && l->files.kind == OWN_ABSENT && l->s.nfound == 0)
			report_name(
			    ctx, l->path, "audit.missing", "never-there", "There is no such file");
		else {
			accept_apply(l, ctx->handed);
			watch_log(ctx, l, regex);
		}
		state_fini(&l->s);
	}
}
