/* SPDX-License-Identifier: Apache-2.0
 *
 * The face of the disk probe: its options, rules and words.
 */
#include "disk.h"

static const struct opt disk_opts[] = {
	OPT(struct disk_conf, paths, OPT_TEXTS,
	    .help = "folders whose volumes are watched; without it all volumes on disks of this "
		    "computer, and none in the network",
	    .example = "[ \"/\", \"/srv/lims\" ]"),
	OPT(struct disk_conf, read_only, OPT_TEXTS,
	    .help = "volumes that are meant to be read-only, besides those of fstab",
	    .example = "[ \"/srv/archive\" ]"),
	OPT(struct disk_conf, measured, OPT_TEXT,
	    .help = "file with a saved measurement in place of one: lines of PATH TYPE SIZE FREE "
		    "AVAILABLE ENTRIES ENTRIES-FREE rw|ro",
	    .example = "\"/srv/pc3/volumes.txt\""),
	OPT_END,
};

static const struct finding state_findings[] = {
	{ "read-only", LEVEL_ACT, "Results and records cannot be saved there",
	    "Look at the disk's health and the system's log before it is written again" },
	{ .key = NULL },
};

static const struct rule disk_rules[] = {
	{ .name = "disk.space",
	    .title = "room on a volume",
	    .by = BY_METRIC,
	    .so_what = "When it is full, results and records cannot be saved there",
	    .do_now = "Make room by the procedure for it, and leave records that must be kept",
	    .so_ahead = "From then on results and records cannot be saved there",
	    .do_ahead = "Order more room, or find out what grows",
	    .unknown_do = "Look whether the volume is there and answers" },
	{ .name = "disk.inodes",
	    .title = "number of files on a volume",
	    .by = BY_METRIC,
	    .so_what = "No new file can be made there, whatever room is left",
	    .do_now = "Find the folder with very many small files, and clear it by procedure",
	    .so_ahead = "From then on no new file can be made there",
	    .do_ahead = "Find the folder whose number of files grows",
	    .unknown_do = "Look whether the volume is there and answers" },
	{ .name = "disk.state",
	    .title = "whether a volume can be written",
	    .by = BY_FINDING,
	    .findings = state_findings,
	    .unknown_do = "Look whether the volume is there and answers" },
	{ .name = NULL },
};

static int
disk_check(const void *conf, const char **opt, struct err *e)
{
	const struct disk_conf *c = conf;

	*opt = "paths";
	if (c->paths.n > DISK_VOLUMES_MAX)
		return err_set(
		    e, ERR_LIMIT, "%zu entries (at most %d)", c->paths.n, DISK_VOLUMES_MAX);
	for (size_t i = 0; i < c->paths.n; i++)
		if (c->paths.v[i][0] != '/')
			return err_set(
			    e, ERR_RANGE, "\"%.200s\" is not an absolute path", c->paths.v[i]);
	return 0;
}

const struct probe_spec disk_spec = {
	.name = "disk",
	.summary = "room and files left on volumes, with a forecast; whether they can be written",
	.opts = disk_opts,
	.conf_size = sizeof(struct disk_conf),
	.needs = NEED_FILES,
	.rules = disk_rules,
	.check = disk_check,
};
