/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the file that a clock check remembers its earlier looks by: one frame (base/frame), so that
 * a file that is cut or changed is known as such.
 */
#include "memory.h"

#include "base/fields.h"
#include "base/file.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_NAME "clock"
#define FILE_DAMAGED "clock.damaged"
#define VERSION 1
#define FILE_MAX ((size_t)256 << 10)
#define CODE_MAX 15

enum { NOTE_HEAD = 1, NOTE_BODY };

struct file {
	uint32_t version;
	uint64_t hash; /* of what follows */
};

static const struct field head_fields[] = { FIELD_U32(struct file, version),
	FIELD_U64(struct file, hash), FIELDS_END };

static const struct field look_fields[] = {
	FIELD_TEXT(struct look, boot_id, .hi = MEMORY_BOOT_ID),
	FIELD_I64(struct look, wall),
	FIELD_I64(struct look, boot),
	FIELD_I64(struct look, mono),
	FIELD_FLAG(struct look, measured),
	FIELD_I64(struct look, offset),
	FIELD_I64(struct look, bound),
	FIELD_FLAG(struct look, leap),
	FIELD_TEXT(struct look, zone, .hi = MEMORY_ZONE_MAX),
	FIELD_U64(struct look, rules),
	FIELDS_END,
};

static const struct field event_fields[] = {
	FIELD_ENUM(struct event, was, enum event_was, EVENT_WAS_N),
	FIELD_I64(struct event, from),
	FIELD_I64(struct event, to),
	FIELD_I64(struct event, by),
	FIELD_I64(struct event, still),
	FIELD_TEXT(struct event, before, .hi = MEMORY_ZONE_MAX),
	FIELD_TEXT(struct event, now, .hi = MEMORY_ZONE_MAX),
	FIELDS_END,
};

static const struct field refusal_fields[] = {
	FIELD_TEXT(struct refusal, address, .hi = MEMORY_ADDRESS_MAX),
	FIELD_TEXT(struct refusal, code, .hi = CODE_MAX),
	FIELD_I64(struct refusal, since),
	FIELD_I64(struct refusal, until),
	FIELD_I64(struct refusal, wait),
	FIELDS_END,
};

static const struct field point_fields[] = {
	FIELD_I64(struct point, boot),
	FIELD_I64(struct point, offset),
	FIELD_I64(struct point, bound),
	FIELD_F64(struct point, frequency),
	FIELDS_END,
};

static const struct field memory_fields[] = {
	FIELD_PART(struct memory, last, struct look, look_fields),
	FIELD_LIST(struct memory, events, nevents, struct event, event_fields, MEMORY_EVENTS_MAX),
	FIELD_LIST(struct memory, refusals, nrefusals, struct refusal, refusal_fields,
	    MEMORY_REFUSALS_MAX),
	FIELD_LIST(struct memory, points, npoints, struct point, point_fields, MEMORY_POINTS_MAX),
	FIELDS_END,
};

/* FNV-1a: against damage, not against somebody who means it. */
static uint64_t
hash(const uint8_t *p, size_t n)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < n; i++)
		h = (h ^ p[i]) * UINT64_C(1099511628211);
	return h;
}

static void
forget(struct memory *m)
{
	*m = (struct memory){ .kept = m->kept, .trouble = m->trouble };
	m->last.boot_id = m->last.zone = "";
}

const char *
memory_unpack(const uint8_t *bytes, size_t n, struct memory *m, struct arena *a)
{
	struct file head = { 0 };
	struct frame_reader in;
	struct frame f, body;
	const char *fault = NULL;
	struct err e;

	frame_reader_init(&in);
	frame_reader_feed(&in, bytes, n);
	if (frame_reader_next(&in, &f, &e) != 1 || f.kind != NOTE_HEAD)
		fault = "it is cut short, or was not written by this check";
	if (fault == NULL) {
		fields_get(&f, head_fields, &head, NULL);
		if (!frame_ok(&f) || head.version != VERSION)
			fault = "it is of another version";
	}
	if (fault == NULL &&
	    (frame_reader_next(&in, &body, &e) != 1 || body.kind != NOTE_BODY || in.at < in.len))
		fault = "it is cut short";
	if (fault == NULL && hash(body.data, body.len) != head.hash)
		fault = "what is in it is not what was written";
	if (fault == NULL) {
		fields_get(&body, memory_fields, m, a);
		if (!frame_ok(&body) || fields_fault(memory_fields, m) != NULL)
			fault = "a part of it cannot be read";
	}
	frame_reader_fini(&in);
	if (fault != NULL)
		forget(m);
	return fault;
}

static void
set_aside(const struct probe_ctx *ctx, struct memory *m, const char *why)
{
	m->trouble = arena_printf(ctx->arena,
	    "What was noted at earlier looks was damaged (%s), so "
	    "what happened to this clock before is not known",
	    why);
	renameat(ctx->state_fd, FILE_NAME, ctx->state_fd, FILE_DAMAGED);
}

void
memory_read(const struct probe_ctx *ctx, struct memory *m)
{
	const char *fault;
	char *bytes;
	struct err e;
	size_t n;

	*m = (struct memory){ .kept = ctx->state_fd >= 0 };
	forget(m);
	if (!m->kept || faccessat(ctx->state_fd, FILE_NAME, F_OK, AT_SYMLINK_NOFOLLOW) < 0)
		return;
	if (file_read(ctx->state_fd, FILE_NAME, FILE_NOFOLLOW, FILE_MAX, ctx->arena, &bytes, &n,
		&e) < 0) {
		set_aside(ctx, m, e.msg);
		return;
	}
	fault = memory_unpack((const uint8_t *)bytes, n, m, ctx->arena);
	m->kept = true;
	if (fault != NULL)
		set_aside(ctx, m, fault);
}

static void
add_frame(struct str *out, const struct frame *f)
{
	uint8_t h[FRAME_HEADER];

	frame_header(f, h);
	str_addn(out, (const char *)h, sizeof(h));
	str_addn(out, (const char *)f->data, f->len);
}

int
memory_write(const struct probe_ctx *ctx, const struct memory *m, struct err *e)
{
	struct file file = { .version = VERSION };
	struct frame head, body;
	struct str out;
	int rc;

	if (!m->kept)
		return 0;
	str_init(&out, FILE_MAX);
	frame_init(&body, NOTE_BODY);
	fields_put(&body, memory_fields, m);
	file.hash = hash(body.data, body.len);
	frame_init(&head, NOTE_HEAD);
	fields_put(&head, head_fields, &file);
	add_frame(&out, &head);
	add_frame(&out, &body);
	rc = body.bad || head.bad ? err_set(e, ERR_LIMIT, "the notes of the clock are too long")
				  : file_replace(ctx->state_fd, FILE_NAME, 0600, out.s, out.len, e);
	str_fini(&out);
	frame_fini(&head);
	frame_fini(&body);
	return rc;
}
