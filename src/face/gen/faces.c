/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what all makers of pages and completions ask of the table of calls.
 */
#include "face/gen/faces.h"

#include <string.h>

bool
face_offered(const struct call *f, const struct face_sub *sub, const struct face_opt *o)
{
	if (sub != NULL && sub->takes != NULL && strchr(sub->takes, o->key) != NULL)
		return true;
	for (const struct face_sub *s = f->subs; s != NULL && s->name != NULL; s++)
		if (s->takes != NULL && strchr(s->takes, o->key) != NULL)
			return false;
	return true;
}

enum value_kind
face_value(const struct face_opt *o)
{
	if (o->value == NULL)
		return VALUE_NONE;
	if (o->words != NULL)
		return VALUE_WORDS;
	if (strcmp(o->value, "FILE") == 0 || strcmp(o->value, "PATH") == 0)
		return VALUE_FILE;
	return strcmp(o->value, "DIR") == 0 ? VALUE_DIR : VALUE_TEXT;
}

const struct call *
face_after(const char *program, const struct call *f)
{
	for (f = f == NULL ? all_calls : f + 1; f->program != NULL; f++)
		if (strcmp(f->program, program) == 0)
			return f;
	return NULL;
}
