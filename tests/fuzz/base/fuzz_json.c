/* SPDX-License-Identifier: Apache-2.0
 *
 * What the check takes for JSON stays it with blanks around it, and never with a comma behind it.
 * It is a tree of as many values as it has, which is all that is asked here.
 */
#include "base/json_check.h"
#include "base/json_tree.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a;
	const struct json_node *root = NULL;
	struct err e;
	char *more;

	if (json_check((const char *)data, size, &e) < 0)
		return 0;
	a = arena_new((size_t)256 << 20);
	if (json_tree((const char *)data, size, a, &root, &e) < 0 || root == NULL)
		abort();
	arena_free(a);
	more = malloc(size + 2);
	if (more == NULL)
		return 0;
	more[0] = '\n';
	memcpy(more + 1, data, size);
	more[size + 1] = ' ';
	if (json_check(more, size + 2, &e) < 0)
		abort();
	more[size + 1] = ',';
	if (json_check(more, size + 2, &e) == 0)
		abort();
	free(more);
	return 0;
}
