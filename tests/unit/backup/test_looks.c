/* SPDX-License-Identifier: Apache-2.0
 *
 * One look after another: what is remembered, what is told of it, what a person's word ends.
 */
#include "base/file.h"
#include "probes/backup/memory.h"
#include "tests/probe_harness.h"
#include "tests/t.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define DATA "tests/data/sector/backup/"

static struct harness h;
static struct arena *own; /* what lasts longer than a look */
static struct clk_fake clk;
static struct backup_conf conf;
static char dir[64], place[128];
static const char *jobs[2];
static struct accept accept;

/* A new check with no notes, of one place; `now` as RFC 3339. */
static void
begin(const char *kind, const char *name, const char *now)
{
	instant t;

	if (h.ctx.state_fd >= 0) {
		unlinkat(h.ctx.state_fd, "backup", 0);
		unlinkat(h.ctx.state_fd, "backup.damaged", 0);
	}
	if (instant_parse(now, &t, NULL) < 0)
		abort();
	clk_fake_init(&clk, t);
	h.ctx.clk = &clk.clk;
	h.ctx.deadline = 100 * SPAN_S;
	memset(&conf, 0, sizeof(conf));
	opts_defaults(probe_self->opts, &conf, own);
	snprintf(place, sizeof(place), "%s:%s/%s", kind, dir, name);
	jobs[0] = place;
	conf.jobs = (struct texts){ jobs, 1 };
}

static void
copy(const char *from, const char *to)
{
	char path[128], *text;
	struct err e = { 0 };
	size_t n;
	int fd;

	if (file_read(AT_FDCWD, arena_printf(own, DATA "%s", from), FILE_FOLLOW, 1 << 20, own,
		&text, &n, &e) < 0)
		abort();
	snprintf(path, sizeof(path), "%s/%s", dir, to);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0 || write(fd, text, n) != (ssize_t)n || close(fd) < 0)
		abort();
}

/* A file of our folder with the text, changed at so many seconds since 1970. */
static void
file(const char *name, const char *text, time_t at)
{
	const struct timespec times[2] = { { at, 0 }, { at, 0 } };
	char path[128];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0 || write(fd, text, strlen(text)) < 0 || futimens(fd, times) < 0 || close(fd) < 0)
		abort();
}

static void
look(void)
{
	struct err e = { 0 };

	harness_clear(&h);
	T_INT("a look never fails", probe_run(&h.ctx, &conf, &e), 0);
}

/* The finding of the first item of that rule: "-" fine, "?" unknown, "" there is no such item. */
static const char *
told(const char *rule)
{
	const struct item *it = harness_item(&h, rule, NULL);

	return it == NULL ? "" : it->state == ITEM_UNKNOWN ? "?" : it->finding ? it->finding : "-";
}

static void
accept_it(const char *rule)
{
	const struct item *it = harness_item(&h, rule, NULL);

	accept = (struct accept){ arena_text(own, it->target), rule,
		arena_text(own, harness_evidence(it, FINDING_KEY)), 0, "Omar", "meant" };
	h.handed.accepts = &accept;
	h.handed.naccepts = 1;
	look();
	h.handed.naccepts = 0;
}

static void
ages(void)
{
	static const struct {
		const char *now, *finding;
	} v[] = {
		/* the newest run ended on the 14th, 02:10:40; one is due every day */
		{ "2026-11-15T06:00:00Z", "-" },
		{ "2026-11-15T08:10:00Z", "-" },
		{ "2026-11-15T08:11:00Z", "late" },
		{ "2026-11-16T02:11:00Z", "overdue" },
		{ "2026-11-18T02:11:00Z", "long-overdue" },
		{ "2026-11-01T00:00:00Z", "?" },
	};

	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		begin("restic-json", "r.json", v[i].now);
		copy("restic-0.18/healthy.json", "r.json");
		look();
		T_TEXT(v[i].now, told("backup.age"), v[i].finding);
	}
	T_INT("three rules and the one on reading it", h.nitems, 4);
	begin("restic-json", "r.json", v[0].now);
	look();
	T_TEXT("complete", told("backup.complete"), "-");
	T_TEXT("nobody read it as a whole", told("backup.verify"), "never");
	T_INT("its runs", harness_item(&h, "backup.size", NULL)->runs.n, 14);
	copy("restic-0.18/no-snapshots.json", "r.json");
	begin("restic-json", "r.json", v[0].now);
	look();
	T_TEXT("none at all", told("backup.age"), "none");
	file("r.json", "it is gone", 0);
	look();
	T_TEXT("not understood", told("backup.age"), "?");
	file("r.json", "[{\"id\":\"x\"}]", 0);
	look();
	T_TEXT("nor an entry", told("backup.age"), "?");
}

