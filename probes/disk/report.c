/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is told of a volume.
 */
#include "report.h"

#include <math.h>
#include <string.h>

/* 1.5 GiB, 200 MiB */
static const char *
bytes(double n, struct arena *a)
{
	static const char *const units[] = { "B", "KiB", "MiB", "GiB", "TiB", "PiB" };
	size_t i = 0;

	for (; n >= 1024 && i < 5; i++)
		n /= 1024;
	return arena_printf(a, n < 10 && i > 0 ? "%.1f %s" : "%.0f %s", n, units[i]);
}

static double
floor_of(double size)
{
	return fmax(DISK_FLOOR_SHARE * size, fmin(DISK_FLOOR_MOST, DISK_FLOOR_SMALL * size));
}

/* What users may fill: some file systems keep a share for root, and btrfs may have no room left for
 * what it notes while there is some for data. */
static void
room(const struct probe_ctx *ctx, const struct disk_volume *v)
{
	struct arena *a = ctx->arena;
	struct metric m[] = { { .name = "free", .unit = UNIT_BYTES, .value = v->available },
		{ .name = "size", .unit = UNIT_BYTES, .value = v->size } };
	struct evidence ev[] = { { "file system", v->type[0] != '\0' ? v->type : "not known" },
		{ "free for root", bytes(v->free, a) } };
	const struct item it = { .target = v->path,
		.rule = "disk.space",
		.state = ITEM_FINE,
		.summary = arena_printf(a, "%s of %s are free on %s", bytes(v->available, a),
		    bytes(v->size, a), v->path),
		.metrics = m,
		.nmetrics = 2,
		.evidence = ev,
		.nevidence = 2 };

	m[0].crit = (struct range){ true, false, floor_of(v->size), INFINITY };
	probe_emit(ctx, &it);
}

/* xfs makes entries as long as there is room, so that only their number says something. */
static void
entries(const struct probe_ctx *ctx, const struct disk_volume *v)
{
	bool moves = strcmp(v->type, "xfs") == 0;
	struct metric m = { .name = "entries_free", .value = v->entries_free };
	const struct item it = { .target = v->path,
		.rule = "disk.inodes",
		.state = ITEM_FINE,
		.summary = arena_printf(
		    ctx->arena, "%.0f more files can be made on %s", v->entries_free, v->path),
		.metrics = &m,
		.nmetrics = 1 };

	if (v->entries <= 0)
		return;
	m.crit = (struct range){ true, false,
		moves ? DISK_ENTRIES_FLOOR : DISK_ENTRIES_SHARE * v->entries, INFINITY };
	probe_emit(ctx, &it);
}

void
report_volume(const struct probe_ctx *ctx, const struct disk_volume *v, bool meant)
{
	struct item it = { .target = v->path, .rule = "disk.state", .state = ITEM_FINE };

	if (v->size <= 0) {
		report_unknown(ctx, v->path, "it is no volume that has a size");
		return;
	}
	if (v->read_only && !meant) {
		it.state = ITEM_FOUND;
		it.finding = "read-only";
		it.summary = arena_printf(ctx->arena, "Nothing can be written to %s", v->path);
	} else
		it.summary = arena_printf(ctx->arena,
		    v->read_only ? "%s is read-only, as it is meant to be" : "%s can be written",
		    v->path);
	probe_emit(ctx, &it);
	/* what nobody writes does not fill */
	if (v->read_only)
		return;
	room(ctx, v);
	entries(ctx, v);
}

void
report_unknown(const struct probe_ctx *ctx, const char *path, const char *why)
{
	const struct item it = { .target = path,
		.rule = "disk.state",
		.state = ITEM_UNKNOWN,
		.summary = arena_printf(
		    ctx->arena, "How much room there is on %s is not known: %s", path, why) };

	probe_emit(ctx, &it);
}
