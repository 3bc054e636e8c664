/* SPDX-License-Identifier: Apache-2.0
 *
 * What explains a log that does not fit its notes: the first byte says whether the rest is the
 * sidecar (from a disk that may lie) or the log (from whoever may write to it). A damaged sidecar
 * names no record that is not there; places come in their order and lie within the log.
 */
#include "probes/audit/diff.h"
#include "probes/audit/state.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RECORDS 40
#define CHUNKS 4

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char text[RECORDS * 16];
static size_t text_n;
static int dir;
static char path[96];
static struct side_key key;
static struct digester *digest;

static void
write_file(int at, const char *name, const void *bytes, size_t n)
{
	int fd = openat(at, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || write(fd, bytes, n) != (ssize_t)n)
		abort();
	close(fd);
}

static char folder[] = "/tmp/forewarn-fuzz.XXXXXX";

static void
sweep(void)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -rf %s", folder);
	if (system(command) != 0)
		abort();
}

static void
begin(void)
{
	struct err e;

	if (mkdtemp(folder) == NULL || (dir = open(folder, O_RDONLY | O_DIRECTORY)) < 0)
		abort();
	atexit(sweep);
	snprintf(path, sizeof(path), "%s/log", folder);
	memset(&key, 7, sizeof(key));
	digest = digest_new(&e);
	for (unsigned i = 0; i < RECORDS; i++)
		text_n += (size_t)snprintf(text + text_n, 16, "rec %u\n", i * i);
}

/* The notes and the sidecar of the text, in chunks of as many records each. */
static struct segment *
note(struct state *s)
{
	struct segment *g = known_add_segment(s, 0, path);
	const char *p = text, *end = text + text_n;
	struct side side;

	g->id = 1;
	side_open(&side, &key, dir, s->id, 1, true);
	for (unsigned c = 0; c < CHUNKS; c++) {
		uint64_t v[RECORDS / CHUNKS + 1];
		uint8_t sha[HASH_SIZE];
		char hex[HASH_TEXT];
		const char *q = p;

		for (unsigned i = 0; i < RECORDS / CHUNKS; i++)
			q = side_record_end(q, end);
		digest_of(digest, p, (size_t)(q - p), sha);
		hash_text(sha, hex);
		state_sayf(s, "fw1 chunk seg=1 off=%td len=%td rec=%d sha256=%s", p - text, q - p,
		    RECORDS / CHUNKS, hex);
		side_split(&key, p, (size_t)(q - p), v, RECORDS);
		side_put(&side,
		    &(struct side_place){ g->chunks++, g->records, RECORDS / CHUNKS, sha }, v);
		g->records += RECORDS / CHUNKS;
		p = q;
	}
	g->sealed = text_n;
	side_close(&side);
	return g;
}

static void
hold(const struct diff *d, bool same, uint64_t size)
{
	uint64_t last = 0;

	for (size_t i = 0; i < d->n; i++) {
		const struct diff_place *p = &d->place[i];

		if (p->record == 0 || p->record < last || p->record + p->gone > RECORDS + 1 ||
		    p->gone + p->come == 0 || p->offset > size)
			abort();
		last = p->record + p->gone;
	}
	if (d->n > DIFF_PLACES || d->same > RECORDS || d->nhash > DIFF_MOVED)
		abort();
	if (same != (d->n == 0 && !d->unproven))
		abort();
	if (d->unproven && (d->from == 0 || d->from > d->to || d->to > RECORDS))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct diff d;
	struct arena *a;
	struct differ how;
	struct segment *g;
	struct state s;
	struct err e;
	char name[64];
	bool same;

	if (size == 0)
		return 0;
	if (digest == NULL)
		begin();
	a = arena_new((size_t)64 << 20);
	if (state_load(&s, dir, path, a, digest, &e) < 0)
		abort();
	s.key = &key;
	g = note(&s);
	how = (struct differ){ &s, clk_system(), INT64_MAX };
	if (data[0] % 2 == 0) {
		snprintf(name, sizeof(name), "%s.1.side", s.id);
		write_file(dir, name, data + 1, size - 1);
		text[300] ^= 1;
		write_file(AT_FDCWD, path, text, text_n);
		text[300] ^= 1;
		same = false;
		size = text_n;
	} else {
		write_file(AT_FDCWD, path, data + 1, size - 1);
		same = size - 1 >= text_n && memcmp(data + 1, text, text_n) == 0;
		size--;
	}
	if (diff_run(&how, g, path, &d, &e) == 1)
		hold(&d, same, size);
	state_fini(&s);
	arena_free(a);
	return 0;
}
