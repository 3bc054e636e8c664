/* SPDX-License-Identifier: Apache-2.0
 *
 * The main of every worker: one job in on CELL_FD, rights dropped, one result out, gone.
 */
#include "cell/job.h"
#include "cell/sandbox.h"
#include "model/wire.h"
#include "probes/probe.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#define ARENA_MAX ((size_t)512 << 20)
#define OUT_SIZE ((size_t)65536)
#define LOCK_WAIT (5 * SPAN_MS)

/* Frames gather here: a thousand certificates are not a thousand writes. */
struct out {
	char buf[OUT_SIZE];
	size_t len;
	struct frame frame;
	uint32_t items;
	struct host_clock host_clock;
};

static struct out out;

static void
out_flush(void)
{
	size_t at = 0;

	while (at < out.len) {
		ssize_t w = write(CELL_FD, out.buf + at, out.len - at);

		if (w < 0 && errno == EINTR)
			continue;
		if (w < 0)
			_exit(EX_IOERR); /* nobody listens any more */
		at += (size_t)w;
	}
	out.len = 0;
}

static void
out_bytes(const void *bytes, size_t n)
{
	const char *p = bytes;

	while (n > 0) {
		size_t part = n < OUT_SIZE - out.len ? n : OUT_SIZE - out.len;

		memcpy(out.buf + out.len, p, part);
		out.len += part;
		p += part;
		n -= part;
		if (out.len == OUT_SIZE)
			out_flush();
	}
}

static void
out_frame(void)
{
	uint8_t header[FRAME_HEADER];

	frame_header(&out.frame, header);
	out_bytes(header, sizeof(header));
	out_bytes(out.frame.data, out.frame.len);
}

static void
out_text(enum wire_kind kind, const char *text)
{
	frame_restart(&out.frame, kind);
	wire_put_text(&out.frame, text);
	if (!out.frame.bad)
		out_frame();
	out_flush();
}

static void
emit(void *self, const struct item *it)
{
	(void)self;
	wire_put_item(&out.frame, it);
	if (out.frame.bad) {
		out_text(WIRE_FAIL, "one of its items is too long to send");
		_exit(EX_SOFTWARE);
	}
	out.items++;
	out_frame();
}

static void
note(void *self, const char *what)
{
	(void)self;
	out_text(WIRE_NOTE, what);
}

static void
host_clock(void *self, double offset, double bound)
{
	(void)self;
	out.host_clock = (struct host_clock){ true, offset, bound };
}

static void
keep(void *self, const char *target, const char *text)
{
	(void)self;
	wire_put_keep(&out.frame, &(struct keep){ target, text, 0 });
	if (!out.frame.bad)
		out_frame();
}

/* Two runs of one check, by hand and by a daemon, take turns. */
static int
lock_state(const struct probe_ctx *ctx, struct err *e)
{
	struct timespec wait = { .tv_nsec = LOCK_WAIT };

	while (flock(STATE_FD, LOCK_EX | LOCK_NB) < 0) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return err_sys(e, "locking its folder");
		if (probe_left(ctx) < 2 * LOCK_WAIT)
			return err_set(
			    e, ERR_TIMEOUT, "another run of this check still holds its folder");
		nanosleep(&wait, NULL);
	}
	return 0;
}

static int
work(struct probe_ctx *ctx, const struct job *job, const void *conf, struct err *e)
{
	const struct foreign *foreign =
	    probe_self->foreign != NULL ? probe_self->foreign(conf) : NULL;
	const struct sandbox_terms terms = { .needs = probe_self->needs | foreign_needs(foreign),
		.state_fd = ctx->state_fd,
		.time = probe_left(ctx),
		.fence = job->fence,
		.foreign = foreign };
	char words[FENCE_TEXT_MAX];
	struct sandbox_held held;

	if (ctx->handed->replay != NULL)
		sandbox_also_read(ctx->handed->replay);
	if (probe_before != NULL)
		probe_before(ctx, conf);
	if (sandbox_enter(&terms, &held, e) < 0)
		return -1;
	/* kept until the first flush: it costs no write of its own */
	frame_restart(&out.frame, WIRE_CELL);
	wire_put_text(&out.frame, sandbox_text(&held, words));
	out_frame();
	if (ctx->state_fd >= 0 && lock_state(ctx, e) < 0)
		return -1;
	return probe_run(ctx, conf, e);
}

int
main(void)
{
	struct arena *arena;
	void *conf;
	struct handed handed;
	struct job job = { .handed_table = handed_fields, .handed = &handed };
	struct err e = { 0 };
	struct clk_as_of as_of;
	struct stat st;

	if (fstat(CELL_FD, &st) < 0 || !S_ISSOCK(st.st_mode)) {
		fprintf(stderr, "probe-%s is a part of forewarn and is started by it\n",
		    probe_self->name);
		return EX_USAGE;
	}
	arena = arena_new(ARENA_MAX);
	conf = arena_alloc(arena, probe_self->conf_size);
	frame_init(&out.frame, 0);
	if (job_recv(CELL_FD, &job, probe_self->opts, conf, arena, &e) < 0) {
		out_text(WIRE_FAIL, e.msg);
		_exit(EX_USAGE);
	}
	clk_as_of_init(&as_of, handed.moment);
	struct probe_ctx ctx = {
		.check = job.check,
		.clk = handed.moment != 0 ? &as_of.clk : clk_system(),
		.deadline = job.deadline,
		.guarded = job.fence.guarded,
		.state_fd = job.has_state ? STATE_FD : -1,
		.handed = &handed,
		.arena = arena,
		.emit = emit,
		.note = note,
		.host_clock = host_clock,
		.keep = keep,
	};
	if (work(&ctx, &job, conf, &e) < 0) {
		out_text(WIRE_FAIL, e.msg);
		_exit(EX_SOFTWARE);
	}
	wire_put_end(&out.frame, &(struct wire_end){ out.items, out.host_clock });
	out_frame();
	out_flush();
	/* no exit handlers: a foreign module's may hang */
	_exit(EX_OK);
}
