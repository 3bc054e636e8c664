/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/body_template.h"

#include "base/json_check.h"
#include "tell/body_values.h"
#include "tests/events.h"
#include "tests/t.h"

static const struct {
	const char *name, *text, *fault; /* NULL: it is fine */
} checks[] = {
	{ "no values", "{}", NULL },
	{ "one value", "{\"a\":\"{{title}}\"}", NULL },
	{ "with a length", "{\"a\":\"{{title:64}}\"}", NULL },
	{ "the greatest length", "{\"a\":\"{{title:4096}}\"}", NULL },
	{ "a number outside quotes", "{\"a\":{{sequence}}}", NULL },
	{ "a number inside quotes", "{\"a\":\"{{sequence}}\"}", NULL },
	{ "braces of JSON are no value", "{\"a\":{\"b\":{\"c\":{}}}}", NULL },
	{ "an escaped quote is no end", "{\"a\":\"\\\"{{title}}\\\"\"}", NULL },
	{ "an unknown name", "{\n\"a\":\"{{titel}}\"}",
	    "own:2: {{titel}}: no such value, known are alert body check " },
	{ "a name with blanks", "{\"a\":\"{{ title }}\"}", "own:1: {{ title }}: no such value" },
	{ "an empty name", "{\"a\":\"{{}}\"}", "own:1: {{}}: no such value" },
	{ "text outside quotes", "{\"a\":\n\n{{title}}}",
	    "own:3: {{title}}: stands outside quotes, where only a number may" },
	{ "no end", "{\"a\":\"{{title\"}", "own:1: {{title\"}: }} is missing" },
	{ "length 0", "{\"a\":\"{{title:0}}\"}", "own:1: {{title:0}}: the length" },
	{ "length past the greatest", "{\"a\":\"{{title:4097}}\"}", "{{title:4097}}: the length" },
	{ "length that is none", "{\"a\":\"{{title:x}}\"}", "the length after the colon" },
	{ "length that is missing", "{\"a\":\"{{title:}}\"}", "the length after the colon" },
	{ "length with a sign", "{\"a\":\"{{title:-1}}\"}", "the length after the colon" },
	{ "length out of all bounds", "{\"a\":\"{{title:18446744073709551617}}\"}", "the length" },
	{ "a value inside an escape", "{\"a\":\"\\u004{{title}}1\"}",
	    "own:1: \\u004{{title}}: \\u without" },
	{ "an escape", "{\"a\":\"\\u00e9{{title}}\"}", NULL },
	{ "no JSON", "{\"a\":\"{{title}}\",\n}", "own: is no JSON: line 2: a name in quotes" },
	{ "nothing", "", "own: is no JSON: line 1: a value is missing" },
	{ "quotes left open", "{\"a\":\"{{title}}}",
	    "own: is no JSON: line 1: ends inside quotes" },
	{ "plain text", "Alert {{title}}", "stands outside quotes" },
};

static void
check_all(void)
{
	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
		struct err e = { 0 };
		int rc = template_check("own", checks[i].text, &e);

		T_INT(checks[i].name, rc, checks[i].fault == NULL ? 0 : -1);
		if (checks[i].fault != NULL)
			T_HAS(checks[i].name, e.msg, checks[i].fault);
	}
}

static void
limits(void)
{
	static char text[TEMPLATE_MAX + 2], many[TEMPLATE_NAMES_MAX * 16 + 64];
	struct err e = { 0 };

	for (size_t n = TEMPLATE_MAX; n <= TEMPLATE_MAX + 1; n++) {
		memset(text, ' ', n);
		text[0] = '0';
		text[n] = '\0';
		T_INT("size at its limit and one past it", template_check("own", text, &e),
		    n == TEMPLATE_MAX ? 0 : -1);
	}
	T_HAS("names the limit", e.msg, "own: 8001 bytes, at most 8000 are allowed");
	for (size_t n = TEMPLATE_NAMES_MAX; n <= TEMPLATE_NAMES_MAX + 1; n++) {
		size_t at = 0;

		many[at++] = '"';
		for (size_t i = 0; i < n; i++, at += 9)
			memcpy(many + at, "{{title}}", 9);
		memcpy(many + at, "\"", 2);
		T_INT("values at their limit and one past it", template_check("own", many, &e),
		    n == TEMPLATE_NAMES_MAX ? 0 : -1);
	}
}

