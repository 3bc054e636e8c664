/* SPDX-License-Identifier: Apache-2.0
 *
 * Each alarm on its made-up computer, the states that are fine and those that are not known, the
 * ages where an alarm begins, and what is read of systemd, anacron and a mail queue.
 */
#include "base/file.h"
#include "probes/services/mail.h"
#include "probes/services/services.h"
#include "probes/services/unit.h"
#include "tests/probe_harness.h"
#include "tests/t.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define PROVE "probes/services/prove"

static struct harness h;
static struct clk_fake clk;
static struct arena *own;
static struct services_conf conf;
static char folder[] = "/tmp/test_services.XXXXXX";
static int dir;

static const char *
text_of(const char *path)
{
	char *text;
	size_t n;
	struct err e = { 0 };

	if (file_read(AT_FDCWD, path, FILE_FOLLOW, (size_t)1 << 20, own, &text, &n, &e) < 0)
		abort();
	return text;
}

static struct texts
one(const char *text)
{
	const char **v = arena_alloc(own, sizeof(*v));

	v[0] = arena_text(own, text);
	return (struct texts){ v, 1 };
}

/* What stands in quotes behind a name in a check.conf, with the folder for @; NULL: nothing. */
static const char *
option(const char *text, const char *name, const char *root)
{
	const char *at = strstr(text, arena_printf(own, "%s = ", name)), *from;

	if (at == NULL)
		return NULL;
	from = strchr(at, '"') + 1;
	return from[0] == '@'
		   ? arena_printf(own, "%s%.*s", root, (int)strcspn(from + 1, "\""), from + 1)
		   : arena_textn(own, from, strcspn(from, "\""));
}

static void
moment(const char *text)
{
	char *copy = arena_text(own, text);
	instant t;

	copy[strcspn(copy, "\n")] = '\0';
	if (instant_parse(copy, &t, &(struct err){ 0 }) < 0)
		abort();
	clk_fake_init(&clk, t);
}

static void
plain(void)
{
	conf = (struct services_conf){ .root = "/",
		.mail_due = 4 * SPAN_H,
		.mail_overdue = SPAN_DAY,
		.mail_fresh = 2 * SPAN_H };
	moment("2026-11-30T06:00:00Z");
}

static void
computer(const char *key)
{
	const char *root = arena_printf(own, PROVE "/%s", key);
	const char *text = text_of(arena_printf(own, "%s/check.conf", root)), *v;

	plain();
	if ((v = option(text, "running", root)) != NULL)
		conf.running = one(v);
	if ((v = option(text, "timers", root)) != NULL)
		conf.timers = one(v);
	if ((v = option(text, "anacron", root)) != NULL)
		conf.anacron = one(v);
	if ((v = option(text, "root", root)) != NULL)
		conf.root = v;
	conf.units = option(text, "units", root);
	conf.mail_queue = option(text, "mail_queue", root);
	moment(text_of(arena_printf(own, "%s/at", root)));
}

static const char *
look(const char *rule)
{
	struct err e = { 0 };
	const struct item *it;

	harness_clear(&h);
	h.ctx.clk = &clk.clk;
	if (probe_run(&h.ctx, &conf, &e) < 0)
		return arena_text(own, e.msg);
	it = harness_item(&h, rule, NULL);
	if (it == NULL)
		return "none";
	return it->state == ITEM_FINE ? "ok" : it->state == ITEM_FOUND ? it->finding : "unknown";
}

static void
each_alarm(void)
{
	DIR *d = opendir(PROVE);
	struct dirent *entry;
	size_t n = 0;

	while (d != NULL && (entry = readdir(d)) != NULL) {
		char *rule = arena_text(own, entry->d_name), *finding = strchr(rule, '+');

		if (finding == NULL)
			continue;
		*finding++ = '\0';
		computer(entry->d_name);
		T_TEXT(entry->d_name, look(rule), finding);
		n++;
	}
	if (d != NULL)
		closedir(d);
	T_INT("alarms shown", n, 15);
}

/* Puts a file into the folder of the test, and gives its path. */
static const char *
put(const char *name, const char *text)
{
	if (file_replace(dir, name, 0644, text, strlen(text), NULL) < 0)
		abort();
	return arena_printf(own, "%s/%s", folder, name);
}

