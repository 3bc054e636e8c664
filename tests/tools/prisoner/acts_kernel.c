/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the acts on the kernel itself: its modules, mounts, clock, keys and name. All with arguments
 * that change nothing where the call is allowed.
 */
#include "prison.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <unistd.h>

/* Numbers that are the same on every architecture (asm-generic/unistd.h); older headers lack some.
 */
enum {
	NR_OPEN_TREE = 428,
	NR_MOVE_MOUNT = 429,
	NR_FSOPEN = 430,
	NR_FSCONFIG = 431,
	NR_FSMOUNT = 432,
	NR_FSPICK = 433,
	NR_MOUNT_SETATTR = 442,
	NR_QUOTACTL_FD = 443,
};

/* CALL(function, number, its arguments) */
#define CALL(name, ...)                                                                            \
	static int name(const struct prison *p)                                                    \
	{                                                                                          \
		(void)p;                                                                           \
		return reached(syscall(__VA_ARGS__));                                              \
	}

static const char nowhere[] = "/nowhere/at/all";

CALL(do_mount, SYS_mount, "none", nowhere, "tmpfs", 0UL, NULL)
CALL(do_umount, SYS_umount2, nowhere, 0)
CALL(do_chroot, SYS_chroot, "/")
CALL(do_pivot, SYS_pivot_root, nowhere, nowhere)
CALL(do_open_tree, NR_OPEN_TREE, AT_FDCWD, "/", 1U)
CALL(do_move_mount, NR_MOVE_MOUNT, -1, "", -1, "", 0U)
CALL(do_fsopen, NR_FSOPEN, "tmpfs", 0U)
CALL(do_fsconfig, NR_FSCONFIG, -1, 0U, NULL, NULL, 0)
CALL(do_fsmount, NR_FSMOUNT, -1, 0U, 0U)
CALL(do_fspick, NR_FSPICK, AT_FDCWD, nowhere, 0U)
CALL(do_mount_setattr, NR_MOUNT_SETATTR, -1, "", 0U, NULL, 0UL)
CALL(do_swapon, SYS_swapon, nowhere, 0)
CALL(do_swapoff, SYS_swapoff, nowhere)
CALL(do_quotactl, SYS_quotactl, 0x800001, nowhere, 0, NULL)
CALL(do_quotactl_fd, NR_QUOTACTL_FD, -1, 0x800001U, 0, NULL)
CALL(do_acct, SYS_acct, nowhere)
CALL(do_bpf, SYS_bpf, 0, NULL, 0U)
CALL(do_keyctl, SYS_keyctl, 0, -3, 0, 0, 0)
CALL(do_add_key, SYS_add_key, "user", "forewarn-prisoner", NULL, 0UL, 0)
CALL(do_request_key, SYS_request_key, "user", "forewarn-prisoner", NULL, 0)
CALL(do_perf, SYS_perf_event_open, NULL, 0, -1, -1, 0UL)
CALL(do_init_module, SYS_init_module, NULL, 0UL, "")
CALL(do_finit_module, SYS_finit_module, -1, "", 0)
CALL(do_delete_module, SYS_delete_module, "forewarn_no_such", 0U)
CALL(do_kexec, SYS_kexec_load, 0UL, 0UL, NULL, ~0UL)
CALL(do_reboot, SYS_reboot, 0, 0, 0, NULL)
CALL(do_sethostname, SYS_sethostname, NULL, 65UL)
CALL(do_setdomainname, SYS_setdomainname, NULL, 65UL)
CALL(do_settimeofday, SYS_settimeofday, (void *)1, NULL)
CALL(do_clock_settime, SYS_clock_settime, 0, (void *)1)
CALL(do_syslog, SYS_syslog, 3, NULL, 0)
CALL(do_userfaultfd, SYS_userfaultfd, O_CLOEXEC | 1)
CALL(do_vhangup, SYS_vhangup)
CALL(do_setns, SYS_setns, -1, 0)
CALL(do_unshare_user, SYS_unshare, CLONE_NEWUSER)
CALL(do_unshare_mount, SYS_unshare, CLONE_NEWNS)
CALL(do_handle, SYS_open_by_handle_at, -1, NULL, 0)
CALL(do_name_to_handle, SYS_name_to_handle_at, AT_FDCWD, nowhere, NULL, NULL, 0)
CALL(do_fanotify, SYS_fanotify_init, 0U, 0U)
CALL(do_message_queue, SYS_msgget, 0x4657, 0)
CALL(do_semaphore, SYS_semget, 0x4657, 1, 0)
CALL(do_shared_memory, SYS_shmget, 0x4657, 1UL, 0)
CALL(do_posix_queue, SYS_mq_open, "forewarn-prisoner", O_RDONLY, 0, NULL)
CALL(do_personality, SYS_personality, 0x0040000UL)
#ifdef SYS_iopl
CALL(do_iopl, SYS_iopl, 4)
CALL(do_ioperm, SYS_ioperm, 0x80UL, 1UL, 4)
CALL(do_modify_ldt, SYS_modify_ldt, 1, NULL, 0UL)
#endif

