/* SPDX-License-Identifier: Apache-2.0
 *
 * rotate_status: what logrotate noted of the logs it set aside (its state file: writeState of
 * logrotate.c, version 2: `"PATH" YEAR-MONTH-DAY-HOUR:MINUTE:SECOND` a line; version 1 had no
 * quotes and no time of day). Pure.
 */
#ifndef PROBES_AUDIT_ROTATE_STATUS_H
#define PROBES_AUDIT_ROTATE_STATUS_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

#define ROTATE_STATUS_MAX ((size_t)1 << 20) /* bytes of the file */

/* The n bytes are such notes. */
bool rotate_status_is(const char *text, size_t n);

/* When the log was set aside last, or seen first where it never was: in the computer's own time of
 * day, so up to 14 hours from UTC. False: there is no line of it, or none that is one. */
bool rotate_status_find(const char *text, size_t n, const char *path, instant *at);

#endif
