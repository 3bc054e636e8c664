/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the guess which format a log has, by how it begins.
 */
#include "audit.h"
#include "record.h"

#include <string.h>

#define GUESS_LINES 32
#define YEAR 2000 /* a stamp without its year says nothing here */

static bool
is_w3c(struct slice line)
{
	return slice_begins(line, "#Fields:") || slice_begins(line, "#Software:") ||
	       slice_begins(line, "#Version:");
}

static enum format
guess_line(const char *s, size_t n)
{
	struct stamp st;
	size_t pri = record_pri(s, n);

	if (record_is_auditd(s, n))
		return FORMAT_AUDITD;
	if (pri > 2 && s[pri - 1] == ' ' && stamp_parse(STAMP_ISO, s + pri, n - pri, YEAR, &st) > 0)
		return FORMAT_RFC5424;
	if (s[pri] != '[' && stamp_parse(STAMP_BSD, s + pri, n - pri, YEAR, &st) > 0 && st.yearless)
		return FORMAT_RFC3164;
	if (s[0] == '{' && s[n - 1] == '}' && json_time_member((struct slice){ s, n }).n > 0)
		return FORMAT_JSONL;
	return FORMAT_PLAIN;
}

struct votes {
	size_t of[FORMAT_N];
	size_t lines;
	size_t stamps; /* lines that begin with one, or have one behind a bracket */
	bool w3c;
};

static void
vote(struct votes *v, struct scanner *plain, const char *p, size_t len)
{
	struct record_info info;

	v->of[guess_line(p, len)]++;
	v->w3c = v->w3c || is_w3c((struct slice){ p, len });
	scanner_take(plain, p, len, &info);
	v->stamps += info.has_time || plain->reading.either;
	v->lines++;
}

/* Columns, when fields are given, they are named by the first record, or only columns tell a time.
 */
static bool
has_columns(const struct audit_conf *conf, const struct votes *v, const char *s, size_t n)
{
	struct columns_names names = { conf->time_field, conf->number_field, conf->user_field };
	struct columns c;

	/* a field that is not there is not read as something else */
	if (names.time != NULL || names.number != NULL || names.user != NULL)
		return true;
	if (n > SCANNER_LOOK)
		n = SCANNER_LOOK;
	return columns_find(&c, (struct slice){ s, n }, &names) &&
	       (c.header || v->stamps * 2 < v->lines);
}

static enum format
guess_text(const struct audit_conf *conf, const char *s, size_t n)
{
	struct votes v = { { 0 }, 0, 0, false };
	const char *p = s, *end = s + n, *nl;
	static struct scanner plain;

	scanner_init(&plain, FORMAT_PLAIN, &(struct audit_conf){ .time_format = "auto" }, YEAR);
	while (
	    p < end && v.lines < GUESS_LINES && (nl = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		size_t len = (size_t)(nl - p);

		if (len > 0 && p[len - 1] == '\r')
			len--;
		if (len > 1)
			vote(&v, &plain, p, len);
		p = nl + 1;
	}
	for (int f = FORMAT_AUDITD; f < FORMAT_REGEX; f++)
		if (v.of[f] * 2 > v.lines)
			return (enum format)f;
	if (v.w3c)
		return FORMAT_W3C;
	return has_columns(conf, &v, s, n) ? FORMAT_CSV : FORMAT_PLAIN;
}

enum format
format_guess(const struct audit_conf *conf, const char *s, size_t n)
{
	enum format given = format_find(conf->format);
	enum wide wide = wide_find(s, n);
	char narrow[WIDE_MAX];
	struct slice text = { s, n };

	if (given != FORMAT_AUTO)
		return given;
	if (wide != WIDE_NO)
		text = wide_narrow(wide, (struct slice){ s, n - n % 2 }, narrow);
	else if (slice_begins(text, "\xef\xbb\xbf"))
		text = slice_behind(text, 3);
	return guess_text(conf, text.p, text.n);
}
