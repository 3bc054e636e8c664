/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the sidecars in the folder of the state and their key.
 */
#include "side.h"

#include "base/arena.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#define KEY_NAME "side.key"
#define FILE_NAME 64

_Static_assert(SIDE_SECRET >= XXH3_SECRET_SIZE_MIN, "the secret is as long as XXH3 asks for");

static bool
read_key(struct side_key *k, int dir)
{
	int fd = openat(dir, KEY_NAME, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat st;
	bool fine;

	if (fd < 0)
		return false;
	fine = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size == SIDE_SECRET &&
	       pread(fd, k->secret, SIDE_SECRET, 0) == SIDE_SECRET;
	close(fd);
	return fine;
}

enum side_key_is
side_key_load(struct side_key *k, int dir)
{
	struct err why;

	if (read_key(k, dir))
		return SIDE_KEY_KNOWN;
	if (getrandom(k->secret, SIDE_SECRET, 0) == SIDE_SECRET &&
	    file_replace(dir, KEY_NAME, 0600, k->secret, SIDE_SECRET, &why) == 0)
		return SIDE_KEY_NEW;
	return SIDE_KEY_NONE;
}

uint64_t
side_hash(const struct side_key *k, const char *rec, size_t n)
{
	return XXH3_64bits_withSecret(rec, n, k->secret, SIDE_SECRET);
}

const char *
side_record_end(const char *p, const char *end)
{
	const char *nl = memchr(p, '\n', (size_t)(end - p));

	return nl != NULL ? nl + 1 : end;
}

size_t
side_split(const struct side_key *k, const char *p, size_t n, uint64_t *out, size_t max)
{
	const char *end = p + n, *next;
	size_t records = 0;

	for (; p < end && records <= max; p = next, records++) {
		next = side_record_end(p, end);
		if (records < max)
			out[records] = side_hash(k, p, (size_t)(next - p));
	}
	return records;
}

uint64_t
side_sum(const struct side_key *k, const uint64_t *v, size_t n, const uint8_t *sha)
{
	uint64_t both[1 + HASH_SIZE / sizeof(uint64_t)];

	both[0] = XXH3_64bits_withSecret(v, n * sizeof(*v), k->secret, SIDE_SECRET);
	memcpy(&both[1], sha, HASH_SIZE);
	return XXH3_64bits_withSecret(both, sizeof(both), k->secret, SIDE_SECRET);
}

static const char *
file_name(const char *id, uint64_t segment, char buf[FILE_NAME])
{
	snprintf(buf, FILE_NAME, "%s.%" PRIu64 ".side", id, segment);
	return buf;
}

void
side_open(struct side *f, const struct side_key *key, int dir, const char *id, uint64_t segment,
    bool make)
{
	char name[FILE_NAME];
	struct stat st;

	*f = (struct side){ .key = key, .fd = -1 };
	if (key == NULL)
		return;
	f->fd = openat(dir, file_name(id, segment, name),
	    (make ? O_RDWR | O_CREAT : O_RDONLY) | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
	if (f->fd >= 0 && (fstat(f->fd, &st) < 0 || !S_ISREG(st.st_mode)))
		side_close(f);
}

void
side_close(struct side *f)
{
	if (f->fd >= 0)
		close(f->fd);
	f->fd = -1;
}

void
side_remove(int dir, const char *id, uint64_t segment)
{
	char name[FILE_NAME];

	unlinkat(dir, file_name(id, segment, name), 0);
}

/* Of the first byte behind so many blocks. */
static uint64_t
offset(uint64_t chunks, uint64_t records)
{
	return chunks < SIDE_MAX && records < SIDE_MAX ? (chunks + records) * sizeof(uint64_t)
						       : UINT64_MAX;
}

bool
side_reaches(const struct side *f, uint64_t chunks, uint64_t records)
{
	uint64_t want = offset(chunks, records);
	struct stat st;

	return f->fd >= 0 && fstat(f->fd, &st) == 0 &&
	       (uint64_t)st.st_size >= (want < SIDE_MAX ? want : 0);
}

static bool
has_block(const struct side *f, const struct side_place *at)
{
	return f->fd >= 0 && at->records > 0 && at->records <= SIDE_RECORDS &&
	       offset(at->chunk + 1, at->record + at->records) <= SIDE_MAX;
}

/* A full disk: what is not written proves nothing. */
void
side_run_end(const struct side *f, struct side_run *r)
{
	const char *p = (const char *)r->v;
	size_t n = r->n * sizeof(*r->v), done = 0;

	while (done < n) {
		ssize_t w = pwrite(f->fd, p + done, n - done, r->to + (off_t)done);

		if (w < 0 && errno == EINTR)
			continue;
		if (w <= 0)
			break;
		done += (size_t)w;
	}
	*r = (struct side_run){ 0 };
}

void
side_run_add(const struct side *f, struct side_run *r, const struct side_place *at, uint64_t *v)
{
	off_t to = (off_t)offset(at->chunk, at->record);
	size_t n = (size_t)at->records + 1;

	if (!has_block(f, at))
		return;
	v[at->records] = side_sum(f->key, v, (size_t)at->records, at->sha);
	if (r->n > 0 && (r->v + r->n != v || r->to + (off_t)(r->n * sizeof(*v)) != to))
		side_run_end(f, r);
	if (r->n == 0)
		*r = (struct side_run){ .v = v, .to = to };
	r->n += n;
}

void
side_put(const struct side *f, const struct side_place *at, uint64_t *v)
{
	struct side_run r = { 0 };

	side_run_add(f, &r, at, v);
	side_run_end(f, &r);
}

bool
side_get(const struct side *f, const struct side_place *at, uint64_t *v)
{
	size_t n = ((size_t)at->records + 1) * sizeof(*v);

	return has_block(f, at) &&
	       pread(f->fd, v, n, (off_t)offset(at->chunk, at->record)) == (ssize_t)n &&
	       v[at->records] == side_sum(f->key, v, (size_t)at->records, at->sha);
}
