/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what a job leaves behind of its own run: JSON, or lines NAME=VALUE. A run is good only by a
 * word or a status that is known to mean it.
 */
#include "readers.h"

#include "base/json_tree.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define LINES_MAX 1000
#define JSON_TEXT_MAX ((size_t)1 << 20)
#define RC_INCOMPLETE 3 /* restic: some files could not be read */

static bool
is_word(const char *text, const char *const *words)
{
	for (; text != NULL && *words != NULL; words++)
		if (strcasecmp(text, *words) == 0)
			return true;
	return false;
}

/* A number, also where it was written as a text. */
static double
number_of(const struct json_node *x, const char *name)
{
	const char *text = json_get_text(x, name);
	double v = json_get_number(x, name);
	char *end;

	if (text != NULL && isdigit((unsigned char)text[0])) {
		v = strtod(text, &end);
		if (*end != '\0')
			v = NAN;
	}
	return v >= 0 && !isinf(v) ? v : NAN;
}

/* A moment by RFC 3339, or seconds since 1970. */
static instant
moment_of(const struct json_node *x, const char *name)
{
	double s = number_of(x, name);
	instant t = when_read(json_get_text(x, name));

	if (t != INSTANT_NONE || isnan(s) || s > 1e11)
		return t;
	return (instant)(s * (double)INSTANT_S);
}

static void
find_fault(struct backup_run *r, const struct json_node *x, struct arena *a)
{
	static const char *const good[] = { "ok", "success", "successful", "completed", "good",
		"true", NULL };
	const char *result = json_get_text(x, "result"), *error = json_get_text(x, "error");
	double rc = number_of(x, "rc");

	if (error != NULL && error[0] != '\0') {
		r->fault = "error";
		r->why = arena_printf(a, "the job says \"%.120s\"", error);
	} else if (rc == RC_INCOMPLETE) {
		r->fault = "incomplete";
		r->why = "the job ended with 3: it could not read all files";
	} else if (!isnan(rc) && rc != 0) {
		r->fault = "error";
		r->why = arena_printf(a, "the job ended with %.0f", rc);
	} else if (result != NULL ? !is_word(result, good) : isnan(rc)) {
		r->fault = "error";
		r->why = result != NULL ? arena_printf(a,
					      "its result is \"%.64s\", which does not "
					      "mean that it is good",
					      result)
					: "the job says neither a result nor a status";
	}
}

static void
take_verify(struct backup_run *r, const struct json_node *x)
{
	static const char *const good[] = { "ok", "success", "good", "true", NULL };
	const char *verify = json_get_text(x, "verify");

	r->verified = moment_of(x, "verified");
	r->bad = verify != NULL && !is_word(verify, good);
}

static void
take_paths(struct backup_run *r, const struct json_node *x, struct arena *a)
{
	const struct json_node *p = json_get(x, "paths");
	char *text, *one;

	if (p != NULL && p->type == JSON_TEXT) {
		for (text = arena_text(a, p->text); (one = strsep(&text, ":,")) != NULL;)
			if (one[0] != '\0')
				run_add_path(r, one, a);
		return;
	}
	for (p = json_each(p); p != NULL; p = p->next)
		if (p->type == JSON_TEXT)
			run_add_path(r, p->text, a);
}

static enum run_kind
kind_of(const struct json_node *x)
{
	static const char *const diff[] = { "diff", "differential", NULL };
	static const char *const incr[] = { "incr", "incremental", NULL };
	const char *kind = json_get_text(x, "kind");

	return is_word(kind, diff) ? RUN_DIFF : is_word(kind, incr) ? RUN_INCR : RUN_FULL;
}

