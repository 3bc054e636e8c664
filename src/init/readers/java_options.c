/* SPDX-License-Identifier: Apache-2.0
 *
 * Java programs: key stores named on a command line (-Djavax.net.ssl.keyStore=…).
 */
#include "init/readers/grammars.h"

/* A command line stands within quotes, so they part words as blanks do. */
static const struct grammar options = {
	.comment = "#", .lines = true, .parts = "=\"'", .backslash_continues = true
};

static const struct word words[] = {
	{ .name = "-Djavax.net.ssl.keyStore", .role = ROLE_STORE, .at = 1, .anywhere = true },
	{ 0 },
};

static const char *const mains[] = { "/etc/default/tomcat*", "/etc/default/jenkins",
	"/etc/sysconfig/tomcat", "/opt/*/bin/setenv.sh", "/var/lib/tomcat*/bin/setenv.sh", NULL };

const struct reader reader_java = {
	.name = "Java", .grammar = &options, .mains = mains, .words = words
};
