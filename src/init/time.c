/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is made of the time servers that were found.
 */
#include "init/init.h"

#include "init/clocks/clocks.h"

#include <unistd.h>

static void
unread(void *self, const char *path, const struct err *e)
{
	found_unread(self, path, e);
}

static const char *
place(struct found *f, struct spot spot)
{
	return spot.line == 0
		   ? spot.file
		   : arena_printf(f->arena, "%s, %s:%lu", spot.program, spot.file, spot.line);
}

static void
take_left(struct found *f, const struct time_left *l)
{
	const char *words = arena_printf(f->arena, "%s (%s)", l->words, place(f, l->spot));

	found_add(f, l->keeps ? &f->keepers : &f->servers_left, words, l->why);
}

void
init_time(struct found *f)
{
	char host[256] = "";
	struct clocks c = { .arena = f->arena,
		.root = f->root,
		.host = host,
		.alive = f->root[0] == '\0',
		.self = f,
		.unread = unread };

	if (c.alive && gethostname(host, sizeof(host) - 1) < 0)
		host[0] = '\0';
	clocks_find(&c);
	f->files += c.files;
	for (size_t i = 0; i < c.nservers; i++)
		found_add(f, &f->servers, c.servers[i].text, place(f, c.servers[i].spot));
	for (size_t i = 0; i < c.nleft; i++)
		take_left(f, &c.left[i]);
	f->servers.more += c.more_servers;
	f->servers_left.more += c.more_left;
}
