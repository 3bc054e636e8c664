/* SPDX-License-Identifier: Apache-2.0
 *
 * A whole look at a made-up computer, and each thing about it that is not right.
 */
#include "tests/unit/accounts/tree.h"

#include "probes/accounts/accounts.h"
#include "probes/accounts/etc.h"
#include "probes/accounts/logins.h"
#include "tests/probe_harness.h"
#include "tests/t.h"

#define NOW ((instant)1796000000 * INSTANT_S) /* 2026-11-30T00:53:20Z */
#define RECORDS 3

static struct harness h;
static struct clk_fake clk;
static const char *lab = "lab", *glass = "glass", *drill;
static struct accounts_conf conf;

static const char passwd[] = "root:x:0:0:root:/root:/bin/bash\n"
			     "anna:x:1001:1001::/home/anna:/bin/bash\n"
			     "bert:x:1002:27::/home/bert:/bin/bash\n"
			     "glass:x:1003:1003::/home/glass:/bin/bash\n"
			     "lab:x:1004:1004::/home/lab:/bin/bash\n";
static const char group[] = "root:x:0:\nsudo:x:27:anna,glass\ndocker:x:900:lab\n";
static const char shadow[] = "root:*:20000:0:99999:7:::\nanna:$y$a:20000:0:99999:7:::\n"
			     "bert:$y$b:20000:0:99999:7:::\nglass:$y$g:20000:0:99999:7:::\n"
			     "lab:$y$l:20000:0:99999:7:::\n";
static const char sudoers[] = "root ALL=(ALL:ALL) ALL\n%sudo ALL=(ALL:ALL) ALL\n"
			      "@includedir /etc/sudoers.d\n";

/* A record of wtmp: a login of that name so many days ago. */
static void
wtmp(const char *name, int days)
{
	unsigned char r[RECORDS][WTMP_RECORD] = { { 0 } };
	int32_t at = (int32_t)(NOW / INSTANT_S) - days * 86400;

	r[1][0] = 7; /* USER_PROCESS; the records before and behind are of no login */
	r[0][0] = 2;
	memcpy(r[1] + 44, name, strlen(name));
	memcpy(r[1] + 340, &at, sizeof(at));
	memcpy(r[0] + 340, &at, sizeof(at));
	tree_put("var/log/wtmp", r, sizeof(r));
}

static void
healthy(void)
{
	tree_text("etc/passwd", passwd);
	tree_text("etc/group", group);
	tree_text("etc/shadow", shadow);
	tree_text("etc/sudoers", sudoers);
	tree_text("etc/shells", "/bin/sh\n/bin/bash\n");
	tree_text("etc/nsswitch.conf", "passwd: files systemd\ngroup:  files [NOTFOUND=return]\n");
	wtmp("anna", 1);
	tree_without("etc/sudoers.d/carla");
	tree_without("etc/sudoers.d/old.bak");
	tree_without("var/log/lastlog");
	tree_without("var/lib/lastlog/lastlog2.db");
	tree_without("var/lib/wtmpdb/wtmp.db");
	drill = "glass 2026-11-20";
	conf = (struct accounts_conf){ .root = tree_root,
		.passwords = true,
		.emergency = { &glass, 1 },
		.drills = { &drill, 1 } };
}

