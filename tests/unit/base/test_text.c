/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"
#include "tests/t.h"

#include <stdlib.h>

static void
cleaning(void)
{
	static const struct {
		const char *row, *in, *want;
		size_t chars;
	} cases[] = {
		{ "plain text stays", "HPLC 2", "HPLC 2", 99 },
		{ "umlauts stay",
		    "Pr\xc3\xbc"
		    "fung",
		    "Pr\xc3\xbc"
		    "fung",
		    99 },
		{ "an escape sequence loses its escape", "a\033[31mb", "a [31mb", 99 },
		{ "C1 controls go",
		    "a\xc2\x9b"
		    "31m",
		    "a 31m", 99 },
		{ "line ends become spaces", "a\r\nb", "a  b", 99 },
		{ "bidi overrides are left out", "abc\xe2\x80\xaegpj.exe", "abcgpj.exe", 99 },
		{ "bidi isolates too", "x\xe2\x81\xa6y", "xy", 99 },
		{ "what has no width too", "a\xe2\x80\x8b\xef\xbb\xbfz", "az", 99 },
		{ "tags too", "a\xf3\xa0\x81\xb8z", "az", 99 },
		{ "the end of a paragraph is one", "a\xe2\x80\xa9z", "a z", 99 },
		{ "what is left out takes no room",
		    "a\xe2\x80\x8b\xe2\x80\x8b"
		    "bcd",
		    "abcd", 4 },
		{ "a byte that is not UTF-8",
		    "a\xff"
		    "b",
		    "a\xef\xbf\xbd"
		    "b",
		    99 },
		{ "an over-long slash", "\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd", 99 },
		{ "a surrogate", "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", 99 },
		{ "cut short in mid-character", "a\xe2\x82", "a\xef\xbf\xbd\xef\xbf\xbd", 99 },
		{ "at the limit nothing is cut", "abcd", "abcd", 4 },
		{ "one past the limit there is an ellipsis", "abcde", "abcd\xe2\x80\xa6", 4 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct str s;

		str_init(&s, 1000);
		text_clean(&s, cases[i].in, strlen(cases[i].in), cases[i].chars);
		T_TEXT(cases[i].row, s.s, cases[i].want);
		str_fini(&s);
	}
}

/* Each row of the table in packaging/feed.md at its two ends, and one past them. */
static const struct {
	uint32_t first, last;
	enum text_kind kind;
} rows[] = {
	{ 0x0, 0x1f, TEXT_BLANK },
	{ 0x7f, 0x9f, TEXT_BLANK },
	{ 0x61c, 0x61c, TEXT_HIDDEN },
	{ 0x200b, 0x200f, TEXT_HIDDEN },
	{ 0x2028, 0x2029, TEXT_BLANK },
	{ 0x202a, 0x202e, TEXT_HIDDEN },
	{ 0x2060, 0x2064, TEXT_HIDDEN },
	{ 0x2066, 0x206f, TEXT_HIDDEN },
	{ 0xfeff, 0xfeff, TEXT_HIDDEN },
	{ 0xe0001, 0xe0001, TEXT_HIDDEN },
	{ 0xe0020, 0xe007f, TEXT_HIDDEN },
};

static enum text_kind
wanted(uint32_t c)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (c >= rows[i].first && c <= rows[i].last)
			return rows[i].kind;
	return TEXT_SHOWN;
}

static void
table(void)
{
	size_t wrong = 0;

	for (uint32_t c = 0; c <= 0x10ffff; c++)
		wrong += text_kind(c) != wanted(c);
	T_INT("every character there is", wrong, 0);
	T_INT("what holds an emoji's parts together looks like nothing", text_kind(0x200d),
	    TEXT_HIDDEN);
	T_INT("a letter of Urdu is shown", text_kind(0x0627), TEXT_SHOWN);
}

static void
buffers(void)
{
	char small[4];

	text_clean_buf(small, sizeof(small), "a\xc3\xbc\xc3\xbc", 5);
	T_TEXT("a buffer never ends in half a character", small, "a\xc3\xbc");
	T_INT("one letter off", text_distance("severs", "servers", 9), 1);
	T_INT("never more than the limit", text_distance("abc", "xyz123", 3), 3);
}

static void
json(void)
{
	struct str s, hidden;
	struct json j;

	str_init(&hidden, 4096);
	json_init(&j, &hidden);
	json_text(&j, NULL, "\xe2\x80\xae\xe2\x80\xa8\xef\xbb\xbf\xf3\xa0\x81\xb8\xf0\x9f\x98\x80");
	T_TEXT("what has no shape is there by its number, beyond U+FFFF as two", hidden.s,
	    "\"\\u202e\\u2028\\ufeff\\udb40\\udc78\xf0\x9f\x98\x80\"");
	str_init(&s, 4096);
	json_init(&j, &s);
	json_object(&j, NULL);
	json_text(&j, "a\"\\\n", "\x01\x7f\xff</script>");
	json_number(&j, "n", 0.1);
	json_number(&j, "inf", (double)INFINITY);
	json_int(&j, "big", INT64_MIN);
	json_array(&j, "list");
	json_null(&j, NULL);
	json_text(&j, NULL, NULL);
	json_array_end(&j);
	json_object_end(&j);
	str_fini(&hidden);
	T_TEXT("everything is escaped", s.s,
	    "{\"a\\\"\\\\\\n\":\"\\u0001\\u007f\\ufffd</script>\",\"n\":0.1,\"inf\":null,"
	    "\"big\":-9223372036854775808,\"list\":[null,null]}");
	str_fini(&s);
}

static void
strings(void)
{
	struct str s;

	str_init(&s, 5);
	str_add(&s, "12345");
	T_TRUE("at its ceiling nothing is cut", !s.cut);
	str_addc(&s, '6');
	T_TRUE("one past it is", s.cut);
	str_addf(&s, "%d", 7);
	T_TEXT("and nothing more goes in", s.s, "12345");
	str_fini(&s);
}

static void
arenas(void)
{
	struct arena *a = arena_new(1 << 20);
	size_t cap = 0;
	int *v = NULL;
	bool kept = true;

	for (int i = 0; i < 1000; i++) {
		v = arena_grow(a, v, (size_t)i, &cap, sizeof(*v));
		v[i] = i;
	}
	for (int i = 0; i < 1000; i++)
		kept = kept && v[i] == i;
	T_TRUE("a growing array keeps what it had", kept);
	T_TEXT("printf", arena_printf(a, "%s-%d", "x", 7), "x-7");
	arena_reset(a);
	T_INT("empty after a reset", arena_used(a), 0);
	arena_free(a);
	arena_free(NULL);
}

int
main(void)
{
	cleaning();
	table();
	buffers();
	json();
	strings();
	arenas();
	return t_end();
}
