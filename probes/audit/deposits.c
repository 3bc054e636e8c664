/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is told of a folder of dated files: which are changed or gone, whether the folder goes
 * on as it should.
 */
#include "deposits.h"

#include "deposits_rhythm.h"

#include <inttypes.h>
#include <string.h>

static const char *
path_of(const struct deposits *d, const struct deposit *p)
{
	return arena_printf(d->t->ctx->arena, "%s/%s", d->folder, p->name);
}

static const char *
hash_words(struct deposits *d, const uint8_t hash[HASH_SIZE])
{
	char text[HASH_TEXT];

	hash_text(hash, text);
	return arena_text(d->t->ctx->arena, text);
}

/* ---- changed later */

static void
tell_edited(struct deposits *d, const struct deposit *p, const uint8_t *hash, uint64_t bytes)
{
	struct evidence_list facts = { .arena = d->t->ctx->arena };
	const char *now = hash_words(d, hash);

	fact(&facts, "file", "%s", path_of(d, p));
	fact(&facts, "bytes", "%" PRIu64, bytes);
	fact(&facts, "bytes before", "%" PRIu64, p->bytes);
	fact(&facts, "sha256", "%s", now);
	fact(&facts, "sha256 before", "%s", hash_words(d, p->hash));
	trail_tell(d->t,
	    &(struct trail_finding){ .target = path_of(d, p),
		.rule = "audit.edited",
		.key = "changed",
		.class = "edited",
		.identity = now,
		.facts = &facts,
		.summary = arena_printf(d->t->ctx->arena,
		    "%s was changed after it was complete: %" PRIu64 " bytes then, %" PRIu64 " now",
		    p->name, p->bytes, bytes) });
}

static void
tell_unread(struct deposits *d, const struct deposit *p, const struct err *e)
{
	trail_unknown(d->t, path_of(d, p), "audit.edited",
	    arena_printf(d->t->ctx->arena, "%s could not be read: %s", p->name, e->msg));
}

/* Whether it is still written to: the newest of its series is. */
static bool
is_open(const struct deposits *d, const struct deposit *p)
{
	return p->newest && !deposits_is_past(d->t, p);
}

/* What it is against what was noted. False: time is over. */
static bool
look_at(struct deposits *d, struct deposit *p, bool all)
{
	uint8_t hash[HASH_SIZE];
	struct err e = { 0 };
	uint64_t bytes;
	int rc;

	if (is_open(d, p) && !p->complete) {
		if (!p->noted)
			deposit_note(d->t, p, NULL, 0);
		return true;
	}
	if (p->complete && !all && hints_equal(&p->hints, &p->then))
		return true;
	rc = trail_hash(d->t, path_of(d, p), hash, &bytes, &e);
	if (rc < 0)
		tell_unread(d, p, &e);
	if (rc <= 0)
		return rc < 0;
	if (p->complete && memcmp(hash, p->hash, HASH_SIZE) != 0)
		tell_edited(d, p, hash, bytes);
	else if (!p->complete || !hints_equal(&p->hints, &p->then))
		deposit_note(d->t, p, hash, bytes);
	return true;
}

/* ---- gone */

/* Whether a file with the same bytes lies there under another name: it was renamed. */
static bool
is_renamed(const struct deposits *d, const struct deposit *gone)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct deposit *p = &d->v[i];

		if (p->here && p != gone &&
		    ((p->hints.ino == gone->then.ino && p->hints.dev == gone->then.dev &&
			 p->hints.btime == gone->then.btime) ||
			(p->complete && gone->complete &&
			    memcmp(p->hash, gone->hash, HASH_SIZE) == 0)))
			return true;
	}
	return false;
}

static void
tell_gone(struct deposits *d, const struct deposit *p, bool oldest)
{
	struct evidence_list facts = { .arena = d->t->ctx->arena };

	fact(&facts, "file", "%s", path_of(d, p));
	if (p->complete) {
		fact(&facts, "bytes", "%" PRIu64, p->bytes);
		fact(&facts, "sha256 before", "%s", hash_words(d, p->hash));
	}
	trail_tell(d->t,
	    &(struct trail_finding){ .target = path_of(d, p),
		.rule = "audit.generation",
		.key = oldest ? "deleted-early" : "missing",
		.class = oldest ? "retention" : "generation-missing",
		.identity = "gone",
		.facts = &facts,
		.summary =
		    oldest ? arena_printf(d->t->ctx->arena,
				 "%s is not there any more, and the records in it must still be "
				 "kept",
				 p->name)
			   : arena_printf(d->t->ctx->arena,
				 "%s is not there any more, while older files are", p->name) });
}

static void
tell_all_gone(struct deposits *d, size_t from, size_t to)
{
	struct evidence_list facts = { .arena = d->t->ctx->arena };

	fact(&facts, "count", "%zu", to - from);
	trail_tell(d->t, &(struct trail_finding){ .target = arena_printf(d->t->ctx->arena, "%s/%s",
						      d->folder, d->v[from].series),
			     .rule = "audit.missing",
			     .key = "gone",
			     .class = "missing",
			     .identity = arena_printf(d->t->ctx->arena, "%s", d->v[to - 1].name),
			     .facts = &facts,
			     .summary = arena_printf(d->t->ctx->arena,
				 "None of its %zu files is there any more", to - from) });
}

