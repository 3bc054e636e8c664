/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON from outside: what comes out, and that nothing else does.
 */
#include "base/json_check.h"
#include "base/json_tree.h"
#include "tests/t.h"

#include <stdlib.h>

static struct arena *a;

static const struct json_node *
tree(const char *text)
{
	const struct json_node *root = NULL;
	struct err e = { 0 };

	return json_tree(text, strlen(text), a, &root, &e) == 0 ? root : NULL;
}

static void
values(void)
{
	const struct json_node *n =
	    tree(" {\"a\": 1.5e3, \"b\":[true,false , null,[],{}],\"c\":\"x\","
		 "\"c\":\"y\", \"d\":{\"e\":\"f\"}, \"t\":true} ");
	const struct json_node *b = json_get(n, "b");
	int count = 0;

	T_NEAR("a number", json_get_number(n, "a"), 1500, 0);
	for (const struct json_node *x = json_each(b); x != NULL; x = x->next)
		T_INT("each in its order", x->type,
		    ((int[]){
			JSON_TRUE, JSON_FALSE, JSON_NULL, JSON_ARRAY, JSON_OBJECT })[count++]);
	T_INT("all of them", count, 5);
	T_TEXT("of two of a name the first", json_get_text(n, "c"), "x");
	T_TEXT("deeper", json_get_text(json_get(n, "d"), "e"), "f");
	T_TRUE("true", json_is_true(n, "t") && !json_is_true(n, "a"));
	T_TEXT("what is not there", json_get_text(n, "z"), NULL);
	T_TRUE("nor a number of another type", isnan(json_get_number(n, "c")));
	T_TEXT("nor in what is no object", json_get_text(b, "z"), NULL);
	T_TEXT("nor in nothing", json_get_text(NULL, "z"), NULL);
	T_TRUE("a value alone", tree("17") != NULL && tree("17")->number == 17);
	T_TRUE("too large a number", isinf(tree("1e999")->number));
}

static void
texts(void)
{
	T_TEXT("escapes", tree("\"\\\"\\\\\\/\\n\\u00e4\\u20ac\\ud83d\\ude00\"")->text,
	    "\"\\/\n\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80");
	T_TEXT("half a pair", tree("\"\\ud83dx\"")->text, "\xef\xbf\xbdx");
	T_TEXT("no NUL", tree("\"a\\u0000b\"")->text,
	    "a\xef\xbf\xbd"
	    "b");
	T_TEXT("an escape last", tree("\"a\\\\\"")->text, "a\\");
}

static void
limits(void)
{
	static char deep[2 * JSON_DEPTH_MAX + 3];
	size_t n = 2 * (size_t)JSON_NODES_MAX + 2;
	char *many = malloc(n + 3);
	const struct json_node *root;
	struct err e = { 0 };

	memset(deep, '[', JSON_DEPTH_MAX);
	memset(deep + JSON_DEPTH_MAX, ']', JSON_DEPTH_MAX);
	T_TRUE("as deep as allowed", tree(deep) != NULL);
	memset(deep, '[', JSON_DEPTH_MAX + 1);
	memset(deep + JSON_DEPTH_MAX + 1, ']', JSON_DEPTH_MAX + 1);
	T_TRUE("one deeper", tree(deep) == NULL);
	/* an array and JSON_NODES_MAX - 1 numbers, then one more */
	for (size_t i = 0; i < n; i++)
		many[i] = i % 2 ? '1' : ',';
	many[0] = '[';
	many[2 * (JSON_NODES_MAX - 1)] = ']';
	T_INT("as many as allowed", json_tree(many, 2 * (JSON_NODES_MAX - 1) + 1, a, &root, &e), 0);
	many[2 * (JSON_NODES_MAX - 1)] = ',';
	many[2 * JSON_NODES_MAX] = ']';
	T_INT("one more", json_tree(many, 2 * JSON_NODES_MAX + 1, a, &root, &e), -1);
	T_HAS("and says so", e.msg, "more than 1000000 values");
	free(many);
	T_TRUE("no JSON is refused", tree("{\"a\":}") == NULL && tree("") == NULL);
}

int
main(void)
{
	a = arena_new((size_t)512 << 20);
	values();
	texts();
	limits();
	arena_free(a);
	return t_end();
}
