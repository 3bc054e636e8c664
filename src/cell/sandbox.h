/* SPDX-License-Identifier: Apache-2.0
 *
 * sandbox: drops every right that a cell does not need, before it touches the first foreign byte.
 * In this order: the user root (cells with foreign code), limits (setrlimit), no core dump, all
 * capabilities, no_new_privs, files, sockets and signals (Landlock), system calls (seccomp). What
 * the kernel has and refuses is an error. A kernel without Landlock is said in sandbox_held; one
 * without seccomp is an error, unless the terms allow an unconfined run.
 *
 * Two sorts of cell. A strict one (neither NEED_EXEC nor NEED_MODULE) runs our own code: only the
 * calls it is known to need pass, the rest is "not there" (ENOSYS). One with foreign code passes
 * all but what reaches out of it. What is dangerous in either kills.
 */
#ifndef CELL_SANDBOX_H
#define CELL_SANDBOX_H

#include "base/err.h"
#include "base/fence.h"
#include "base/needs.h"
#include "base/span.h"
#include "conf/foreign.h"

#define SANDBOX_MEMORY ((unsigned long)1 << 30)      /* bytes of address space */
#define SANDBOX_FILE_SIZE ((unsigned long)512 << 20) /* bytes of any file it writes */
#define SANDBOX_FILES 1024                           /* descriptors */
#define SANDBOX_PROCESSES 128 /* that foreign code may add to those of its user */
#define SANDBOX_CPU_SHARE 8   /* seconds of CPU for each second of the run's time */

#define SANDBOX_PATHS_MAX 8
#define SANDBOX_GUARDED_MAX 512 /* paths in sandbox_terms.guarded; one more is an error */

/* Before sandbox_enter: one more file or folder that may be read afterwards, a list of authorities
 * for one. What is not there needs no right. Borrowed. */
void sandbox_also_read(const char *path);

/* Before sandbox_enter: one more folder in which files may be made, written and removed afterwards,
 * as somebody has configured; what is guarded from the cell stays so. Where this kernel has no
 * Landlock nothing could keep the cell to that folder, so that it gets no such right: making a file
 * fails with EACCES. What is not there, or is a link, needs no right. Borrowed. */
void sandbox_also_make(const char *folder);

struct sandbox_terms {
	unsigned needs; /* NEED_* of base/needs.h */
	/* It has all it needs in memory and in open descriptors: no call is left that opens,
	 * connects, starts or signals, and so none to which a user, a capability or a file could
	 * matter. Where this kernel filters no calls it is locked in like the others. */
	bool pure;
	int state_fd; /* the folder that stays writable, or -1 */
	span time;    /* how long the run may take; 0: no limit of CPU time is set */
	struct fence fence;
	const struct foreign *foreign; /* options of a cell with foreign code; NULL: none */
};

/* What confines this process since sandbox_enter. */
struct sandbox_held {
	bool calls; /* seccomp */
	int files;  /* ABI of Landlock that is in force, 0: none */
};

/* -1 with *e set: the rights that were not dropped yet are still there, so do nothing more. */
int sandbox_enter(const struct sandbox_terms *t, struct sandbox_held *held, struct err *e);

/* "seccomp, landlock 7", "seccomp, no landlock"; where no system calls are filtered it begins with
 * FENCE_NONE. */
const char *sandbox_text(const struct sandbox_held *held, char buf[FENCE_TEXT_MAX]);

/* Tests only lower what confines: FOREWARN_CELL in the environment of the starter (cell/child hands
 * it on, and nothing else can reach this process) is words joined by commas: landlock=N (at most
 * that ABI), no-seccomp, kill (an unknown call kills). Who may set it may also start other programs
 * in our place, and each result says what was in force; so it is honoured in every build. */
#define SANDBOX_FORCED "FOREWARN_CELL"

#endif