/* The oldest may go, unless they must be kept for longer. */
static void
look_for_gone(struct deposits *d, size_t from, size_t to)
{
	const span keep = d->t->conf->retention;
	bool older_are_here = false, any = false;

	for (size_t i = from; i < to && !any; i++)
		any = d->v[i].here;
	if (!any && !is_renamed(d, &d->v[to - 1])) {
		tell_all_gone(d, from, to);
		return;
	}
	for (size_t i = from; i < to; i++) {
		const struct deposit *p = &d->v[i];

		older_are_here |= p->here;
		if (p->here ||
		    (!older_are_here && (keep == 0 || !p->dated || deposits_age(d->t, p) >= keep)))
			continue;
		/* to look for each of very many under another name takes long: those are counted */
		if (d->t->told >= TRAIL_FOUND_MAX)
			d->t->more++;
		else if (!is_renamed(d, p))
			tell_gone(d, p, !older_are_here);
	}
}

/* ---- all of it */

static void
tell_whole(struct deposits *d, size_t from, size_t to, const struct deposits_words *w)
{
	struct evidence_list facts = { .arena = d->t->ctx->arena };
	uint64_t bytes = 0;
	size_t here = 0;

	for (size_t i = from; i < to; i++)
		if (d->v[i].here) {
			here++;
			bytes += d->v[i].hints.size;
		}
	fact(&facts, "files", "%zu", here);
	fact(&facts, "bytes", "%" PRIu64, bytes);
	if (d->undated > 0)
		fact(&facts, "files without a date", "%zu", d->undated);
	fact(&facts, "format", "deposits");
	trail_fine(d->t, arena_printf(d->t->ctx->arena, "%s/%s", d->folder, d->v[from].series),
	    &facts,
	    arena_printf(d->t->ctx->arena, "Whole: %zu file%s%s%s", here, here == 1 ? "" : "s",
		w->range, w->days));
}

/* One series, v[from] to v[to]. False: time is over. */
static bool
look_at_series(struct deposits *d, size_t from, size_t to, bool all)
{
	size_t told = d->t->told;
	struct deposits_words w;
	bool done = true;

	for (size_t i = from; i < to && done; i++)
		if (d->v[i].here)
			done = look_at(d, &d->v[i], all);
	look_for_gone(d, from, to);
	deposits_judge(d, from, to, &w);
	if (done && d->t->told == told && d->t->more == 0)
		tell_whole(d, from, to, &w);
	return done;
}

static void
tell_not_judged(struct deposits *d)
{
	if (d->strangers > 0)
		trail_unknown(d->t, d->t->path, "audit.understood",
		    arena_printf(d->t->ctx->arena,
			"%zu files are not judged: their names make more than %d series",
			d->strangers, DEPOSITS_SERIES_MAX));
	else if (d->n == 0)
		trail_unknown(d->t, d->t->path, "audit.understood",
		    arena_printf(d->t->ctx->arena,
			d->undated > 0 ? "None of its %zu files has a date%s in its name"
				       : "There is no file in it%.0zu%s",
			d->undated, d->t->conf->number ? " or a number" : ""));
}

static void
look_at_all(struct deposits *d)
{
	bool all = instant_minus(d->t->now, d->t->s.verified) >= d->t->conf->verify, done = true;

	for (size_t from = 0, to; from < d->n; from = to) {
		for (to = from + 1; to < d->n && d->v[to].series == d->v[from].series; to++)
			;
		done = look_at_series(d, from, to, all) && done;
	}
	tell_not_judged(d);
	if (!done)
		trail_unknown(d->t, d->t->path, "audit.continuity",
		    "Not all files could be read in time; the next run goes on (a longer timeout "
		    "does more at once)");
	else if (all && d->n > 0) {
		d->t->s.verified = d->t->now;
		d->t->s.dirty = true;
	}
	trail_tell_more(d->t);
}

/* The folder and the pattern of a path: what has a wildcard in its last part, or names a folder. */
static const char *
split(const char *path, struct arena *a, const char **pattern)
{
	const char *base = strrchr(path, '/') + 1;

	*pattern = "*";
	if (base[0] == '\0')
		return base - path > 1 ? arena_textn(a, path, (size_t)(base - path) - 1) : path;
	if (strpbrk(base, "*?[") == NULL)
		return path;
	*pattern = base;
	return base - path > 1 ? arena_textn(a, path, (size_t)(base - path) - 1) : "/";
}

void
deposits_look(const struct probe_ctx *ctx, const struct audit_conf *conf, size_t path,
    struct digester *digester)
{
	struct trail t = trail_of(ctx, conf, path);
	struct deposits d = { .t = &t };
	const char *pattern;
	struct err e = { 0 };

	d.folder = split(t.path, ctx->arena, &pattern);
	if (trail_open(&t, digester, deposits_take, &d, &e) < 0)
		return;
	if (deposits_list(&d, pattern, &e) < 0)
		trail_unknown(&t, t.path, "audit.continuity",
		    arena_printf(ctx->arena, "Could not look: %s", e.msg));
	else
		look_at_all(&d);
	trail_close(&t);
}
