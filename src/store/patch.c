/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the patched copy of a database whose first page is damaged.
 */
#include "store/patch.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK ((size_t)1 << 16)

static bool
copy_bytes(int from, int to)
{
	char block[BLOCK];
	ssize_t n;

	while ((n = read(from, block, sizeof(block))) > 0)
		if (write(to, block, (size_t)n) != n)
			return false;
	return n == 0;
}

static bool
copy_file(const struct store *s, const char *name, const char *copy)
{
	char from[DB_PATH], to[DB_PATH];
	int in = open(db_path(s, name, from), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	int out =
	    open(db_path(s, copy, to), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool ok = in >= 0 && out >= 0 && copy_bytes(in, out);

	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
	return ok;
}

static void
put_u32(unsigned char *at, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		at[i] = (unsigned char)(v >> (24 - 8 * i));
}

/* Two counters that differ say that the length of the file, not the header, tells how many pages
 * there are; no page is free. */
static void
make_general(unsigned char *header)
{
	put_u32(header + 24, 2);
	put_u32(header + 32, 0);
	put_u32(header + 36, 0);
	put_u32(header + 92, 1);
}

bool
patch(const struct store *s, const char *name, const char *copy, const char *sound, size_t n)
{
	char path[DB_PATH], log[80], log_copy[80];
	unsigned char first[PATCH_PAGE];
	int fd;
	bool ok;

	snprintf(log, sizeof(log), "%s-wal", name);
	snprintf(log_copy, sizeof(log_copy), "%s-wal", copy);
	if (!copy_file(s, name, copy))
		return false;
	if (!copy_file(s, log, log_copy))
		unlink(db_path(s, log_copy, path));
	fd = open(db_path(s, sound, path), O_RDONLY | O_CLOEXEC);
	ok = fd >= 0 && read(fd, first, sizeof(first)) == (ssize_t)sizeof(first);
	if (fd >= 0)
		close(fd);
	make_general(first);
	fd = open(db_path(s, copy, path), O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
	ok = ok && fd >= 0 && pwrite(fd, first, n, 0) == (ssize_t)n;
	if (fd >= 0)
		close(fd);
	return ok;
}
