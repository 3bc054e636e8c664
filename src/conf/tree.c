/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the settings of a file as they come out of the process that parsed them.
 */
#include "conf/tree.h"

#include "conf/schema.h"

#include <string.h>

const struct setting *
setting_find(const struct setting *group, const char *name)
{
	for (size_t i = 0; group->kind == SETTING_GROUP && i < group->n; i++)
		if (group->all[i].name != NULL && strcmp(group->all[i].name, name) == 0)
			return &group->all[i];
	return NULL;
}

/* The file itself is the one setting that is waited for. */
void
tree_in_init(struct tree_in *t, struct arena *a)
{
	*t = (struct tree_in){ .arena = a, .promised = 1 };
	t->first = arena_alloc(a, sizeof(*t->first));
	t->open[0].next = t->first;
	t->open[0].left = 1;
}

/* NULL and a length: it was too long to be sent. */
static void
get_text(struct frame *f, struct setting *s, struct arena *a)
{
	s->len = frame_get_u32(f);
	s->text = frame_get_text(f, a);
	if (s->text != NULL ? strlen(s->text) != s->len || s->len > OPT_VALUE_MAX
			    : s->len <= OPT_VALUE_MAX)
		f->bad = true;
}

/* What stands in it comes next. */
static int
enter(struct tree_in *t, struct frame *f, struct setting *s, struct err *e)
{
	uint32_t n = frame_get_u32(f);
	struct setting *all;

	if (f->bad || n == 0)
		return 0;
	if (t->depth == TREE_DEPTH_MAX)
		return err_set(e, ERR_LIMIT, "settings more than %d deep", TREE_DEPTH_MAX);
	if (n > TREE_SETTINGS_MAX - t->promised)
		return err_set(e, ERR_LIMIT, "more than %zu settings", TREE_SETTINGS_MAX);
	t->promised += n;
	all = arena_array(t->arena, n, sizeof(*all));
	s->all = all;
	s->n = n;
	t->depth++;
	t->open[t->depth].next = all;
	t->open[t->depth].left = n;
	t->open[t->depth].named = s->kind == SETTING_GROUP;
	return 0;
}

static int
get_value(struct tree_in *t, struct frame *f, struct setting *s, struct err *e)
{
	switch (s->kind) {
	case SETTING_TEXT:
		get_text(f, s, t->arena);
		break;
	case SETTING_INT:
		s->number = frame_get_i64(f);
		break;
	case SETTING_BOOL:
		s->number = frame_get_flag(f);
		break;
	case SETTING_GROUP:
	case SETTING_LIST:
	case SETTING_ARRAY:
		return enter(t, f, s, e);
	case SETTING_FLOAT:
		break;
	case SETTING_KIND_N:
		f->bad = true;
		break;
	}
	return 0;
}

static int
get_setting(struct tree_in *t, struct frame *f, struct err *e)
{
	struct setting *s = t->open[t->depth].next++;
	bool named = t->open[t->depth].named;
	uint32_t kind = frame_get_u32(f);

	t->open[t->depth].left--;
	s->line = frame_get_u32(f);
	s->name = frame_get_text(f, t->arena);
	if (kind >= SETTING_KIND_N || (s->name != NULL) != named ||
	    (named && strlen(s->name) > TREE_NAME_MAX))
		f->bad = true;
	s->kind = f->bad ? SETTING_FLOAT : (enum setting_kind)kind;
	if (get_value(t, f, s, e) < 0)
		return -1;
	while (t->depth > 0 && t->open[t->depth].left == 0)
		t->depth--;
	return f->bad ? err_set(e, ERR_PARSE, "a setting that cannot be read") : 0;
}

static int
take_fault(struct tree_in *t, struct frame *f, struct err *e)
{
	t->fault_line = frame_get_u32(f);
	t->fault = frame_get_text(f, t->arena);
	if (!frame_ok(f) || t->fault == NULL)
		return err_set(e, ERR_PARSE, "a fault that cannot be read");
	return 1;
}

int
tree_take(struct tree_in *t, struct frame *f, struct err *e)
{
	if (f->len > TREE_BYTES_MAX - t->bytes)
		return err_set(e, ERR_LIMIT, "more than %zu bytes of settings", TREE_BYTES_MAX);
	t->bytes += f->len;
	if (f->kind == TREE_FAULT)
		return take_fault(t, f, e);
	if (f->kind != TREE_SETTINGS || f->len == 0)
		return err_set(e, ERR_PARSE, "what are no settings");
	while (t->open[0].left + t->depth > 0 && f->at < f->len)
		if (get_setting(t, f, e) < 0)
			return -1;
	if (t->open[0].left + t->depth > 0)
		return 0;
	if (f->at < f->len || t->first->kind != SETTING_GROUP)
		return err_set(e, ERR_PARSE, "settings past their end");
	t->root = t->first;
	return 1;
}
