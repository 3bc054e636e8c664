/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the notes of a census: the file "census" in the check's own folder. Frames (base/frame): a
 * head with the moment of the last look, which is written anew in place at each look; a line for
 * each certificate at each place, and for each change that nobody accepted; an end with their
 * number and hash. A crash leaves the old file or the new one.
 */
#include "probes/census/census_private.h"

#include "base/fields.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_NAME "census"
#define FILE_NEW ".census.new"
#define FILE_DAMAGED "census.damaged"
#define VERSION 1
#define BUFFER ((size_t)64 << 10)
#define TEXT_MAX 8192

enum { NOTE_HEAD = 1, NOTE_SEEN, NOTE_CHANGE, NOTE_END };

struct head {
	uint32_t version;
	int64_t looked;
};

struct end {
	uint64_t lines, hash;
};

static const struct field head_fields[] = { FIELD_U32(struct head, version),
	FIELD_I64(struct head, looked), FIELDS_END };

static const struct field end_fields[] = { FIELD_U64(struct end, lines),
	FIELD_U64(struct end, hash), FIELDS_END };

static const struct field seen_fields[] = {
	FIELD_TEXT(struct noted, place, .hi = TEXT_MAX),
	FIELD_TEXT(struct noted, entry, .hi = TEXT_MAX),
	FIELD_TEXT(struct noted, target, .hi = TEXT_MAX),
	FIELD_MAYBE(struct noted, label, .hi = TEXT_MAX),
	FIELD_TEXT(struct noted, name, .hi = TEXT_MAX),
	FIELD_TEXT(struct noted, sha, .lo = 2 * SHA256_BYTES, .hi = 2 * SHA256_BYTES),
	FIELD_U32(struct noted, kind, .hi = CENSUS_KIND_N - 1),
	FIELD_U32(struct noted, position),
	FIELD_FLAG(struct noted, ca),
	FIELD_FLAG(struct noted, quiet),
	FIELD_U64(struct noted, key),
	FIELD_U64(struct noted, subject),
	FIELD_U64(struct noted, names),
	FIELD_U64(struct noted, issued),
	FIELD_I64(struct noted, from),
	FIELD_I64(struct noted, until),
	FIELD_I64(struct noted, seen),
	FIELD_I64(struct noted, gone),
	FIELDS_END,
};

static const struct field change_fields[] = {
	FIELD_TEXT(struct change, place, .hi = TEXT_MAX),
	FIELD_TEXT(struct change, entry, .hi = TEXT_MAX),
	FIELD_TEXT(struct change, was, .lo = 2 * SHA256_BYTES, .hi = 2 * SHA256_BYTES),
	FIELD_TEXT(struct change, name, .hi = TEXT_MAX),
	FIELD_TEXT(struct change, now, .lo = 2 * SHA256_BYTES, .hi = 2 * SHA256_BYTES),
	FIELD_U32(struct change, kind, .hi = CHANGE_N - 1),
	FIELD_I64(struct change, since),
	FIELD_I64(struct change, until),
	FIELDS_END,
};

/* --- reading --- */

struct reading {
	struct census *c;
	struct arena *a; /* of one line */
	void (*line)(struct census *c, const struct noted *n);
	uint64_t hash, lines;
	bool ended;
	const char *fault;
};

static void
take_change(struct reading *r, const struct change *ch)
{
	struct census *c = r->c;
	struct change *mine;

	c->changes =
	    arena_grow(c->arena, c->changes, c->nchanges, &c->cap_changes, sizeof(*c->changes));
	mine = &c->changes[c->nchanges++];
	*mine = *ch;
	mine->place = arena_text(c->arena, ch->place);
	mine->entry = arena_text(c->arena, ch->entry);
	mine->was = arena_text(c->arena, ch->was);
	mine->name = arena_text(c->arena, ch->name);
	mine->now = arena_text(c->arena, ch->now);
}

static void
take_head(struct reading *r, struct frame *f)
{
	struct head head = { 0 };

	fields_get(f, head_fields, &head, NULL);
	if (!frame_ok(f) || head.version != VERSION)
		r->fault = "it is of another version, or damaged at its beginning";
	r->c->looked = head.looked;
}

static void
take_end(struct reading *r, struct frame *f)
{
	struct end end = { 0 };

	fields_get(f, end_fields, &end, NULL);
	if (!frame_ok(f) || end.lines != r->lines || end.hash != r->hash)
		r->fault = "what is in it is not what was written";
	r->ended = true;
}

