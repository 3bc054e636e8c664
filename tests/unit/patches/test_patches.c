/* SPDX-License-Identifier: Apache-2.0
 *
 * Whole looks at the made-up computers that show each alarm, and at the ages where levels begin.
 */
#include "base/file.h"
#include "probes/patches/memory.h"
#include "probes/patches/patches.h"
#include "tests/probe_harness.h"
#include "tests/t.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define PROVE "probes/patches/prove"

static struct harness h;
static struct clk_fake clk;
static struct arena *own;
static struct patches_conf conf;
static char folder[] = "/tmp/test_patches.XXXXXX";
static int state;

static const char *
text_of(const char *path)
{
	char *text;
	size_t n;

	return file_read(AT_FDCWD, path, FILE_FOLLOW, (size_t)1 << 20, own, &text, &n,
		   &(struct err){ 0 }) == 0
		   ? text
		   : NULL;
}

static instant
moment(const char *text)
{
	char *copy = arena_text(own, text);
	instant t;

	copy[strcspn(copy, "\n")] = '\0';
	if (instant_parse(copy, &t, &(struct err){ 0 }) < 0)
		abort();
	return t;
}

/* The computer of a folder below PROVE, as its check.conf has it. */
static void
computer(const char *key)
{
	const char *root = arena_printf(own, PROVE "/%s", key), *options;

	options = text_of(arena_printf(own, "%s/check.conf", root));
	conf = (struct patches_conf){ .root = root,
		.simulation = arena_printf(own, "%s/apt-get.txt", root),
		.due = 30 * SPAN_DAY,
		.overdue = 45 * SPAN_DAY,
		.stop_after = 90 * SPAN_DAY,
		.lts = strstr(options, "lts = true") != NULL };
	if (strstr(options, "simulation_all") != NULL)
		conf.simulation_all = arena_printf(own, "%s/apt-get-all.txt", root);
	clk_fake_init(&clk, moment(text_of(arena_printf(own, "%s/at", root))));
}

static void
remember(const char *text)
{
	unlinkat(state, MEMORY_FILE, 0);
	if (text != NULL && file_replace(state, MEMORY_FILE, 0600, text, strlen(text), NULL) < 0)
		abort();
}

/* The finding of the first item of the rule that is not fine, "unknown" or "ok". */
static const char *
look(const char *rule)
{
	struct err e = { 0 };
	const char *found = "ok";

	harness_clear(&h);
	h.ctx.clk = &clk.clk;
	h.ctx.state_fd = state;
	if (probe_run(&h.ctx, &conf, &e) < 0)
		return arena_text(own, e.msg);
	for (size_t i = 0; i < h.nitems && strcmp(found, "ok") == 0; i++)
		if (strcmp(h.items[i].rule, rule) == 0 && h.items[i].state != ITEM_FINE)
			found = h.items[i].state == ITEM_FOUND ? h.items[i].finding : "unknown";
	return found;
}

/* Each folder shows its finding; where it takes two looks, the first one shows nothing. */
static void
each_alarm(void)
{
	DIR *d = opendir(PROVE);
	struct dirent *entry;
	size_t n = 0;

	while (d != NULL && (entry = readdir(d)) != NULL) {
		char *rule = arena_text(own, entry->d_name), *finding = strchr(rule, '+');
		const char *first;

		if (finding == NULL)
			continue;
		*finding++ = '\0';
		computer(entry->d_name);
		remember(NULL);
		first = text_of(arena_printf(own, "%s/look1/at", conf.root));
		if (first != NULL) {
			instant later = clk.clk.wall(&clk.clk);

			clk_fake_init(&clk, moment(first));
			look(rule);
			T_TEXT("the first look shows nothing", look(rule), "ok");
			clk_fake_init(&clk, later);
		}
		T_TEXT(entry->d_name, look(rule), finding);
		n++;
	}
	if (d != NULL)
		closedir(d);
	T_INT("alarms shown", n, 22);
}

/* ---- ages, by what was seen so many seconds ago */

static const char *
waiting_for(const char *what, const char *rule, long long seconds)
{
	remember(arena_printf(own, MEMORY_HEAD "%lld %s\n",
	    (long long)(clk.clk.wall(&clk.clk) - seconds * INSTANT_S), what));
	return look(rule);
}

#define DAYS(n) ((n)*86400LL)

