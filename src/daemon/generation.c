/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the configuration in force and the names that are made from it.
 */
#include "daemon/generation.h"

#include "kinds/kinds.h"
#include "probes/specs.h"

#include <string.h>

#define ARENA_MAX ((size_t)64 << 20)

/* The check that the daemon makes of itself stands behind those that are configured. */
static void
add_builtin(struct conf *c)
{
	static const struct conf_kind kind = { .name = BUILTIN_CHECK, .size = 1 };
	struct check_conf *all = arena_array(c->arena, c->nchecks + 1, sizeof(*all));

	if (c->nchecks > 0)
		memcpy(all, c->checks, c->nchecks * sizeof(*all));
	all[c->nchecks] = (struct check_conf){ .id = BUILTIN_CHECK,
		.title = "forewarn itself",
		.probe = BUILTIN_CHECK,
		.every = 5 * SPAN_MIN,
		.timeout = 10 * SPAN_S,
		.lead = SPAN_DAY,
		.remind = SPAN_DAY,
		.confirm = 1,
		.owner = c->owner != NULL ? c->owner
			 : c->npeople > 0 ? c->people[0].id
					  : NULL,
		.kind = &kind,
		.options = arena_alloc(c->arena, 1),
		.place = "" };
	c->checks = all;
	c->nchecks++;
}

bool
generation_is_builtin(const struct check_conf *k)
{
	return strcmp(k->probe, BUILTIN_CHECK) == 0;
}

void
generation_make(struct generation *g, struct conf *c, const char *host)
{
	add_builtin(c);
	*g = (struct generation){ .conf = c, .arena = arena_new(ARENA_MAX), .host = host };
	g->site = c->site != NULL ? c->site : host;
	g->fence = kinds_fence(c, g->arena);
	g->specs = arena_array(g->arena, c->nchecks + 1, sizeof(*g->specs));
	for (size_t i = 0; i < c->nchecks; i++)
		g->specs[i] = kinds_run_spec(&c->checks[i], g->fence, g->arena);
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
