/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns looking up rules and findings in a face's tables.
 */
#include "model/rule.h"

#include <stddef.h>
#include <string.h>

bool
rule_is_run(const char *name)
{
	size_t n = strlen(name), m = strlen(RUN_RULE);

	return n > m && strcmp(name + n - m, RUN_RULE) == 0;
}

const struct rule *
rule_find(const struct rule *rules, const char *name)
{
	for (const struct rule *r = rules; r != NULL && r->name != NULL; r++)
		if (strcmp(r->name, name) == 0)
			return r;
	return NULL;
}

const struct finding *
finding_find(const struct rule *r, const char *key)
{
	for (const struct finding *f = r->findings; f != NULL && f->key != NULL; f++)
		if (strcmp(f->key, key) == 0)
			return f;
	return NULL;
}
