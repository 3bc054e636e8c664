/* SPDX-License-Identifier: Apache-2.0
 *
 * alerts_test: a test alert through every sink, and what each receiver said to it.
 */
#ifndef CLI_ALERTS_TEST_H
#define CLI_ALERTS_TEST_H

#include "base/arena.h"

/* words NULL: what is usual. The exit code: 0 every sink has taken it. Waits up to 20 s. */
int alerts_test(const char *socket, const char *words, struct arena *a);

#endif
