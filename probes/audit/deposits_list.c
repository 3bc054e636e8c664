/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what there is of a folder of dated files: what lies in it, what was noted of it.
 */
#include "deposits.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SIGNED_TEXT "-----BEGIN PGP SIGNED MESSAGE-----" /* RFC 9580, 7 */

static const char *const packers[] = { ".gz", ".xz", ".zst", ".bz2" };
static const char *const signatures[] = { ".sig", ".asc", ".p7s", ".p7m", ".minisig", ".sha256",
	".tsr" };
static const char *const unfinished[] = { ".tmp", ".part", ".partial", ".swp", ".crdownload", "~" };

static size_t
ends_with(const char *name, const char *const *endings, size_t n)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < n; i++) {
		size_t e = strlen(endings[i]);

		if (len > e && strcmp(name + len - e, endings[i]) == 0)
			return e;
	}
	return 0;
}

#define ENDS(name, list) ends_with((name), (list), sizeof(list) / sizeof((list)[0]))

/* The name without the ending of a program that packs: packed or not, it is the same deposit. */
static int
same_name(const char *a, const char *b)
{
	size_t la = strlen(a) - ENDS(a, packers), lb = strlen(b) - ENDS(b, packers);
	int by = memcmp(a, b, la < lb ? la : lb);

	return by != 0 ? by : (la > lb) - (la < lb);
}

/* The series of that name; NULL: it is one too many. */
static const char *
series_of(struct deposits *d, const char *name)
{
	for (size_t i = 0; i < d->nseries; i++)
		if (strcmp(d->series[i], name) == 0)
			return d->series[i];
	if (d->nseries == DEPOSITS_SERIES_MAX)
		return NULL;
	return d->series[d->nseries++] = arena_text(d->t->ctx->arena, name);
}

/* NULL: its series is one too many. */
static struct deposit *
add(struct deposits *d, const char *name, const struct dated *dated)
{
	const char *series = series_of(d, dated->series);
	struct deposit *p;

	if (series == NULL) {
		d->strangers++;
		return NULL;
	}
	d->v = arena_grow(d->t->ctx->arena, d->v, d->n, &d->cap, sizeof(*d->v));
	p = &d->v[d->n];
	*p = (struct deposit){ .name = arena_text(d->t->ctx->arena, name),
		.series = series,
		.dated = dated->dated,
		.numbered = dated->numbered,
		.from = dated->dated ? dated->from : 0,
		.number = dated->numbered ? dated->number : 0,
		.order = d->n++ };
	return p;
}

/* ---- the notes */

static void
take_hints(const struct statement *st, struct hints *h)
{
	statement_u64(st, "ino", &h->ino);
	statement_u64(st, "dev", &h->dev);
	statement_u64(st, "size", &h->size);
	statement_i64(st, "mtime", &h->mtime);
	statement_i64(st, "changed", &h->changed);
	statement_i64(st, "btime", &h->btime);
}

void
deposits_take(void *deposits, const struct statement *st)
{
	struct deposits *d = deposits;
	char name[NAME_MAX + 1];
	struct dated dated;
	struct deposit *p;

	if (st == NULL)
		d->n = d->nseries = 0;
	if (st == NULL || strcmp(st->verb, "deposit") != 0 ||
	    !statement_name(st, "name", name, sizeof(name)) ||
	    !dated_name(name, d->t->conf->number, &dated))
		return;
	p = add(d, name, &dated);
	if (p == NULL)
		return;
	p->noted = true;
	take_hints(st, &p->then);
	p->complete = statement_hash(st, "sha256", p->hash) && statement_u64(st, "len", &p->bytes);
}

void
deposit_note(struct trail *t, const struct deposit *p, const uint8_t *hash, uint64_t bytes)
{
	const struct hints *h = &p->hints;
	struct str line;

	str_init(&line, STATEMENT_MAX);
	str_addf(&line, "fw1 deposit stream=%s at=%" PRId64, t->s.id, t->now);
	statement_put_name(&line, "name", p->name);
	str_addf(&line,
	    " dev=%" PRIu64 " ino=%" PRIu64 " size=%" PRIu64 " btime=%" PRId64 " mtime=%" PRId64
	    " changed=%" PRId64,
	    h->dev, h->ino, h->size, h->btime, h->mtime, h->changed);
	if (hash != NULL) {
		str_addf(&line, " len=%" PRIu64, bytes);
		statement_put_hash(&line, "sha256", hash);
	}
	state_say(&t->s, line.s, line.len);
	str_fini(&line);
}