static void
take_line(struct reading *r, struct frame *f)
{
	struct change change = { 0 };
	struct noted n = { 0 };
	const bool seen = f->kind == NOTE_SEEN;

	arena_reset(r->a);
	r->hash = census_hash(f->data, f->len, r->hash);
	r->lines++;
	fields_get(
	    f, seen ? seen_fields : change_fields, seen ? (void *)&n : (void *)&change, r->a);
	if (!frame_ok(f) || fields_fault(seen ? seen_fields : change_fields,
				seen ? (void *)&n : (void *)&change) != NULL)
		r->fault = "a line of it cannot be read";
	else if (!seen)
		take_change(r, &change);
	else if (r->line != NULL)
		r->line(r->c, &n);
}

static void
take(struct reading *r, struct frame *f, bool first)
{
	if (first != (f->kind == NOTE_HEAD) || r->ended)
		r->fault = "it is not what a census looks like";
	else if (first)
		take_head(r, f);
	else if (f->kind == NOTE_END)
		take_end(r, f);
	else if (f->kind == NOTE_SEEN || f->kind == NOTE_CHANGE)
		take_line(r, f);
	else
		r->fault = "it holds a line of an unknown kind";
}

/* One pass over the file; r->fault says what is wrong with it. */
static void
pass(struct reading *r, int fd)
{
	struct frame_reader in;
	struct err e = { 0 };
	bool first = true;
	struct frame f;
	long got;
	int rc;

	frame_reader_init(&in);
	do {
		got = frame_reader_fill(&in, fd);
		while ((rc = frame_reader_next(&in, &f, &e)) == 1 && r->fault == NULL) {
			take(r, &f, first);
			first = false;
		}
		if (rc < 0 && r->fault == NULL)
			r->fault = "a line of it is too long";
	} while (got > 0 && r->fault == NULL);
	if (got < 0 && r->fault == NULL)
		r->fault = strerror(errno);
	if (r->fault == NULL && !r->ended)
		r->fault = "its end is missing";
	if (r->fault == NULL && in.at < in.len)
		r->fault = "bytes follow its end";
	frame_reader_fini(&in);
}

static void
set_aside(struct census *c, const char *why)
{
	c->nchanges = 0;
	c->looked = 0;
	c->trouble = arena_printf(c->arena, "the notes of earlier looks were damaged: %s", why);
	renameat(c->ctx->state_fd, FILE_NAME, c->ctx->state_fd, FILE_DAMAGED);
}

/* Nothing of a damaged file is believed, so it is read twice: the first time for its soundness. */
void
notes_read(struct census *c, void (*line)(struct census *c, const struct noted *n))
{
	struct reading r = { .c = c };
	int fd = -1;

	if (c->ctx->state_fd < 0)
		return;
	fd = openat(c->ctx->state_fd, FILE_NAME, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0) {
		if (errno != ENOENT)
			c->trouble = arena_printf(c->arena,
			    "the notes of earlier looks cannot be read: %s", strerror(errno));
		return;
	}
	r.a = arena_new((size_t)1 << 20);
	pass(&r, fd);
	if (r.fault != NULL)
		set_aside(c, r.fault);
	else if (lseek(fd, 0, SEEK_SET) == 0) {
		c->noted = true;
		c->body = r.hash;
		c->nchanges = 0;
		r = (struct reading){ .c = c, .a = r.a, .line = line };
		pass(&r, fd);
	}
	arena_free(r.a);
	close(fd);
}

/* --- writing --- */

struct writing {
	struct frame frame;
	int fd; /* -1: only hashed */
	uint8_t buf[BUFFER];
	size_t used;
	uint64_t hash, lines;
	bool bad;
};

static void
flush(struct writing *w)
{
	size_t done = 0;

	while (done < w->used && !w->bad) {
		ssize_t n = write(w->fd, w->buf + done, w->used - done);

		if (n <= 0)
			w->bad = true;
		else
			done += (size_t)n;
	}
	w->used = 0;
}

static void
put_bytes(struct writing *w, const void *bytes, size_t n)
{
	const uint8_t *p = bytes;

	while (n > 0) {
		size_t part = BUFFER - w->used < n ? BUFFER - w->used : n;

		memcpy(w->buf + w->used, p, part);
		w->used += part;
		p += part;
		n -= part;
		if (w->used == BUFFER)
			flush(w);
	}
}

