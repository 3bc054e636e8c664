/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the inventory as a tree: issuers above what they issued. Who issued what is known by name
 * alone, so a name that several authorities with different keys bear stands for them all.
 */
#include "show/certs_private.h"

#include "show/table.h"
#include "show/text_private.h"
#include "show/words.h"
#include "show/wrap.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 16   /* longer chains, and circles of names, begin anew below the issuer's name */
#define STEP 3         /* columns of a level */
#define WIDTH_LEAST 20 /* columns that are left for words, however deep it is */

struct node {
	const struct certs_row *row;
	const struct certs_row *parent; /* NULL: stands below a name, or at the top */
	const char *below;              /* the name of an issuer that is no row; NULL: top */
};

struct tree {
	const struct certs *c;
	const struct text_style *s;
	struct str *out;
	const struct certs_row **authorities; /* by subject; of one subject the last to end first */
	size_t nauthorities;
	struct node *v; /* by parent, then by name, then as the inventory is sorted */
	size_t n;
	char margin[DEPTH_MAX + 2]; /* of each level above: does its line go on? */
};

static int
by_subject(const void *a, const void *b)
{
	const struct certs_row *x = *(const struct certs_row *const *)a;
	const struct certs_row *y = *(const struct certs_row *const *)b;
	int d = strcmp(x->subject, y->subject);

	if (d == 0 && x->ends != y->ends)
		return x->ends > y->ends ? -1 : 1;
	return d != 0 ? d : (x > y) - (x < y);
}

static int
subject_is(const void *key, const void *member)
{
	return strcmp(key, (*(const struct certs_row *const *)member)->subject);
}

static int
by_parent(const void *a, const void *b)
{
	const struct node *x = a, *y = b;
	int d;

	if (x->parent != y->parent)
		return x->parent < y->parent ? -1 : 1;
	if (x->below == NULL || y->below == NULL)
		d = (x->below != NULL) - (y->below != NULL);
	else
		d = strcmp(x->below, y->below);
	return d != 0 ? d : (x->row > y->row) - (x->row < y->row);
}

/* The one authority of the issuer's name; NULL: none is a row, or they have different keys. */
static const struct certs_row *
issuer_of(const struct tree *t, const struct certs_row *row)
{
	const struct certs_row **v = t->authorities, **hit;
	size_t i, first;

	if (row->issuer == NULL || (row->subject != NULL && strcmp(row->issuer, row->subject) == 0))
		return NULL;
	hit = t->nauthorities == 0
		  ? NULL
		  : bsearch(row->issuer, v, t->nauthorities, sizeof(*v), subject_is);
	if (hit == NULL)
		return NULL;
	for (first = (size_t)(hit - v); first > 0 && subject_is(row->issuer, &v[first - 1]) == 0;)
		first--;
	for (i = first + 1; i < t->nauthorities && subject_is(row->issuer, &v[i]) == 0; i++)
		if (v[i]->key_sha256 == NULL || v[first]->key_sha256 == NULL ||
		    strcmp(v[i]->key_sha256, v[first]->key_sha256) != 0)
			return NULL;
	return v[first];
}

/* Does its line of issuers come to an end? Names can lead in a circle. */
static bool
comes_to_an_end(const struct tree *t, const struct certs_row *row)
{
	for (int depth = 0; depth < DEPTH_MAX; depth++)
		if ((row = issuer_of(t, row)) == NULL)
			return true;
	return false;
}

static void
grow(struct tree *t, struct arena *a)
{
	const struct certs *c = t->c;

	t->authorities = arena_array(a, c->n + 1, sizeof(*t->authorities));
	for (size_t i = 0; i < c->n; i++)
		if (c->rows[i].authority && c->rows[i].subject != NULL)
			t->authorities[t->nauthorities++] = &c->rows[i];
	qsort(t->authorities, t->nauthorities, sizeof(*t->authorities), by_subject);
	t->v = arena_array(a, c->n + 1, sizeof(*t->v));
	for (t->n = 0; t->n < c->n; t->n++) {
		const struct certs_row *row = &c->rows[t->n];
		struct node *node = &t->v[t->n];
		bool own = row->issuer == NULL ||
			   (row->subject != NULL && strcmp(row->issuer, row->subject) == 0);

		*node = (struct node){ .row = row };
		if (comes_to_an_end(t, row))
			node->parent = issuer_of(t, row);
		if (node->parent == NULL && !own)
			node->below = row->issuer;
	}
	qsort(t->v, t->n, sizeof(*t->v), by_parent);
}

/* --- drawing --- */

