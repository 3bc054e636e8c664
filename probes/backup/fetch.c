/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how a place becomes a catalogue: its tool is run or its file is read, then its reader.
 */
#include "fetch.h"

#include "base/file.h"
#include "files.h"
#include "readers.h"
#include "tool.h"

#include <fcntl.h>
#include <math.h>

#define STATS_PER_RUN 1 /* each costs half a second of CPU, and its answer is remembered */

typedef int reader(const char *text, size_t n, struct catalogue *c, struct err *e);

static reader *const readers[] = { [TOOL_RESTIC] = read_restic,
	[TOOL_BORG] = read_borg,
	[TOOL_PGBACKREST] = read_pgbackrest,
	[TOOL_RSNAPSHOT] = read_rsnapshot,
	[TOOL_PUSHED] = read_pushed,
	[TOOL_DUPLICATI] = read_duplicati,
	[TOOL_PROXMOX] = read_proxmox,
	[TOOL_VEEAM] = read_veeam };

static bool
runs_a_tool(const struct backup_place *p)
{
	return !p->saved &&
	       (p->tool == TOOL_RESTIC || p->tool == TOOL_BORG || p->tool == TOOL_PGBACKREST);
}

/* The size of the newest run of each job, which restic before 0.17 does not keep. */
static void
add_sizes(const struct probe_ctx *ctx, const struct backup_conf *conf, struct seen_place *s)
{
	int left = STATS_PER_RUN;
	char *text;
	size_t n;

	for (size_t i = 0; i < s->c.njobs && left > 0; i++) {
		struct backup_job *j = &s->c.jobs[i];
		struct backup_run *r = &j->v[j->n - 1];

		if (!isnan(r->bytes))
			continue;
		left--;
		if (tool_restic_stats(ctx, conf, &s->place, r->id, &text, &n, NULL) == 0)
			read_restic_stats(text, n, r, ctx->arena);
	}
}

void
fetch(
    const struct probe_ctx *ctx, const struct backup_conf *conf, instant now, struct seen_place *s)
{
	struct err e = { 0 };
	char *text;
	size_t n;
	int rc;

	catalogue_init(&s->c, s->place.where, ctx->arena);
	if (s->place.tool == TOOL_FILES)
		rc = files_list(s->place.where, now, &s->c, &e);
	else if (runs_a_tool(&s->place))
		rc = tool_catalogue(ctx, conf, &s->place, &text, &n, &e);
	else
		rc = file_read(AT_FDCWD, s->place.where, FILE_FOLLOW, BACKUP_PROGRAM_MAX,
		    ctx->arena, &text, &n, &e);
	if (rc == 0 && s->place.tool != TOOL_FILES)
		rc = readers[s->place.tool](text, n, &s->c, &e);
	s->unread = rc < 0 ? arena_text(ctx->arena, e.msg) : NULL;
	catalogue_sort(&s->c);
	if (rc == 0 && s->place.tool == TOOL_RESTIC && !s->place.saved)
		add_sizes(ctx, conf, s);
}
