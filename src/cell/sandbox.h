/* SPDX-License-Identifier: Apache-2.0
 *
 * sandbox: drops every right that a cell does not need, before it touches the first foreign byte.
 * In this order: limits (setrlimit), no core dump, all capabilities, no_new_privs, files
 * (Landlock), system calls (seccomp). What the kernel does not have (Landlock before 5.13) is left
 * out; what it has and refuses is an error.
 *
 * First form of the call filter: dangerous calls kill, the rest pass. The strict list of what each
 * kind of work may call comes with the proof of all of it.
 */
#ifndef CELL_SANDBOX_H
#define CELL_SANDBOX_H

#include "base/err.h"
#include "base/needs.h"

#define SANDBOX_MEMORY ((unsigned long)1 << 30)      /* bytes of address space */
#define SANDBOX_FILE_SIZE ((unsigned long)512 << 20) /* bytes of any file it writes */
#define SANDBOX_FILES 1024                           /* descriptors */

#define SANDBOX_PATHS_MAX 8

/* Before sandbox_enter: one more file or folder that may be read afterwards, a list of authorities
 * for one. What is not there needs no right. Borrowed. */
void sandbox_also_read(const char *path);

/* needs: NEED_* of base/needs.h. state_fd: the folder that stays writable, or -1. */
int sandbox_enter(unsigned needs, int state_fd, struct err *e);

/* The single steps, in files of their own. */
int sandbox_files(unsigned needs, int state_fd, struct err *e); /* Landlock */
int sandbox_calls(unsigned needs, struct err *e);               /* seccomp */

#endif
