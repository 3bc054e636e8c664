/* SPDX-License-Identifier: Apache-2.0
 *
 * settings: the configuration of the programs that set logs aside and delete what is old, read once
 * a run when the first log asks for it. Files that this program may not read are said, and never
 * guessed at.
 */
#ifndef PROBES_AUDIT_SETTINGS_H
#define PROBES_AUDIT_SETTINGS_H

#include "audit.h"
#include "kept_conf.h"
#include "rotate_conf.h"

struct settings {
	const struct audit_conf *conf;
	struct arena *arena;
	/* read by settings_logrotate */
	bool read;
	struct rotate_conf logrotate;
	struct err why;     /* what of it could not be read; code ERR_NONE: nothing */
	const char *status; /* logrotate's own notes, nstatus bytes; NULL: none that can be read */
	size_t nstatus;
	struct err
	    status_why; /* why they cannot be read; code ERR_NONE: they can, or there are none
			 */
	instant ran;    /* when logrotate wrote them last: at the end of each run; 0: not known */
	/* read by settings_auditd */
	bool auditd_read;
	const char *auditd_file; /* NULL: there is none that can be read */
	struct err auditd_why;   /* why not; code ERR_NONE: there is none */
	struct kept_auditd auditd;
};

struct settings settings_of(const struct audit_conf *conf, struct arena *a);

/* Reads logrotate's configuration and notes, once. Blocks on the disk. */
void settings_logrotate(struct settings *s);

/* Reads auditd's configuration, once. Blocks on the disk. */
void settings_auditd(struct settings *s);

/* The same where it is of this log; NULL: it is not. */
const struct kept_auditd *settings_auditd_of(struct settings *s, const char *path);

/* journald's, with its drop-ins, into *j; what cannot be read is in *why. */
void settings_journald(struct settings *s, struct kept_journald *j, struct err *why);

/* "FILE:LINE" in the arena; NULL: no line says it. */
const char *settings_line(const struct settings *s, const struct rotate_line *at);

#endif
