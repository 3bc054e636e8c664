/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the words of each protocol before TLS begins.
 */
#include "probes/cert/starttls.h"

#include <string.h>

/* A reply line that is the last of its reply begins with `good`; `more` begins one that goes on. */
static const struct {
	const char *good, *more, *send;
} talk[START_N][4] = {
	[START_SMTP] = {
		{ "220 ", "220-", "EHLO forewarn.invalid\r\n" },
		{ "250 ", "250-", "STARTTLS\r\n" },
		{ "220", "220-", NULL },
	},
	[START_IMAP] = {
		{ "* OK", NULL, "a STARTTLS\r\n" },
		{ "a OK", "* ", NULL },
	},
	[START_POP3] = {
		{ "+OK", NULL, "STLS\r\n" },
		{ "+OK", NULL, NULL },
	},
	[START_FTP] = {
		{ "220 ", "220-", "AUTH TLS\r\n" },
		{ "234", NULL, NULL },
	},
	[START_SIEVE] = {
		{ "OK", "\"", "STARTTLS\r\n" },
		{ "OK", NULL, NULL },
	},
	[START_NNTP] = {
		{ "20", NULL, "STARTTLS\r\n" },
		{ "382", NULL, NULL },
	},
};

static bool
has_lines(enum cert_start start)
{
	return talk[start][0].good != NULL;
}

enum starttls_next
starttls_init(struct starttls *s, enum cert_start start, const char *name)
{
	*s = (struct starttls){ .start = start, .name = name };
	return has_lines(start) ? STARTTLS_MORE : starttls_binary_init(s);
}

static bool
begins(const struct starttls *s, const char *with)
{
	size_t n = with != NULL ? strlen(with) : 0;

	return n > 0 && s->len >= n && memcmp(s->line, with, n) == 0;
}

/* FTP greets in lines of any form between "220-" and "220 " (RFC 959 4.2). */
static bool
goes_on(const struct starttls *s)
{
	if (begins(s, talk[s->start][s->step].more))
		return true;
	return s->start == START_FTP && s->step == 0 && s->lines > 1;
}

static enum starttls_next
take_line(struct starttls *s)
{
	const char *send = talk[s->start][s->step].send;

	if (++s->lines > STARTTLS_LINES_MAX)
		return starttls_fail(s, "it sends too many lines before TLS");
	if (s->step > 0 && begins(s, talk[s->start][s->step].more))
		return STARTTLS_MORE;
	if (!begins(s, talk[s->start][s->step].good)) {
		if (goes_on(s))
			return STARTTLS_MORE;
		return starttls_fail(s, s->step == 0
					    ? "it does not greet as this kind of server does"
					    : "it does not offer TLS on this port");
	}
	s->step++;
	if (send == NULL)
		return STARTTLS_READY;
	return starttls_send(s, send, strlen(send));
}

enum starttls_next
starttls_feed(struct starttls *s, const char *bytes, size_t n)
{
	enum starttls_next next = STARTTLS_MORE;

	if (!has_lines(s->start))
		return starttls_binary_feed(s, bytes, n);
	for (size_t i = 0; i < n; i++) {
		if (bytes[i] != '\n') {
			if (s->len == STARTTLS_LINE_MAX)
				return starttls_fail(s, "it sends a line that never ends");
			s->line[s->len++] = bytes[i];
			continue;
		}
		next = take_line(s);
		s->len = 0;
		if (next == STARTTLS_FAILED)
			return next;
		if (next != STARTTLS_MORE && i + 1 < n)
			return starttls_fail(s, "it sends more than was asked for before TLS");
	}
	return next;
}
