/* SPDX-License-Identifier: Apache-2.0
 *
 * prove_lay: an input of prove_case.h is laid out in a folder of its own, and taken away again.
 */
#ifndef CLI_PROVE_LAY_H
#define CLI_PROVE_LAY_H

#include "base/arena.h"
#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>
#include <sys/types.h>

/* Names of prove_case.h that are no part of the input. */
bool prove_lay_is_control(const char *name);

/* Takes away what from/gone names, copies the rest over, sets times. at: 0 is now. -1 with *e set.
 */
int prove_lay(const char *from, const char *to, instant at, struct arena *a, struct err *e);

/* Makes the file at path (with a slash in it) anew with these bytes. -1 with *e set. */
int prove_lay_make(const char *path, mode_t mode, const void *data, size_t n, struct err *e);

/* The text of dir/name in the arena; NULL without it. */
const char *prove_lay_text(const char *dir, const char *name, struct arena *a);

/* The folder and all in it: one that was made here. */
void prove_lay_remove(const char *dir);

#endif
