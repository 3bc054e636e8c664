/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns which files a cell may still touch. Landlock (kernel 5.13 and later) by raw calls: Debian
 * 12's headers lack the newer rights, so the constants are ours
 * (Documentation/userspace-api/landlock.rst).
 */
#include "cell/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LANDLOCK_CREATE_RULESET_VERSION 1U
#define LANDLOCK_RULE_PATH_BENEATH 1

enum {
	FS_EXECUTE = 1 << 0,
	FS_WRITE_FILE = 1 << 1,
	FS_READ_FILE = 1 << 2,
	FS_READ_DIR = 1 << 3,
	FS_REFER = 1 << 13,
	FS_TRUNCATE = 1 << 14,
	FS_ABI1 = (1 << 13) - 1,
};

#define FS_READ (FS_READ_FILE | FS_READ_DIR)

struct ruleset_attr {
	uint64_t handled_access_fs;
};

struct path_beneath_attr {
	uint64_t allowed_access;
	int32_t parent_fd;
} __attribute__((packed));

static const char *also[SANDBOX_PATHS_MAX];
static size_t nalso;

void
sandbox_also_read(const char *path)
{
	if (nalso < SANDBOX_PATHS_MAX)
		also[nalso++] = path;
}

static int
allow_fd(int ruleset, int fd, uint64_t rights, struct err *e)
{
	struct path_beneath_attr rule = { rights, fd };

	if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) < 0)
		return err_sys(e, "landlock_add_rule");
	return 0;
}

/* A place that is not on this machine needs no rule. */
static int
allow_path(int ruleset, const char *path, uint64_t rights, struct err *e)
{
	int fd = open(path, O_PATH | O_CLOEXEC);
	struct stat st;
	int rc;

	if (fd < 0)
		return 0;
	/* the kernel refuses rights of folders on a file */
	if (fstat(fd, &st) == 0 && !S_ISDIR(st.st_mode))
		rights &= ~(uint64_t)FS_READ_DIR;
	rc = allow_fd(ruleset, fd, rights, e);
	close(fd);
	return rc;
}

static int
add_rules(int ruleset, unsigned needs, int state_fd, uint64_t all, struct err *e)
{
	/* what name resolution reads: its settings, its plug-ins, its daemons' sockets */
	static const char *const resolver[] = { "/etc", "/lib", "/lib64", "/usr/lib", "/usr/lib64",
		"/run", "/var/run", "/proc/self", NULL };

	if ((needs & NEED_FILES) && allow_path(ruleset, "/", FS_READ, e) < 0)
		return -1;
	for (size_t i = 0; (needs & NEED_NET) && resolver[i] != NULL; i++)
		if (allow_path(ruleset, resolver[i], FS_READ, e) < 0)
			return -1;
	for (size_t i = 0; i < nalso; i++)
		if (allow_path(ruleset, also[i], FS_READ, e) < 0)
			return -1;
	if ((needs & NEED_STATE) && state_fd >= 0 &&
	    allow_fd(ruleset, state_fd, all & ~(uint64_t)FS_EXECUTE, e) < 0)
		return -1;
	return 0;
}

int
sandbox_files(unsigned needs, int state_fd, struct err *e)
{
	struct ruleset_attr attr = { FS_ABI1 };
	long abi;
	int ruleset, rc;

	/* a foreign program or module may need any file of its own */
	if (needs & (NEED_EXEC | NEED_MODULE))
		return 0;
	abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	if (abi < 1)
		return 0;
	if (abi >= 2)
		attr.handled_access_fs |= FS_REFER;
	if (abi >= 3)
		attr.handled_access_fs |= FS_TRUNCATE;
	ruleset = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof(attr), 0);
	if (ruleset < 0)
		return err_sys(e, "landlock_create_ruleset");
	rc = add_rules(ruleset, needs, state_fd, attr.handled_access_fs, e);
	if (rc == 0 && syscall(SYS_landlock_restrict_self, ruleset, 0) < 0)
		rc = err_sys(e, "landlock_restrict_self");
	close(ruleset);
	return rc;
}