static void
ages(void)
{
	computer("patches.age+due");
	T_TEXT("a second before 30 days",
	    waiting_for("ca-certificates", "patches.age", DAYS(30) - 1), "ok");
	T_TEXT("at 30 days", waiting_for("ca-certificates", "patches.age", DAYS(30)), "due");
	T_TEXT("a second before 45", waiting_for("ca-certificates", "patches.age", DAYS(45) - 1),
	    "due");
	T_TEXT("at 45", waiting_for("ca-certificates", "patches.age", DAYS(45)), "overdue");
	T_TEXT("a second before 90", waiting_for("ca-certificates", "patches.age", DAYS(90) - 1),
	    "overdue");
	T_TEXT("at 90", waiting_for("ca-certificates", "patches.age", DAYS(90)), "dangerous");
	T_HAS("with both bounds", harness_item(&h, "patches.age", NULL)->summary,
	    "1 security update waits, the oldest (ca-certificates) for at least 90 days, at most "
	    "121 days");
	T_TEXT("what does not wait any more is forgotten",
	    waiting_for("zip", "patches.age", DAYS(99)), "ok");
	T_TRUE("in the file too",
	    strstr(text_of(arena_printf(own, "%s/" MEMORY_FILE, folder)), "zip") == NULL);
	computer("patches.reboot+due");
	T_TEXT("a restart: before 7 days",
	    waiting_for(MEMORY_REBOOT, "patches.reboot", DAYS(7) - 1), "ok");
	T_TEXT("at 7", waiting_for(MEMORY_REBOOT, "patches.reboot", DAYS(7)), "due");
	T_TEXT("at 14", waiting_for(MEMORY_REBOOT, "patches.reboot", DAYS(14)), "overdue");
	T_TEXT("at 30", waiting_for(MEMORY_REBOOT, "patches.reboot", DAYS(30)), "overdue-long");
	remember("another program's file\n");
	computer("patches.age+due");
	T_TEXT("a memory that is not ours", look("patches.age"), "unknown");
	remember(NULL);
}

/* The list is of 29 November 02:53; the moment is so many seconds after it. */
static const char *
list_after(long long seconds)
{
	computer("patches.support+lts-only");
	clk_fake_init(&clk, moment("2026-11-29T02:53:00Z") + seconds * INSTANT_S);
	return look("patches.lists");
}

static void
lists(void)
{
	T_TEXT("a second before 3 days", list_after(DAYS(3) - 1), "ok");
	T_TEXT("at 3", list_after(DAYS(3)), "due");
	T_TEXT("at 7", list_after(DAYS(7)), "old");
	T_TEXT("a second before 14", list_after(DAYS(14) - 1), "old");
	T_TEXT("updates are still told then", look("patches.age"), "ok");
	T_TEXT("at 14", list_after(DAYS(14)), "stale");
	T_TEXT("and then nothing is known of updates", look("patches.age"), "unknown");
	T_TEXT("in the future", list_after(-1), "unknown");
}

