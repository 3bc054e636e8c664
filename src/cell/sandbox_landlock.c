/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the calls of Landlock.
 */
#include "cell/sandbox_landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LANDLOCK_CREATE_RULESET_VERSION 1U
#define LANDLOCK_RULE_PATH_BENEATH 1
#define LANDLOCK_RULE_NET_PORT 2

struct path_beneath_attr {
	uint64_t allowed_access;
	int32_t parent_fd;
} __attribute__((packed));

struct net_port_attr {
	uint64_t allowed_access;
	uint64_t port;
};

long
landlock_abi(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

int
landlock_begin(const struct landlock_attr *attr, struct err *e)
{
	long ruleset = syscall(SYS_landlock_create_ruleset, attr, sizeof(*attr), 0);

	return ruleset < 0 ? err_sys(e, "landlock_create_ruleset") : (int)ruleset;
}

int
landlock_allow(int ruleset, int fd, uint64_t rights, struct err *e)
{
	struct path_beneath_attr rule = { rights, fd };
	struct stat st;

	/* the kernel refuses rights of folders on a file */
	if (fstat(fd, &st) == 0 && !S_ISDIR(st.st_mode))
		rule.allowed_access &= FS_OF_FILE;
	if (rule.allowed_access == 0)
		return 0;
	/* a link, or a place that cannot have rules (a socket's pseudo file): it needs none */
	if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) < 0 &&
	    errno != EBADFD)
		return err_sys(e, "landlock_add_rule");
	return 0;
}

int
landlock_allow_path(int ruleset, const char *path, int flags, uint64_t rights, struct err *e)
{
	int fd = open(path, O_PATH | O_CLOEXEC | flags), rc;

	if (fd < 0)
		return 0;
	rc = landlock_allow(ruleset, fd, rights, e);
	close(fd);
	return rc;
}

int
landlock_allow_port(int ruleset, int port, struct err *e)
{
	struct net_port_attr rule = { NET_CONNECT_TCP, (uint64_t)port };

	if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_NET_PORT, &rule, 0) < 0)
		return err_sys(e, "landlock_add_rule");
	return 0;
}

int
landlock_restrict(int ruleset, struct err *e)
{
	if (syscall(SYS_landlock_restrict_self, ruleset, 0) < 0)
		return err_sys(e, "landlock_restrict_self");
	return 0;
}
