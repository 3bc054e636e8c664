/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how a gate is read.
 */
#include "packs/gate.h"

#include <ctype.h>
#include <string.h>

struct reader {
	const char *text, *at;
	struct arena *arena;
	unsigned depth;
};

static void
skip_blanks(struct reader *r)
{
	while (*r->at == ' ')
		r->at++;
}

static int
unread(const struct reader *r, struct err *e)
{
	return err_set(e, ERR_PARSE,
	    "\"%.200s\" is no gate from character %td on (a letter, any(…), all(…) or k2(…))",
	    r->text, r->at - r->text + 1);
}

static int read_one(struct reader *r, struct pack_gate *out, struct err *e);

/* What stands between the brackets. */
static int
read_children(struct reader *r, struct pack_gate *out, struct err *e)
{
	struct pack_gate *all = arena_array(r->arena, GATE_CHILDREN_MAX, sizeof(*all));

	out->children = all;
	do {
		if (out->n == GATE_CHILDREN_MAX || r->depth == GATE_DEPTH_MAX)
			return err_set(e, ERR_LIMIT, "\"%.200s\" is too large a gate", r->text);
		r->at++;
		r->depth++;
		if (read_one(r, &all[out->n++], e) < 0)
			return -1;
		r->depth--;
		skip_blanks(r);
	} while (*r->at == ',');
	if (*r->at++ != ')')
		return r->at--, unread(r, e);
	return 0;
}

static int
read_one(struct reader *r, struct pack_gate *out, struct err *e)
{
	const char *begin;

	skip_blanks(r);
	begin = r->at;
	*out = (struct pack_gate){ 0 };
	while (isalnum((unsigned char)*r->at))
		r->at++;
	if (*r->at != '(') {
		out->letter = *begin;
		return r->at - begin == 1 && islower((unsigned char)*begin)
			   ? 0
			   : (r->at = begin, unread(r, e));
	}
	if (strncmp(begin, "any(", 4) == 0)
		out->need = 1;
	else if (begin[0] == 'k' && begin[1] >= '1' && begin[1] <= '9' && begin[2] == '(')
		out->need = (unsigned)(begin[1] - '0');
	else if (strncmp(begin, "all(", 4) != 0)
		return r->at = begin, unread(r, e);
	if (read_children(r, out, e) < 0)
		return -1;
	if (out->need == 0)
		out->need = out->n;
	return out->need <= out->n
		   ? 0
		   : err_set(e, ERR_RANGE, "\"%.200s\" wants more than there are", r->text);
}

int
gate_parse(const char *text, struct arena *a, struct pack_gate *out, struct err *e)
{
	struct reader r = { .text = text, .at = text, .arena = a };

	if (read_one(&r, out, e) < 0)
		return -1;
	skip_blanks(&r);
	return *r.at == '\0' ? 0 : unread(&r, e);
}

unsigned
gate_letters(const struct pack_gate *g, unsigned *twice)
{
	unsigned seen = 0, more;

	if (g->letter != '\0')
		return 1u << (g->letter - 'a');
	for (unsigned i = 0; i < g->n; i++) {
		more = gate_letters(&g->children[i], twice);
		*twice |= seen & more;
		seen |= more;
	}
	return seen;
}
