/* SPDX-License-Identifier: Apache-2.0
 *
 * OpenVPN (openvpn(8)): "cert file", or the certificate itself between <cert> and </cert>.
 */
#include "init/readers/grammars.h"

static const struct grammar grammar = {
	.comment = "#;", .quotes = "\"'", .escapes = true, .lines = true, .tags = TAGS_RAW
};

static const struct word words[] = {
	{ .name = "cd", .role = ROLE_BASE, .at = 1, .bases = BASES_CERT_CA | 1u << BASE_INCLUDE },
	{ .name = "config", .role = ROLE_INCLUDE, .at = 1 },
	{ .name = "cert", .role = ROLE_CERT, .at = 1 },
	{ .name = "ca", .role = ROLE_CA, .at = 1 },
	{ .name = "extra-certs", .role = ROLE_CERT, .at = 1 },
	{ .name = "pkcs12", .role = ROLE_STORE, .at = 1 },
	{ .name = "crl-verify", .role = ROLE_CRL, .at = 1 },
	{ .name = "cert", .role = ROLE_INLINE, .raw = true },
	{ .name = "ca", .role = ROLE_INLINE, .raw = true },
	{ .name = "pkcs12", .role = ROLE_INLINE, .raw = true },
	{ 0 },
};
static const char *const mains[] = { "/etc/openvpn/*.conf", "/etc/openvpn/*.ovpn",
	"/etc/openvpn/server/*.conf", "/etc/openvpn/server/*.ovpn", "/etc/openvpn/client/*.conf",
	"/etc/openvpn/client/*.ovpn", NULL };

const struct reader reader_openvpn = { .name = "OpenVPN",
	.grammar = &grammar,
	.mains = mains,
	.base = { HOME, HOME, HOME },
	.words = words };