static void
remembered(void)
{
	begin("restic-json", "r.json", "2026-11-15T06:00:00Z");
	copy("restic-0.18/healthy.json", "r.json");
	look();
	file("r.json", "", 0);
	look();
	T_TEXT("not to be read now, and not late yet", told("backup.age"), "?");
	T_TEXT("nor is it known to be complete", told("backup.complete"), "?");
	clk_fake_pass(&clk, SPAN_DAY);
	look();
	T_TEXT("its age goes on", told("backup.age"), "overdue");
	copy("restic-0.18/no-snapshots.json", "r.json");
	look();
	T_TEXT("all were deleted", told("backup.complete"), "gone");
	accept_it("backup.complete");
	look();
	T_TEXT("on purpose", told("backup.complete"), "");
	copy("restic-0.18/healthy.json", "r.json");
	begin("restic-json", "r.json", "2026-11-15T06:00:00Z");
	look();
	copy("restic-0.14/healthy.json", "r.json");
	look();
	T_TEXT("other runs than those of the last look", told("backup.complete"), "gone");
	accept_it("backup.complete");
	T_TEXT("meant", told("backup.complete"), "-");
}

static void
sources(void)
{
	begin("restic-json", "r.json", "2026-11-16T06:00:00Z");
	copy("restic-0.18/source-missing-rc0.json", "r.json");
	look();
	T_TEXT("a source less", told("backup.complete"), "source-gone");
	look();
	T_TEXT("at every look", told("backup.complete"), "source-gone");
	accept_it("backup.complete");
	T_TEXT("until somebody says it is meant", told("backup.complete"), "-");
	look();
	T_TEXT("for good", told("backup.complete"), "-");
}

static void
accepted_size(void)
{
	const struct item *it;

	begin("restic-json", "r.json", "2026-11-16T06:00:00Z");
	copy("restic-0.18/shrunken.json", "r.json");
	look();
	it = harness_item(&h, "backup.size", NULL);
	T_TRUE("nobody accepted it", !it->runs.v[it->runs.n - 1].accepted);
	accept_it("backup.size");
	look();
	it = harness_item(&h, "backup.size", NULL);
	T_TRUE("the run is known to be meant", it->runs.v[it->runs.n - 1].accepted);
	T_TRUE("that one only", !it->runs.v[it->runs.n - 2].accepted);
}

static void
left_behind(void)
{
	char text[200];

	begin("job", "j", "2026-11-16T06:00:00Z");
	for (int i = 0; i < RUNS_MAX + 5; i++) {
		snprintf(text, sizeof(text), "job=lims\nend=%d\nrc=0\nbytes=%d\nfiles=3\n",
		    1794000000 + i * 1000, 1000 + i);
		file("j", text, 0);
		look();
	}
	T_INT("a job's runs gather", harness_item(&h, "backup.size", NULL)->runs.n, RUNS_MAX);
	T_NEAR("the newest ones", harness_item(&h, "backup.size", NULL)->runs.v[0].bytes, 1005, 0);
	T_TEXT("overwriting is no loss", told("backup.complete"), "-");
	file("j", "job=lims\nend=1794999999\nrc=1\nbytes=5\n", 0);
	look();
	T_TEXT("a run that failed", told("backup.complete"), "error");
	T_NEAR("is not held against others",
	    harness_item(&h, "backup.size", NULL)->runs.v[RUNS_MAX - 2].bytes, 1000 + RUNS_MAX + 4,
	    0);
	file("j", "job=lims\nend=1794999999\nrc=0\nverified=1794000000\nverify=ok\n", 0);
	begin("job", "j", "2026-11-16T06:00:00Z");
	look();
	T_TEXT("read as a whole lately", told("backup.verify"), "-");
	clk_fake_pass(&clk, 30 * SPAN_DAY);
	look();
	T_TEXT("a month ago", told("backup.verify"), "due");
	clk_fake_pass(&clk, 30 * SPAN_DAY);
	look();
	T_TEXT("two months ago", told("backup.verify"), "overdue");
	file("j", "job=lims\nend=1794999999\nrc=0\nverified=1794000001\nverify=no\n", 0);
	look();
	T_TEXT("and it was damaged", told("backup.verify"), "failed");
}

