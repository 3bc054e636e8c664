/* SPDX-License-Identifier: Apache-2.0
 *
 * admits: what a record of a log says about the log itself: that messages were lost, that recording
 * was switched off or on. Only the words of the program that writes the log count, under its own
 * name; the same words in a text of another program are no testimony. Pure.
 *
 * Sources: rsyslog runtime/ratelimit.c and plugins/imuxsock; systemd src/journal (journald-server,
 * -syslog, -kmsg); Linux kernel/audit.c and lib/ratelimit.c; audit-userspace src/auditd.c and
 * auditd-event.c; the log of the Windows firewall (W3C). "N callbacks suppressed" of the kernel is
 * left out: healthy machines write it every day.
 */
#ifndef PROBES_AUDIT_ADMITS_H
#define PROBES_AUDIT_ADMITS_H

#include "record.h"

#define ADMITS_TEXT ((size_t)512)   /* bytes of a record that are looked at */
#define ADMITS_USER_NONE UINT32_MAX /* auid of nobody who logged in */

enum admit {
	ADMIT_NOTHING,
	ADMIT_LOST, /* messages are not in the log */
	ADMIT_OFF,  /* recording ends here */
	ADMIT_ON,   /* recording begins again here */
	ADMIT_RUNS, /* a record that is only written while recording is on */
	ADMIT_DOWN, /* the machine is being shut down */
	ADMIT_BOOT  /* the machine starts */
};

/* Who admits it. The first five are also the keys of findings (spec.c). */
enum admit_from {
	FROM_RSYSLOG,
	FROM_JOURNAL,
	FROM_KERNEL,
	FROM_AUDIT, /* the kernel's audit part: what it lost, and its switch audit_enabled */
	FROM_FIREWALL,
	FROM_AUDITD, /* the program that writes audit.log */
	FROM_N
};

struct admission {
	enum admit what;
	enum admit_from from;
	uint64_t count; /* messages lost; 0: the record does not say how many */
	bool total;     /* count is of all since the machine started, not of this record alone */
	uint64_t node;  /* a hash of the computer's name in the record; 0: it has none */
	uint64_t user;  /* auid of who asked for it; ADMITS_USER_NONE: not known */
};

/* The record's n bytes, without its line end. false: it admits nothing, and *out is undefined. */
bool admits_read(enum format format, const char *rec, size_t n, struct admission *out);

/* The hash of the computer's name in a record of auditd ("node=NAME "), as in struct admission. */
uint64_t admits_node(const char *rec, size_t n);

#endif
