/* SPDX-License-Identifier: Apache-2.0
 *
 * sandbox_landlock: Landlock (kernel 5.13 and later) by raw calls. Debian 12's headers lack the
 * newer rights, so the constants are ours (Documentation/userspace-api/landlock.rst).
 */
#ifndef CELL_SANDBOX_LANDLOCK_H
#define CELL_SANDBOX_LANDLOCK_H

#include "base/err.h"

#include <stdint.h>

enum {
	FS_EXECUTE = 1 << 0,
	FS_WRITE_FILE = 1 << 1,
	FS_READ_FILE = 1 << 2,
	FS_READ_DIR = 1 << 3,
	FS_REMOVE_FILE = 1 << 5,
	FS_MAKE_REG = 1 << 8,
	FS_REFER = 1 << 13,
	FS_TRUNCATE = 1 << 14,
	FS_IOCTL_DEV = 1 << 15,
	FS_ABI1 = (1 << 13) - 1,
	NET_BIND_TCP = 1 << 0,
	NET_CONNECT_TCP = 1 << 1,
	SCOPE_ABSTRACT_UNIX = 1 << 0,
	SCOPE_SIGNAL = 1 << 1,
};

#define FS_READ (FS_READ_FILE | FS_READ_DIR)
/* to make a file in a folder, look at it, write it and take it away */
#define FS_MAKE (FS_READ | FS_WRITE_FILE | FS_MAKE_REG | FS_REMOVE_FILE)
/* what a file, unlike a folder, can have */
#define FS_OF_FILE (FS_EXECUTE | FS_WRITE_FILE | FS_READ_FILE | FS_TRUNCATE | FS_IOCTL_DEV)

/* Older kernels know only its beginning, and take the rest as long as it is zero. */
struct landlock_attr {
	uint64_t handled_access_fs;
	uint64_t handled_access_net; /* since ABI 4 */
	uint64_t scoped;             /* since ABI 6 */
};

long landlock_abi(void); /* what this kernel has; below 1: none */

/* A descriptor of a set of rules without any, the caller's to close; -1 with *e set. */
int landlock_begin(const struct landlock_attr *attr, struct err *e);

/* The rights for what fd (O_PATH) names and all beneath it. Rights that do not fit a file are left
 * out. */
int landlock_allow(int ruleset, int fd, uint64_t rights, struct err *e);

/* The same for what stands at path, opened with flags besides O_PATH. What is not on this machine
 * needs no rule. */
int landlock_allow_path(int ruleset, const char *path, int flags, uint64_t rights, struct err *e);

/* The right to connect to that TCP port of any host; from ABI 4 on. */
int landlock_allow_port(int ruleset, int port, struct err *e);

/* From now on this process has no more than that. */
int landlock_restrict(int ruleset, struct err *e);

#endif
