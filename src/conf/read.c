/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the way from one group of settings to one struct.
 */
#include "conf/read.h"

#include "base/file.h"
#include "base/text.h"
#include "conf/source.h"
#include "conf/trust.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *
read_place(struct conf *c, const struct setting *s)
{
	unsigned line;
	const char *file = source_file(c->source, s->line, &line);

	return arena_printf(c->arena, "%s:%u", file, line);
}

/* One line more in one of the two lists of c. */
__attribute__((format(printf, 6, 0))) static void
add_line(struct conf *c, const char ***list, size_t *n, const struct setting *s, const char *name,
    const char *fmt, va_list ap)
{
	char msg[CONF_FAULT_MAX], clean[CONF_FAULT_MAX];

	if ((*n)++ >= CONF_FAULTS_MAX)
		return;
	vsnprintf(msg, sizeof(msg), fmt, ap);
	text_clean_buf(clean, sizeof(clean), msg, strlen(msg));
	if (*list == NULL)
		*list = arena_array(c->arena, CONF_FAULTS_MAX, sizeof(**list));
	(*list)[*n - 1] = arena_printf(c->arena, "%s%s%s%s%s", s != NULL ? read_place(c, s) : "",
	    s != NULL ? ": " : "", name != NULL ? name : "", name != NULL ? ": " : "", clean);
}

void
read_fault(struct conf *c, const struct setting *s, const char *name, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_line(c, &c->faults, &c->nfaults, s, name, fmt, ap);
	va_end(ap);
}

void
read_doubt(struct conf *c, const struct setting *s, const char *name, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_line(c, &c->doubts, &c->ndoubts, s, name, fmt, ap);
	va_end(ap);
}

bool
read_is_text(struct conf *c, const struct setting *text, const struct setting *at, const char *name)
{
	size_t left = text->len, n;
	uint32_t letter;

	if (text->text == NULL) {
		read_fault(
		    c, at, name, "a text of %zu bytes (at most %d)", text->len, OPT_VALUE_MAX);
		return false;
	}
	for (const char *p = text->text; left > 0; p += n, left -= n)
		if ((n = utf8_decode(p, left, &letter)) == 0) {
			read_fault(c, at, name, "is not UTF-8 (byte 0x%02X at its place %td)",
			    (unsigned char)*p, p - text->text + 1);
			return false;
		}
	return true;
}

bool
read_is_name(struct conf *c, const struct setting *s, const char *name)
{
	size_t left = strlen(s->text), chars = 0, n;
	uint32_t letter = 0;

	for (const char *p = s->text; left > 0; p += n, left -= n, chars++)
		if ((n = utf8_decode(p, left, &letter)) == 0)
			return false; /* read_is_text has said so */
		else if (text_kind(letter) == TEXT_BLANK) {
			read_fault(c, s, name,
			    "has a control character (U+%04X) at place %zu: take it out",
			    (unsigned)letter, chars + 1);
			return false;
		}
	if (chars > OPT_SHOWN_MAX)
		read_fault(
		    c, s, name, "has %zu characters, at most %d are allowed", chars, OPT_SHOWN_MAX);
	return chars <= OPT_SHOWN_MAX;
}

/* libconfig 1.5 cuts an integer that needs more than 32 bits to its low half without a word: look
 * at what was written. true: the digits in the text say the same number. */
static bool
literal_agrees(const struct conf *c, const struct setting *s)
{
	size_t len;
	const char *p = source_line(c->source, s->line, &len), *end;
	bool agrees = true;

	if (s->name == NULL || p == NULL)
		return true;
	/* several settings of the name may stand on the line: one of them must say this */
	for (end = p + len; (p = strstr(p, s->name)) != NULL && p < end;) {
		p += strlen(s->name);
		errno = 0;
		agrees = strtoll(p + strspn(p, " \t\r\n=:"), NULL, 0) == s->number && errno == 0;
		if (agrees)
			break;
	}
	return agrees;
}

/* A name without a folder is looked for elsewhere, or refused by the kind's own check. */
static void
check_trusted(struct conf *c, const struct setting *s, const struct opt *o, const char *path)
{
	struct err e;

	if (o->trusted && path[0] == '/' && trust_check(path, &e) < 0)
		read_doubt(c, s, o->name, "%s", e.msg);
}

