/* SPDX-License-Identifier: Apache-2.0
 *
 * Java: Tomcat's server.xml, whose paths begin at the folder above it, and the key stores named on
 * command lines (-Djavax.net.ssl.keyStore=…).
 */
#include "init/readers/grammars.h"

static const struct grammar grammar = {
	.remark = { "<!--", "-->" }, .quotes = "\"'", .ends = ">", .parts = "<="
};
/* A command line stands within quotes, so they part words as blanks do. */
static const struct grammar options = {
	.comment = "#", .lines = true, .parts = "=\"'", .backslash_continues = true
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

static const struct word words_java[] = {
	{ .name = "-Djavax.net.ssl.keyStore", .role = ROLE_STORE, .at = 1, .anywhere = true },
	{ 0 },
};
static const char *const mains_java[] = { "/etc/default/tomcat*", "/etc/default/jenkins",
	"/etc/sysconfig/tomcat", "/opt/*/bin/setenv.sh", "/var/lib/tomcat*/bin/setenv.sh", NULL };

const struct reader reader_java = {
	.name = "Java", .grammar = &options, .mains = mains_java, .words = words_java
};
