/* SPDX-License-Identifier: Apache-2.0
 *
 * json_tree: JSON from outside (RFC 8259) as a tree in an arena. No recursion; depth as json_check.
 * Of two members of one name the first counts. A NUL in a text becomes U+FFFD.
 */
#ifndef BASE_JSON_TREE_H
#define BASE_JSON_TREE_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

#define JSON_NODES_MAX 1000000 /* values of one text: 56 bytes each */

enum json_type {
	JSON_NULL,
	JSON_FALSE,
	JSON_TRUE,
	JSON_NUMBER,
	JSON_TEXT,
	JSON_ARRAY,
	JSON_OBJECT
};

struct json_node {
	enum json_type type;
	const char *name;        /* of a member of an object; else NULL */
	const char *text;        /* JSON_TEXT */
	double number;           /* JSON_NUMBER; may be infinite when it was too large */
	struct json_node *first; /* of an array or object; NULL: it is empty */
	struct json_node *next;  /* beside it */
};

/* -1 with *e: "line N: what is wrong", or too many values. */
int json_tree(
    const char *text, size_t n, struct arena *a, const struct json_node **root, struct err *e);

/* All of these take NULL for the node, and give what stands for "not there". */
const struct json_node *json_get(const struct json_node *object, const char *name);
const char *json_get_text(const struct json_node *object, const char *name); /* NULL */
double json_get_number(const struct json_node *object, const char *name);    /* NaN */
bool json_is_true(const struct json_node *object, const char *name);         /* false */
/* The members of an array or object, as for (n = json_each(x); n != NULL; n = n->next). */
const struct json_node *json_each(const struct json_node *node);

#endif
