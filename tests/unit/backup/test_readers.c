/* SPDX-License-Identifier: Apache-2.0
 *
 * What the tools print, healthy and with each fault, as it was recorded.
 */
#include "probes/backup/readers.h"
#include "tests/t.h"

#include <stdlib.h>

#define DATA "tests/data/sector/backup/"

typedef int reader(const char *text, size_t n, struct catalogue *c, struct err *e);

static struct arena *a;
static struct catalogue c;
static struct err e;

static int
text(reader *read, const char *s)
{
	catalogue_init(&c, "/place", a);
	e = (struct err){ 0 };
	if (read(s, strlen(s), &c, &e) < 0)
		return -1;
	catalogue_sort(&c);
	return 0;
}

static int
file(reader *read, const char *name)
{
	static char buf[65536];
	char path[256];
	FILE *f;
	size_t n;

	snprintf(path, sizeof(path), DATA "%s", name);
	f = fopen(path, "r");
	if (f == NULL)
		abort();
	n = fread(buf, 1, sizeof(buf) - 1, f);
	fclose(f);
	buf[n] = '\0';
	return text(read, buf);
}

static const struct backup_run *
newest(size_t job)
{
	return &c.jobs[job].v[c.jobs[job].n - 1];
}

static const char *
end_of(const struct backup_run *r)
{
	static char buf[INSTANT_TEXT];

	return instant_text(r->end, buf);
}

static void
restic(void)
{
	T_INT("restic 0.18", file(read_restic, "restic-0.18/healthy.json"), 0);
	T_INT("one job", c.njobs, 1);
	T_TEXT("host and tags", c.jobs[0].name, "labpc1 lims-nightly");
	T_INT("14 nights", c.jobs[0].n, 14);
	T_NEAR("bytes", c.jobs[0].v[0].bytes, 1151435, 0);
	T_NEAR("files", c.jobs[0].v[0].files, 61, 0);
	T_NEAR("seconds", c.jobs[0].v[0].seconds, 560, 0);
	T_NEAR("all is new", c.jobs[0].v[0].change, 1, 0);
	T_TEXT("it ends when it ended", end_of(&c.jobs[0].v[0]), "2026-11-01T02:09:20Z");
	T_TEXT("its source", c.jobs[0].v[0].paths.v[0], "/srv/mk/src/lims");
	file(read_restic, "restic-0.18/source-missing-rc0.json");
	T_TRUE("a source less", newest(0)->paths.n == 1 && newest(0)[-1].paths.n == 2);
	T_INT("in the same job", c.njobs, 1);
	file(read_restic, "restic-0.18/empty-source.json");
	T_NEAR("nothing in it", newest(0)->files, 0, 0);
	file(read_restic, "restic-0.18/rewritten-same-size.json");
	T_TRUE("all new at once", newest(0)->change > 0.9 && c.jobs[0].v[5].change < 0.2);
	T_INT("none at all", file(read_restic, "restic-0.18/no-snapshots.json"), 0);
	T_INT("is no fault of the text", c.njobs, 0);
	T_INT("restic 0.14", file(read_restic, "restic-0.14/healthy.json"), 0);
	T_TRUE("has no sizes", isnan(newest(0)->bytes) && isnan(newest(0)->seconds));
	T_TRUE("and a start only", newest(0)->end == newest(0)->begin);
	T_INT("which are asked for",
	    read_restic_stats("{\"total_size\":17,\"total_file_count\":3}", 38, &c.jobs[0].v[0], a),
	    0);
	T_TRUE("without its files", c.jobs[0].v[0].bytes == 17 && isnan(c.jobs[0].v[0].files));
	T_INT("another answer", read_restic_stats("{}", 2, &c.jobs[0].v[0], a), -1);
	text(read_restic, "[{\"id\":\"x\"},17]");
	T_TRUE("what is no snapshot is counted", c.odd == 2 && c.njobs == 0);
	T_INT("no list", text(read_restic, "{}"), -1);
}

