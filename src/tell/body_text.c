/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the body of a mail: the first line is the subject, then an empty line, then the five parts,
 * then details. Lines of at most COLUMNS characters, ended by LF; the mail cell makes them CRLF and
 * the subject's header.
 */
#include "base/text.h"
#include "tell/body_private.h"
#include "tell/body_words.h"

#include <string.h>

#define COLUMNS 76
#define DETAILS_END (BODY_MAX - 200)
#define PART_INDENT 9 /* "So what: " */
#define DETAIL_INDENT 4

static size_t
chars(const char *s, size_t n)
{
	size_t c = 0;

	for (size_t i = 0; i < n; i++)
		c += ((unsigned char)s[i] & 0xc0) != 0x80;
	return c;
}

/* Bytes of the first n characters. */
static size_t
first_chars(const char *s, size_t n)
{
	size_t at = 0;

	while (s[at] != '\0' && (n > 0 || ((unsigned char)s[at] & 0xc0) == 0x80)) {
		at++;
		if (((unsigned char)s[at] & 0xc0) != 0x80)
			n--;
	}
	return at;
}

static void
new_line(struct str *out, size_t indent)
{
	str_addc(out, '\n');
	for (size_t i = 0; i < indent; i++)
		str_addc(out, ' ');
}

/* Clean text by words from column `at` on; a word longer than a line is broken. Ends the line. */
static void
wrapped(struct str *out, const char *text, size_t at, size_t indent)
{
	bool first = true;

	for (;;) {
		size_t len, n;

		text += strspn(text, " ");
		if (*text == '\0')
			break;
		len = strcspn(text, " ");
		n = chars(text, len);
		if (!first && at + 1 + n <= COLUMNS) {
			str_addc(out, ' ');
			at++;
		} else if (!first) {
			new_line(out, indent);
			at = indent;
		}
		if (n > COLUMNS - at) {
			n = COLUMNS - at;
			len = first_chars(text, n);
		}
		str_addn(out, text, len);
		text += len;
		at += n;
		first = false;
	}
	str_addc(out, '\n');
}

static void
part(struct str *out, const char *label, const char *text)
{
	struct str s;

	if (*body_or(text) == '\0')
		return;
	str_init(&s, BODY_PART_CHARS * 4 + 8);
	body_clean(&s, text, BODY_PART_CHARS);
	str_addf(out, "%-*s", PART_INDENT, label);
	wrapped(out, s.s, PART_INDENT, PART_INDENT);
	str_fini(&s);
}

struct detail_lines {
	struct str *out;
	size_t left_out;
};

static void
add_detail(void *self, const char *label, const char *value)
{
	struct detail_lines *d = self;
	size_t mark = d->out->len;
	struct str line;

	str_init(&line, 2 * BODY_MAX);
	str_addf(&line, "%s: %s", label, value);
	str_add(d->out, "  ");
	wrapped(d->out, line.s, 2, DETAIL_INDENT);
	str_fini(&line);
	if (d->out->len <= DETAILS_END)
		return;
	d->out->len = mark;
	d->out->s[mark] = '\0';
	d->left_out++;
}

int
body_text(const struct body_terms *t, const struct event *v, struct str *out, struct err *e)
{
	const struct event_parts *p = &v->parts;
	struct detail_lines d = { out, 0 };
	struct str s;

	(void)t, (void)e;
	str_init(&s, EVENT_BODY_MAX * 4 + 8);
	body_clean(&s, v->title, EVENT_TITLE_MAX);
	str_addf(out, "[%s] %s\n\n", body_state(v), s.s);
	if (*body_or(p->when) == '\0' && *body_or(p->so_what) == '\0') {
		str_clear(&s);
		body_clean(&s, *body_or(v->body) != '\0' ? v->body : v->title, EVENT_BODY_MAX);
		wrapped(out, s.s, 0, 0);
	} else {
		part(out, "What:", p->what);
		part(out, "When:", p->when);
		part(out, "So what:", p->so_what);
		part(out, "Do now:", p->do_now);
		part(out, "Who:", p->who);
	}
	str_fini(&s);
	str_add(out, "\nDetails\n");
	body_details(v, add_detail, &d);
	if (d.left_out > 0)
		str_addf(out, "  %zu more details were left out to keep this short.\n", d.left_out);
	return 0;
}
