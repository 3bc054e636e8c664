/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the words for what is found of a table, and which row it is.
 */
#include "table_tell.h"

#include <inttypes.h>
#include <string.h>

static const char *
hex(struct table_notes *n, const uint8_t *hash)
{
	char text[HASH_TEXT];

	hash_text(hash, text);
	return arena_text(n->t->ctx->arena, text);
}

void
tell_object(
    struct table_notes *n, const char *kind, const char *name, const char *how, const uint8_t *hash)
{
	struct arena *a = n->t->ctx->arena;
	struct evidence_list facts = { .arena = a };

	fact(&facts, "kind", "%s", kind);
	fact(&facts, "name", "%s", name);
	fact(&facts, "sha256", "%s", hex(n, hash));
	trail_tell(
	    n->t, &(struct trail_finding){ .target = arena_printf(a, "%s %s", n->t->path, name),
		      .rule = "audit.schema",
		      .key = "changed",
		      .class = "schema",
		      .identity = arena_printf(a, "%s %s", how, hex(n, hash)),
		      .facts = &facts,
		      .summary = arena_printf(a, "The %s %s %s", kind, name, how) });
}

/* ---- rows */

struct row_place {
	const char *key, *words; /* key NULL: no row is known by its number */
	uint64_t row, count;
};

/* Both rows of numbers ascend by rowid: the first that differs, how, and how many do. */
static struct row_place
first_difference(const uint64_t *old, size_t nold, const uint64_t *now, size_t nnow)
{
	struct row_place p = { NULL, NULL, 0, 0 };
	size_t i = 0, k = 0;

	while (i < nold || k < nnow) {
		bool gone = k == nnow || (i < nold && (int64_t)old[2 * i] < (int64_t)now[2 * k]);
		bool come = !gone && (i == nold || (int64_t)now[2 * k] < (int64_t)old[2 * i]);

		if (!gone && !come && old[2 * i + 1] == now[2 * k + 1]) {
			i++;
			k++;
			continue;
		}
		if (p.count++ == 0) {
			p.key = gone ? "deleted" : come ? "inserted" : "changed";
			p.words = gone   ? "is not there any more"
				  : come ? "was put in later"
					 : "is not as it was";
			p.row = gone || !come ? old[2 * i] : now[2 * k];
		}
		i += !come;
		k += !gone;
	}
	return p;
}

static void
tell_rows(struct table_notes *n, const struct row_place *p, const char *identity)
{
	struct arena *a = n->t->ctx->arena;
	struct evidence_list facts = { .arena = a };
	const char *others =
	    p->count == 2 ? ", and another one is not as it was noted either"
	    : p->count > 2
		? arena_printf(
		      a, ", and %" PRIu64 " others are not as they were noted either", p->count - 1)
		: "";

	fact(&facts, "table", "%s", n->name);
	fact(&facts, "row", "%" PRId64, (int64_t)p->row);
	fact(&facts, "count", "%" PRIu64, p->count);
	trail_tell(n->t, &(struct trail_finding){ .target = arena_printf(a, "%s row %" PRId64,
						      n->t->path, (int64_t)p->row),
			     .rule = "audit.edited",
			     .key = p->key,
			     .class = strcmp(p->key, "changed") == 0 ? "edited" : p->key,
			     .identity = identity,
			     .facts = &facts,
			     .summary = arena_printf(a, "Row %" PRId64 " of %s %s%s",
				 (int64_t)p->row, n->name, p->words, others) });
}

static void
tell_range(struct table_notes *n, const struct table_part *part, size_t nrows, const char *identity)
{
	struct arena *a = n->t->ctx->arena;
	struct evidence_list facts = { .arena = a };

	fact(&facts, "table", "%s", n->name);
	fact(&facts, "rows", "%" PRId64 "-%" PRId64, part->first, part->last);
	trail_tell(n->t, &(struct trail_finding){
			     .target = arena_printf(a, "%s rows %" PRId64, n->t->path, part->first),
			     .rule = "audit.edited",
			     .key = "changed",
			     .class = "edited",
			     .identity = identity,
			     .facts = &facts,
			     .summary = arena_printf(a,
				 "Rows %" PRId64 " to %" PRId64
				 " of %s are not as they were: %" PRIu64 " then, %zu now",
				 part->first, part->last, n->name, part->rec, nrows) });
}

void
tell_part(struct table_notes *n, size_t i, const uint64_t *rows, size_t nrows, const uint8_t *hash)
{
	const struct table_part *part = &n->parts[i];
	const uint64_t *old = part_rows(n, i);
	struct row_place p = { NULL, NULL, 0, 0 };

	if (old != NULL)
		p = first_difference(old, (size_t)part->rec, rows, nrows);
	if (p.key != NULL)
		tell_rows(n, &p, hex(n, hash));
	else
		tell_range(n, part, nrows, hex(n, hash));
}