static void
borg(void)
{
	T_INT("borg", file(read_borg, "borg-1.4/healthy.info.json"), 0);
	T_INT("one job", c.njobs, 1);
	T_TEXT("the name without its day", c.jobs[0].name, "labpc1-lims");
	T_INT("14 nights", c.jobs[0].n, 14);
	T_NEAR("bytes", c.jobs[0].v[0].bytes, 1181667, 0);
	T_NEAR("files", c.jobs[0].v[0].files, 61, 0);
	T_NEAR("seconds", c.jobs[0].v[0].seconds, 0.051017, 1e-9);
	T_TEXT("times without a zone are UTC", end_of(&c.jobs[0].v[0]), "2026-11-01T02:00:00.051Z");
	file(read_borg, "borg-1.4/source-missing-rc1.info.json");
	T_NEAR("an archive of nothing", newest(0)->files, 0, 0);
	T_INT("another text", text(read_borg, "[]"), -1);
	text(read_borg, "{\"archives\":[{\"name\":\"x\"}]}");
	T_INT("half an archive", c.odd, 1);
}

static void
pgbackrest(void)
{
	T_INT("pgbackrest", file(read_pgbackrest, "pgbackrest/healthy-2.55.json"), 0);
	T_INT("three kinds", c.njobs, 3);
	T_NEAR("a full one", newest(0)->bytes, 32196237, 0);
	T_NEAR("what was copied for a difference", newest(1)->bytes, 2072834, 0);
	T_NEAR("seconds", newest(0)->seconds, 4, 0);
	T_TRUE("all are good", newest(0)->fault == NULL && newest(2)->fault == NULL);
	file(read_pgbackrest, "pgbackrest/page-error-rc0-2.55.json");
	T_TEXT("damaged pages", newest(0)->fault, "error");
	T_INT("no stanza", file(read_pgbackrest, "pgbackrest/missing-stanza-rc0.json"), -1);
	T_HAS("by its name", e.msg, "there is no stanza");
	T_INT("no backup", file(read_pgbackrest, "pgbackrest/no-backups-rc0.json"), 0);
	T_INT("is an empty list", c.njobs, 0);
	text(read_pgbackrest, "[{\"name\":\"s\",\"status\":{\"code\":0},\"backup\":[{\"label\":"
			      "\"b\",\"type\":\"incr\","
			      "\"prior\":\"a\",\"error\":false,\"info\":{\"delta\":5},"
			      "\"timestamp\":{\"start\":1,\"stop\":2}}]}]");
	T_TEXT("what it is made on is gone", newest(0)->fault, "no-base");
}

static void
rsnapshot(void)
{
	T_INT("rsnapshot", file(read_rsnapshot, "rsnapshot/healthy.log"), 0);
	T_TEXT("its job", c.jobs[0].name, "rsnapshot daily");
	T_TEXT("good", newest(0)->fault, NULL);
	T_NEAR("it took", newest(0)->seconds, 0, 0);
	T_TEXT("what it copies", newest(0)->paths.n == 1 ? newest(0)->paths.v[0] : NULL,
	    "/srv/rs/src/");
	file(read_rsnapshot, "rsnapshot/warnings.log");
	T_TEXT("warnings", newest(0)->fault, "incomplete");
	file(read_rsnapshot, "rsnapshot/failed-but-touched.log");
	T_TEXT("every source failed", newest(0)->fault, "error");
	T_INT("no end of a run", text(read_rsnapshot, "[2026-11-30T00:01:43] x: started\n"), -1);
}

