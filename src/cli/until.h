/* SPDX-License-Identifier: Apache-2.0
 *
 * until: when something that a person asks for is to end, as people write it.
 */
#ifndef CLI_UNTIL_H
#define CLI_UNTIL_H

#include "base/span.h"

/* "17:00" (today, in the reader's own time zone), "tomorrow" (when it begins), "tomorrow 8:30", a
 * day or an RFC 3339 time. -1 with *e set when it is none of these or not after now. */
int until_parse(const char *text, instant now, instant *out, struct err *e);

#endif
