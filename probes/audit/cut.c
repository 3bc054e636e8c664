/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns where one chunk ends and the next begins.
 */
#include "cut.h"

#include "audit.h"

#include <string.h>

static void
cut(struct hashed_block *b, size_t at, size_t len)
{
	b->chunk[b->n].at = at;
	b->chunk[b->n++].len = len;
}

size_t
cut_chunks(struct hashed_block *b, bool at_end, bool ends)
{
	size_t at = 0;

	b->n = 0;
	while (at < b->len && b->n < HASHER_CHUNKS) {
		size_t left = b->len - at, window = left < AUDIT_CHUNK ? left : AUDIT_CHUNK;
		const char *p = b->data + at, *nl;

		if (left < AUDIT_CHUNK && !at_end)
			break; /* more of it comes */
		nl = memrchr(p, '\n', window);
		if (nl == NULL && left > window)
			nl = memchr(
			    p + window, '\n', (left < AUDIT_RECORD ? left : AUDIT_RECORD) - window);
		if (nl != NULL)
			window = (size_t)(nl - p) + 1;
		else if (left >= AUDIT_RECORD)
			window = AUDIT_RECORD;
		else if (at_end && ends)
			window = left;
		else
			break;
		cut(b, at, window);
		at += window;
	}
	return at;
}
