/* SPDX-License-Identifier: Apache-2.0
 *
 * Dumps and archives, whole, cut and damaged, as real tools left them; and each at every length.
 */
#include "probes/backup/whole.h"
#include "tests/t.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define DATA "tests/data/sector/backup/"

static struct arena *a;

static bool
never(void *self)
{
	(void)self;
	return false;
}

static bool
always(void *self)
{
	(void)self;
	return true;
}

static struct whole_seen
look(const char *name, uint64_t limit, bool (*stop)(void *))
{
	char path[256];
	struct whole_seen w;
	struct stat st;
	int fd;

	snprintf(path, sizeof(path), DATA "%s", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) < 0)
		abort();
	whole_look(fd, (uint64_t)st.st_size, limit, stop, NULL, a, &w);
	close(fd);
	return w;
}

static const struct {
	const char *name;
	enum whole is;
} files[] = {
	{ "pg_dump/good.sql", WHOLE_GOOD },
	{ "pg_dump/before-2025-08.sql", WHOLE_GOOD },
	{ "pg_dump/good.sql.gz", WHOLE_GOOD },
	{ "pg_dump/truncated.sql", WHOLE_CUT },
	{ "pg_dump/truncated.sql.gz", WHOLE_CUT },
	{ "pg_dump/empty-database.sql", WHOLE_EMPTY },
	{ "pg_dump/nosuch.sql", WHOLE_EMPTY },
	{ "pg_dump/nosuch.sql.gz", WHOLE_EMPTY },
	{ "pg_dump/dumpall-good.sql", WHOLE_GOOD },
	{ "pg_dump/dumpall-truncated-after-a-database.sql", WHOLE_CUT },
	{ "pg_dump/good.dump", WHOLE_START },
	{ "mysqldump/good.sql", WHOLE_GOOD },
	{ "mysqldump/truncated.sql", WHOLE_CUT },
	{ "mysqldump/aborted-broken-view.sql", WHOLE_CUT },
	{ "mysqldump/no-such-database.sql", WHOLE_CUT },
	{ "mysqldump/no-such-database.sql.gz", WHOLE_CUT },
	{ "mysqldump/empty-database.sql", WHOLE_EMPTY },
	{ "files/gzip-of-nothing.sql.gz", WHOLE_EMPTY },
	{ "files/zero-bytes.sql.gz", WHOLE_EMPTY },
	{ "files/zero-filled.tar.gz", WHOLE_DAMAGED },
	{ "files/lims-2026-11-28.tar.gz", WHOLE_GOOD },
	{ "files/truncated.tar.gz", WHOLE_CUT },
	{ "files/cut-at-member-boundary.tar", WHOLE_CUT },
	{ "files/good.zip", WHOLE_START },
	{ "files/truncated.zip", WHOLE_CUT },
};

static void
recorded(void)
{
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		T_INT(files[i].name, look(files[i].name, 1 << 20, never).is, files[i].is);
	T_INT("a packed file of as much as is allowed",
	    look("files/lims-2026-11-28.tar.gz", 1023, never).is, WHOLE_GOOD);
	T_INT("and one byte more", look("files/lims-2026-11-28.tar.gz", 1022, never).is,
	    WHOLE_UNREAD);
	T_INT("no time", look("files/lims-2026-11-28.tar.gz", 1 << 20, always).is, WHOLE_UNREAD);
	T_TRUE("all of it was read", look("pg_dump/good.sql.gz", 1 << 20, never).all);
	T_TRUE("of a plain one both ends", !look("pg_dump/good.sql", 1 << 20, never).all);
}

/* However it is cut, it is never called whole. */
static void
every_length(const char *name, size_t good)
{
	static char buf[65536];
	char path[256], cut[] = "/tmp/forewarn-whole-XXXXXX";
	struct whole_seen w;
	int fd, out = mkstemp(cut);
	ssize_t n;
	size_t wrong = 0;

	snprintf(path, sizeof(path), DATA "%s", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	n = read(fd, buf, sizeof(buf));
	close(fd);
	if (out < 0 || n <= 0 || write(out, buf, (size_t)n) != n)
		abort();
	for (ssize_t i = n - 1; i >= 0; i--) {
		if (ftruncate(out, i) < 0)
			abort();
		whole_look(out, (uint64_t)i, 1 << 20, never, NULL, a, &w);
		wrong += w.is == WHOLE_GOOD;
	}
	close(out);
	unlink(cut);
	T_INT(name, wrong, good);
}

int
main(void)
{
	a = arena_new((size_t)64 << 20);
	recorded();
	/* behind the marker only "--", blanks and the line of August 2025 may be missing */
	every_length("pg_dump/before-2025-08.sql", 5);
	every_length("pg_dump/good.sql.gz", 0);
	every_length("files/lims-2026-11-28.tar.gz", 0);
	every_length("mysqldump/good.sql", 24);
	arena_free(a);
	return t_end();
}
