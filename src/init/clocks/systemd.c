/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns lists in systemd's files.
 */
#include "init/clocks/systemd.h"

#include "init/clocks/taken.h"

const struct grammar systemd_grammar = { .comment = "#;",
	.comment_starts_line = true,
	.lines = true,
	.backslash_continues = true,
	.sections = true,
	.assigns = "=" };

void
systemd_assign(struct clocks *c, struct systemd_list *l, const char *program, const char *path,
    const struct statement *s)
{
	l->set = true;
	if (s->n == 1)
		l->n = 0;
	for (size_t i = 1; i < s->n; i++) {
		l->v = arena_grow(c->arena, l->v, l->n, &l->cap, sizeof(*l->v));
		l->v[l->n++] = (struct systemd_entry){ s->word[i], { program, path, s->line } };
	}
}

void
systemd_servers(struct clocks *c, const struct systemd_list *l, const char *name)
{
	for (size_t i = 0; i < l->n; i++) {
		const char *text = l->v[i].text;

		if (c->why_not != NULL && taken_has(c, text))
			continue; /* a service in use has it already */
		taken_server(c, &(struct named_server){ .name = text,
				    .words = arena_printf(
					c->arena, "%s=%.*s", name, (int)CLOCKS_SHOWN_MAX, text),
				    .spot = l->v[i].spot });
	}
}
