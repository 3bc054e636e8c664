/* SPDX-License-Identifier: Apache-2.0
 *
 * init_self: the checks of the running computer itself that need to be told nothing: its volumes,
 * its administrators, its updates. Of an image of another computer (--root) none is asked for.
 */
#ifndef CLI_INIT_SELF_H
#define CLI_INIT_SELF_H

#include "init/init.h"

#define INIT_SELF_VOLUMES_TIMEOUT (10 * SPAN_S)

/* Fills f->self, and f->self_left with the reason: what would raise a false alarm here, or tell
 * nothing. Asks the probe of volumes in a cell: blocks, not past INIT_SELF_VOLUMES_TIMEOUT. */
void init_self(struct found *f);

/* Those of f->self as checks, those of f->self_left as comments; each begins with a comma. */
void init_self_write(const struct found *f, struct str *out);

#endif
