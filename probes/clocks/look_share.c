/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading a machine's clock from the times of new files on its share. The files are empty,
 * live for a moment, and are made only in the folder that `touch_in` names.
 */
#include "edge.h"
#include "look_ways.h"
#include "share.h"

#include "probes/clock/ticks.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#define FILES 4
#define COARSE_GAP (270 * 1000000LL) /* between them where a second is all that is kept: ns */
#define PREFIX ".forewarn-clock-"
#define NAME_SIZE (sizeof(PREFIX) + 16)
#define ENTRIES_MAX 100000     /* of the folder that are looked through for earlier files of ours */
#define LEFT_AGE (3600 * NS_S) /* one that is older than this nobody is about to remove */

struct stamped {
	int64_t sent, received, mono; /* this computer's */
	int64_t stamp;                /* the share's */
};

/* The type that the kernel has written down for the mount; "": not found. */
static void
subtype(dev_t dev, char type[SHARE_TYPE_MAX + 1])
{
	FILE *f = fopen("/proc/self/mountinfo", "re");
	char line[4096];

	type[0] = '\0';
	while (f != NULL && fgets(line, sizeof(line), f) != NULL)
		if (share_mount_line(line, major(dev), minor(dev), type))
			break;
	if (f != NULL)
		fclose(f);
}

/* The folder, if a new file in it has another machine's time; -1 with `why`. */
static int
open_share(struct look *l)
{
	int fd =
	    open(l->target->at.url, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	const char *why = strerror(errno);
	char type[SHARE_TYPE_MAX + 1];
	const char *kind;
	struct statfs fs;
	struct stat st;

	if (fd < 0 || fstatfs(fd, &fs) < 0 || fstat(fd, &st) < 0) {
		if (lstat(l->target->at.url, &st) == 0 && S_ISLNK(st.st_mode))
			why = "it is a link";
		look_failed(l, "shows no folder at %s (%s)", l->target->at.url, why);
		if (fd >= 0)
			close(fd);
		return -1;
	}
	subtype(st.st_dev, type);
	kind = share_kind((long)fs.f_type, type);
	if (kind != NULL) {
		snprintf(l->detail, sizeof(l->detail), "new files on %s", kind);
		return fd;
	}
	look_failed(l,
	    "is to be read by new files in %s, which is no share of another machine (%s)",
	    l->target->at.url, type[0] != '\0' ? type : "its kind is not known");
	close(fd);
	return -1;
}

static bool
stamp_of(int dir, const char *name, int64_t *ns)
{
	struct statx st;

	if (statx(dir, name, AT_SYMLINK_NOFOLLOW | AT_STATX_FORCE_SYNC, STATX_MTIME, &st) < 0)
		return false;
	*ns = (int64_t)st.stx_mtime.tv_sec * NS_S + st.stx_mtime.tv_nsec;
	return true;
}

/* One file more: made, looked at, removed. */
static bool
make_one(struct look *l, int dir, struct stamped *s)
{
	char name[NAME_SIZE];
	uint64_t id;
	int fd;
	bool seen;

	if (getrandom(&id, sizeof(id), 0) != sizeof(id))
		return look_failed(l, "could not be asked: there is no randomness");
	snprintf(name, sizeof(name), PREFIX "%016llx", (unsigned long long)id);
	l->requests++;
	s->sent = ticks_wall();
	fd = openat(dir, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return look_failed(
		    l, "lets no file be made in %s (%s)", l->target->at.url, strerror(errno));
	seen = stamp_of(dir, name, &s->stamp);
	s->received = ticks_wall();
	s->mono = ticks_mono();
	close(fd);
	if (unlinkat(dir, name, 0) < 0)
		return look_failed(l, "does not let the file %s in %s be removed (%s)", name,
		    l->target->at.url, strerror(errno));
	return seen || look_failed(l, "does not tell the time of a new file");
}

/* Files that a look left behind which was killed. One that cannot be removed ends the making of
 * more. What is younger by our clock may be another computer's, which looks just now. */
static bool
remove_left(struct look *l, int dir)
{
	const int64_t now = ticks_wall();
	int again = dup(dir);
	DIR *d = again < 0 ? NULL : fdopendir(again);
	const struct dirent *entry;
	int64_t stamp;
	bool clean = true;

	if (d == NULL && again >= 0)
		close(again);
	for (size_t n = 0; d != NULL && clean && n < ENTRIES_MAX && (entry = readdir(d)) != NULL;
	     n++)
		if (strncmp(entry->d_name, PREFIX, sizeof(PREFIX) - 1) == 0 &&
		    strlen(entry->d_name) == NAME_SIZE - 1 &&
		    stamp_of(dir, entry->d_name, &stamp) &&
		    (now - stamp > LEFT_AGE || stamp - now > LEFT_AGE) &&
		    unlinkat(dir, entry->d_name, 0) < 0)
			clean = look_failed(l, "does not let the file %s in %s be removed (%s)",
			    entry->d_name, l->target->at.url, strerror(errno));
	if (d != NULL)
		closedir(d);
	return clean;
}

static bool
narrow(struct look *l, const struct stamped *s, size_t n)
{
	struct edge e = { .n = 0 };
	int64_t stamps[FILES], grain;

	for (size_t i = 0; i < n; i++)
		stamps[i] = s[i].stamp;
	grain = share_grain(stamps, n);
	for (size_t i = 0; i < n; i++)
		if (!edge_take(
			&e, s[i].stamp, s[i].stamp + grain, s[i].sent, s[i].received, s[i].mono))
			return look_failed(l, "gives answers that contradict each other");
	l->lo = e.lo;
	l->hi = e.hi;
	l->mono = e.at;
	return true;
}

static bool
measure(struct look *l, const struct look_terms *t, int dir)
{
	const struct timespec gap = { .tv_nsec = COARSE_GAP };
	struct stamped s[FILES];
	size_t n = 0;

	if (!remove_left(l, dir))
		return false;
	while (n < FILES && (n == 0 || ticks_mono() < t->until - COARSE_GAP)) {
		if (n > 0 && s[n - 1].stamp % NS_S == 0)
			nanosleep(&gap, NULL);
		if (!make_one(l, dir, &s[n++]))
			return false;
	}
	return narrow(l, s, n);
}

bool
look_share(struct look *l, const struct look_terms *t)
{
	int64_t wall = ticks_wall(), mono = ticks_mono();
	int dir = open_share(l);
	bool measured = dir >= 0 && measure(l, t, dir);

	if (dir >= 0)
		close(dir);
	if (measured && !look_unset(wall, mono))
		return look_failed(l, "was asked while this clock was being set");
	return measured;
}
