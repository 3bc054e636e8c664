/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the words for what is not understood of a log.
 */
#include "unclear.h"

#include "accept.h"
#include "facts.h"
#include "foreign.h"

#include <inttypes.h>
#include <string.h>

/* The first file of the log that is no text; NULL: all are, or bytes are all that is asked for. */
static const struct segment *
foreign_file(const struct log *l)
{
	if (understood_demand(l->conf) == DEMAND_NOTHING)
		return NULL;
	for (size_t i = 0; i < l->s.nsegs; i++)
		if (l->s.segs[i].file != NULL && l->s.segs[i].state != SEG_COPY &&
		    l->s.segs[i].format >= FORMAT_FOREIGN)
			return &l->s.segs[i];
	return NULL;
}

static const char *
last_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* The option that was given and does not fit, with its value: the first of those that are. */
static const char *
asked_for(const struct audit_conf *conf, const char **value)
{
	if (conf->time_field != NULL || conf->number_field != NULL) {
		*value = conf->time_field != NULL ? conf->time_field : conf->number_field;
		return conf->time_field != NULL ? "time_field" : "number_field";
	}
	if (strcmp(conf->format, "auto") != 0 && strcmp(conf->format, "plain") != 0) {
		*value = conf->format;
		return "format";
	}
	*value = conf->time_format;
	return "time_format";
}

/* What was asked for fits too few. */
static const char *
unfit_words(const struct log *l, struct arena *a)
{
	const struct understood *u = &l->s.understood;
	const char *given, *name = asked_for(l->conf, &given);

	if (u->fit == 0)
		return arena_printf(a,
		    "The given %s \"%s\" fits none of its %" PRIu64
		    " records: their order is not judged",
		    name, given, u->records);
	return arena_printf(a,
	    "The given %s \"%s\" fits %" PRIu64 " of %" PRIu64
	    " records: the order of the others is not judged",
	    name, given, u->fit, u->records);
}

/* Nothing was asked for, and times were found in too few. */
static const char *
few_words(const struct log *l, struct arena *a)
{
	const struct understood *u = &l->s.understood;
	char share[SHARE_TEXT];

	if (l->s.reading.either && u->times == 0)
		return arena_printf(a,
		    "Its dates may be day/month or month/day, and none of its %" PRIu64
		    " records says which: give time_format \"dmy\" or \"mdy\"",
		    u->records);
	if (u->times == 0)
		return arena_printf(a,
		    "Times were read in none of its %" PRIu64
		    " records: only their bytes are judged",
		    u->records);
	return arena_printf(a,
	    "Times were read in %s of its %" PRIu64
	    " records: of the others only the bytes are judged",
	    share_text(u->times, u->records, share), u->records);
}

/* Since when, or in how many of the last ones. */
static const char *
fell_words(const struct log *l, struct arena *a)
{
	const struct understood *u = &l->s.understood;
	const struct segment *g = known_segment(&l->s, u->since.segment);
	unsigned of, last = understood_lately(u, &of);

	if (g != NULL && u->since.record > 0)
		return arena_printf(a,
		    "From record %" PRIu64 " of %s on, none is understood as those before it",
		    u->since.record, last_name(g->name));
	return arena_printf(a,
	    "Only %u of the last %u records are understood; before, at least %d %% were", last, of,
	    UNDERSTOOD_SHARE);
}

static void
understood_facts(struct evidence_list *f, const struct log *l, const struct segment *g)
{
	const struct order_place *since = &l->s.understood.since;

	fact(f, "class", "not-understood");
	if (g == NULL && since->segment > 0)
		g = known_segment(&l->s, since->segment);
	if (g != NULL)
		fact(f, "file", "%s", g->name);
	if (g != NULL && g->format != FORMAT_AUTO)
		fact(f, "format", "%s", format_name(g->format));
	if (g != NULL && g->id == since->segment) {
		if (since->record > 0)
			fact(f, "record", "%" PRIu64, since->record);
		fact(f, "offset", "%" PRIu64, since->offset);
	}
	fact_understood(f, l);
}

enum clear
unclear_tell(const struct probe_ctx *ctx, const struct log *l)
{
	enum understanding how = understood_judge(&l->s.understood, understood_demand(l->conf));
	const struct segment *foreign = foreign_file(l);
	struct evidence_list facts = { .arena = ctx->arena };
	struct item it = { .target = l->path, .rule = "audit.understood", .state = ITEM_UNKNOWN };
	char id[FINDING_ID];

	if (foreign != NULL)
		it.summary = arena_printf(ctx->arena,
		    "%s is %s, which is not read: only its bytes are judged",
		    last_name(foreign->name), foreign_words(foreign->format));
	else if (how == UNDERSTANDING_FINE)
		return CLEAR;
	else if (how == UNDERSTANDING_FEW && accept_unclear(&l->s) != NULL)
		return CLEAR_PARTLY;
	else if (how == UNDERSTANDING_FELL)
		it.summary = fell_words(l, ctx->arena);
	else if (how == UNDERSTANDING_UNFIT)
		it.summary = unfit_words(l, ctx->arena);
	else
		it.summary = few_words(l, ctx->arena);
	if (foreign == NULL && how == UNDERSTANDING_FEW) {
		it.state = ITEM_FOUND;
		it.finding = "not-understood";
		accept_unclear_id(&l->s, id);
		fact(&facts, FINDING_KEY, "%s", id);
		fact_moment(&facts, NOTICED_KEY, l->s.born);
	}
	understood_facts(&facts, l, foreign);
	it.evidence = facts.v;
	it.nevidence = facts.n;
	probe_emit(ctx, &it);
	return it.state == ITEM_UNKNOWN ? CLEAR_NOT : CLEAR_PARTLY;
}
