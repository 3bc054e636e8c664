/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what keeps security updates from being installed.
 */
#include "report.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

#define HISTORY "/var/log/apt/history.log"
#define UNATTENDED "/var/log/unattended-upgrades/unattended-upgrades.log"
#define PERIODIC "/etc/apt/apt.conf.d/20auto-upgrades"
#define STAMPS "/var/lib/apt/periodic"

struct blocks {
	const struct probe_ctx *ctx;
	const struct look *l;
	size_t found;
};

static void
found(struct blocks *b, const char *target, const char *finding, const char *summary)
{
	const struct item it = { .target = target,
		.rule = "patches.blocked",
		.state = ITEM_FOUND,
		.finding = finding,
		.summary = summary };

	probe_emit(b->ctx, &it);
	b->found++;
}

static void
by_package(struct blocks *b, const struct waitings *w)
{
	for (size_t i = 0; i < w->n; i++) {
		const char *name = w->v[i].package->name, *by = w->v[i].blocked;

		if (by != NULL)
			found(b, name, by,
			    arena_printf(b->ctx->arena,
				strcmp(by, "held") == 0
				    ? "The security update of %s is not installed: it is held"
				    : "The security update of %s is kept back: it needs other "
				      "packages, or their removal",
				name));
	}
}

/* dpkg leaves files there while it works, and when it was ended in the middle. */
static bool
has_updates(const struct look *l, struct arena *a)
{
	DIR *d = opendir(arena_printf(a, "%s/var/lib/dpkg/updates", l->root));
	struct dirent *entry;
	bool any = false;

	while (d != NULL && (entry = readdir(d)) != NULL)
		any = any || entry->d_name[0] != '.';
	if (d != NULL)
		closedir(d);
	return any;
}

static void
by_dpkg(struct blocks *b)
{
	const char *name = NULL;
	size_t broken = 0;

	for (size_t i = 0; i < b->l->dpkg.n; i++)
		if (b->l->dpkg.v[i].broken) {
			name = name != NULL ? name : b->l->dpkg.v[i].name;
			broken++;
		}
	if (broken > 0)
		found(b, "installation", "broken",
		    arena_printf(b->ctx->arena,
			"%zu package%s half installed, %s among them: nothing else is installed "
			"until that is put right",
			broken, broken == 1 ? " is" : "s are", name));
	else if (has_updates(b->l, b->ctx->arena))
		found(b, "installation", "broken",
		    "An installation was ended in the middle, and is not put right");
}

/* The last entry of apt's history, between "Start-Date:" and the end. */
static void
by_history(struct blocks *b)
{
	struct err e = { 0 };
	const char *text = look_file(b->l, HISTORY, b->ctx->arena, UNATTENDED_READ, &e);
	const char *last = text, *next, *error;

	while (last != NULL && (next = strstr(last + 1, "\nStart-Date: ")) != NULL)
		last = next;
	error = last != NULL ? strstr(last, "\nError: ") : NULL;
	if (error != NULL)
		found(b, "last installation", "failed",
		    arena_printf(b->ctx->arena, "The last installation ended with an error: %.*s",
			(int)strcspn(error + 8, "\n"), error + 8));
}

/* The last run in the log of unattended-upgrades, which only root and the group adm may read. */
static void
by_unattended(struct blocks *b)
{
	static const char start[] = "Starting unattended upgrades script";
	struct err e = { 0 };
	const char *text = look_file(b->l, UNATTENDED, b->ctx->arena, UNATTENDED_READ, &e);
	const char *last = text, *next, *asks;

	while (last != NULL && (next = strstr(last + 1, start)) != NULL)
		last = next;
	if (last == NULL)
		return;
	asks = strstr(last, " has conffile prompt and needs to be upgraded manually");
	if (asks != NULL) {
		const char *name = memrchr(last, ' ', (size_t)(asks - last));

		name = name != NULL ? name + 1 : last;
		found(b, "settings file", "conffile",
		    arena_printf(b->ctx->arena,
			"The update of %.*s waits for an answer about a changed settings file",
			(int)(asks - name), name));
	}
	if (strstr(last, "enough free space") != NULL ||
	    strstr(last, "No space left on device") != NULL)
		found(b, "disk", "disk", "The last updates were not installed for want of room");
}

static bool
is_late(const struct look *l, const char *stamp, struct arena *a, bool *any)
{
	struct stat st;

	if (stat(arena_printf(a, "%s" STAMPS "/%s", l->root, stamp), &st) < 0)
		return true;
	*any = true;
	return instant_minus(l->now, st.st_mtim.tv_sec * INSTANT_S) >= UNATTENDED_DUE;
}

/* A stamp that is new proves nothing (apt renews it when nothing came); one that is old does. */
static void
by_stamps(struct blocks *b)
{
	struct arena *a = b->ctx->arena;
	struct err e = { 0 };
	const char *conf = look_file(b->l, PERIODIC, a, UNATTENDED_READ, &e);
	bool any = false, late;

	if (conf == NULL || strstr(conf, "APT::Periodic::Unattended-Upgrade \"1\"") == NULL)
		return;
	late = is_late(b->l, "upgrade-stamp", a, &any);
	late = is_late(b->l, "unattended-upgrades-stamp", a, &any) && late;
	if (late)
		found(b, "automatic updates", "not-run",
		    any ? "Automatic updates are set up, and have not run for a week or longer"
			: "Automatic updates are set up, and have never run");
}

void
report_blocked(const struct probe_ctx *ctx, const struct look *l, const struct waitings *w)
{
	struct blocks b = { .ctx = ctx, .l = l };
	struct item it = { .target = "installation", .rule = "patches.blocked" };
	const char *unknown = l->no_apt != NULL ? l->no_apt : l->no_dpkg;

	by_package(&b, w);
	by_dpkg(&b);
	by_history(&b);
	by_unattended(&b);
	by_stamps(&b);
	if (unknown == NULL)
		unknown = l->no_all;
	if (unknown != NULL) {
		it.state = ITEM_UNKNOWN;
		it.target = "what is kept back";
		it.summary = arena_printf(ctx->arena,
		    "What keeps updates from being installed is not known: %s", unknown);
	} else if (b.found > 0)
		return;
	else
		it.summary = "Nothing that can be seen keeps security updates from being installed";
	probe_emit(ctx, &it);
}
