/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the file that a backup check remembers its earlier looks by: a frame with a hash of the
 * rest, then a frame a job.
 */
#include "memory.h"

#include "base/fields.h"
#include "base/file.h"
#include "base/str.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FILE_NAME "backup"
#define FILE_DAMAGED "backup.damaged"
#define VERSION 1
#define FILE_MAX ((size_t)32 << 20)
#define TARGET_MAX 8192

enum { NOTE_HEAD = 1, NOTE_JOB };

struct file {
	uint32_t version, jobs;
	uint64_t hash; /* of what follows */
};

static const struct field head_fields[] = { FIELD_U32(struct file, version),
	FIELD_U32(struct file, jobs, .hi = MEMORY_JOBS_MAX), FIELD_U64(struct file, hash),
	FIELDS_END };

static const struct field job_run_fields[] = {
	FIELD_I64(struct job_run, end),
	FIELD_F64(struct job_run, bytes),
	FIELD_F64(struct job_run, files),
	FIELD_F64(struct job_run, seconds),
	FIELD_F64(struct job_run, change),
	FIELD_FLAG(struct job_run, accepted),
	FIELDS_END,
};

static const struct field run_fields[] = {
	FIELD_PART(struct kept_run, run, struct job_run, job_run_fields),
	FIELD_TEXT(struct kept_run, id, .hi = MEMORY_ID_MAX),
	FIELD_FLAG(struct kept_run, bad),
	FIELDS_END,
};

static const struct field path_fields[] = { FIELD_TEXT(struct kept_path, path, .hi = TARGET_MAX),
	FIELDS_END };

static const struct field job_fields[] = {
	FIELD_TEXT(struct kept_job, target, .hi = TARGET_MAX),
	FIELD_TEXT(struct kept_job, where, .hi = TARGET_MAX),
	FIELD_ENUM(struct kept_job, kind, enum run_kind, RUN_KINDS),
	FIELD_LIST(struct kept_job, runs, n, struct kept_run, run_fields, RUNS_MAX),
	FIELD_TEXT(struct kept_job, newest, .hi = MEMORY_ID_MAX),
	FIELD_I64(struct kept_job, good),
	FIELD_I64(struct kept_job, verified),
	FIELD_FLAG(struct kept_job, bad),
	FIELD_LIST(
	    struct kept_job, paths, npaths, struct kept_path, path_fields, CATALOGUE_PATHS_MAX),
	FIELD_U32(struct kept_job, count),
	FIELD_I64(struct kept_job, oldest),
	FIELD_U64(struct kept_job, file_size),
	FIELD_I64(struct kept_job, file_time),
	FIELD_U32(struct kept_job, file_is, .hi = 16),
	FIELD_TEXT(struct kept_job, file_why, .hi = TARGET_MAX),
	FIELDS_END,
};

/* FNV-1a: against damage, not against somebody who means it. */
static uint64_t
hash(const char *p, size_t n)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < n; i++)
		h = (h ^ (uint8_t)p[i]) * UINT64_C(1099511628211);
	return h;
}

static const char *
unpack_jobs(struct frame_reader *in, const struct file *head, struct memory *m, struct arena *a)
{
	struct frame f;
	struct err e;

	for (uint32_t i = 0; i < head->jobs; i++) {
		struct kept_job *j = &m->jobs[m->n];

		if (frame_reader_next(in, &f, &e) != 1 || f.kind != NOTE_JOB)
			return "it is cut short";
		fields_get(&f, job_fields, j, a);
		if (!frame_ok(&f) || fields_fault(job_fields, j) != NULL)
			return "a part of it cannot be read";
		m->n++;
	}
	return in->at < in->len ? "something stands behind its end" : NULL;
}

