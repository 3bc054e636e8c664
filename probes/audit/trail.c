/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the findings of trails that are measured anew in each run: which was noticed when, and which
 * a person accepted.
 */
#include "trail.h"

#include "remembered.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#define FOUND "found"
#define ACCEPTED "accepted"
#define REPORT_TIME (100 * SPAN_MS) /* kept back to note and say what was found */

struct trail
trail_of(const struct probe_ctx *ctx, const struct audit_conf *conf, size_t path)
{
	probe_note(ctx, conf->paths.v[path]);
	return (struct trail){ .ctx = ctx,
		.conf = conf,
		.path = conf->paths.v[path],
		.until = ctx->deadline - REPORT_TIME,
		.now = ctx->clk->wall(ctx->clk) };
}

static struct trail_mark *
mark_find(struct trail *t, const char *id)
{
	for (size_t i = 0; i < t->nmarks; i++)
		if (strcmp(t->marks[i].id, id) == 0)
			return &t->marks[i];
	return NULL;
}

static struct trail_mark *
mark_add(struct trail *t, const char *id, instant noticed)
{
	struct trail_mark *m = mark_find(t, id);

	if (m != NULL)
		return m;
	t->marks = arena_grow(t->ctx->arena, t->marks, t->nmarks, &t->marks_cap, sizeof(*t->marks));
	m = &t->marks[t->nmarks++];
	*m = (struct trail_mark){ .noticed = noticed };
	memcpy(m->id, id, strnlen(id, TRAIL_ID - 1));
	return m;
}

/* A statement of ours; false: it is another's. */
static bool
take_mark(struct trail *t, const struct statement *st)
{
	const char *id = statement_text(st, "finding");
	int64_t at = 0;

	if (strcmp(st->verb, FOUND) != 0 && strcmp(st->verb, ACCEPTED) != 0)
		return false;
	if (id != NULL && strlen(id) == TRAIL_ID - 1) {
		statement_i64(st, "at", &at);
		mark_add(t, id, at)->accepted |= strcmp(st->verb, ACCEPTED) == 0;
	}
	return true;
}

static int
read_notes(struct trail *t, trail_take *take, void *self)
{
	struct statements r;
	struct statement st;
	char *line;
	size_t n;
	int rc;

	if (!t->s.known)
		return 0;
	if (!state_sound(&t->s))
		return -1;
	statements_open(&r, &t->s, 0);
	while ((rc = statements_next(&r, &line, &n)) == 1) {
		if (!statement_parse(line, n, &st)) {
			rc = -1;
			break;
		}
		if (!take_mark(t, &st))
			take(self, &st);
	}
	statements_close(&r);
	return rc;
}

static void
tell_damaged(struct trail *t)
{
	struct evidence_list facts = { .arena = t->ctx->arena };
	struct trail_finding f = { .target = t->path,
		.rule = "audit.state",
		.key = "damaged",
		.class = "state",
		.identity = arena_printf(t->ctx->arena, "%" PRId64, t->now),
		.facts = &facts,
		.summary = "The notes about this trail were damaged and put aside; it is watched "
			   "anew" };

	trail_tell(t, &f);
}

/* What people accepted since the last run. */
static void
take_accepts(struct trail *t)
{
	const struct handed *h = t->ctx->handed;

	for (size_t i = 0; i < h->naccepts; i++) {
		const struct accept *v = &h->accepts[i];
		struct trail_mark *m = mark_find(t, v->finding);
		struct str line;

		if (m == NULL || m->accepted)
			continue;
		m->accepted = true;
		str_init(&line, STATEMENT_MAX);
		str_addf(&line, "fw1 " ACCEPTED " stream=%s at=%" PRId64 " finding=%s", t->s.id,
		    v->at, m->id);
		statement_put_name(&line, "rule", v->rule);
		statement_put_name(&line, "target", v->target);
		statement_put_name(&line, "by", v->by);
		statement_put_name(&line, "reason", v->reason);
		state_say(&t->s, line.s, line.len);
		str_fini(&line);
	}
}

/* What is kept of this trail outside of its folder: the notes of a part have none. */
static const struct keep *
kept_of(const struct trail *t)
{
	return t->notes == NULL ? handed_keep(t->ctx->handed, t->path) : NULL;
}

/* It is told until somebody accepts it: until then no newer head is kept. */
static void
tell_behind(struct trail *t)
{
	struct evidence_list facts = { .arena = t->ctx->arena };
	instant at;
	enum remembered_behind b = remembered_judge(&t->s, kept_of(t), &at);
	struct trail_finding f = { .target = t->path,
		.rule = "audit.state",
		.class = "state",
		.identity = arena_printf(t->ctx->arena, "behind %" PRId64, at),
		.facts = &facts };

	if (b == REMEMBERED_FOLLOWS)
		return;
	f.key = remembered_key(b);
	f.summary = remembered_words(b, at, t->ctx->arena);
	t->behind = trail_tell(t, &f);
}

int
trail_open(struct trail *t, struct digester *d, trail_take *take, void *self, struct err *e)
{
	int rc = state_load(
	    &t->s, t->ctx->state_fd, t->notes != NULL ? t->notes : t->path, t->ctx->arena, d, e);
	bool damaged = rc < 0 && e->code == ERR_PARSE;

	if (rc == 0 && read_notes(t, take, self) < 0)
		damaged = true;
	if (damaged) {
		*e = (struct err){ 0 };
		t->nmarks = 0;
		rc = state_restart(&t->s, e);
	}
	if (rc < 0) {
		trail_unknown(t, t->path, "audit.state",
		    arena_printf(t->ctx->arena, "Could not look: %s", e->msg));
		return -1;
	}
	if (damaged) {
		take(self, NULL);
		tell_damaged(t);
	}
	t->block = arena_alloc(t->ctx->arena, TRAIL_BLOCK);
	take_accepts(t);
	if (!damaged)
		tell_behind(t);
	if (!t->s.known)
		t->s.born = t->now;
	return 0;
}

