/* SPDX-License-Identifier: Apache-2.0
 *
 * syslog: to this machine's log socket in the form of syslog(3), which is what journald and rsyslog
 * read there; to another machine as RFC 5424 over UDP (RFC 5426) or TCP with counted octets (RFC
 * 6587, 3.4.1).
 */
#ifndef SINKS_SYSLOG_SYSLOG_H
#define SINKS_SYSLOG_SYSLOG_H

#include "base/str.h"
#include "conf/schema.h"

#define SYSLOG_LINE_MAX                                                                            \
	2048 /* bytes of one message: what every receiver must take (RFC 5424, 6.1) */

struct syslog_conf {
	const char *socket, *server, *transport, *facility, *severity;
	int64_t port;
	span timeout;
};

/* The number before a message: 8 × facility + severity. Pure. */
int syslog_priority(const struct syslog_conf *c);

/* One message, one line, at most SYSLOG_LINE_MAX bytes of whole characters. text may hold anything.
 * host NULL: the local form. at: true time. Pure. */
void syslog_line(struct str *out, const struct syslog_conf *c, const char *host, const char *event,
    const char *text, instant at);

#endif
