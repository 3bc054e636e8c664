/* SPDX-License-Identifier: Apache-2.0
 *
 * What is told of a volume, by its file system and by how full it is; and which volumes there are.
 */
#include "probes/disk/mounts.h"
#include "probes/disk/report.h"
#include "tests/probe_harness.h"
#include "tests/t.h"

#include <stdlib.h>

#define GIB 1073741824.0

static struct harness h;

/* Whether the metric of the rule is within its limit: "ok", "out", or "none" without an item. */
static const char *
told(const char *rule, const struct disk_volume *v, const char *metric)
{
	const struct item *it;
	const struct metric *m;

	harness_clear(&h);
	report_volume(&h.ctx, v, false);
	it = harness_item(&h, rule, v->path);
	if (it == NULL)
		return "none";
	m = harness_metric(it, metric);
	if (m == NULL || !m->crit.set || m->crit.inverted || !isinf(m->crit.hi))
		return "no limit";
	return m->value >= m->crit.lo ? "ok" : "out";
}

static const char *
space(double size, double available)
{
	const struct disk_volume v = { "/v", "ext4", size, size, available, 1000, 1000, false };

	return told("disk.space", &v, "free");
}

static const char *
entries(const char *type, double all, double left)
{
	const struct disk_volume v = { "/v", type, GIB, GIB, GIB, all, left, false };

	return told("disk.inodes", &v, "entries_free");
}

static void
limits(void)
{
	T_TEXT("1 TiB at 2 %", space(1024 * GIB, 20.48 * GIB), "ok");
	T_TEXT("a byte less", space(1024 * GIB, 20.48 * GIB - 1), "out");
	T_TEXT("40 GiB at 1 GiB", space(40 * GIB, GIB), "ok");
	T_TEXT("a byte less than 1 GiB", space(40 * GIB, GIB - 1), "out");
	T_TEXT("1 GiB at 5 %", space(GIB, GIB / 20), "ok");
	T_TEXT("a byte less than 5 %", space(GIB, GIB / 20 - 1), "out");
	T_TEXT("users have none, root has some", space(40 * GIB, 0), "out");
	T_TEXT("ext4: 2 % of the entries", entries("ext4", 100000, 2000), "ok");
	T_TEXT("one less", entries("ext4", 100000, 1999), "out");
	T_TEXT("xfs: a share says nothing", entries("xfs", 1000000000, 1000), "ok");
	T_TEXT("but a number does", entries("xfs", 1000000000, 999), "out");
	T_TEXT("btrfs counts none", entries("btrfs", 0, 0), "none");
}

static const char *
state(const struct disk_volume *v, bool meant)
{
	const struct item *it;

	harness_clear(&h);
	report_volume(&h.ctx, v, meant);
	it = harness_item(&h, "disk.state", NULL);
	return it->state == ITEM_FOUND ? it->finding : it->state == ITEM_UNKNOWN ? "unknown" : "ok";
}

static void
states(void)
{
	struct disk_volume v = { "/v", "ext4", GIB, GIB, GIB, 1000, 1000, false };

	T_TEXT("it can be written", state(&v, false), "ok");
	T_INT("and is measured", h.nitems, 3);
	v.read_only = true;
	T_TEXT("it cannot", state(&v, false), "read-only");
	T_INT("so that it does not fill", h.nitems, 1);
	T_TEXT("as it is meant", state(&v, true), "ok");
	v.size = 0;
	T_TEXT("no volume", state(&v, false), "unknown");
}

/* ---- which there are */

static const char info[] =
    "22 27 0:21 / /proc rw,relatime - proc proc rw\n"
    "27 1 8:1 / / ro,relatime shared:1 - ext4 /dev/sda1 rw,errors=remount-ro\n"
    "30 27 8:1 /srv /srv/view rw - ext4 /dev/sda1 rw\n"
    "31 27 8:2 / /srv/my\\040data rw - xfs /dev/sdb1 rw,noquota\n"
    "32 27 8:3 / /old rw - ext4 /dev/sdc1 ro,errors=remount-ro\n"
    "33 27 0:50 / /srv/my\\040data/share rw - nfs4 server:/x rw\n"
    "34 27 7:1 / /snap/x ro - squashfs /dev/loop1 ro\n";

