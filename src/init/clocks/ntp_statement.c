/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how ntp.conf names servers (ntp.conf(5) of ntpd 4.2.8 and of NTPsec).
 */
#include "init/clocks/files.h"
#include "init/clocks/ntp.h"
#include "init/clocks/taken.h"

#include <string.h>
#include <strings.h>

#define OWN_CLOCK "127.127.1." /* the driver that follows this computer's clock (LOCL) */

const struct grammar ntp_grammar = { .comment = "#", .quotes = "\"", .lines = true };

static bool
is(const char *word, const char *name)
{
	return strcasecmp(word, name) == 0;
}

/* "server [-4|-6] NAME [nts] …". Addresses 127.127.T.U are clocks of type T, unit U. A port stands
 * in the name, and only with nts (NTPsec). */
static void
source(struct clocks *c, struct spot spot, const struct statement *s)
{
	size_t at = 1;
	struct named_server n = { .words = taken_words(c, s), .spot = spot };

	while (at < s->n && (strcmp(s->word[at], "-4") == 0 || strcmp(s->word[at], "-6") == 0))
		at++;
	n.name = at < s->n ? s->word[at] : "";
	for (size_t i = at + 1; i < s->n; i++)
		n.nts |= is(s->word[i], "nts");
	if (strncmp(n.name, OWN_CLOCK, strlen(OWN_CLOCK)) == 0)
		taken_left(c, n.words, "this computer's own clock, which proves nothing", spot);
	else if (strncmp(n.name, "127.127.", 8) == 0)
		taken_keeper(
		    c, n.words, "a clock that is attached to this computer, no time server", spot);
	else if (n.nts)
		taken_server_port(c, &n);
	else
		taken_server(c, &n);
}

static void
any(struct clocks *c, const char *path, const struct statement *s, void *self)
{
	(void)self;
	ntp_statement(c, path, s);
}

/* A file, or in NTPsec a folder of files *.conf. */
static void
include(struct clocks *c, const char *what)
{
	const char *folder[] = { what, NULL };
	const char *const *in = files_merged(c, folder, ".conf");

	if (c->depth >= CLOCKS_DEPTH_MAX)
		return;
	c->depth++;
	for (size_t i = 0; in[i] != NULL; i++)
		files_statements(c, in[i], &ntp_grammar, any, NULL);
	if (in[0] == NULL)
		files_statements(c, what, &ntp_grammar, any, NULL);
	c->depth--;
}

void
ntp_statement(struct clocks *c, const char *path, const struct statement *s)
{
	struct spot spot = { c->program, path, s->line };
	const char *word = s->word[0];

	if (is(word, "server") || is(word, "pool") || is(word, "peer"))
		source(c, spot, s);
	else if (is(word, "refclock"))
		taken_keeper(c, taken_words(c, s),
		    "a clock that is attached to this computer, no time server", spot);
	else if (is(word, "manycastclient") || is(word, "broadcastclient") ||
		 is(word, "multicastclient"))
		taken_left(c, taken_words(c, s),
		    "it finds its time servers by asking the whole network; name them yourself",
		    spot);
	else if (is(word, "includefile") && s->n > 1)
		include(c, s->word[1]);
}

void
ntp_text(struct clocks *c, const char *path, char *data, size_t len)
{
	files_cut(c, path, &ntp_grammar, data, len, any, NULL);
}
