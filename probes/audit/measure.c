/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns looking again at records that were sealed before, only to count what is understood of them.
 */
#include "measure.h"

#include "foreign.h"
#include "look.h"
#include "source.h"

#include <stdlib.h>
#include <string.h>

struct sample {
	char *bytes;
	size_t n;
	uint64_t off; /* of bytes, in the file */
};

/* Reads n bytes from off on: 0, or -1 when not all of them are there. */
static int
read_part(const struct segment *g, uint64_t off, char *buf, size_t n)
{
	struct err why = { 0 };
	struct source src;
	ssize_t got = -1;

	if (source_open(&src, g->file->path, &why) < 0)
		return -1;
	if (hints_same_file(&src.hints, &g->file->hints) && source_seek(&src, off, &why) == 0)
		got = source_read(&src, buf, n, &why);
	source_close(&src);
	return got == (ssize_t)n ? 0 : -1;
}

/* The last whole records that were sealed; false: they cannot be read. */
static bool
take_sample(const struct segment *g, struct sample *out)
{
	size_t n = g->sealed < MEASURE_BYTES ? (size_t)g->sealed : MEASURE_BYTES;
	const char *nl;

	out->n = n;
	out->off = g->packed ? 0 : g->sealed - n;
	if (read_part(g, out->off, out->bytes, n) < 0)
		return false;
	/* what stands before the first line end is the rest of a record */
	nl = out->off > 0 ? memchr(out->bytes, '\n', n) : NULL;
	if (nl != NULL) {
		size_t rest = (size_t)(nl - out->bytes) + 1;

		memmove(out->bytes, out->bytes + rest, n - rest);
		out->n = n - rest;
		out->off += rest;
	}
	return true;
}

/* The start of the file: what kind of file it is, and which columns it has, stands there. */
static char *
take_start(const struct segment *g, const struct sample *sample, size_t *n)
{
	char *start;

	*n = g->sealed < SCANNER_LOOK ? (size_t)g->sealed : SCANNER_LOOK;
	start = sample->off > 0 ? malloc(*n) : NULL;
	if (start != NULL && read_part(g, 0, start, *n) < 0) {
		free(start);
		return NULL;
	}
	return start;
}

/* A scanner for the sample, which knows what the start of its file says. */
static void
begin(const struct log *l, struct segment *g, struct regex *regex, const struct sample *sample,
    struct scanner *scanner)
{
	size_t n;
	char *start = take_start(g, sample, &n);
	enum format f = FORMAT_AUTO;

	if (start != NULL)
		f = look_format(l->conf, start, n, true);
	/* a text may have changed since it began; its columns are named there only */
	if (f != FORMAT_CSV && f != FORMAT_W3C && f < FORMAT_FOREIGN)
		f = look_format(l->conf, sample->bytes, sample->n, sample->off == 0);
	g->format = f;
	look_scanner(scanner, f, l->conf, regex);
	if (sample->off == 0)
		scanner_begin(scanner, sample->bytes, sample->n);
	else if (start != NULL)
		scanner_begin(scanner, start, n);
	scanner->header = scanner->header && sample->off == 0;
	free(start);
}

static void
count(struct log *l, struct segment *g, struct regex *regex, const struct sample *sample)
{
	struct order *o = &l->s.order;
	bool goes_on = !o->own.numbered && o->nnodes == 0 &&
		       !g->packed; /* the sample ends where the next record begins */
	static struct scanner scanner;
	uint64_t record = 0;

	begin(l, g, regex, sample, &scanner);
	for (const char *p = sample->bytes, *end = p + sample->n; p < end; record++) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		const char *stop = nl != NULL ? nl : end;
		struct order_place place = { g->id, 0,
			sample->off + (uint64_t)(p - sample->bytes) };
		struct record_info info;

		/* which record of the file it is, is known only from the first byte on */
		place.record = sample->off == 0 ? record + 1 : 0;
		look_at_record(&scanner, &l->s.understood, p, (size_t)(stop - p), &place, &info);
		if (goes_on && info.has_seq && !info.own_counter) {
			struct order_writer *w = order_writer(o, info.node);

			w->numbered = true;
			w->last = info.seq;
		}
		p = stop + 1;
	}
	l->s.reading = scanner.reading;
}

void
measure_anew(struct log *l, struct regex *regex)
{
	struct state *s = &l->s;
	uint64_t how = understood_how(l->conf);
	struct segment *g = known_active(s);
	struct sample sample = { 0 };

	if (s->understood.how == how)
		return;
	/* numbers of another pattern do not go on from those of the last one */
	if (s->understood.how != 0)
		order_forget(&s->order, false);
	s->understood = (struct understood){ .how = how };
	s->reading = (struct reading){ 0 };
	s->dirty = true;
	if (g == NULL || g->sealed == 0 || g->file == NULL)
		return;
	sample.bytes = malloc(MEASURE_BYTES);
	if (sample.bytes != NULL && take_sample(g, &sample))
		count(l, g, regex, &sample);
	else
		s->understood.how = 0;
	free(sample.bytes);
}