/* Everybody may read how the clock is kept. This would set it, to a value that no kernel takes
 * (adjtimex(2): ADJ_TICK out of range is EINVAL, after the right was looked for). */
static int
set_clock_rate(const struct prison *p)
{
	struct timex never = { .modes = ADJ_TICK, .tick = 0 };

	(void)p;
	return reached(adjtimex(&never));
}

static int
do_clock_adjtime(const struct prison *p)
{
	struct timex never = { .modes = ADJ_TICK, .tick = 0 };

	(void)p;
	return reached(syscall(SYS_clock_adjtime, CLOCK_REALTIME, &never));
}

const struct act kernel_acts[] = { { "mount", do_mount }, { "umount", do_umount },
	{ "chroot", do_chroot }, { "pivot-root", do_pivot }, { "open-tree", do_open_tree },
	{ "move-mount", do_move_mount }, { "fsopen", do_fsopen }, { "fsconfig", do_fsconfig },
	{ "fsmount", do_fsmount }, { "fspick", do_fspick }, { "mount-setattr", do_mount_setattr },
	{ "swapon", do_swapon }, { "swapoff", do_swapoff }, { "quotactl", do_quotactl },
	{ "quotactl-fd", do_quotactl_fd }, { "acct", do_acct }, { "bpf", do_bpf },
	{ "keyctl", do_keyctl }, { "add-key", do_add_key }, { "request-key", do_request_key },
	{ "perf", do_perf }, { "init-module", do_init_module }, { "finit-module", do_finit_module },
	{ "delete-module", do_delete_module }, { "kexec", do_kexec }, { "reboot", do_reboot },
	{ "host-name", do_sethostname }, { "domain-name", do_setdomainname },
	{ "settimeofday", do_settimeofday }, { "clock-settime", do_clock_settime },
	{ "clock-adjtime", do_clock_adjtime }, { "adjtimex-set", set_clock_rate },
	{ "kernel-log", do_syslog }, { "userfaultfd", do_userfaultfd }, { "vhangup", do_vhangup },
	{ "setns", do_setns }, { "unshare-user", do_unshare_user },
	{ "unshare-mount", do_unshare_mount }, { "open-by-handle", do_handle },
	{ "name-to-handle", do_name_to_handle }, { "fanotify", do_fanotify },
	{ "message-queue", do_message_queue }, { "semaphore", do_semaphore },
	{ "shared-memory", do_shared_memory }, { "posix-queue", do_posix_queue },
	{ "personality", do_personality },
#ifdef SYS_iopl
	{ "iopl", do_iopl }, { "ioperm", do_ioperm }, { "modify-ldt", do_modify_ldt },
#endif
	{ 0 } };
