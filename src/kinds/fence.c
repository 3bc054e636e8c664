/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns which files of ours no cell may have: secrets and state not at all, the configuration and
 * the control socket not to write. The folders that these lie in cannot be written either.
 */
#include "kinds/kinds.h"

#include "base/memory.h"
#include "base/str.h"
#include "face/places.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define GUARDED_MAX ((size_t)256 << 10) /* bytes of all their lines: what fits into a job */

static void
guard(struct str *lines, char how, const char *path)
{
	/* links and relative names mean what they mean to us now; what is not there needs no guard
	 */
	char *real = path != NULL ? realpath(path, NULL) : NULL;

	if (path != NULL && real == NULL && errno == ENOMEM)
		memory_none("a path"); /* it is there perhaps, and would go without its guard */
	if (real != NULL && strchr(real, '\n') == NULL)
		str_addf(lines, "%c%s\n", how, real);
	free(real);
}

static const char *
text_of(const struct opt *o, const void *options)
{
	return *(const char *const *)((const char *)options + o->offset);
}

/* Another option names the same file: a key and its certificate in one. */
static bool
is_named_too(const struct opt *opts, const void *options, const char *path)
{
	for (const struct opt *o = opts; o->name != NULL; o++) {
		const char *other = o->type == OPT_TEXT ? text_of(o, options) : NULL;

		if (other != NULL && path != NULL && strcmp(other, path) == 0)
			return true;
	}
	return false;
}

static void
guard_secrets(struct str *lines, const struct opt *opts, const void *options)
{
	/* the check that forewarnd makes of itself has no options */
	for (const struct opt *o = opts; o != NULL && o->name != NULL; o++)
		if (o->type == OPT_SECRET)
			guard(lines, is_named_too(opts, options, text_of(o, options)) ? '+' : '-',
			    text_of(o, options));
}

static const char *
conf_d(const struct conf *c, struct arena *a)
{
	const char *slash = strrchr(c->path, '/');

	return slash != NULL ? arena_printf(a, "%.*s/conf.d", (int)(slash - c->path), c->path)
			     : "conf.d";
}

const struct fence *
kinds_fence(const struct conf *c, struct arena *a)
{
	struct fence *f = arena_alloc(a, sizeof(*f));
	struct str lines;

	str_init(&lines, GUARDED_MAX);
	guard(&lines, '-', place_state_dir(a));
	guard(&lines, '=', place_socket(a));
	guard(&lines, '=', c->path);
	guard(&lines, '=', conf_d(c, a));
	for (size_t i = 0; i < c->nsinks; i++)
		guard_secrets(&lines, c->sinks[i].kind->opts, c->sinks[i].options);
	for (size_t i = 0; i < c->nchecks; i++)
		guard_secrets(&lines, c->checks[i].kind->opts, c->checks[i].options);
	*f = (struct fence){ arena_text(a, lines.s), c->unconfined };
	str_fini(&lines);
	return f;
}
