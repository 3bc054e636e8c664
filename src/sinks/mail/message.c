/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the message: headers, encoded words, quoted-printable (RFC 5322, 2045, 2047).
 */
#include "sinks/mail/mail.h"

#include "base/str.h"
#include "base/text.h"

#include <string.h>

#define MESSAGE_MAX ((size_t)1 << 20) /* bytes; the longest body in its longest encoding fits */
#define SUBJECT_CHARS 200
#define WORD_BYTES 45 /* in one encoded word: 60 of base64, 75 in all at most (RFC 2047, 2) */
#define FIRST_WORD_BYTES 36
#define LINE_COLUMNS 72 /* of quoted-printable; at most 76 (RFC 2045, 6.7) */

static void
base64(struct str *out, const char *bytes, size_t n)
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *p = (const unsigned char *)bytes;

	for (size_t i = 0; i < n; i += 3) {
		unsigned v = (unsigned)p[i] << 16 | (i + 1 < n ? (unsigned)p[i + 1] << 8 : 0) |
			     (i + 2 < n ? p[i + 2] : 0);

		str_addc(out, digits[v >> 18]);
		str_addc(out, digits[v >> 12 & 63]);
		str_addc(out, i + 1 < n ? digits[v >> 6 & 63] : '=');
		str_addc(out, i + 2 < n ? digits[v & 63] : '=');
	}
}

static bool
is_plain(const char *s)
{
	for (; *s != '\0'; s++)
		if (*s < ' ' || *s > '~')
			return false;
	return true;
}

/* RFC 2047: encoded words that hold whole characters, one a line. "=?" in plain text would be
 * read as one. */
static void
subject(struct str *out, const char *s)
{
	size_t n = strlen(s);

	str_add(out, "Subject: ");
	if (is_plain(s) && n <= LINE_COLUMNS - 9 && strstr(s, "=?") == NULL) {
		str_addf(out, "%s\r\n", s);
		return;
	}
	for (size_t at = 0; at < n;) {
		/* a line with them is at most 76 long, and the first has the name before it */
		size_t most = at > 0 ? WORD_BYTES : FIRST_WORD_BYTES;
		size_t part = n - at < most ? n - at : most;

		while (part > 1 && at + part < n && ((unsigned char)s[at + part] & 0xc0) == 0x80)
			part--;
		str_add(out, at > 0 ? " =?UTF-8?B?" : "=?UTF-8?B?");
		base64(out, s + at, part);
		str_add(out, "?=\r\n");
		at += part;
	}
	if (n == 0)
		str_add(out, "\r\n");
}

/* RFC 2045, 6.7. Controls but tab and line end become spaces: mail is read on terminals too. */
static void
quoted_printable(struct str *out, const char *s)
{
	static const char hex[] = "0123456789ABCDEF";
	size_t column = 0;

	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;
		bool last = s[1] == '\n' || s[1] == '\0';
		bool literal = c >= ' ' && c <= '~' && c != '=' && !(c == ' ' && last);

		if (c == '\n') {
			str_add(out, "\r\n");
			column = 0;
			continue;
		}
		if (c == '\r')
			continue;
		if (c < ' ' && c != '\t')
			c = ' ';
		if (column + 3 > LINE_COLUMNS) {
			str_add(out, "=\r\n");
			column = 0;
		}
		if (literal) {
			str_addc(out, (char)c);
			column++;
		} else {
			str_addc(out, '=');
			str_addc(out, hex[c >> 4]);
			str_addc(out, hex[c & 15]);
			column += 3;
		}
	}
	if (column > 0)
		str_add(out, "\r\n");
}

/* RFC 5322, 3.3, always UTC. */
static void
date(struct str *out, instant at)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct civil c;

	instant_civil(at, &c);
	str_addf(out, "Date: %.3s, %d %.3s %04d %02d:%02d:%02d +0000\r\n", days + 3 * c.weekday,
	    c.day, months + 3 * (c.month - 1), c.year, c.hour, c.minute, c.second);
}

const char *
mail_message(
    const struct mail_conf *c, const char *event, const char *text, instant at, struct arena *a)
{
	size_t line = strcspn(text, "\n");
	const char *rest = text + line;
	struct str s, first;
	char *out;

	str_init(&s, MESSAGE_MAX);
	str_init(&first, MESSAGE_MAX);
	text_clean(&first, text, line, SUBJECT_CHARS);
	while (first.len > 0 && first.s[first.len - 1] == ' ')
		first.s[--first.len] = '\0';
	str_addf(&s, "From: forewarn <%s>\r\n", c->from);
	for (size_t i = 0; i < c->to.n; i++)
		str_addf(&s, "%s<%s>", i == 0 ? "To: " : ",\r\n ", c->to.v[i]);
	str_add(&s, "\r\n");
	date(&s, at);
	subject(&s, first.s);
	str_addf(&s, "Message-ID: <%s%s>\r\n", event, strchr(c->from, '@'));
	/* no holiday notices in return (RFC 3834) */
	str_add(&s, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n");
	str_add(&s, "Content-Type: text/plain; charset=utf-8\r\n");
	str_add(&s, "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
	if (*rest == '\n')
		rest++;
	if (*rest == '\n')
		rest++;
	quoted_printable(&s, rest);
	out = arena_textn(a, s.s, s.len);
	str_fini(&first);
	str_fini(&s);
	return out;
}