static void
mounts(void)
{
	struct mounts m;
	size_t disks = 0;

	mounts_parse(info, h.arena, &m);
	for (size_t i = 0; i < m.n; i++)
		disks += m.v[i].disk;
	T_INT("all of them", m.n, 7);
	T_INT("on a disk, each once", disks, 3);
	T_INT("none is not understood", m.bad, 0);
	T_TRUE("a view that is read-only is not the volume", !mounts_of(&m, "/")->read_only);
	T_TRUE("one that the kernel made so is", mounts_of(&m, "/old/x")->read_only);
	T_TEXT("a space in a name", mounts_of(&m, "/srv/my data/x")->type, "xfs");
	T_TEXT("one below another", mounts_of(&m, "/srv/my data/share/x")->type, "nfs4");
	T_TEXT("not by a part of a name", mounts_of(&m, "/srv/my database")->type, "ext4");
	mounts_parse("27 1 8:1 / /\n27 1 8:1 / / ro - ext4\nx\n", h.arena, &m);
	T_INT("lines that are cut", m.bad, 3);
	T_TRUE("fstab has it read-only",
	    mounts_meant_read_only("# x\n/dev/sdc1 /old ext4 noatime,ro 0 2\n", "/old"));
	T_TRUE("not by a part of an option",
	    !mounts_meant_read_only("/dev/sdc1 /old ext4 errors=remount-ro 0 2\n", "/old"));
	T_TRUE(
	    "nor in a comment", !mounts_meant_read_only("#/dev/sdc1 /old ext4 ro 0 2\n", "/old"));
	T_TRUE("nor of another", !mounts_meant_read_only("/dev/sdc1 /older ext4 ro 0 2\n", "/old"));
	T_TRUE("nor cut", !mounts_meant_read_only("/dev/sdc1 /old", "/old"));
}

static const struct {
	const char *row, *text;
	bool good;
} saved[] = {
	{ "a volume", "/a ext4 100 50 40 10 5 rw\n", true },
	{ "read-only", "/a ext4 100 50 40 10 5 ro\n", true },
	{ "no path", "a ext4 100 50 40 10 5 rw\n", false },
	{ "a number too few", "/a ext4 100 50 40 10 rw\n", false },
	{ "a word too many", "/a ext4 100 50 40 10 5 rw x\n", false },
	{ "no number", "/a ext4 100 50 4x 10 5 rw\n", false },
	{ "below nothing", "/a ext4 100 50 -1 10 5 rw\n", false },
	{ "more free than there is", "/a ext4 100 101 40 10 5 rw\n", false },
	{ "more for users than free", "/a ext4 100 50 51 10 5 rw\n", false },
	{ "more entries than there are", "/a ext4 100 50 40 10 11 rw\n", false },
	{ "another mode", "/a ext4 100 50 40 10 5 wo\n", false },
};

static void
measured(void)
{
	struct disk_volumes v;
	const char *line = "/a ext4 100 50 40 10 5 rw\n";
	char *text = arena_alloc(h.arena, (DISK_VOLUMES_MAX + 1) * strlen(line) + 1), *to = text;

	for (size_t i = 0; i < sizeof(saved) / sizeof(saved[0]); i++)
		T_INT(saved[i].row, mounts_measured(saved[i].text, h.arena, &v), saved[i].good);
	for (int i = 0; i < DISK_VOLUMES_MAX; i++)
		to = stpcpy(to, line);
	T_TRUE("as many as there may be", mounts_measured(text, h.arena, &v));
	stpcpy(to, line);
	T_TRUE("one more", !mounts_measured(text, h.arena, &v));
}

int
main(void)
{
	harness_init(&h);
	limits();
	states();
	mounts();
	measured();
	harness_fini(&h);
	return t_end();
}
