/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how chrony names its servers (chrony.conf(5)).
 */
#include "init/clocks/chrony.h"

#include "init/clocks/files.h"
#include "init/clocks/service.h"
#include "init/clocks/taken.h"

#include <string.h>
#include <strings.h>

const struct grammar chrony_grammar = {
	.comment = "#!;%", .comment_starts_line = true, .lines = true
};

static bool
is(const char *word, const char *name)
{
	return strcasecmp(word, name) == 0;
}

static bool
is_source(const struct statement *s)
{
	return is(s->word[0], "server") || is(s->word[0], "pool") || is(s->word[0], "peer");
}

/* "server NAME [port N] [nts] [ntsport N] …": with nts the port is that of the key exchange, which
 * tells the other one. */
static void
source(struct clocks *c, struct spot spot, const struct statement *s)
{
	struct named_server n = {
		.name = s->n > 1 ? s->word[1] : "", .words = taken_words(c, s), .spot = spot
	};
	const char *ke_port = NULL;

	for (size_t i = 2; i < s->n; i++) {
		const char *value = i + 1 < s->n ? s->word[i + 1] : "";

		n.nts |= is(s->word[i], "nts");
		if (is(s->word[i], "port"))
			n.port = value;
		else if (is(s->word[i], "ntsport"))
			ke_port = value;
	}
	if (n.nts)
		n.port = ke_port;
	taken_server(c, &n);
}

/* "initstepslew THRESHOLD NAME …" */
static void
first_step(struct clocks *c, struct spot spot, const struct statement *s)
{
	const char *words = taken_words(c, s);

	for (size_t i = 2; i < s->n; i++)
		taken_server(
		    c, &(struct named_server){ .name = s->word[i], .words = words, .spot = spot });
}

static void
refclock(struct clocks *c, struct spot spot, const struct statement *s)
{
	bool phc = s->n > 1 && is(s->word[1], "PHC");

	taken_keeper(c, taken_words(c, s),
	    phc ? "a clock that the host of this computer or its network card gives, no time server"
		: "a clock that is attached to this computer, no time server",
	    spot);
}

/* In a folder of sources nothing but sources counts. */
static void
source_only(struct clocks *c, const char *path, const struct statement *s, void *self)
{
	(void)self;
	if (is_source(s))
		source(c, (struct spot){ c->program, path, s->line }, s);
}

static void
any(struct clocks *c, const char *path, const struct statement *s, void *self)
{
	(void)self;
	chrony_statement(c, path, s);
}

static void
each(struct clocks *c, const char *const *paths, statement_use *use)
{
	if (c->depth >= CLOCKS_DEPTH_MAX)
		return;
	c->depth++;
	for (; *paths != NULL; paths++)
		files_statements(c, *paths, &chrony_grammar, use, NULL);
	c->depth--;
}

static const char *const *
in_folders(struct clocks *c, const struct statement *s, const char *suffix)
{
	const char *folders[CLOCKS_FOLDERS_MAX + 1] = { NULL };

	for (size_t i = 1; i < s->n && i <= CLOCKS_FOLDERS_MAX; i++)
		folders[i - 1] = s->word[i];
	return files_merged(c, folders, suffix);
}

void
chrony_statement(struct clocks *c, const char *path, const struct statement *s)
{
	struct spot spot = { c->program, path, s->line };

	if (is_source(s))
		source(c, spot, s);
	else if (is(s->word[0], "initstepslew"))
		first_step(c, spot, s);
	else if (is(s->word[0], "refclock"))
		refclock(c, spot, s);
	else if (is(s->word[0], "include") && s->n > 1)
		each(c, files_matching(c, s->word[1]), any);
	else if (is(s->word[0], "confdir"))
		each(c, in_folders(c, s, ".conf"), any);
	else if (is(s->word[0], "sourcedir"))
		each(c, in_folders(c, s, ".sources"), source_only);
}

static void
text(struct clocks *c, const char *path, char *data, size_t len)
{
	files_cut(c, path, &chrony_grammar, data, len, any, NULL);
}

static const char *const programs[] = { "/usr/sbin/chronyd", "/usr/local/sbin/chronyd", NULL };
static const char *const units[] = { "chrony.service", "chronyd.service",
	"chronyd-restricted.service", "chronyd", NULL };
static const char *const mains[] = { "/etc/chrony/chrony.conf", "/etc/chrony.conf", NULL };

/* One of the two is built in; a machine has one. */
static void
find(struct clocks *c)
{
	files_first(c, mains, text);
}

const struct service service_chrony = { .name = "chrony",
	.programs = programs,
	.units = units,
	.files = mains,
	.find = find,
	.text = text };
