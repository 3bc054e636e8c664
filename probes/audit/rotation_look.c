/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is looked at to tell whether a log is still set aside.
 */
#include "rotation_look.h"

#include "finding.h"
#include "growth.h"
#include "rotate_status.h"
#include "rotation.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#define RULE "rotation"

static const char *
last_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* The older files, in their order. */
static void
look_at_past(const struct log *l, struct rotation_seen *v)
{
	const struct segment *before = NULL;

	for (size_t i = 0; i < l->s.nsegs; i++) {
		const struct segment *g = &l->s.segs[i];

		if (g->state != SEG_CLOSED)
			continue;
		v->past++;
		if (before != NULL && instant_minus(g->newest, before->newest) > v->longest)
			v->longest = instant_minus(g->newest, before->newest);
		if (g->sealed + g->held > v->largest)
			v->largest = g->sealed + g->held;
		if (g->newest > v->aside)
			v->aside = g->newest;
		before = g;
	}
}

/* How long the newest older file was the log: it was renamed, or copied from a file that is older
 * than it. */
static void
look_at_newest(const struct log *l, const struct segment *active, struct rotation_seen *v)
{
	const struct segment *g = NULL;
	const struct hints *h;

	for (size_t i = l->s.nsegs; i-- > 0 && g == NULL;)
		if (l->s.segs[i].state == SEG_CLOSED)
			g = &l->s.segs[i];
	if (g == NULL || g->file == NULL || g->packed)
		return;
	h = &g->file->hints;
	v->newest_name = last_name(g->file->path);
	v->newest_size = h->size;
	if (h->btime != 0 && active->file->hints.btime < h->btime)
		v->life = instant_minus(h->btime, active->file->hints.btime);
	else if (h->btime != 0)
		v->life = instant_minus(h->changed, h->btime);
}

static void
look_at_folder(const struct log *l, struct rotation_seen *v)
{
	const char *path = arena_textn(l->s.arena, l->path, (size_t)(last_name(l->path) - l->path));
	struct statx sx;

	if (statx(AT_FDCWD, path, AT_STATX_SYNC_AS_STAT, STATX_MODE | STATX_GID, &sx) < 0)
		return;
	v->folder_mode = sx.stx_mode;
	v->folder_gid = sx.stx_gid;
}

static void
look_at_logrotate(struct log *l, struct rotation_seen *v)
{
	struct settings *s = l->settings;
	struct outlook *o = &l->outlook;

	settings_logrotate(s);
	if (s->why.code != ERR_NONE)
		o->not_read = s->why.msg;
	v->rule = rotate_find(&s->logrotate, l->path);
	if (v->rule == NULL)
		return;
	o->settings = settings_line(
	    s, v->rule->terms.every_at.file != NULL ? &v->rule->terms.every_at : &v->rule->at);
	if (s->status == NULL && s->status_why.code != ERR_NONE)
		o->no_notes = s->status_why.msg;
	v->ran = s->ran;
	if (s->status == NULL || !rotate_status_find(s->status, s->nstatus, l->path, &v->status))
		v->status = 0;
}

/* All that is added stays: somebody says so, or nothing was ever set aside. */
static bool
nothing_deletes(const struct rotation_seen *v, const struct kept_auditd *auditd)
{
	if (v->rule != NULL)
		return v->rule->terms.kept < 0 && v->rule->terms.maxage == 0;
	return auditd != NULL ? !auditd->rotates : v->past == 0;
}

void
rotation_look(struct log *l)
{
	const struct segment *active = known_active(&l->s);
	struct rotation_seen v = { .name = last_name(l->path), .now = l->now };
	const struct kept_auditd *auditd;
	char words[STATE_TEXT];
	const char *key;

	if (l->unfinished || l->settings == NULL)
		return; /* whatever was found stands */
	if (active == NULL || active->file == NULL) {
		finding_stands(&l->s, l->now, RULE, NULL, NULL); /* it was set aside just now */
		return;
	}
	v.up = l->clk->mono(l->clk);
	v.size = active->file->hints.size;
	v.oldest = active->oldest;
	v.newest = active->newest;
	look_at_past(l, &v);
	look_at_newest(l, active, &v);
	look_at_folder(l, &v);
	look_at_logrotate(l, &v);
	l->outlook.aside = v.aside;
	l->outlook.size = v.size;
	key = rotation_judge(&v, words);
	finding_stands(&l->s, l->now, RULE, key, words);
	auditd = active->format == FORMAT_AUDITD && v.rule == NULL
		     ? settings_auditd_of(l->settings, l->path)
		     : NULL;
	growth_look(l, key != NULL || nothing_deletes(&v, auditd), auditd);
}
