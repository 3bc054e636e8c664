/* SPDX-License-Identifier: Apache-2.0
 *
 * needs: what a one-job process needs to do its work. Declared as data by who does it (probes/,
 * sinks/). Most are rights, carried out by cell/sandbox, which drops whatever is not named before
 * the first foreign byte. NEED_FACTS is no right: it is asked of the program that starts the
 * process, and the sandbox passes over it.
 */
#ifndef BASE_NEEDS_H
#define BASE_NEEDS_H

#include <stdbool.h>

enum {
	NEED_NET = 1,   /* internet sockets, and the files name resolution reads */
	NEED_FILES = 2, /* read any file that the user may read */
	NEED_STATE = 4, /* a folder of its own that outlives the run */
	NEED_EXEC = 8,  /* start other programs */
	NEED_MODULE =
	    16, /* load foreign shared objects; local sockets (a PKCS#11 module's world) */
	/* Before each run forewarnd leaves the facts that only it knows (when each route was tested
	 * and confirmed: probes/alert/alert.h) in the folder of NEED_STATE, which goes with it. Run
	 * by hand, the probe finds what was left last, or nothing. */
	NEED_FACTS = 32,
	/* Make and remove files in the folders that its configuration names for that, and write
	 * nowhere else (cell/sandbox.h, sandbox_also_make). No kind has it as such. */
	NEED_FOLDER = 64
};

/* Where the filter of calls for a cell stands among those that are made at build time
 * (cell/gen/filters.c): a place is a sum of these. */
enum {
	FILTER_NET = 1,
	FILTER_STATE = 2,
	FILTER_EXEC = 4,
	FILTER_MODULE = 8,
	FILTER_KILL = 16, /* an unknown call of a strict cell kills instead of being counted */
	FILTER_PURE = 32, /* alone or with FILTER_KILL: a cell that has all it needs in memory */
	FILTER_N = 64
};

static inline unsigned
filter_place(unsigned needs, bool kill)
{
	return ((needs & NEED_NET) != 0 ? FILTER_NET : 0u) |
	       ((needs & (NEED_STATE | NEED_FOLDER)) != 0 ? FILTER_STATE : 0u) |
	       ((needs & NEED_EXEC) != 0 ? FILTER_EXEC : 0u) |
	       ((needs & NEED_MODULE) != 0 ? FILTER_MODULE : 0u) | (kill ? FILTER_KILL : 0u);
}

#endif
