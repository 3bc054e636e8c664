/* SPDX-License-Identifier: Apache-2.0
 *
 * MongoDB (reference/configuration-options): YAML, and the older name = value.
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "certificateKeyFile", .role = ROLE_CERT, .at = 1 },
	{ .name = "PEMKeyFile", .role = ROLE_CERT, .at = 1 },
	{ .name = "sslPEMKeyFile", .role = ROLE_CERT, .at = 1 },
	{ .name = "tlsCertificateKeyFile", .role = ROLE_CERT, .at = 1 },
	{ .name = "clusterFile", .role = ROLE_CERT, .at = 1 },
	{ .name = "CAFile", .role = ROLE_CA, .at = 1 },
	{ .name = "clusterCAFile", .role = ROLE_CA, .at = 1 },
	{ .name = "CRLFile", .role = ROLE_CRL, .at = 1 },
	{ 0 },
};
static const char *const mains[] = { "/etc/mongod.conf", "/etc/mongos.conf", "/etc/mongodb.conf",
	NULL };

const struct reader reader_mongodb = { .name = "MongoDB",
	.grammar = &grammar_yaml,
	.mains = mains,
	.base = { HOME, HOME, HOME },
	.words = words };
