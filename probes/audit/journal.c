/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is told of a folder of journal files.
 */
#include "journal.h"

#include "journal_keeping.h"
#include "journal_list.h"

#include <inttypes.h>
#include <string.h>

/* ---- changed, gone */

static void
tell_edited(struct journal *j, const struct journal_seen *s, const uint8_t *hash, uint64_t bytes)
{
	struct arena *a = j->t->ctx->arena;
	struct evidence_list facts = { .arena = a };
	char now[HASH_TEXT], then[HASH_TEXT];

	hash_text(hash, now);
	hash_text(s->hash, then);
	fact(&facts, "file", "%s", journal_path(j, s));
	fact(&facts, "bytes", "%" PRIu64, bytes);
	fact(&facts, "sha256", "%s", now);
	fact(&facts, "sha256 before", "%s", then);
	trail_tell(j->t,
	    &(struct trail_finding){ .target = journal_path(j, s),
		.rule = "audit.edited",
		.key = "changed",
		.class = "edited",
		.identity = now,
		.facts = &facts,
		.summary = arena_printf(a,
		    "%s was changed after it was archived: %" PRIu64 " bytes then, %" PRIu64 " now",
		    s->name, s->bytes, bytes) });
}

/* False: time is over. */
static bool
look_at(struct journal *j, struct journal_seen *s, bool all)
{
	uint8_t hash[HASH_SIZE];
	struct err e = { 0 };
	uint64_t bytes;
	int rc;

	if (!s->noted)
		journal_note(j, s, NULL, 0);
	if (s->h.state != JOURNAL_ARCHIVED && !s->complete)
		return true;
	if (s->complete && !all && s->hints.size == s->bytes)
		return true;
	rc = trail_hash(j->t, journal_path(j, s), hash, &bytes, &e);
	if (rc < 0)
		trail_unknown(j->t, journal_path(j, s), "audit.edited",
		    arena_printf(j->t->ctx->arena, "%s could not be read: %s", s->name, e.msg));
	if (rc <= 0)
		return rc < 0;
	if (!s->complete)
		journal_note(j, s, hash, bytes);
	else if (memcmp(hash, s->hash, HASH_SIZE) != 0)
		tell_edited(j, s, hash, bytes);
	return true;
}

/* journald deletes its oldest files when they are too many. */
static void
look_for_gone(struct journal *j)
{
	struct arena *a = j->t->ctx->arena;

	for (size_t i = 0; i < j->n; i++) {
		const struct journal_seen *s = &j->v[i];
		struct evidence_list facts = { .arena = a };
		bool older = false;

		for (size_t k = 0; k < i && !s->here; k++)
			older |= j->v[k].here && strcmp(j->v[k].h.seqnum_id, s->h.seqnum_id) == 0;
		if (s->here || !older)
			continue;
		fact(&facts, "file", "%s", journal_path(j, s));
		fact(&facts, "number", "%" PRIu64, s->h.head);
		trail_tell(j->t, &(struct trail_finding){ .target = journal_path(j, s),
				     .rule = "audit.generation",
				     .key = "missing",
				     .class = "generation-missing",
				     .identity = s->h.id,
				     .facts = &facts,
				     .summary = arena_printf(a,
					 "%s, with entries from number %" PRIu64
					 " on, is not there any more, while older files are",
					 s->name, s->h.head) });
	}
}

/* ---- numbers */

/* Entries that are in no file of v[from] to v[to], which count in one row. What users' files hold
 * from before the oldest file of the system cannot be told apart, and is counted in favour. */
static uint64_t
missing_entries(const struct journal *j, size_t from, size_t to, uint64_t *first, uint64_t *last)
{
	uint64_t lowest = UINT64_MAX, highest = 0, held = 0, end = 0;
	bool any_system = false;

	for (size_t i = from; i < to; i++)
		any_system |= j->v[i].here && j->v[i].of_system && j->v[i].h.entries > 0;
	*first = 0;
	for (size_t i = from; i < to; i++) {
		const struct journal_seen *s = &j->v[i];

		if (!s->here || s->h.entries == 0)
			continue;
		held += s->h.entries;
		highest = s->h.tail > highest ? s->h.tail : highest;
		if ((s->of_system || !any_system) && s->h.head < lowest)
			lowest = s->h.head;
		/* ascending by their first number: a hole that no file reaches over */
		if (*first == 0 && end > 0 && s->h.head > end + 1 && end >= lowest) {
			*first = end + 1;
			*last = s->h.head - 1;
		}
		end = s->h.tail > end ? s->h.tail : end;
	}
	if (highest < lowest || highest - lowest + 1 <= held)
		return 0;
	return highest - lowest + 1 - held;
}

