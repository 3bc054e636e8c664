/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the list of snapshots of a Proxmox Backup Server. Its task list is a short window, so it is
 * not asked.
 */
#include "readers.h"

#include "base/json_tree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define UPID_FIELDS 5 /* "UPID:node:pid:pstart:task:start:…": colons before the start, in hex */

/* When a verify ran stands only in the name of its task. */
static instant
upid_start(const char *upid)
{
	char *end;
	unsigned long long s;

	for (int i = 0; upid != NULL && i < UPID_FIELDS; i++) {
		upid = strchr(upid, ':');
		upid = upid != NULL ? upid + 1 : NULL;
	}
	if (upid == NULL)
		return INSTANT_NONE;
	s = strtoull(upid, &end, 16);
	return *end == ':' && s > 0 && s < 100000000000ULL ? (instant)s * INSTANT_S : INSTANT_NONE;
}

static void
take(struct catalogue *c, const struct json_node *s)
{
	const char *type = json_get_text(s, "backup-type"), *id = json_get_text(s, "backup-id");
	double at = json_get_number(s, "backup-time"), size = amount_read(s, "size");
	const struct json_node *verify = json_get(s, "verification");
	const char *state = json_get_text(verify, "state");
	struct backup_run *r;

	if (type == NULL || id == NULL || !(at >= 0 && at < 1e11)) {
		catalogue_odd(c, "a snapshot without type, id or time");
		return;
	}
	r = catalogue_add(c, arena_printf(c->arena, "%s/%s", type, id), RUN_FULL);
	if (r == NULL)
		return;
	/* the start is all that is told of the times */
	r->begin = r->end = (instant)at * INSTANT_S;
	r->id = arena_printf(c->arena, "%.0f", at);
	if (!isnan(size))
		r->bytes = size;
	else
		/* a snapshot that is being written, or was broken off, has no size */
		r->fault = "incomplete", r->why = "it has no size: it was broken off or still runs";
	if (state == NULL)
		return;
	r->verified = upid_start(json_get_text(verify, "upid"));
	r->bad = strcmp(state, "ok") != 0;
	if (r->verified == INSTANT_NONE)
		r->verified = r->end;
}

int
read_proxmox(const char *text, size_t n, struct catalogue *c, struct err *e)
{
	const struct json_node *root;

	if (json_tree(text, n, c->arena, &root, e) < 0)
		return -1;
	if (json_get(root, "data") != NULL)
		root = json_get(root, "data");
	if (root->type != JSON_ARRAY)
		return err_set(e, ERR_PARSE, "this is no list of snapshots");
	for (const struct json_node *s = root->first; s != NULL; s = s->next)
		take(c, s);
	return 0;
}
