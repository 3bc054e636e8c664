/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns trees of JSON. The grammar is json_check's; here the text is known to keep it.
 */
#include "base/json_tree.h"

#include "base/json_check.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct tree {
	const char *s, *end;
	struct arena *arena;
	struct json_node *open[JSON_DEPTH_MAX]; /* arrays and objects that are not closed yet */
	struct json_node *last[JSON_DEPTH_MAX]; /* the newest in each */
	size_t depth, nodes;
};

static unsigned
hex4(const char *s)
{
	char four[5] = { s[0], s[1], s[2], s[3], '\0' };

	return (unsigned)strtoul(four, NULL, 16);
}

static char *
put_utf8(char *out, uint32_t c)
{
	if (c == 0)
		c = 0xfffd;
	if (c < 0x80) {
		*out++ = (char)c;
		return out;
	}
	if (c < 0x800) {
		*out++ = (char)(0xc0 | c >> 6);
	} else {
		if (c < 0x10000) {
			*out++ = (char)(0xe0 | c >> 12);
		} else {
			*out++ = (char)(0xf0 | c >> 18);
			*out++ = (char)(0x80 | (c >> 12 & 0x3f));
		}
		*out++ = (char)(0x80 | (c >> 6 & 0x3f));
	}
	*out++ = (char)(0x80 | (c & 0x3f));
	return out;
}

/* What stands behind a backslash; s is left behind it. Half a pair of surrogates is no character.
 */
static char *
put_escape(struct tree *t, char *out)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	const char *plain = strchr(from, *t->s);
	uint32_t c;

	if (*t->s != 'u') {
		*out = plain != NULL ? to[plain - from] : *t->s;
		t->s++;
		return out + 1;
	}
	c = hex4(t->s + 1);
	t->s += 5;
	if (c >= 0xd800 && c < 0xdc00 && t->end - t->s >= 6 && t->s[0] == '\\' && t->s[1] == 'u') {
		uint32_t low = hex4(t->s + 2);

		if (low >= 0xdc00 && low < 0xe000) {
			t->s += 6;
			return put_utf8(out, 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00));
		}
	}
	return put_utf8(out, c >= 0xd800 && c < 0xe000 ? 0xfffd : c);
}

/* At the first quotation mark; leaves s behind the last. No escape is shorter than what it means.
 */
static const char *
text(struct tree *t)
{
	const char *stop = ++t->s;
	char *out, *start;

	while (*stop != '"')
		stop += *stop == '\\' ? 2 : 1;
	start = out = arena_alloc(t->arena, (size_t)(stop - t->s) + 4);
	while (*t->s != '"') {
		if (*t->s != '\\') {
			*out++ = *t->s++;
			continue;
		}
		t->s++;
		out = put_escape(t, out);
	}
	t->s++;
	return start;
}

static void
blanks(struct tree *t, const char *those)
{
	while (t->s < t->end && memchr(those, *t->s, strlen(those)) != NULL)
		t->s++;
}

static void
scalar(struct tree *t, struct json_node *n)
{
	char number[64];
	size_t len = 0;

	if (*t->s == '"') {
		n->type = JSON_TEXT;
		n->text = text(t);
	} else if (*t->s == 't' || *t->s == 'f' || *t->s == 'n') {
		n->type = *t->s == 't' ? JSON_TRUE : *t->s == 'f' ? JSON_FALSE : JSON_NULL;
		t->s += *t->s == 'f' ? 5 : 4;
	} else {
		n->type = JSON_NUMBER;
		while (t->s < t->end && memchr("+-.eE0123456789", *t->s, 15) != NULL) {
			if (len < sizeof(number) - 1)
				number[len++] = *t->s;
			t->s++;
		}
		number[len] = '\0';
		n->number = strtod(number, NULL);
	}
}

static void
hang(struct tree *t, struct json_node *n)
{
	struct json_node **last;

	if (t->depth == 0)
		return;
	last = &t->last[t->depth - 1];
	if (*last == NULL)
		t->open[t->depth - 1]->first = n;
	else
		(*last)->next = n;
	*last = n;
}

/* One value, or the end of an array or object. */
static void
step(struct tree *t, struct json_node **root)
{
	struct json_node *n;

	if (*t->s == ']' || *t->s == '}') {
		t->depth--;
		t->s++;
		return;
	}
	n = arena_alloc(t->arena, sizeof(*n));
	t->nodes++;
	if (*root == NULL)
		*root = n;
	if (t->depth > 0 && t->open[t->depth - 1]->type == JSON_OBJECT) {
		n->name = text(t);
		blanks(t, " \t\r\n:");
	}
	hang(t, n);
	if (*t->s != '[' && *t->s != '{') {
		scalar(t, n);
		return;
	}
	n->type = *t->s++ == '[' ? JSON_ARRAY : JSON_OBJECT;
	t->open[t->depth] = n;
	t->last[t->depth++] = NULL;
}

int
json_tree(const char *s, size_t n, struct arena *a, const struct json_node **root, struct err *e)
{
	struct tree t = { .arena = a };
	struct json_node *top = NULL;

	if (json_check(s, n, e) < 0)
		return -1;
	/* numbers are read up to the byte behind them */
	t.s = arena_textn(a, s, n);
	t.end = t.s + n;
	for (blanks(&t, " \t\r\n"); t.s < t.end; blanks(&t, " \t\r\n,")) {
		step(&t, &top);
		if (t.nodes > JSON_NODES_MAX)
			return err_set(e, ERR_LIMIT, "more than %d values", JSON_NODES_MAX);
	}
	*root = top;
	return 0;
}

const struct json_node *
json_each(const struct json_node *node)
{
	return node != NULL ? node->first : NULL;
}

const struct json_node *
json_get(const struct json_node *object, const char *name)
{
	if (object == NULL || object->type != JSON_OBJECT)
		return NULL;
	for (const struct json_node *n = object->first; n != NULL; n = n->next)
		if (strcmp(n->name, name) == 0)
			return n;
	return NULL;
}

const char *
json_get_text(const struct json_node *object, const char *name)
{
	const struct json_node *n = json_get(object, name);

	return n != NULL && n->type == JSON_TEXT ? n->text : NULL;
}

double
json_get_number(const struct json_node *object, const char *name)
{
	const struct json_node *n = json_get(object, name);

	return n != NULL && n->type == JSON_NUMBER ? n->number : NAN;
}

bool
json_is_true(const struct json_node *object, const char *name)
{
	const struct json_node *n = json_get(object, name);

	return n != NULL && n->type == JSON_TRUE;
}
