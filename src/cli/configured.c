/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how a call without a usable configuration ends.
 */
#include "cli/configured.h"

#include "face/places.h"
#include "kinds/kinds.h"

#include <errno.h>
#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

static void
print_faults(const struct conf *c)
{
	for (size_t i = 0; i < c->nfaults && i < CONF_FAULTS_MAX; i++)
		fprintf(stderr, "%s\n", c->faults[i]);
	if (c->nfaults > CONF_FAULTS_MAX)
		fprintf(stderr, "and %zu more faults\n", c->nfaults - CONF_FAULTS_MAX);
}

struct conf *
configured(const char *named, int *code)
{
	struct arena *a = arena_new(65536);
	const char *path = named != NULL ? named : place_conf(a);
	struct conf *c = kinds_conf(path, NULL);
	bool good = c->nfaults == 0;

	if (!good && named == NULL && access(path, F_OK) < 0 && errno == ENOENT)
		fprintf(stderr,
		    "%s: nobody has written it yet: `forewarn init` writes a first one\n", path);
	else
		print_faults(c);
	if (!good) {
		*code = EX_CONFIG;
		conf_free(c);
		c = NULL;
	}
	arena_free(a);
	return c;
}