/* ---- services */

static const struct {
	const char *row, *load, *active, *sub, *file, *want;
} states[] = {
	{ "it runs", "loaded", "active", "running", "enabled", "ok" },
	{ "it is wanted by another", "loaded", "active", "running", "static", "ok" },
	{ "it did its work and stays", "loaded", "active", "exited", "enabled", "ok" },
	{ "a socket waits for it", "loaded", "active", "listening", "enabled", "ok" },
	{ "nothing starts it", "loaded", "active", "running", "", "not-enabled" },
	{ "it is linked for this time only", "loaded", "active", "running", "linked",
	    "not-enabled" },
	{ "it starts just now", "loaded", "activating", "start", "enabled", "unknown" },
	{ "it reads its settings anew", "loaded", "reloading", "reload", "enabled", "unknown" },
	{ "it stops just now", "loaded", "deactivating", "stop", "enabled", "unknown" },
	{ "its settings are wrong", "bad-setting", "active", "running", "enabled", "unknown" },
	{ "a state of tomorrow", "loaded", "active", "dreaming", "enabled", "unknown" },
	{ "nothing is told of it", "", "", "", "", "unknown" },
	{ "it is about to run", "loaded", "activating", "running", "enabled", "unknown" },
	{ "it ended", "loaded", "inactive", "dead", "enabled", "stopped" },
	{ "it ended with an error", "loaded", "failed", "failed", "enabled", "failed" },
};

static void
services(void)
{
	plain();
	conf.running = one("lims");
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		conf.units = put(
		    "units", arena_printf(own,
				 "Id=lims.service\nLoadState=%s\nActiveState=%s\nSubState=%"
				 "s\nUnitFileState=%s\n",
				 states[i].load, states[i].active, states[i].sub, states[i].file));
		T_TEXT(states[i].row, look("services.running"), states[i].want);
	}
	conf.units = put("units", "Id=other.service\nLoadState=loaded\n");
	T_TEXT("systemd does not tell of it", look("services.running"), "unknown");
	conf.units = put("units", "");
	T_TEXT("nothing is told", look("services.running"), "unknown");
	conf.units = put("units", "Failed to connect to bus\n");
	T_TEXT("what is told is no answer", look("services.running"), "unknown");
	conf.units = "/nosuch/file";
	T_TEXT("the file is not there", look("services.running"), "unknown");
	conf.running = one("time");
	conf.units =
	    put("units", "Id=chrony.service\nLoadState=not-found\nActiveState=inactive\n\n"
			 "Id=ntpsec.service\nNames=ntpsec.service ntp.service\nLoadState=loaded\n"
			 "ActiveState=active\nSubState=running\nUnitFileState=enabled\n");
	T_TEXT("one of those that keep the clock is enough", look("services.running"), "ok");
	T_TEXT("which one is told",
	    harness_evidence(harness_item(&h, "services.running", NULL), "unit"), "ntpsec.service");
}

/* ---- timers */

/* A timer that started its job 4 h ago; the job is in that state, and ended at that moment. */
static const char *
job(const char *active, const char *result, const char *ended)
{
	plain();
	conf.timers = one("backup.timer 26h");
	conf.units = put(
	    "units", arena_printf(own,
			 "Id=backup.timer\nLoadState=loaded\nActiveState=active\nSubState=waiting\n"
			 "UnitFileState=enabled\nUnit=run.service\nLastTriggerUSec=@1796004000\n\n"
			 "Id=run.service\nLoadState=loaded\nActiveState=%s\nSubState=x\nResult=%s\n"
			 "ExecMainExitTimestamp=%s\n",
			 active, result, ended));
	return look("services.timer");
}

