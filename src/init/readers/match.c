/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how a statement is held against a table of words.
 */
#include "init/readers/match.h"

#include <ctype.h>
#include <string.h>

struct matching {
	const struct statement *s;
	struct arena *a;
	void (*hit)(void *self, const struct match *m);
	void *self;
};

static int
folded(char c)
{
	return c == '-' ? '_' : tolower((unsigned char)c);
}

bool
match_same(const char *a, const char *b)
{
	while (*a != '\0' && folded(*a) == folded(*b)) {
		a++;
		b++;
	}
	return folded(*a) == folded(*b);
}

static bool
named(const struct word *w, const char *word, const char *block)
{
	const char *slash = strchr(w->name, '/');
	size_t n = slash != NULL ? (size_t)(slash - w->name) : 0;

	if (strcmp(w->name, "*") == 0)
		return true;
	if (slash == NULL)
		return match_same(w->name, word);
	for (size_t i = 0; i < n; i++)
		if (folded(block[i]) != folded(w->name[i]))
			return false;
	return block[n] == '\0' && match_same(slash + 1, word);
}

static void
hand_out(const struct matching *m, const struct word *w, size_t name, size_t value)
{
	const struct statement *s = m->s;
	struct match out = { w, s->word[name], value < s->n ? s->word[value] : NULL,
		value + 1 < s->n ? s->word[value + 1] : "", w->alone && value + 1 < s->n };
	const char *p = out.value;

	if (w->list == NULL || p == NULL) {
		m->hit(m->self, &out);
		return;
	}
	while (*(p += strspn(p, w->list)) != '\0') {
		size_t n = strcspn(p, w->list);

		out.value = arena_textn(m->a, p, n);
		m->hit(m->self, &out);
		p += n;
	}
}

/* The value behind the word at `name`, or all of them. */
static void
values_behind(const struct matching *m, const struct word *w, size_t name)
{
	size_t n = m->s->n;

	if (n - name - 1 < w->least)
		return;
	if (w->at > 0 || n == name + 1) {
		hand_out(m, w, name, name + (w->at > 0 ? w->at : 1));
		return;
	}
	for (size_t i = name + 1; i < n; i++)
		hand_out(m, w, name, i);
}

static bool
has_beside(const struct word *w, const struct statement *s)
{
	for (size_t i = 0; i < s->n && w->beside != NULL; i++)
		if (match_same(w->beside, s->word[i]))
			return true;
	return w->beside == NULL;
}

static void
hold_against(const struct matching *m, const struct word *w)
{
	const struct statement *s = m->s;

	if (strcmp(w->name, "*") == 0 && w->role != ROLE_VALUE) {
		hand_out(m, w, 0, 0); /* the line itself is the value */
		return;
	}
	for (size_t i = 0; i < (w->anywhere ? s->n : 1); i++)
		if (named(w, s->word[i], s->block))
			values_behind(m, w, i);
}

void
match_all(const struct reader *r, const struct statement *s, struct arena *a,
    void (*hit)(void *self, const struct match *m), void *self)
{
	const struct matching m = { s, a, hit, self };

	if (s->n == 0)
		return;
	for (const struct word *w = r->words; w->name != NULL; w++)
		if (w->raw == (s->kind == STATEMENT_RAW) && has_beside(w, s))
			hold_against(&m, w);
}
