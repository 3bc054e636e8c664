/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the bytes of a frame: packed, sent, gathered, unpacked.
 */
#include "base/frame.h"

#include "base/memory.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define TEXT_NULL UINT32_MAX
#define READ_SIZE ((size_t)65536)

static void
store_u32(uint8_t *p, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		p[i] = (uint8_t)(v >> (24 - 8 * i));
}

static uint32_t
load_u32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

void
frame_init(struct frame *f, uint32_t kind)
{
	*f = (struct frame){ .kind = kind, .owned = true };
}

void
frame_fini(struct frame *f)
{
	if (f->owned)
		free(f->data);
	*f = (struct frame){ 0 };
}

void
frame_restart(struct frame *f, uint32_t kind)
{
	f->kind = kind;
	f->len = f->at = 0;
	f->bad = false;
}

static void
put(struct frame *f, const void *bytes, size_t n)
{
	if (f->bad || n > FRAME_MAX - f->len) {
		f->bad = true;
		return;
	}
	if (f->len + n > f->cap) {
		size_t cap = f->cap == 0 ? 512 : f->cap;
		uint8_t *data;

		while (cap < f->len + n)
			cap *= 2;
		data = realloc(f->data, cap);
		if (data == NULL) {
			f->bad = true;
			return;
		}
		f->data = data;
		f->cap = cap;
	}
	if (n > 0)
		memcpy(f->data + f->len, bytes, n);
	f->len += n;
}

void
frame_put_u32(struct frame *f, uint32_t v)
{
	uint8_t b[4];

	store_u32(b, v);
	put(f, b, sizeof(b));
}

void
frame_put_i64(struct frame *f, int64_t v)
{
	frame_put_u32(f, (uint32_t)((uint64_t)v >> 32));
	frame_put_u32(f, (uint32_t)(uint64_t)v);
}

void
frame_put_f64(struct frame *f, double v)
{
	int64_t bits;

	memcpy(&bits, &v, sizeof(bits));
	frame_put_i64(f, bits);
}

void
frame_put_text(struct frame *f, const char *s)
{
	size_t n;

	if (s == NULL) {
		frame_put_u32(f, TEXT_NULL);
		return;
	}
	n = strlen(s);
	if (n > FRAME_MAX) {
		f->bad = true;
		return;
	}
	frame_put_u32(f, (uint32_t)n);
	put(f, s, n);
}

static const uint8_t *
get(struct frame *f, size_t n)
{
	const uint8_t *p;

	if (f->bad || n > f->len - f->at) {
		f->bad = true;
		return NULL;
	}
	p = f->data + f->at;
	f->at += n;
	return p;
}

uint32_t
frame_get_u32(struct frame *f)
{
	const uint8_t *p = get(f, 4);

	return p == NULL ? 0 : load_u32(p);
}

int64_t
frame_get_i64(struct frame *f)
{
	uint64_t hi = frame_get_u32(f);
	uint64_t lo = frame_get_u32(f);

	return f->bad ? 0 : (int64_t)(hi << 32 | lo);
}

double
frame_get_f64(struct frame *f)
{
	int64_t bits = frame_get_i64(f);
	double v;

	memcpy(&v, &bits, sizeof(v));
	return f->bad ? (double)NAN : v;
}

bool
frame_get_flag(struct frame *f)
{
	uint32_t v = frame_get_u32(f);

	if (v > 1)
		f->bad = true;
	return v == 1;
}

const char *
frame_get_text(struct frame *f, struct arena *a)
{
	uint32_t n = frame_get_u32(f);
	const uint8_t *p;

	if (!f->bad && n == TEXT_NULL)
		return NULL;
	p = get(f, n);
	if (p == NULL || memchr(p, 0, n) != NULL) {
		f->bad = true;
		return "";
	}
	return arena_textn(a, (const char *)p, n);
}

bool
frame_ok(const struct frame *f)
{
	return !f->bad && f->at == f->len;
}

static int
write_all(int fd, const uint8_t *p, size_t n, struct err *e)
{
	while (n > 0) {
		ssize_t w = write(fd, p, n);

		if (w < 0 && errno == EINTR)
			continue;
		if (w < 0)
			return err_sys(e, "sending a frame");
		p += w;
		n -= (size_t)w;
	}
	return 0;
}

void
frame_header(const struct frame *f, uint8_t header[FRAME_HEADER])
{
	store_u32(header, (uint32_t)f->len);
	store_u32(header + 4, f->kind);
}

int
frame_send(int fd, const struct frame *f, struct err *e)
{
	uint8_t header[FRAME_HEADER];

	if (f->bad || f->len > FRAME_MAX)
		return err_set(e, ERR_LIMIT,
		    "a message over %zu bytes, or over what there is memory for", FRAME_MAX);
	frame_header(f, header);
	if (write_all(fd, header, sizeof(header), e) < 0)
		return -1;
	return write_all(fd, f->data, f->len, e);
}

void
frame_reader_init(struct frame_reader *r)
{
	*r = (struct frame_reader){ 0 };
}

void
frame_reader_fini(struct frame_reader *r)
{
	free(r->buf);
	*r = (struct frame_reader){ 0 };
}

/* Drops what was taken and makes room for n more; false without memory. */
static bool
reader_room(struct frame_reader *r, size_t n)
{
	if (r->at > 0) {
		memmove(r->buf, r->buf + r->at, r->len - r->at);
		r->len -= r->at;
		r->at = 0;
	}
	if (r->len + n > r->cap) {
		size_t cap = r->cap == 0 ? READ_SIZE : r->cap;
		uint8_t *buf;

		while (cap < r->len + n)
			cap *= 2;
		buf = realloc(r->buf, cap);
		if (buf == NULL)
			return false;
		r->buf = buf;
		r->cap = cap;
	}
	return true;
}

long
frame_reader_fill(struct frame_reader *r, int fd)
{
	ssize_t n;

	if (!reader_room(r, READ_SIZE)) {
		errno = ENOMEM;
		return -1;
	}
	do
		n = read(fd, r->buf + r->len, r->cap - r->len);
	while (n < 0 && errno == EINTR);
	if (n > 0)
		r->len += (size_t)n;
	return n;
}

void
frame_reader_feed(struct frame_reader *r, const void *bytes, size_t n)
{
	if (n == 0)
		return;
	if (!reader_room(r, n))
		memory_none("a message");
	memcpy(r->buf + r->len, bytes, n);
	r->len += n;
}

int
frame_reader_next(struct frame_reader *r, struct frame *f, struct err *e)
{
	const uint8_t *p;
	size_t have = r->len - r->at, len;

	if (have < FRAME_HEADER) /* there may be no buffer yet */
		return 0;
	p = r->buf + r->at;
	len = load_u32(p);
	if (len > FRAME_MAX)
		return err_set(e, ERR_LIMIT, "a frame of %zu bytes (at most %zu)", len, FRAME_MAX);
	if (have - FRAME_HEADER < len)
		return 0;
	*f = (struct frame){
		.kind = load_u32(p + 4),
		.data = r->buf + r->at + FRAME_HEADER,
		.len = len,
	};
	r->at += FRAME_HEADER + len;
	return 1;
}
