/* SPDX-License-Identifier: Apache-2.0
 *
 * forewarn-sink: makes a pair of keys when it is asked for one; else one sink, one batch of letters
 * in on CELL_FD; secrets read, rights dropped, letters sent, an answer out for each, gone.
 */
#include "base/text.h"
#include "cell/job.h"
#include "cell/sandbox.h"
#include "model/post_wire.h"
#include "sinks/senders.h"
#include "sinks/webhook/pair.h"

#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#define ARENA_MAX ((size_t)512 << 20)

struct cell {
	struct arena *arena;
	struct frame_reader in;
	struct frame out;
	struct post_job job;
	const struct sink_work *work;
	void *conf;
	struct letter *letters;
	bool *answered;
	uint32_t answers;
};

static void
send_out(struct cell *c)
{
	/* nobody listens any more: what was sent is sent, and will be sent again */
	if (frame_send(CELL_FD, &c->out, NULL) < 0)
		_exit(EX_IOERR);
}

static _Noreturn void
fail(struct cell *c, const struct err *e)
{
	post_put_fail(&c->out, e->msg);
	send_out(c);
	_exit(EX_USAGE);
}

/* Blocks until the next frame is there. */
static int
next_frame(struct cell *c, struct frame *f, struct err *e)
{
	int got;

	while ((got = frame_reader_next(&c->in, f, e)) == 0) {
		long n = frame_reader_fill(&c->in, CELL_FD);

		if (n < 0)
			return err_sys(e, "reading the job");
		if (n == 0)
			return err_set(e, ERR_PARSE, "the job ends too early");
	}
	return got < 0 ? -1 : 0;
}

static _Noreturn void
give_pair(struct cell *c)
{
	char private[SECRETS_TEXT_MAX], public[SECRETS_TEXT_MAX];
	struct err e = { 0 };

	if (pair_make(private, public, &e) < 0)
		fail(c, &e);
	post_put_pair(&c->out, &(struct post_pair){ private, public });
	send_out(c);
	_exit(EX_OK);
}

static int
read_job(struct cell *c, struct err *e)
{
	const struct sink_spec *s;
	const char *opt = "";
	struct frame f;

	if (next_frame(c, &f, e) < 0)
		return -1;
	if (f.kind == POST_NEW_PAIR)
		give_pair(c);
	if (post_get_job(&f, c->arena, &c->job, e) < 0)
		return -1;
	c->work = sink_work_find(c->job.type);
	if (c->work == NULL)
		return err_set(e, ERR_RANGE, "no sink of this kind has a cell");
	s = c->work->spec;
	c->conf = arena_alloc(c->arena, s->conf_size);
	if (opts_get(&f, s->opts, c->conf, c->arena, e) < 0)
		return -1;
	if (!frame_ok(&f))
		return err_set(e, ERR_PARSE, "a job with more in it than was asked for");
	if (s->check != NULL && s->check(c->conf, &opt, e) < 0)
		return err_wrap(e, "%s", opt);
	return 0;
}

static int
read_letters(struct cell *c, struct err *e)
{
	struct frame f;

	c->letters = arena_array(c->arena, c->job.letters, sizeof(*c->letters));
	c->answered = arena_array(c->arena, c->job.letters, sizeof(*c->answered));
	for (uint32_t i = 0; i < c->job.letters; i++)
		if (next_frame(c, &f, e) < 0 ||
		    post_get_letter(&f, c->arena, &c->letters[i], e) < 0)
			return -1;
	return 0;
}

static void
on_answer(void *self, size_t i, const struct answer *w)
{
	struct cell *c = self;
	struct answer own = *w;

	if (c->answered[i])
		return;
	c->answered[i] = true;
	c->answers++;
	own.row = c->letters[i].row;
	post_put_answer(&c->out, &own);
	send_out(c);
}

static void
answer_rest(struct cell *c, enum post_outcome outcome, const char *reason)
{
	char text[LETTER_REASON_MAX + 1];

	text_clean_buf(text, sizeof(text), reason, strlen(reason));
	for (uint32_t i = 0; i < c->job.letters; i++)
		on_answer(c, i, &(struct answer){ .outcome = outcome, .reason = text });
}

static void
say_cell(struct cell *c, const struct sandbox_held *held)
{
	char words[FENCE_TEXT_MAX];

	post_put_cell(&c->out, sandbox_text(held, words));
	send_out(c);
}

static void
work(struct cell *c)
{
	struct sink_ctx ctx = {
		.sink = c->job.sink,
		.clk = clk_system(),
		.deadline = c->job.deadline,
		.arena = c->arena,
		.letters = c->letters,
		.n = c->job.letters,
		.answer = on_answer,
		.self = c,
	};
	const struct sink_spec *s = c->work->spec;
	const struct sandbox_terms terms = { .needs = s->needs,
		.state_fd = -1,
		.time = sink_left(&ctx),
		.fence = c->job.fence,
		.foreign = s->foreign != NULL ? s->foreign(c->conf) : NULL };
	struct sandbox_held held;
	struct err e = { 0 };
	void *state = NULL;

	if (c->work->prepare(&ctx, c->conf, &state, &e) < 0 ||
	    sandbox_enter(&terms, &held, &e) < 0) {
		answer_rest(c, POST_AUTH, e.msg);
	} else {
		say_cell(c, &held);
		c->work->run(&ctx, state);
		answer_rest(c, POST_HELD, "was not tried in this batch");
	}
	c->work->end(state);
}

int
main(void)
{
	struct cell c = { 0 };
	struct err e = { 0 };
	struct stat st;

	if (fstat(CELL_FD, &st) < 0 || !S_ISSOCK(st.st_mode)) {
		fputs("forewarn-sink is a part of forewarn and is started by it\n", stderr);
		return EX_USAGE;
	}
	prctl(PR_SET_DUMPABLE, 0);
	c.arena = arena_new(ARENA_MAX);
	frame_reader_init(&c.in);
	frame_init(&c.out, 0);
	if (read_job(&c, &e) < 0 || read_letters(&c, &e) < 0)
		fail(&c, &e);
	work(&c);
	post_put_end(&c.out, c.answers);
	send_out(&c);
	/* no exit handlers: a resolver's thread may still hang */
	_exit(EX_OK);
}
