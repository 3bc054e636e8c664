/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what Veeam's sessions are as JSON. Good is only Success and Stopped.
 */
#include "readers.h"

#include "base/json_tree.h"

#include <math.h>
#include <string.h>

#define YEAR_2000 ((instant)946684800 * INSTANT_S) /* a session that runs ends in 1900 */
/* Of the enumerations, where they were not written as words [VBR reference]. */
#define RESULT_SUCCESS 0
#define STATE_STOPPED -1

static bool
is(const struct json_node *x, const char *name, const char *word, double number)
{
	const char *text = json_get_text(x, name);

	return text != NULL ? strcmp(text, word) == 0 : json_get_number(x, name) == number;
}

static const char *
text_of(const struct json_node *x, const char *name, struct arena *a)
{
	const char *text = json_get_text(x, name);
	double v = json_get_number(x, name);

	return text != NULL ? text : isnan(v) ? "" : arena_printf(a, "%.0f", v);
}

static void
find_fault(struct backup_run *r, const struct json_node *x, struct arena *a)
{
	if (is(x, "Result", "Success", RESULT_SUCCESS))
		return;
	r->fault = is(x, "Result", "Warning", 1) ? "incomplete" : "error";
	r->why = arena_printf(a, "its result is %.32s", text_of(x, "Result", a));
}

static void
take(struct catalogue *c, const struct json_node *x)
{
	const char *name = json_get_text(x, "JobName");
	instant begin = when_read(json_get_text(x, "CreationTime"));
	instant end = when_read(json_get_text(x, "EndTime"));
	struct backup_run *r;

	if (name == NULL)
		name = json_get_text(x, "Name");
	if (name == NULL || begin == INSTANT_NONE || end == INSTANT_NONE) {
		catalogue_odd(c, "a session without name, begin or end");
		return;
	}
	/* it still runs */
	if (end < YEAR_2000 || !is(x, "State", "Stopped", STATE_STOPPED))
		return;
	r = catalogue_add(c, name, RUN_FULL);
	if (r == NULL)
		return;
	r->begin = begin;
	r->end = end;
	if (end >= begin)
		r->seconds = span_seconds(instant_minus(end, begin));
	r->bytes = amount_read(json_get(x, "Info"), "BackupTotalSize");
	find_fault(r, x, c->arena);
}

int
read_veeam(const char *text, size_t n, struct catalogue *c, struct err *e)
{
	const struct json_node *root;

	if (json_tree(text, n, c->arena, &root, e) < 0)
		return -1;
	/* PowerShell writes one session as an object, several as a list */
	if (root->type == JSON_OBJECT)
		take(c, root);
	else if (root->type != JSON_ARRAY)
		return err_set(e, ERR_PARSE, "this is no list of sessions");
	else
		for (const struct json_node *x = root->first; x != NULL; x = x->next)
			take(c, x);
	return 0;
}
