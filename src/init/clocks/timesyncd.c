/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how systemd-timesyncd names its servers (timesyncd.conf(5)).
 */
#include "init/clocks/files.h"
#include "init/clocks/network.h"
#include "init/clocks/service.h"
#include "init/clocks/systemd.h"
#include "init/clocks/taken.h"

#include <string.h>

static const char name[] = "systemd-timesyncd";

struct lists {
	struct systemd_list ntp, fallback;
};

static void
statement(struct clocks *c, const char *path, const struct statement *s, void *self)
{
	struct lists *l = self;

	if (strcmp(s->block, "Time") != 0)
		return;
	if (strcmp(s->word[0], "NTP") == 0)
		systemd_assign(c, &l->ntp, name, path, s);
	else if (strcmp(s->word[0], "FallbackNTP") == 0)
		systemd_assign(c, &l->fallback, name, path, s);
}

static const char *const mains[] = { "/etc/systemd/timesyncd.conf", "/run/systemd/timesyncd.conf",
	"/usr/local/lib/systemd/timesyncd.conf", "/usr/lib/systemd/timesyncd.conf",
	"/lib/systemd/timesyncd.conf", NULL };

/* The first of the main files, then all drop-ins by name. */
static void
collect(struct clocks *c, struct lists *l)
{
	static const char *const folders[] = { "/etc/systemd/timesyncd.conf.d",
		"/run/systemd/timesyncd.conf.d", "/usr/local/lib/systemd/timesyncd.conf.d",
		"/usr/lib/systemd/timesyncd.conf.d", "/lib/systemd/timesyncd.conf.d", NULL };
	const char *const *more = files_merged(c, folders, ".conf");

	for (size_t i = 0; mains[i] != NULL; i++)
		if (files_there(c, mains[i]) || files_masked(c, mains[i])) {
			files_statements(c, mains[i], &systemd_grammar, statement, l);
			break;
		}
	for (; *more != NULL; more++)
		files_statements(c, *more, &systemd_grammar, statement, l);
}

static void
find(struct clocks *c)
{
	struct lists l = { 0 };
	size_t before = c->named;

	collect(c, &l);
	systemd_servers(c, &l.ntp, "NTP");
	if (c->why_not == NULL)
		network_of_networkd(c);
	if (c->named == before && c->why_not == NULL)
		systemd_servers(c, &l.fallback, "FallbackNTP");
}

/* The servers it was built with stand in its main file as a comment. */
static void
built_in(struct clocks *c)
{
	static const char option[] = "#FallbackNTP=";
	struct lists l = { 0 };
	char *data, *text, *save = NULL;
	unsigned long at = 0;
	size_t len;

	collect(c, &l);
	for (size_t i = 0; mains[i] != NULL && !l.fallback.set; i++) {
		if (!files_read(c, mains[i], &data, &len))
			continue;
		while ((text = files_line(&data, &at)) != NULL) {
			if (strncmp(text, option, strlen(option)) != 0)
				continue;
			text += strlen(option);
			for (char *w = strtok_r(text, " \t", &save); w != NULL;
			     w = strtok_r(NULL, " \t", &save))
				taken_server(
				    c, &(struct named_server){
					   .name = w, .words = w, .spot = { name, mains[i], at } });
		}
		return;
	}
}

static void
text(struct clocks *c, const char *path, char *data, size_t len)
{
	struct lists l = { 0 };

	files_cut(c, path, &systemd_grammar, data, len, statement, &l);
	systemd_servers(c, &l.ntp, "NTP");
	if (l.ntp.n == 0)
		systemd_servers(c, &l.fallback, "FallbackNTP");
}

static const char *const programs[] = { "/usr/lib/systemd/systemd-timesyncd",
	"/lib/systemd/systemd-timesyncd", NULL };
static const char *const units[] = { "systemd-timesyncd.service", NULL };
static const char *const files[] = { "/etc/systemd/timesyncd.conf",
	"/etc/systemd/timesyncd.conf.d/*.conf", "/run/systemd/timesyncd.conf.d/*.conf", NULL };

const struct service service_timesyncd = { .name = name,
	.programs = programs,
	.units = units,
	.files = files,
	.always = true,
	.find = find,
	.built_in = built_in,
	.text = text };