static const struct {
	const char *row, *text, *fault;
	double bytes;
} pushed[] = {
	{ "lines", "job=lims\nend=2026-11-30T02:00:00Z\nrc=0\nbytes=17\n", NULL, 17 },
	{ "a status", "job=lims\nend=2026-11-30T02:00:00Z\nrc=1\nbytes=17\n", "error", 17 },
	{ "files that could not be read", "job=lims\nend=1795996822\nrc=3\nbytes=17\n",
	    "incomplete", 17 },
	{ "nothing said", "job=lims\nend=1795996822\nbytes=17\n", "error", 17 },
	{ "success", "{\"job\":\"lims\",\"end\":1795996822,\"result\":\"Success\",\"bytes\":17}",
	    NULL, 17 },
	{ "success with an error inside",
	    "{\"job\":\"lims\",\"end\":1795996822,\"result\":\"success\",\"error\":\"disk\","
	    "\"bytes\":1}",
	    "error", 1 },
	{ "a word that means nothing",
	    "{\"job\":\"lims\",\"end\":1795996822,\"result\":\"done?\",\"bytes\":1}", "error", 1 },
	{ "a webhook's body",
	    "{\"event\":\"x\",\"data\":{\"job\":\"lims\",\"end\":1795996822,\"rc\":0,\"bytes\":2}}",
	    NULL, 2 },
	{ "one a line",
	    "{\"job\":\"lims\",\"end\":1,\"rc\":1,\"bytes\":1}\n"
	    "{\"job\":\"lims\",\"end\":2,\"rc\":0,\"bytes\":2}\n",
	    NULL, 2 },
	{ "runs after a blank line", "job=lims\nend=1\nrc=1\n\njob=lims\nend=2\nrc=0\nbytes=3\n",
	    NULL, 3 },
};

static void
by_jobs(void)
{
	for (size_t i = 0; i < sizeof(pushed) / sizeof(pushed[0]); i++) {
		T_INT(pushed[i].row, text(read_pushed, pushed[i].text), 0);
		if (c.njobs != 1)
			exit(t_end());
		T_TEXT(pushed[i].row, c.jobs[0].name, "lims");
		T_TEXT(pushed[i].row, newest(0)->fault, pushed[i].fault);
		T_NEAR(pushed[i].row, newest(0)->bytes, pushed[i].bytes, 0);
	}
	text(read_pushed, "job=a\nend=5\nbegin=2\nkind=incremental\nrc=0\npaths=/a:/b\n"
			  "verified=4\nverify=failed\n");
	T_INT("a kind", c.jobs[0].kind, RUN_INCR);
	T_NEAR("seconds by its begin", newest(0)->seconds, 3, 0);
	T_INT("sources", newest(0)->paths.n, 2);
	T_TRUE("read as a whole, and not whole",
	    newest(0)->verified == 4 * INSTANT_S && newest(0)->bad);
	T_INT("empty", text(read_pushed, " \n"), -1);
	T_INT("prose", text(read_pushed, "it worked\n"), -1);
	text(read_pushed, "{\"end\":1}");
	T_INT("no job", c.odd, 1);
}

#define DUP                                                                                        \
	"{\"MainOperation\":\"Backup\",\"BeginTime\":\"2026-11-30T01:00:00Z\",\"EndTime\":"        \
	"\"2026-11-30T01:10:00.123Z\",\"ExaminedFiles\":7,\"SizeOfExaminedFiles\":99,"

static void
by_document(void)
{
	text(read_duplicati,
	    DUP "\"ParsedResult\":\"Success\",\"CompactResults\":{\"ParsedResult\":"
		"\"Fatal\"}}");
	T_TRUE("Duplicati",
	    newest(0)->fault == NULL && newest(0)->files == 7 && newest(0)->bytes == 99);
	text(read_duplicati, DUP "\"ParsedResult\":\"Success\",\"PartialBackup\":true}");
	T_TEXT("a part", newest(0)->fault, "incomplete");
	text(read_duplicati, DUP "\"ParsedResult\":\"Error\"}");
	T_TEXT("an error", newest(0)->fault, "error");
	text(read_duplicati, DUP "\"ParsedResult\":\"Success\",\"Dryrun\":true}");
	T_TEXT("a trial", newest(0)->fault, "error");
	text(read_duplicati, DUP "\"ParsedResult\":\"Success\",\"FilesWithError\":2}");
	T_HAS("two files", newest(0)->why, "2 files");
	T_INT("no times", text(read_duplicati, "{\"MainOperation\":\"Backup\"}"), -1);
	text(read_proxmox,
	    "{\"data\":[{\"backup-type\":\"vm\",\"backup-id\":\"100\",\"backup-time\":1795996822,"
	    "\"size\":5,\"verification\":{\"state\":\"failed\",\"upid\":"
	    "\"UPID:pbs:0001:0002:00000003:6B0CB1A0:verify:x:root@pam:\"}},"
	    "{\"backup-type\":\"vm\",\"backup-id\":\"100\",\"backup-time\":1795996900}]}");
	T_TEXT("Proxmox", c.jobs[0].name, "vm/100");
	T_TRUE(
	    "its verify", c.jobs[0].v[0].bad && c.jobs[0].v[0].verified == 0x6b0cb1a0 * INSTANT_S);
	T_TEXT("without a size", newest(0)->fault, "incomplete");
	text(read_veeam,
	    "[{\"JobName\":\"LIMS\",\"State\":\"Stopped\",\"Result\":\"Success\","
	    "\"CreationTime\":\"/Date(1795996822000)/\",\"EndTime\":"
	    "\"/Date(1795996922000)/\"},"
	    "{\"JobName\":\"LIMS\",\"State\":\"Working\",\"Result\":\"None\","
	    "\"CreationTime\":\"2026-11-30T01:00:00\",\"EndTime\":\"1900-01-01T00:00:00\"}]");
	T_TRUE("Veeam", c.jobs[0].n == 1 && newest(0)->fault == NULL && newest(0)->seconds == 100);
	text(read_veeam,
	    "{\"Name\":\"x\",\"State\":\"Stopped\",\"Result\":\"Failed\","
	    "\"CreationTime\":\"2026-11-30T01:00:00\",\"EndTime\":\"2026-11-30T02:00:00\"}");
	T_TEXT("one alone, and it failed", newest(0)->fault, "error");
}