/* The text with the first `from` in it replaced. */
static const char *
changed(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);

	if (at == NULL)
		abort();
	return arena_printf(h.arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

/* "finding" or "ok" or "unknown" of the first item of a rule that is not fine. */
static const char *
look(const char *rule)
{
	struct err e = { 0 };
	const char *found = "ok";

	harness_clear(&h);
	h.ctx.clk = &clk.clk;
	if (probe_run(&h.ctx, &conf, &e) < 0)
		return arena_text(h.arena, e.msg);
	for (size_t i = 0; i < h.nitems && strcmp(found, "ok") == 0; i++)
		if (strcmp(h.items[i].rule, rule) == 0 && h.items[i].state != ITEM_FINE)
			found = h.items[i].state == ITEM_FOUND ? h.items[i].finding : "unknown";
	return found;
}

#define ADMINS "accounts.admins"
#define EMERGENCY "accounts.emergency"
#define UNSAFE "accounts.unsafe"
#define LOGINS "accounts.logins"
#define SHARED "accounts.shared"

static void
all_well(void)
{
	static const char *const rules[] = { ADMINS, EMERGENCY, UNSAFE, LOGINS, SHARED };

	healthy();
	for (size_t i = 0; i < 5; i++)
		T_TEXT(rules[i], look(rules[i]), "ok");
	T_HAS("two people, one of them by his own group",
	    harness_item(&h, ADMINS, "administrators")->summary,
	    "2 of 5 accounts can be administrator here: anna, bert; 1 more can become it");
	T_HAS("who is told with the way and the last login",
	    harness_evidence(harness_item(&h, ADMINS, NULL), "accounts"),
	    "anna (sudo; last login 2026-11-29), bert (sudo; no login recorded)");
}

/* ---- administrators */

static void
admins(void)
{
	healthy();
	tree_text("etc/passwd", changed(passwd, ":27:", ":1002:"));
	T_TEXT("one person and an emergency account", look(ADMINS), "one");
	tree_text("etc/group", changed(group, "anna,glass", "anna"));
	T_TEXT("one person and none", look(ADMINS), "one-alone");
	tree_text("etc/group", changed(group, "anna,glass", ""));
	T_TEXT("nobody", look(ADMINS), "none");
	tree_text("etc/shadow", changed(shadow, "root:*", "root:$y$r"));
	T_TEXT("root with a password is one", look(ADMINS), "one-alone");
	healthy();
	conf.service = (struct texts){ (const char *[]){ "anna", "bert" }, 2 };
	T_TEXT("accounts of services only", look(ADMINS), "service-only");
	conf.service.n = 0;
	conf.most = 3;
	T_TEXT("as many as there may be", look(ADMINS), "ok");
	conf.most = 2;
	T_TEXT("one too many, by docker", look(ADMINS), "too-many");
	healthy();
	tree_text("etc/shadow", changed(shadow, "bert:$y$b", "bert:!$y$b"));
	T_TEXT("one is locked", look(ADMINS), "one");
	tree_text("etc/shadow",
	    changed(shadow, "bert:$y$b:20000:0:99999:7::", "bert:$y$b:20000:0:99999:7::20787"));
	T_TEXT("one expires today", look(ADMINS), "one");
	tree_text("etc/shadow",
	    changed(shadow, "bert:$y$b:20000:0:99999:7::", "bert:$y$b:20000:0:99999:7::20788"));
	T_TEXT("one expires tomorrow", look(ADMINS), "ok");
	healthy();
	tree_text("etc/shells", "/bin/sh\n");
	T_TEXT("a shell that is none here", look(ADMINS), "none");
}

static void
hidden(void)
{
	healthy();
	tree_text("etc/passwd", changed(passwd, ":27:", ":1002:"));
	tree_text("etc/sudoers", changed(sudoers, "%sudo", "bert OTHER=(ALL) ALL\n%sudo"));
	T_TEXT("too few, where a rule is not followed", look(ADMINS), "unknown");
	healthy();
	tree_text("etc/sudoers", changed(sudoers, "%sudo", "bert OTHER=(ALL) ALL\n%sudo"));
	T_TEXT("two are two, whatever else there is", look(ADMINS), "ok");
	T_HAS("and it is said", harness_item(&h, ADMINS, NULL)->summary, "At least 2 of 5");
	tree_text("etc/passwd", changed(passwd, ":27:", ":1002:"));
	tree_text("etc/sudoers", sudoers);
	tree_text("etc/sudoers.d/carla", "bert ALL=(ALL:ALL) NOPASSWD: ALL\n");
	T_TEXT("a rule of a file that is included", look(ADMINS), "ok");
	tree_without("etc/sudoers.d/carla");
	tree_text("etc/sudoers.d/old.bak", "bert ALL=(ALL:ALL) ALL\n");
	T_TEXT("one that sudo passes over", look(ADMINS), "one");
	tree_text("etc/passwd", changed(passwd, "anna:x:1001", "anna:x:"));
	T_TEXT("a line that is not understood", look(ADMINS), "unknown");
	healthy();
	tree_text("etc/nsswitch.conf", "passwd: files sss\n");
	T_TEXT("a directory that is not asked", look(ADMINS), "unknown");
	T_HAS("it is named", harness_item(&h, ADMINS, "directory")->summary, "(sss)");
	healthy();
	tree_text("etc/passwd", arena_printf(h.arena, "%s+::::::\n", passwd));
	T_TEXT("NIS, by a line of its own", look(ADMINS), "unknown");
	healthy();
	tree_without("etc/sudoers");
	T_TEXT("without sudo its group is no way", look(ADMINS), "none");
}

/* ---- the others */

static void
emergency(void)
{
	static const char *const none = "nosuch";

	healthy();
	conf.emergency.v = (const char **)(uintptr_t)&none;
	T_TEXT("missing", look(EMERGENCY), "missing");
	healthy();
	tree_text("etc/shadow", changed(shadow, "glass:$y$g", "glass:*"));
	T_TEXT("locked", look(EMERGENCY), "locked");
	tree_text("etc/shadow",
	    changed(shadow, "glass:$y$g:20000:0:99999:7::", "glass:$y$g:20000:0:99999:7::20787"));
	T_TEXT("expired", look(EMERGENCY), "expired");
	healthy();
	tree_text("etc/group", changed(group, "anna,glass", "anna"));
	T_TEXT("no rights", look(EMERGENCY), "no-rights");
	healthy();
	wtmp("glass", 2);
	T_TEXT("used in no test", look(EMERGENCY), "used");
	drill = "glass 2026-11-27 2026-11-28";
	T_TEXT("used in one", look(EMERGENCY), "ok");
	drill = "other 2026-11-27 2026-11-28";
	T_TEXT("used in another's", look(EMERGENCY), "used");
	healthy();
	conf.drills.n = 0;
	T_TEXT("never tested", look(EMERGENCY), "never");
	healthy();
	tree_without("var/log/wtmp");
	T_TEXT("whether it was used is not recorded", look(EMERGENCY), "unknown");
	healthy();
	conf.passwords = false;
	T_TEXT("whether it is locked is not looked at", look(EMERGENCY), "unknown");
}

/* So many seconds since the end of a test. */
static const char *
tested(long long ago)
{
	char from[INSTANT_TEXT], to[INSTANT_TEXT];

	instant_text(NOW - ago * INSTANT_S - 3600 * INSTANT_S, from);
	instant_text(NOW - ago * INSTANT_S, to);
	drill = arena_printf(h.arena, "glass %s %s", from, to);
	conf.drills = (struct texts){ (const char *[]){ arena_text(h.arena, drill) }, 1 };
	return look(EMERGENCY);
}

static void
ages(void)
{
	static const struct {
		const char *row;
		long long ago;
		const char *want;
	} rows[] = { { "a second before 75 days", 75LL * 86400 - 1, "ok" },
		{ "at 75 days", 75LL * 86400, "due" },
		{ "a second before 120 days", 120LL * 86400 - 1, "due" },
		{ "at 120 days", 120LL * 86400, "overdue" },
		{ "one that has not ended", -60, "ok" } };

	healthy();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		T_TEXT(rows[i].row, tested(rows[i].ago), rows[i].want);
}

static void
others(void)
{
	healthy();
	tree_text("etc/passwd", changed(passwd, "lab:x:1004", "toor:x:0"));
	T_TEXT("root by another name", look(UNSAFE), "second-root");
	healthy();
	tree_text("etc/shadow", changed(shadow, "lab:$y$l", "lab:"));
	T_TEXT("no password in shadow", look(UNSAFE), "empty-password");
	healthy();
	tree_text("etc/passwd", changed(passwd, "lab:x:", "lab::"));
	T_TEXT("no password in passwd", look(UNSAFE), "empty-password");
	healthy();
	tree_text(
	    "etc/sudoers", changed(sudoers, "%sudo", "lab ALL = NOPASSWD: /usr/bin/vi\n%sudo"));
	T_TEXT("an editor as root, without a password", look(UNSAFE), "command-to-root");
	healthy();
	tree_without("etc/shadow");
	T_TEXT("shadow is not there", look(UNSAFE), "unknown");
	T_TEXT("and administrators are told without it", look(ADMINS), "ok");
	T_HAS("with a note", harness_evidence(harness_item(&h, ADMINS, NULL), "passwords"),
	    "not looked at");
	healthy();
	conf.shared = (struct texts){ &lab, 1 };
	T_TEXT("a shared name", look(SHARED), "shared");
	wtmp("lab", 89);
	T_TEXT("used lately", look(SHARED), "shared-used");
	wtmp("lab", 90);
	T_TEXT("used long ago", look(SHARED), "shared");
}

/* ---- login times */

static void
logins(void)
{
	static unsigned char record[LASTLOG_RECORD * 1003] = { 0 };
	int32_t at = (int32_t)(NOW / INSTANT_S) - 86400;

	healthy();
	wtmp("anna", 89);
	T_TEXT("the newest is 89 days old", look(LOGINS), "ok");
	wtmp("anna", 90);
	T_TEXT("the newest is 90 days old", look(LOGINS), "silent");
	tree_put("var/log/wtmp", "", 0);
	T_TEXT("an empty file", look(LOGINS), "not-recorded");
	tree_without("var/log/wtmp");
	T_TEXT("none at all", look(LOGINS), "not-recorded");
	memcpy(record + (size_t)LASTLOG_RECORD * 1002, &at, sizeof(at));
	tree_put("var/log/lastlog", record, sizeof(record));
	T_TEXT("by lastlog", look(LOGINS), "ok");
	look(ADMINS);
	T_HAS("at the number of the account",
	    harness_evidence(harness_item(&h, ADMINS, NULL), "accounts"),
	    "anna (sudo; no login recorded), bert (sudo; last login 2026-11-29)");
	tree_put("var/log/lastlog", record, sizeof(record) - 1);
	T_TEXT("a record that is cut", look(LOGINS), "not-recorded");
	tree_copy("var/lib/lastlog/lastlog2.db", "lastlog2.db", h.arena);
	T_TEXT("by lastlog2", look(LOGINS), "ok");
	look(ADMINS);
	T_HAS("in seconds", harness_evidence(harness_item(&h, ADMINS, NULL), "accounts"),
	    "anna (sudo; last login 2026-11-27), bert (sudo; last login 2026-05-14)");
	tree_without("var/lib/lastlog/lastlog2.db");
	tree_copy("var/lib/wtmpdb/wtmp.db", "wtmp.db", h.arena);
	look(ADMINS);
	T_HAS("wtmpdb, in microseconds",
	    harness_evidence(harness_item(&h, ADMINS, NULL), "accounts"),
	    "anna (sudo; last login 2026-11-27), bert (sudo; no login recorded)");
	tree_text("var/lib/wtmpdb/wtmp.db", "SQLite format 3, or not");
	T_TEXT("a damaged database", look(LOGINS), "unknown");
}

/* ---- the real files, and limits */

static void
real(void)
{
	const char *admin;

	healthy();
	tree_copy("etc/passwd", "passwd", h.arena);
	tree_copy("etc/group", "group", h.arena);
	tree_copy("etc/sudoers.d/carla", "sudoers.d-carla", h.arena);
	tree_text("etc/shadow", "root:*:1::::::\nanna:$y$:1::::::\nbert:$y$:1::::::\n"
				"carla:$y$:1::::::\ndora:$y$:1::::::\nexp:$y$:1:::::2:\n"
				"locked:!$y$:1::::::\nempty::1::::::\n");
	conf.emergency.n = 0;
	T_TEXT("a real computer", look(ADMINS), "ok");
	admin = harness_item(&h, ADMINS, "administrators")->summary;
	T_HAS("without the expired and the locked one", admin,
	    "4 of 33 accounts can be administrator here: anna, bert, carla, empty; 1 more");
	T_TEXT("what is unsafe of it", look(UNSAFE), "second-root");
	T_TRUE("root's twin", harness_item(&h, UNSAFE, "toor") != NULL);
	T_TRUE("the empty one", harness_item(&h, UNSAFE, "empty") != NULL);
	T_INT("and no other", harness_count(&h, UNSAFE), 2);
}

static void
too_many(size_t n, size_t want, size_t bad)
{
	char *text = arena_alloc(h.arena, n * 24 + 1), *to = text;
	struct etc e = { .bad = 0 };

	for (size_t i = 0; i < n; i++)
		to += snprintf(to, 24, "u%zu:x:1:1:::\n", i);
	etc_passwd(text, h.arena, &e);
	T_INT("accounts", e.naccounts, want);
	T_INT("left out", e.bad, bad);
}

static void
limits(void)
{
	char name[ETC_NAME_MAX + 2];
	struct etc e = { .bad = 0 };
	struct err why = { 0 };
	struct accounts_drill d;

	too_many(ETC_LINES_MAX, ETC_LINES_MAX, 0);
	too_many(ETC_LINES_MAX + 1, ETC_LINES_MAX, 1);
	memset(name, 'n', sizeof(name));
	name[ETC_NAME_MAX] = '\0';
	etc_passwd(arena_printf(h.arena, "%s:x:1:1:::", name), h.arena, &e);
	T_INT("a name as long as it may be", e.naccounts, 1);
	etc_passwd(arena_printf(h.arena, "%sn:x:1:1:::", name), h.arena, &e);
	T_INT("one byte longer", e.bad, 1);
	etc_passwd("a:x:4294967296:1:::\nb:x:-1:1:::\nc:x::1:::\nd:x:1:1::", h.arena, &e);
	T_INT("numbers that are none, and a field too few", e.bad, 5);
	T_INT("a moment",
	    accounts_drill("g 2026-10-06T08:00:00Z 2026-10-06T09:00:00Z", h.arena, &d, &why), 0);
	T_INT("its length", instant_minus(d.to, d.from) == SPAN_H, 1);
	T_INT("no time", accounts_drill("g", h.arena, &d, &why), -1);
	T_INT(
	    "a word too many", accounts_drill("g 2026-10-06 2026-10-07 x", h.arena, &d, &why), -1);
	T_INT("turned round", accounts_drill("g 2026-10-09 2026-10-06", h.arena, &d, &why), -1);
	T_INT("a day begins with the first zone",
	    accounts_drill("g 2026-10-06", h.arena, &d, &why) == 0 &&
		instant_minus(d.to, d.from) == 50 * SPAN_H,
	    1);
}

int
main(void)
{
	harness_init(&h);
	clk_fake_init(&clk, NOW);
	tree_new();
	all_well();
	admins();
	hidden();
	emergency();
	ages();
	others();
	logins();
	real();
	limits();
	tree_end();
	harness_fini(&h);
	return t_end();
}
