/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the head as text: statement lines, the last one a hash of all before it.
 */
#include "head.h"

#include "order_text.h"
#include "reading.h"
#include "recorder_text.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_MAX_ENCODED ((size_t)PATH_MAX)

static const char *const seg_names[SEG_STATES] = { "active", "closed", "lost", "copy" };

static void
put_part(struct str *out, const char *name, const struct part *p)
{
	char text[HASH_TEXT];

	hash_text(p->hash, text);
	str_addf(out, " %s=%" PRIu64 ":%" PRIu64 ":%s", name, p->off, p->len, text);
}

/* Of the segment whose line stands above. */
static void
put_tail(struct str *out, const struct tail *t)
{
	str_addf(out, "fw1 tail rec=%" PRIu64 " since=%" PRId64, t->records, t->since);
	put_part(out, "part", &t->part);
	if (t->timed)
		str_addf(out, " t0=%" PRId64 " t1=%" PRId64, t->t0, t->t1);
	if (t->numbered)
		str_addf(out, " s0=%" PRIu64 " s1=%" PRIu64, t->s0, t->s1);
	str_addc(out, '\n');
}

static void
put_segment(struct str *out, const struct segment *g)
{
	str_addf(out,
	    "fw1 segment id=%" PRIu64
	    " state=%s packed=%d whole=%d flawed=%d format=%s dev=%" PRIu64 " ino=%" PRIu64
	    " size=%" PRIu64 " btime=%" PRId64 " mtime=%" PRId64 " ctime=%" PRId64
	    " sealed=%" PRIu64 " held=%" PRIu64 " base=%" PRIu64 " rec=%" PRIu64 " chunks=%" PRIu64
	    " from=%" PRIu64 " newest=%" PRId64 " sided=%" PRIu64 " oldest=%" PRIu64,
	    g->id, seg_names[g->state], g->packed, g->whole, g->flawed, format_name(g->format),
	    g->hints.dev, g->hints.ino, g->hints.size, g->hints.btime, g->hints.mtime,
	    g->hints.changed, g->sealed, g->held, g->base, g->records, g->chunks, g->from,
	    g->newest, g->sided, g->oldest > 0 ? (uint64_t)g->oldest : 0);
	put_part(out, "first", &g->first);
	put_part(out, "last", &g->last);
	put_part(out, "line", &g->line);
	if (g->flawed)
		statement_put_hash(out, "form", g->form);
	statement_put_name(out, "name", g->name);
	str_addc(out, '\n');
	if (g->tail.part.len > 0)
		put_tail(out, &g->tail);
}

static void
put_understood(struct str *out, const struct understood *u)
{
	str_addf(out,
	    "fw1 understood how=%" PRIu64 " rec=%" PRIu64 " times=%" PRIu64 " numbers=%" PRIu64
	    " fit=%" PRIu64 " good=%d fell=%d segment=%" PRIu64 " record=%" PRIu64
	    " offset=%" PRIu64,
	    u->how, u->records, u->times, u->numbers, u->fit, u->good, u->fell, u->since.segment,
	    u->since.record, u->since.offset);
	for (size_t i = 0; i < UNDERSTOOD_WORDS; i++)
		str_addf(out, " last%zu=%" PRIu64, i, u->last[i]);
	str_addc(out, '\n');
}

