/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the question what kind of trail a path leads to.
 */
#include "kind.h"

#include "export.h"
#include "state.h"
#include "table.h"

#include "base/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define NOTES_NAME (STATE_ID + 16)

struct kinds
kinds_of(int folder)
{
	struct kinds k = { .folder = folder };
	int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;

	k.others = d == NULL;
	while (d != NULL && (entry = readdir(d)) != NULL) {
		const char *dot = strrchr(entry->d_name, '.');

		if (dot != NULL && (strcmp(dot, TABLE_MARK) == 0 || strcmp(dot, EXPORT_MARK) == 0))
			k.others = true;
	}
	if (d != NULL)
		closedir(d);
	return k;
}

static bool
has_notes(const struct kinds *k, const char *id, const char *ending)
{
	char name[NOTES_NAME];

	snprintf(name, sizeof(name), "%s%s", id, ending);
	return faccessat(k->folder, name, F_OK, 0) == 0;
}

static enum kind
by_its_bytes(const char *path, const struct audit_conf *conf, struct arena *a)
{
	int fd = file_open(AT_FDCWD, path, FILE_NOFOLLOW, NULL, NULL);
	enum kind kind = KIND_LOG;
	char *start;
	ssize_t n;

	if (fd < 0)
		return KIND_LOG;
	start = arena_alloc(a, EXPORT_PEEK);
	n = read(fd, start, EXPORT_PEEK);
	close(fd);
	if (n > 0 && strcmp(conf->format, "auto") == 0 && table_begins(start, (size_t)n))
		kind = KIND_TABLE;
	else if (n > 0 && export_begins(start, (size_t)n, conf))
		kind = KIND_EXPORT;
	return kind;
}

enum kind
kind_find(const struct kinds *k, const char *path, const struct audit_conf *conf, struct arena *a,
    struct digester *d)
{
	char id[STATE_ID];

	if (strcmp(conf->trimmed, "no") != 0)
		return KIND_RING;
	state_id(d, path, id);
	if (k->others && strcmp(conf->format, "auto") == 0 && has_notes(k, id, TABLE_MARK))
		return KIND_TABLE;
	if (k->others && has_notes(k, id, EXPORT_MARK))
		return KIND_EXPORT;
	return has_notes(k, id, ".head") ? KIND_LOG : by_its_bytes(path, conf, a);
}
