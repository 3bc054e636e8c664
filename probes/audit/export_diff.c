/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the question which records of an export are not as they were, and the words for it.
 */
#include "export_private.h"

#include "resync.h"

#include <inttypes.h>
#include <string.h>

struct difference {
	const struct export *x;
	bool any;
	struct stretch first;
	uint64_t others;
};

static void
differs(struct difference *d, const struct stretch *s)
{
	if (d->any)
		d->others += s->old_n > s->now_n ? s->old_n : s->now_n;
	else
		d->first = *s;
	d->any = true;
}

/* The part of a row of hashes from `at` on that is looked through at once. */
static struct row
row_from(const struct records *r, size_t at)
{
	size_t n = r->n - at;

	return (struct row){ r->hash + at, n < RESYNC_MAX ? n : RESYNC_MAX, n <= RESYNC_MAX };
}

/* Both go on alike but for some stretches; what came on top of all that was noted is none. */
static void
walk(struct difference *d)
{
	const struct records *o = &d->x->old, *n = &d->x->now;
	size_t i = 0, k = 0, gone, come;

	while (i < o->n) {
		struct row old, now;

		if (k < n->n && o->hash[i] == n->hash[k]) {
			i++;
			k++;
			continue;
		}
		old = row_from(o, i);
		now = row_from(n, k);
		if (k == n->n || !resync_find(&old, &now, &gone, &come)) {
			gone = o->n - i;
			come = n->n - k < gone ? n->n - k : gone;
		}
		differs(d, &(struct stretch){ i, gone, k, come });
		i += gone;
		k += come;
	}
}

static bool
tell(struct export *x, const char *key, uint64_t record, uint64_t count, const char *words)
{
	struct arena *a = x->t->ctx->arena;
	struct evidence_list facts = { .arena = a };
	char text[HASH_TEXT];

	hash_text(x->now.sha, text);
	fact(&facts, "file", "%s", x->t->path);
	if (record > 0)
		fact(&facts, "record", "%" PRIu64, record);
	if (count > 0)
		fact(&facts, "count", "%" PRIu64, count);
	fact(&facts, "sha256", "%s", text);
	return trail_tell(x->t, &(struct trail_finding){ .target = x->t->path,
				    .rule = "audit.edited",
				    .key = key,
				    .class = strcmp(key, "changed") == 0 ? "edited" : key,
				    .identity = text,
				    .facts = &facts,
				    .summary = words });
}

static bool
tell_stretch(struct export *x, const struct difference *d)
{
	struct arena *a = x->t->ctx->arena;
	const struct stretch *s = &d->first;
	uint64_t record = s->old_at + 1 - x->now.header;
	uint64_t count = s->old_n > s->now_n ? s->old_n : s->now_n;
	const char *key = s->old_n == s->now_n  ? "changed"
			  : s->old_n > s->now_n ? "deleted"
						: "inserted";
	const char *others = d->others > 0 ? ", and others are not as they were" : "";
	const char *which = count == 1 ? arena_printf(a, "Record %" PRIu64, record)
				       : arena_printf(a, "Records %" PRIu64 " to %" PRIu64, record,
					     record + count - 1);
	const char *how = s->old_n == s->now_n
			      ? (count == 1 ? "is not as it was" : "are not as they were")
			  : s->old_n > s->now_n
			      ? (count == 1 ? "is not there any more" : "are not there any more")
			      : (count == 1 ? "was put in later" : "were put in later");

	if (record == 0)
		return tell(x, "changed", 0, 0, "The line that names its columns is not as it was");
	return tell(x, key, record, count,
	    arena_printf(
		a, "%s, counted from the oldest at the end of the file, %s%s", which, how, others));
}

bool
export_tell_changed(struct export *x)
{
	struct records *o = &x->old, *n = &x->now;
	struct difference d = { .x = x };

	if (n->hash == NULL || o->hash == NULL)
		return tell(x, "changed", 0, 0,
		    arena_printf(x->t->ctx->arena,
			"The %zu records that were noted do not stand at its end as they did",
			o->n));
	walk(&d);
	if (d.any)
		return tell_stretch(x, &d);
	return tell(x, "changed", 0, 0, "Its bytes are not as they were, though each record is");
}
