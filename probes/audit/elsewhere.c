/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the search for records in the files of a folder.
 */
#include "elsewhere.h"

#include "ahead.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#define STRIDE ((size_t)4096) /* records that are read at once */

struct sought {
	uint64_t hash, record;
	bool seen;
};

struct search {
	struct sought *v; /* sorted by hash */
	size_t n;
	uint64_t bytes; /* read so far */
};

/* Whether a record is one that is looked for. */
static bool
is_gone(const struct diff *d, uint64_t record)
{
	if (d == NULL)
		return true;
	for (size_t i = 0; i < d->n; i++) {
		const struct diff_place *p = &d->place[i];

		if ((p->class == DIFF_DELETED || p->class == DIFF_TRUNCATED) &&
		    record >= p->record && record - p->record < p->gone)
			return true;
	}
	return false;
}

static int
by_hash(const void *va, const void *vb)
{
	const struct sought *a = va, *b = vb;

	return a->hash != b->hash ? (a->hash > b->hash) - (a->hash < b->hash)
				  : (a->record > b->record) - (a->record < b->record);
}

/* false: some hashes are not known, or there are too many records. */
static bool
gather(struct search *s, struct log *l, const struct segment *g, const struct diff *d)
{
	struct noted o;
	bool all = true;

	noted_open(&o, &l->s, g);
	while (all && noted_chunk(&o)) {
		all = noted_take(&o);
		for (; all && o.at < o.n; o.at++, o.record++) {
			if (!is_gone(d, o.record))
				continue;
			all = s->n < ELSEWHERE_RECORDS;
			if (all)
				s->v[s->n++] = (struct sought){ o.hash[o.at], o.record, false };
		}
	}
	all = all && o.ends;
	noted_close(&o);
	qsort(s->v, s->n, sizeof(s->v[0]), by_hash);
	return all;
}

/* Records of this hash that nobody has found yet, all of them: a record may stand there twice. */
static size_t
find(struct search *s, uint64_t hash)
{
	size_t lo = 0, hi = s->n, found = 0;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (s->v[mid].hash < hash)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < s->n && s->v[lo].hash == hash; lo++) {
		found += !s->v[lo].seen;
		s->v[lo].seen = true;
	}
	return found;
}

/* How many of them are in one file. *whole: it was read to its end. */
static uint64_t
search_file(struct search *s, struct log *l, const char *path, bool *whole)
{
	uint64_t found = 0;
	struct now w;
	struct err why;

	*whole = false;
	if (now_open(&w, l->s.key, path, &why) < 0)
		return 0;
	do {
		now_fill(&w, STRIDE);
		for (; w.at < w.n; w.at++)
			found += find(s, w.hash[w.at]);
		*whole = now_ends(&w) && w.why.code == ERR_NONE;
	} while (!now_ends(&w) && s->bytes + w.off < ELSEWHERE_BYTES &&
		 l->clk->mono(l->clk) <= l->until);
	s->bytes += w.off;
	now_close(&w);
	return found;
}

static void
search_all(struct search *s, struct log *l, const char *but, struct elsewhere *out)
{
	uint64_t most = 0, found;
	bool whole;

	for (size_t k = 0; k < l->files.n && out->found < out->asked; k++) {
		const struct file *f = &l->files.v[k];

		if (f->hints.size == 0 || f->unreadable ||
		    (but != NULL && strcmp(f->path, but) == 0))
			continue;
		found = search_file(s, l, f->path, &whole);
		out->unlooked += !whole;
		out->found += found;
		out->files += found > 0;
		if (found > most) {
			most = found;
			out->where = f->path;
		}
	}
}

void
elsewhere_look(struct log *l, const struct segment *g, const struct diff *d, const char *but,
    struct elsewhere *out)
{
	struct search s = { 0 };

	*out = (struct elsewhere){ 0 };
	if (l->s.key == NULL || g->chunks == 0)
		return;
	if (!l->files.wide)
		log_widen(l);
	out->unlooked = l->files.passed;
	s.v = memory_or_end(malloc(ELSEWHERE_RECORDS * sizeof(*s.v)), "records");
	if (gather(&s, l, g, d)) {
		out->asked = s.n;
		search_all(&s, l, but, out);
		for (size_t i = 0; i < s.n; i++)
			if (!s.v[i].seen && (out->first == 0 || s.v[i].record < out->first))
				out->first = s.v[i].record;
	}
	free(s.v);
}
