/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what there is of a folder of journal files: what lies in it, what was noted of it.
 */
#include "journal_list.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LOOKS 5         /* at a header that journald is changing */
#define LOOK_WAIT 20000 /* us between two of them */

const char *
journal_path(const struct journal *j, const struct journal_seen *s)
{
	return arena_printf(j->t->ctx->arena, "%s/%s", j->folder, s->name);
}

static struct journal_seen *
find(struct journal *j, const char *id)
{
	for (size_t i = 0; i < j->n; i++)
		if (strcmp(j->v[i].h.id, id) == 0)
			return &j->v[i];
	return NULL;
}

static struct journal_seen *
add(struct journal *j, const char *name, const struct journal_header *h)
{
	struct journal_seen *s = find(j, h->id);

	if (s == NULL) {
		j->v = arena_grow(j->t->ctx->arena, j->v, j->n, &j->cap, sizeof(*j->v));
		s = &j->v[j->n++];
		*s = (struct journal_seen){ .h = *h };
	}
	s->name = arena_text(j->t->ctx->arena, name);
	s->of_system = strncmp(name, "system", 6) == 0;
	return s;
}

/* ---- notes */

void
journal_take(void *journal, const struct statement *st)
{
	struct journal *j = journal;
	const char *id, *seqnum;
	struct journal_header h = { 0 };
	struct journal_seen *s;
	char name[NAME_MAX + 1];

	if (st == NULL)
		j->n = 0;
	if (st == NULL || strcmp(st->verb, "journal") != 0 ||
	    !statement_name(st, "name", name, sizeof(name)) ||
	    !statement_u64(st, "head", &h.head) || (id = statement_text(st, "id")) == NULL ||
	    (seqnum = statement_text(st, "seqnum")) == NULL || strlen(id) != JOURNAL_ID - 1 ||
	    strlen(seqnum) != JOURNAL_ID - 1 || j->n == JOURNAL_FILES_MAX)
		return;
	memcpy(h.id, id, JOURNAL_ID);
	memcpy(h.seqnum_id, seqnum, JOURNAL_ID);
	s = add(j, name, &h);
	s->noted = true;
	if (statement_hash(st, "sha256", s->hash) && statement_u64(st, "len", &s->bytes))
		s->complete = true;
	statement_u64(st, "size", &s->hints.size);
}

void
journal_note(struct journal *j, const struct journal_seen *s, const uint8_t *hash, uint64_t bytes)
{
	struct str line;

	str_init(&line, STATEMENT_MAX);
	str_addf(&line, "fw1 journal stream=%s at=%" PRId64, j->t->s.id, j->t->now);
	statement_put_name(&line, "name", s->name);
	str_addf(&line, " id=%s seqnum=%s head=%" PRIu64, s->h.id, s->h.seqnum_id, s->h.head);
	if (hash != NULL) {
		str_addf(&line, " len=%" PRIu64, bytes);
		statement_put_hash(&line, "sha256", hash);
	}
	state_say(&j->t->s, line.s, line.len);
	str_fini(&line);
}

/* ---- the folder */

static bool
read_header(int dir, const char *name, struct journal_header *h)
{
	uint8_t bytes[JOURNAL_HEADER];
	int fd = file_open(dir, name, FILE_NOFOLLOW, NULL, NULL);
	ssize_t n;

	if (fd < 0)
		return false;
	n = pread(fd, bytes, sizeof(bytes), 0);
	close(fd);
	return n == (ssize_t)sizeof(bytes) && journal_header(bytes, sizeof(bytes), h);
}

/* A header that journald is writing to is looked at until it stays as it is, or is a whole one. */
static bool
read_steady(int dir, const char *name, struct journal_header *h)
{
	struct journal_header again;

	for (int i = 0; i < LOOKS; i++) {
		if (read_header(dir, name, h) &&
		    (h->state != JOURNAL_ONLINE ||
			(read_header(dir, name, &again) && again.entries == h->entries &&
			    again.tail == h->tail)))
			return true;
		usleep(LOOK_WAIT);
	}
	return false;
}

static int
by_head(const void *va, const void *vb)
{
	const struct journal_seen *a = va, *b = vb;
	int by = strcmp(a->h.seqnum_id, b->h.seqnum_id);

	return by != 0 ? by : a->h.head < b->h.head ? -1 : a->h.head > b->h.head;
}

static bool
is_journal(const char *name)
{
	size_t n = strlen(name);

	return name[0] != '.' && ((n > 8 && strcmp(name + n - 8, ".journal") == 0) ||
				     (n > 9 && strcmp(name + n - 9, ".journal~") == 0));
}

int
journal_list(struct journal *j, struct err *e)
{
	int fd = open(j->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;
	int rc = 0;

	if (dir == NULL)
		return err_set(e, errno == ENOENT ? ERR_ABSENT : ERR_DENIED, "its folder: %s",
		    strerror(errno));
	while (rc == 0 && (entry = readdir(dir)) != NULL) {
		struct journal_header h;
		struct journal_seen *s;
		mode_t mode;

		if (!is_journal(entry->d_name))
			continue;
		if (j->n >= JOURNAL_FILES_MAX)
			rc = err_set(
			    e, ERR_LIMIT, "more than %d files in its folder", JOURNAL_FILES_MAX);
		else if (!read_steady(fd, entry->d_name, &h))
			j->unread++;
		else {
			s = add(j, entry->d_name, &h);
			s->h = h;
			s->here = hints_look(journal_path(j, s), &s->hints, &mode) == 0;
		}
	}
	closedir(dir);
	if (rc == 0 && j->n > 0)
		qsort(j->v, j->n, sizeof(*j->v), by_head);
	return rc;
}
