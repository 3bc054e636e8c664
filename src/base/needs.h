/* SPDX-License-Identifier: Apache-2.0
 *
 * needs: the rights a one-job process keeps. Declared as data by who does the work (probes/,
 * sinks/), carried out by cell/sandbox, which drops whatever is not named before the first foreign
 * byte.
 */
#ifndef BASE_NEEDS_H
#define BASE_NEEDS_H

enum {
	NEED_NET = 1,    /* internet sockets, and the files name resolution reads */
	NEED_FILES = 2,  /* read any file that the user may read */
	NEED_STATE = 4,  /* a folder of its own that outlives the run */
	NEED_EXEC = 8,   /* start other programs */
	NEED_MODULE = 16 /* load foreign shared objects; local sockets (a PKCS#11 module's world) */
};

#endif
