/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the look at /proc before the cell closes.
 */
#include "writers.h"

#include "base/file.h"
#include "base/reach.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file whose time of writing says when it was looked; empty when all programs were seen. */
#define MARK "writers"
#define DELETED " (deleted)"
#define INFO_MAX 256 /* bytes of fdinfo: the flags stand in the second line */

static struct writers now;

const struct writers *
writers_now(void)
{
	return &now;
}

size_t
writers_folder(const char *entry)
{
	size_t plain = strcspn(entry, "*?[");

	while (plain > 0 && entry[plain - 1] != '/')
		plain--;
	return plain;
}

bool
writers_flags(const char *text, unsigned *flags)
{
	const char *at = strstr(text, "flags:");
	char *end;

	if (at == NULL)
		return false;
	at += strlen("flags:");
	*flags = (unsigned)strtoul(at, &end, 8);
	return end != at;
}

/* The folders of the logs, as the configuration names them and as the kernel does. */
struct folders {
	const char **named, **real;
	size_t n;
	const struct probe_ctx *ctx;
};

static struct folders
folders_of(const struct probe_ctx *ctx, const struct audit_conf *conf)
{
	struct folders f = { arena_array(ctx->arena, conf->paths.n, sizeof(char *)),
		arena_array(ctx->arena, conf->paths.n, sizeof(char *)), 0, ctx };
	char real[PATH_MAX];

	for (size_t i = 0; i < conf->paths.n; i++) {
		size_t n = writers_folder(conf->paths.v[i]);

		f.named[f.n] = arena_textn(ctx->arena, conf->paths.v[i], n);
		if (n > 0 && realpath(f.named[f.n], real) != NULL)
			f.real[f.n++] =
			    real[1] == '\0' ? "/" : arena_printf(ctx->arena, "%s/", real);
	}
	return f;
}

/* In which of them the path is; f->n: in none. */
static size_t
in_folder(const struct folders *f, const char *path)
{
	size_t i = 0;

	while (i < f->n && strncmp(path, f->real[i], strlen(f->real[i])) != 0)
		i++;
	return i;
}

/* By the configuration's name of the folder, in the arena. */
static const char *
named_path(const struct folders *f, size_t folder, const char *path)
{
	return arena_printf(
	    f->ctx->arena, "%s%s", f->named[folder], path + strlen(f->real[folder]));
}

/* At most size - 1 bytes of a file of /proc, with a NUL behind them. */
static bool
read_text(int at, const char *name, char *buf, size_t size)
{
	int fd = openat(at, name, O_RDONLY | O_CLOEXEC);
	ssize_t n = -1;

	if (fd >= 0) {
		n = read(fd, buf, size - 1);
		close(fd);
	}
	buf[n > 0 ? n : 0] = '\0';
	return n > 0;
}

/* Where the file has no name any more, the kernel says so behind its path. */
static void
cut_deleted(char *path)
{
	size_t n = strlen(path), k = strlen(DELETED);

	if (n > k && strcmp(path + n - k, DELETED) == 0)
		path[n - k] = '\0';
}

static instant
moment(const struct statx_timestamp *t)
{
	return t->tv_sec * INSTANT_S + t->tv_nsec / 1000;
}

static bool
is_later(const struct statx_timestamp *a, const struct statx_timestamp *b)
{
	return a->tv_sec > b->tv_sec || (a->tv_sec == b->tv_sec && a->tv_nsec >= b->tv_nsec);
}

/* fds: the folder /proc/PID/fd; path: of the open file there, in that folder of f. Nothing is kept
 * of a file that is only read: anybody may have it open a million times. */
static void
keep(const struct folders *f, int fds, const char *pid, const char *fd, char *path)
{
	struct writer *w = &now.v[now.n];
	char name[64], info[INFO_MAX];
	unsigned flags;
	struct statx sx;

	snprintf(name, sizeof(name), "../fdinfo/%.20s", fd);
	if (now.n == WRITERS_MAX || !read_text(fds, name, info, sizeof(info)) ||
	    !writers_flags(info, &flags) || (flags & O_ACCMODE) == O_RDONLY ||
	    statx(fds, fd, AT_STATX_DONT_SYNC, STATX_BASIC_STATS | STATX_BTIME, &sx) < 0 ||
	    !S_ISREG(sx.stx_mode))
		return;
	*w = (struct writer){ .pid = atoi(pid), .fd = atoi(fd) };
	read_text(fds, "../comm", w->program, sizeof(w->program));
	w->program[strcspn(w->program, "\n")] = '\0';
	w->append = (flags & O_APPEND) != 0;
	w->deleted = sx.stx_nlink == 0;
	/* to lose its name moved ctime alone, and each write since then moves both */
	w->since = w->deleted && is_later(&sx.stx_mtime, &sx.stx_ctime);
	w->born = (sx.stx_mask & STATX_BTIME) != 0 ? moment(&sx.stx_btime) : 0;
	w->written = moment(&sx.stx_mtime);
	w->ino = sx.stx_ino;
	w->size = sx.stx_size;
	if (w->deleted)
		cut_deleted(path);
	w->path = named_path(f, in_folder(f, path), path);
	now.n++;
}

