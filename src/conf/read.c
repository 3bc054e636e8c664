/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the way from one libconfig group to one struct.
 */
#include "conf/read.h"

#include "base/file.h"
#include "base/text.h"
#include "conf/trust.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *
read_file_name(struct conf *c, const char *file)
{
	if (file == NULL)
		return c->main;
	if (file[0] == '/' || strcmp(file, c->main) == 0)
		return file;
	return arena_printf(c->arena, "%s/%s", c->folder, file);
}

const char *
read_place(struct conf *c, const config_setting_t *s)
{
	return arena_printf(c->arena, "%s:%u", read_file_name(c, config_setting_source_file(s)),
	    config_setting_source_line(s));
}

/* One line more in one of the two lists of c. */
static void
add_line(struct conf *c, const char ***list, size_t *n, const config_setting_t *s, const char *name,
    const char *fmt, va_list ap)
{
	char msg[1024], clean[1024];

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
read_fault(struct conf *c, const config_setting_t *s, const char *name, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_line(c, &c->faults, &c->nfaults, s, name, fmt, ap);
	va_end(ap);
}

void
read_doubt(struct conf *c, const config_setting_t *s, const char *name, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_line(c, &c->doubts, &c->ndoubts, s, name, fmt, ap);
	va_end(ap);
}

bool
read_is_text(struct conf *c, const config_setting_t *s, const char *name, const char *text)
{
	size_t left = strlen(text), n;
	uint32_t letter;

	for (const char *p = text; left > 0; p += n, left -= n)
		if ((n = utf8_decode(p, left, &letter)) == 0) {
			read_fault(c, s, name, "is not UTF-8 (byte 0x%02X at its place %td)",
			    (unsigned char)*p, p - text + 1);
			return false;
		}
	return true;
}

/* libconfig 1.5 cuts an integer that needs more than 32 bits to its low half without a word: look
 * at what was written. true: the digits in the source say the same number. */
static bool
literal_agrees(struct conf *c, const config_setting_t *s, long long value)
{
	const char *file = read_file_name(c, config_setting_source_file(s));
	const char *name = config_setting_name(s);
	unsigned line = config_setting_source_line(s);
	struct arena *a = arena_new(4 * CONF_FILE_MAX);
	bool agrees = true;
	char *data, *p, *end;
	size_t len;

	if (name == NULL ||
	    file_read(AT_FDCWD, file, FILE_FOLLOW, CONF_FILE_MAX, a, &data, &len, NULL) < 0)
		goto out;
	for (p = data; p != NULL && line > 1; line--)
		if ((p = strchr(p, '\n')) != NULL)
			p++;
	/* several settings of the name may stand on the line: one of them must say this */
	for (end = p != NULL ? strchr(p, '\n') : NULL;
	     p != NULL && (p = strstr(p, name)) != NULL && (end == NULL || p < end);) {
		p += strlen(name);
		errno = 0;
		agrees = strtoll(p + strspn(p, " \t\r\n=:"), NULL, 0) == value && errno == 0;
		if (agrees)
			break;
	}
out:
	arena_free(a);
	return agrees;
}

/* A name without a folder is looked for elsewhere, or refused by the kind's own check. */
static void
check_trusted(struct conf *c, config_setting_t *s, const struct opt *o, const char *path)
{
	struct err e;

	if (o->trusted && path[0] == '/' && trust_check(path, &e) < 0)
		read_doubt(c, s, o->name, "%s", e.msg);
}

static void
read_list(struct conf *c, config_setting_t *s, const struct opt *o, void *out)
{
	int n = config_setting_length(s);
	const char **v;
	struct err e;

	if (n > TEXTS_MAX) {
		read_fault(c, s, o->name, "a list of %d (at most %d)", n, TEXTS_MAX);
		return;
	}
	v = arena_array(c->arena, (size_t)n + 1, sizeof(*v));
	for (int i = 0; i < n; i++) {
		v[i] = config_setting_get_string_elem(s, i);
		if (v[i] == NULL) {
			read_fault(c, s, o->name, "entry %d is not a text in quotes", i + 1);
			return;
		}
		if (!read_is_text(c, s, o->name, v[i]))
			return;
	}
	if (opt_set_texts(o, out, v, (size_t)n, c->arena, &e) < 0)
		read_fault(c, s, o->name, "%s", e.msg);
	else if (n > 0)
		check_trusted(c, s, o, v[0]);
}

static const char *
kind_of_value(const config_setting_t *s)
{
	switch (config_setting_type(s)) {
	case CONFIG_TYPE_INT:
	case CONFIG_TYPE_INT64:
		return "a number without quotes";
	case CONFIG_TYPE_FLOAT:
		return "a fraction";
	case CONFIG_TYPE_BOOL:
		return "true or false";
	case CONFIG_TYPE_STRING:
		return "a text";
	case CONFIG_TYPE_GROUP:
		return "a group { }";
	default:
		return "a list";
	}
}

/* A secret that others can read is no secret; better no start than a leak. */
static void
check_secret(struct conf *c, config_setting_t *s, const struct opt *o, const char *path)
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
read_value(struct conf *c, config_setting_t *s, const struct opt *o, void *out)
{
	int type = config_setting_type(s);
	struct err e = { 0 };
	char allowed[256];
	int rc = 0;

	if (o->type == OPT_TEXTS && (type == CONFIG_TYPE_ARRAY || type == CONFIG_TYPE_LIST)) {
		read_list(c, s, o, out);
		return;
	}
	if (type == CONFIG_TYPE_STRING &&
	    !read_is_text(c, s, o->name, config_setting_get_string(s)))
		return;
	if (type == CONFIG_TYPE_STRING && o->type != OPT_INT && o->type != OPT_BOOL) {
		rc = opt_set_text(o, out, config_setting_get_string(s), c->arena, &e);
	} else if ((type == CONFIG_TYPE_INT || type == CONFIG_TYPE_INT64) && o->type == OPT_INT) {
		long long v = config_setting_get_int64(s);

		if (type == CONFIG_TYPE_INT)
			v = config_setting_get_int(s);
		rc = literal_agrees(c, s, v)
			 ? opt_set_int(o, out, v, &e)
			 : err_set(&e, ERR_RANGE, "is too large a number, %s is allowed",
			       opt_allowed(o, allowed, sizeof(allowed)));
	} else if (type == CONFIG_TYPE_BOOL && o->type == OPT_BOOL) {
		rc = opt_set_bool(o, out, config_setting_get_bool(s) != 0, &e);
	} else {
		rc = err_set(&e, ERR_RANGE, "is %s, it needs %s", kind_of_value(s),
		    opt_allowed(o, allowed, sizeof(allowed)));
	}
	if (rc < 0)
		read_fault(c, s, o->name, "%s", e.msg);
	else if (o->type == OPT_SECRET)
		check_secret(c, s, o, config_setting_get_string(s));
	else if (type == CONFIG_TYPE_STRING)
		check_trusted(c, s, o, config_setting_get_string(s));
}

void
read_options(struct conf *c, config_setting_t *group, const struct opt *table, void *out)
{
	for (const struct opt *o = table; o->name != NULL; o++) {
		config_setting_t *s = config_setting_get_member(group, o->name);

		if (s != NULL)
			read_value(c, s, o, out);
		else if (o->required)
			read_fault(c, group, o->name, "is missing (%s)", o->help);
	}
}

void
read_unknown(struct conf *c, config_setting_t *group, const struct opt *a, const struct opt *b)
{
	int n = config_setting_length(group);

	for (int i = 0; i < n; i++) {
		config_setting_t *s = config_setting_get_elem(group, (unsigned)i);
		const char *name = config_setting_name(s), *near;

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
