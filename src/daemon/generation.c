/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the configuration in force and the names that are made from it.
 */
#include "daemon/generation.h"

#include "kinds/kinds.h"

#include <string.h>

#define ARENA_MAX ((size_t)64 << 20)

void
generation_make(struct generation *g, struct conf *c, const char *host)
{
	*g = (struct generation){ .conf = c, .arena = arena_new(ARENA_MAX), .host = host };
	g->site = c->site != NULL ? c->site : host;
	g->specs = arena_array(g->arena, c->nchecks + 1, sizeof(*g->specs));
	for (size_t i = 0; i < c->nchecks; i++)
		g->specs[i] = kinds_run_spec(&c->checks[i], g->arena);
}

void
generation_end(struct generation *g)
{
	if (g->conf == NULL)
		return;
	arena_free(g->arena);
	conf_free(g->conf);
	*g = (struct generation){ 0 };
}

const char *
generation_fingerprint(const struct generation *g, const char *check, const char *target,
    const char *rule, struct arena *a)
{
	return arena_printf(a, "%s/%s/%s/%s/%s", g->site, g->host, check, target, rule);
}

const char *
generation_prefix(const struct generation *g, const char *check, struct arena *a)
{
	return arena_printf(a, "%s/%s/%s/", g->site, g->host, check);
}

/* A name may hold what fnmatch(3) takes for a sign of its own: "Karachi [QC]". */
const char *
generation_escape(const char *text, struct arena *a)
{
	char *out = arena_alloc(a, 2 * strlen(text) + 1), *to = out;

	for (const char *p = text; *p != '\0'; p++) {
		if (strchr("*?[]\\", *p) != NULL)
			*to++ = '\\';
		*to++ = *p;
	}
	*to = '\0';
	return out;
}

const char *
generation_pattern(const struct generation *g, const char *check, struct arena *a)
{
	return arena_printf(a, "%s*", generation_escape(generation_prefix(g, check, a), a));
}

const char *
generation_person(const struct generation *g, const char *id)
{
	const struct person_conf *p = id != NULL ? conf_person(g->conf, id) : NULL;

	return p != NULL ? p->name : NULL;
}
