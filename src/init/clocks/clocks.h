/* SPDX-License-Identifier: Apache-2.0
 *
 * clocks: which time servers the time services of a machine ask, each service read by its own
 * rules. Reads files only, changes nothing, asks nobody.
 */
#ifndef INIT_CLOCKS_CLOCKS_H
#define INIT_CLOCKS_CLOCKS_H

#include "base/arena.h"
#include "base/err.h"
#include "init/readers/listener.h"

#include <stdbool.h>
#include <stddef.h>

#define CLOCKS_SERVERS_MAX 64              /* servers of one check; a majority needs no more */
#define CLOCKS_LEFT_MAX 100                /* things seen and not taken that are told */
#define CLOCKS_FILES_MAX 1000              /* files of all services together */
#define CLOCKS_FILE_MAX ((size_t)1 << 20)  /* bytes of one */
#define CLOCKS_BYTES_MAX ((size_t)4 << 20) /* bytes of all files together */
#define CLOCKS_DEPTH_MAX 10                /* files that include files */
#define CLOCKS_FOLDERS_MAX 10              /* folders of one confdir or sourcedir (chrony.conf) */
#define CLOCKS_NAME_MAX 253                /* RFC 1035, 2.3.4, as text without the last dot */
#define CLOCKS_OWN_MAX 1000                /* names and addresses of this computer */
#define CLOCKS_SHOWN_MAX ((size_t)120)     /* bytes of a statement that is told */

/* A server that was taken. */
struct time_server {
	const char
	    *text; /* as `servers` of the clock probe has it: "name", "[v6]:port", "nts://…" */
	const char *name; /* without a scheme, brackets and port */
	unsigned port;    /* UDP port; with nts the TCP port of the key exchange */
	bool nts;
	struct spot spot;
};

/* What was seen and not taken. */
struct time_left {
	const char *words, *why;
	struct spot spot;
	bool keeps; /* it keeps this clock, in the place of a time server */
};

struct clocks {
	struct arena *arena; /* the caller's: all texts lie in it */
	const char *root;    /* "" for this machine */
	const char *host;    /* name of this computer, "" where the root is another one */
	bool alive; /* the root is this machine: its addresses may be asked of the kernel */
	void *self; /* for unread: a file that could not be read */
	void (*unread)(void *self, const char *path, const struct err *e);

	struct time_server *servers;
	size_t nservers, servers_cap, more_servers;
	struct time_left *left;
	size_t nleft, left_cap, more_left;

	/* while services are read */
	const char *program; /* the service, as people call it */
	const char *why_not; /* the service is not in use, in words; NULL: it is */
	size_t named;        /* servers that services in use name, the refused ones too */
	size_t files, bytes; /* read so far */
	int depth;           /* of the file that is read: how many include it */
	bool network_read;   /* what systemd-networkd has was looked at */
	const char **own;    /* names and addresses of this computer */
	size_t nown, own_cap;
};

/* Fills servers and left; arena, root, host, alive and unread are set by the caller. */
void clocks_find(struct clocks *c);

#endif
