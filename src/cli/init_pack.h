/* SPDX-License-Identifier: Apache-2.0
 *
 * init_pack: what a pack adds to a first configuration: its levels for what was found, and in
 * comments each letter of each scenario with what feeds it here, or why nothing does.
 */
#ifndef CLI_INIT_PACK_H
#define CLI_INIT_PACK_H

#include "init/init.h"
#include "packs/pack.h"

/* Levels and leads of the pack for the checks that init writes; text in the pack's arena. */
void init_pack_terms(const struct pack *p, struct init_terms *out);

/* The comments, which stand at the end of the list of checks. Lines are lent by out. */
void init_pack_write(
    const struct pack *p, const struct found *f, const struct found_list *tokens, struct str *out);

#endif
