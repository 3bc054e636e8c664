/* SPDX-License-Identifier: Apache-2.0
 *
 * values: variables of a configuration and the texts that name them. Pure; all lies in the arena.
 */
#ifndef INIT_READERS_VALUES_H
#define INIT_READERS_VALUES_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

#define VALUES_MAX 1000      /* variables of one program; those beyond are unknown */
#define VALUE_BYTES_MAX 4096 /* bytes of a text with all its variables put in */
#define VALUE_DEPTH_MAX 8    /* variables within variables */
#define VALUE_USES_MAX 200   /* variables put into one text, those within variables too */

/* How a program writes the name of a variable; added together. */
enum value_forms {
	VALUE_DOLLAR = 1,   /* $name */
	VALUE_BRACE = 2,    /* ${name}, ${name?text}, ${name:text} (postconf(5)) */
	VALUE_PAREN = 4,    /* $(name) */
	VALUE_CADDY = 8,    /* {$name}, {$name:text} */
	VALUE_MACRO = 16,   /* NAME itself, wherever it stands (Exim) */
	VALUE_SETTING = 32, /* $SET:name, $ENV:name (Dovecot 2.4) */
	VALUE_EMPTY = 64    /* an unknown one is empty, as in a shell */
};

struct values {
	struct arena *arena;
	const char **name, **text;
	size_t n, cap;
};

/* A later value replaces an earlier one of that name. Copied. */
void values_set(struct values *v, const char *name, const char *text);
const char *values_get(const struct values *v, const char *name, size_t len);

/* The text with its variables put in, NULL when one of them is unknown, or a limit was passed. A
 * text without any is handed back as it is. Variables within values are put in too. */
const char *values_fill(const struct values *v, unsigned forms, const char *text);

#endif
