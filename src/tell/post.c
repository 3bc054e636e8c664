/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns one sink cell from the daemon's side: its batch down, its answers up.
 */
#include "tell/post.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ARENA_MAX ((size_t)4 << 20) /* four frames: more than an answer can hold */
#define GONE_STEP (2 * SPAN_MS)
#define GONE_STEPS 50
#define LETTER_OVERHEAD 256 /* bytes of a frame besides its texts, at most */

static size_t
weight(const struct letter *l)
{
	return LETTER_OVERHEAD + strlen(l->event) + strlen(l->order) + strlen(l->type) +
	       strlen(l->body);
}

size_t
post_batch(const struct letter *letters, size_t n)
{
	size_t bytes = 0, i;

	for (i = 0; i < n && i < POST_LETTERS_MAX; i++) {
		bytes += weight(&letters[i]);
		if (i > 0 && bytes > POST_BATCH_BYTES)
			break;
	}
	return i;
}

static int
append(struct post *p, const struct frame *f, size_t *cap, struct err *e)
{
	size_t whole = FRAME_HEADER + f->len;

	if (f->bad)
		return err_set(e, ERR_LIMIT, "a letter or option too long to send");
	if (p->nout + whole > *cap) {
		size_t want = 2 * (*cap + whole);
		uint8_t *out = realloc(p->out, want);

		if (out == NULL)
			return err_sys(e, "memory for letters");
		p->out = out;
		*cap = want;
	}
	frame_header(f, p->out + p->nout);
	memcpy(p->out + p->nout + FRAME_HEADER, f->data, f->len);
	p->nout += whole;
	return 0;
}

static int
pack(struct post *p, const struct post_job *job, const struct opt *opts, const void *conf,
    const struct letter *letters, struct err *e)
{
	size_t cap = 0;
	struct frame f;
	int rc;

	frame_init(&f, 0);
	post_put_job(&f, job);
	opts_put(&f, opts, conf);
	rc = append(p, &f, &cap, e);
	for (uint32_t i = 0; rc == 0 && i < job->letters; i++) {
		post_put_letter(&f, &letters[i]);
		rc = append(p, &f, &cap, e);
	}
	frame_fini(&f);
	return rc;
}

int
post_start(struct post *p, const char *program, const struct post_job *job, const struct opt *opts,
    const void *conf, const struct letter *letters, struct err *e)
{
	*p = (struct post){ .letters = job->letters };
	if (pack(p, job, opts, conf, letters, e) < 0 ||
	    child_start(&p->child, program, -1, e) < 0) {
		free(p->out);
		return -1;
	}
	fcntl(p->child.fd, F_SETFL, O_NONBLOCK);
	p->arena = arena_new(ARENA_MAX);
	frame_reader_init(&p->in);
	return 0;
}

short
post_events(const struct post *p)
{
	return (short)(POLLIN | (p->sent < p->nout ? POLLOUT : 0));
}

static void
write_out(struct post *p)
{
	while (p->sent < p->nout) {
		ssize_t w = send(p->child.fd, p->out + p->sent, p->nout - p->sent, MSG_NOSIGNAL);

		if (w < 0 && errno == EINTR)
			continue;
		/* one that went away tells so at its end of stream */
		if (w < 0)
			return;
		p->sent += (size_t)w;
	}
	free(p->out);
	p->out = NULL;
	p->nout = p->sent = 0;
}

static int
take(struct post *p, struct frame *f, void (*answer)(void *, const struct answer *), void *self,
    struct err *e)
{
	struct answer w;
	const char *why;
	uint32_t n;

	switch (f->kind) {
	case POST_ANSWER:
		if (post_get_answer(f, p->arena, &w, e) < 0)
			return -1;
		if (++p->answers > p->letters)
			return err_set(e, ERR_PARSE, "more answers than letters");
		answer(self, &w);
		arena_reset(p->arena);
		return 0;
	case POST_CELL:
		if (post_get_cell(f, p->arena, &why, e) < 0)
			return -1;
		snprintf(p->cell, sizeof(p->cell), "%s", why);
		return 0;
	case POST_END:
		if (post_get_end(f, &n, e) < 0)
			return -1;
		if (n != p->answers || n != p->letters)
			return err_set(e, ERR_PARSE, "an end before every letter had its answer");
		p->ended = true;
		return 0;
	case POST_FAIL:
		if (post_get_fail(f, p->arena, &why, e) < 0)
			return -1;
		return err_set(e, ERR_SYS, "%s", why);
	default:
		return err_set(e, ERR_PARSE, "a frame of kind %u", f->kind);
	}
}

bool
post_turn(struct post *p, void (*answer)(void *, const struct answer *), void *self)
{
	struct err e = { 0 };
	struct frame f;
	long n;
	int got;

	write_out(p);
	n = frame_reader_fill(&p->in, p->child.fd);
	/* one that died with letters unread resets the pair */
	p->closed = n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR);
	while ((got = frame_reader_next(&p->in, &f, &e)) == 1 && !p->ended)
		if (take(p, &f, answer, self, &e) < 0) {
			got = -1;
			break;
		}
	if (got < 0) {
		snprintf(p->fault, sizeof(p->fault), "%s", e.msg);
		return false;
	}
	return !p->ended && !p->closed;
}

/* It has ended by itself. A stream at its end comes a moment before the process is. */
static bool
is_gone(const struct post *p)
{
	struct timespec moment = { .tv_nsec = GONE_STEP };
	siginfo_t info = { 0 };

	for (int i = 0;; i++) {
		if (waitid(P_PID, (id_t)p->child.pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
		    info.si_pid == p->child.pid)
			return true;
		if (!p->closed || i == GONE_STEPS)
			return false;
		nanosleep(&moment, NULL);
	}
}

/* The end of what it said to stderr, cleaned; "" when it was silent. */
static const char *
said(const struct post *p, char buf[POST_STDERR_MAX])
{
	char raw[4096];
	ssize_t n = read(p->child.err_fd, raw, sizeof(raw)), from;

	if (n <= 0)
		return "";
	from = n > POST_STDERR_MAX - 1 ? n - (POST_STDERR_MAX - 1) : 0;
	return text_clean_buf(buf, POST_STDERR_MAX, raw + from, (size_t)(n - from));
}

int
post_end(struct post *p, struct err *e)
{
	char buf[POST_STDERR_MAX];
	const char *last;
	bool gone = !p->ended && is_gone(p);
	int status, rc = 0;

	if (!gone)
		child_kill(&p->child);
	status = child_reap(&p->child);
	last = said(p, buf);
	if (p->ended)
		rc = 0;
	else if (p->fault[0] != '\0')
		rc = err_set(e, ERR_PARSE, "the sink's process: %s", p->fault);
	else if (gone && WIFSIGNALED(status))
		rc = err_set(e, ERR_SYS, "the sink's process crashed (signal %d, %s) %s",
		    WTERMSIG(status), strsignal(WTERMSIG(status)), last);
	else if (gone)
		rc = err_set(e, ERR_SYS, "the sink's process ended with code %d before its end %s",
		    WEXITSTATUS(status), last);
	else
		rc = err_set(e, ERR_TIMEOUT, "the sink's process was ended before it was done");
	close(p->child.fd);
	close(p->child.err_fd);
	frame_reader_fini(&p->in);
	arena_free(p->arena);
	free(p->out);
	*p = (struct post){ 0 };
	return rc;
}