#define NIGHT 1795831200 /* 2026-11-28 02:00 UTC */
static const char whole_dump[] = "--\n-- PostgreSQL database dump\n--\nCREATE TABLE a ();\n"
				 "-- PostgreSQL database dump complete\n--\n\n\\unrestrict x\n";

static void
dated_files(void)
{
	begin("files", "lims-*.sql", "2026-11-28T06:00:00Z");
	file("lims-2026-11-27.sql", whole_dump, NIGHT - 86400);
	file("lims-2026-11-28.sql", whole_dump, NIGHT);
	file("lims-2026-11-29.sql.part", "half", NIGHT + 3600);
	look();
	T_TEXT("files", told("backup.complete"), "-");
	T_INT("two of them", harness_item(&h, "backup.size", NULL)->runs.n, 2);
	T_TEXT("by the time of the file, which is of that night",
	    harness_evidence(harness_item(&h, "backup.age", NULL), "newest_good"),
	    "2026-11-28T02:00:00Z");
	file("lims-2026-11-28.sql", "-- PostgreSQL database dump\nCREATE", NIGHT + 1);
	look();
	T_TEXT("it is read again when it changed", told("backup.complete"), "cut");
	file("lims-2026-11-28.sql", "", NIGHT + 2);
	look();
	T_NEAR("empty", harness_item(&h, "backup.size", NULL)->metrics[0].value, 0, 0);
	file("lims-2026-11-28.sql", whole_dump, NIGHT + 4 * 3600 - 599);
	begin("files", "lims-*.sql", "2026-11-28T06:00:00Z");
	look();
	T_INT("still being written", harness_item(&h, "backup.size", NULL)->runs.n, 1);
	file("lims-2026-11-28.sql", whole_dump, NIGHT + 4 * 3600 - 600);
	look();
	T_INT("settled", harness_item(&h, "backup.size", NULL)->runs.n, 2);
	file("lims-2026-11-28.sql", whole_dump, NIGHT + 86400 * 30);
	begin("files", "lims-*.sql", "2026-11-28T06:00:00Z");
	look();
	T_TEXT("a copy that was made later has the day of its name",
	    harness_evidence(harness_item(&h, "backup.age", NULL), "newest_good"),
	    "2026-11-28T00:00:00Z");
}

/* A job that keeps one file only. */
static void
one_file(void)
{
	begin("files", "one-*.sql", "2026-11-28T06:00:00Z");
	file("one-2026-11-28.sql", whole_dump, NIGHT);
	look();
	unlinkat(AT_FDCWD, arena_printf(own, "%s/one-2026-11-28.sql", dir), 0);
	clk_fake_pass(&clk, SPAN_DAY);
	file("one-2026-11-29.sql", whole_dump, NIGHT + 86400);
	look();
	T_TEXT("the next one takes its place", told("backup.complete"), "-");
	T_INT("both are known", harness_item(&h, "backup.size", NULL)->runs.n, 2);
	file("one-2026-11-27.sql", whole_dump, NIGHT - 86400);
	unlinkat(AT_FDCWD, arena_printf(own, "%s/one-2026-11-29.sql", dir), 0);
	look();
	T_TEXT("not an older one", told("backup.complete"), "gone");
}

