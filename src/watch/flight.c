/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns one worker: started, read, killed when its time is over, its result or why there is none.
 */
#include "watch/flight.h"

#include "base/file.h"
#include "base/text.h"
#include "cell/job.h"
#include "model/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

/* The whole result becomes one item that says why there is none. */
static void
make_unknown(struct flight *f, const char *summary)
{
	struct result *r = f->result;
	struct item *it = arena_alloc(f->arena, sizeof(*it));

	*it = (struct item){
		.target = f->spec->check,
		.rule = arena_printf(f->arena, "%s" RUN_RULE, f->spec->probe),
		.state = ITEM_UNKNOWN,
		.summary = summary,
		.verdict = { .start_by = INSTANT_NONE },
	};
	if (f->said_len > 0) {
		it->evidence = arena_alloc(f->arena, sizeof(*it->evidence));
		it->evidence[0] = (struct evidence){ "stderr", arena_text(f->arena, f->said) };
		it->nevidence = 1;
	}
	r->items = it;
	r->nitems = 1;
	r->nkeeps = 0; /* of a run that failed nothing is believed */
	r->host_clock.measured = false;
}

static int
open_state(const struct runner *r, const struct run_spec *spec, struct err *e)
{
	char path[4096];
	int n = snprintf(path, sizeof(path), "%s/checks/%s", r->state_dir, spec->check);

	if (n < 0 || (size_t)n >= sizeof(path))
		return err_set(e, ERR_LIMIT, "the state folder's name is too long");
	return file_open_folder(path, e);
}

static int
launch(struct flight *f, const struct runner *r, struct err *e)
{
	const struct run_spec *s = f->spec;
	struct handed handed = s->handed != NULL ? *s->handed : (struct handed){ .naccepts = 0 };
	struct job job = { .check = s->check,
		.fence = *s->fence,
		.handed_table = handed_fields,
		.handed = &handed };
	struct timeval wait = { .tv_sec = 1 };
	int state = -1, rc;

	job.has_state = s->wants_state && r->state_dir[0] != '\0';
	if (job.has_state && (state = open_state(r, s, e)) < 0)
		return err_wrap(e, "its state folder");
	rc = child_start(&f->child, s->program, state, e);
	if (state >= 0)
		close(state);
	if (rc < 0)
		return -1;
	job.deadline = f->kill_at - (s->timeout / 10 < RUN_REST ? s->timeout / 10 : RUN_REST);
	/* one that never reads its job must not hold up the others; its deadline will come */
	setsockopt(f->child.fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait));
	rc = job_send(f->child.fd, &job, s->opts, s->conf, e);
	fcntl(f->child.fd, F_SETFL, O_NONBLOCK);
	/* a worker that is gone already says more by how it ended than by our EPIPE */
	if (rc < 0 && e->code == ERR_SYS) {
		/* one that lives waits for the rest of its job no longer */
		shutdown(f->child.fd, SHUT_WR);
		f->unsent = arena_printf(f->arena, ", for it was not told what to do: %s", e->msg);
		rc = 0;
	}
	if (rc == 0)
		return 0;
	child_kill(&f->child);
	child_reap(&f->child);
	close(f->child.fd);
	close(f->child.err_fd);
	return err_wrap(e, "its options");
}

int
flight_start(struct flight *f, const struct runner *r, const struct run_spec *spec,
    struct result *out, struct arena *a)
{
	struct err e = { 0 };

	*f = (struct flight){ .spec = spec, .result = out, .arena = a };
	*out = (struct result){ .check = spec->check, .probe = spec->probe };
	out->taken = r->clk->wall(r->clk);
	out->valid_until = instant_plus(out->taken, spec->valid_for);
	f->started = r->clk->mono(r->clk);
	f->kill_at = f->started + spec->timeout;
	if (launch(f, r, &e) < 0) {
		make_unknown(f, arena_printf(a, "The check could not be started: %s", e.msg));
		return -1;
	}
	frame_reader_init(&f->reader);
	return 0;
}

static int
take_item(struct flight *f, struct frame *frame)
{
	struct result *r = f->result;

	if (r->nitems == RUN_ITEMS_MAX)
		return err_set(&f->why, ERR_LIMIT, "more than %d items", RUN_ITEMS_MAX);
	r->items = arena_grow(f->arena, r->items, r->nitems, &f->cap, sizeof(*r->items));
	if (wire_get_item(frame, f->spec->rules, f->arena, &r->items[r->nitems], &f->why) < 0)
		return -1;
	r->nitems++;
	return 0;
}

static int
take_keep(struct flight *f, struct frame *frame)
{
	struct result *r = f->result;

	if (r->nkeeps == HANDED_KEEPS_MAX)
		return err_set(&f->why, ERR_LIMIT, "more than %d texts to keep", HANDED_KEEPS_MAX);
	r->keeps = arena_grow(f->arena, r->keeps, r->nkeeps, &f->keeps_cap, sizeof(*r->keeps));
	if (wire_get_keep(frame, f->arena, &r->keeps[r->nkeeps], &f->why) < 0)
		return -1;
	r->nkeeps++;
	return 0;
}

