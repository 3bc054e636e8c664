/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what borg prints.
 */
#include "readers.h"

#include "base/json_tree.h"

#include <math.h>
#include <string.h>

static void
take(struct catalogue *c, const struct json_node *archive)
{
	const char *name = json_get_text(archive, "name");
	const struct json_node *stats = json_get(archive, "stats");
	instant begin = when_read(json_get_text(archive, "start"));
	instant end = when_read(json_get_text(archive, "end"));
	double fresh = amount_read(stats, "deduplicated_size");
	struct backup_run *r;

	if (name == NULL || begin == INSTANT_NONE || end == INSTANT_NONE) {
		catalogue_odd(c, "an archive without name, start or end");
		return;
	}
	r = catalogue_add(c, series_of(name, c->arena), RUN_FULL);
	if (r == NULL)
		return;
	r->id = name;
	r->begin = begin;
	r->seconds = amount_read(archive, "duration");
	if (isnan(r->seconds) && end > begin)
		r->seconds = span_seconds(instant_minus(end, begin));
	/* with --timestamp borg writes the start as the end */
	r->end = end > begin || !(r->seconds > 0)
		     ? end
		     : instant_plus(begin, span_from_seconds(r->seconds));
	r->bytes = amount_read(stats, "original_size");
	r->files = amount_read(stats, "nfiles");
	if (r->bytes > 0 && fresh >= 0)
		r->change = fmin(fresh / r->bytes, 1);
}

int
read_borg(const char *text, size_t n, struct catalogue *c, struct err *e)
{
	const struct json_node *root, *archives;

	if (json_tree(text, n, c->arena, &root, e) < 0)
		return -1;
	archives = json_get(root, "archives");
	if (archives == NULL || archives->type != JSON_ARRAY)
		return err_set(e, ERR_PARSE, "there is no list of archives");
	for (const struct json_node *x = archives->first; x != NULL; x = x->next)
		take(c, x);
	return 0;
}
