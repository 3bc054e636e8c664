/* SPDX-License-Identifier: Apache-2.0 */
#include "probes/cert/forms.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* what is handed over lies in memory that may be read */
static void
take(void *self, struct der der, unsigned long line)
{
	size_t *sum = self;

	for (size_t i = 0; i < der.len; i++)
		*sum += der.p[i] + line;
}

static void
trouble(void *self, enum form_trouble what, unsigned long line, const char *why)
{
	size_t *sum = self;

	if (what >= FORM_TROUBLE_N)
		abort();
	*sum += line + strlen(why);
}

static void
other(void *self, const char *label)
{
	size_t *sum = self;

	*sum += strlen(label);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct form_passwords passwords = { .v = { "secret" }, .n = 1 };
	struct arena *a = arena_new((size_t)64 << 20);
	size_t sum = 0;
	const struct form_taker t = { &sum, take, trouble, take, other };
	char *copy = malloc(size + 1);

	if (copy != NULL) {
		memcpy(copy, data, size);
		form_read(copy, size, &passwords, a, &t);
	}
	free(copy);
	arena_free(a);
	return 0;
}