void
tell_gone(struct table_notes *n, const char *why)
{
	struct evidence_list facts = { .arena = n->t->ctx->arena };
	const struct table_part *last = &n->parts[n->nparts - 1];

	fact(&facts, "count", "%" PRIu64, last->before + last->rec);
	trail_tell(n->t, &(struct trail_finding){ .target = n->t->path,
			     .rule = "audit.missing",
			     .key = "gone",
			     .class = "missing",
			     .identity = hex(n, last->hash),
			     .facts = &facts,
			     .summary = arena_printf(n->t->ctx->arena,
				 "The table with its %" PRIu64 " rows is not there any more: %s",
				 last->before + last->rec, why) });
}

/* ---- numbers */

static void
tell_hole(struct table_notes *n, int64_t first, int64_t last, uint64_t holes, const char *where)
{
	struct arena *a = n->t->ctx->arena;
	struct evidence_list facts = { .arena = a };
	const char *numbers = first == last ? arena_printf(a, "%" PRId64, first)
					    : arena_printf(a, "%" PRId64 "-%" PRId64, first, last);
	const char *others = holes > 1 ? ", and others after it" : "";

	fact(&facts, "table", "%s", n->name);
	fact(&facts, "number", "%s", numbers);
	trail_tell(n->t,
	    &(struct trail_finding){ .target = arena_printf(a, "%s number %s", n->t->path, numbers),
		.rule = "audit.sequence",
		.key = "gap",
		.class = "seq-gap",
		.identity = arena_printf(a, "%" PRIu64, holes),
		.facts = &facts,
		.summary =
		    first == last
			? arena_printf(a, "Number %" PRId64 " was given in %s and has no row%s%s",
			      first, n->name, where, others)
			: arena_printf(a,
			      "Numbers %" PRId64 " to %" PRId64
			      " were given in %s and have no row%s%s",
			      first, last, n->name, where, others) });
}

/* The first hole among the rows of a part, as they were noted. */
static void
find_hole(const struct table_notes *n, size_t i, int64_t *first, int64_t *last)
{
	const struct table_part *p = &n->parts[i];
	const uint64_t *rows = part_rows(n, i);
	int64_t before = i > 0 ? n->parts[i - 1].last : p->first - 1;

	*first = before + 1;
	*last = p->last;
	for (uint64_t k = 0; rows != NULL && k < p->rec; k++) {
		if ((int64_t)rows[2 * k] != before + 1) {
			*first = before + 1;
			*last = (int64_t)rows[2 * k] - 1;
			return;
		}
		before = (int64_t)rows[2 * k];
	}
}

void
tell_numbers(struct table_notes *n, const struct table *b)
{
	uint64_t holes = 0;
	int64_t first = 0, last = 0, highest = 0;

	if (!b->counts)
		return;
	for (size_t i = 0; i < n->nparts; i++) {
		const struct table_part *p = &n->parts[i];
		int64_t before = i > 0 ? n->parts[i - 1].last : p->first - 1;
		uint64_t missing = (uint64_t)(p->last - before) - p->rec;

		highest = p->last;
		if (missing == 0)
			continue;
		if (holes == 0)
			find_hole(n, i, &first, &last);
		holes += missing;
	}
	if (holes > 0)
		tell_hole(n, first, last, holes - (uint64_t)(last - first), "");
	if ((int64_t)b->given > highest)
		tell_hole(n, highest + 1, (int64_t)b->given, 1, " at its end");
}

/* ---- as a whole */

void
tell_silence(struct table_notes *n)
{
	trail_silence(n->t, n->t->path);
}

void
tell_whole(struct table_notes *n)
{
	struct arena *a = n->t->ctx->arena;
	struct evidence_list facts = { .arena = a };
	const struct table_part *last = n->nparts > 0 ? &n->parts[n->nparts - 1] : NULL;
	uint64_t rows = last != NULL ? last->before + last->rec : 0;
	char buf[SPAN_TEXT];
	const char *text =
	    arena_printf(a, "Whole: %" PRIu64 " row%s of %s", rows, rows == 1 ? "" : "s", n->name);

	if (last != NULL)
		text = arena_printf(
		    a, "%s, numbered %" PRId64 " to %" PRId64, text, n->parts[0].first, last->last);
	if (instant_minus(n->t->now, n->t->s.born) >= SPAN_MIN)
		text = arena_printf(a, "%s, watched for %s", text,
		    span_words(instant_minus(n->t->now, n->t->s.born), buf));
	fact(&facts, "format", "sqlite");
	fact(&facts, "table", "%s", n->name);
	fact(&facts, "rows", "%" PRIu64, rows);
	trail_fine(n->t, n->t->path, &facts, text);
}
