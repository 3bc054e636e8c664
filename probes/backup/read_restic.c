/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what restic prints.
 */
#include "readers.h"

#include "base/json_tree.h"
#include "base/str.h"

#include <math.h>
#include <string.h>

#define NAME_MAX_BYTES 1024

/* A job is what a host backs up under the same tags. Not by its paths: a source that is gone would
 * make another job of it, and the old one would only grow old. */
static const char *
name_of(const struct json_node *snapshot, struct arena *a)
{
	const char *host = json_get_text(snapshot, "hostname");
	struct str name;
	const char *kept;

	str_init(&name, NAME_MAX_BYTES);
	str_add(&name, host != NULL && host[0] != '\0' ? host : "unknown host");
	for (const struct json_node *t = json_each(json_get(snapshot, "tags")); t != NULL;
	     t = t->next)
		if (t->type == JSON_TEXT)
			str_addf(&name, " %s", t->text);
	kept = arena_text(a, name.s);
	str_fini(&name);
	return kept;
}

static void
take_summary(struct backup_run *r, const struct json_node *s)
{
	double added = amount_read(s, "data_added");
	instant begin = when_read(json_get_text(s, "backup_start"));
	instant end = when_read(json_get_text(s, "backup_end"));

	r->bytes = amount_read(s, "total_bytes_processed");
	r->files = amount_read(s, "total_files_processed");
	if (r->bytes > 0 && added >= 0)
		r->change = fmin(added / r->bytes, 1);
	if (begin == INSTANT_NONE || end == INSTANT_NONE || end < begin)
		return;
	/* when the tool ran, whatever --time said */
	r->begin = begin;
	r->end = end;
	r->seconds = span_seconds(instant_minus(end, begin));
}

static void
take(struct catalogue *c, const struct json_node *s)
{
	const char *id = json_get_text(s, "id");
	instant at = when_read(json_get_text(s, "time"));
	const struct json_node *paths = json_get(s, "paths");
	struct backup_run *r;

	if (id == NULL || at == INSTANT_NONE || paths == NULL || paths->type != JSON_ARRAY) {
		catalogue_odd(c, "a snapshot without id, time or paths");
		return;
	}
	r = catalogue_add(c, name_of(s, c->arena), RUN_FULL);
	if (r == NULL)
		return;
	r->id = id;
	r->begin = r->end = at;
	for (const struct json_node *p = paths->first; p != NULL; p = p->next)
		if (p->type == JSON_TEXT)
			run_add_path(r, p->text, c->arena);
	take_summary(r, json_get(s, "summary"));
}

int
read_restic(const char *text, size_t n, struct catalogue *c, struct err *e)
{
	const struct json_node *root;

	if (json_tree(text, n, c->arena, &root, e) < 0)
		return -1;
	/* `null` is what restic prints of a repository without any */
	if (root->type != JSON_ARRAY && root->type != JSON_NULL)
		return err_set(e, ERR_PARSE, "this is no list of snapshots");
	for (const struct json_node *s = json_each(root); s != NULL; s = s->next)
		take(c, s);
	return 0;
}

int
read_restic_stats(const char *text, size_t n, struct backup_run *r, struct arena *a)
{
	const struct json_node *root;
	double bytes;

	if (json_tree(text, n, a, &root, NULL) < 0)
		return -1;
	bytes = json_get_number(root, "total_size");
	if (!(bytes >= 0) || isinf(bytes))
		return -1;
	/* not its number of files, which counts folders too */
	r->bytes = bytes;
	return 0;
}
