/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the items of a log: whole, unfinished, silent, gone, and each finding.
 */
#include "report.h"

#include "accept.h"
#include "facts.h"
#include "finding.h"
#include "keeping_look.h"
#include "outlook_tell.h"
#include "unclear.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define AWAY_GRACE SPAN_H /* some programs begin the next file with their next record */
#define NOTICED_MIN SPAN_MIN

void
report_unknown(
    const struct probe_ctx *ctx, const char *path, const char *rule, const struct err *why)
{
	probe_emit(ctx, &(struct item){ .target = path,
			    .rule = rule,
			    .state = ITEM_UNKNOWN,
			    .summary = arena_printf(ctx->arena, "Could not look: %s", why->msg) });
}

void
report_name(const struct probe_ctx *ctx, const char *path, const char *rule, const char *key,
    const char *summary)
{
	probe_emit(ctx, &(struct item){ .target = path,
			    .rule = rule,
			    .state = ITEM_FOUND,
			    .finding = key,
			    .summary = summary });
}

/* What kind of finding it is: a word of a closed list, for programs (README of the feed). */
static const char *
class_of(const char *rule, const char *key)
{
	static const struct {
		const char *rule, *key, *class; /* key NULL: any */
	} known[] = {
		{ "edited", "changed", "edited" },
		{ "edited", NULL, NULL }, /* as its key */
		{ "truncated", NULL, "truncated" },
		{ "replaced", NULL, "replaced" },
		{ "missing", NULL, "missing" },
		{ "generation", "missing", "generation-missing" },
		{ "generation", "merged", "generation-missing" },
		{ "generation", "deleted-early", "retention" },
		{ "generation", "damaged", "archive-damaged" },
		{ "sequence", "gap", "seq-gap" },
		{ "sequence", "repeated", "seq-dup" },
		{ "sequence", "restarted", "seq-reset" },
		{ "time", "backwards", "time-backward" },
		{ "time", "ahead", "time-future" },
		{ "hole", NULL, "nul-hole" },
		{ "state", NULL, "state" },
		{ "rights", NULL, NULL }, /* as its key */
		{ "rotation", NULL, "rotation-stopped" },
		{ "keeping", NULL, "retention" },
		{ "writer", NULL, "writer" },
		{ "admitted", NULL, "admitted-loss" },
		{ "stopped", NULL, "stopped" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(rule, known[i].rule) == 0 &&
		    (known[i].key == NULL || strcmp(key, known[i].key) == 0))
			return known[i].class != NULL ? known[i].class : key;
	return NULL;
}

static void
place_facts(struct evidence_list *facts, const struct log *l, const struct kept_finding *f)
{
	const struct segment *g = known_segment(&l->s, f->segment);

	if (g != NULL)
		fact(facts, "file", "%s", g->name);
	if (f->last > f->record)
		fact(facts, "records", "%" PRIu64 "-%" PRIu64, f->record, f->last);
	else if (f->record > 0)
		fact(facts, "record", "%" PRIu64, f->record);
	fact(facts, "offset", "%" PRIu64, f->offset);
	if (f->number_last > f->number)
		fact(facts, "number", "%" PRIu64 "-%" PRIu64, f->number, f->number_last);
	else if (f->number > 0)
		fact(facts, "number", "%" PRIu64, f->number);
	if (f->bytes > 0)
		fact(facts, "bytes", "%" PRIu64, f->bytes);
	if (f->count > 0)
		fact(facts, "count", "%" PRIu64, f->count);
}

static void
tell_found(const struct probe_ctx *ctx, const struct log *l, const struct kept_finding *f)
{
	const char *rule = arena_printf(ctx->arena, "audit.%s", f->rule);
	const struct rule *known = rule_find(probe_self->rules, rule);
	span ago = instant_minus(l->now, f->since);
	struct evidence_list facts = { .arena = ctx->arena };
	char buf[SPAN_TEXT], id[FINDING_ID];
	struct item it = {
		.target = l->path, .rule = rule, .state = ITEM_FOUND, .finding = f->key
	};

	/* accepted; or notes of another version of this program */
	if (f->accepted != 0 || known == NULL || known->findings == NULL ||
	    finding_find(known, f->key) == NULL)
		return;
	it.summary = f->text;
	if (f->more > 0)
		it.summary = arena_printf(
		    ctx->arena, "%s; %" PRIu64 " more like it since", it.summary, f->more);
	if (ago >= NOTICED_MIN)
		it.summary = arena_printf(
		    ctx->arena, "%s (noticed %s ago)", it.summary, span_words(ago, buf));
	if (class_of(f->rule, f->key) != NULL)
		fact(&facts, "class", "%s", class_of(f->rule, f->key));
	if (finding_is_standing(f))
		outlook_tell(l, &it, &facts);
	else
		place_facts(&facts, l, f);
	if (f->more > 0)
		fact(&facts, "more like it", "%" PRIu64, f->more);
	accept_id(&l->s, f, id);
	fact(&facts, FINDING_KEY, "%s", id);
	fact_moment(&facts, NOTICED_KEY, f->since);
	fact_understood(&facts, l);
	fact_sealed(&facts, l);
	it.evidence = facts.v;
	it.nevidence = facts.n;
	probe_emit(ctx, &it);
}

static void
whole_facts(struct evidence_list *f, const struct log *l)
{
	const struct segment *g = known_active(&l->s);
	char hash[HASH_TEXT];
	uint64_t bytes = 0;

	for (size_t i = 0; i < l->s.nsegs; i++)
		if (l->s.segs[i].file != NULL && l->s.segs[i].state != SEG_COPY)
			bytes += l->s.segs[i].sealed;
	fact(f, "bytes", "%" PRIu64, bytes);
	if (g != NULL && g->format != FORMAT_AUTO)
		fact(f, "format", "%s", format_name(g->format));
	fact_understood(f, l);
	if (g != NULL && g->held > 0)
		fact(f, "bytes of an unfinished record", "%" PRIu64, g->held);
	fact_moment(f, "last written to", l->s.grown);
	if (l->s.order.timed)
		fact_moment(f, "time of the newest record", l->s.order.newest);
	fact_sealed(f, l);
	fact_moment(f, "all compared", l->s.verified);
	outlook_settings(l, f);
	hash_text(l->s.chain, hash);
	fact(f, "notes", "%s.statements", l->s.id);
	fact(f, "hash of the notes", "%s", hash);
}

/* Of columns one record may be several lines, and some lines are none: what is summed up are lines.
 */
static const char *
counted(const struct log *l)
{
	const struct segment *g = known_active(&l->s);

	return g != NULL && (g->format == FORMAT_CSV || g->format == FORMAT_W3C) ? "line"
										 : "record";
}

static void
tell_whole(const struct probe_ctx *ctx, const struct log *l, bool understood)
{
	struct evidence_list facts = { .arena = ctx->arena };
	const struct kept_finding *changed = accept_newest(&l->s);
	const char *reading = facts_reading(l, false, ctx->arena);
	uint64_t records = 0;
	size_t files = 0;
	char buf[SPAN_TEXT];
	struct item it = { .target = l->path, .rule = "audit.continuity", .state = ITEM_FINE };

	for (size_t i = 0; i < l->s.nsegs; i++)
		if (l->s.segs[i].file != NULL && l->s.segs[i].state != SEG_COPY) {
			records += l->s.segs[i].records;
			files++;
		}
	it.summary = arena_printf(ctx->arena, "%s: %" PRIu64 " %s%s in %zu file%s",
	    understood ? "Whole" : "Only bytes judged", records, counted(l),
	    records == 1 ? "" : "s", files, files == 1 ? "" : "s");
	if (instant_minus(l->now, l->s.born) >= NOTICED_MIN)
		it.summary = arena_printf(ctx->arena, "%s, watched for %s", it.summary,
		    span_words(instant_minus(l->now, l->s.born), buf));
	if (l->s.away != 0)
		it.summary = arena_printf(
		    ctx->arena, "%s; set aside, the next file has not begun yet", it.summary);
	it.summary =
	    arena_printf(ctx->arena, "%s; %s", it.summary, facts_understood(l, ctx->arena));
	if (changed != NULL)
		it.summary = arena_printf(
		    ctx->arena, "%s; a change to it was accepted by %s", it.summary, changed->by);
	it.summary = arena_printf(ctx->arena, "%s; %s", it.summary, facts_sealed(l, ctx->arena));
	if (reading != NULL)
		it.summary = arena_printf(ctx->arena, "%s; read as %s", it.summary, reading);
	whole_facts(&facts, l);
	if (changed != NULL)
		fact_moment(&facts, "accepted", changed->accepted);
	it.evidence = facts.v;
	it.nevidence = facts.n;
	probe_emit(ctx, &it);
}

static void
tell_unfinished(const struct probe_ctx *ctx, const struct log *l)
{
	struct item it = { .target = l->path, .rule = "audit.continuity", .state = ITEM_UNKNOWN };

	it.summary = arena_printf(ctx->arena,
	    "Still being read: %" PRIu64 " MB are left; the next run goes on from here "
	    "(a longer timeout does more at once)",
	    l->unread / 1000000 + 1);
	probe_emit(ctx, &it);
}

/* "65 h 11 min" where the words for two spans would be the same: people are to see which is longer.
 */
static void
two_spans(span a, span b, char ta[SPAN_TEXT], char tb[SPAN_TEXT])
{
	span_words(a, ta);
	span_words(b, tb);
	if (strcmp(ta, tb) != 0 || a < SPAN_H)
		return;
	snprintf(ta, SPAN_TEXT, "%" PRId64 " h %" PRId64 " min", a / SPAN_H, a % SPAN_H / SPAN_MIN);
	snprintf(tb, SPAN_TEXT, "%" PRId64 " h %" PRId64 " min", b / SPAN_H, b % SPAN_H / SPAN_MIN);
}

/* When something was added last: what is learnt is learnt from the times of the records, and a file
 * that is only touched has nothing new in it. */
static instant
last_added(const struct log *l, bool learnt)
{
	const struct segment *g = known_active(&l->s);
	const struct order *o = &l->s.order;
	instant last = l->s.grown != 0 ? l->s.grown : g != NULL ? g->hints.mtime : l->s.born;

	return learnt && o->timed && o->zoned && o->newest < last ? o->newest : last;
}

static void
tell_silence(const struct probe_ctx *ctx, const struct log *l)
{
	const struct order *o = &l->s.order;
	span pause, limit = 0;
	instant last;
	char is[SPAN_TEXT], may[SPAN_TEXT];
	bool learnt;
	struct metric m = { .name = "silence", .unit = UNIT_SECONDS };
	struct item it = {
		.target = l->path, .rule = "audit.silence", .metrics = &m, .nmetrics = 1
	};

	if (audit_silence(l->conf->silence, &limit, NULL) < 0 || limit == 0)
		return;
	learnt = limit == AUDIT_SILENCE_AUTO;
	last = last_added(l, learnt);
	pause = instant_minus(l->now, last);
	if (learnt)
		limit = rhythm_silence(&o->rhythm, o->timed ? o->newest : last);
	if (pause < 0)
		pause = 0; /* written to a moment ago, by a clock a little ahead */
	m.value = span_seconds(pause);
	if (limit > 0)
		m.warn = (struct range){ true, false, -INFINITY, span_seconds(limit) };
	two_spans(pause, limit, is, may);
	it.summary =
	    limit > 0
		? arena_printf(ctx->arena, "Nothing was added for %s; %s %s", is,
		      learnt ? "usual here is up to" : "the limit is", may)
		: arena_printf(ctx->arena,
		      "Nothing was added for %s; what is usual here is still being learnt", is);
	probe_emit(ctx, &it);
}

static bool
gone(const struct state *s)
{
	for (size_t i = 0; i < s->nfound; i++)
		if (strcmp(s->found[i].rule, "missing") == 0)
			return true;
	return false;
}

void
report_log(const struct probe_ctx *ctx, const struct log *l)
{
	enum clear clear;

	for (size_t i = 0; i < l->s.nfound; i++)
		tell_found(ctx, l, &l->s.found[i]);
	/* also of a part: an item that is left out counts as over */
	clear = unclear_tell(ctx, l);
	if (l->unsure)
		report_unknown(ctx, l->path, "audit.continuity", &l->why);
	else if (l->unfinished)
		tell_unfinished(ctx, l);
	else if (l->s.away != 0 && known_active(&l->s) == NULL && !gone(&l->s) &&
		 instant_minus(l->now, l->s.away) > AWAY_GRACE)
		report_name(ctx, l->path, "audit.missing", "not-started",
		    "Set aside more than an hour ago, and no new file has begun");
	else if (accept_open(&l->s) == 0 && clear != CLEAR_NOT)
		tell_whole(ctx, l, clear == CLEAR);
	if (!l->unsure)
		tell_silence(ctx, l);
	outlook_room(ctx, l);
	keeping_unknown(ctx, l);
}
