/* SPDX-License-Identifier: Apache-2.0
 *
 * flight: one run of one worker, from its start to its result.
 */
#ifndef WATCH_FLIGHT_H
#define WATCH_FLIGHT_H

#include "base/frame.h"
#include "cell/child.h"
#include "watch/runner.h"

struct flight {
	const struct run_spec *spec;
	struct result *result;
	struct arena *arena;
	struct child child;
	struct frame_reader reader;
	span started, kill_at; /* mono */
	size_t bytes, cap, keeps_cap;
	bool ended;         /* its WIRE_END came */
	const char *note;   /* the last thing it said it would do */
	const char *unsent; /* why its job did not reach it; NULL: it did */
	char said[RUN_STDERR_MAX + 1];
	size_t said_len;
	struct err why; /* code set: the run failed, and why */
};

/* 0, or -1: the result is already made and says why. */
int flight_start(struct flight *f, const struct runner *r, const struct run_spec *spec,
    struct result *out, struct arena *a);

/* Takes what its socket has. false: nothing more will come. */
bool flight_read(struct flight *f);
void flight_read_stderr(struct flight *f);

/* The deadline came. */
void flight_expire(struct flight *f);

/* Reaps it and makes its result whole. */
void flight_land(struct flight *f, struct clk *clk);

#endif