void
head_write(const struct state *s, struct str *out)
{
	uint8_t hash[HASH_SIZE];
	char text[HASH_TEXT];

	str_addf(out,
	    "fw1 head stream=%s valid=%" PRIu64 " born=%" PRId64 " verified=%" PRId64
	    " grown=%" PRId64 " away=%" PRId64 " cursor=%" PRIu64 " next=%" PRIu64 " rec=%" PRIu64,
	    s->id, s->written, s->born, s->verified, s->grown, s->away, s->cursor, s->next_segment,
	    s->records);
	statement_put_hash(out, "chain", s->chain);
	statement_put_hash(out, "cursor_chain", s->cursor_chain);
	statement_put_name(out, "path", s->path);
	str_addc(out, '\n');
	order_put(out, &s->order);
	reading_put(out, &s->reading);
	account_put(out, &s->account);
	put_understood(out, &s->understood);
	sights_put(&s->sights, out);
	for (size_t i = 0; i < s->testimony.nrecorders; i++)
		recorder_put(out, &s->testimony.recorders[i]);
	for (size_t i = 0; i < s->nsegs; i++)
		put_segment(out, &s->segs[i]);
	for (size_t i = 0; i < s->nfound; i++) {
		const struct kept_finding *f = &s->found[i];

		str_addf(out,
		    "fw1 found since=%" PRId64 " segment=%" PRIu64 " record=%" PRIu64
		    " offset=%" PRIu64 " count=%" PRIu64 " last=%" PRIu64 " bytes=%" PRIu64,
		    f->since, f->segment, f->record, f->offset, f->count, f->last, f->bytes);
		if (f->number > 0)
			str_addf(out, " number=%" PRIu64 " to=%" PRIu64, f->number, f->number_last);
		if (f->more > 0)
			str_addf(
			    out, " more=%" PRIu64 " again=%" PRIu64, f->more, (uint64_t)f->again);
		statement_put_name(out, "rule", f->rule);
		statement_put_name(out, "key", f->key);
		statement_put_name(out, "text", f->text);
		if (f->accepted != 0) {
			str_addf(out, " accepted=%" PRId64, f->accepted);
			statement_put_name(out, "by", f->by);
		}
		str_addc(out, '\n');
	}
	digest_of(s->digest, out->s, out->len, hash);
	hash_text(hash, text);
	str_addf(out, "fw1 end sha256=%s\n", text);
}

static bool
get_bool(const struct statement *st, const char *name, bool *out)
{
	uint64_t v;

	if (!statement_u64(st, name, &v) || v > 1)
		return false;
	*out = v == 1;
	return true;
}

/* A number that notes of 0.1.0 do not have: 0 without it. */
static bool
get_newer(const struct statement *st, const char *name, uint64_t *out)
{
	*out = 0;
	return statement_text(st, name) == NULL || statement_u64(st, name, out);
}

static bool
get_part(const struct statement *st, const char *name, struct part *p)
{
	const char *text = statement_text(st, name);
	char *end;

	if (text == NULL || text[0] < '0' || text[0] > '9')
		return false;
	p->off = strtoull(text, &end, 10);
	if (*end != ':' || end[1] < '0' || end[1] > '9')
		return false;
	p->len = strtoull(end + 1, &end, 10);
	return *end == ':' && p->len <= AUDIT_RECORD && p->off <= UINT64_MAX - p->len &&
	       hash_parse(end + 1, p->hash);
}

static const char *
get_name(struct state *s, const struct statement *st, const char *name, size_t max)
{
	char buf[NAME_MAX_ENCODED + 1];

	return max <= sizeof(buf) && statement_name(st, name, buf, max) ? arena_text(s->arena, buf)
									: NULL;
}

static bool
get_segment(struct state *s, const struct statement *st)
{
	const char *state = statement_text(st, "state"), *format = statement_text(st, "format");
	const char *name = get_name(s, st, "name", PATH_MAX);
	struct segment *g;
	uint64_t oldest;
	int k = 0;

	if (state == NULL || format == NULL || name == NULL || s->nsegs == AUDIT_SEGMENTS_MAX)
		return false;
	while (k < SEG_STATES && strcmp(state, seg_names[k]) != 0)
		k++;
	g = known_add_segment(s, s->nsegs, name);
	g->state = (enum seg_state)k;
	g->format = format_find(format);
	/* notes from before findings could be accepted have none */
	if (statement_text(st, "form") != NULL && !statement_hash(st, "form", g->form))
		return false;
	if (!get_newer(st, "oldest", &oldest) || oldest > INT64_MAX)
		return false;
	g->oldest = (instant)oldest;
	return k < SEG_STATES && g->format < FORMAT_N && statement_u64(st, "id", &g->id) &&
	       get_bool(st, "packed", &g->packed) && get_bool(st, "whole", &g->whole) &&
	       get_bool(st, "flawed", &g->flawed) && statement_u64(st, "dev", &g->hints.dev) &&
	       statement_u64(st, "ino", &g->hints.ino) &&
	       statement_u64(st, "size", &g->hints.size) &&
	       statement_i64(st, "btime", &g->hints.btime) &&
	       statement_i64(st, "mtime", &g->hints.mtime) &&
	       statement_i64(st, "ctime", &g->hints.changed) &&
	       statement_u64(st, "sealed", &g->sealed) && statement_u64(st, "held", &g->held) &&
	       statement_u64(st, "base", &g->base) && statement_u64(st, "rec", &g->records) &&
	       statement_u64(st, "chunks", &g->chunks) && get_newer(st, "sided", &g->sided) &&
	       g->sided <= g->chunks && statement_u64(st, "from", &g->from) &&
	       statement_i64(st, "newest", &g->newest) && get_part(st, "first", &g->first) &&
	       get_part(st, "last", &g->last) && get_part(st, "line", &g->line);
}

