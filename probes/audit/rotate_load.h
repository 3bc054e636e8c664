/* SPDX-License-Identifier: Apache-2.0
 *
 * rotate_load: brings the files of logrotate's configuration, with those that they include, and
 * what logrotate noted of its own runs. Blocks on the disk.
 */
#ifndef PROBES_AUDIT_ROTATE_LOAD_H
#define PROBES_AUDIT_ROTATE_LOAD_H

#include "rotate_conf.h"

/* Adds `path` and all it includes to c, which was begun, with logrotate's own defaults. What cannot
 * be read is left out: the first reason is in *why (code ERR_NONE: all was read). A configuration
 * that is not there (ERR_ABSENT) is none. */
void rotate_load(struct rotate_conf *c, const char *path, struct err *why);

#endif
