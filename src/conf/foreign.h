/* SPDX-License-Identifier: Apache-2.0
 *
 * foreign: the options that every kind with foreign code in its cell has (NEED_EXEC, NEED_MODULE).
 */
#ifndef CONF_FOREIGN_H
#define CONF_FOREIGN_H

#include "base/needs.h"
#include "conf/schema.h"

#define FOREIGN_WRITES_MAX 16
#define FOREIGN_NETWORK_MAX 16 /* places that it may speak to */

struct foreign {
	const char *user;    /* whom it runs as when we are root; NULL: forewarn, else nobody */
	struct texts writes; /* files and folders it may write besides /tmp and its like */
	/* "host:port", of a kind without NEED_NET: the ports that it may connect to. None: it has
	 * no internet sockets at all. */
	struct texts network;
};

/* Rows of an option table; the struct has a member `struct foreign foreign`. */
#define FOREIGN_OPTS(type_)                                                                        \
	{ .name = "user",                                                                          \
		.type = OPT_TEXT,                                                                  \
		.offset = offsetof(type_, foreign.user),                                           \
		.help =                                                                            \
		    "whom it runs as where forewarn is root; without it forewarn, else nobody",    \
		.example = "\"nagios\"" },                                                         \
	{                                                                                          \
		.name = "writes", .type = OPT_TEXTS, .offset = offsetof(type_, foreign.writes),    \
		.help = "files and folders it may write, besides /tmp, /var/tmp and /dev/shm",     \
		.example = "[ \"/var/lib/nagios\" ]"                                               \
	}

/* The port of "host:port" or "[v6]:port", 1 to 65535; -1 with *e set. Pure. */
int foreign_port(const char *text, struct err *e);

/* What a cell needs for these options besides the needs of its kind (NEED_NET or 0). f may be NULL.
 */
unsigned foreign_needs(const struct foreign *f);

/* What the table cannot say: -1 with *e set and *opt the option at fault. Pure. */
int foreign_check(const struct foreign *f, const char **opt, struct err *e);

#endif