static bool
get_tail(struct state *s, const struct statement *st)
{
	struct segment *g = s->nsegs > 0 ? &s->segs[s->nsegs - 1] : NULL;
	struct tail *t;

	if (g == NULL || g->tail.part.len > 0)
		return false;
	t = &g->tail;
	t->timed = statement_text(st, "t0") != NULL;
	t->numbered = statement_text(st, "s0") != NULL;
	return get_part(st, "part", &t->part) && t->part.len > 0 &&
	       t->part.off + t->part.len == g->sealed && statement_u64(st, "rec", &t->records) &&
	       t->records <= g->records && g->chunks > 0 && statement_i64(st, "since", &t->since) &&
	       (!t->timed ||
		   (statement_i64(st, "t0", &t->t0) && statement_i64(st, "t1", &t->t1))) &&
	       (!t->numbered ||
		   (statement_u64(st, "s0", &t->s0) && statement_u64(st, "s1", &t->s1)));
}

static bool
get_found(struct state *s, const struct statement *st)
{
	struct kept_finding *f;
	uint64_t again;

	if (s->nfound == AUDIT_FINDINGS_MAX)
		return false;
	s->found = arena_grow(s->arena, s->found, s->nfound, &s->found_cap, sizeof(*s->found));
	f = &s->found[s->nfound++];
	memset(f, 0, sizeof(*f));
	f->rule = get_name(s, st, "rule", 64);
	f->key = get_name(s, st, "key", 64);
	if (statement_text(st, "accepted") != NULL &&
	    (!statement_i64(st, "accepted", &f->accepted) ||
		!statement_name(st, "by", f->by, sizeof(f->by))))
		return false;
	if (!get_newer(st, "number", &f->number) || !get_newer(st, "to", &f->number_last))
		return false;
	if (!get_newer(st, "more", &f->more) || !get_newer(st, "again", &again) ||
	    again > INT64_MAX)
		return false;
	f->again = (instant)again;
	return f->rule != NULL && f->key != NULL && statement_i64(st, "since", &f->since) &&
	       statement_u64(st, "segment", &f->segment) &&
	       statement_u64(st, "record", &f->record) && statement_u64(st, "offset", &f->offset) &&
	       statement_u64(st, "count", &f->count) && get_newer(st, "last", &f->last) &&
	       get_newer(st, "bytes", &f->bytes) &&
	       statement_name(st, "text", f->text, sizeof(f->text));
}

static bool
get_understood(struct understood *u, const struct statement *st)
{
	char name[16];

	for (unsigned char i = 0; i < UNDERSTOOD_WORDS; i++) {
		snprintf(name, sizeof(name), "last%d", i);
		if (!statement_u64(st, name, &u->last[i]))
			return false;
	}
	return statement_u64(st, "how", &u->how) && statement_u64(st, "rec", &u->records) &&
	       statement_u64(st, "times", &u->times) && u->times <= u->records &&
	       statement_u64(st, "numbers", &u->numbers) && u->numbers <= u->records &&
	       statement_u64(st, "fit", &u->fit) && u->fit <= u->records &&
	       u->records <= UNDERSTOOD_RECORDS_MAX && get_bool(st, "good", &u->good) &&
	       get_bool(st, "fell", &u->fell) && statement_u64(st, "segment", &u->since.segment) &&
	       statement_u64(st, "record", &u->since.record) &&
	       statement_u64(st, "offset", &u->since.offset);
}