/* ---- the folder */

static bool
is_beside(int dir, const char *name, const char *ending)
{
	char beside[NAME_MAX + 16];
	struct stat st;

	snprintf(beside, sizeof(beside), "%.*s%s", NAME_MAX, name, ending);
	return fstatat(dir, beside, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode) &&
	       st.st_size > 0;
}

/* Somebody signed for it: of a file with little or nothing in it that says that this is all. */
static bool
vouched_for(int dir, const char *name)
{
	char begin[sizeof(SIGNED_TEXT)] = "";
	ssize_t n;
	int fd;

	for (size_t i = 0; i < sizeof(signatures) / sizeof(signatures[0]); i++)
		if (is_beside(dir, name, signatures[i]))
			return true;
	fd = file_open(dir, name, FILE_NOFOLLOW, NULL, NULL);
	if (fd < 0)
		return false;
	n = read(fd, begin, sizeof(begin) - 1);
	close(fd);
	return n == (ssize_t)sizeof(begin) - 1 && strcmp(begin, SIGNED_TEXT) == 0;
}

static int
look_at(struct deposits *d, int dir, const char *name)
{
	const struct audit_conf *conf = d->t->conf;
	struct dated dated;
	struct deposit *p;
	struct hints h;
	mode_t mode;

	if (name[0] == '.' || ENDS(name, signatures) > 0 || ENDS(name, unfinished) > 0)
		return 0;
	if (hints_look(arena_printf(d->t->ctx->arena, "%s/%s", d->folder, name), &h, &mode) < 0 ||
	    !S_ISREG(mode))
		return 0;
	if (!dated_name(name, conf->number, &dated)) {
		d->undated++;
		return 0;
	}
	p = add(d, name, &dated);
	if (p == NULL)
		return 0;
	p->here = true;
	p->hints = h;
	if (conf->min_size > 0 && h.size < (uint64_t)conf->min_size)
		p->vouched = vouched_for(dir, name);
	return 0;
}

static int
by_place(const void *va, const void *vb)
{
	const struct deposit *a = va, *b = vb;
	int by = strcmp(a->series, b->series);

	if (by == 0 && a->from != b->from)
		by = a->from < b->from ? -1 : 1;
	if (by == 0 && a->number != b->number)
		by = a->number < b->number ? -1 : 1;
	if (by == 0)
		by = same_name(a->name, b->name);
	return by != 0 ? by : a->order < b->order ? -1 : 1;
}

/* What was noted of a deposit, in however many statements, and its file become one. */
static void
merge(struct deposits *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->n; i++) {
		struct deposit *p = &d->v[i], *last = n > 0 ? &d->v[n - 1] : NULL;

		if (last == NULL || last->series != p->series ||
		    same_name(last->name, p->name) != 0) {
			d->v[n++] = *p;
			continue;
		}
		if (p->noted) { /* a later statement of it */
			last->then = p->then;
			last->name = p->name;
			if (p->complete) {
				last->complete = true;
				last->bytes = p->bytes;
				memcpy(last->hash, p->hash, HASH_SIZE);
			}
		}
		if (p->here) {
			last->here = true;
			last->hints = p->hints;
			last->name = p->name;
			last->vouched = p->vouched;
		}
	}
	d->n = n;
	for (size_t i = 0; i < n; i++)
		d->v[i].newest = i + 1 == n || d->v[i].series != d->v[i + 1].series;
}

int
deposits_list(struct deposits *d, const char *pattern, struct err *e)
{
	int fd = open(d->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;
	size_t seen = 0;
	int rc = 0;

	if (dir == NULL)
		return err_set(e, errno == ENOENT ? ERR_ABSENT : ERR_DENIED, "its folder: %s",
		    strerror(errno));
	while (rc == 0 && (entry = readdir(dir)) != NULL) {
		if (fnmatch(pattern, entry->d_name, FNM_PERIOD) != 0)
			continue;
		if (++seen > DEPOSITS_MAX)
			rc =
			    err_set(e, ERR_LIMIT, "more than %d files in its folder", DEPOSITS_MAX);
		else
			rc = look_at(d, fd, entry->d_name);
	}
	closedir(dir);
	if (rc < 0)
		return -1;
	if (d->n > 0)
		qsort(d->v, d->n, sizeof(*d->v), by_place);
	merge(d);
	return 0;
}
