/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading lists of volumes.
 */
#include "mounts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What lies on a disk and can fill up. An image that is mounted whole (squashfs, iso9660), memory
 * (tmpfs) and views of others (overlay) cannot; what lies on another computer is named by hand. */
static const char *const kinds[] = { "ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "jfs", "zfs",
	"reiserfs", "vfat", "exfat", "ntfs", "ntfs3", "bcachefs", NULL };

static bool
is_kind(const char *type)
{
	for (size_t i = 0; kinds[i] != NULL; i++)
		if (strcmp(kinds[i], type) == 0)
			return true;
	return false;
}

/* \040 is a space (proc(5)); in place. */
static void
unescape(char *s)
{
	char *to = s;

	for (; *s != '\0'; s++)
		if (s[0] == '\\' && s[1] >= '0' && s[1] <= '3' && s[2] >= '0' && s[2] <= '7' &&
		    s[3] >= '0' && s[3] <= '7') {
			*to++ = (char)((s[1] - '0') * 64 + (s[2] - '0') * 8 + s[3] - '0');
			s += 3;
		} else
			*to++ = *s;
	*to = '\0';
}

static bool
is_new(const struct mounts *m, const char *device)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].disk && strcmp(m->v[i].device, device) == 0)
			return false;
	return true;
}

static bool
has_ro(const char *options, size_t n)
{
	while (n > 0) {
		size_t len = 0;

		while (len < n && options[len] != ',')
			len++;
		if (len == 2 && memcmp(options, "ro", 2) == 0)
			return true;
		options += len < n ? len + 1 : len;
		n -= len < n ? len + 1 : len;
	}
	return false;
}

/* "ID PARENT DEVICE ROOT PATH OPTIONS ... - TYPE SOURCE SUPER" */
static void
take(char *line, struct arena *a, struct mounts *out)
{
	char *field[6], *rest = line, *dash = strstr(line, " - ");
	struct mount m;

	for (int i = 0; i < 6; i++)
		if ((field[i] = strsep(&rest, " ")) == NULL || field[i][0] == '\0')
			dash = NULL;
	if (dash == NULL || rest == NULL) {
		out->bad++;
		return;
	}
	dash += 3;
	m.type = strsep(&dash, " ");
	strsep(&dash, " "); /* what it was mounted from */
	m.read_only = dash != NULL && has_ro(dash, strlen(dash));
	m.device = field[2];
	unescape(field[4]);
	m.path = field[4];
	m.disk = is_kind(m.type) && is_new(out, m.device);
	if (dash == NULL)
		out->bad++;
	if (out->n == MOUNTS_MAX) {
		out->surplus++;
		return;
	}
	out->v = arena_grow(a, out->v, out->n, &out->cap, sizeof(*out->v));
	out->v[out->n++] = m;
}

void
mounts_parse(const char *mountinfo, struct arena *a, struct mounts *out)
{
	char *all = arena_text(a, mountinfo), *line;

	*out = (struct mounts){ .n = 0 };
	while ((line = strsep(&all, "\n")) != NULL)
		if (line[0] != '\0')
			take(line, a, out);
}

const struct mount *
mounts_of(const struct mounts *m, const char *path)
{
	const struct mount *best = NULL;
	size_t longest = 0;

	for (size_t i = 0; i < m->n; i++) {
		size_t n = strcmp(m->v[i].path, "/") == 0 ? 0 : strlen(m->v[i].path);

		if (strncmp(m->v[i].path, path, n) != 0 || (path[n] != '/' && path[n] != '\0') ||
		    n < longest)
			continue;
		longest = n;
		best = &m->v[i];
	}
	return best;
}

/* The n-th word of a line (from 0), not ended by NUL; its length in *len, 0 without it. */
static const char *
word(const char *line, size_t n, size_t *len)
{
	for (;; n--) {
		line += strspn(line, " \t");
		*len = strcspn(line, " \t\n");
		if (n == 0 || *len == 0)
			return line;
		line += *len;
	}
}

bool
mounts_meant_read_only(const char *fstab, const char *path)
{
	for (const char *line = fstab; *line != '\0';) {
		size_t n, m;
		const char *where = word(line, 1, &n), *options = word(line, 3, &m);

		if (line[strspn(line, " \t")] != '#' && n == strlen(path) &&
		    memcmp(where, path, n) == 0 && has_ro(options, m))
			return true;
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
	return false;
}

static bool
number(const char *s, double *out)
{
	char *end;

	if (s == NULL || strspn(s, "0123456789") != strlen(s) || s[0] == '\0' || strlen(s) > 20)
		return false;
	*out = strtod(s, &end);
	return *end == '\0' && isfinite(*out);
}

static bool
measured_line(char *line, struct disk_volume *v)
{
	const char *path = strsep(&line, " "), *type = strsep(&line, " "), *mode;

	*v = (struct disk_volume){ .path = path, .type = type };
	if (!number(strsep(&line, " "), &v->size) || !number(strsep(&line, " "), &v->free) ||
	    !number(strsep(&line, " "), &v->available) ||
	    !number(strsep(&line, " "), &v->entries) ||
	    !number(strsep(&line, " "), &v->entries_free))
		return false;
	mode = strsep(&line, " ");
	if (mode == NULL || line != NULL || (strcmp(mode, "rw") != 0 && strcmp(mode, "ro") != 0))
		return false;
	v->read_only = strcmp(mode, "ro") == 0;
	return path[0] == '/' && v->free <= v->size && v->available <= v->free &&
	       v->entries_free <= v->entries;
}

bool
mounts_measured(const char *text, struct arena *a, struct disk_volumes *out)
{
	char *all = arena_text(a, text), *line;

	*out = (struct disk_volumes){ .n = 0 };
	while ((line = strsep(&all, "\n")) != NULL) {
		struct disk_volume v;

		if (line[0] == '\0')
			continue;
		if (out->n == DISK_VOLUMES_MAX || !measured_line(line, &v))
			return false;
		out->v = arena_grow(a, out->v, out->n, &out->cap, sizeof(*out->v));
		out->v[out->n++] = v;
	}
	return true;
}
