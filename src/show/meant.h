/* SPDX-License-Identifier: Apache-2.0
 *
 * meant: the command that ends a finding which was meant to be so.
 */
#ifndef SHOW_MEANT_H
#define SHOW_MEANT_H

#include "base/str.h"
#include "model/result.h"

/* Appends `forewarn accept CHECK TARGET --rule RULE --reason "why" --by "your name"`, as a shell
 * takes it. false, and nothing is appended: the item's finding cannot be accepted, or its target
 * holds what a screen must not show as it is. */
bool meant_command(const char *check, const struct item *it, struct str *out);

#endif
