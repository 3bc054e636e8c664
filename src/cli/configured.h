/* SPDX-License-Identifier: Apache-2.0
 *
 * configured: the configuration that a call is to go by.
 */
#ifndef CLI_CONFIGURED_H
#define CLI_CONFIGURED_H

#include "conf/conf.h"

/* named: its path; NULL: where it is usually. NULL after its faults were printed to stderr, with
 * *code the exit code; else conf_free it. Blocks. */
struct conf *configured(const char *named, int *code);

#endif
