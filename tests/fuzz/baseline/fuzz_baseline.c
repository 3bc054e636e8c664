/* SPDX-License-Identifier: Apache-2.0
 *
 * Every text that the baseline probe reads. The first byte says as which of them.
 */
#include "probes/baseline/approved.h"
#include "probes/baseline/notes.h"
#include "probes/baseline/says.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The hash of the last line is made right, so that what stands before it is read too. */
static void
notes(const char *text, struct arena *a)
{
	uint64_t hash = files_hash(text, strlen(text), FILES_HASH_START);
	struct folders *all = arena_alloc(a, sizeof(*all));

	*all = (struct folders){ .v = { { .path = "/m" } }, .n = 1 };
	if (notes_parse(arena_printf(a, "%sE %016llx\n", text, (unsigned long long)hash), all, a) <
	    0) {
		if (all->v[0].n != 0 || !all->v[0].is_new)
			abort();
		return;
	}
	for (size_t i = 0; i < all->v[0].n; i++)
		if (strlen(all->v[0].v[i].name) > BASELINE_NAME_MAX)
			abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new((size_t)256 << 20);
	char *text =
	    size > 0 ? arena_textn(a, (const char *)data + 1, size - 1) : arena_text(a, "");
	struct folder f = { .path = "/m" };
	struct setting s;
	struct err e;

	switch (size > 0 ? data[0] % 4 : 0) {
	case 0:
		notes(text, a);
		break;
	case 1:
		if (approved_take(text, &f, a, 0, &e) == 0 && f.n == 0)
			abort();
		break;
	case 2:
		says(text, size > 0 ? size - 1 : 0, "AuditTrail=on", a);
		break;
	default:
		if (setting_parse(text, a, &s, &e) == 0 && (s.path[0] != '/' || s.words[0] == '\0'))
			abort();
	}
	arena_free(a);
	return 0;
}
