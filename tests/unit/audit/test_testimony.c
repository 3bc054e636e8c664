/* SPDX-License-Identifier: Apache-2.0
 *
 * Stops of recording and the starts that end them, losses added up: what is told, what is ordinary.
 */
#include "probes/audit/audit.h"
#include "probes/audit/testimony.h"

#include "tests/t.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A log of auditd in short: "58@10" is number 58 at second 10, "E@11" a DAEMON_END, "S@12" a
 * DAEMON_START, "D@11" a SYSTEM_SHUTDOWN, "F@9" and "N@9" the kernel's switch audit_enabled
 * (off, on); the last three have the number before plus one. "b/" before a record: of the computer
 * b. */
static const struct {
	const char *name, *log;
	int breaks, off; /* interruptions told; recorders that are off at the end */
	uint64_t count;  /* numbers missing in the last interruption */
	bool died;
} cases[] = {
	{ "nothing happened", "1@1 2@2 3@3", 0, 0, 0, false },
	{ "off, and it stays so", "1@1 E@2", 0, 1, 0, false },
	{ "off and on, 400 numbers meanwhile", "1299@1 E@2 S@2400 1700@2401", 1, 0, 400, false },
	{ "an update of auditd", "9@1 E@2 S@3 10@4", 0, 0, 0, false },
	{ "the longest update", "9@1 E@2 S@61 10@62", 0, 0, 0, false },
	{ "one second more", "9@1 E@2 S@62 10@63", 1, 0, 0, false },
	{ "an update that lost one", "9@1 E@2 S@3 11@4", 1, 0, 1, false },
	{ "a reboot", "900@1 E@2 S@100 4@101", 0, 0, 0, false },
	{ "a reboot after a kill", "900@1 S@100 4@101", 0, 0, 0, false },
	{ "killed and started again", "900@1 S@100 950@101", 1, 0, 49, true },
	{ "killed, and nothing was lost", "900@1 S@100 901@101", 0, 0, 0, false },
	{ "a start at the top of a log", "S@100 4@101 5@102", 0, 0, 0, false },
	{ "the machine goes down", "900@1 D@2 E@3", 0, 0, 0, false },
	{ "and comes back", "900@1 D@2 E@3 S@99999 4@99999", 0, 0, 0, false },
	{ "it said so, but never went down", "900@1 D@2 E@3 S@999 999@1000", 1, 0, 97, false },
	{ "numbers wrap at 2^32", "4294967295@1 E@2 S@99 1@100", 1, 0, 1, false },
	{ "the kernel's switch", "1@1 F@2 N@3", 1, 0, 0, false },
	{ "the switch, and it stays off", "1@1 F@2", 0, 1, 0, false },
	{ "what the same event still says", "1@1 F@2 2@4", 0, 1, 0, false },
	{ "a record of a system call after it", "1@1 F@2 3@5", 1, 0, 0, false },
	{ "of another computer", "1@1 F@2 b/2@5", 0, 1, 0, false },
	{ "another computer starts", "9@1 b/7@1 E@2 b/S@900 b/9@901", 1, 1, 1, true },
	{ "off twice", "1@1 E@2 S@99 2@100 E@200 S@300 3@301", 2, 0, 0, false },
};

static void
hear(struct testimony *t, enum format format, const char *line, instant now)
{
	struct testimony_record r = { line, strlen(line), format, NULL, { 1, 2, 3 }, now, true };
	struct record_info info;
	struct scanner s;

	scanner_init(
	    &s, format, &(struct audit_conf){ .format = "auto", .time_format = "auto" }, 2026);
	scanner_take(&s, line, strlen(line), &info);
	r.info = &info;
	testimony_take(t, &r);
}

/* The record that a token stands for; serial is the newest number of the kernel. */
static void
spell(const char *p, unsigned long *serial, char line[160])
{
	const char *node = p[1] == '/' ? "node=b " : "", *what = p[1] == '/' ? p + 2 : p;
	unsigned long at = strtoul(strchr(what, '@') + 1, NULL, 10);

	if (what[0] == 'E' || what[0] == 'S') {
		snprintf(line, 160, "%stype=DAEMON_%s msg=audit(%lu.000:77): auid=5", node,
		    what[0] == 'E' ? "END" : "START", at);
		return;
	}
	*serial = what[0] >= 'A' ? *serial + 1 : strtoul(what, NULL, 10);
	if (what[0] == 'D')
		snprintf(line, 160, "%stype=SYSTEM_SHUTDOWN msg=audit(%lu.000:%lu): x", node, at,
		    *serial);
	else if (what[0] >= 'A')
		snprintf(line, 160,
		    "%stype=CONFIG_CHANGE msg=audit(%lu.000:%lu): audit_enabled=%d old=%d res=1",
		    node, at, *serial, what[0] == 'N', what[0] == 'F');
	else
		snprintf(line, 160, "%stype=SYSCALL msg=audit(%lu.000:%lu): x", node, at, *serial);
}

