/* SPDX-License-Identifier: Apache-2.0
 *
 * certbot (its renewal folder), which notes where it puts certificates.
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "fullchain", .role = ROLE_CERT, .at = 1 },
	{ 0 },
};

static const char *const mains[] = { "/etc/letsencrypt/renewal/*.conf", NULL };

const struct reader reader_certbot = {
	.name = "certbot", .grammar = &grammar_ini, .mains = mains, .words = words
};
