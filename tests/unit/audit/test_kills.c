/* SPDX-License-Identifier: Apache-2.0
 *
 * kill -9 of the audit probe before each of its writes, and in the middle of each: the next run
 * tells what it would have told without that, and the one after it as well. No false alarm, no
 * finding that is lost. NOTES=N: that many runs, each killed at all its points.
 */
#include "tests/rig_audit.h"
#include "tests/t.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define POINTS_MAX 400 /* of one run; more is a run that does not end */

/* ---- a child that is killed at its n-th write */

static bool
is_act(uint64_t call)
{
	static const long acts[] = {
		SYS_write,
		SYS_pwrite64,
		SYS_fsync,
		SYS_fdatasync,
		SYS_renameat2,
		SYS_renameat,
		SYS_unlinkat,
		SYS_ftruncate,
		SYS_openat,
#ifdef SYS_rename
		SYS_rename,
#endif
	};

	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
		if (call == (uint64_t)acts[i])
			return true;
	return false;
}

/* Of openat only what makes a file is one. */
static bool
changes(const struct __ptrace_syscall_info *in)
{
	return is_act(in->entry.nr) &&
	       (in->entry.nr != SYS_openat || (in->entry.args[2] & O_CREAT) != 0);
}

/* The last half of what was written a moment ago at the end of the file is not there. */
static void
halve(pid_t child, const struct __ptrace_syscall_info *in)
{
	char path[64];
	struct stat st;
	int fd;

	if (in->entry.nr != SYS_write && in->entry.nr != SYS_pwrite64)
		return;
	snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)child, (int)in->entry.args[0]);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size >= (off_t)in->entry.args[2] &&
	    ftruncate(fd, st.st_size - (off_t)(in->entry.args[2] / 2)) < 0)
		abort();
	close(fd);
}

/* To the next stop at a call; false: it has ended. */
static bool
go_on(pid_t child)
{
	int status;

	return ptrace(PTRACE_SYSCALL, child, NULL, NULL) == 0 && waitpid(child, &status, 0) > 0 &&
	       WIFSTOPPED(status);
}

/* Before its n-th act, or in the middle of it. false: it ended before that. */
static bool
killed(pid_t child, int n, bool half)
{
	struct __ptrace_syscall_info in = { 0 }, out;

	while (go_on(child)) {
		ptrace(PTRACE_GET_SYSCALL_INFO, child, (void *)sizeof(in), &in);
		if (in.op != PTRACE_SYSCALL_INFO_ENTRY || !changes(&in) || --n > 0)
			continue;
		if (half && go_on(child) &&
		    ptrace(PTRACE_GET_SYSCALL_INFO, child, (void *)sizeof(out), &out) > 0)
			halve(child, &in);
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		return true;
	}
	return false;
}

static bool
look_and_die(struct rig *r, int n, bool half)
{
	pid_t child = fork();

	if (child == 0) {
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
			_exit(1);
		raise(SIGSTOP);
		rig_look(r);
		_exit(0);
	}
	waitpid(child, NULL, 0);
	ptrace(PTRACE_SETOPTIONS, child, NULL,
	    (void *)(long)(PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD));
	return killed(child, n, half);
}

