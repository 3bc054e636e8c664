/* SPDX-License-Identifier: Apache-2.0
 *
 * A shell script in the cell's place says what a cell would, or what none would.
 */
#include "tell/post.h"
#include "tests/t.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct opt no_opts[] = { OPT_END };
static char dir[] = "/tmp/test_post.XXXXXX";
static int heard;

static void
on_answer(void *self, const struct answer *w)
{
	(void)self;
	(void)w;
	heard++;
}

/* A program that writes these frames to descriptor 3, then does the rest. */
static const char *
cell(const struct frame *frames, size_t n, const char *rest)
{
	static char path[64];
	FILE *f;

	snprintf(path, sizeof(path), "%s/frames", dir);
	f = fopen(path, "we");
	for (size_t i = 0; f != NULL && i < n; i++) {
		uint8_t header[FRAME_HEADER];

		frame_header(&frames[i], header);
		fwrite(header, 1, sizeof(header), f);
		fwrite(frames[i].data, 1, frames[i].len, f);
	}
	if (f == NULL || fclose(f) != 0)
		abort();
	snprintf(path, sizeof(path), "%s/cell", dir);
	f = fopen(path, "we");
	if (f == NULL || fprintf(f, "#!/bin/sh\ncat %s/frames >&3\n%s\n", dir, rest) < 0 ||
	    fclose(f) != 0 || chmod(path, 0755) < 0)
		abort();
	return path;
}

/* Runs it over two letters until it is over, at most so many hundredths of a second; what post_end
 * says, "" when it ended well. */
static const char *
drive_for(int most, const char *program)
{
	static struct err e;
	const struct post_job job = { "toy", "s", 0, 2, { NULL, false } };
	const struct letter l[2] = { { 0, "a", "", "t", "b", false, 0, 0, false, 0, 0 },
		{ 1, "b", "", "t", "b", false, 0, 0, false, 0, 0 } };
	struct post p;
	char conf = 0;

	e = (struct err){ 0 };
	heard = 0;
	if (post_start(&p, program, &job, no_opts, &conf, l, &e) < 0)
		return e.msg;
	for (int i = 0; i < most; i++) {
		struct pollfd fd = { p.child.fd, post_events(&p), 0 };

		if (poll(&fd, 1, 10) > 0 && !post_turn(&p, on_answer, NULL))
			break;
	}
	post_end(&p, &e);
	return e.msg;
}

static const char *
drive(const char *program)
{
	return drive_for(3000, program);
}

static void
streams(void)
{
	struct frame f[4];
	const struct answer w = { .outcome = POST_DELIVERED, .reason = "" };

	for (int i = 0; i < 4; i++)
		frame_init(&f[i], 0);
	post_put_answer(&f[0], &w);
	post_put_answer(&f[1], &w);
	post_put_end(&f[2], 2);
	T_TEXT("two answers and an end", drive(cell(f, 3, "")), "");
	T_INT("both are heard", heard, 2);
	T_TEXT("one that lingers after its end", drive(cell(f, 3, "sleep 60")), "");
	T_HAS("no end", drive(cell(f, 2, "exit 3")), "ended with code 3 before its end");
	T_INT("the answers count all the same", heard, 2);
	T_HAS("its last words", drive(cell(f, 1, "echo out of luck >&2; exit 1")), "out of luck");
	T_HAS("a crash", drive(cell(f, 1, "kill -SEGV $$")), "crashed (signal 11");
	T_HAS("one that hangs", drive_for(50, cell(f, 1, "sleep 60")),
	    "was ended before it was done");
	post_put_end(&f[1], 1);
	T_HAS("an end too early", drive(cell(f, 2, "sleep 60")),
	    "before every letter had its answer");
	post_put_answer(&f[1], &w);
	post_put_answer(&f[2], &w);
	T_HAS("more answers than letters", drive(cell(f, 3, "")), "more answers than letters");
	T_INT("which are not heard", heard, 2);
	post_put_fail(&f[0], "no such kind");
	T_HAS("a failure in words", drive(cell(f, 1, "")), "no such kind");
	frame_restart(&f[0], 99);
	T_HAS("a frame of no kind", drive(cell(f, 1, "")), "a frame of kind 99");
	post_put_answer(&f[0], &w);
	f[0].data[11] = 77;
	T_HAS("an outcome there is not", drive(cell(f, 1, "")), "outcome is not allowed");
	T_HAS("bytes that are no frame",
	    drive(cell(f, 0, "head -c 100 /dev/zero | tr '\\0' x >&3")),
	    "a frame of 2021161080 bytes");
	T_HAS("no program", drive("/none"), "/none: No such file");
	for (int i = 0; i < 4; i++)
		frame_fini(&f[i]);
}

static void
batches(void)
{
	static struct letter l[POST_LETTERS_MAX + 1];
	static char body[LETTER_BODY_MAX + 1];

	for (size_t i = 0; i <= POST_LETTERS_MAX; i++)
		l[i] = (struct letter){ .event = "e", .order = "", .type = "t", .body = "b" };
	T_INT("none", post_batch(l, 0), 0);
	T_INT("one", post_batch(l, 1), 1);
	T_INT("as many as one batch holds", post_batch(l, POST_LETTERS_MAX), POST_LETTERS_MAX);
	T_INT("and no more", post_batch(l, POST_LETTERS_MAX + 1), POST_LETTERS_MAX);
	memset(body, 'b', LETTER_BODY_MAX);
	for (size_t i = 0; i <= POST_LETTERS_MAX; i++)
		l[i].body = body;
	T_TRUE("large ones by their bytes",
	    post_batch(l, POST_LETTERS_MAX) == POST_BATCH_BYTES / (LETTER_BODY_MAX + 258));
}

int
main(void)
{
	char clean[64];

	if (mkdtemp(dir) == NULL)
		abort();
	streams();
	batches();
	snprintf(clean, sizeof(clean), "rm -rf %s", dir);
	return system(clean) != 0 || t_end();
}
