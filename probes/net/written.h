/* SPDX-License-Identifier: Apache-2.0
 *
 * written: how a place in the network is written in a configuration: "SCHEME://HOST:PORT/PATH",
 * with "NAME = " before it for people. Pure.
 */
#ifndef PROBES_NET_WRITTEN_H
#define PROBES_NET_WRITTEN_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WRITTEN_NAME_MAX 64  /* bytes of a name that stands before " = " */
#define WRITTEN_HOST_MAX 253 /* RFC 1035, 2.3.4, as text without the last dot */
#define WRITTEN_PATH_MAX 512 /* bytes of a path with its query */

struct written_scheme {
	const char *prefix; /* "http://"; NULL ends a list */
	uint16_t port;      /* 0: it must be written */
	bool path;          /* there may be one */
};

struct written {
	char name[WRITTEN_NAME_MAX + 1]; /* without one, the host, as much as fits */
	const char *url;                 /* within the text, behind the name */
	size_t scheme;                   /* place in the list */
	char host[WRITTEN_HOST_MAX + 1]; /* without the brackets of an address */
	uint16_t port;
	char path[WRITTEN_PATH_MAX + 1]; /* from its "/" on; "/" where none is written */
};

/* starts: how one begins, for the refusal of another: "a machine starts with smb:// or ntp://". -1
 * with *e set. */
int written_parse(const char *text, const struct written_scheme *schemes, const char *starts,
    struct written *out, struct err *e);

/* Takes "NAME = " off the text, where it has one; out->name stays "" else. -1 with *e set. */
int written_take_name(const char **text, char name[WRITTEN_NAME_MAX + 1], struct err *e);

/* The n bytes "host", "host:port", "[v6]", "[v6]:port"; *port stays as it is without one. -1 with
 * *e set. */
int written_take_host(
    const char *p, size_t n, char host[WRITTEN_HOST_MAX + 1], uint16_t *port, struct err *e);

#endif