void
trail_close(struct trail *t)
{
	struct err e = { 0 };

	if (state_save(&t->s, &e) < 0)
		trail_unknown(t, t->path, "audit.state",
		    arena_printf(t->ctx->arena, "Could not look: %s", e.msg));
	else if (!t->behind && t->notes == NULL)
		remembered_keep(t->ctx, t->path, &t->s, t->now, kept_of(t));
	else if (kept_of(t) != NULL)
		probe_keep(t->ctx, t->path, kept_of(t)->text);
	state_fini(&t->s);
}

static void
id_of(struct trail *t, const struct trail_finding *f, char id[TRAIL_ID])
{
	const char *text = arena_printf(
	    t->ctx->arena, "%s %s %s %s %s", t->s.id, f->target, f->rule, f->key, f->identity);
	uint8_t hash[HASH_SIZE];
	char hex[HASH_TEXT];

	digest_of(t->s.digest, text, strlen(text), hash);
	hash_text(hash, hex);
	memcpy(id, hex, TRAIL_ID - 1);
	id[TRAIL_ID - 1] = '\0';
}

bool
trail_tell(struct trail *t, const struct trail_finding *f)
{
	struct trail_mark *m;
	char id[TRAIL_ID], words[SPAN_TEXT];
	const char *summary = f->summary;
	span ago;

	id_of(t, f, id);
	m = mark_find(t, id);
	if (m != NULL && m->accepted)
		return false;
	if (t->told >= TRAIL_FOUND_MAX) {
		t->more++;
		return true;
	}
	t->told++;
	if (m == NULL) {
		m = mark_add(t, id, t->now);
		state_sayf(&t->s, "fw1 " FOUND " stream=%s at=%" PRId64 " finding=%s rule=%s",
		    t->s.id, t->now, id, f->rule);
	}
	ago = instant_minus(t->now, m->noticed);
	if (ago >= SPAN_MIN)
		summary = arena_printf(
		    t->ctx->arena, "%s (noticed %s ago)", summary, span_words(ago, words));
	if (f->class != NULL)
		fact(f->facts, "class", "%s", f->class);
	fact(f->facts, FINDING_KEY, "%s", id);
	fact_moment(f->facts, NOTICED_KEY, m->noticed);
	probe_emit(t->ctx, &(struct item){ .target = f->target,
			       .rule = f->rule,
			       .state = ITEM_FOUND,
			       .finding = f->key,
			       .summary = summary,
			       .deadline = f->deadline,
			       .evidence = f->facts->v,
			       .nevidence = f->facts->n });
	return true;
}

void
trail_tell_more(struct trail *t)
{
	if (t->more > 0)
		trail_unknown(t, t->path, "audit.continuity",
		    arena_printf(t->ctx->arena,
			"%zu more findings are not told one by one (at most %d are)", t->more,
			TRAIL_FOUND_MAX));
}

void
trail_unknown(struct trail *t, const char *target, const char *rule, const char *summary)
{
	probe_emit(t->ctx,
	    &(struct item){
		.target = target, .rule = rule, .state = ITEM_UNKNOWN, .summary = summary });
}

void
trail_fine(struct trail *t, const char *target, struct evidence_list *facts, const char *summary)
{
	char hash[HASH_TEXT];

	fact_moment(facts, "watched since", t->s.born);
	fact_moment(facts, "all compared", t->s.verified);
	hash_text(t->s.chain, hash);
	fact(facts, "notes", "%s.statements", t->s.id);
	fact(facts, "hash of the notes", "%s", hash);
	probe_emit(t->ctx, &(struct item){ .target = target,
			       .rule = "audit.continuity",
			       .state = ITEM_FINE,
			       .summary = summary,
			       .evidence = facts->v,
			       .nevidence = facts->n });
}

void
trail_silence(struct trail *t, const char *target)
{
	instant last = t->s.grown != 0 ? t->s.grown : t->s.born;
	span pause = instant_minus(t->now, last), limit = 0;
	char is[SPAN_TEXT], may[SPAN_TEXT];
	struct metric m = { .name = "silence", .unit = UNIT_SECONDS };

	if (audit_silence(t->conf->silence, &limit, NULL) < 0 || limit <= 0)
		return;
	if (pause < 0)
		pause = 0;
	m.value = span_seconds(pause);
	m.warn = (struct range){ true, false, -INFINITY, span_seconds(limit) };
	probe_emit(t->ctx,
	    &(struct item){ .target = target,
		.rule = "audit.silence",
		.metrics = &m,
		.nmetrics = 1,
		.summary = arena_printf(t->ctx->arena, "Nothing was added for %s; the limit is %s",
		    span_words(pause, is), span_words(limit, may)) });
}

bool
trail_is_late(const struct trail *t)
{
	return t->ctx->clk->mono(t->ctx->clk) >= t->until;
}

int
trail_hash(
    struct trail *t, const char *path, uint8_t hash[HASH_SIZE], uint64_t *bytes, struct err *e)
{
	struct source s;
	ssize_t n = 0;
	bool late = false;

	if (source_open(&s, path, e) < 0)
		return -1;
	digest_begin(t->s.digest);
	*bytes = 0;
	while (!(late = trail_is_late(t)) && (n = source_read(&s, t->block, TRAIL_BLOCK, e)) > 0) {
		digest_add(t->s.digest, t->block, (size_t)n);
		*bytes += (uint64_t)n;
	}
	digest_end(t->s.digest, hash);
	source_close(&s);
	return n < 0 ? -1 : late ? 0 : 1;
}
