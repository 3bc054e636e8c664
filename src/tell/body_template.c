/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns templates: slots found, filled, shortened, and checked before they are used.
 */
#include "tell/body_template.h"

#include "base/json_check.h"
#include "base/text.h"
#include "tell/body_private.h"
#include "tell/body_values.h"

#include <stdio.h>
#include <string.h>

/* With every value cut to LEAST units of at most UNIT_BYTES bytes (a character of three bytes; of
 * four it is two units), TEMPLATE_NAMES_MAX of them and the greatest template stay under BODY_MAX.
 */
#define UNIT_BYTES 3
#define LEAST 16
_Static_assert(TEMPLATE_MAX + TEMPLATE_NAMES_MAX * (LEAST * UNIT_BYTES + 24) < BODY_MAX,
    "a template may come out too long");

/* One {{name:N}} of a template. */
struct slot {
	size_t at, end; /* of the braces */
	const struct template_value *value;
	size_t max; /* N, or TEMPLATE_VALUE_MAX */
	bool quoted;
};

struct parser {
	const char *text;
	size_t at;
	bool quoted;
	const char *fault; /* what is wrong at `at` */
};

static size_t
decimal(const char *s, size_t n)
{
	size_t v = 0;

	if (n == 0 || n > 5)
		return 0;
	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return 0;
		v = v * 10 + (size_t)(s[i] - '0');
	}
	return v;
}

/* Between the braces: NAME or NAME:N. */
static bool
read_slot(struct parser *p, const char *inner, size_t n, struct slot *s)
{
	const char *colon = memchr(inner, ':', n);
	size_t name = colon != NULL ? (size_t)(colon - inner) : n;

	s->value = template_value_find(inner, name);
	s->max = TEMPLATE_VALUE_MAX;
	s->quoted = p->quoted;
	if (colon != NULL)
		s->max = decimal(colon + 1, n - name - 1);
	if (s->value == NULL)
		p->fault = "no such value";
	else if (s->max == 0 || s->max > TEMPLATE_VALUE_MAX)
		p->fault = "the length after the colon must be 1 to 4096";
	else if (!p->quoted && (!s->value->number || colon != NULL))
		p->fault = "stands outside quotes, where only a number may, without a length";
	return p->fault == NULL;
}

/* The next slot: 1, at the end 0, -1 with p->fault. Follows whether the text is inside quotes. */
static int
next_slot(struct parser *p, struct slot *s)
{
	for (; p->text[p->at] != '\0'; p->at++) {
		const char *c = p->text + p->at, *close;

		/* a value may not become a part of an escape */
		if (c[0] == '\\' && p->quoted && c[1] == 'u' &&
		    strspn(c + 2, "0123456789abcdefABCDEF") < 4) {
			p->fault = "\\u without four hex digits";
			return -1;
		}
		if (c[0] == '\\' && p->quoted && c[1] != '\0')
			p->at++;
		else if (c[0] == '"')
			p->quoted = !p->quoted;
		else if (c[0] == '{' && c[1] == '{') {
			close = strstr(c, "}}");
			/* {"a":{"b":1}} is no slot: a name follows the braces, no quote or blank */
			if (!p->quoted && (c[2] < 'a' || c[2] > 'z'))
				continue;
			if (close == NULL) {
				p->fault = "}} is missing";
				return -1;
			}
			s->at = p->at;
			s->end = (size_t)(close - p->text) + 2;
			if (!read_slot(p, c + 2, (size_t)(close - c) - 2, s))
				return -1;
			p->at = s->end;
			return 1;
		}
	}
	return 0;
}

static bool
is_special(enum template_markup m, uint32_t c)
{
	if (m == TEMPLATE_SLACK)
		return c == '&' || c == '<' || c == '>';
	return m == TEMPLATE_DISCORD && c < 0x80 && strchr("\\*_~`|>#[]<@:", (int)c) != NULL;
}

/* A character as the receiver's markup has it, before JSON; at most 5 bytes and the NUL. */
static void
in_markup(enum template_markup m, uint32_t c, const char *bytes, size_t len, char out[8])
{
	if (!is_special(m, c))
		snprintf(out, 8, "%.*s", (int)len, bytes);
	else if (m == TEMPLATE_DISCORD)
		snprintf(out, 8, "\\%c", (char)c);
	else
		snprintf(out, 8, "%s", c == '&' ? "&amp;" : c == '<' ? "&lt;" : "&gt;");
}

static void
in_json(struct str *out, const char *s)
{
	for (; *s != '\0'; s++) {
		if (*s == '"' || *s == '\\')
			str_addc(out, '\\');
		if (*s == '\n')
			str_add(out, "\\n");
		else
			str_addc(out, *s);
	}
}

/* UTF-16 units: two for what lies beyond U+FFFF, which has 4 bytes in UTF-8. */
static size_t
units(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80 ? ((unsigned char)*s >= 0xf0 ? 2 : 1) : 0;
	return n;
}

