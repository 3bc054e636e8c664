/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json_check.h"

#include "tests/t.h"

static const struct {
	const char *name, *text, *fault; /* NULL: it is JSON */
} cases[] = {
	{ "a number", "0", NULL },
	{ "all of a number", " -12.50e+07 ", NULL },
	{ "words", "[true,false,null]", NULL },
	{ "empty ones", "{\"a\":[],\"b\":{}}", NULL },
	{ "escapes", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"", NULL },
	{ "deep", "[[[[{\"a\":[{\"b\":[1,2]}]}]]]]", NULL },
	{ "not ASCII", "\"\xe6\xb8\xac\"", NULL },
	{ "nothing", "", "line 1: a value is missing" },
	{ "only blanks", "\n\n ", "line 3: a value is missing" },
	{ "two values", "1 2", "something follows" },
	{ "leading zero", "01", "something follows" },
	{ "plus", "+1", "no value begins" },
	{ "bare point", "1.", "after its point" },
	{ "bare exponent", "1e", "exponent" },
	{ "bare minus", "-", "without digits" },
	{ "NaN", "NaN", "no value begins" },
	{ "single quotes", "{'a':1}", "name in quotes" },
	{ "comma at the end of an array", "[1,]", "no value begins" },
	{ "comma at the end of an object", "{\"a\":1,}", "name in quotes" },
	{ "no comma", "[1 2]", "comma or ]" },
	{ "no comma in an object", "{\"a\":1\n\"b\":2}", "line 2: a comma or }" },
	{ "no colon", "{\"a\" 1}", "colon" },
	{ "wrong bracket", "[1}", "comma or ]" },
	{ "open", "{\"a\":[1", "comma or ]" },
	{ "open quotes", "[\"a]", "inside quotes" },
	{ "line end in quotes", "[\"a\nb\"]", "line end or control" },
	{ "bad escape", "\"\\x\"", "cannot be escaped" },
	{ "short \\u", "\"\\u12\"", "cannot be escaped" },
	{ "bad \\u", "\"\\u12g4\"", "four hex digits" },
	{ "over-long UTF-8", "\"\xc0\xa0\"", "not UTF-8" },
	{ "comment", "1 // one", "something follows" },
};

int
main(void)
{
	static const char good[] = "{\"a\":[1,-2.5e3,{\"b\":\"\\u00e9\\n\xc3\xa9\"},[],null,true]}";
	char deep[2 * JSON_DEPTH_MAX + 3];
	struct err e = { 0 };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int rc = json_check(cases[i].text, strlen(cases[i].text), &e);

		T_INT(cases[i].name, rc, cases[i].fault == NULL ? 0 : -1);
		if (cases[i].fault != NULL)
			T_HAS(cases[i].name, e.msg, cases[i].fault);
	}
	for (size_t n = 0; n < sizeof(good) - 1; n++)
		T_INT("cut short it is none", json_check(good, n, &e), -1);
	T_INT("whole it is", json_check(good, sizeof(good) - 1, &e), 0);
	T_INT("an inner NUL", json_check("[1,\0]", 5, &e), -1);
	for (size_t d = JSON_DEPTH_MAX; d <= JSON_DEPTH_MAX + 1; d++) {
		memset(deep, '[', d);
		memset(deep + d, ']', d);
		T_INT("depth at its limit and one past it", json_check(deep, 2 * d, &e),
		    d == JSON_DEPTH_MAX ? 0 : -1);
	}
	return t_end();
}
