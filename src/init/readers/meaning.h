/* SPDX-License-Identifier: Apache-2.0
 *
 * meaning: what a value says besides a path. Pure.
 */
#ifndef INIT_READERS_MEANING_H
#define INIT_READERS_MEANING_H

#include <stdbool.h>

/* The value without what stands before the path: "<" of Dovecot, "file:". */
const char *meaning_bare(const char *value);

/* It means no file: "none", "off", what names a token. */
bool meaning_nothing(const char *value);

/* Something in it is only known while the program runs: $name, ${…}, {env.…}, data:… */
bool meaning_open(const char *text);

/* What the whole system trusts, also in the midst of an expression (Exim): nobody here renews that.
 */
bool meaning_system_trust(const char *path);

#endif
