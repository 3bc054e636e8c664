/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what pgbackrest prints. Its exit status and its status text are fine over a backup with
 * damaged pages; only the backup itself says so.
 */
#include "readers.h"

#include "base/json_tree.h"

#include <math.h>
#include <string.h>

static enum run_kind
kind_of(const char *type)
{
	return strcmp(type, "full") == 0   ? RUN_FULL
	       : strcmp(type, "diff") == 0 ? RUN_DIFF
	       : strcmp(type, "incr") == 0 ? RUN_INCR
					   : RUN_KINDS;
}

static bool
has_label(const struct json_node *backups, const char *label)
{
	for (const struct json_node *b = json_each(backups); b != NULL; b = b->next) {
		const char *l = json_get_text(b, "label");

		if (l != NULL && strcmp(l, label) == 0)
			return true;
	}
	return false;
}

static void
find_fault(struct backup_run *r, const struct json_node *backups, const struct json_node *b,
    struct arena *a)
{
	const char *prior = json_get_text(b, "prior");
	const struct json_node *error = json_get(b, "error");

	if (prior != NULL && !has_label(backups, prior)) {
		r->fault = "no-base";
		r->why = arena_printf(a, "it needs %s, which is gone", prior);
	} else if (error != NULL && error->type != JSON_FALSE) {
		r->fault = "error";
		r->why = "it was made, but damaged pages were found while it was";
	}
}

static void
take(struct catalogue *c, const char *stanza, const struct json_node *backups,
    const struct json_node *b)
{
	const char *type = json_get_text(b, "type"), *label = json_get_text(b, "label");
	double begin = json_get_number(json_get(b, "timestamp"), "start");
	double end = json_get_number(json_get(b, "timestamp"), "stop");
	const struct json_node *info = json_get(b, "info");
	struct backup_run *r;
	enum run_kind kind = type != NULL ? kind_of(type) : RUN_KINDS;

	if (label == NULL || kind == RUN_KINDS || !(begin >= 0) || !(end >= begin && end < 1e11)) {
		catalogue_odd(c, "a backup without label, type or times");
		return;
	}
	r = catalogue_add(c, stanza, kind);
	if (r == NULL)
		return;
	r->id = label;
	r->begin = (instant)begin * INSTANT_S;
	r->end = (instant)end * INSTANT_S;
	r->seconds = end - begin;
	r->bytes = amount_read(info, kind == RUN_FULL ? "size" : "delta");
	find_fault(r, backups, b, c->arena);
}

int
read_pgbackrest(const char *text, size_t n, struct catalogue *c, struct err *e)
{
	const struct json_node *root;

	if (json_tree(text, n, c->arena, &root, e) < 0)
		return -1;
	if (root->type != JSON_ARRAY)
		return err_set(e, ERR_PARSE, "this is no list of stanzas");
	for (const struct json_node *s = root->first; s != NULL; s = s->next) {
		const char *name = json_get_text(s, "name");
		const struct json_node *backups = json_get(s, "backup");
		double code = json_get_number(json_get(s, "status"), "code");

		if (name == NULL || backups == NULL || isnan(code)) {
			catalogue_odd(c, "a stanza without name, backups or status");
			continue;
		}
		if (code == 1)
			return err_set(e, ERR_ABSENT, "there is no stanza %.64s", name);
		/* 2: it has no valid backup, which the empty list says */
		if (code != 0 && code != 2)
			catalogue_odd(c, "a stanza that is not well");
		for (const struct json_node *b = backups->first; b != NULL; b = b->next)
			take(c, name, backups, b);
	}
	return 0;
}
