/* SPDX-License-Identifier: Apache-2.0
 *
 * look: all that was read for one run, in one arena.
 */
#ifndef PROBES_PATCHES_LOOK_H
#define PROBES_PATCHES_LOOK_H

#include "apt.h"
#include "dpkg.h"
#include "memory.h"
#include "patches.h"

struct look {
	instant now;
	const char *root; /* "" for / */
	const char *os;   /* os-release; "" where it cannot be read */
	struct dpkg dpkg;
	const char *no_dpkg;         /* why it was not read, or NULL */
	struct apt_output apt, all;  /* what could be installed; with what is held or phased */
	const char *no_apt, *no_all; /* why that is not known, or NULL */
	instant lists;               /* date in the list of security updates; INSTANT_NONE: none */
	const char *no_lists;        /* why there is none, or NULL */
	struct memory memory;
	const char *forgot; /* why the memory could not be read, or NULL */
};

/* Runs apt-get, or reads what it said, and the files. May block until the deadline. */
void look_around(const struct probe_ctx *ctx, const struct patches_conf *c, struct look *out);

/* A file below the root; NULL with *why set. */
const char *look_file(
    const struct look *l, const char *path, struct arena *a, size_t cap, struct err *why);

/* simulate.c: fills apt and all, or why not. */
void look_simulate(const struct probe_ctx *ctx, const struct patches_conf *c, struct look *l);

/* lists.c: fills lists, or why not. */
void look_lists(const struct probe_ctx *ctx, struct look *l);

#endif