static const struct {
	const char *name;
	enum template_markup markup;
	const char *title, *text, *want;
} fills[] = {
	{ "plain", TEMPLATE_PLAIN, "a", "\"{{title}}\"", "\"a\"" },
	{ "twice", TEMPLATE_PLAIN, "a", "\"{{title}}-{{title}}\"", "\"a-a\"" },
	{ "quotes cannot be left", TEMPLATE_PLAIN, "a\",\"b\\", "\"{{title}}\"",
	    "\"a\\\",\\\"b\\\\\"" },
	{ "a value is not a template", TEMPLATE_PLAIN, "{{id}}", "\"{{title}}\"", "\"{{id}}\"" },
	{ "controls and bidi", TEMPLATE_PLAIN,
	    "a\r\n\x1b\xe2\x80\xae"
	    "b",
	    "\"{{title}}\"", "\"a   b\"" },
	{ "not UTF-8", TEMPLATE_PLAIN, "a\xff", "\"{{title}}\"", "\"a\xef\xbf\xbd\"" },
	{ "exactly as long", TEMPLATE_PLAIN, "abcd", "\"{{title:4}}\"", "\"abcd\"" },
	{ "one too long", TEMPLATE_PLAIN, "abcde", "\"{{title:4}}\"", "\"abc\xe2\x80\xa6\"" },
	{ "length 1", TEMPLATE_PLAIN, "ab", "\"{{title:1}}\"", "\"\xe2\x80\xa6\"" },
	{ "beyond U+FFFF counts two", TEMPLATE_PLAIN, "\xf0\x9f\x98\x80\xf0\x9f\x98\x80",
	    "\"{{title:3}}\"", "\"\xf0\x9f\x98\x80\xe2\x80\xa6\"" },
	{ "Slack: no mention, no link", TEMPLATE_SLACK, "<!channel>&", "\"{{title}}\"",
	    "\"&lt;!channel&gt;&amp;\"" },
	{ "Slack: entities count in full, and are not cut", TEMPLATE_SLACK, "a<b",
	    "\"{{title:5}}\"", "\"a\xe2\x80\xa6\"" },
	{ "Discord: no markup", TEMPLATE_DISCORD, "*_[x](y)@", "\"{{title}}\"",
	    "\"\\\\*\\\\_\\\\[x\\\\](y)\\\\@\"" },
	{ "Discord: an address is no link", TEMPLATE_DISCORD, "https://a.b", "\"{{title}}\"",
	    "\"https\\\\://a.b\"" },
	{ "number", TEMPLATE_PLAIN, "", "{{sequence}}", "41" },
	{ "details", TEMPLATE_PLAIN, "", "\"{{details:13}}\"", "\"offset: -14.\xe2\x80\xa6\"" },
};

static void
fill_all(void)
{
	static const struct body_terms t = { 0 };

	for (size_t i = 0; i < sizeof(fills) / sizeof(fills[0]); i++) {
		struct err e = { 0 };
		struct event v;
		struct str out;

		events_make(&v, EVENT_RAISED, "rich");
		v.title = fills[i].title;
		str_init(&out, 2 * BODY_MAX);
		T_INT(fills[i].name,
		    template_fill(fills[i].markup, fills[i].text, &t, &v, &out, &e), 0);
		T_TEXT(fills[i].name, out.s, fills[i].want);
		str_fini(&out);
	}
}

/* The longest template with the longest values is still no longer than a body may be. */
static void
longest(void)
{
	static char text[TEMPLATE_MAX + 1];
	static const struct body_terms t = { 0 };
	struct err e = { 0 };
	struct event v;
	struct str out;
	size_t at = 1;

	memset(text, 'x', TEMPLATE_MAX);
	text[0] = text[TEMPLATE_MAX - 1] = '"';
	for (size_t i = 0; i < TEMPLATE_NAMES_MAX; i++, at += 11)
		memcpy(text + at, "{{details}}", 11);
	events_make(&v, EVENT_RAISED, "hostile");
	str_init(&out, 2 * BODY_MAX);
	T_INT("the longest is allowed", template_check("own", text, &e), 0);
	T_INT("and fits", template_fill(TEMPLATE_PLAIN, text, &t, &v, &out, &e), 0);
	T_TRUE("and fits", out.len <= BODY_MAX && out.len > TEMPLATE_MAX);
	T_INT("and is JSON", json_check(out.s, out.len, &e), 0);
	str_fini(&out);
}

/* Every value can be had, stands in the table in order, and numbers are digits. */
static void
values(void)
{
	static const struct body_terms t = { .topic = "t" };
	struct event v;

	events_make(&v, EVENT_RAISED, "rich");
	for (const struct template_value *x = template_values; x->name != NULL; x++) {
		struct str s;

		str_init(&s, BODY_MAX);
		template_value_get(x, &v, &t, &s);
		T_TRUE(x->name, s.len > 0);
		T_TRUE(x->name, x == template_values || strcmp(x[-1].name, x->name) < 0);
		T_TRUE(x->name, !x->number || strspn(s.s, "0123456789") == s.len);
		str_fini(&s);
	}
}

/* Cut short anywhere, a good template is refused or is still one; never more. */
static void
truncations(void)
{
	static const char good[] =
	    "{\"a\":\"{{title:9}} \\\" {{details}}\",\"n\":{{sequence}},\"o\":{}}";
	char part[sizeof(good)];
	struct err e = { 0 };

	for (size_t n = 0; n < sizeof(good) - 1; n++) {
		memcpy(part, good, n);
		part[n] = '\0';
		T_INT("a template cut short", template_check("own", part, &e), -1);
	}
	T_INT("whole", template_check("own", good, &e), 0);
}

int
main(void)
{
	check_all();
	limits();
	fill_all();
	longest();
	values();
	truncations();
	return t_end();
}
