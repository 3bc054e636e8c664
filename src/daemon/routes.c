/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether alerts arrive: a test alert goes out for each route, with the route's name in it, and a
 * person confirms it. What is known of each is kept in the store, and left to the check of probe
 * "alert" as a file.
 */
#include "daemon/daemon.h"

#include "base/file.h"
#include "probes/alert/alert.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define TESTED "tested:"       /* numbers of the store, with the route's name behind it */
#define CONFIRMED "confirmed:" /* instants; not there: never */

static const char *
number_of(const char *what, const char *route, char buf[CONF_ID_MAX + 16])
{
	snprintf(buf, CONF_ID_MAX + 16, "%s%s", what, route);
	return buf;
}

static int
get(struct daemon *d, const char *what, const char *route, instant *out, struct err *e)
{
	char name[CONF_ID_MAX + 16];

	return store_number(d->store, number_of(what, route, name), INSTANT_NONE, out, e);
}

static int
set(struct daemon *d, const char *what, const char *route, struct err *e)
{
	char name[CONF_ID_MAX + 16];

	return store_set_number(d->store, number_of(what, route, name), d->clk->wall(d->clk), e);
}

int
daemon_test_routes(struct daemon *d, const char *text, struct arena *a, struct err *e)
{
	for (size_t i = 0; i < d->nsinks; i++)
		if (daemon_has_cell(&d->sinks[i]) &&
		    (set(d, TESTED, d->sinks[i].conf->id, e) < 0 ||
			daemon_test_alert(d, &d->sinks[i], text, a, e) < 0))
			return -1;
	if (set(d, TESTED, ALERT_HERE, e) < 0)
		return -1;
	return daemon_test_alert(d, NULL, text, a, e);
}

int
daemon_confirm(struct daemon *d, const char *route, const char *by, bool *tested, struct err *e)
{
	instant at;

	if (route[0] == '\0')
		route = ALERT_HERE;
	*tested = false;
	if (strlen(route) > CONF_ID_MAX)
		return 0;
	if (get(d, TESTED, route, &at, e) < 0)
		return -1;
	if (at == INSTANT_NONE)
		return 0;
	*tested = true;
	daemon_log_later(d, "test alert (%s) seen by %s", route, by);
	return set(d, CONFIRMED, route, e);
}

int
daemon_tested_here(struct daemon *d, instant *tested, instant *confirmed, struct err *e)
{
	if (get(d, TESTED, ALERT_HERE, tested, e) < 0)
		return -1;
	return get(d, CONFIRMED, ALERT_HERE, confirmed, e);
}

static void
add_moment(struct str *s, instant t)
{
	if (t == INSTANT_NONE)
		str_add(s, "-");
	else
		str_addf(s, "%lld", (long long)t);
}

static int
add_route(struct daemon *d, const char *route, bool untested_too, struct str *s, struct err *e)
{
	instant tested, confirmed;

	if (get(d, TESTED, route, &tested, e) < 0 || get(d, CONFIRMED, route, &confirmed, e) < 0)
		return -1;
	if (tested == INSTANT_NONE && !untested_too)
		return 0;
	str_addf(s, "%s ", route);
	add_moment(s, tested);
	str_add(s, " ");
	add_moment(s, confirmed);
	str_add(s, "\n");
	return 0;
}

static int
write_routes(struct daemon *d, const struct check_conf *k, struct str *s, struct err *e)
{
	char path[PATH_MAX];
	int dir, rc;

	str_add(s, ALERT_HEAD);
	for (size_t i = 0; i < d->nsinks; i++)
		if (daemon_has_cell(&d->sinks[i]) &&
		    add_route(d, d->sinks[i].conf->id, true, s, e) < 0)
			return -1;
	/* the screen counts once somebody has tried it: a server has none */
	if (add_route(d, ALERT_HERE, false, s, e) < 0)
		return -1;
	if (snprintf(path, sizeof(path), "%s/checks/%s", d->state_dir, k->id) >= (int)sizeof(path))
		return err_set(e, ERR_LIMIT, "the state folder's name is too long");
	dir = file_open_folder(path, e);
	if (dir < 0)
		return -1;
	rc = file_replace(dir, ALERT_FILE, 0600, s->s, s->len, e);
	close(dir);
	return rc;
}

void
daemon_routes(struct daemon *d, const struct check_conf *k)
{
	struct str s;
	struct err e = { 0 };

	if (strcmp(k->probe, "alert") != 0)
		return;
	str_init(&s, ALERT_FILE_MAX);
	if (write_routes(d, k, &s, &e) < 0)
		daemon_log(4, "%s: the routes cannot be noted: %s", k->id, e.msg);
	str_fini(&s);
}
