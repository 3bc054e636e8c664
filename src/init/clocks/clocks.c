/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns which of the time services is in use, and the order in which they are read.
 */
#include "init/clocks/clocks.h"

#include "init/clocks/files.h"
#include "init/clocks/network.h"
#include "init/clocks/own.h"
#include "init/clocks/service.h"
#include "init/clocks/taken.h"

#include <string.h>

/* How sure it is that a service keeps the clock; the services of the highest one found are in use,
 * but a masked one never. */
enum use {
	USE_NONE,       /* nothing of it is here */
	USE_MASKED,     /* it cannot be started: its unit is a link to /dev/null */
	USE_LEFTOVER,   /* a configuration whose program is missing from its only place */
	USE_CONFIGURED, /* a configuration; where the program would be is not known */
	USE_INSTALLED,  /* the program */
	USE_ENABLED,    /* it is started with the machine; the program was not found */
	USE_RUNS        /* it is started with the machine, and the program is there */
};

static bool
any_there(struct clocks *c, const char *const *paths)
{
	for (size_t i = 0; paths[i] != NULL; i++)
		if (files_there(c, paths[i]))
			return true;
	return false;
}

static bool
any_matching(struct clocks *c, const char *const *patterns)
{
	for (size_t i = 0; patterns[i] != NULL; i++)
		if (files_matching(c, patterns[i])[0] != NULL)
			return true;
	return false;
}

/* What a link that enables a unit leads to may be missing in an image, so the link itself counts.
 * Below *.wants of systemd (systemctl(1), enable) and in the runlevels of OpenRC. */
static bool
enabled(struct clocks *c, const char *unit)
{
	static const char *const folders[] = { "/etc/systemd/system/*.wants",
		"/etc/systemd/system/*.requires", "/usr/lib/systemd/system/*.wants",
		"/lib/systemd/system/*.wants", "/etc/runlevels/*", NULL };

	for (size_t i = 0; folders[i] != NULL; i++)
		if (files_matching(c, arena_printf(c->arena, "%s/%s", folders[i], unit))[0] != NULL)
			return true;
	return false;
}

static bool
masked(struct clocks *c, const char *const *units)
{
	for (size_t i = 0; units[i] != NULL; i++)
		if (files_masked(c, arena_printf(c->arena, "/etc/systemd/system/%s", units[i])) ||
		    files_masked(c, arena_printf(c->arena, "/run/systemd/system/%s", units[i])))
			return true;
	return false;
}

static enum use
use_of(struct clocks *c, const struct service *s)
{
	bool there =
	    any_there(c, s->programs) && (s->not_with == NULL || !any_there(c, s->not_with));
	bool configured = s->always || any_matching(c, s->files), starts = false;

	if (masked(c, s->units))
		return there || configured ? USE_MASKED : USE_NONE;
	for (size_t i = 0; s->units[i] != NULL && !starts; i++)
		starts = enabled(c, s->units[i]);
	if (starts)
		return there ? USE_RUNS : USE_ENABLED;
	if (there && configured)
		return USE_INSTALLED;
	if (!any_matching(c, s->files))
		return USE_NONE;
	return s->always ? USE_LEFTOVER : USE_CONFIGURED;
}

/* Why a service of less use than the best is not read as one in use. */
static const char *
why_not(struct clocks *c, const struct service *s, enum use use, enum use most, const char *best)
{
	const char *is = most >= USE_ENABLED     ? "is started with this computer"
			 : most == USE_INSTALLED ? "is installed"
						 : "is configured";

	if (use == USE_MASKED)
		return arena_printf(
		    c->arena, "%s is turned off here (its unit is masked)", s->name);
	if (use == USE_INSTALLED)
		return arena_printf(
		    c->arena, "%s is not started with this computer, %s is", s->name, best);
	return arena_printf(
	    c->arena, "no program of %s was found here, and %s %s", s->name, best, is);
}

static void
read_service(struct clocks *c, const struct service *s, const char *why)
{
	c->program = s->name;
	c->why_not = why;
	c->depth = 0;
	s->find(c);
	c->why_not = NULL;
}

/* The services in use first: of a server that two name, theirs is told. */
static void
read_all(struct clocks *c, const enum use *use, enum use most, const char *best)
{
	for (size_t i = 0; services[i] != NULL; i++)
		if (services[i]->handed || (use[i] == most && most > USE_MASKED))
			read_service(c, services[i], NULL);
	for (size_t i = 0; services[i] != NULL; i++)
		if (use[i] == USE_MASKED || (use[i] > USE_NONE && use[i] < most))
			read_service(c, services[i], why_not(c, services[i], use[i], most, best));
}

/* Where no service names any: what the network tells, then what a service was built with. Else what
 * the network tells is told. */
static void
read_rest(struct clocks *c, const enum use *use, enum use most)
{
	if (c->named > 0)
		c->why_not = NETWORK_UNUSED;
	network_find(c);
	c->why_not = NULL;
	for (size_t i = 0; services[i] != NULL && c->named == 0; i++)
		if (services[i]->built_in != NULL && use[i] == most && most > USE_MASKED)
			services[i]->built_in(c);
}

/* A clock that is there, and that nobody named. */
static void
hardware_clocks(struct clocks *c)
{
	const char *const *device = files_matching(c, "/dev/ptp*");

	for (size_t i = 0; i < c->nleft; i++)
		if (c->left[i].keeps)
			return;
	if (c->nservers == 0 && *device != NULL)
		taken_left(c, *device,
		    "a clock that the host of this computer or its network card gives; no time "
		    "service here follows it",
		    (struct spot){ "", *device, 0 });
}

void
clocks_find(struct clocks *c)
{
	enum use use[SERVICES_N] = { USE_NONE }, most = USE_NONE;
	const char *best = "";

	own_collect(c);
	for (size_t i = 0; i < SERVICES_N; i++) {
		use[i] = services[i]->handed ? USE_NONE : use_of(c, services[i]);
		if (use[i] > most) {
			most = use[i];
			best = services[i]->name;
		}
	}
	read_all(c, use, most, best);
	read_rest(c, use, most);
	hardware_clocks(c);
}
