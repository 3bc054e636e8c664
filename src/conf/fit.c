/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what must fit between the parts of a configuration that has been read.
 */
#include "conf/fit.h"

#include "conf/read.h"

#include <string.h>

/* People may stand in a later file than the checks that name them, so this comes last. */
static void
check_people(struct conf *c)
{
	for (size_t i = 0; i < c->nchecks; i++) {
		const struct check_conf *k = &c->checks[i];
		const char *const who[] = { k->owner, k->secondary };
		const char *const what[] = { "owner", "secondary" };

		for (size_t n = 0; n < 2; n++)
			if (who[n] != NULL && conf_person(c, who[n]) == NULL)
				read_fault(c, NULL, NULL,
				    "%s: %s: \"%.64s\" is not the id of one of the people",
				    k->place, what[n], who[n]);
		if (k->owner != NULL && k->secondary != NULL && strcmp(k->owner, k->secondary) == 0)
			read_fault(c, NULL, NULL,
			    "%s: secondary: is the owner too; it must be somebody else", k->place);
	}
}

/* What hangs on itself would never be told. */
static void
check_parents(struct conf *c)
{
	for (size_t i = 0; i < c->nchecks; i++) {
		const struct check_conf *k = &c->checks[i], *up = k;
		size_t steps = 0;

		while (up != NULL && up->parent != NULL && steps++ <= c->nchecks) {
			const char *wanted = up->parent;

			up = conf_check(c, wanted);
			if (up == NULL && steps == 1)
				read_fault(c, NULL, NULL,
				    "%s: parent: \"%.64s\" is not the id of one of the checks",
				    k->place, wanted);
		}
		if (steps > c->nchecks)
			read_fault(c, NULL, NULL,
			    "%s: parent: the checks hang on each other in a circle", k->place);
	}
}

/* What an editor on a full disk leaves behind would otherwise mean "watch nothing". */
static void
check_any(struct conf *c, const char *place)
{
	if (c->nchecks == 0 && c->nfaults == 0)
		read_fault(c, NULL, NULL,
		    "%s: checks: there is none, so nothing would be watched: add one, as checks = "
		    "( { id = \"clock\"; probe = \"clock\"; } ); `forewarn probes` lists the kinds",
		    place);
}

static void
check_owners(struct conf *c)
{
	for (size_t i = 0; i < c->nsinks; i++)
		for (size_t n = 0; n < c->sinks[i].owners.n; n++)
			if (conf_person(c, c->sinks[i].owners.v[n]) == NULL)
				read_fault(c, NULL, NULL,
				    "%s: owners: \"%.64s\" is not the id of one of the people",
				    c->sinks[i].place, c->sinks[i].owners.v[n]);
}

void
fit_check(struct conf *c, const char *checks_place)
{
	check_people(c);
	check_owners(c);
	check_parents(c);
	check_any(c, checks_place);
}