static void
judge_numbers(struct journal *j, size_t from, size_t to)
{
	struct arena *a = j->t->ctx->arena;
	struct evidence_list facts = { .arena = a };
	uint64_t first, last = 0, n = missing_entries(j, from, to, &first, &last);
	const char *where = "";

	if (n == 0)
		return;
	if (first > 0) {
		where =
		    arena_printf(a, ", among them numbers %" PRIu64 " to %" PRIu64, first, last);
		fact(&facts, "number", "%" PRIu64 "-%" PRIu64, first, last);
	}
	fact(&facts, "count", "%" PRIu64, n);
	trail_tell(j->t,
	    &(struct trail_finding){
		.target = arena_printf(a, "%s %s", j->folder, j->v[from].h.seqnum_id),
		.rule = "audit.sequence",
		.key = "gap",
		.class = "seq-gap",
		.identity = arena_printf(a, "%" PRIu64 " %" PRIu64, n, first),
		.facts = &facts,
		.summary = arena_printf(a,
		    "%" PRIu64 " %s that had a number in the journal %s in none of its files%s", n,
		    n == 1 ? "entry" : "entries", n == 1 ? "is" : "are", where) });
}

/* ---- as a whole */

static void
tell_whole(struct journal *j)
{
	struct evidence_list facts = { .arena = j->t->ctx->arena };
	uint64_t entries = 0, bytes = 0;
	size_t files = 0;

	for (size_t i = 0; i < j->n; i++)
		if (j->v[i].here) {
			files++;
			entries += j->v[i].h.entries;
			bytes += j->v[i].hints.size;
		}
	fact(&facts, "format", "journal");
	fact(&facts, "entries", "%" PRIu64, entries);
	fact(&facts, "bytes", "%" PRIu64, bytes);
	trail_fine(j->t, j->t->path, &facts,
	    arena_printf(j->t->ctx->arena,
		"Whole by its numbers: %" PRIu64 " entr%s in %zu journal file%s", entries,
		entries == 1 ? "y" : "ies", files, files == 1 ? "" : "s"));
}

static void
tell_unread(struct journal *j)
{
	if (j->unread > 0)
		trail_unknown(j->t, j->t->path, "audit.understood",
		    arena_printf(j->t->ctx->arena,
			"%zu of its %zu files %s no journal, or %s damaged", j->unread,
			j->unread + j->n, j->unread == 1 ? "is" : "are",
			j->unread == 1 ? "is" : "are"));
	else if (j->n == 0)
		trail_unknown(
		    j->t, j->t->path, "audit.understood", "There is no journal file in it");
}

static void
look(struct journal *j)
{
	struct trail *t = j->t;
	bool all = instant_minus(t->now, t->s.verified) >= t->conf->verify, done = true;

	for (size_t i = 0; i < j->n && done; i++) {
		if (j->v[i].here)
			done = look_at(j, &j->v[i], all);
		if (j->v[i].here && j->v[i].h.last > t->s.grown) {
			t->s.grown = j->v[i].h.last;
			t->s.dirty = true;
		}
	}
	look_for_gone(j);
	for (size_t from = 0, to; from < j->n; from = to) {
		for (to = from + 1;
		     to < j->n && strcmp(j->v[to].h.seqnum_id, j->v[from].h.seqnum_id) == 0; to++)
			;
		judge_numbers(j, from, to);
	}
	tell_unread(j);
	trail_silence(t, t->path);
	if (!done)
		trail_unknown(t, t->path, "audit.continuity",
		    "Not all files could be read in time; the next run goes on (a longer timeout "
		    "does more at once)");
	else if (t->told == 0 && t->more == 0 && j->unread == 0 && j->n > 0)
		tell_whole(j);
	journal_keeping(j);
	if (done && all) {
		t->s.verified = t->now;
		t->s.dirty = true;
	}
	trail_tell_more(t);
}

void
journal_look(
    const struct probe_ctx *ctx, const struct audit_conf *conf, size_t path, struct digester *d)
{
	const char *p = conf->paths.v[path];
	size_t n = strlen(p);
	struct trail t = trail_of(ctx, conf, path);
	struct journal j = { .t = &t,
		.folder = n > 1 && p[n - 1] == '/' ? arena_textn(ctx->arena, p, n - 1) : p };
	struct err e = { 0 };

	if (trail_open(&t, d, journal_take, &j, &e) < 0)
		return;
	if (journal_list(&j, &e) < 0)
		trail_unknown(&t, p, "audit.continuity",
		    arena_printf(ctx->arena, "Could not look: %s", e.msg));
	else
		look(&j);
	trail_close(&t);
}
