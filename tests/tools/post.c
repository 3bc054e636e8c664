/* SPDX-License-Identifier: Apache-2.0
 *
 * post: plays the daemon for one batch. usage: post CONF SINK [-d SECONDS] [-o OFFSET] [-k MS] [-n
 * TRIES] CONF   a configuration; SINK the id of one of its sinks; forewarn-sink lies beside
 * `forewarn` stdin  a letter a line: event id, order key, content type, body, with tabs between -d
 * deadline of the batch (10)   -o  this clock less true time, as the daemon knows it
 * -l LAST,DRIFT  the same as it was once known, and how far it may have drifted since   -k  the
 * cell is killed after so many milliseconds   -n  tries before this one (0) Prints a line an
 * answer: event id, outcome, status, wait in seconds, offset or "-", reason; then "end" or "died:
 * why". Exit 0 after an end.
 */
#include "kinds/kinds.h"
#include "sinks/specs.h"
#include "tell/post.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct letter letters[POST_LETTERS_MAX];

static void
on_answer(void *self, const struct answer *w)
{
	(void)self;
	printf("%s\t%s\t%u\t%lld\t", letters[w->row].event, post_outcome_name(w->outcome),
	    w->status, (long long)(w->retry_after / SPAN_S));
	if (w->clock_seen)
		printf("%.0f\t%s\n", w->offset, w->reason);
	else
		printf("-\t%s\n", w->reason);
}

static void
line_ends(char *s)
{
	char *to = s;

	for (; *s != '\0'; s++) {
		bool end = s[0] == '\\' && s[1] == 'n';

		*to++ = end ? '\n' : *s;
		s += end;
	}
	*to = '\0';
}

static uint32_t
read_letters(struct arena *a, const char *offset, const char *last, uint32_t tries, bool ends)
{
	char *line = NULL;
	size_t cap = 0;
	uint32_t n = 0;

	while (n < POST_LETTERS_MAX && getline(&line, &cap, stdin) > 0) {
		char *at = arena_text(a, line), *f[4];

		at[strcspn(at, "\n")] = '\0';
		for (int i = 0; i < 4; i++) {
			f[i] = at;
			at = i < 3 ? strchr(at, '\t') : NULL;
			if (i < 3 && at == NULL)
				exit(64);
			if (at != NULL)
				*at++ = '\0';
		}
		if (ends)
			line_ends(f[3]);
		letters[n] = (struct letter){ n, f[0], f[1], f[2], f[3], offset != NULL,
			offset != NULL ? atof(offset) : 0, tries, last != NULL,
			last != NULL ? atof(last) : 0,
			last != NULL ? atof(strchr(last, ',') + 1) : 0 };
		n++;
	}
	free(line);
	return n;
}

static const struct sink_conf *
find(const struct conf *c, const char *id)
{
	for (size_t i = 0; i < c->nfaults && i < CONF_FAULTS_MAX; i++)
		fprintf(stderr, "%s\n", c->faults[i]);
	for (size_t i = 0; c->nfaults == 0 && i < c->nsinks; i++)
		if (strcmp(c->sinks[i].id, id) == 0)
			return &c->sinks[i];
	exit(78);
}

static bool
drive(struct post *p, span deadline, long kill_ms)
{
	struct clk *clk = clk_system();
	span start = clk->mono(clk);

	for (;;) {
		span now = clk->mono(clk);
		struct pollfd fd = { p->child.fd, post_events(p), 0 };

		if (now > deadline + SPAN_S)
			return false;
		if (kill_ms >= 0 && now - start >= kill_ms * SPAN_MS) {
			kill(p->child.pid, SIGKILL);
			kill_ms = -1;
		}
		if (poll(&fd, 1, 5) > 0 && !post_turn(p, on_answer, NULL))
			return true;
	}
}

int
main(int argc, char **argv)
{
	struct arena *a = arena_new((size_t)256 << 20);
	struct clk *clk = clk_system();
	const char *offset = NULL, *last = NULL;
	long seconds = 10, kill_ms = -1, tries = 0;
	const struct sink_conf *s;
	struct post_job job;
	struct post p;
	struct err e = { 0 };
	bool ends = false;
	struct conf *c;
	int rc;

	if (argc < 3)
		return 64;
	for (int i = 3; i + 1 < argc; i += 2) {
		if (strcmp(argv[i], "-d") == 0)
			seconds = atol(argv[i + 1]);
		else if (strcmp(argv[i], "-o") == 0)
			offset = argv[i + 1];
		else if (strcmp(argv[i], "-l") == 0)
			last = argv[i + 1];
		else if (strcmp(argv[i], "-k") == 0)
			kill_ms = atol(argv[i + 1]);
		else if (strcmp(argv[i], "-e") == 0)
			ends = true;
		else if (strcmp(argv[i], "-n") == 0)
			tries = atol(argv[i + 1]);
	}
	c = kinds_conf(argv[1], NULL);
	s = find(c, argv[2]);
	job = (struct post_job){ s->type, s->id, clk->mono(clk) + seconds * SPAN_S,
		read_letters(a, offset, last, (uint32_t)tries, ends), *kinds_fence(c, a) };
	if (post_start(&p, getenv("SINK_PROGRAM"), &job, s->kind->opts, s->options, letters, &e) <
	    0) {
		printf("died: %s\n", e.msg);
		conf_free(c);
		arena_free(a);
		return 1;
	}
	drive(&p, job.deadline, kill_ms);
	rc = post_end(&p, &e);
	if (rc < 0)
		printf("died: %s\n", e.msg);
	else
		puts("end");
	conf_free(c);
	arena_free(a);
	return rc < 0;
}
