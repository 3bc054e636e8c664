/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how timemaster of linuxptp names its servers (timemaster(8)).
 */
#include "init/clocks/chrony.h"
#include "init/clocks/files.h"
#include "init/clocks/ntp.h"
#include "init/clocks/service.h"
#include "init/clocks/taken.h"

#include <string.h>

static const char name[] = "timemaster";
static const char server_section[] = "ntp_server ", ptp_section[] = "ptp_domain ";

static const struct grammar grammar = {
	.comment = "#", .comment_starts_line = true, .lines = true, .sections = true
};

struct options {
	const char *section; /* whose options are looked for */
	const char *port;
	bool nts;
};

/* "ntp_options nts port 1123 …" of one server. */
static void
server_option(struct clocks *c, const char *path, const struct statement *s, void *self)
{
	struct options *o = self;

	(void)c;
	(void)path;
	if (strcmp(s->block, o->section) != 0 || strcmp(s->word[0], "ntp_options") != 0)
		return;
	for (size_t i = 1; i < s->n; i++) {
		o->nts |= strcmp(s->word[i], "nts") == 0;
		if (i + 1 < s->n && strcmp(s->word[i], "port") == 0)
			o->port = s->word[i + 1];
	}
}

static void
server(struct clocks *c, struct spot spot, const char *section, const char *data, size_t len)
{
	struct options o = { .section = section };

	files_cut(c, spot.file, &grammar, data, len, server_option, &o);
	taken_server(c, &(struct named_server){ .name = section + strlen(server_section),
			    .port = o.nts ? NULL : o.port,
			    .nts = o.nts,
			    .words = section,
			    .spot = spot });
}

/* Sections count even where nothing stands in them. */
static void
sections(struct clocks *c, const char *path, const char *data, size_t len)
{
	char *rest = arena_textn(c->arena, data, len), *line, *end;
	unsigned long at = 0;

	while ((line = files_line(&rest, &at)) != NULL) {
		struct spot spot = { name, path, at };

		if (line[0] != '[' || (end = strchr(line, ']')) == NULL)
			continue;
		*end = '\0';
		line++;
		if (strncmp(line, server_section, strlen(server_section)) == 0)
			server(c, spot, line, data, len);
		else if (strncmp(line, ptp_section, strlen(ptp_section)) == 0)
			taken_keeper(c, line,
			    "a clock that PTP brings to this computer's network card, no time "
			    "server",
			    spot);
	}
}

/* Which of the two programs it starts; with that one's statements in a section of its own. */
struct program {
	const char *called;
	bool ntpd;
};

static void
which(struct clocks *c, const char *path, const struct statement *s, void *self)
{
	struct program *p = self;

	(void)c;
	(void)path;
	if (strcmp(s->block, "timemaster") == 0 && strcmp(s->word[0], "ntp_program") == 0)
		p->ntpd = s->n > 1 && strcmp(s->word[1], "ntpd") == 0;
}

static void
raw(struct clocks *c, const char *path, const struct statement *s, void *self)
{
	const struct program *p = self;

	if (strcmp(s->block, "chrony.conf") == 0 && !p->ntpd)
		chrony_statement(c, path, s);
	else if (strcmp(s->block, "ntp.conf") == 0 && p->ntpd)
		ntp_statement(c, path, s);
}

static void
text(struct clocks *c, const char *path, char *data, size_t len)
{
	struct program p = { 0 };

	files_cut(c, path, &grammar, data, len, which, &p);
	sections(c, path, data, len);
	files_cut(c, path, &grammar, data, len, raw, &p);
}

static const char *const mains[] = { "/etc/linuxptp/timemaster.conf", "/etc/timemaster.conf",
	NULL };

static void
find(struct clocks *c)
{
	files_first(c, mains, text);
}

static const char *const programs[] = { "/usr/sbin/timemaster", NULL };
static const char *const units[] = { "timemaster.service", NULL };

const struct service service_timemaster = { .name = name,
	.programs = programs,
	.units = units,
	.files = mains,
	.find = find,
	.text = text };