static void
with_os(const char *from, const char *to)
{
	struct err e = { 0 };
	int etc;
	char *text = arena_text(own, text_of(arena_printf(own, "%s/etc/os-release", conf.root)));
	char *at = strstr(text, from);

	text = arena_printf(own, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
	mkdirat(state, "etc", 0755);
	etc = openat(state, "etc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (etc < 0 || file_replace(etc, "os-release", 0644, text, strlen(text), &e) < 0)
		abort();
	close(etc);
	conf.root = folder;
}

/* Two lists of security updates (main and a mirror of it): the older one counts. */
static void
two_lists(void)
{
	static const char *const folders[] = { "var", "var/lib", "var/lib/apt",
		"var/lib/apt/lists" };
	static const char *const names[] = { "a_InRelease", "b_InRelease", "c_Release",
		"d_InRelease" };
	static const char *const texts[] = {
		"Label: Debian-Security\nSuite: x\nCodename: bookworm-security\nDate: Sun, 22 Nov "
		"2026 "
		"02:53:00 UTC\n",
		"Label: Debian-Security\nSuite: x\nCodename: bookworm-security\nDate: Sun, 29 Nov "
		"2026 "
		"02:53:00 UTC\n",
		/* of another release, and of no security archive: neither counts */
		"Label: Debian-Security\nSuite: x\nCodename: bullseye-security\nDate: Sun, 1 Nov "
		"2026 "
		"02:53:00 UTC\n",
		"Label: Debian\nSuite: x\nCodename: bookworm\nDate: Sun, 1 Nov 2026 02:53:00 UTC\n",
	};
	int lists;

	computer("patches.support+lts-only");
	with_os("12", "12");
	for (int i = 0; i < 4; i++)
		mkdirat(state, folders[i], 0755);
	lists = openat(state, folders[3], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	for (int i = 0; i < 4; i++)
		if (file_replace(lists, names[i], 0644, texts[i], strlen(texts[i]), NULL) < 0)
			abort();
	T_TEXT("the older of two", look("patches.lists"), "old");
	unlinkat(lists, names[0], 0);
	T_TEXT("the other one is new", look("patches.lists"), "ok");
	unlinkat(lists, names[1], 0);
	T_TEXT("none of this release", look("patches.lists"), "unknown");
	if (file_replace(lists, names[1], 0644, texts[1], strlen(texts[1]) - 30, NULL) < 0)
		abort();
	T_TEXT("one without its date", look("patches.lists"), "unknown");
	for (int i = 1; i < 4; i++)
		unlinkat(lists, names[i], 0);
	close(lists);
	for (int i = 3; i >= 0; i--)
		unlinkat(state, folders[i], AT_REMOVEDIR);
	unlinkat(state, "etc/os-release", 0);
	unlinkat(state, "etc", AT_REMOVEDIR);
}

static void
once(void)
{
	computer("patches.sources+ended");
	T_TEXT("a source without support", look("patches.sources"), "ended");
	T_INT("two packages of it are one item", harness_count(&h, "patches.sources"), 1);
}

/* ---- what is not known */

static void
unknown(void)
{
	computer("patches.support+lts-only");
	conf.simulation = "tests/data/sector/patches/kept-back-only.txt";
	T_TEXT("kept back, of an archive that is not known", look("patches.age"), "unknown");
	T_TEXT("nor by what", look("patches.blocked"), "unknown");
	conf.simulation = PROVE "/patches.age+due/at";
	T_TEXT("what is said is not understood", look("patches.age"), "unknown");
	conf.simulation = PROVE "/nosuch";
	T_TEXT("nothing is said", look("patches.age"), "unknown");
	T_TEXT("a restart and support are told all the same", look("patches.support"), "lts-only");
	conf.simulation = "tests/data/sector/patches/no-lists-looks-fine.txt";
	with_os("12", "14");
	T_TEXT("without lists it only looks fine", look("patches.age"), "unknown");
	T_TEXT("and there is no list", look("patches.lists"), "unknown");
	T_TEXT("no table of dates", look("patches.support"), "unknown");
	T_TEXT("no list of sources", look("patches.sources"), "unknown");
	T_TEXT("which kernel runs", look("patches.reboot"), "unknown");
	unlinkat(state, "etc/os-release", 0);
	unlinkat(state, "etc", AT_REMOVEDIR);
	computer("patches.support+lts-only");
	clk_fake_init(&clk, moment("2027-04-25T10:00:00Z"));
	conf.lts = true;
	T_TEXT("a table a year old", look("patches.support"), "unknown");
	clk_fake_init(&clk, moment("2027-04-25T09:59:59Z"));
	T_TEXT("a second younger", look("patches.support"), "ok");
}

static const char deferred[] = "The following upgrades have been deferred due to phasing:\n"
			       "  ca-certificates\n0 upgraded, 0 newly installed, 0 to remove and "
			       "1 not upgraded.\n";

static void
phased(void)
{
	computer("patches.blocked+held");
	T_TEXT("what is held waits too", waiting_for("ca-certificates", "patches.age", DAYS(45)),
	    "overdue");
	conf.simulation = arena_printf(own, "%s/phased", folder);
	if (file_replace(state, "phased", 0644, deferred, strlen(deferred), NULL) < 0)
		abort();
	T_TEXT("a rollout in steps is nobody's delay", look("patches.age"), "ok");
	T_TEXT("it is told beside",
	    harness_evidence(harness_item(&h, "patches.age", NULL), "in a rollout by steps"), "1");
	T_TEXT("and blocks nothing", look("patches.blocked"), "ok");
	unlinkat(state, "phased", 0);
}

int
main(void)
{
	harness_init(&h);
	own = arena_new((size_t)256 << 20);
	if (mkdtemp(folder) == NULL ||
	    (state = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
		abort();
	each_alarm();
	ages();
	lists();
	two_lists();
	once();
	unknown();
	phased();
	remember(NULL);
	close(state);
	rmdir(folder);
	arena_free(own);
	harness_fini(&h);
	return t_end();
}
