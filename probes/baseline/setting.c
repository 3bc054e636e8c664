/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what an entry of the option settings means.
 */
#include "baseline.h"

#include <string.h>

int
setting_parse(const char *text, struct arena *a, struct setting *out, struct err *e)
{
	const char *colon = strstr(text, ": ");
	const char *words;

	if (text[0] != '/' || colon == NULL || strpbrk(text, "\n\r") != NULL)
		return err_set(e, ERR_PARSE, "\"%.200s\" is not \"PATH: WORDS\"", text);
	words = colon + 2 + strspn(colon + 2, " ");
	if (words[0] == '\0' || strlen(words) > BASELINE_WORDS_MAX)
		return err_set(e, ERR_LIMIT, "\"%.200s\" has no words, or more than %d bytes", text,
		    BASELINE_WORDS_MAX);
	out->path = arena_textn(a, text, (size_t)(colon - text));
	out->words = arena_text(a, words);
	return 0;
}
