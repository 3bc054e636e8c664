/* SPDX-License-Identifier: Apache-2.0
 *
 * A list that anybody may have written: as a table, as a list of ours, as the notes of earlier
 * looks. What is read of it is whole or has a reason, and each line is one of the file.
 */
#include "probes/register/entry.h"
#include "probes/register/list.h"
#include "probes/register/seen.h"
#include "probes/register/text.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__lsan_default_suppressions(void);

/* Its scanner forgets a text whose quotes are open at the end of the file (1.5); a worker is gone
 * before that matters. */
const char *
__lsan_default_suppressions(void)
{
	return "leak:strbuf_append\nleak:libconfig_yylex\n";
}

static void
hold(const struct list *l, const struct entries *all, size_t lines)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct entry *en = &all->v[i];

		if (en->line == 0 || en->line > lines + 1 || en->list != l)
			abort();
		if (en->id == NULL && en->fault == NULL)
			abort();
		if (en->fault == NULL && (en->kind >= KIND_N || en->lead < 0))
			abort();
		if (en->id != NULL && strchr(en->id, '\n') != NULL)
			abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct register_conf conf = { .dates = "auto", .kind = "other" };
	struct arena *a = arena_new((size_t)512 << 20);
	struct list l = { .path = "x" };
	const char *encoding;
	struct entries all;
	struct err e = { 0 };
	struct memory m;
	size_t len, lines = 0;
	char *text;

	if (text_from_bytes((const char *)data, size, a, &text, &len, &encoding, &e) == 0) {
		for (size_t i = 0; i < len; i++)
			lines += text[i] == '\n' || text[i] == '\r';
		list_from_table(&l, text, len, &conf.columns, a);
		entries_of(&all, &l, 1, &conf, a);
		hold(&l, &all, lines);
		l = (struct list){ .path = "x" };
		list_from_groups(&l, text, a);
		entries_of(&all, &l, 1, &conf, a);
		hold(&l, &all, lines);
		seen_parse(text, &l, 1, &m, a);
	}
	arena_free(a);
	return 0;
}