static int
how_many_off(const struct testimony *t, instant now)
{
	int off = 0;

	for (size_t i = 0; i < t->nrecorders; i++)
		off += testimony_off_for(&t->recorders[i], now) > 0;
	return off;
}

static void
run(size_t i)
{
	struct testimony t = { 0 };
	const struct testimony_break *last;
	unsigned long serial = 0;
	instant now = 100000 * INSTANT_S;
	char line[160];

	for (const char *p = cases[i].log; p != NULL; p = strchr(p, ' ')) {
		p += *p == ' ';
		spell(p, &serial, line);
		hear(&t, FORMAT_AUDITD, line, now);
	}
	testimony_settle(&t, now + 2 * TESTIMONY_SETTLE);
	last = &t.breaks[t.nbreaks == 0 ? 0 : t.nbreaks - 1];
	T_INT(cases[i].name, t.nbreaks, cases[i].breaks);
	T_INT(cases[i].name, how_many_off(&t, now + 1), cases[i].off);
	T_INT(cases[i].name, last->count, cases[i].count);
	T_INT(cases[i].name, last->r.died, cases[i].died);
}

#define RSYSLOG " lims rsyslogd: [origin software=\"rsyslogd\" x-pid=\"7\"] "

/* A syslog in short: each line with the hour's minutes and seconds. */
static const struct {
	const char *name;
	const char *lines[4];
	int breaks, off;
} syslogs[] = {
	{ "rsyslog is updated",
	    { "10:00" RSYSLOG "exiting on signal 15.", "10:59" RSYSLOG "start",
		"20:00 lims app: x" },
	    0, 0 },
	{ "it was off for longer",
	    { "10:00" RSYSLOG "exiting on signal 15.", "11:01" RSYSLOG "start",
		"20:00 lims app: x" },
	    1, 0 },
	{ "it is off", { "10:00" RSYSLOG "exiting on signal 15.", "20:00 lims app: x" }, 0, 1 },
	{ "a boot, whose lines come after it",
	    { "10:00" RSYSLOG "exiting on signal 15.", "12:00" RSYSLOG "start",
		"14:00 lims kernel: [    0.000000] Linux version 6.1.0" },
	    0, 0 },
	{ "one that came a second too late to explain it",
	    { "10:00" RSYSLOG "exiting on signal 15.", "12:00" RSYSLOG "start",
		"14:01 lims kernel: [    0.000000] Linux version 6.1.0" },
	    1, 0 },
	{ "a boot, whose lines come before it",
	    { "10:00" RSYSLOG "exiting on signal 15.",
		"12:00 lims kernel: [    0.000000] Linux version 6.1.0", "12:01" RSYSLOG "start" },
	    0, 0 },
	{ "the machine goes down",
	    { "10:00 lims systemd-logind[7]: System is powering down.",
		"10:00" RSYSLOG "exiting on signal 15.", "20:00 other app: x" },
	    0, 0 },
	{ "it went down and came up, and now it is off",
	    { "10:00 lims systemd-logind[7]: System is rebooting.",
		"12:00 lims kernel: Linux version 6.1.0", "20:00" RSYSLOG "exiting on signal 15." },
	    0, 1 },
	{ "the boot of another computer",
	    { "10:00" RSYSLOG "exiting on signal 15.", "12:00" RSYSLOG "start",
		"12:01 other kernel: Linux version 6.1.0", "20:00 other app: x" },
	    1, 0 },
};

static void
run_syslog(size_t i)
{
	struct testimony t = { 0 };
	instant now = 1798000000 * INSTANT_S; /* later than the records by far more than a zone */
	char line[200];

	for (size_t k = 0; k < 4 && syslogs[i].lines[k] != NULL; k++) {
		snprintf(line, sizeof(line), "2026-11-25T10:%s", syslogs[i].lines[k]);
		memmove(line + 20, line + 19, strlen(line + 19) + 1);
		line[19] = 'Z';
		hear(&t, FORMAT_PLAIN, line, now);
	}
	testimony_settle(&t, now + 1);
	T_INT(syslogs[i].name, t.nbreaks, syslogs[i].breaks);
	T_INT(syslogs[i].name, how_many_off(&t, now), syslogs[i].off);
}

