/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns finding one part of a configuration by its name.
 */
#include "conf/conf.h"

#include <string.h>

static bool
logs_in_as(const struct conf *c, const char *id, const char *login)
{
	const struct person_conf *p = id != NULL ? conf_person(c, id) : NULL;

	for (size_t i = 0; p != NULL && i < p->login.n; i++)
		if (strcmp(p->login.v[i], login) == 0)
			return true;
	return false;
}

bool
conf_owns(const struct conf *c, const struct check_conf *k, const char *login)
{
	return logs_in_as(c, k->owner, login) || logs_in_as(c, k->secondary, login);
}

const struct person_conf *
conf_person(const struct conf *c, const char *id)
{
	for (size_t i = 0; i < c->npeople; i++)
		if (c->people[i].id != NULL && strcmp(c->people[i].id, id) == 0)
			return &c->people[i];
	return NULL;
}

const struct check_conf *
conf_check(const struct conf *c, const char *id)
{
	for (size_t i = 0; i < c->nchecks; i++)
		if (c->checks[i].id != NULL && strcmp(c->checks[i].id, id) == 0)
			return &c->checks[i];
	return NULL;
}

bool
conf_has_children(const struct conf *c, const struct check_conf *k)
{
	for (size_t i = 0; i < c->nchecks; i++)
		if (c->checks[i].parent != NULL && strcmp(c->checks[i].parent, k->id) == 0)
			return true;
	return false;
}

const struct sink_conf *
conf_sink(const struct conf *c, const char *id)
{
	for (size_t i = 0; i < c->nsinks; i++)
		if (c->sinks[i].id != NULL && strcmp(c->sinks[i].id, id) == 0)
			return &c->sinks[i];
	return NULL;
}
