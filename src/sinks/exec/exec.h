/* SPDX-License-Identifier: Apache-2.0
 *
 * exec: a program of the user's own, started once a letter.
 */
#ifndef SINKS_EXEC_EXEC_H
#define SINKS_EXEC_EXEC_H

#include "conf/foreign.h"

#define EXEC_ARGS_MAX 256
#define EXEC_ENV_MAX 64
#define EXEC_OUTPUT_MAX ((size_t)4096) /* bytes of its stdout that are read and dropped at once */

struct exec_conf {
	struct texts command;     /* argv; the first is an absolute path */
	struct texts environment; /* NAME=value, added to a small clean one */
	span timeout;
	struct foreign foreign;
};

#endif