static void
names(void)
{
	static const struct {
		const char *name, *series, *day;
		bool timed;
	} v[] = {
		{ "lims-2026-11-28.sql.gz", "lims", "2026-11-28T00:00:00Z", false },
		{ "lims_20261128.dump", "lims", "2026-11-28T00:00:00Z", false },
		{ "lims-2026-11-28T02:15.sql", "lims", "2026-11-28T02:15:00Z", true },
		{ "lims-20261128_0215.sql", "lims", "2026-11-28T02:15:00Z", true },
		{ "2026-11-28", "all", "2026-11-28T00:00:00Z", false },
		{ "lims-42020-11-28", "lims-42020-11-28", NULL, false },
		{ "lims-2026-13-28", "lims-2026-13-28", NULL, false },
		{ "lims", "lims", NULL, false },
	};

	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		char buf[INSTANT_TEXT];
		bool timed;
		instant t = date_in(v[i].name, &timed);

		T_TEXT(v[i].name, t != INSTANT_NONE ? instant_text(t, buf) : NULL, v[i].day);
		T_TRUE(v[i].name, timed == v[i].timed);
		T_TEXT(v[i].name, series_of(v[i].name, a), v[i].series);
	}
}

static void
limits(void)
{
	catalogue_init(&c, "/p", a);
	for (int i = 0; i < CATALOGUE_RUNS_MAX; i++)
		if (catalogue_add(&c, "j", RUN_FULL) == NULL)
			abort();
	T_TRUE("as many runs as allowed", c.runs == CATALOGUE_RUNS_MAX && c.surplus == 0);
	T_TRUE("one more", catalogue_add(&c, "j", RUN_FULL) == NULL && c.surplus == 1);
	catalogue_init(&c, "/p", a);
	for (int i = 0; i < CATALOGUE_JOBS_MAX; i++)
		catalogue_add(&c, arena_printf(a, "j%d", i), RUN_FULL);
	T_TRUE("as many jobs as allowed", c.njobs == CATALOGUE_JOBS_MAX && c.surplus == 0);
	T_TRUE("one more", catalogue_add(&c, "k", RUN_FULL) == NULL && c.surplus == 1);
	struct backup_run r = { 0 };
	for (int i = 0; i <= CATALOGUE_PATHS_MAX; i++)
		run_add_path(&r, "/x", a);
	T_INT("sources", r.paths.n, CATALOGUE_PATHS_MAX);
}

int
main(void)
{
	a = arena_new((size_t)256 << 20);
	restic();
	borg();
	pgbackrest();
	rsnapshot();
	by_jobs();
	by_document();
	names();
	limits();
	arena_free(a);
	return t_end();
}