static void
elsewhere(void)
{
	static const char *covers[] = { "/srv/mk/src/lims/db", "/srv/mk/src/limsx", "/srv/held/x" };
	static const char *holds[] = { "/srv/held/" };
	char second[128];
	const char *offsite[] = { second };

	begin("restic-json", "r.json", "2026-11-15T06:00:00Z");
	copy("restic-0.18/healthy.json", "r.json");
	copy("restic-0.18/healthy.json", "copy.json");
	snprintf(second, sizeof(second), "restic-json:%s/copy.json", dir);
	conf.offsite = (struct texts){ offsite, 1 };
	conf.covers = (struct texts){ covers, 3 };
	conf.holds = (struct texts){ holds, 1 };
	conf.keep = 10 * SPAN_DAY;
	look();
	T_TEXT("the same in the second place", told("backup.offsite"), "-");
	T_TEXT("far enough back", told("backup.retention"), "-");
	T_INT("a folder within", harness_item(&h, "backup.coverage", covers[0])->state, ITEM_FINE);
	T_TEXT(
	    "one beside it", harness_item(&h, "backup.coverage", covers[1])->finding, "uncovered");
	T_INT("one that the configuration names",
	    harness_item(&h, "backup.coverage", covers[2])->state, ITEM_FINE);
	conf.keep = 60 * SPAN_DAY;
	look();
	T_TEXT("a young job has not yet had the time", told("backup.retention"), "-");
	copy("restic-0.18/shrunken.json", "copy.json");
	clk_fake_pass(&clk, 30 * SPAN_DAY);
	look();
	T_TEXT("more there than here", told("backup.offsite"), "-");
	copy("restic-0.18/no-snapshots.json", "copy.json");
	look();
	T_TEXT("nothing there", told("backup.offsite"), "none");
	file("copy.json", "x", 0);
	look();
	T_TEXT("not to be read", told("backup.offsite"), "?");
	file("r.json", "x", 0);
	look();
	T_INT("nobody knows what holds it now",
	    harness_item(&h, "backup.coverage", covers[1])->state, ITEM_UNKNOWN);
}

static void
damaged_notes(void)
{
	char *bytes;
	struct memory m;
	struct err e = { 0 };
	size_t n, good = 0;
	int fd;

	begin("restic-json", "r.json", "2026-11-15T06:00:00Z");
	copy("restic-0.18/healthy.json", "r.json");
	look();
	if (file_read(h.ctx.state_fd, "backup", FILE_NOFOLLOW, 1 << 20, own, &bytes, &n, &e) < 0)
		abort();
	T_TEXT("the notes", memory_unpack((uint8_t *)bytes, n, &m, own), NULL);
	T_INT("a job", m.n, 1);
	T_INT("its runs", m.jobs[0].n, 14);
	for (size_t i = 0; i < n; i++)
		good += memory_unpack((uint8_t *)bytes, i, &m, own) == NULL;
	T_INT("cut anywhere they are damaged", good, 0);
	fd = openat(h.ctx.state_fd, "backup", O_WRONLY | O_CLOEXEC);
	if (fd < 0 || pwrite(fd, "x", 1, 200) != 1)
		abort();
	close(fd);
	look();
	T_TEXT("that is told", harness_item(&h, "backup.size", "notes of earlier looks")->summary,
	    "What was noted at earlier looks was damaged (what is in it is not what was written): "
	    "the "
	    "runs that were seen before are not known any more");
	T_TEXT("and the look goes on", told("backup.complete"), "-");
	look();
	T_TRUE("once", harness_item(&h, "backup.size", "notes of earlier looks") == NULL);
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)type;
	(void)where;
	return remove(path);
}

int
main(void)
{
	harness_init(&h);
	own = arena_new((size_t)256 << 20);
	snprintf(dir, sizeof(dir), "/tmp/forewarn-looks-XXXXXX");
	if (mkdtemp(dir) == NULL)
		abort();
	h.ctx.state_fd = file_open_folder(arena_printf(own, "%s/state", dir), NULL);
	ages();
	remembered();
	sources();
	accepted_size();
	left_behind();
	dated_files();
	one_file();
	elsewhere();
	damaged_notes();
	close(h.ctx.state_fd);
	nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	arena_free(own);
	harness_fini(&h);
	return t_end();
}