static void
read_list(struct conf *c, const struct setting *s, const struct opt *o, void *out)
{
	const char **v;
	struct err e;

	if (s->n > TEXTS_MAX) {
		read_fault(c, s, o->name, "a list of %zu (at most %d)", s->n, TEXTS_MAX);
		return;
	}
	v = arena_array(c->arena, s->n + 1, sizeof(*v));
	for (size_t i = 0; i < s->n; i++) {
		if (s->all[i].kind != SETTING_TEXT) {
			read_fault(c, s, o->name, "entry %zu is not a text in quotes", i + 1);
			return;
		}
		if (!read_is_text(c, &s->all[i], s, o->name))
			return;
		v[i] = s->all[i].text;
	}
	if (opt_set_texts(o, out, v, s->n, c->arena, &e) < 0)
		read_fault(c, s, o->name, "%s", e.msg);
	else if (s->n > 0)
		check_trusted(c, s, o, v[0]);
}

static const char *
kind_of_value(const struct setting *s)
{
	static const char *const kinds[SETTING_KIND_N] = {
		[SETTING_GROUP] = "a group { }",
		[SETTING_LIST] = "a list",
		[SETTING_ARRAY] = "a list",
		[SETTING_TEXT] = "a text",
		[SETTING_INT] = "a number without quotes",
		[SETTING_FLOAT] = "a fraction",
		[SETTING_BOOL] = "true or false",
	};

	return kinds[s->kind];
}

/* A secret that others can read is no secret; better no start than a leak. */
static void
check_secret(struct conf *c, const struct setting *s, const struct opt *o, const char *path)
{
	struct stat st;
	struct err e;
	int fd = file_open(AT_FDCWD, path, FILE_NOFOLLOW, &st, &e);

	if (fd < 0) {
		read_fault(c, s, o->name, "%s: %s", path, e.msg);
		return;
	}
	close(fd);
	if (file_secret_check(&st, path, &e) < 0)
		read_fault(c, s, o->name, "%s", e.msg);
}

static void
read_value(struct conf *c, const struct setting *s, const struct opt *o, void *out)
{
	struct err e = { 0 };
	char allowed[256];
	int rc = 0;

	if (o->type == OPT_TEXTS && (s->kind == SETTING_ARRAY || s->kind == SETTING_LIST)) {
		read_list(c, s, o, out);
		return;
	}
	if (s->kind == SETTING_TEXT && !read_is_text(c, s, s, o->name))
		return;
	if (s->kind == SETTING_TEXT && o->shown && !read_is_name(c, s, o->name))
		return;
	if (s->kind == SETTING_TEXT && o->type != OPT_INT && o->type != OPT_BOOL)
		rc = opt_set_text(o, out, s->text, c->arena, &e);
	else if (s->kind == SETTING_INT && o->type == OPT_INT)
		rc = literal_agrees(c, s)
			 ? opt_set_int(o, out, s->number, &e)
			 : err_set(&e, ERR_RANGE, "is too large a number, %s is allowed",
			       opt_allowed(o, allowed, sizeof(allowed)));
	else if (s->kind == SETTING_BOOL && o->type == OPT_BOOL)
		rc = opt_set_bool(o, out, s->number != 0, &e);
	else
		rc = err_set(&e, ERR_RANGE, "is %s, it needs %s", kind_of_value(s),
		    opt_allowed(o, allowed, sizeof(allowed)));
	if (rc < 0)
		read_fault(c, s, o->name, "%s", e.msg);
	else if (o->type == OPT_SECRET)
		check_secret(c, s, o, s->text);
	else if (s->kind == SETTING_TEXT)
		check_trusted(c, s, o, s->text);
}

void
read_options(struct conf *c, const struct setting *group, const struct opt *table, void *out)
{
	for (const struct opt *o = table; o->name != NULL; o++) {
		const struct setting *s = setting_find(group, o->name);

		if (s != NULL)
			read_value(c, s, o, out);
		else if (o->required)
			read_fault(c, group, o->name, "is missing (%s)", o->help);
	}
}

void
read_unknown(struct conf *c, const struct setting *group, const struct opt *a, const struct opt *b)
{
	for (size_t i = 0; i < group->n; i++) {
		const struct setting *s = &group->all[i];
		const char *name = s->name, *near;

		if (opt_find(a, name) != NULL || (b != NULL && opt_find(b, name) != NULL))
			continue;
		near = b != NULL ? opt_nearest(b, name) : NULL;
		if (near == NULL ||
		    (opt_nearest(a, name) != NULL && text_distance(opt_nearest(a, name), name, 9) <
							 text_distance(near, name, 9)))
			near = opt_nearest(a, name);
		if (near != NULL)
			read_fault(c, s, name, "is not an option here; did you mean \"%s\"?", near);
		else
			read_fault(c, s, name, "is not an option here");
	}
}
