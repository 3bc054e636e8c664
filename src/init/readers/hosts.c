/* SPDX-License-Identifier: Apache-2.0
 *
 * What runs or serves other machines: the Docker daemon, libvirt, Gitea, CUPS, chrony, NUT, xrdp,
 * Webmin.
 */
#include "init/readers/grammars.h"

static const struct grammar chrony = {
	.comment = "#!;%", .comment_starts_line = true, .lines = true
};

static const struct word words[] = {
	{ .name = "tlscert", .role = ROLE_CERT, .at = 1 },
	{ .name = "tlscacert", .role = ROLE_CA, .at = 1 },
	{ 0 },
};
static const char *const mains[] = { "/etc/docker/daemon.json", NULL };

const struct reader reader_docker = { .name = "Docker",
	.grammar = &grammar_json,
	.mains = mains,
	.base = { HOME, HOME, HOME },
	.words = words };

static const struct word words_libvirt[] = {
	{ .name = "cert_file", .role = ROLE_CERT, .at = 1 },
	{ .name = "ca_file", .role = ROLE_CA, .at = 1 },
	{ .name = "crl_file", .role = ROLE_CRL, .at = 1 },
	{ 0 },
};
static const char *const mains_libvirt[] = { "/etc/libvirt/libvirtd.conf",
	"/etc/libvirt/virtproxyd.conf", NULL };

const struct reader reader_libvirt = { .name = "libvirt",
	.grammar = &grammar_lines,
	.mains = mains_libvirt,
	.base = { HOME, HOME, HOME },
	.words = words_libvirt };

static const struct word words_gitea[] = {
	{ .name = "server/CERT_FILE", .role = ROLE_CERT, .at = 1 },
	{ 0 },
};
static const char *const mains_gitea[] = { "/etc/gitea/app.ini", "/etc/forgejo/app.ini", NULL };

const struct reader reader_gitea = { .name = "Gitea",
	.grammar = &grammar_ini,
	.mains = mains_gitea,
	.base = { HOME, HOME, HOME },
	.words = words_gitea };

static const struct word words_cups[] = {
	{ .name = "Include", .role = ROLE_INCLUDE, .at = 1, .optional = true },
	{ .name = "ServerCertificate", .role = ROLE_CERT, .at = 1 },
	{ 0 },
};
static const char *const mains_cups[] = { "/etc/cups/cupsd.conf", "/etc/cups/cups-files.conf",
	NULL };

const struct reader reader_cups = { .name = "CUPS",
	.grammar = &grammar_lines,
	.mains = mains_cups,
	.base = { HOME, HOME, HOME },
	.words = words_cups };

static const struct word words_chrony[] = {
	{ .name = "include", .role = ROLE_INCLUDE, .at = 1, .optional = true },
	{ .name = "confdir", .role = ROLE_INCLUDE, .suffix = ".conf", .optional = true },
	{ .name = "ntsservercert", .role = ROLE_CERT, .at = 1 },
	{ .name = "ntstrustedcerts", .role = ROLE_CA },
	{ 0 },
};
static const char *const mains_chrony[] = { "/etc/chrony/chrony.conf", "/etc/chrony.conf", NULL };
static const char *const others_chrony[] = { "/etc/chrony/conf.d/*.conf", NULL };

const struct reader reader_chrony = { .name = "chrony",
	.grammar = &chrony,
	.mains = mains_chrony,
	.others = others_chrony,
	.base = { HOME, HOME, HOME },
	.words = words_chrony };

static const struct word words_nut[] = {
	{ .name = "CERTFILE", .role = ROLE_CERT, .at = 1 },
	{ 0 },
};
static const char *const mains_nut[] = { "/etc/nut/upsd.conf", NULL };

const struct reader reader_nut = { .name = "NUT",
	.grammar = &grammar_lines,
	.mains = mains_nut,
	.base = { HOME, HOME, HOME },
	.words = words_nut };

static const struct word words_xrdp[] = {
	{ .name = "certificate", .role = ROLE_CERT, .at = 1 },
	{ 0 },
};
static const char *const mains_xrdp[] = { "/etc/xrdp/xrdp.ini", NULL };

const struct reader reader_xrdp = { .name = "xrdp",
	.grammar = &grammar_ini,
	.mains = mains_xrdp,
	.base = { HOME, HOME, HOME },
	.words = words_xrdp };

static const struct word words_webmin[] = {
	{ .name = "keyfile", .role = ROLE_CERT, .at = 1 },
	{ .name = "certfile", .role = ROLE_CERT, .at = 1 },
	{ .name = "extracas", .role = ROLE_CERT },
	{ 0 },
};
static const char *const mains_webmin[] = { "/etc/webmin/miniserv.conf",
	"/etc/usermin/miniserv.conf", NULL };

const struct reader reader_webmin = { .name = "Webmin",
	.grammar = &grammar_lines,
	.mains = mains_webmin,
	.base = { HOME, HOME, HOME },
	.words = words_webmin };
