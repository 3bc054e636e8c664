/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a run: the volumes are found or named, and each is measured once.
 */
#include "disk.h"

#include "mounts.h"
#include "report.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/statvfs.h>

static bool
is_listed(const struct texts *list, const char *path)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->v[i], path) == 0)
			return true;
	return false;
}

static const char *
text_of(const char *path, struct arena *a, struct err *e)
{
	char *text;
	size_t n;

	return file_read(AT_FDCWD, path, FILE_FOLLOW, DISK_FILE_MAX, a, &text, &n, e) < 0 ? NULL
											  : text;
}

/* A server that is gone lets statvfs wait for ever: then the run is ended at its deadline, and its
 * result names the volume. */
static void
measure(const struct probe_ctx *ctx, const struct disk_conf *c, const char *path,
    const struct mount *on, const char *fstab)
{
	struct statvfs s;
	struct disk_volume v = { .path = path, .type = on != NULL ? on->type : "" };

	probe_note(ctx, arena_printf(ctx->arena, "measuring %s", path));
	if (statvfs(path, &s) < 0) {
		report_unknown(ctx, path, strerror(errno));
		return;
	}
	v.size = (double)s.f_blocks * (double)s.f_frsize;
	v.free = (double)s.f_bfree * (double)s.f_frsize;
	v.available = (double)s.f_bavail * (double)s.f_frsize;
	v.entries = (double)s.f_files;
	v.entries_free = (double)s.f_favail;
	/* a service's own view of it may be read-only where the volume is not */
	v.read_only = on != NULL && on->read_only;
	report_volume(
	    ctx, &v, is_listed(&c->read_only, path) || mounts_meant_read_only(fstab, path));
}

static int
found(const struct probe_ctx *ctx, const struct disk_conf *c, const char *mountinfo,
    const char *fstab, struct err *e)
{
	struct mounts m;
	size_t n = 0;

	mounts_parse(mountinfo, ctx->arena, &m);
	if (m.bad > 0 || m.surplus > 0)
		return err_set(e, ERR_PARSE, "the list of volumes is not understood");
	for (size_t i = 0; i < m.n; i++)
		if (m.v[i].disk && n++ < DISK_VOLUMES_MAX)
			measure(ctx, c, m.v[i].path, &m.v[i], fstab);
	if (n == 0)
		return err_set(
		    e, ERR_ABSENT, "no volume on a disk is found here: name them in paths");
	if (n > DISK_VOLUMES_MAX)
		report_unknown(ctx, "other volumes",
		    arena_printf(ctx->arena, "%zu more than are looked at", n - DISK_VOLUMES_MAX));
	return 0;
}

static int
saved(const struct probe_ctx *ctx, const struct disk_conf *c, struct err *e)
{
	const char *text = text_of(c->measured, ctx->arena, e);
	struct disk_volumes v;

	if (text == NULL)
		return err_wrap(e, "%s", c->measured);
	if (!mounts_measured(text, ctx->arena, &v) || v.n == 0)
		return err_set(e, ERR_PARSE, "%s: it is no measurement", c->measured);
	for (size_t i = 0; i < v.n; i++)
		report_volume(ctx, &v.v[i], is_listed(&c->read_only, v.v[i].path));
	return 0;
}

int
probe_run(const struct probe_ctx *ctx, const void *conf, struct err *e)
{
	const struct disk_conf *c = conf;
	struct arena *a = ctx->arena;
	struct err none = { 0 };
	const char *mountinfo, *fstab;
	struct mounts m;

	if (c->measured != NULL)
		return saved(ctx, c, e);
	fstab = text_of("/etc/fstab", a, &none);
	if (fstab == NULL)
		fstab = "";
	mountinfo = text_of("/proc/self/mountinfo", a, e);
	if (c->paths.n == 0)
		return mountinfo == NULL ? err_wrap(e, "the list of volumes")
					 : found(ctx, c, mountinfo, fstab, e);
	mounts_parse(mountinfo != NULL ? mountinfo : "", a, &m);
	for (size_t i = 0; i < c->paths.n; i++)
		measure(ctx, c, c->paths.v[i], mounts_of(&m, c->paths.v[i]), fstab);
	return 0;
}
