/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the file of what waits since when.
 */
#include "memory.h"

#include "base/file.h"
#include "base/str.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static void
add(struct memory *m, const char *name, instant first, bool now, struct arena *a)
{
	if (m->n == MEMORY_ENTRIES_MAX)
		return;
	m->v = arena_grow(a, m->v, m->n, &m->cap, sizeof(*m->v));
	m->v[m->n++] = (struct memory_entry){ name, first, now };
}

int
memory_parse(const char *text, struct arena *a, struct memory *out)
{
	char *all, *line;

	*out = (struct memory){ .n = 0 };
	if (strncmp(text, MEMORY_HEAD, strlen(MEMORY_HEAD)) != 0)
		return -1;
	all = arena_text(a, text + strlen(MEMORY_HEAD));
	while ((line = strsep(&all, "\n")) != NULL) {
		char *name;
		instant first = strtoll(line, &name, 10);

		if (line[0] == '\0')
			continue;
		if (name == line || *name != ' ' || name[1] == '\0' || first <= 0)
			return -1;
		add(out, name + 1, first, false, a);
	}
	return 0;
}

int
memory_load(int dirfd, struct arena *a, struct memory *out, struct err *e)
{
	char *text;
	size_t len;

	*out = (struct memory){ .n = 0 };
	if (dirfd < 0)
		return 0;
	if (file_read(dirfd, MEMORY_FILE, FILE_NOFOLLOW, MEMORY_BYTES_MAX, a, &text, &len, e) < 0)
		return e->code == ERR_ABSENT ? (e->code = ERR_NONE, 0) : -1;
	if (memory_parse(text, a, out) < 0)
		return err_set(e, ERR_PARSE, "it is not what forewarn writes");
	return 0;
}

int
memory_save(int dirfd, const struct memory *m, struct err *e)
{
	struct str s;
	int rc;

	if (dirfd < 0)
		return 0;
	str_init(&s, MEMORY_BYTES_MAX);
	str_add(&s, MEMORY_HEAD);
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].now)
			str_addf(&s, "%" PRId64 " %s\n", m->v[i].first, m->v[i].name);
	rc = s.cut ? err_set(e, ERR_LIMIT, "too many updates wait")
		   : file_replace(dirfd, MEMORY_FILE, 0600, s.s, s.len, e);
	str_fini(&s);
	return rc;
}

instant
memory_first(struct memory *m, const char *name, instant now, struct arena *a)
{
	for (size_t i = 0; i < m->n; i++)
		if (strcmp(m->v[i].name, name) == 0) {
			m->v[i].now = true;
			/* the clock was set back since */
			if (m->v[i].first > now)
				m->v[i].first = now;
			return m->v[i].first;
		}
	add(m, name, now, true, a);
	return now;
}
