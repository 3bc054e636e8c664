/* SPDX-License-Identifier: Apache-2.0
 *
 * libvirt (libvirtd.conf).
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "cert_file", .role = ROLE_CERT, .at = 1 },
	{ .name = "ca_file", .role = ROLE_CA, .at = 1 },
	{ .name = "crl_file", .role = ROLE_CRL, .at = 1 },
	{ 0 },
};

static const char *const mains[] = { "/etc/libvirt/libvirtd.conf", "/etc/libvirt/virtproxyd.conf",
	NULL };

const struct reader reader_libvirt = { .name = "libvirt",
	.grammar = &grammar_lines,
	.mains = mains,
	.base = { HOME, HOME, HOME },
	.words = words };
