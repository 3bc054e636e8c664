/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns variables and how texts that name them are filled.
 */
#include "init/readers/values.h"

#include "base/str.h"

#include <ctype.h>
#include <string.h>

void
values_set(struct values *v, const char *name, const char *text)
{
	size_t cap = v->cap, i = 0;

	while (i < v->n && strcmp(v->name[i], name) != 0)
		i++;
	if (i < v->n) {
		v->text[i] = arena_text(v->arena, text);
		return;
	}
	if (v->n >= VALUES_MAX)
		return;
	v->name = arena_grow(v->arena, v->name, v->n, &cap, sizeof(*v->name));
	cap = v->cap;
	v->text = arena_grow(v->arena, v->text, v->n, &cap, sizeof(*v->text));
	v->cap = cap;
	v->name[v->n] = arena_text(v->arena, name);
	v->text[v->n++] = arena_text(v->arena, text);
}

const char *
values_get(const struct values *v, const char *name, size_t len)
{
	for (size_t i = 0; i < v->n; i++)
		if (strlen(v->name[i]) == len && memcmp(v->name[i], name, len) == 0)
			return v->text[i];
	return NULL;
}

static bool
is_letter(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static size_t
letters(const char *p)
{
	size_t n = 0;

	while (is_letter(p[n]))
		n++;
	return n;
}

/* One use of a variable within a text. */
struct use {
	const char *name;
	size_t name_len;
	char op;          /* '?' or ':' before `more`; 0 without */
	const char *more; /* the text behind it */
	size_t more_len;
	size_t len; /* of all of it */
};

/* "name?text" or "name:text" of n bytes. */
static void
inside(struct use *u, const char *p, size_t n)
{
	u->name = p;
	u->name_len = n;
	for (size_t i = 0; i < n; i++)
		if (p[i] == '?' || p[i] == ':') {
			u->name_len = i;
			u->op = p[i];
			u->more = p + i + 1;
			u->more_len = n - i - 1;
			return;
		}
}

static bool
bracketed(struct use *u, const char *p, size_t before, char close)
{
	const char *stop = strchr(p + before, close);

	if (stop == NULL)
		return false;
	inside(u, p + before, (size_t)(stop - p) - before);
	u->len = (size_t)(stop - p) + 1;
	return true;
}

static bool
plain(struct use *u, const char *p, size_t before)
{
	u->name = p + before;
	u->name_len = letters(p + before);
	u->len = before + u->name_len;
	return u->name_len > 0;
}

/* A macro of Exim begins with a capital letter and stands alone. */
static bool
macro(const struct values *v, struct use *u, const char *text, const char *p)
{
	if (!isupper((unsigned char)*p) || (p > text && is_letter(p[-1])))
		return false;
	return plain(u, p, 0) && values_get(v, u->name, u->name_len) != NULL;
}

static bool
use_here(const struct values *v, unsigned forms, const char *text, const char *p, struct use *u)
{
	*u = (struct use){ 0 };
	if ((forms & VALUE_MACRO) != 0 && macro(v, u, text, p))
		return true;
	if ((forms & VALUE_CADDY) != 0 && strncmp(p, "{$", 2) == 0)
		return bracketed(u, p, 2, '}');
	if (*p != '$')
		return false;
	if ((forms & VALUE_BRACE) != 0 && p[1] == '{')
		return bracketed(u, p, 2, '}');
	if ((forms & VALUE_PAREN) != 0 && p[1] == '(')
		return bracketed(u, p, 2, ')');
	if ((forms & VALUE_SETTING) != 0 &&
	    (strncmp(p, "$SET:", 5) == 0 || strncmp(p, "$ENV:", 5) == 0))
		return plain(u, p, 5);
	return (forms & VALUE_DOLLAR) != 0 && plain(u, p, 1);
}

/* A text on its way. */
struct filling {
	const struct values *v;
	unsigned forms;
	int depth;
	size_t uses;
	struct str out;
};

static bool fill(struct filling *f, const char *text);

/* What stands for one use. ${name?text}: text if the name has a value; ${name:text}: if it has none
 * (postconf(5); Caddy writes the second the same). */
static bool
put(struct filling *f, const struct use *u)
{
	const char *text = values_get(f->v, u->name, u->name_len);
	bool has = text != NULL && text[0] != '\0', filled;

	if (u->op == '?' && !has)
		return true;
	if (u->op == '?' || (u->op == ':' && !has))
		text = arena_textn(f->v->arena, u->more, u->more_len);
	if (text == NULL)
		return (f->forms & VALUE_EMPTY) != 0;
	if (f->depth >= VALUE_DEPTH_MAX || f->uses >= VALUE_USES_MAX)
		return false;
	f->uses++;
	f->depth++;
	filled = fill(f, text);
	f->depth--;
	return filled;
}

/* false: something in it is unknown, or a limit was passed. */
static bool
fill(struct filling *f, const char *text)
{
	for (const char *p = text; *p != '\0' && !f->out.cut;) {
		struct use u;

		if (use_here(f->v, f->forms, text, p, &u)) {
			if (!put(f, &u))
				return false;
			p += u.len;
		} else {
			str_addc(&f->out, *p++);
		}
	}
	return !f->out.cut;
}

const char *
values_fill(const struct values *v, unsigned forms, const char *text)
{
	struct filling f = { .v = v, .forms = forms };
	const char *full = NULL;

	if (strchr(text, '$') == NULL && (forms & VALUE_MACRO) == 0)
		return text;
	str_init(&f.out, VALUE_BYTES_MAX);
	if (fill(&f, text))
		full = arena_textn(v->arena, f.out.s, f.out.len);
	str_fini(&f.out);
	return full;
}
