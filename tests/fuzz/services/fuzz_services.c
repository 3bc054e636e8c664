/* SPDX-License-Identifier: Apache-2.0
 *
 * Every text that the services probe reads. The first byte says as which of them.
 */
#include "probes/services/mail.h"
#include "probes/services/services.h"
#include "probes/services/unit.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
units(const char *text, struct arena *a)
{
	struct units u = { .n = 0 };

	units_parse(text, a, &u);
	for (size_t i = 0; i < u.n; i++)
		if (u.v[i].id[0] == '\0' || strchr(u.v[i].id, '\n') != NULL ||
		    u.v[i].active == NULL || u.v[i].result == NULL)
			abort();
	if (u.n > UNITS_MAX || (u.n > 0 && units_find(&u, u.v[0].id) == NULL))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new((size_t)512 << 20);
	const char *text = size > 0 ? arena_textn(a, (const char *)data + 1, size - 1) : "";
	struct services_job job;
	struct err e = { 0 };
	struct mail m;
	instant t;

	switch (size > 0 ? data[0] % 5 : 0) {
	case 0:
		units(text, a);
		break;
	case 1:
		mail_parse(text, a, &m);
		if ((m.letters > 0) != (m.oldest != INSTANT_NONE))
			abort();
		break;
	case 2:
		if (!unit_moment(text, &t) && t != INSTANT_NONE)
			abort();
		break;
	case 3:
		if (services_job(text, a, &job, &e) == 0 && job.most <= 0)
			abort();
		break;
	default:
		services_units(text, a);
	}
	arena_free(a);
	return 0;
}
