/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what headers and a status mean for a letter.
 */
#include "sinks/webhook/reply.h"

#include "base/text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static int
month_of(const char *name)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	for (int i = 0; strlen(name) == 3 && i < 12; i++)
		if (memcmp(names + 3 * i, name, 3) == 0)
			return i + 1;
	return 0;
}

/* Two digits of a year: in this century, as RFC 9110 reads it for stamps near today. */
static int
full_year(int two)
{
	return two < 70 ? 2000 + two : 1900 + two;
}

instant
reply_date(const char *text)
{
	struct civil c = { 0 };
	char month[4] = "", day[10];
	int end = 0;

	/* IMF-fixdate, then rfc850-date, then asctime-date */
	if (sscanf(text, "%3[A-Za-z], %2d %3[A-Za-z] %4d %2d:%2d:%2d GMT%n", day, &c.day, month,
		&c.year, &c.hour, &c.minute, &c.second, &end) < 7 ||
	    end == 0) {
		end = 0;
		if (sscanf(text, "%9[A-Za-z], %2d-%3[A-Za-z]-%2d %2d:%2d:%2d GMT%n", day, &c.day,
			month, &c.year, &c.hour, &c.minute, &c.second, &end) == 7 &&
		    end > 0)
			c.year = full_year(c.year);
	}
	if (end == 0 && (sscanf(text, "%3[A-Za-z] %3[A-Za-z] %2d %2d:%2d:%2d %4d%n", day, month,
			     &c.day, &c.hour, &c.minute, &c.second, &c.year, &end) != 7))
		end = 0;
	c.month = month_of(month);
	if (end == 0 || text[end] != '\0' || c.month == 0 || c.day < 1 || c.day > 31 ||
	    c.hour < 0 || c.hour > 23 || c.minute < 0 || c.minute > 59 || c.second < 0 ||
	    c.second > 60 || c.year < 1900)
		return INSTANT_NONE;
	return civil_instant(&c);
}

static bool
is_field(const char *line, size_t colon, const char *name)
{
	return strlen(name) == colon && strncasecmp(line, name, colon) == 0;
}

/* What comes behind a question mark may hold a secret. */
static void
keep_location(struct reply *r, const char *value, size_t n)
{
	size_t end = 0;

	while (end < n && value[end] != '?' && value[end] != '#' && value[end] != '\0')
		end++;
	text_clean_buf(r->location, sizeof(r->location), value, end);
}

void
reply_header(struct reply *r, const char *line, size_t n)
{
	const char *colon = memchr(line, ':', n);
	char value[REPLY_FIELD_MAX];
	size_t from, to = n;

	if (colon == NULL)
		return;
	from = (size_t)(colon - line) + 1;
	while (to > from && isspace((unsigned char)line[to - 1]))
		to--;
	while (from < to && isspace((unsigned char)line[from]))
		from++;
	if (is_field(line, (size_t)(colon - line), "location"))
		keep_location(r, line + from, to - from);
	if (to - from >= sizeof(value) || memchr(line + from, '\0', to - from) != NULL)
		return;
	memcpy(value, line + from, to - from);
	value[to - from] = '\0';
	if (is_field(line, (size_t)(colon - line), "date"))
		r->date = reply_date(value);
	else if (is_field(line, (size_t)(colon - line), "retry-after"))
		memcpy(r->retry_after, value, sizeof(value));
}

span
reply_wait(const struct reply *r)
{
	const char *s = r->retry_after;
	instant at;
	span wait = 0;

	if (s[0] != '\0' && s[strspn(s, "0123456789")] == '\0') {
		for (; *s != '\0' && wait < RETRY_AFTER_MAX; s++)
			wait = 10 * wait + (*s - '0') * SPAN_S;
	} else if ((at = reply_date(s)) != INSTANT_NONE) {
		wait = instant_minus(at, r->date != INSTANT_NONE ? r->date : r->now);
	}
	return wait < 0 ? 0 : wait > RETRY_AFTER_MAX ? RETRY_AFTER_MAX : wait;
}

/* The numbers that mean something of their own, then what is left of each hundred. */
static const struct {
	uint32_t from, to;
	enum post_outcome outcome;
	const char *reason;
} meanings[] = {
	{ 200, 299, POST_DELIVERED, "taken" },
	{ 300, 399, POST_AUTH, "a redirect; redirects are not followed" },
	{ 401, 401, POST_AUTH, "answered 401: it does not accept the signature or token" },
	{ 403, 403, POST_AUTH, "answered 403: it does not allow this" },
	{ 404, 404, POST_AUTH, "answered 404: there is nothing at this URL" },
	{ 407, 407, POST_AUTH, "the proxy asks for a password" },
	{ 408, 408, POST_LATER, "answered 408: it waited too long" },
	{ 410, 410, POST_PAUSED, "answered 410: it wants nothing any more" },
	{ 413, 413, POST_REFUSED, "answered 413: too large for it" },
	{ 425, 425, POST_LATER, "answered 425: too early" },
	{ 429, 429, POST_LATER, "answered 429: too many for it" },
	{ 400, 499, POST_REFUSED, "refused" },
	{ 500, 599, POST_LATER, "is in trouble" },
};

void
reply_meaning(const struct reply *r, struct answer *w)
{
	w->status = r->status;
	w->outcome = POST_LATER;
	w->reason = "gave an answer that is not HTTP";
	for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++) {
		if (r->status < meanings[i].from || r->status > meanings[i].to)
			continue;
		w->outcome = meanings[i].outcome;
		w->reason = meanings[i].reason;
		break;
	}
	w->retry_after = w->outcome == POST_LATER ? reply_wait(r) : 0;
}