/* Appends at most max units of clean text. When not all fits, the last one is an ellipsis. */
static void
escaped(struct str *out, enum template_markup m, const struct str *text, size_t max)
{
	size_t used = 0, last = out->len; /* after what leaves room for an ellipsis */

	for (size_t at = 0; at < text->len;) {
		char piece[8];
		uint32_t c = 0;
		size_t len = utf8_decode(text->s + at, text->len - at, &c);

		if (len == 0) /* clean text has none */
			break;
		in_markup(m, c, text->s + at, len, piece);
		used += units(piece);
		if (used > max) {
			out->len = last;
			out->s[last] = '\0';
			str_add(out, "\xe2\x80\xa6");
			return;
		}
		in_json(out, piece);
		if (used < max)
			last = out->len;
		at += len;
	}
}

/* A moment is read by programs: it has no words of anybody, and its colons stay. */
static enum template_markup
markup_of(enum template_markup m, const struct template_value *x)
{
	return strcmp(x->name, "time") == 0 ? TEMPLATE_PLAIN : m;
}

static void
fill(enum template_markup m, const char *text, const struct body_terms *t, const struct event *v,
    size_t ceiling, struct str *out)
{
	struct parser p = { .text = text };
	size_t done = 0;
	struct slot s;

	while (next_slot(&p, &s) == 1) {
		struct str value;

		str_init(&value, BODY_MAX);
		template_value_get(s.value, v, t, &value);
		str_addn(out, text + done, s.at - done);
		if (s.quoted)
			escaped(
			    out, markup_of(m, s.value), &value, s.max < ceiling ? s.max : ceiling);
		else
			str_add(out, value.s);
		str_fini(&value);
		done = s.end;
	}
	str_add(out, text + done);
}

int
template_fill(enum template_markup m, const char *text, const struct body_terms *t,
    const struct event *v, struct str *out, struct err *e)
{
	/* evidence stands at the end of {{details}}, the longest there is: it goes first */
	static const size_t ceilings[] = { TEMPLATE_VALUE_MAX, 1024, 256, 64, LEAST };

	for (size_t i = 0; i < sizeof(ceilings) / sizeof(ceilings[0]); i++) {
		str_clear(out);
		fill(m, text, t, v, ceilings[i], out);
		if (!out->cut && out->len <= BODY_MAX)
			return 0;
	}
	return err_set(e, ERR_LIMIT, "the template comes out at more than %zu bytes", BODY_MAX);
}

static size_t
line_of(const char *text, size_t at)
{
	size_t line = 1;

	for (size_t i = 0; i < at; i++)
		line += text[i] == '\n';
	return line;
}

static int
slot_fault(const char *file, const struct parser *p, struct err *e)
{
	const char *from = p->text + p->at, *close = strstr(from, "}}");
	size_t n = close != NULL ? (size_t)(close - from) + 2 : strlen(from);
	char shown[48];
	struct str known;
	int rc;

	text_clean_buf(shown, sizeof(shown), from, n < 40 ? n : 40);
	str_init(&known, ERR_TEXT_MAX);
	if (strcmp(p->fault, "no such value") == 0) {
		str_add(&known, ", known are");
		for (const struct template_value *x = template_values; x->name != NULL; x++)
			str_addf(&known, " %s", x->name);
	}
	rc = err_set(e, ERR_PARSE, "%s:%zu: %s: %s%s", file, line_of(p->text, p->at), shown,
	    p->fault, known.s);
	str_fini(&known);
	return rc;
}

/* Without any text every value is empty: JSON must come out all the same. */
static int
try_blank(const char *file, const char *text, struct err *e)
{
	static const struct event blank = { .site = "", .host = "" };
	static const struct body_terms none = { 0 };
	struct str out;
	int rc;

	str_init(&out, 2 * BODY_MAX);
	rc = template_fill(TEMPLATE_PLAIN, text, &none, &blank, &out, e);
	if (rc == 0)
		rc = json_check(out.s, out.len, e);
	str_fini(&out);
	return rc < 0 ? err_wrap(e, "%s: is no JSON", file) : 0;
}

int
template_check(const char *file, const char *text, struct err *e)
{
	struct parser p = { .text = text };
	struct slot s;
	size_t n = 0;
	int rc;

	if (strlen(text) > TEMPLATE_MAX)
		return err_set(e, ERR_LIMIT, "%s: %zu bytes, at most %zu are allowed", file,
		    strlen(text), TEMPLATE_MAX);
	while ((rc = next_slot(&p, &s)) == 1)
		if (++n > TEMPLATE_NAMES_MAX)
			return err_set(e, ERR_LIMIT, "%s:%zu: more than %d values", file,
			    line_of(text, s.at), TEMPLATE_NAMES_MAX);
	if (rc < 0)
		return slot_fault(file, &p, e);
	return try_blank(file, text, e);
}

int
body_own(const struct body_terms *t, const struct event *v, struct str *out, struct err *e)
{
	return template_fill(
	    TEMPLATE_PLAIN, t->template_text != NULL ? t->template_text : "", t, v, out, e);
}
