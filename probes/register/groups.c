/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how a list of ours (libconfig) becomes rows.
 */
#include "columns.h"
#include "list.h"

#include <libconfig.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A setting of an entry as the text that a cell would hold; NULL: it is none of those. */
static const char *
text_of(const config_setting_t *s, struct arena *a)
{
	switch (config_setting_type(s)) {
	case CONFIG_TYPE_STRING:
		return arena_text(a, config_setting_get_string(s));
	case CONFIG_TYPE_INT:
		return arena_printf(a, "%d", config_setting_get_int(s));
	case CONFIG_TYPE_INT64:
		return arena_printf(a, "%lld", config_setting_get_int64(s));
	case CONFIG_TYPE_BOOL:
		return config_setting_get_bool(s) ? "yes" : "no";
	default:
		return NULL;
	}
}

static void
take_member(struct list *l, struct row *r, const config_setting_t *s, struct arena *a)
{
	const char *name = config_setting_name(s), *text = text_of(s, a);
	enum col k = name != NULL ? col_find(name) : COL_N;

	if (k == COL_N)
		r->fault = arena_printf(a, "there is no \"%.60s\" in an entry", name);
	else if (text == NULL)
		r->fault = arena_printf(a, "%s is neither a text nor a number", col_name(k));
	else if (strlen(text) > REGISTER_CELL_MAX)
		r->fault = "a text is longer than 2000 bytes";
	if (r->fault != NULL)
		return;
	r->cells[k] = list_cell(text);
	l->has[k] = true;
}

static void
take_entry(struct list *l, const config_setting_t *entry, struct arena *a)
{
	struct row *r = list_row(l, config_setting_source_line(entry), a);

	if (!config_setting_is_group(entry)) {
		r->fault = "is no entry: { id = \"…\"; … }";
		return;
	}
	for (int i = 0; i < config_setting_length(entry) && r->fault == NULL; i++)
		take_member(l, r, config_setting_get_elem(entry, (unsigned)i), a);
}

/* A list includes no other file: each is named in the check. */
static unsigned
include_line(const char *text)
{
	unsigned line = 1;

	for (const char *p = text; *p != '\0'; line++) {
		const char *q = p + strspn(p, " \t");

		if (strncasecmp(q, "@include", 8) == 0)
			return line;
		p += strcspn(p, "\n");
		p += *p == '\n';
	}
	return 0;
}

static void
take_entries(struct list *l, const config_t *c, struct arena *a)
{
	const config_setting_t *root = config_root_setting(c), *all;

	all = config_setting_get_member(root, "entries");
	if (all == NULL || !config_setting_is_list(all) || config_setting_length(root) != 1)
		l->fault = "is not one list of entries: entries = ( { id = \"…\"; … }, … );";
	else if (config_setting_length(all) > REGISTER_ROWS_MAX)
		l->fault = "has more than 50000 rows";
	for (int i = 0; l->fault == NULL && i < config_setting_length(all); i++)
		take_entry(l, config_setting_get_elem(all, (unsigned)i), a);
}

void
list_from_groups(struct list *l, const char *text, struct arena *a)
{
	unsigned line = include_line(text);
	config_t c;

	if (line != 0) {
		l->fault = arena_printf(
		    a, "line %u: a list includes no other file; name that one in the check", line);
		return;
	}
	config_init(&c);
	if (config_read_string(&c, text) == CONFIG_TRUE)
		take_entries(l, &c, a);
	else
		l->fault =
		    arena_printf(a, "line %d: %s", config_error_line(&c), config_error_text(&c));
	config_destroy(&c);
}