/* False: it may not be looked at. */
static bool
look_at_program(const struct folders *f, int proc, const char *pid)
{
	char name[64], link[PATH_MAX];
	const struct dirent *entry;
	int fds;
	DIR *d;

	snprintf(name, sizeof(name), "%.20s/fd", pid);
	fds = openat(proc, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	d = fds >= 0 ? fdopendir(fds) : NULL;
	if (d == NULL)
		return errno != EACCES && errno != EPERM;
	while ((entry = readdir(d)) != NULL && now.n < WRITERS_MAX) {
		ssize_t n = readlinkat(fds, entry->d_name, link, sizeof(link) - 1);

		if (n <= 0 || link[0] != '/')
			continue;
		link[n] = '\0';
		if (in_folder(f, link) < f->n)
			keep(f, fds, pid, entry->d_name, link);
	}
	closedir(d);
	return true;
}

static void
look(const struct probe_ctx *ctx, const struct audit_conf *conf)
{
	span until = ctx->clk->mono(ctx->clk) + WRITERS_TIME;
	struct folders f = folders_of(ctx, conf);
	const struct dirent *entry;
	DIR *d = opendir("/proc");
	bool all = d != NULL && reach_programs();

	while (d != NULL && (entry = readdir(d)) != NULL) {
		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		all = look_at_program(&f, dirfd(d), entry->d_name) && all;
		if (ctx->clk->mono(ctx->clk) > until) {
			all = false;
			break;
		}
	}
	if (d != NULL)
		closedir(d);
	now.at = ctx->clk->wall(ctx->clk);
	now.all = all && now.n < WRITERS_MAX;
	now.seen = now.all ? WRITERS_ALL : WRITERS_SOME;
}

static instant
written(const struct stat *st)
{
	return st->st_mtim.tv_sec * INSTANT_S + st->st_mtim.tv_nsec / 1000;
}

/* A name came or went where the logs lie. */
static bool
has_changed(const struct audit_conf *conf, instant since)
{
	char path[PATH_MAX];
	struct stat st;

	for (size_t i = 0; i < conf->paths.n; i++) {
		size_t n = writers_folder(conf->paths.v[i]);

		snprintf(path, sizeof(path), "%.*s", (int)n, conf->paths.v[i]);
		if (stat(path, &st) == 0 && written(&st) >= since)
			return true;
	}
	return false;
}

/* Other trails are written by a database, by journald, or file by file. */
static bool
is_text_log(const struct audit_conf *conf)
{
	return strcmp(conf->format, "sqlite") != 0 && strcmp(conf->format, "journal") != 0 &&
	       strcmp(conf->format, "deposits") != 0;
}

void
probe_before(const struct probe_ctx *ctx, const void *vconf)
{
	const struct audit_conf *conf = vconf;
	struct stat st;

	now = (struct writers){ .seen = WRITERS_NONE };
	if (!is_text_log(conf))
		return;
	if (ctx->state_fd >= 0 && fstatat(ctx->state_fd, MARK, &st, AT_SYMLINK_NOFOLLOW) == 0) {
		now.at = written(&st);
		now.all = st.st_size == 0;
	}
	if (now.at == 0 || instant_minus(ctx->clk->wall(ctx->clk), now.at) >= WRITERS_EVERY ||
	    instant_minus(ctx->clk->wall(ctx->clk), now.at) < 0 || has_changed(conf, now.at))
		look(ctx, conf);
}

void
writers_done(int state, bool wrong)
{
	struct err e;

	if (wrong)
		unlinkat(state, MARK, 0);
	else if (now.seen != WRITERS_NONE)
		file_replace(
		    state, MARK, 0600, "?", now.all ? 0 : 1, &e); /* else it is looked again */
}
