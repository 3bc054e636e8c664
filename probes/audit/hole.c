/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns telling of holes in a log.
 */
#include "hole.h"

#include "finding.h"
#include "source.h"

#include <inttypes.h>
#include <string.h>

static void
say(struct log *l, const struct segment *g, uint64_t record, uint64_t offset, uint64_t bytes)
{
	struct finding_place p = { .segment = g->id, .record = record, .offset = offset };
	const char *slash = strrchr(g->name, '/');

	p.bytes = bytes;
	if (finding_known(&l->s, "hole", "nul", &p) != NULL)
		return;
	finding_add(&l->s, l->now, "hole", "nul", &p,
	    "%s: %" PRIu64 " NUL bytes stand from byte %" PRIu64 " on, where records should be",
	    slash != NULL ? slash + 1 : g->name, bytes, offset);
}

/* Bytes 0 from p on. */
static size_t
zeros(const char *p, size_t n)
{
	size_t i = 0;

	while (i < n && p[i] == '\0')
		i++;
	return i;
}

/* The first run of RECORD_HOLE bytes 0 or more behind a place; false: there is none. */
static bool
find(const struct segment *g, uint64_t from, uint64_t *at, uint64_t *bytes)
{
	static char buf[HOLE_LOOK];
	struct err why = { 0 };
	struct source src;
	ssize_t n = -1;

	if (source_open(&src, g->file->path, &why) < 0)
		return false;
	if (source_seek(&src, from, &why) == 0)
		n = source_read(&src, buf, sizeof(buf), &why);
	source_close(&src);
	for (ssize_t i = 0; i < n; i++) {
		size_t run = buf[i] == '\0' ? zeros(buf + i, (size_t)(n - i)) : 0;

		if (run >= RECORD_HOLE) {
			*at = from + (uint64_t)i;
			*bytes = run;
			return true;
		}
		i += (ssize_t)run;
	}
	return false;
}

void
hole_say(struct log *l)
{
	const struct hole *new = &l->s.understood.hole;
	const struct segment *g = known_segment(&l->s, new->place.segment);
	size_t n = l->s.nfound;
	uint64_t at, bytes;

	if (g != NULL)
		say(l, g, new->place.record, new->place.offset + new->before, new->bytes);
	for (size_t i = 0; i < n && i < l->s.nfound; i++) {
		const struct kept_finding f = l->s.found[i];

		g = known_segment(&l->s, f.segment);
		if (f.since != l->now || strcmp(f.rule, "edited") != 0 || g == NULL ||
		    g->file == NULL || !find(g, f.offset, &at, &bytes))
			continue;
		say(l, g, 0, at, bytes);
	}
}
