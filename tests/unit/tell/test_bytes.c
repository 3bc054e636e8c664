/* SPDX-License-Identifier: Apache-2.0
 *
 * The bytes of every message between our processes, against those that were recorded: a daemon and
 * a command of two versions meet in every upgrade. Beside the bytes stands a number over what comes
 * of each message with one byte changed, one bit, or cut short: the same are refused, in the same
 * words.
 *
 *   test_bytes record >tests/data/wire/frames    after a change that is meant
 */
#include "tests/messages.h"
#include "tests/t.h"

#include <inttypes.h>
#include <stdlib.h>

#define NMESSAGES (sizeof(messages) / sizeof(messages[0]))
#define RECORD "tests/data/wire/frames"
#define HEX_MAX 8192

/* FNV-1a */
static void
mix(uint64_t *h, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < n; i++)
		*h = (*h ^ p[i]) * UINT64_C(1099511628211);
}

/* What comes of n bytes of that kind: the words when they are refused, else what is packed again.
 */
static void
outcome(const struct message *m, uint32_t kind, const uint8_t *bytes, size_t n, struct arena *a,
    uint64_t *h)
{
	uint8_t *copy = malloc(n + 1);
	struct frame f = { .kind = kind, .data = copy, .len = n }, again;
	struct err e = { 0 };

	memcpy(copy, bytes, n);
	frame_init(&again, 0);
	if (m->take(&f, a, &again, &e) < 0) {
		mix(h, &e.code, sizeof(e.code));
		mix(h, e.msg, strlen(e.msg));
	} else {
		mix(h, again.data, again.len);
		mix(h, &again.bad, sizeof(again.bad));
	}
	frame_fini(&again);
	free(copy);
	arena_reset(a);
}

static uint64_t
refusals(const struct message *m, const struct frame *f, struct arena *a)
{
	static const uint8_t changes[] = { 0x01, 0x80, 0xff };
	uint64_t h = UINT64_C(14695981039346656037);
	uint8_t bytes[HEX_MAX];

	memcpy(bytes, f->data, f->len);
	for (size_t n = 0; n < f->len; n++)
		outcome(m, f->kind, bytes, n, a, &h);
	bytes[f->len] = 0;
	outcome(m, f->kind, bytes, f->len + 1, a, &h);
	outcome(m, f->kind + 1, bytes, f->len, a, &h);
	outcome(m, 0, bytes, f->len, a, &h);
	for (size_t i = 0; i < f->len; i++)
		for (size_t k = 0; k < sizeof(changes); k++) {
			bytes[i] ^= changes[k];
			outcome(m, f->kind, bytes, f->len, a, &h);
			bytes[i] ^= changes[k];
		}
	return h;
}

static void
line_of(const struct message *m, const struct frame *f, struct arena *a, char *line, size_t size)
{
	int at = snprintf(
	    line, size, "%s %" PRIu32 " %016" PRIx64 " ", m->name, f->kind, refusals(m, f, a));

	for (size_t i = 0; i < f->len; i++)
		at += snprintf(line + at, size - (size_t)at, "%02x", f->data[i]);
}

static void
one(const struct message *m, FILE *record, struct arena *a)
{
	char got[2 * HEX_MAX], want[2 * HEX_MAX] = "";
	struct frame f, again;
	struct err e = { 0 };

	frame_init(&f, 0);
	frame_init(&again, 0);
	m->put(&f);
	line_of(m, &f, a, got, sizeof(got));
	if (record == NULL) {
		puts(got);
	} else {
		if (fgets(want, sizeof(want), record) != NULL)
			want[strcspn(want, "\n")] = '\0';
		T_TEXT(m->name, got, want);
		T_TRUE(m->name, !f.bad);
		T_INT(m->name, m->take(&f, a, &again, &e), 0);
		T_TRUE(m->name, again.kind == f.kind && again.len == f.len &&
				    memcmp(again.data, f.data, f.len) == 0);
	}
	frame_fini(&again);
	frame_fini(&f);
	arena_reset(a);
}

int
main(int argc, char **argv)
{
	bool recording = argc == 2 && strcmp(argv[1], "record") == 0;
	struct arena *a = arena_new((size_t)64 << 20);
	FILE *record = recording ? NULL : fopen(RECORD, "r");
	char more[2];

	if (!recording)
		T_TRUE("there is a record", record != NULL);
	for (size_t i = 0; (recording || record != NULL) && i < NMESSAGES; i++)
		one(&messages[i], record, a);
	if (record != NULL) {
		T_TRUE("and it has no more messages", fgets(more, sizeof(more), record) == NULL);
		fclose(record);
	}
	arena_free(a);
	return recording ? 0 : t_end();
}
