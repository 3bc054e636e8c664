/* SPDX-License-Identifier: Apache-2.0
 *
 * writers: which programs have a log open for writing, by /proc (proc_pid_fd(5),
 * proc_pid_fdinfo(5)).
 *
 * The kernel shows that to root and to the user of the program, and to nobody who is locked in by
 * Landlock: so it is looked at before the cell closes. That look is kept small for it runs with all
 * rights: it opens no log, reads no byte of one, follows no link to a file, and of what other
 * programs chose it keeps two texts unread, the path of a file and a program's name.
 *
 * It costs some milliseconds on a computer with many programs, so it is not made in each run: after
 * an hour, and when a name came or went in a folder of the logs, which is when a program can be
 * left behind with an old file.
 */
#ifndef PROBES_AUDIT_WRITERS_H
#define PROBES_AUDIT_WRITERS_H

#include "audit.h"

#include "probes/probe.h"

#define WRITERS_EVERY SPAN_H
#define WRITERS_TIME (500 * SPAN_MS) /* then the look ends, and has not seen all */
#define WRITERS_MAX 256              /* that are kept of one look */
#define WRITERS_NAME 16              /* bytes of a program's name with its NUL (TASK_COMM_LEN) */

struct writer {
	int pid, fd;
	char program[WRITERS_NAME]; /* as it calls itself */
	const char *path;           /* of the file; of a deleted one, the last it had */
	bool append;                /* O_APPEND */
	bool deleted, since;   /* it has no name any more; and was written to since it has none */
	instant born, written; /* the file: made, written to last; born 0: not known */
	uint64_t ino, size;    /* size: bytes */
};

enum writers_seen {
	WRITERS_NONE, /* it was not looked, or nothing could be seen */
	WRITERS_SOME, /* only programs of the same user, or time ran out */
	WRITERS_ALL
};

struct writers {
	enum writers_seen seen;
	instant at; /* wall: when it was looked last, perhaps by an earlier run; 0: never */
	bool all;   /* that look saw all programs */
	struct writer v[WRITERS_MAX];
	size_t n;
};

/* Of this run. Before the cell closed, probe_before has filled it. */
const struct writers *writers_now(void);

/* Ends the look: remembers that it was made, or, when something is wrong, that it is to be made
 * again in the next run. state: the check's folder. */
void writers_done(int state, bool wrong);

/* The octal number behind "flags:" in the text of fdinfo. False: there is none. Pure. */
bool writers_flags(const char *text, unsigned *flags);

/* Bytes of the folder at the start of an entry of `paths`, with its last /: what stands before a
 * wildcard. Pure. */
size_t writers_folder(const char *entry);

#endif