static bool
get_head(struct state *s, const struct statement *st)
{
	const char *id = statement_text(st, "stream");

	return id != NULL && strcmp(id, s->id) == 0 && statement_u64(st, "valid", &s->valid) &&
	       s->valid <= STATE_STATEMENTS_MAX && statement_i64(st, "born", &s->born) &&
	       statement_i64(st, "verified", &s->verified) &&
	       statement_i64(st, "grown", &s->grown) && statement_i64(st, "away", &s->away) &&
	       statement_u64(st, "cursor", &s->cursor) && s->cursor <= s->valid &&
	       statement_u64(st, "next", &s->next_segment) &&
	       statement_u64(st, "rec", &s->records) && statement_hash(st, "chain", s->chain) &&
	       statement_hash(st, "cursor_chain", s->cursor_chain);
}

static bool
get_line(struct state *s, const struct statement *st, bool first)
{
	bool ours;

	if (first || strcmp(st->verb, "head") == 0)
		return first && strcmp(st->verb, "head") == 0 && get_head(s, st);
	if (strcmp(st->verb, "segment") == 0)
		return get_segment(s, st);
	if (strcmp(st->verb, "tail") == 0)
		return get_tail(s, st);
	if (strcmp(st->verb, "found") == 0)
		return get_found(s, st);
	if (!sights_get(&s->sights, st, &ours))
		return false;
	if (ours)
		return true;
	if (strcmp(st->verb, "account") == 0)
		return account_get(&s->account, st);
	if (strcmp(st->verb, "reading") == 0)
		return reading_get(&s->reading, st);
	if (strcmp(st->verb, "understood") == 0)
		return get_understood(&s->understood, st);
	if (strcmp(st->verb, "recorder") == 0)
		return recorder_get(&s->testimony, st);
	return order_get(&s->order, st, &ours) && ours;
}

bool
head_lines(struct state *s, char *text, size_t n)
{
	char *p = text, *end = text + n, *nl;

	for (; p < end; p = nl + 1) {
		struct statement st;

		nl = memchr(p, '\n', (size_t)(end - p));
		if (nl == NULL)
			return false;
		*nl = '\0';
		if (!statement_parse(p, (size_t)(nl - p), &st) || !get_line(s, &st, p == text))
			return false;
	}
	return n > 0;
}

bool
head_read(struct state *s, char *text, size_t n)
{
	static const char last[] = "fw1 end sha256=";
	size_t tail = sizeof(last) - 1 + 2 * HASH_SIZE + 1;
	uint8_t want[HASH_SIZE], got[HASH_SIZE];
	char *end;

	if (n <= tail || text[n - 1] != '\n')
		return false;
	end = text + n - tail;
	text[n - 1] = '\0';
	if (end[-1] != '\n' || memcmp(end, last, sizeof(last) - 1) != 0 ||
	    !hash_parse(end + sizeof(last) - 1, want))
		return false;
	digest_of(s->digest, text, n - tail, got);
	if (memcmp(got, want, HASH_SIZE) != 0)
		return false;
	return head_lines(s, text, n - tail);
}

bool
chunk_read(const struct statement *st, uint64_t *segment, struct part *part, uint64_t *records)
{
	return strcmp(st->verb, "chunk") == 0 && statement_u64(st, "seg", segment) &&
	       statement_u64(st, "off", &part->off) && statement_u64(st, "len", &part->len) &&
	       part->len > 0 && part->len <= AUDIT_RECORD && part->off <= UINT64_MAX - part->len &&
	       statement_u64(st, "rec", records) && statement_hash(st, "sha256", part->hash);
}
