/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the order in which rights are dropped, the limits and the capabilities.
 */
#include "cell/sandbox_private.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
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

/* Threads of this user that run already: the limit of processes counts them all. */
static rlim_t
threads_of_user(void)
{
	DIR *d = opendir("/proc");
	const struct dirent *entry;
	uid_t us = getuid();
	rlim_t n = 0;
	struct stat st;
	char task[300];

	while (d != NULL && (entry = readdir(d)) != NULL) {
		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		snprintf(task, sizeof(task), "%s/task", entry->d_name);
		/* a folder has a link from itself, one from above and one from each in it */
		if (fstatat(dirfd(d), task, &st, 0) == 0 && st.st_uid == us && st.st_nlink > 2)
			n += st.st_nlink - 2;
	}
	if (d != NULL)
		closedir(d);
	return n;
}

static int
limits(const struct sandbox_terms *t, struct err *e)
{
	rlim_t cpu = (rlim_t)(t->time / SPAN_S + 1) * SANDBOX_CPU_SHARE;

	if (limit(RLIMIT_CORE, 0, e) < 0 || limit(RLIMIT_NOFILE, SANDBOX_FILES, e) < 0 ||
	    limit(RLIMIT_FSIZE, SANDBOX_FILE_SIZE, e) < 0)
		return -1;
	if (t->time > 0 && limit(RLIMIT_CPU, cpu, e) < 0)
		return -1;
	if ((t->needs & FOREIGN) != 0 &&
	    limit(RLIMIT_NPROC, threads_of_user() + SANDBOX_PROCESSES, e) < 0)
		return -1;
#ifndef UNDER_ASAN
	/* another program has needs of its own: an interpreter may reserve what it never touches */
	if ((t->needs & NEED_EXEC) == 0 && limit(RLIMIT_AS, SANDBOX_MEMORY, e) < 0)
		return -1;
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

static struct forced
forced(void)
{
	const char *words = getenv(SANDBOX_FORCED), *abi;
	struct forced f = { .files = 1000 };

	if (words == NULL || words[0] == '\0')
		return f;
	abi = strstr(words, "landlock=");
	if (abi != NULL && isdigit((unsigned char)abi[9]))
		f.files = atoi(abi + 9);
	f.no_calls = strstr(words, "no-seccomp") != NULL;
	f.unknown_kill = strstr(words, "kill") != NULL;
	return f;
}

/* The least that is accepted without a word from whoever wrote the configuration. */
static int
enough(const struct sandbox_terms *t, const struct sandbox_held *held, struct err *e)
{
	if (t->fence.unconfined || held->calls)
		return 0;
	return err_set(e, ERR_DENIED,
	    "this kernel filters no system calls (seccomp), so nothing would lock it in: with "
	    "unconfined = true in the configuration it runs all the same, and every result says "
	    "so");
}

/* A few calls instead of hundreds: each start of forewarn waits for it. Not held: this kernel has
 * no filters. */
static int
enter_pure(
    const struct sandbox_terms *t, const struct forced *f, struct sandbox_held *held, struct err *e)
{
	if (limit(RLIMIT_CORE, 0, e) < 0)
		return -1;
#ifndef UNDER_ASAN
	if (limit(RLIMIT_AS, SANDBOX_MEMORY, e) < 0)
		return -1;
#endif
	if (prctl(PR_SET_DUMPABLE, 0) < 0 || prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) < 0)
		return err_sys(e, "prctl");
	return f->no_calls ? 0 : sandbox_calls(t, f->unknown_kill, &held->calls, e);
}

int
sandbox_enter(const struct sandbox_terms *t, struct sandbox_held *held, struct err *e)
{
	const struct forced f = forced();
	struct sandbox_terms more = *t;
	int rc;

	*held = (struct sandbox_held){ false, 0 };
	if (t->pure && (enter_pure(t, &f, held, e) < 0 || held->calls))
		return held->calls ? 0 : err_wrap(e, "sandbox");
	if (sandbox_user(t, e) < 0 || limits(t, e) < 0 || drop_capabilities(e) < 0)
		return err_wrap(e, "sandbox");
	if (prctl(PR_SET_DUMPABLE, 0) < 0 || prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) < 0)
		return err_sys(e, "sandbox: prctl");
	rc = sandbox_files(t, f.files, &held->files, e);
	if (held->files > 0 && sandbox_makes())
		more.needs |= NEED_FOLDER;
	if (rc == 0 && !f.no_calls)
		rc = sandbox_calls(&more, f.unknown_kill, &held->calls, e);
	if (rc == 0)
		rc = enough(t, held, e);
	return rc < 0 ? err_wrap(e, "sandbox") : 0;
}

const char *
sandbox_text(const struct sandbox_held *held, char buf[FENCE_TEXT_MAX])
{
	const char *calls = held->calls ? "seccomp" : FENCE_NONE;

	if (held->files > 0)
		snprintf(buf, FENCE_TEXT_MAX, "%s, landlock %d", calls, held->files);
	else
		snprintf(buf, FENCE_TEXT_MAX, "%s, no landlock", calls);
	return buf;
}