static void
take(struct catalogue *c, const struct json_node *x)
{
	const char *name = json_get_text(x, "job");
	instant end = moment_of(x, "end");
	struct backup_run *r;

	if (name == NULL || name[0] == '\0' || end == INSTANT_NONE) {
		catalogue_odd(c, "a run without job or end");
		return;
	}
	r = catalogue_add(c, name, kind_of(x));
	if (r == NULL)
		return;
	r->end = end;
	r->begin = moment_of(x, "begin");
	r->id = json_get_text(x, "id") != NULL ? json_get_text(x, "id") : "";
	r->bytes = number_of(x, "bytes");
	r->files = number_of(x, "files");
	r->seconds = number_of(x, "seconds");
	if (isnan(r->seconds) && r->begin != INSTANT_NONE && r->begin <= end)
		r->seconds = span_seconds(instant_minus(end, r->begin));
	if (number_of(x, "changed_bytes") >= 0 && r->bytes > 0)
		r->change = fmin(number_of(x, "changed_bytes") / r->bytes, 1);
	take_paths(r, x, c->arena);
	take_verify(r, x);
	find_fault(r, x, c->arena);
}

/* A webhook's body may carry it one level deeper. */
static const struct json_node *
unwrap(const struct json_node *x)
{
	static const char *const covers[] = { "data", "payload", "body", NULL };

	for (size_t i = 0; json_get(x, "job") == NULL && covers[i] != NULL; i++)
		if (json_get(json_get(x, covers[i]), "job") != NULL)
			return json_get(x, covers[i]);
	return x;
}

static void
take_all(struct catalogue *c, const struct json_node *root)
{
	if (root->type != JSON_ARRAY) {
		take(c, unwrap(root));
		return;
	}
	for (const struct json_node *x = root->first; x != NULL; x = x->next)
		take(c, unwrap(x));
}

/* NAME=VALUE lines as an object of texts; a blank line begins another run. */
static int
read_lines(const char *text, struct catalogue *c, struct err *e)
{
	struct json_node *nodes = arena_array(c->arena, LINES_MAX, sizeof(*nodes)), root = { 0 };
	char *rest = arena_text(c->arena, text), *line;
	size_t n = 0, at = 1;

	root.type = JSON_OBJECT;
	for (; (line = strsep(&rest, "\n")) != NULL; at++) {
		char *value = strchr(line, '=');

		line[strcspn(line, "\r")] = '\0';
		if (line[0] == '#')
			continue;
		if (line[0] == '\0' && root.first != NULL) {
			take(c, &root);
			root.first = NULL;
		}
		if (line[0] == '\0')
			continue;
		if (value == NULL || n >= LINES_MAX)
			return err_set(e, ERR_PARSE, "line %zu is not NAME=VALUE", at);
		*value++ = '\0';
		nodes[n] = (struct json_node){ JSON_TEXT, line, value, 0, NULL, root.first };
		root.first = &nodes[n++];
	}
	if (root.first != NULL)
		take(c, &root);
	return 0;
}

/* One object a line. */
static int
read_jsonl(const char *text, size_t n, struct catalogue *c, struct err *e)
{
	const struct json_node *root;

	for (size_t at = 0, len; at < n; at += len + 1) {
		const char *end = memchr(text + at, '\n', n - at);

		len = end != NULL ? (size_t)(end - text) - at : n - at;
		if (strspn(text + at, " \t\r") >= len)
			continue;
		if (len > JSON_TEXT_MAX || json_tree(text + at, len, c->arena, &root, e) < 0)
			return -1;
		take_all(c, root);
	}
	return 0;
}

int
read_pushed(const char *text, size_t n, struct catalogue *c, struct err *e)
{
	const struct json_node *root;
	size_t skip = strspn(text, " \t\r\n");

	if (skip >= n)
		return err_set(e, ERR_PARSE, "it is empty");
	if (text[skip] != '{' && text[skip] != '[')
		return read_lines(text, c, e);
	if (json_tree(text, n, c->arena, &root, e) < 0)
		return read_jsonl(text, n, c, e);
	take_all(c, root);
	return 0;
}
