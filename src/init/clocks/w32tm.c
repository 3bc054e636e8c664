/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the time servers of a Windows computer, from the saved text of `w32tm /query /configuration`
 * or `w32tm /query /peers`, which a person lays here.
 */
#include "init/clocks/files.h"
#include "init/clocks/service.h"
#include "init/clocks/taken.h"

#include <string.h>

static const char name[] = "w32tm";

static const struct grammar grammar = { .lines = true, .assigns = ":" };

/* A name ends at its flags: "time.example,0x8". "(Local)" behind the list says where it is set. */
static void
list(struct clocks *c, struct spot spot, const struct statement *s, bool domain)
{
	struct named_server n = { .words = taken_words(c, s), .spot = spot };

	for (size_t i = 1; i < s->n; i++) {
		if (s->word[i][0] == '(')
			continue;
		n.name = arena_textn(c->arena, s->word[i], strcspn(s->word[i], ","));
		if (domain)
			taken_left(c, n.words,
			    "that computer takes its time from its domain (Type: NT5DS)", spot);
		else
			taken_server(c, &n);
	}
}

static void
statement(struct clocks *c, const char *path, const struct statement *s, void *self)
{
	struct spot spot = { name, path, s->line };
	bool *domain = self;

	if (strcmp(s->word[0], "Type") == 0)
		*domain = s->n > 1 && strcmp(s->word[1], "NT5DS") == 0;
	else if (strcmp(s->word[0], "NtpServer") == 0)
		list(c, spot, s, *domain);
	else if (strcmp(s->word[0], "Peer") == 0)
		list(c, spot, s, false);
}

/* A redirected text of PowerShell is UTF-16 (little endian, with its mark); names are ASCII. */
static size_t
narrow(char *data, size_t len)
{
	size_t n = 0;

	if (len < 2 || memcmp(data, "\xff\xfe", 2) != 0)
		return len;
	for (size_t i = 2; i + 1 < len; i += 2)
		data[n++] = data[i + 1] == '\0' && data[i] > 0 ? data[i] : '?';
	data[n] = '\0';
	return n;
}

static void
text(struct clocks *c, const char *path, char *data, size_t len)
{
	bool domain = false;

	files_cut(c, path, &grammar, data, narrow(data, len), statement, &domain);
}

static const char *const files[] = { "/etc/forewarn/w32tm*.txt", NULL };
static const char *const none[] = { NULL };

static void
find(struct clocks *c)
{
	const char *const *path = files_matching(c, files[0]);
	char *data;
	size_t len;

	for (; *path != NULL; path++)
		if (files_read(c, *path, &data, &len))
			text(c, *path, data, len);
}

const struct service service_w32tm = { .name = name,
	.programs = none,
	.units = none,
	.files = files,
	.handed = true,
	.find = find,
	.text = text };
