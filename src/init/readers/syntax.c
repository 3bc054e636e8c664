/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how words become statements.
 */
#include "init/readers/syntax.h"

#include "init/readers/scan.h"

#include <string.h>

void
syntax_init(
    struct syntax *s, const struct grammar *g, const char *data, size_t len, struct arena *a)
{
	*s = (struct syntax){ .g = g,
		.p = data,
		.end = data + len,
		.line = 1,
		.line_start = true,
		.arena = a,
		.section = "" };
	if (len >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0) /* byte-order mark */
		s->p += 3;
}

static const char *
block_now(const struct syntax *s)
{
	size_t depth = s->depth <= SYNTAX_DEPTH_MAX ? s->depth : SYNTAX_DEPTH_MAX;

	return depth > 0 ? s->open[depth - 1] : s->section;
}

static bool
closes(struct syntax *s, struct statement *out)
{
	out->kind = STATEMENT_CLOSES;
	s->depth -= s->depth > 0;
	return true;
}

static bool
opens(struct syntax *s, struct statement *out)
{
	out->kind = STATEMENT_OPENS;
	if (s->depth < SYNTAX_DEPTH_MAX)
		s->open[s->depth] = out->n > 0 ? out->word[0] : "";
	s->depth++;
	return true;
}

/* <name> and all that follows to </name>. */
static bool
raw_block(struct syntax *s, struct statement *out)
{
	const char *close;

	scan_step(s);
	out->word = arena_array(s->arena, 1, sizeof(*out->word));
	close = scan_on_line(s, '>');
	if (close == NULL)
		return false;
	out->word[out->n++] = arena_textn(s->arena, s->p, (size_t)(close - s->p));
	out->kind = STATEMENT_RAW;
	scan_past(s, arena_printf(s->arena, "</%s>", out->word[0]));
	return true;
}

static void
section(struct syntax *s)
{
	const char *stop = scan_on_line(s, ']');

	if (stop != NULL)
		s->section = arena_textn(s->arena, s->p + 1, (size_t)(stop - s->p) - 1);
	while (s->p < s->end && *s->p != '\n')
		s->p++;
}

static void
keep_word(struct syntax *s, struct statement *out, size_t *cap)
{
	const char *w = scan_word(s, out->n);

	if (s->g->dashes && strcmp(w, "-") == 0)
		return;
	if (out->n >= SYNTAX_WORDS_MAX) {
		out->more++;
		return;
	}
	out->word = arena_grow(s->arena, out->word, out->n, cap, sizeof(*out->word));
	out->word[out->n++] = w;
}

/* What a statement may be instead of words: a closing brace or tag, a raw block. */
static bool
special(struct syntax *s, struct statement *out)
{
	if (s->g->blocks && *s->p == '}') {
		scan_step(s);
		return closes(s, out);
	}
	if (s->g->tags == TAGS_RAW && *s->p == '<')
		return raw_block(s, out);
	if (s->g->tags != TAGS_BLOCKS || !scan_begins(s, "</"))
		return false;
	scan_past(s, ">");
	return closes(s, out);
}

/* What ends the statement, or makes it the head of a block; true when it does. */
static bool
ends_here(struct syntax *s, struct statement *out, bool tag)
{
	if (scan_one_of(s->g->ends, *s->p)) {
		scan_step(s);
		return out->n > 0;
	}
	if (s->g->blocks && *s->p == '}' && !s->g->blocks_apart)
		return out->n > 0; /* the next call closes the block */
	if (!scan_opens(s) && !(tag && *s->p == '>'))
		return false;
	scan_step(s);
	return opens(s, out);
}

/* Begins a statement; true when that is all of it, or there was nothing but a section's name. */
static bool
first_of(struct syntax *s, struct statement *out, bool *tag)
{
	if (s->g->sections && s->line_start && *s->p == '[') {
		section(s);
		return true;
	}
	out->line = s->line;
	out->block = block_now(s);
	if (special(s, out))
		return true;
	*tag = s->p < s->end && s->g->tags == TAGS_BLOCKS && *s->p == '<';
	if (*tag)
		scan_step(s);
	return false;
}

bool
syntax_next(struct syntax *s, struct statement *out)
{
	bool tag = false;
	size_t cap = 0;

	*out = (struct statement){ 0 };
	while (!scan_between(s, out->n)) {
		const char *from = s->p;

		if (out->n == 0 && first_of(s, out, &tag)) {
			if (out->kind != STATEMENT_PLAIN)
				return true;
			continue;
		}
		if (s->p < s->end && ends_here(s, out, tag))
			return true;
		if (s->p == from || tag)
			keep_word(s, out, &cap);
	}
	return out->n > 0;
}
