/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the records that a comparison has read ahead, of a file and of the notes.
 */
#include "ahead.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#define ROOM (2 * AUDIT_RECORD)
#define NOTED_MAX (RESYNC_MAX + SIDE_RECORDS + 1)

int
now_open(struct now *w, const struct side_key *key, const char *path, struct err *e)
{
	*w = (struct now){ .key = key };
	if (source_open(&w->src, path, e) < 0)
		return -1;
	w->room = memory_or_end(malloc(ROOM), "records");
	w->hash = memory_or_end(calloc(RESYNC_MAX, sizeof(uint64_t)), "records");
	w->place = memory_or_end(calloc(RESYNC_MAX, sizeof(uint64_t)), "records");
	return 0;
}

void
now_close(struct now *w)
{
	source_close(&w->src);
	free(w->room);
	free(w->hash);
	free(w->place);
}

static void
read_on(struct now *w)
{
	ssize_t got;

	memmove(w->room, w->room + w->used, w->have - w->used);
	w->have -= w->used;
	w->used = 0;
	got = source_read(&w->src, w->room + w->have, ROOM - w->have, &w->why);
	w->at_end = got < (ssize_t)(ROOM - w->have);
	if (got > 0)
		w->have += (size_t)got;
}

const char *
now_peek(struct now *w, size_t n)
{
	if (w->have - w->used < n && !w->at_end)
		read_on(w);
	return w->have - w->used < n ? NULL : w->room + w->used;
}

void
now_skip(struct now *w, size_t n)
{
	w->used += n;
	w->off += n;
}

/* The next record's bytes; 0 at the end. One without a line end within AUDIT_RECORD is split there,
 * as sealing does. */
static size_t
next_record(struct now *w)
{
	const char *p = w->room + w->used, *nl;
	size_t left = w->have - w->used, look = left < AUDIT_RECORD ? left : AUDIT_RECORD;

	nl = memchr(p, '\n', look);
	if (nl == NULL && left < AUDIT_RECORD && !w->at_end) {
		read_on(w);
		return next_record(w);
	}
	w->cut = nl == NULL && look == left;
	return nl != NULL ? (size_t)(nl - p) + 1 : look;
}

void
now_fill(struct now *w, size_t want)
{
	if (w->n - w->at >= want)
		return;
	memmove(w->hash, w->hash + w->at, (w->n - w->at) * sizeof(w->hash[0]));
	memmove(w->place, w->place + w->at, (w->n - w->at) * sizeof(w->place[0]));
	w->n -= w->at;
	w->at = 0;
	while (w->n < want && w->n < RESYNC_MAX) {
		size_t len = next_record(w);

		if (len == 0)
			break;
		w->place[w->n] = w->off;
		w->hash[w->n++] = side_hash(w->key, w->room + w->used, len);
		now_skip(w, len);
	}
}

bool
now_ends(const struct now *w)
{
	return w->at_end && w->used == w->have;
}

uint64_t
now_place(const struct now *w, size_t k)
{
	return w->at + k < w->n ? w->place[w->at + k] : w->off;
}

void
noted_open(struct noted *o, struct state *s, const struct segment *g)
{
	*o = (struct noted){ .record = 1 };
	chunks_open(&o->chunks, s, g);
	side_open(&o->side, s->key, s->dir, s->id, g->id, false);
	o->hash = memory_or_end(calloc(NOTED_MAX, sizeof(uint64_t)), "records");
}

void
noted_close(struct noted *o)
{
	side_close(&o->side);
	chunks_close(&o->chunks);
	free(o->hash);
}

bool
noted_chunk(struct noted *o)
{
	int rc = o->unproven ? 1 : chunks_next(&o->chunks);

	o->unproven = false;
	o->ends |= rc == 0;
	o->broken |= rc < 0;
	return rc == 1;
}

bool
noted_take(struct noted *o)
{
	struct side_place at = chunks_place(&o->chunks);

	memmove(o->hash, o->hash + o->at, (o->n - o->at) * sizeof(o->hash[0]));
	o->n -= o->at;
	o->at = 0;
	o->unproven = !side_get(&o->side, &at, o->hash + o->n);
	if (!o->unproven)
		o->n += (size_t)at.records;
	return !o->unproven;
}

void
noted_pass(struct noted *o)
{
	o->unproven = false;
	o->record += o->chunks.records;
}

void
noted_fill(struct noted *o, size_t want)
{
	while (o->n - o->at < want && !o->ends && !o->unproven && !o->broken)
		if (noted_chunk(o) && !noted_take(o))
			return;
}
