/* SPDX-License-Identifier: Apache-2.0
 *
 * Tomcat's server.xml, whose paths begin at the folder above it.
 */
#include "init/readers/grammars.h"

static const struct grammar grammar = {
	.remark = { "<!--", "-->" }, .quotes = "\"'", .ends = ">", .parts = "<="
};

static const char *const folder_names[] = { "catalina.base", "catalina.home", NULL };

static const struct word words[] = {
	{ .name = "certificateFile", .role = ROLE_CERT, .at = 1, .anywhere = true },
	{ .name = "certificateChainFile", .role = ROLE_CERT, .at = 1, .anywhere = true },
	{ .name = "SSLCertificateFile", .role = ROLE_CERT, .at = 1, .anywhere = true },
	{ .name = "SSLCertificateChainFile", .role = ROLE_CERT, .at = 1, .anywhere = true },
	{ .name = "keystoreFile", .role = ROLE_STORE, .at = 1, .anywhere = true },
	{ .name = "certificateKeystoreFile", .role = ROLE_STORE, .at = 1, .anywhere = true },
	{ .name = "truststoreFile", .role = ROLE_CA, .at = 1, .anywhere = true },
	{ .name = "caCertificateFile", .role = ROLE_CA, .at = 1, .anywhere = true },
	{ 0 },
};

static const char *const mains[] = { "/var/lib/tomcat*/conf/server.xml",
	"/opt/tomcat*/conf/server.xml", "/opt/*/tomcat/conf/server.xml",
	"/usr/share/tomcat*/conf/server.xml", NULL };

const struct reader reader_tomcat = { .name = "Tomcat",
	.grammar = &grammar,
	.mains = mains,
	.base = { ABOVE, ABOVE, ABOVE },
	.forms = VALUE_BRACE,
	.folder_names = folder_names,
	.words = words };
