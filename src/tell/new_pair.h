/* SPDX-License-Identifier: Apache-2.0
 *
 * new_pair: has a sink cell make a pair of signing keys, since no other program has cryptography.
 */
#ifndef TELL_NEW_PAIR_H
#define TELL_NEW_PAIR_H

#include "model/post_wire.h"

#define NEW_PAIR_WAIT 10 /* seconds */

/* program: forewarn-sink. Text lies in the arena; the caller wipes it. Blocks. -1 with
 * *e set: why there is none. */
int new_pair(const char *program, struct arena *a, struct post_pair *p, struct err *e);

#endif