static void
timers(void)
{
	T_TEXT("well, 26 h ago but for a second",
	    job("inactive", "success", "Sun 2026-11-29 04:00:01 UTC"), "ok");
	T_TEXT(
	    "well, 26 h ago", job("inactive", "success", "Sun 2026-11-29 04:00:00 UTC"), "overdue");
	T_TEXT("as a number", job("inactive", "success", "@1796018399"), "ok");
	T_TEXT("not well", job("inactive", "timeout", "Mon 2026-11-30 02:10:00 UTC"), "failed");
	T_TEXT("not well, and it failed", job("failed", "success", "Mon 2026-11-30 02:10:00 UTC"),
	    "failed");
	T_TEXT(
	    "in the future", job("inactive", "success", "Mon 2026-11-30 06:00:01 UTC"), "unknown");
	T_TEXT("in another zone", job("inactive", "success", "Mon 2026-11-30 02:00:00 PKT"),
	    "unknown");
	T_TEXT("no moment", job("inactive", "success", "yesterday"), "unknown");
	T_TEXT("one of two moments is none",
	    job("inactive", "success", "@1796018399\nInactiveEnterTimestamp=yesterday"), "unknown");
	T_TEXT("the newer of two moments counts",
	    job("inactive", "success", "@1\nInactiveEnterTimestamp=@1796018399"), "ok");
	T_TEXT("it runs now", job("activating", "success", ""), "unknown");
	T_TEXT("it has not ended since the restart", job("inactive", "success", "n/a"), "unknown");
	T_TEXT("nothing is told of how it ended",
	    job("inactive", "", "Mon 2026-11-30 02:10:00 UTC"), "unknown");
	conf.units =
	    put("units", "Id=backup.timer\nLoadState=loaded\nActiveState=active\nSubState=waiting\n"
			 "UnitFileState=enabled\nUnit=run.service\nLastTriggerUSec=@1796004000\n");
	T_TEXT("nothing is told of the job", look("services.timer"), "unknown");
	conf.units = put("units",
	    "Id=backup.timer\nLoadState=loaded\nActiveState=active\nSubState=elapsed\n"
	    "UnitFileState=enabled\nUnit=run.service\n\nId=run.service\nLoadState=loaded\n");
	T_TEXT("a timer that will not come again", look("services.timer"), "disabled");
}

/* ---- anacron, mail */

