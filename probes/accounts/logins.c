/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns lastlog and wtmp, and which files of login times there are.
 */
#include "logins.h"

#include "logins_db.h"

#include "base/file.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define USER_PROCESS 7 /* utmp(5): ut_type of a login */
#define WTMP_USER 44   /* offset of ut_user[32] */
#define WTMP_TIME 340  /* offset of ut_tv.tv_sec */

static int64_t
int32_at(const unsigned char *p)
{
	int32_t v;

	memcpy(&v, p, sizeof(v));
	return v > 0 ? v : 0;
}

int64_t
lastlog_time(const unsigned char record[LASTLOG_RECORD])
{
	return int32_at(record);
}

/* Each account's own record: the file is sparse, and as long as the highest number is. */
static void
lastlog(int fd, struct etc *e, struct arena *a, struct logins *l)
{
	unsigned char record[LASTLOG_RECORD];

	(void)a;
	for (size_t i = 0; i < e->naccounts; i++)
		if (pread(fd, record, sizeof(record), (off_t)e->accounts[i].uid * LASTLOG_RECORD) ==
		    LASTLOG_RECORD)
			logins_take(l, &e->accounts[i], lastlog_time(record), "login");
}

void
wtmp_records(const unsigned char *bytes, size_t n, struct etc *e, struct logins *l)
{
	for (size_t at = 0; at + WTMP_RECORD <= n; at += WTMP_RECORD) {
		const unsigned char *r = bytes + at;
		char name[33] = "";
		int16_t type;

		memcpy(&type, r, sizeof(type));
		if (type != USER_PROCESS)
			continue;
		memcpy(name, r + WTMP_USER, 32);
		logins_take(l, etc_find(e, name), int32_at(r + WTMP_TIME), "login");
	}
}

static void
wtmp(int fd, struct etc *e, struct arena *a, struct logins *l)
{
	off_t size = lseek(fd, 0, SEEK_END), from;
	unsigned char *bytes;
	ssize_t got;

	size -= size % WTMP_RECORD;
	from = size > (off_t)WTMP_READ ? size - (off_t)(WTMP_READ - WTMP_READ % WTMP_RECORD) : 0;
	bytes = arena_alloc(a, WTMP_READ);
	got = pread(fd, bytes, (size_t)(size - from), from);
	if (got > 0)
		wtmp_records(bytes, (size_t)got, e, l);
}

static void
not_read(struct logins *l, const char *path, const char *why, struct arena *a)
{
	if (l->unread == NULL)
		l->unread = arena_printf(a, "%s: %s", path, why);
}

/* One file below the root. */
static void
look(const char *root, const char *path, struct etc *e, struct arena *a, struct logins *l,
    void (*take)(int fd, struct etc *e, struct arena *a, struct logins *l))
{
	const char *full = arena_printf(a, "%s%s", root, path);
	size_t before = l->rows;
	struct err why = { 0 };
	int fd = file_open(AT_FDCWD, full, FILE_FOLLOW, NULL, &why);

	if (fd < 0) {
		if (why.code != ERR_ABSENT)
			not_read(l, path, why.msg, a);
		return;
	}
	l->there++;
	if (take != NULL)
		take(fd, e, a, l);
	close(fd);
	if (take == NULL && logins_db(full, e, a, l, &why) < 0)
		not_read(l, path, why.msg, a);
	if (l->rows == before)
		return;
	l->kept++;
	l->sources = arena_printf(a, "%s%s%s", l->sources, l->sources[0] != '\0' ? ", " : "", path);
}

void
logins_read(const char *root, struct etc *e, struct arena *a, struct logins *l)
{
	*l = (struct logins){ .sources = "" };
	look(root, "/var/log/lastlog", e, a, l, lastlog);
	look(root, "/var/log/wtmp", e, a, l, wtmp);
	look(root, "/var/lib/lastlog/lastlog2.db", e, a, l, NULL);
	look(root, "/var/lib/wtmpdb/wtmp.db", e, a, l, NULL);
}