static bool
may_trace(void)
{
	pid_t child = fork();
	int status = 0;

	if (child == 0)
		_exit(ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0);
	return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* ---- the notes, kept aside */

static void
copy_file(int from, int to, const char *name)
{
	static char bytes[1 << 20];
	int in = openat(from, name, O_RDONLY | O_CLOEXEC);
	int out = openat(to, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	ssize_t n;

	while ((n = read(in, bytes, sizeof(bytes))) > 0)
		if (write(out, bytes, (size_t)n) != n)
			abort();
	close(in);
	close(out);
}

/* Each file of a folder; to -1: it is deleted. */
static void
each_file(int from, int to)
{
	DIR *d = fdopendir(openat(from, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	const struct dirent *entry;

	if (d == NULL)
		abort();
	while ((entry = readdir(d)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (to >= 0)
			copy_file(from, to, entry->d_name);
		else if (unlinkat(from, entry->d_name, 0) < 0)
			abort();
	}
	closedir(d);
}

static int
kept_folder(const struct rig *r)
{
	char path[96];

	snprintf(path, sizeof(path), "%s/kept", r->folder);
	if (mkdir(path, 0700) < 0)
		abort();
	return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static void
put_back(const struct rig *r, int kept)
{
	each_file(r->h.ctx.state_fd, -1);
	each_file(kept, r->h.ctx.state_fd);
}

/* ---- what is told */

#define TOLD 512

static const char *
evidence(const struct item *it, const char *key)
{
	const char *v = harness_evidence(it, key);

	return v != NULL ? v : "-";
}

static void
look_and_tell(struct rig *r, char told[TOLD])
{
	size_t n = 0;

	rig_look(r);
	told[0] = '\0';
	for (size_t i = 0; i < r->h.nitems && n < TOLD; i++) {
		const struct item *it = &r->h.items[i];

		if (it->state != ITEM_FINE)
			n += (size_t)snprintf(told + n, TOLD - n, "%s %s %s %s; ", it->rule,
			    evidence(it, "class"), evidence(it, "record"), evidence(it, "records"));
	}
}

/* ---- runs */

/* The log is set aside under another name. */
static void
set_aside(struct rig *r)
{
	struct rig_file *f = r->file;

	memmove(&f[1], &f[0], r->n * sizeof(f[0]));
	r->n++;
	snprintf(f[1].path, RIG_PATH, "%s/app.log.1", r->folder);
	if (rename(f[0].path, f[1].path) < 0)
		abort();
	f[0].n = 0;
}

static void
happen(struct rig *r)
{
	struct rig_file *f = &r->file[0];
	size_t k = 1 + rig_below(r, 5), at = rig_below(r, (unsigned)(f->n - k));

	switch (rig_below(r, 6)) {
	case 0: /* a record is changed */
		f->record[at] = r->next++;
		rig_write(r, f, true);
		break;
	case 1: /* some are taken out; of a log that is trimmed, perhaps the oldest */
		memmove(&f->record[at], &f->record[at + k], (f->n - at - k) * sizeof(f->record[0]));
		f->n -= k;
		rig_write(r, f, true);
		break;
	case 2: /* the end is cut */
		f->n -= k;
		rig_write(r, f, true);
		break;
	case 3:
		if (r->conf.trimmed[0] == 'n')
			set_aside(r);
		break;
	default:
		break;
	}
	rig_append(r, 1 + rig_below(r, 700));
}

static int
one_run(uint64_t seed)
{
	static struct rig r;
	char want[TOLD], after[TOLD], told[TOLD], row[160];
	bool half = seed % 2;
	int kept, n = 1;

	rig_init(&r, seed);
	if (rig_below(&r, 3) == 0)
		r.conf.trimmed = "records";
	rig_append(&r, 20 + rig_below(&r, 900));
	if (rig_below(&r, 8) > 0) { /* else the first look is killed */
		rig_look(&r);
		happen(&r);
	}
	kept = kept_folder(&r);
	each_file(r.h.ctx.state_fd, kept);
	look_and_tell(&r, want);
	look_and_tell(&r, after);
	T_TEXT("told at the second look as well", after, want);
	for (put_back(&r, kept); look_and_die(&r, n, half) && n < POINTS_MAX; n++) {
		snprintf(row, sizeof(row), "run %llu, killed %s write %d%s",
		    (unsigned long long)seed, half ? "in" : "before", n,
		    r.conf.trimmed[0] == 'n' ? "" : ", trimmed");
		look_and_tell(&r, told);
		T_TEXT(row, told, want);
		look_and_tell(&r, told);
		T_TEXT(row, told, want);
		put_back(&r, kept);
	}
	T_TRUE("there are writes, and an end of them", n > 3 && n < POINTS_MAX);
	close(kept);
	rig_fini(&r);
	return n - 1;
}

int
main(void)
{
	const char *text = getenv("NOTES");
	uint64_t runs = text != NULL ? (uint64_t)atoi(text) : 12;
	int kills = 0;

	if (!may_trace()) {
		puts("skipped: no process may be traced here");
		return t_end();
	}
	for (uint64_t seed = 1; seed <= runs; seed++)
		kills += one_run(seed);
	printf("%llu runs, %d kills\n", (unsigned long long)runs, kills);
	return t_end();
}