static const char *
anacron(const char *day, const char *now)
{
	int spool;

	plain();
	conf.root = folder;
	conf.anacron = one("cron.daily 2d");
	moment(now);
	spool = open(
	    arena_printf(own, "%s/var/spool/anacron", folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (spool < 0 || file_replace(spool, "cron.daily", 0644, day, strlen(day), NULL) < 0)
		abort();
	close(spool);
	return look("services.anacron");
}

static void
days(void)
{
	static const char *const folders[] = { "var", "var/spool", "var/spool/anacron" };

	for (int i = 0; i < 3; i++)
		mkdirat(dir, folders[i], 0755);
	T_TEXT("its day ended two days ago, but for a second",
	    anacron("20261128\n", "2026-11-30T23:59:59Z"), "ok");
	T_TEXT("two days ago", anacron("20261128\n", "2026-12-01T00:00:00Z"), "overdue");
	T_TEXT("today", anacron("20261130\n", "2026-11-30T00:00:01Z"), "ok");
	T_TEXT("no day of the calendar", anacron("20261131\n", "2026-11-30T06:00:00Z"), "unknown");
	T_TEXT("no day", anacron("later\n", "2026-11-30T06:00:00Z"), "unknown");
	T_TEXT("nothing", anacron("", "2026-11-30T06:00:00Z"), "unknown");
	T_TEXT("more behind it", anacron("20261128x\n", "2026-11-30T06:00:00Z"), "unknown");
	unlinkat(dir, "var/spool/anacron/cron.daily", 0);
	for (int i = 2; i >= 0; i--)
		unlinkat(dir, folders[i], AT_REMOVEDIR);
}

#define ASKED 1796018400LL /* 2026-11-30T06:00:00Z */
#define LETTER "{\"queue_id\": \"A\", \"arrival_time\": %lld}\n"

/* A queue that was asked so many seconds ago, with a letter that has waited so long (0: none). */
static const char *
queue(long long asked, long long waits, const char *more)
{
	plain();
	conf.mail_queue =
	    put("queue", arena_printf(own, "%s{\"asked_at\": %lld}\n%s",
			     waits == 0 ? "" : arena_printf(own, LETTER, ASKED - asked - waits),
			     ASKED - asked, more));
	return look("services.mail");
}

static void
letters(void)
{
	struct mail m;

	T_TEXT("an empty queue", queue(60, 0, ""), "ok");
	T_TEXT("a letter for 4 h but a second", queue(60, 4 * 3600 - 1, ""), "ok");
	T_TEXT("for 4 h", queue(60, 4 * 3600, ""), "waiting");
	T_TEXT("for a day but a second", queue(60, 86399, ""), "waiting");
	T_TEXT("for a day", queue(60, 86400, ""), "stuck");
	T_TEXT("asked 2 h ago, but for a second", queue(7199, 0, ""), "ok");
	T_TEXT("asked 2 h ago", queue(7200, 0, ""), "unknown");
	T_TEXT("in the future", queue(-1, 0, ""), "unknown");
	T_TEXT("a line behind the last", queue(60, 0, "{}\n"), "unknown");
	conf.mail_queue = put("queue", arena_printf(own, LETTER, ASKED - 60));
	T_TEXT("without the last line", look("services.mail"), "unknown");
	T_HAS("it is said", harness_item(&h, "services.mail", NULL)->summary,
	    "does not say when it was asked");
	conf.mail_queue = put("queue", "{\"queue_id\": \"A\", \"arrival_t");
	T_TEXT("cut", look("services.mail"), "unknown");
	conf.mail_queue = put("queue", "");
	T_TEXT("empty, as nobody ends it", look("services.mail"), "unknown");
	conf.mail_queue = "/nosuch/file";
	T_TEXT("not there", look("services.mail"), "unknown");
	mail_parse("{\"asked_at\": 1e300}\n", own, &m);
	T_TRUE("a moment past all calendars is none", m.asked == INSTANT_NONE);
	mail_parse("{\"queue_id\": \"A\"}\n{\"arrival_time\": 5}\n[1]\n", own, &m);
	T_INT("letters without what they must have", m.bad, 3);
}

/* ---- entries, limits */

static void
entries(void)
{
	struct services_job j;
	struct err e = { 0 };
	char name[SERVICES_NAME_MAX + 2];
	struct units u = { .n = 0 };
	char *text = arena_alloc(own, (UNITS_MAX + 1) * 8 + 1), *to = text;

	T_INT("a name and a span", services_job("backup.timer 26h", own, &j, &e), 0);
	T_INT("its span", j.most == 26 * SPAN_H, 1);
	T_INT("no span", services_job("backup.timer", own, &j, &e), -1);
	T_INT("no time", services_job("backup.timer 0s", own, &j, &e), -1);
	T_INT("no unit of time", services_job("backup.timer 26", own, &j, &e), -1);
	T_INT("no name", services_job(" 26h", own, &j, &e), -1);
	memset(name, 'n', sizeof(name));
	name[SERVICES_NAME_MAX] = '\0';
	T_INT("a name as long as it may be",
	    services_job(arena_printf(own, "%s 1h", name), own, &j, &e), 0);
	T_INT("one byte longer", services_job(arena_printf(own, "%sn 1h", name), own, &j, &e), -1);
	T_TEXT("a name without its kind", services_units("lims", own).v[0], "lims.service");
	T_TEXT("with it", services_units("lims.socket", own).v[0], "lims.socket");
	T_INT("one of two", services_units("a|b", own).n, 2);
	for (int i = 0; i < UNITS_MAX; i++)
		to = stpcpy(to, "Id=a\n\n");
	units_parse(text, own, &u);
	T_INT("as many units as there may be", u.n, UNITS_MAX);
	T_INT("none is left out", u.bad, 0);
	u = (struct units){ .n = 0 };
	stpcpy(to, "Id=a\n\n");
	units_parse(text, own, &u);
	T_INT("one more is counted", u.bad, 1);
}

int
main(void)
{
	setenv("TZ", "UTC0", 1);
	harness_init(&h);
	own = arena_new((size_t)256 << 20);
	if (mkdtemp(folder) == NULL || (dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
		abort();
	each_alarm();
	services();
	timers();
	days();
	letters();
	entries();
	unlinkat(dir, "units", 0);
	unlinkat(dir, "queue", 0);
	close(dir);
	rmdir(folder);
	arena_free(own);
	harness_fini(&h);
	return t_end();
}
