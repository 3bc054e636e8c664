/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading the text of logrotate's configuration, and which block names a log.
 */
#include "rotate_conf.h"

#include "rotate_words.h"

#include "base/arena.h"

#include <ctype.h>
#include <fnmatch.h>
#include <string.h>

#define WORD_MAX 64 /* bytes of a word that is told of */

/* One file while it is read. */
struct reader {
	struct rotate_conf *c;
	struct rotate_line at;
	struct rotate_rule rule; /* the block that is open, or whose names were read */
	size_t names_cap;
	bool inside, script;
};

void
rotate_begin(struct rotate_conf *c, struct arena *a)
{
	*c = (struct rotate_conf){ .arena = a };
	rotate_defaults(c);
}

void
rotate_defaults(struct rotate_conf *c)
{
	c->all = (struct rotate_terms){ .size = ROTATE_SIZE };
}

static void
unclear(struct reader *r, const char *word)
{
	if (r->c->unclear.file != NULL)
		return;
	r->c->unclear = r->at;
	r->c->unclear_text = arena_textn(r->c->arena, word, strnlen(word, WORD_MAX));
}

/* fnmatch(3) tries each place for each of them. */
static size_t
stars(const char *name, size_t n)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		k += name[i] == '*';
	return k;
}

static void
add_name(struct reader *r, const char *name, size_t n)
{
	struct rotate_conf *c = r->c;

	if (c->nnames == ROTATE_NAMES_MAX || n > ROTATE_NAME_MAX ||
	    stars(name, n) > ROTATE_STARS_MAX) {
		c->over = "names of logs";
		return;
	}
	c->nnames++;
	if (r->rule.nnames == 0)
		r->rule.at = r->at;
	r->rule.names = arena_grow(
	    c->arena, r->rule.names, r->rule.nnames, &r->names_cap, sizeof(*r->rule.names));
	r->rule.names[r->rule.nnames++] = arena_textn(c->arena, name, n);
}

/* A name up to a blank or brace, or in quotes; a backslash takes away a character's meaning, which
 * is left to whoever matches the pattern. What follows it is returned. */
static char *
take_name(struct reader *r, char *p)
{
	char quote = *p == '"' || *p == '\'' ? *p++ : '\0';
	char *end = p;

	while (*end != '\0' &&
	       (quote != '\0' ? *end != quote : !isspace((unsigned char)*end) && *end != '{'))
		end += *end == '\\' && end[1] != '\0' ? 2 : 1;
	if (end > p)
		add_name(r, p, (size_t)(end - p));
	return *end != '\0' && *end == quote ? end + 1 : end;
}

static void
open_block(struct reader *r)
{
	r->inside = true;
	r->rule.terms = r->c->all;
	r->rule.of_root = r->c->of_root;
	r->rule.ignored = r->c->ignored;
}

static void
close_block(struct reader *r)
{
	struct rotate_conf *c = r->c;

	if (r->inside && r->rule.nnames > 0) {
		if (c->nrules == ROTATE_RULES_MAX) {
			c->over = "blocks";
		} else {
			c->rules = arena_grow(
			    c->arena, c->rules, c->nrules, &c->rules_cap, sizeof(*c->rules));
			c->rules[c->nrules++] = r->rule;
		}
	}
	r->rule = (struct rotate_rule){ .nnames = 0 };
	r->names_cap = 0;
	r->inside = false;
}

/* p: a word at the start of the rest of a line, which ends there. */
static void
take_word(struct reader *r, char *p)
{
	char *end = p, *value, *last;

	while (isalpha((unsigned char)*end))
		end++;
	value = end;
	while (isspace((unsigned char)*value) || *value == '=')
		value++;
	last = value + strlen(value);
	while (last > value && isspace((unsigned char)last[-1]))
		*--last = '\0';
	if (end < value)
		*end = '\0';
	switch (
	    rotate_word(r->inside ? &r->rule.terms : &r->c->all, p, value, r->at, r->c->arena)) {
	case ROTATE_UNKNOWN:
		unclear(r, p);
		break;
	case ROTATE_SCRIPT:
		r->script = true;
		break;
	case ROTATE_INCLUDE:
		if (!r->inside && r->c->include != NULL)
			r->c->include(r->c, r->c->self, value);
		break;
	case ROTATE_DONE:
		break;
	}
}

static void
take_line(struct reader *r, char *p)
{
	while (*p != '\0') {
		if (isspace((unsigned char)*p)) {
			p++;
		} else if (*p == '#') {
			return;
		} else if (*p == '{' && !r->inside) {
			open_block(r);
			p++;
		} else if (*p == '}') {
			close_block(r);
			p++;
		} else if (isalpha((unsigned char)*p)) {
			take_word(r, p);
			return;
		} else if (!r->inside && strchr("/\"'*?[~", *p) != NULL) {
			p = take_name(r, p);
		} else {
			unclear(r, p);
			return;
		}
	}
}

/* The first word of a line is the end of a script. */
static bool
is_endscript(const char *p)
{
	static const char end[] = "endscript";

	while (isspace((unsigned char)*p))
		p++;
	return strncmp(p, end, sizeof(end) - 1) == 0 && !isalpha((unsigned char)p[sizeof(end) - 1]);
}

void
rotate_read(struct rotate_conf *c, const char *file, const char *text, size_t n)
{
	struct reader r = { .c = c, .at = { file, 0 } };

	while (n > 0) {
		const char *nl = memchr(text, '\n', n);
		size_t len = nl != NULL ? (size_t)(nl - text) : n;
		char *line = arena_textn(c->arena, text, len);

		r.at.line++;
		if (!r.script)
			take_line(&r, line);
		else if (is_endscript(line))
			r.script = false;
		text += nl != NULL ? len + 1 : len;
		n -= nl != NULL ? len + 1 : len;
	}
	if (r.inside)
		unclear(&r, "{"); /* a block without its end: logrotate passes over it */
}

/* As glob(7): most names have no wildcard, and of a pattern what stands before it tells most apart.
 */
static bool
is_named(const char *name, const char *path)
{
	size_t plain = strcspn(name, "*?[\\");

	if (strncmp(name, path, plain) != 0)
		return false;
	return name[plain] == '\0' ? path[plain] == '\0'
				   : fnmatch(name, path, FNM_PATHNAME | FNM_PERIOD) == 0;
}

const struct rotate_rule *
rotate_find(const struct rotate_conf *c, const char *path)
{
	const struct rotate_rule *ignored = NULL;

	for (size_t i = 0; i < c->nrules; i++)
		for (size_t k = 0; k < c->rules[i].nnames; k++) {
			if (!is_named(c->rules[i].names[k], path))
				continue;
			if (!c->rules[i].ignored)
				return &c->rules[i];
			if (ignored == NULL)
				ignored = &c->rules[i];
		}
	return ignored;
}
