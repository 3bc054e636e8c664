/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the head of an answer: where it ends, and which of its lines matter.
 */
#include "http_head.h"

#include <string.h>
#include <strings.h>

/* What a cache or a go-between adds, and a server on the machine itself does not. */
static const struct {
	const char *name;
	enum http_fault fault;
} strangers[] = {
	{ "Age", HTTP_CACHED }, /* RFC 9111, 5.1 */
	{ "X-Cache", HTTP_CACHED },
	{ "X-Cache-Hits", HTTP_CACHED },
	{ "X-Cache-Lookup", HTTP_CACHED },
	{ "X-Varnish", HTTP_CACHED },
	{ "X-Proxy-Cache", HTTP_CACHED },
	{ "CF-Cache-Status", HTTP_CACHED },
	{ "Cache-Status", HTTP_CACHED }, /* RFC 9211 */
	{ "Via", HTTP_PROXY },           /* RFC 9110, 7.6.3 */
	{ "Proxy-Status", HTTP_PROXY },  /* RFC 9209 */
	{ "X-Squid-Error", HTTP_PROXY },
	{ "Proxy-Authenticate", HTTP_PROXY },
	{ "Proxy-Connection", HTTP_PROXY },
};

struct line {
	const char *name, *value;
	size_t nname, nvalue;
};

/* The bytes up to and with the empty line; 0: it is not there yet. A line may end in LF alone
 * (RFC 9112, 2.2). */
static size_t
head_length(const char *b, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t next = i + 1;

		if (b[i] != '\n')
			continue;
		if (next < n && b[next] == '\r')
			next++;
		if (next < n && b[next] == '\n')
			return next + 1;
	}
	return 0;
}

/* The next line from *at on, without blanks around its value; false: none is left. */
static bool
next_line(const char *b, size_t n, size_t *at, struct line *l)
{
	const char *from = b + *at, *end = *at < n ? memchr(from, '\n', n - *at) : NULL, *colon;

	if (end == NULL)
		return false;
	*at = (size_t)(end - b) + 1;
	colon = memchr(from, ':', (size_t)(end - from));
	if (colon == NULL)
		colon = end;
	*l = (struct line){ .name = from, .nname = (size_t)(colon - from) };
	l->value = colon < end ? colon + 1 : end;
	while (l->value < end && (*l->value == ' ' || *l->value == '\t'))
		l->value++;
	while (end > l->value && (end[-1] == '\r' || end[-1] == ' ' || end[-1] == '\t'))
		end--;
	l->nvalue = (size_t)(end - l->value);
	return true;
}

static bool
is_named(const struct line *l, const char *name)
{
	return strlen(name) == l->nname && strncasecmp(l->name, name, l->nname) == 0;
}

/* Whether a list of words with commas between has this one. */
static bool
has_word(const struct line *l, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= l->nvalue; i++)
		if (strncasecmp(l->value + i, word, n) == 0 &&
		    (i == 0 || strchr(", \t", l->value[i - 1]) != NULL) &&
		    (i + n == l->nvalue || strchr(", \t;", l->value[i + n]) != NULL))
			return true;
	return false;
}

/* "HTTP/1.1 200 ...": the status, and whether connections of that version stay open. */
static bool
status_line(const char *b, size_t n, struct http_head *out)
{
	if (n < 12 || memcmp(b, "HTTP/1.", 7) != 0 || (b[7] != '0' && b[7] != '1') || b[8] != ' ')
		return false;
	for (int i = 9; i < 12; i++) {
		if (b[i] < '0' || b[i] > '9')
			return false;
		out->status = out->status * 10 + (b[i] - '0');
	}
	out->keeps = b[7] == '1';
	return out->status >= 100;
}

struct seen {
	bool date, bad;
	enum http_fault stranger;
};

static void
look_at(const struct line *l, struct http_head *out, struct seen *seen)
{
	int64_t date;

	for (size_t i = 0; i < sizeof(strangers) / sizeof(strangers[0]); i++)
		if (seen->stranger == HTTP_OK && is_named(l, strangers[i].name))
			seen->stranger = strangers[i].fault;
	if (is_named(l, "Connection")) {
		if (has_word(l, "close"))
			out->keeps = false;
		else if (has_word(l, "keep-alive"))
			out->keeps = true;
	}
	if (!is_named(l, "Date"))
		return;
	if (!http_date_parse(l->value, l->nvalue, &date) || (seen->date && date != out->date))
		seen->bad = true;
	seen->date = true;
	if (!seen->bad)
		out->date = date;
}

enum http_fault
http_head_parse(const char *b, size_t n, struct http_head *out)
{
	struct seen seen = { .stranger = HTTP_OK };
	struct line l;
	size_t at = 0;

	memset(out, 0, sizeof(*out));
	if (n >= 7 && memcmp(b, "HTTP/1.", 7) != 0)
		return HTTP_NONE;
	out->len = head_length(b, n);
	if (out->len == 0 || out->len > HTTP_HEAD_MAX)
		return n < HTTP_HEAD_MAX ? HTTP_MORE : HTTP_LONG;
	if (!next_line(b, out->len, &at, &l) || !status_line(b, at, out))
		return HTTP_NONE;
	while (next_line(b, out->len, &at, &l))
		look_at(&l, out, &seen);
	if (seen.stranger != HTTP_OK)
		return seen.stranger;
	if (out->status == 407 || out->status == 502 || out->status == 504)
		return HTTP_PROXY;
	return !seen.date ? HTTP_NO_DATE : seen.bad ? HTTP_BAD_DATE : HTTP_OK;
}

const char *
http_fault_words(enum http_fault f)
{
	static const char *const words[HTTP_FAULT_N] = {
		[HTTP_OK] = "answers with its date",
		[HTTP_MORE] = "ended its answer too early",
		[HTTP_LONG] = "answers with a head of more than 16 KiB",
		[HTTP_NONE] = "answers, but not as a web server does",
		[HTTP_NO_DATE] = "answers without a date",
		[HTTP_BAD_DATE] = "answers with a date that cannot be read",
		[HTTP_CACHED] = "is answered for by a cache, whose copy has an old date",
		[HTTP_PROXY] = "is answered for by a proxy, whose clock may be another",
	};

	return words[f];
}
