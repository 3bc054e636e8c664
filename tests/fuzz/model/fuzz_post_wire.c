/* SPDX-License-Identifier: Apache-2.0
 *
 * A stream of frames as the daemon gets it from a cell, and as the cell gets it from the daemon.
 */
#include "conf/schema.h"
#include "model/post_wire.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct toy_conf {
	const char *url;
	span timeout;
	struct texts pin;
	bool flag;
};

static const struct opt toy_opts[] = { OPT(struct toy_conf, url, OPT_TEXT, .help = "u"),
	OPT(struct toy_conf, timeout, OPT_SPAN, .help = "t"),
	OPT(struct toy_conf, pin, OPT_TEXTS, .help = "p"),
	OPT(struct toy_conf, flag, OPT_BOOL, .help = "f"), OPT_END };

static void
take(struct frame *f, struct arena *a)
{
	struct post_job job;
	struct toy_conf conf = { 0 };
	struct letter l;
	struct answer w;
	const char *why;
	uint32_t n;
	struct err e;

	switch (f->kind) {
	case POST_JOB:
		if (post_get_job(f, a, &job, &e) == 0)
			opts_get(f, toy_opts, &conf, a, &e);
		break;
	case POST_LETTER:
		post_get_letter(f, a, &l, &e);
		break;
	case POST_ANSWER:
		post_get_answer(f, a, &w, &e);
		break;
	case POST_END:
		post_get_end(f, &n, &e);
		break;
	case POST_FAIL:
		post_get_fail(f, a, &why, &e);
		break;
	default:
		break;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new((size_t)64 << 20);
	struct frame_reader r;
	struct frame f;

	frame_reader_init(&r);
	frame_reader_feed(&r, data, size);
	while (frame_reader_next(&r, &f, NULL) == 1)
		take(&f, a);
	frame_reader_fini(&r);
	arena_free(a);
	return 0;
}
