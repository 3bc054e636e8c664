/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the pieces that every writer of a body uses: clean text, members, times, numbers of levels.
 */
#include "tell/body_private.h"

#include "base/text.h"

#include <string.h>

static bool
is_noncharacter(uint32_t c)
{
	return (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe;
}

bool
body_clean(struct str *out, const char *text, size_t max_chars)
{
	size_t chars = 0;
	struct str s;

	if (text == NULL)
		return true;
	str_init(&s, max_chars * 4 + 8);
	text_clean(&s, text, strlen(text), max_chars);
	for (size_t at = 0; at < s.len;) {
		uint32_t c = 0;
		size_t len = utf8_decode(s.s + at, s.len - at, &c);

		if (len == 0 || is_noncharacter(c))
			str_add(out, "\xef\xbf\xbd");
		else
			str_addn(out, s.s + at, len);
		at += len == 0 ? 1 : len;
		chars++;
	}
	if (s.len == 0 && *text != '\0')
		str_add(out, "\xef\xbf\xbd");
	str_fini(&s);
	return chars <= max_chars; /* one more is the ellipsis */
}

void
body_member(struct json *j, const char *name, const char *text, size_t max_chars)
{
	struct str s;

	str_init(&s, max_chars * 4 + 8);
	body_clean(&s, text, max_chars);
	json_text(j, name, text != NULL ? s.s : NULL);
	str_fini(&s);
}

void
body_count(struct json *j, const char *name, uint64_t n)
{
	json_int(j, name, n > INT64_MAX ? INT64_MAX : (int64_t)n);
}

instant
body_true(const struct event *v, instant t)
{
	if (t == INSTANT_NONE || !v->clock.measured)
		return t;
	return instant_plus(t, -span_from_seconds(v->clock.offset));
}

int
body_severity(enum level l)
{
	static const int numbers[LEVEL_N] = { [LEVEL_OK] = 9,
		[LEVEL_PLAN] = 13,
		[LEVEL_UNKNOWN] = 15,
		[LEVEL_ACT] = 17,
		[LEVEL_STOP] = 21 };

	return numbers[l];
}

bool
body_is_alert(enum event_kind k)
{
	return event_is_alert(k);
}

const char *
body_or(const char *text)
{
	return text != NULL ? text : "";
}
