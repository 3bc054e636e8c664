/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns commas and escapes of JSON that is written.
 */
#include "base/json.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
json_init(struct json *j, struct str *out)
{
	j->out = out;
	j->comma = false;
}

/* As UTF-16 has it (RFC 8259, 7). */
static void
by_number(struct str *out, uint32_t c)
{
	if (c < 0x10000)
		str_addf(out, "\\u%04x", (unsigned)c);
	else
		str_addf(out, "\\u%04x\\u%04x", (unsigned)(0xd800 + ((c - 0x10000) >> 10)),
		    (unsigned)(0xdc00 + (c & 0x3ff)));
}

/* Bytes at the start that stand for themselves, as nearly all do. */
static size_t
plain(const char *s)
{
	size_t n = 0;

	while (s[n] >= ' ' && s[n] <= '~' && s[n] != '"' && s[n] != '\\')
		n++;
	return n;
}

static void
quoted(struct str *out, const char *s)
{
	size_t n = strlen(s);

	str_addc(out, '"');
	for (size_t at = 0; at < n;) {
		uint32_t c;
		size_t run = plain(s + at), len;

		str_addn(out, s + at, run);
		at += run;
		if (at == n)
			break;
		len = utf8_decode(s + at, n - at, &c);
		if (len == 0)
			str_add(out, "\\ufffd");
		else if (c == '"' || c == '\\')
			str_addf(out, "\\%c", (char)c);
		else if (c == '\n')
			str_add(out, "\\n");
		else if (c == '\t')
			str_add(out, "\\t");
		else if (text_kind(c) != TEXT_SHOWN)
			by_number(out, c);
		else
			str_addn(out, s + at, len);
		at += len == 0 ? 1 : len;
	}
	str_addc(out, '"');
}

static void
lead_in(struct json *j, const char *name)
{
	if (j->comma)
		str_addc(j->out, ',');
	j->comma = true;
	if (name != NULL) {
		quoted(j->out, name);
		str_addc(j->out, ':');
	}
}

static void
open_with(struct json *j, const char *name, char c)
{
	lead_in(j, name);
	str_addc(j->out, c);
	j->comma = false;
}

static void
close_with(struct json *j, char c)
{
	str_addc(j->out, c);
	j->comma = true;
}

void
json_object(struct json *j, const char *name)
{
	open_with(j, name, '{');
}

void
json_object_end(struct json *j)
{
	close_with(j, '}');
}

void
json_array(struct json *j, const char *name)
{
	open_with(j, name, '[');
}

void
json_array_end(struct json *j)
{
	close_with(j, ']');
}

void
json_text(struct json *j, const char *name, const char *value)
{
	lead_in(j, name);
	if (value == NULL)
		str_add(j->out, "null");
	else
		quoted(j->out, value);
}

void
json_number(struct json *j, const char *name, double value)
{
	char buf[40];

	lead_in(j, name);
	if (!isfinite(value)) {
		str_add(j->out, "null");
		return;
	}
	/* the shortest text that reads back as the same number */
	for (int digits = 6; digits <= 17; digits++) {
		snprintf(buf, sizeof(buf), "%.*g", digits, value);
		if (strtod(buf, NULL) == value)
			break;
	}
	str_add(j->out, buf);
}

void
json_int(struct json *j, const char *name, int64_t value)
{
	lead_in(j, name);
	str_addf(j->out, "%lld", (long long)value);
}

void
json_bool(struct json *j, const char *name, bool value)
{
	lead_in(j, name);
	str_add(j->out, value ? "true" : "false");
}

void
json_null(struct json *j, const char *name)
{
	lead_in(j, name);
	str_add(j->out, "null");
}

void
json_time(struct json *j, const char *name, instant t)
{
	char buf[INSTANT_TEXT];

	json_text(j, name, t == INSTANT_NONE ? NULL : instant_text(t, buf));
}
