/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what a person's word does: a run that is meant to be so, a source that was left out on
 * purpose, runs that were deleted on purpose.
 */
#include "items.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* FNV-1a: an identity need not be longer. */
static const char *
id_of(const char *what, const char *text, char buf[ACCEPT_ID])
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (; *text != '\0'; text++)
		h = (h ^ (uint8_t)*text) * UINT64_C(1099511628211);
	snprintf(buf, ACCEPT_ID, "%s-%016" PRIx64, what, h);
	return buf;
}

const char *
gone_id(const struct kept_job *k, char buf[ACCEPT_ID])
{
	return id_of("gone", k->newest, buf);
}

const char *
lost_id(const char *path, char buf[ACCEPT_ID])
{
	return id_of("source", path, buf);
}

static void
take_size(struct kept_job *k, const char *finding)
{
	char end[INSTANT_TEXT];

	for (size_t i = 0; i < k->n; i++)
		if (strcmp(instant_text(k->runs[i].run.end, end), finding) == 0)
			k->runs[i].run.accepted = true;
}

static void
take_complete(struct kept_job *k, const char *finding)
{
	char id[ACCEPT_ID];

	if (strcmp(gone_id(k, id), finding) == 0) {
		k->newest = "";
		k->count = 0;
		k->dismissed = true;
	}
	for (size_t i = 0; i < k->npaths; i++)
		if (strcmp(lost_id(k->paths[i].path, id), finding) == 0)
			k->paths[i--] = k->paths[--k->npaths];
}

void
accepts_take(struct look *l)
{
	static const char *const kinds[RUN_KINDS] = { "", " (differential)", " (incremental)" };

	for (size_t i = 0; i < l->ctx->handed->naccepts; i++) {
		const struct accept *a = &l->ctx->handed->accepts[i];

		for (size_t j = 0; j < l->memory.n; j++) {
			struct kept_job *k = &l->memory.jobs[j];
			size_t n = strlen(k->target);

			if (strncmp(a->target, k->target, n) != 0 ||
			    strcmp(a->target + n, kinds[k->kind]) != 0)
				continue;
			if (strcmp(a->rule, "backup.size") == 0)
				take_size(k, a->finding);
			else if (strcmp(a->rule, "backup.complete") == 0)
				take_complete(k, a->finding);
		}
	}
}
