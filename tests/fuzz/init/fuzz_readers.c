/* SPDX-License-Identifier: Apache-2.0
 *
 * A configuration as it lies on somebody's disk, behind a first line that is the number of a reader
 * in readers.c (counted round) or its name as people call it: cut into statements, held against the
 * words of that reader and of those it reads other files with, its variables put in.
 */
#include "init/readers/conditions.h"
#include "init/readers/match.h"
#include "init/readers/meaning.h"
#include "init/readers/readers.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define MEMORY ((size_t)512 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct run {
	const struct reader *r;
	struct values vars;
	struct conditions conditions;
};

static void
hit(void *self, const struct match *m)
{
	struct run *run = self;
	const char *full;

	conditions_take(&run->conditions, m->word->role, m->value != NULL);
	conditions_on(&run->conditions);
	if (m->value == NULL)
		return;
	if (m->word->role == ROLE_SET || m->word->role == ROLE_VALUE)
		values_set(&run->vars, m->name, m->value);
	full = values_fill(&run->vars, run->r->forms, meaning_bare(m->value));
	if (full != NULL && full != m->value && strlen(full) > VALUE_BYTES_MAX &&
	    strlen(m->value) < VALUE_BYTES_MAX)
		abort();
	if (full != NULL && !meaning_open(full) && !meaning_nothing(full))
		meaning_system_trust(full);
}

static void
run_one(const struct reader *r, const char *data, size_t len)
{
	struct arena *a = arena_new(MEMORY);
	struct run run = { .r = r, .vars.arena = a };
	unsigned long line = 1;
	struct statement s;
	struct syntax syn;

	syntax_init(&syn, r->grammar, data, len, a);
	while (syntax_next(&syn, &s)) {
		if (s.line < line || s.n > SYNTAX_WORDS_MAX || (s.n == 0 && s.more > 0))
			abort();
		line = s.line;
		match_all(r, &s, a, hit, &run);
	}
	if (syn.p != data + len)
		abort();
	arena_free(a);
}

static const struct reader *
chosen(const char *name, size_t len)
{
	size_t n = 0, number = 0;

	for (; readers[n] != NULL; n++)
		if (strlen(readers[n]->name) == len && memcmp(readers[n]->name, name, len) == 0)
			return readers[n];
	for (size_t i = 0; i < len && i < 4; i++)
		number = number * 10 + (unsigned char)name[i] % 16;
	return readers[number % n];
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data, *nl = memchr(data, '\n', size);
	size_t len = nl != NULL ? (size_t)(nl - text) : 0;
	const struct reader *r = chosen(text, len);

	if (nl == NULL)
		return 0;
	text += len + 1;
	size -= len + 1;
	run_one(r, text, size);
	if (r->beside_with != NULL)
		run_one(r->beside_with, text, size);
	for (const struct word *w = r->words; w->name != NULL; w++)
		if (w->with != NULL)
			run_one(w->with, text, size);
	return 0;
}
