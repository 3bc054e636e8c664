/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the result of Duplicati. Parts of it (CompactResults) have a result and an end of their own;
 * only the top level is that of the backup.
 */
#include "readers.h"

#include "base/json_tree.h"

#include <math.h>
#include <string.h>

static void
find_fault(struct backup_run *r, const struct json_node *x, struct arena *a)
{
	const char *result = json_get_text(x, "ParsedResult");
	double errors = amount_read(x, "FilesWithError"),
	       skipped = amount_read(x, "NotProcessedFiles");

	if (json_is_true(x, "Dryrun")) {
		r->fault = "error";
		r->why = "it was only tried, nothing was stored";
	} else if (result == NULL ||
		   (strcmp(result, "Success") != 0 && strcmp(result, "Warning") != 0)) {
		r->fault = "error";
		r->why = arena_printf(a, "its result is \"%.64s\"", result != NULL ? result : "");
	} else if (json_is_true(x, "PartialBackup") || errors > 0 || skipped > 0 ||
		   strcmp(result, "Warning") == 0) {
		r->fault = "incomplete";
		r->why = arena_printf(a, "%.0f files could not be stored",
		    (errors > 0 ? errors : 0) + (skipped > 0 ? skipped : 0));
	}
}

static const char *
name_of(const struct json_node *root)
{
	const struct json_node *extra = json_get(root, "Extra");
	const char *name = json_get_text(extra, "backup-name");

	return name != NULL && name[0] != '\0' ? name : "Duplicati";
}

int
read_duplicati(const char *text, size_t n, struct catalogue *c, struct err *e)
{
	const struct json_node *root, *x;
	const char *operation;
	struct backup_run *r;
	instant begin, end;

	if (json_tree(text, n, c->arena, &root, e) < 0)
		return -1;
	x = json_get(root, "Data") != NULL ? json_get(root, "Data") : root;
	operation = json_get_text(x, "MainOperation");
	begin = when_read(json_get_text(x, "BeginTime"));
	end = when_read(json_get_text(x, "EndTime"));
	if (operation == NULL || begin == INSTANT_NONE || end == INSTANT_NONE || end < begin)
		return err_set(e, ERR_PARSE, "there is no MainOperation, BeginTime or EndTime");
	if (strcmp(operation, "Backup") != 0) {
		catalogue_odd(c, "it tells another operation than a backup");
		return 0;
	}
	r = catalogue_add(c, name_of(root), RUN_FULL);
	if (r == NULL)
		return 0;
	r->begin = begin;
	r->end = end;
	r->seconds = span_seconds(instant_minus(end, begin));
	r->files = amount_read(x, "ExaminedFiles");
	r->bytes = amount_read(x, "SizeOfExaminedFiles");
	find_fault(r, x, c->arena);
	return 0;
}
