/* SPDX-License-Identifier: Apache-2.0
 *
 * calls: which system calls stand on which list. Names that this libseccomp or this architecture
 * does not have are passed over.
 */
#ifndef CELL_GEN_CALLS_H
#define CELL_GEN_CALLS_H

#include <stddef.h>

/* clang-format off */

/* No cell ever has a reason for these: they reach into other processes, the kernel or the clock. */
static const char *const deadly[] = {
	"acct", "add_key", "bpf", "chroot", "clock_settime", "delete_module", "fanotify_init",
	"finit_module", "fsconfig", "fsmount", "fsopen", "fspick", "init_module", "iopl", "ioperm",
	"kcmp", "kexec_file_load", "kexec_load", "keyctl", "lookup_dcookie", "migrate_pages", "mount",
	"mount_setattr", "move_mount", "move_pages", "name_to_handle_at", "nfsservctl",
	"open_by_handle_at", "open_tree", "open_tree_attr", "perf_event_open", "pidfd_getfd",
	"pivot_root", "process_madvise", "process_mrelease", "process_vm_readv", "process_vm_writev",
	"ptrace", "quotactl", "quotactl_fd", "reboot", "request_key", "setdomainname", "sethostname",
	"setns", "settimeofday", "swapoff", "swapon", "syslog", "umount2", "unshare", "userfaultfd",
	"vhangup", NULL };

/* ENOSYS in every cell: what they do is hidden from this filter behind a pointer or a ring, and
 * whoever calls them has another way. */
static const char *const hidden[] = { "io_uring_setup", "io_uring_enter", "io_uring_register",
	"openat2", NULL };

/* Reaches other processes of the same user; to itself it is "who 0", which passes. */
static const char *const others_by_first[] = { "sched_setscheduler", "sched_setparam",
	"sched_setattr", "sched_setaffinity", "prlimit64", NULL };

static const char *const signals[] = { "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo",
	"pidfd_send_signal", NULL };

/* A strict cell starts nothing. */
static const char *const starts[] = { "execve", "execveat", "fork", "vfork", NULL };

/* Landlock knows contents, not these: rights, owners, times and attributes of any file of the user.
 * truncate(2) it knows since its third ABI. */
static const char *const owners[] = {
	"chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown", "lchown", "fchownat",
	"setxattr", "lsetxattr", "fsetxattr", "setxattrat", "removexattr", "lremovexattr",
	"fremovexattr", "removexattrat", "utime", "utimes", "utimensat", "futimesat", "truncate",
	NULL };

/* Makes names that are no files of their own. */
static const char *const entries[] = { "mknod", "mknodat", "symlink", "symlinkat", "link", "linkat",
	NULL };

/* What a cell with a folder of its own needs in it. */
static const char *const in_folder[] = { "rename", "renameat", "renameat2", "unlink", "unlinkat",
	"mkdir", "mkdirat", "rmdir", "creat", "ftruncate", "fallocate", "fsync", "fdatasync",
	"flock", "pwrite64", "pwritev", "pwritev2", "copy_file_range", "sync_file_range", NULL };

/* With the network. */
static const char *const on_net[] = { "bind", "connect", "getpeername", "getsockname",
	"getsockopt", "recvmmsg", "sendmmsg", "setsockopt", NULL };

/* Refused to a strict cell with EPERM, so that a library that tries goes on without. */
static const char *const refused[] = { "accept", "accept4", "get_mempolicy",
	"inotify_add_watch", "inotify_init1", "ioprio_set", "kill", "listen", "memfd_create",
	"mq_open", "mq_unlink", "msgget", "personality", "pidfd_open", "semget",
	"set_mempolicy", "setfsgid", "setfsuid", "setgid", "setgroups", "setpriority", "setregid",
	"setresgid", "setresuid", "setreuid", "setuid", "shmget", "tgkill", "sched_setscheduler",
	"sched_setparam", "sched_setattr", "sched_setaffinity", "chdir", "fchdir",
	"umask", NULL };

/* What our code, libc, libcrypto and libcurl call in a strict cell. */
static const char *const strict[] = {
	/* files that are open or may be */
	"access", "close", "close_range", "dup", "dup2", "dup3", "faccessat", "faccessat2",
	"fadvise64", "fstat", "fstatfs", "getcwd", "getdents", "getdents64", "lseek",
	"lstat", "newfstatat", "pread64", "preadv", "preadv2", "read", "readahead", "readlink",
	"readlinkat", "readv", "stat", "statfs", "statx", "write", "writev", "getxattr", "lgetxattr",
	"fgetxattr",
	/* waiting */
	"clock_nanosleep", "epoll_create", "epoll_create1", "epoll_ctl", "epoll_pwait",
	"epoll_pwait2", "epoll_wait", "eventfd", "eventfd2", "futex", "futex_waitv", "nanosleep",
	"pipe", "pipe2", "poll", "ppoll", "pselect6", "select", "timerfd_create",
	"timerfd_settime", "restart_syscall",
	/* the descriptor to whoever started it */
	"recvfrom", "recvmsg", "sendmsg", "sendto", "shutdown",
	/* memory, threads, its own end */
	"arch_prctl", "brk", "exit", "exit_group", "get_robust_list", "madvise", "membarrier",
	"mincore", "alarm", "setitimer", "mlock", "mlock2", "mmap", "mprotect", "mremap", "msync", "munlock", "munmap",
	"rseq", "sched_getaffinity", "sched_getparam", "sched_getscheduler", "sched_yield",
	"set_robust_list", "set_tid_address", "setrlimit", "getrlimit",
	"rt_sigaction", "rt_sigpending", "rt_sigprocmask", "rt_sigreturn", "rt_sigsuspend",
	"rt_sigtimedwait", "sigaltstack", "seccomp",
	/* looking at itself and at the clock */
	"adjtimex", "capget", "clock_adjtime", "clock_getres", "clock_gettime", "getcpu", "getegid", "geteuid",
	"getgid", "getgroups", "getpgid", "getpgrp", "getpid", "getppid", "getpriority",
	"getrandom", "getresgid", "getresuid", "getrusage", "getsid", "gettid", "gettimeofday",
	"getuid", "sysinfo", "time", "times", "uname", NULL };
/* All that a cell needs which has its input in memory and one descriptor for what comes of it. */
static const char *const pure[] = { "brk", "clock_gettime", "close", "exit", "exit_group", "futex",
	"getpid", "getrandom", "gettid", "madvise", "mmap", "mprotect", "mremap", "munmap", "poll",
	"ppoll", "read", "restart_syscall", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn",
	"sched_yield", "sendmsg", "sendto", "sigaltstack", "write", "writev", NULL };
/* clang-format on */

#endif
