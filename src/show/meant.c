/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the command line that ends a finding, with the target quoted for a shell.
 */
#include "show/meant.h"

#include "base/text.h"
#include "model/accepting.h"

#include <ctype.h>
#include <string.h>

static bool
is_plain(const char *s)
{
	for (; *s != '\0'; s++)
		if (!isalnum((unsigned char)*s) && strchr("_/.,:@%+=-", *s) == NULL)
			return false;
	return true;
}

/* The same bytes on the screen as in the target, or a person would copy another name. */
static bool
is_shown_as_it_is(const char *s)
{
	struct str clean;
	bool same;

	str_init(&clean, HANDED_TARGET_MAX * 4);
	text_clean(&clean, s, strlen(s), HANDED_TARGET_MAX);
	same = strcmp(clean.s, s) == 0;
	str_fini(&clean);
	return same;
}

static void
quoted(struct str *out, const char *s)
{
	if (is_plain(s)) {
		str_add(out, s);
		return;
	}
	str_addc(out, '\'');
	for (; *s != '\0'; s++)
		if (*s == '\'')
			str_add(out, "'\\''");
		else
			str_addc(out, *s);
	str_addc(out, '\'');
}

bool
meant_command(const char *check, const struct item *it, struct str *out)
{
	if (accepting_finding(it) == NULL || it->target[0] == '-' || !is_shown_as_it_is(it->target))
		return false;
	str_addf(out, "forewarn accept %s ", check);
	quoted(out, it->target);
	str_addf(out, " --rule %s --reason \"why\" --by \"your name\"", it->rule);
	return true;
}