static void
put(struct writing *w, uint32_t kind, const struct field *table, const void *from)
{
	uint8_t header[FRAME_HEADER];

	frame_restart(&w->frame, kind);
	fields_put(&w->frame, table, from);
	if (kind == NOTE_SEEN || kind == NOTE_CHANGE) {
		w->hash = census_hash(w->frame.data, w->frame.len, w->hash);
		w->lines++;
	}
	if (w->fd < 0)
		return;
	frame_header(&w->frame, header);
	put_bytes(w, header, sizeof(header));
	put_bytes(w, w->frame.data, w->frame.len);
}

static void
put_cert(struct writing *w, const struct census *c, const struct cert *h)
{
	char sha[2 * SHA256_BYTES + 1];
	struct noted n = {
		.target = census_target(c, h),
		.sha = x509_hex((struct der){ h->sha, SHA256_BYTES }, sha),
		.ca = h->ca,
		.quiet = h->follow == FOLLOW_TAKEN,
		.key = h->traits.key,
		.subject = h->traits.subject,
		.names = h->traits.names,
		.issued = h->traits.issued,
		.from = h->from,
		.until = h->until,
	};
	struct x509 x;

	arena_reset(c->item);
	n.name = census_parse(c, h, c->item, &x) ? x509_label(&x, c->item) : "?";
	for (uint32_t i = h->sight; i != NOBODY; i = c->sights[i].next) {
		const struct sight *s = &c->sights[i];

		n.place = c->places[s->place].name;
		n.kind = c->places[s->place].kind;
		n.entry = c->entries[c->places[s->place].entry].text;
		n.position = s->position;
		n.label = s->label;
		put(w, NOTE_SEEN, seen_fields, &n);
	}
}

static void
put_all(struct writing *w, const struct census *c)
{
	const struct head head = { VERSION, c->now };

	put(w, NOTE_HEAD, head_fields, &head);
	for (size_t i = 0; i < c->ncerts; i++)
		put_cert(w, c, &c->certs[i]);
	for (size_t i = 0; i < c->nlost; i++)
		for (size_t k = 0; k < c->lost[i].n && !c->lost[i].settled; k++)
			put(w, NOTE_SEEN, seen_fields, &c->lost[i].v[k]);
	for (size_t i = 0; i < c->nchanges; i++)
		put(w, NOTE_CHANGE, change_fields, &c->changes[i]);
	put(w, NOTE_END, end_fields, &(struct end){ w->lines, w->hash });
	arena_reset(c->item);
}

/* The moment of this look, in the head that is there; nothing else has changed. */
static bool
write_moment(const struct census *c, struct writing *w)
{
	int fd = openat(c->ctx->state_fd, FILE_NAME, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
	const struct head head = { VERSION, c->now };
	bool good;

	if (fd < 0)
		return false;
	frame_restart(&w->frame, NOTE_HEAD);
	fields_put(&w->frame, head_fields, &head);
	good = pwrite(fd, w->frame.data, w->frame.len, FRAME_HEADER) == (ssize_t)w->frame.len;
	close(fd);
	return good;
}

static bool
write_anew(const struct census *c, struct writing *w)
{
	int dir = c->ctx->state_fd;

	unlinkat(dir, FILE_NEW, 0);
	w->fd = openat(dir, FILE_NEW, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	w->hash = w->lines = 0;
	if (w->fd < 0)
		return false;
	put_all(w, c);
	flush(w);
	w->bad |= fsync(w->fd) < 0;
	w->bad |= close(w->fd) < 0;
	if (w->bad || renameat(dir, FILE_NEW, dir, FILE_NAME) < 0)
		return false;
	fsync(dir);
	return true;
}

void
notes_write(struct census *c)
{
	static struct writing w;

	if (c->ctx->state_fd < 0)
		return;
	memset(&w, 0, sizeof(w));
	w.fd = -1;
	frame_init(&w.frame, NOTE_HEAD);
	put_all(&w, c);
	if (!(c->noted && w.hash == c->body && write_moment(c, &w)) && !write_anew(c, &w))
		c->trouble = arena_printf(c->arena,
		    "what was seen could not be noted (%s): what is gone tomorrow will not be "
		    "missed",
		    strerror(errno));
	frame_fini(&w.frame);
}
