/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how OpenNTPD names its servers (ntpd.conf(5) of OpenNTPD).
 */
#include "init/clocks/files.h"
#include "init/clocks/service.h"
#include "init/clocks/taken.h"
#include "init/readers/values.h"

#include <string.h>

static const char name[] = "OpenNTPD";

static const struct grammar grammar = {
	.comment = "#", .quotes = "\"", .lines = true, .backslash_continues = true, .assigns = "="
};

static bool
is(const struct statement *s, const char *word)
{
	return strcmp(s->word[0], word) == 0;
}

/* "server NAME [weight N] [trusted]", "servers NAME". */
static void
source(struct clocks *c, struct spot spot, const struct statement *s, const struct values *macros)
{
	const char *text = s->n > 1 ? values_fill(macros, VALUE_DOLLAR, s->word[1]) : "";

	if (text == NULL)
		taken_left(c, taken_words(c, s), "the variable in it is not set", spot);
	else
		taken_server(c, &(struct named_server){
				    .name = text, .words = taken_words(c, s), .spot = spot });
}

static void
statement(struct clocks *c, const char *path, const struct statement *s, void *macros)
{
	struct spot spot = { name, path, s->line };

	if (is(s, "server") || is(s, "servers"))
		source(c, spot, s, macros);
	else if (is(s, "constraint") || is(s, "constraints"))
		taken_left(c, taken_words(c, s),
		    "a web server that bounds what time servers may say, to the second; no time "
		    "server",
		    spot);
	else if (is(s, "sensor"))
		taken_keeper(c, taken_words(c, s),
		    "a clock that is attached to this computer, no time server", spot);
	else if (s->n == 2)
		values_set(macros, s->word[0], s->word[1]);
}

static void
text(struct clocks *c, const char *path, char *data, size_t len)
{
	struct values macros = { .arena = c->arena };

	files_cut(c, path, &grammar, data, len, statement, &macros);
}

static const char *const mains[] = { "/etc/openntpd/ntpd.conf", "/etc/ntpd.conf", NULL };

static void
find(struct clocks *c)
{
	files_first(c, mains, text);
}

static const char *const programs[] = { "/usr/sbin/ntpctl", "/usr/bin/ntpctl", "/usr/sbin/openntpd",
	"/usr/sbin/ntpd", NULL };
/* ntpd and NTPsec have a program ntpd too. */
static const char *const not_with[] = { "/usr/bin/ntpq", "/usr/sbin/ntpq", NULL };
static const char *const units[] = { "openntpd.service", "openntpd", NULL };

const struct service service_openntpd = { .name = name,
	.programs = programs,
	.not_with = not_with,
	.units = units,
	.files = mains,
	.find = find,
	.text = text };
