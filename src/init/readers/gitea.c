/* SPDX-License-Identifier: Apache-2.0
 *
 * Gitea and Forgejo (app.ini).
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "server/CERT_FILE", .role = ROLE_CERT, .at = 1 },
	{ 0 },
};

static const char *const mains[] = { "/etc/gitea/app.ini", "/etc/forgejo/app.ini", NULL };

const struct reader reader_gitea = { .name = "Gitea",
	.grammar = &grammar_ini,
	.mains = mains,
	.base = { HOME, HOME, HOME },
	.words = words };
