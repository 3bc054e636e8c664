/* SPDX-License-Identifier: Apache-2.0
 *
 * A stream of frames as it comes out of the process that parses a configuration.
 */
#include "conf/tree.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Everything that a whole tree promises can be read. */
static size_t
weigh(const struct setting *s)
{
	size_t n = 1 + s->len % 2 + (s->text != NULL ? (unsigned char)s->text[0] % 2 : 0);

	for (size_t i = 0; i < s->n; i++)
		n += weigh(&s->all[i]);
	return n;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(TREE_ARENA_MAX);
	struct frame_reader r;
	struct tree_in t;
	struct frame f;
	struct err e;
	int rc = 0;

	frame_reader_init(&r);
	frame_reader_feed(&r, data, size);
	tree_in_init(&t, a);
	while (rc == 0 && frame_reader_next(&r, &f, NULL) == 1)
		rc = tree_take(&t, &f, &e);
	if (rc == 1 && (t.root != NULL) == (t.fault != NULL))
		abort();
	if (rc == 1 && t.root != NULL && weigh(t.root) == 0)
		abort();
	frame_reader_fini(&r);
	arena_free(a);
	return 0;
}
