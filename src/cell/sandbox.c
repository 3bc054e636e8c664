/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the order in which rights are dropped, the limits and the capabilities.
 */
#include "cell/sandbox.h"

#include <errno.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_ASAN 1 /* its shadow memory needs terabytes of address space */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNDER_ASAN 1
#endif
#endif

static int
limit(int what, rlim_t max, struct err *e)
{
	struct rlimit r;

	if (getrlimit(what, &r) < 0)
		return err_sys(e, "getrlimit");
	if (r.rlim_max > max)
		r.rlim_max = max;
	r.rlim_cur = r.rlim_max;
	if (setrlimit(what, &r) < 0)
		return err_sys(e, "setrlimit");
	return 0;
}

static int
limits(unsigned needs, struct err *e)
{
	if (limit(RLIMIT_CORE, 0, e) < 0 || limit(RLIMIT_NOFILE, SANDBOX_FILES, e) < 0 ||
	    limit(RLIMIT_FSIZE, SANDBOX_FILE_SIZE, e) < 0)
		return -1;
#ifndef UNDER_ASAN
	/* another program has needs of its own: an interpreter may reserve what it never touches */
	if (!(needs & NEED_EXEC) && limit(RLIMIT_AS, SANDBOX_MEMORY, e) < 0)
		return -1;
#else
	(void)needs;
#endif
	return 0;
}

static int
drop_capabilities(struct err *e)
{
	struct __user_cap_header_struct h = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct none[2] = { 0 }, now[2];

	/* until there is no such capability (EINVAL); a normal user has none and may not (EPERM) */
	for (unsigned long cap = 0; prctl(PR_CAPBSET_DROP, cap) == 0; cap++)
		;
	prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0L, 0L, 0L);
	/* nothing to drop, and a filter of our starter may forbid even that */
	if (syscall(SYS_capget, &h, now) == 0 && memcmp(now, none, sizeof(none)) == 0)
		return 0;
	if (syscall(SYS_capset, &h, none) < 0)
		return err_sys(e, "dropping capabilities");
	return 0;
}

int
sandbox_enter(unsigned needs, int state_fd, struct err *e)
{
	if (limits(needs, e) < 0 || drop_capabilities(e) < 0)
		return err_wrap(e, "sandbox");
	if (prctl(PR_SET_DUMPABLE, 0) < 0 || prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) < 0)
		return err_sys(e, "sandbox: prctl");
	if (sandbox_files(needs, state_fd, e) < 0 || sandbox_calls(needs, e) < 0)
		return err_wrap(e, "sandbox");
	return 0;
}