static void
margin(struct tree *t, int depth, bool first, struct str *out)
{
	bool utf8 = t->s->utf8;

	for (int i = 0; i < depth - 1; i++)
		str_add(out, t->margin[i] == '|' ? (utf8 ? "│  " : "|  ") : "   ");
	if (depth == 0)
		return;
	if (first)
		str_add(out,
		    t->margin[depth - 1] == '|' ? (utf8 ? "├─ " : "|- ") : (utf8 ? "└─ " : "`- "));
	else
		str_add(out, t->margin[depth - 1] == '|' ? (utf8 ? "│  " : "|  ") : "   ");
}

/* What is written, wrapped beside its lines of the tree; sign: SIGN_N of a line that has none. */
static void
line(struct tree *t, int depth, enum sign sign, const char *text)
{
	int width = t->s->width - depth * STEP;
	bool first = true;
	struct str wrapped;
	const char *end;

	str_init(&wrapped, 4 * CERTS_CELL_MAX);
	wrap_text(&wrapped, text, width < WIDTH_LEAST ? WIDTH_LEAST : width, sign != SIGN_N ? 2 : 0,
	    sign != SIGN_N ? 2 : 0);
	for (const char *p = wrapped.s; *p != '\0'; p = end + (*end != '\0')) {
		end = p + strcspn(p, "\n");
		margin(t, depth, first, t->out);
		if (first && sign != SIGN_N) {
			text_paint(
			    t->out, t->s, words_colour(sign), words_symbol(sign, t->s->utf8));
			str_addc(t->out, ' ');
		}
		str_addn(t->out, p, (size_t)(end - p));
		str_addc(t->out, '\n');
		first = false;
	}
	str_fini(&wrapped);
}

static void
certificate(struct tree *t, int depth, const struct certs_row *row)
{
	struct str text;

	str_init(&text, 4 * CERTS_CELL_MAX);
	if (row->sign != SIGN_OK)
		str_addf(&text, "%s: ", sign_name(row->sign));
	certs_what(row, &text);
	str_add(&text, row->ends != INSTANT_NONE ? "; " : "");
	certs_dates(row, t->c->report->now, &text);
	str_add(&text, "; ");
	certs_where(row, t->s->all ? 0 : TABLE_PLACES, &text);
	line(t, depth, row->sign, text.s);
	str_fini(&text);
}

static void children(struct tree *t, int depth, const struct certs_row *parent);

static void
siblings(struct tree *t, int depth, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		if (depth > 0)
			t->margin[depth - 1] = i + 1 < to ? '|' : ' ';
		certificate(t, depth, t->v[i].row);
		children(t, depth + 1, t->v[i].row);
	}
}

/* The first node whose parent is not before this one. */
static size_t
first_below(const struct tree *t, const struct certs_row *parent)
{
	size_t lo = 0, hi = t->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (t->v[mid].parent < parent)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static void
children(struct tree *t, int depth, const struct certs_row *parent)
{
	size_t from = first_below(t, parent), to = from;

	while (to < t->n && t->v[to].parent == parent)
		to++;
	siblings(t, depth, from, to);
}

/* Of several authorities of one name, or of one that no check saw. */
static void
names(struct tree *t)
{
	size_t from = 0, to;

	while (from < t->n && t->v[from].parent == NULL && t->v[from].below == NULL)
		from++;
	for (; from < t->n && t->v[from].parent == NULL; from = to) {
		const char *below = t->v[from].below;
		struct str text;

		for (to = from;
		     to < t->n && t->v[to].parent == NULL && strcmp(t->v[to].below, below) == 0;)
			to++;
		str_init(&text, CERTS_CELL_MAX);
		certs_clean(&text, below[0] != '\0' ? below : "nobody", CERTS_NAME_CHARS);
		str_add(&text, " (an issuer's name; which certificate is its own is not known)");
		line(t, 0, SIGN_N, text.s);
		str_fini(&text);
		siblings(t, 1, from, to);
	}
}

static void
tree_utf8(const struct certs *c, const struct text_style *s, struct str *out)
{
	struct tree t = { .c = c, .s = s, .out = out };
	struct arena *a = arena_new(SHOW_MAX);
	size_t tops = 0;

	certs_head(c, s, out);
	grow(&t, a);
	while (tops < t.n && t.v[tops].parent == NULL && t.v[tops].below == NULL)
		tops++;
	siblings(&t, 0, 0, tops);
	names(&t);
	arena_free(a);
}

void
certs_tree(const struct certs *c, const struct text_style *style, struct str *out)
{
	certs_to_terminal(c, style, tree_utf8, out);
}
