/* SPDX-License-Identifier: Apache-2.0
 *
 * frame: messages between processes: length and kind (u32 each, big-endian), then fields in a fixed
 * order. A failure sticks, so that unpacking is a straight line that is asked once, by frame_ok.
 */
#ifndef BASE_FRAME_H
#define BASE_FRAME_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

#define FRAME_MAX ((size_t)1 << 20) /* payload bytes of one frame */
#define FRAME_HEADER 8

struct frame {
	uint32_t kind;
	uint8_t *data; /* payload */
	size_t len, cap;
	size_t at; /* next field to get */
	bool bad;
	bool owned; /* data is ours to free: made by frame_init */
};

void frame_init(struct frame *f, uint32_t kind);
void frame_fini(struct frame *f);
void frame_restart(struct frame *f, uint32_t kind); /* empty again, memory kept */

void frame_put_u32(struct frame *f, uint32_t v);
void frame_put_i64(struct frame *f, int64_t v);
void frame_put_f64(struct frame *f, double v);
void frame_put_text(struct frame *f, const char *s); /* NULL travels as NULL */

uint32_t frame_get_u32(struct frame *f); /* 0 once bad */
int64_t frame_get_i64(struct frame *f);  /* 0 once bad */
double frame_get_f64(struct frame *f);   /* NaN once bad */
bool frame_get_flag(struct frame *f);    /* a u32 that must be 0 or 1 */
/* A copy in the arena, or NULL if NULL was put; "" once bad; refuses an inner NUL. */
const char *frame_get_text(struct frame *f, struct arena *a);

/* Nothing failed and nothing is left over. */
bool frame_ok(const struct frame *f);

/* The FRAME_HEADER bytes that go before the payload, for who gathers frames before writing. */
void frame_header(const struct frame *f, uint8_t header[FRAME_HEADER]);

/* Writes the whole frame; blocks; -1 with *e set. Refuses one that is bad or over FRAME_MAX. */
int frame_send(int fd, const struct frame *f, struct err *e);

/* Takes frames out of a stream as its bytes come in. */
struct frame_reader {
	uint8_t *buf;
	size_t len, cap, at;
};

void frame_reader_init(struct frame_reader *r);
void frame_reader_fini(struct frame_reader *r);

/* One read(2) of what there is: bytes read, 0 at the end, -1 with errno. */
long frame_reader_fill(struct frame_reader *r, int fd);
/* Appends bytes that were read elsewhere. Without memory the process ends (base/memory). */
void frame_reader_feed(struct frame_reader *r, const void *bytes, size_t n);

/* 1: *f is the next frame, borrowed until the next fill. 0: more bytes are needed. -1: a length
 * over FRAME_MAX. */
int frame_reader_next(struct frame_reader *r, struct frame *f, struct err *e);

#endif