static int
take_end(struct flight *f, struct frame *frame)
{
	struct wire_end end;

	if (wire_get_end(frame, &end, &f->why) < 0)
		return -1;
	if (end.items != f->result->nitems)
		return err_set(&f->why, ERR_PARSE, "%zu items came, %u were counted",
		    f->result->nitems, end.items);
	f->result->host_clock = end.host_clock;
	f->ended = true;
	return 0;
}

static int
take(struct flight *f, struct frame *frame)
{
	const char *text;

	if (f->ended)
		return err_set(&f->why, ERR_PARSE, "more came after the end");
	switch (frame->kind) {
	case WIRE_ITEM:
		return take_item(f, frame);
	case WIRE_KEEP:
		return take_keep(f, frame);
	case WIRE_END:
		return take_end(f, frame);
	case WIRE_CELL:
		return wire_get_text(frame, f->arena, &f->result->cell, &f->why);
	case WIRE_NOTE:
		return wire_get_text(frame, f->arena, &f->note, &f->why);
	case WIRE_FAIL:
		if (wire_get_text(frame, f->arena, &text, &f->why) == 0)
			err_set(&f->why, ERR_ABSENT, "%s", text);
		return -1;
	default:
		return err_set(&f->why, ERR_PARSE, "a message of kind %u", frame->kind);
	}
}

bool
flight_read(struct flight *f)
{
	struct frame frame;
	long n = frame_reader_fill(&f->reader, f->child.fd);
	int got;

	if (n < 0 && errno == EAGAIN)
		return true;
	/* one that went without reading its job says more by how it ended */
	if (n < 0 && errno != ECONNRESET)
		err_set(&f->why, ERR_ABSENT, "its answer could not be read: %s", strerror(errno));
	if (n <= 0)
		return false;
	f->bytes += (size_t)n;
	if (f->bytes > RUN_BYTES_MAX) {
		err_set(&f->why, ERR_LIMIT, "more than %zu MiB", RUN_BYTES_MAX >> 20);
		return false;
	}
	while ((got = frame_reader_next(&f->reader, &frame, &f->why)) == 1)
		if (take(f, &frame) < 0)
			return false;
	return got == 0;
}

/* Keeps the end of what it says: the last line is the one that explains. */
void
flight_read_stderr(struct flight *f)
{
	char buf[512];
	ssize_t n = read(f->child.err_fd, buf, sizeof(buf));
	size_t keep, len;

	if (n <= 0) {
		if (n == 0 || errno != EAGAIN) {
			close(f->child.err_fd);
			f->child.err_fd = -1;
		}
		return;
	}
	len = (size_t)n < RUN_STDERR_MAX ? (size_t)n : RUN_STDERR_MAX;
	keep = f->said_len < RUN_STDERR_MAX - len ? f->said_len : RUN_STDERR_MAX - len;
	memmove(f->said, f->said + f->said_len - keep, keep);
	memcpy(f->said + keep, buf + (size_t)n - len, len);
	f->said_len = keep + len;
	f->said[f->said_len] = '\0';
	for (size_t i = 0; i < f->said_len; i++)
		if (f->said[i] == '\0')
			f->said[i] = ' ';
}

void
flight_expire(struct flight *f)
{
	char buf[SPAN_TEXT];

	err_set(&f->why, ERR_TIMEOUT, "no answer within %s", span_text(f->spec->timeout, buf));
}

static const char *
while_doing(const struct flight *f)
{
	return f->note == NULL ? "" : arena_printf(f->arena, " during %s", f->note);
}

static const char *
why_failed(const struct flight *f, int status)
{
	struct arena *a = f->arena;

	switch (f->why.code) {
	case ERR_NONE:
		break;
	case ERR_ABSENT:
		return arena_printf(a, "Could not check: %s", f->why.msg);
	case ERR_TIMEOUT:
		return arena_printf(a, "Could not check: %s%s", f->why.msg, while_doing(f));
	case ERR_LIMIT:
		return arena_printf(a, "The check was stopped: it sent %s", f->why.msg);
	default:
		return arena_printf(a, "The check answered nonsense: %s", f->why.msg);
	}
	if (WIFSIGNALED(status))
		return arena_printf(a, "The check crashed (signal %d, %s)%s", WTERMSIG(status),
		    strsignal(WTERMSIG(status)), while_doing(f));
	if (!f->ended)
		return arena_printf(a, "The check ended early (exit code %d) without a result%s%s",
		    WEXITSTATUS(status), while_doing(f), f->unsent != NULL ? f->unsent : "");
	if (f->result->nitems == 0)
		return "The check found nothing to look at";
	return NULL;
}

void
flight_land(struct flight *f, struct clk *clk)
{
	const char *why;
	int status;

	/* it may have said all and still linger: what it said counts, the process does not */
	child_kill(&f->child);
	status = child_reap(&f->child);
	if (f->child.err_fd >= 0) {
		flight_read_stderr(f);
		if (f->child.err_fd >= 0)
			close(f->child.err_fd);
	}
	close(f->child.fd);
	if (f->ended && f->why.code == ERR_NONE)
		status = 0;
	f->result->took = clk->mono(clk) - f->started;
	why = why_failed(f, status);
	if (why != NULL)
		make_unknown(f, why);
	frame_reader_fini(&f->reader);
}
