/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a row of the menu as it is added, and its id.
 */
#include "tray/menu_private.h"

#include <string.h>

const struct menu_row *
menu_find(const struct menu *m, int32_t id)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].id == id)
			return &m->v[i];
	return NULL;
}

static int32_t
id_for(const struct menu *m, enum menu_act act, const char *arg, const char *label)
{
	/* what does nothing is known by its words, what does something by what it does */
	const char *of[] = { arg, act == MENU_NONE ? label : "" };
	uint32_t h = 2166136261u ^ (uint32_t)act;
	int32_t id;

	for (size_t i = 0; i < 2; i++)
		for (const char *p = of[i]; *p != '\0'; p++)
			h = (h ^ (unsigned char)*p) * 16777619u;
	for (id = (int32_t)(h & 0x3fffffff) + 1; menu_find(m, id) != NULL; id++)
		continue;
	return id;
}

struct menu_row *
menu_row_new(struct making *k, enum menu_act act, const char *arg, const char *label)
{
	struct menu *m = k->m;
	struct menu_row *r;

	m->v = arena_grow(m->a, m->v, m->n, &m->cap, sizeof(*m->v));
	r = &m->v[m->n];
	*r = (struct menu_row){ .parent = k->parent,
		.act = act,
		.arg = arena_text(m->a, arg),
		.label = arena_text(m->a, label),
		.enabled = act != MENU_NONE };
	r->id = id_for(m, act, r->arg, arena_printf(m->a, "%d %s", k->parent, label));
	m->n++;
	return r;
}

void
menu_line(struct making *k)
{
	menu_row_new(k, MENU_NONE, "", arena_printf(k->m->a, "line %zu", k->m->n))->line = true;
}

int32_t
menu_enter(struct making *k, struct menu_row *r)
{
	int32_t back = k->parent;

	r->has_rows = r->enabled = true;
	k->parent = r->id;
	return back;
}

const char *
menu_icon(struct making *k, enum icon_kind of)
{
	char name[ICON_NAME];

	return arena_text(k->m->a, icon_name(of, k->around->paint, name));
}