const char *
memory_unpack(const uint8_t *bytes, size_t n, struct memory *m, struct arena *a)
{
	struct frame_reader in;
	struct file head = { 0 };
	struct frame f;
	const char *fault = NULL;
	struct err e;

	m->n = 0;
	m->jobs = arena_array(a, MEMORY_JOBS_MAX, sizeof(*m->jobs));
	frame_reader_init(&in);
	frame_reader_feed(&in, bytes, n);
	if (frame_reader_next(&in, &f, &e) != 1 || f.kind != NOTE_HEAD)
		fault = "it is cut short, or was not written by this check";
	if (fault == NULL) {
		fields_get(&f, head_fields, &head, NULL);
		if (!frame_ok(&f) || head.version != VERSION ||
		    fields_fault(head_fields, &head) != NULL)
			fault = "it is of another version";
	}
	if (fault == NULL && hash((const char *)in.buf + in.at, in.len - in.at) != head.hash)
		fault = "what is in it is not what was written";
	if (fault == NULL)
		fault = unpack_jobs(&in, &head, m, a);
	frame_reader_fini(&in);
	if (fault != NULL)
		m->n = 0;
	return fault;
}

static void
set_aside(const struct probe_ctx *ctx, struct memory *m, const char *why)
{
	m->trouble = arena_printf(ctx->arena,
	    "What was noted at earlier looks was damaged (%s): the runs that were seen before are "
	    "not known any more",
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

	*m = (struct memory){ .n = 0 };
	m->jobs = arena_array(ctx->arena, MEMORY_JOBS_MAX, sizeof(*m->jobs));
	if (ctx->state_fd < 0 || faccessat(ctx->state_fd, FILE_NAME, F_OK, AT_SYMLINK_NOFOLLOW) < 0)
		return;
	if (file_read(ctx->state_fd, FILE_NAME, FILE_NOFOLLOW, FILE_MAX, ctx->arena, &bytes, &n,
		&e) < 0) {
		set_aside(ctx, m, e.msg);
		return;
	}
	fault = memory_unpack((const uint8_t *)bytes, n, m, ctx->arena);
	if (fault != NULL)
		set_aside(ctx, m, fault);
}

struct kept_job *
memory_job(struct memory *m, const char *target, enum run_kind kind)
{
	struct kept_job *j;

	for (size_t i = 0; i < m->n; i++)
		if (m->jobs[i].kind == kind && strcmp(m->jobs[i].target, target) == 0)
			return &m->jobs[i];
	if (m->n >= MEMORY_JOBS_MAX) {
		m->surplus++;
		return NULL;
	}
	j = &m->jobs[m->n++];
	*j = (struct kept_job){ .target = target,
		.where = "",
		.kind = kind,
		.newest = "",
		.good = INSTANT_NONE,
		.verified = INSTANT_NONE,
		.oldest = INSTANT_NONE,
		.file_why = "" };
	return j;
}

static void
add_frame(struct str *out, const struct frame *f)
{
	uint8_t h[FRAME_HEADER];

	frame_header(f, h);
	str_addn(out, (const char *)h, sizeof(h));
	str_addn(out, (const char *)f->data, f->len);
}

static bool
add_jobs(struct str *out, const struct memory *m)
{
	bool good = true;

	for (size_t i = 0; i < m->n; i++) {
		struct frame f;

		frame_init(&f, NOTE_JOB);
		fields_put(&f, job_fields, &m->jobs[i]);
		good = good && !f.bad;
		add_frame(out, &f);
		frame_fini(&f);
	}
	return good && !out->cut;
}

int
memory_write(const struct probe_ctx *ctx, const struct memory *m, struct err *e)
{
	struct file file = { .version = VERSION, .jobs = (uint32_t)m->n };
	struct frame head;
	struct str body, out;
	int rc = -1;

	if (ctx->state_fd < 0)
		return 0;
	str_init(&body, FILE_MAX);
	str_init(&out, FILE_MAX);
	frame_init(&head, NOTE_HEAD);
	if (add_jobs(&body, m)) {
		file.hash = hash(body.s, body.len);
		fields_put(&head, head_fields, &file);
		add_frame(&out, &head);
		str_addn(&out, body.s, body.len);
		rc = out.cut ? -1 : 0;
	}
	rc = rc < 0 ? err_set(e, ERR_LIMIT, "the notes of the backups are too long")
		    : file_replace(ctx->state_fd, FILE_NAME, 0600, out.s, out.len, e);
	frame_fini(&head);
	str_fini(&out);
	str_fini(&body);
	return rc;
}
