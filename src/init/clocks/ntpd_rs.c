/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how ntpd-rs names its servers (ntp.toml(5)).
 */
#include "init/clocks/files.h"
#include "init/clocks/service.h"
#include "init/clocks/taken.h"

#include <string.h>

static const char name[] = "ntpd-rs";

/* TOML as far as it is needed: pairs of a key and a value. What parts them means nothing here, so
 * that [[source]] tables and source = [ { … } ] read the same. */
static const struct grammar grammar = {
	.comment = "#", .quotes = "\"'", .lines = true, .sections = true, .parts = "=,[]{}"
};

/* A source while its pairs are read. */
struct source {
	const char *mode, *address, *path, *file;
	unsigned long line;
	bool in_list; /* within source = [ … ] */
};

static void
tell(struct clocks *c, struct source *s)
{
	struct spot spot = { name, s->file, s->line };
	const char *mode = s->mode != NULL ? s->mode : "server";
	const char *what = s->address != NULL ? s->address : s->path != NULL ? s->path : "";
	const char *words =
	    arena_printf(c->arena, "mode = \"%.20s\" %.*s", mode, (int)CLOCKS_SHOWN_MAX, what);

	if (s->mode == NULL && s->address == NULL && s->path == NULL)
		return;
	if (strcmp(mode, "sock") == 0 || strcmp(mode, "pps") == 0)
		taken_keeper(
		    c, words, "a clock that is attached to this computer, no time server", spot);
	else
		taken_server_port(c, &(struct named_server){ .name = what,
					 .nts = strncmp(mode, "nts", 3) == 0,
					 .words = words,
					 .spot = spot });
	s->mode = s->address = s->path = NULL;
}

/* A key that was seen already belongs to the next source. */
static void
pair(struct clocks *c, struct source *s, const char **slot, const char *value, unsigned long line)
{
	if (*slot != NULL)
		tell(c, s);
	if (s->mode == NULL && s->address == NULL && s->path == NULL)
		s->line = line;
	*slot = value;
}

static bool
is_source_table(const char *block)
{
	return strcmp(block, "[source") == 0 || strcmp(block, "[peer") == 0; /* before 0.3.4 */
}

static void
statement(struct clocks *c, const char *path, const struct statement *st, void *self)
{
	struct source *s = self;

	s->file = path;
	if (st->block[0] == '\0' && st->n > 0 && strcmp(st->word[0], "source") == 0)
		s->in_list = true;
	if (!is_source_table(st->block) && !(st->block[0] == '\0' && s->in_list))
		return;
	for (size_t i = 0; i + 1 < st->n; i++) {
		const char *key = st->word[i], *value = st->word[i + 1];

		if (strcmp(key, "mode") == 0)
			pair(c, s, &s->mode, value, st->line);
		else if (strcmp(key, "address") == 0)
			pair(c, s, &s->address, value, st->line);
		else if (strcmp(key, "path") == 0)
			pair(c, s, &s->path, value, st->line);
		else
			continue;
		i++;
	}
}

static void
text(struct clocks *c, const char *path, char *data, size_t len)
{
	struct source s = { .file = path };

	files_cut(c, path, &grammar, data, len, statement, &s);
	tell(c, &s);
}

static const char *const mains[] = { "/etc/ntpd-rs/ntp.toml", "/etc/ntp.toml", NULL };

static void
find(struct clocks *c)
{
	files_first(c, mains, text);
}

static const char *const programs[] = { "/usr/bin/ntp-daemon", "/usr/sbin/ntp-daemon",
	"/usr/local/bin/ntp-daemon", NULL };
static const char *const units[] = { "ntpd-rs.service", "ntpd-rs", NULL };

const struct service service_ntpd_rs = { .name = name,
	.programs = programs,
	.units = units,
	.files = mains,
	.find = find,
	.text = text };