static void
losses(void)
{
	struct testimony t = { 0 };

	hear(&t, FORMAT_PLAIN,
	    "2026-11-25T10:00:00Z h rsyslogd: a: begin to drop messages due to "
	    "rate-limiting",
	    1);
	T_INT("it began", t.loss[FROM_RSYSLOG].times, 1);
	T_INT("how many is not known", t.loss[FROM_RSYSLOG].count, 0);
	hear(&t, FORMAT_PLAIN,
	    "2026-11-25T10:00:09Z h rsyslogd: a: 7 messages lost due to "
	    "rate-limiting",
	    1);
	hear(&t, FORMAT_PLAIN,
	    "2026-11-25T10:00:19Z h rsyslogd: a: 5 messages lost due to "
	    "rate-limiting",
	    1);
	T_INT("added up", t.loss[FROM_RSYSLOG].count, 12);
	hear(&t, FORMAT_PLAIN,
	    "2026-11-25T10:00:20Z h kernel: audit: audit_lost=7 "
	    "audit_rate_limit=0 audit_backlog_limit=64",
	    1);
	hear(&t, FORMAT_PLAIN,
	    "2026-11-25T10:00:21Z h kernel: audit: audit_lost=9 "
	    "audit_rate_limit=0 audit_backlog_limit=64",
	    1);
	T_INT("a sum since the start is not added up", t.loss[FROM_AUDIT].count, 9);
	T_TRUE("when", t.loss[FROM_RSYSLOG].last - t.loss[FROM_RSYSLOG].first == 19 * INSTANT_S);
}

/* Nothing comes after a start of auditd for a long time, and then a number. */
static void
late_number(void)
{
	static const struct {
		const char *name, *log;
		size_t at_once, later;
		uint64_t count;
	} starts[] = {
		{ "an update that lost two", "9@1 E@2 S@3", 0, 1, 2 },
		{ "killed, and lost two", "9@1 S@300", 0, 1, 2 },
		{ "off for long", "9@1 E@2 S@300", 1, 1, 0 },
	};

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		struct testimony t = { 0 };
		unsigned long serial = 0;
		char line[160];

		for (const char *p = starts[i].log; p != NULL; p = strchr(p, ' ')) {
			p += *p == ' ';
			spell(p, &serial, line);
			hear(&t, FORMAT_AUDITD, line, 1000 * INSTANT_S);
		}
		testimony_settle(&t, 9000 * INSTANT_S);
		T_INT(starts[i].name, t.nbreaks, starts[i].at_once);
		spell("12@8000", &serial, line);
		hear(&t, FORMAT_AUDITD, line, 9000 * INSTANT_S);
		T_INT(starts[i].name, t.nbreaks, starts[i].later);
		T_INT(starts[i].name, t.breaks[0].count, starts[i].count);
	}
}

/* Records of an older file count as far as losses go; they neither stop nor start anything. */
static void
older_file(void)
{
	static const char end[] = "type=DAEMON_END msg=audit(5.000:7): auid=5";
	struct record_info info = {
		.has_time = true, .zoned = true, .at = 5 * INSTANT_S, .own_counter = true
	};
	struct testimony_record r = { end, sizeof(end) - 1, FORMAT_AUDITD, &info, { 1, 2, 3 },
		9 * INSTANT_S, false };
	struct testimony t = { 0 };

	testimony_take(&t, &r);
	T_INT("nothing is off", t.nrecorders, 0);
	r.in_order = true;
	testimony_take(&t, &r);
	T_INT("in its place it is", how_many_off(&t, 9 * INSTANT_S), 1);
}

/* One computer more than there is room for: one that is off stays, as long as others are not. */
static void
many(void)
{
	struct testimony t = { 0 };
	char line[160];

	hear(&t, FORMAT_AUDITD, "type=DAEMON_END msg=audit(5.000:7): auid=5", 9 * INSTANT_S);
	for (int i = 1; i <= TESTIMONY_RECORDERS; i++) {
		T_INT("room for one more", t.nrecorders, i);
		snprintf(line, sizeof(line), "node=h%d type=SYSCALL msg=audit(6.000:%d): x", i, i);
		hear(&t, FORMAT_AUDITD, line, 9 * INSTANT_S);
	}
	T_INT("no more", t.nrecorders, TESTIMONY_RECORDERS);
	T_INT("the one that is off is not forgotten", how_many_off(&t, 9 * INSTANT_S), 1);
	for (int i = 0; i <= TESTIMONY_BREAKS; i++) {
		T_INT("none too many yet", t.more, 0);
		snprintf(
		    line, sizeof(line), "type=DAEMON_END msg=audit(%d.000:7): x", 1000 * i + 9);
		hear(&t, FORMAT_AUDITD, line, 9 * INSTANT_S);
		snprintf(
		    line, sizeof(line), "type=DAEMON_START msg=audit(%d.000:7): x", 1000 * i + 99);
		hear(&t, FORMAT_AUDITD, line, 9 * INSTANT_S);
		snprintf(line, sizeof(line), "type=SYSCALL msg=audit(%d.000:%d): x", 1000 * i + 99,
		    i + 9);
		hear(&t, FORMAT_AUDITD, line, 9 * INSTANT_S);
	}
	T_INT("as many as there is room for", t.nbreaks, TESTIMONY_BREAKS);
	T_INT("the next is counted", t.more, 1);
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		run(i);
	for (size_t i = 0; i < sizeof(syslogs) / sizeof(syslogs[0]); i++)
		run_syslog(i);
	losses();
	late_number();
	older_file();
	many();
	return t_end();
}
