/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the layout of a journal file's header.
 */
#include "journal_file.h"

#include <stdio.h>
#include <string.h>

#define MAGIC "LPKSHHRH"

/* Offsets; numbers have their lowest byte first. */
enum {
	AT_STATE = 16,
	AT_FILE_ID = 24,
	AT_SEQNUM_ID = 72,
	AT_HEADER_SIZE = 88,
	AT_ENTRIES = 152,
	AT_TAIL = 160,
	AT_HEAD = 168,
	AT_FIRST = 184,
	AT_LAST = 192
};

static uint64_t
u64(const uint8_t *p)
{
	uint64_t v = 0;

	for (int i = 7; i >= 0; i--)
		v = v << 8 | p[i];
	return v;
}

static void
id_text(const uint8_t *p, char out[JOURNAL_ID])
{
	for (size_t i = 0; i < 16; i++)
		snprintf(out + 2 * i, 3, "%02x", p[i]);
}

bool
journal_header(const uint8_t *b, size_t n, struct journal_header *out)
{
	if (n < JOURNAL_HEADER || memcmp(b, MAGIC, sizeof(MAGIC) - 1) != 0 ||
	    b[AT_STATE] > JOURNAL_ARCHIVED || u64(b + AT_HEADER_SIZE) < JOURNAL_HEADER)
		return false;
	*out = (struct journal_header){ .state = (enum journal_state)b[AT_STATE],
		.entries = u64(b + AT_ENTRIES),
		.head = u64(b + AT_HEAD),
		.tail = u64(b + AT_TAIL) };
	id_text(b + AT_FILE_ID, out->id);
	id_text(b + AT_SEQNUM_ID, out->seqnum_id);
	if (u64(b + AT_FIRST) > INT64_MAX || u64(b + AT_LAST) > INT64_MAX)
		return false;
	out->first = (instant)u64(b + AT_FIRST);
	out->last = (instant)u64(b + AT_LAST);
	if (out->entries == 0)
		return out->head == 0 || out->head == out->tail || out->tail == 0;
	return out->head > 0 && out->tail >= out->head && out->entries <= out->tail - out->head + 1;
}
