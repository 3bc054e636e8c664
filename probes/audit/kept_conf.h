/* SPDX-License-Identifier: Apache-2.0
 *
 * kept_conf: what the configurations of logrotate, auditd and journald say of how much is kept, in
 * the terms of keeping.h. Sources: logrotate(8), auditd.conf(5) of audit 4.0, journald.conf(5) of
 * systemd 257. Pure.
 */
#ifndef PROBES_AUDIT_KEPT_CONF_H
#define PROBES_AUDIT_KEPT_CONF_H

#include "keeping.h"
#include "rotate_conf.h"

#include <limits.h>

#define KEPT_CONF_MAX ((size_t)256 << 10) /* bytes of a file of auditd or journald */

struct keeping_terms kept_logrotate(const struct rotate_terms *t);

/* auditd.conf. */
struct kept_auditd {
	char log_file[PATH_MAX]; /* "": not said */
	uint64_t megabytes;      /* max_log_file, 2^20 bytes; 0: not said */
	uint64_t files;          /* num_logs */
	bool rotates, stays;     /* max_log_file_action: rotate; keep_logs or ignore */
	bool suspends;           /* it stops recording once the log has max_log_file */
	uint64_t spare;   /* admin_space_left, 2^20 bytes, where it stops recording at that */
	bool spare_stops; /* admin_space_left_action: suspend, single or halt */
	unsigned line;    /* that says how many, else the action */
	unsigned odd;     /* the first line whose value is none; 0: all are */
};
void kept_auditd_read(struct kept_auditd *a, const char *text, size_t n);
struct keeping_terms kept_auditd(const struct kept_auditd *a);

/* Bytes that a log of `size` may still grow by before auditd stops recording, on a disk with so
 * much room. */
uint64_t kept_auditd_room(const struct kept_auditd *a, uint64_t size, uint64_t room);

/* journald.conf and its drop-ins, one after the other: what is said last holds. */
struct kept_journald {
	uint64_t max_use, keep_free, file_size, files; /* of the journal on the disk; 0: not said */
	bool keep_free_said;
	span retention;
	const char *file; /* that says one of these last; NULL: none does */
	unsigned line;
	const char *odd_file; /* a line whose value is none; NULL: all are */
	unsigned odd;
};
void kept_journald_read(struct kept_journald *j, const char *file, const char *text, size_t n);

/* What nothing says depends on the disk: bytes of its file system, free ones, and those that the
 * journal has now. */
struct keeping_terms kept_journald(
    const struct kept_journald *j, uint64_t disk, uint64_t room, uint64_t used);

#endif
