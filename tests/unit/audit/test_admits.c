/* SPDX-License-Identifier: Apache-2.0
 *
 * What the programs that write logs say of the log itself: their lines as they write them, every
 * truncation of those, and the same words from somebody else.
 */
#include "probes/audit/admits.h"
#include "probes/audit/slice.h"

#include "tests/t.h"

#include <stdlib.h>
#include <string.h>

#define BSD "Nov 29 10:00:02 lims "
#define ISO "2026-11-29T10:00:02.123456+01:00 lims "
#define CHANGE "type=CONFIG_CHANGE msg=audit(1760000400.500:900): "

static const struct {
	const char *line;
	enum format format;
	enum admit what;
	enum admit_from from;
	uint64_t count;
} lines[] = {
	/* rsyslog 5 to 8.2512 */
	{ BSD "rsyslogd-2177: imuxsock lost 228 messages from pid 2547 due to rate-limiting",
	    FORMAT_RFC3164, ADMIT_LOST, FROM_RSYSLOG, 228 },
	{ BSD "rsyslogd-2177: imuxsock begins to drop messages from pid 2547 due to rate-limiting",
	    FORMAT_RFC3164, ADMIT_LOST, FROM_RSYSLOG, 0 },
	{ BSD "rsyslogd-2177: imjournal: 84667 messages lost due to rate-limiting", FORMAT_RFC3164,
	    ADMIT_LOST, FROM_RSYSLOG, 84667 },
	{ ISO "rsyslogd: imuxsock[pid: 57, name: /usr/bin/x]: 330 messages lost due to "
	      "rate-limiting (50 allowed within 2 seconds)",
	    FORMAT_PLAIN, ADMIT_LOST, FROM_RSYSLOG, 330 },
	{ ISO "rsyslogd[812]: imjournal from <lims:app>: begin to drop messages due to "
	      "rate-limiting",
	    FORMAT_PLAIN, ADMIT_LOST, FROM_RSYSLOG, 0 },
	{ "<46>1 " ISO "rsyslogd - - - imuxsock[pid 9]: 12 messages lost due to rate-limiting",
	    FORMAT_RFC5424, ADMIT_LOST, FROM_RSYSLOG, 12 },
	{ BSD "rsyslogd: [origin software=\"rsyslogd\" swVersion=\"8.2302.0\" x-pid=\"706\" "
	      "x-info=\"https://www.rsyslog.com\"] exiting on signal 15.",
	    FORMAT_RFC3164, ADMIT_OFF, FROM_RSYSLOG, 0 },
	{ BSD "rsyslogd: [origin software=\"rsyslogd\" swVersion=\"8.2302.0\" x-pid=\"708\" "
	      "x-info=\"https://www.rsyslog.com\"] start",
	    FORMAT_RFC3164, ADMIT_ON, FROM_RSYSLOG, 0 },
	{ BSD
	    "rsyslogd: [origin software=\"rsyslogd\" swVersion=\"4.2.0\" x-pid=\"936\"] (re)start",
	    FORMAT_RFC3164, ADMIT_ON, FROM_RSYSLOG, 0 },
	{ ISO "rsyslogd-2177:imuxsock[pid: 9, name: /usr/bin/x]: 350 messages lost due to "
	      "rate-limiting (50 allowed within 2 seconds)",
	    FORMAT_PLAIN, ADMIT_LOST, FROM_RSYSLOG, 350 },
	/* journald */
	{ BSD "systemd-journal[333]: Suppressed 102 messages from /system.slice/docker.service",
	    FORMAT_RFC3164, ADMIT_LOST, FROM_JOURNAL, 102 },
	{ ISO "systemd-journald[543]: Suppressed 14515 messages from app.service", FORMAT_PLAIN,
	    ADMIT_LOST, FROM_JOURNAL, 14515 },
	{ BSD "systemd-journald[120]: Forwarding to syslog missed 8 messages.", FORMAT_RFC3164,
	    ADMIT_LOST, FROM_JOURNAL, 8 },
	{ BSD "systemd-journal[1770]: Missed 1427 kernel messages", FORMAT_RFC3164, ADMIT_LOST,
	    FROM_JOURNAL, 1427 },
	{ BSD "systemd-journald[1]: Journal stopped", FORMAT_RFC3164, ADMIT_OFF, FROM_JOURNAL, 0 },
	{ BSD "systemd-journald[1]: Journal started", FORMAT_RFC3164, ADMIT_ON, FROM_JOURNAL, 0 },
	/* the kernel */
	{ BSD "kernel: printk: 7 messages suppressed.", FORMAT_RFC3164, ADMIT_LOST, FROM_KERNEL,
	    7 },
	{ BSD "kernel: [61620.978698] audit: audit_lost=42 audit_rate_limit=0 "
	      "audit_backlog_limit=64",
	    FORMAT_RFC3164, ADMIT_LOST, FROM_AUDIT, 42 },
	{ BSD "kernel: [ 1155.495428][ T5196] audit: backlog limit exceeded", FORMAT_RFC3164,
	    ADMIT_LOST, FROM_AUDIT, 0 },
	{ ISO "kernel: audit: rate limit exceeded", FORMAT_PLAIN, ADMIT_LOST, FROM_AUDIT, 0 },
	{ BSD "kernel: [   88.401597] audit: type=1305 audit(1589584951.198:89): op=set "
	      "audit_enabled=0 old=1 auid=0 ses=1 res=1",
	    FORMAT_RFC3164, ADMIT_OFF, FROM_AUDIT, 0 },
	{ BSD "kernel: [    0.000000] Linux version 6.1.0-28-amd64 (gcc)", FORMAT_RFC3164,
	    ADMIT_BOOT, FROM_KERNEL, 0 },
	{ BSD "systemd-logind[612]: System is powering down.", FORMAT_RFC3164, ADMIT_DOWN,
	    FROM_RSYSLOG, 0 },
	{ BSD "auditd[672]: Audit daemon is suspending logging due to low disk space.",
	    FORMAT_RFC3164, ADMIT_LOST, FROM_AUDIT, 0 },
	/* auditd */
	{ CHANGE "op=set audit_enabled=0 old=1 auid=1001 ses=3 subj=unconfined res=1",
	    FORMAT_AUDITD, ADMIT_OFF, FROM_AUDIT, 0 },
	{ CHANGE "audit_enabled=0 old=2 auid=4294967295 ses=4294967295 res=1", FORMAT_AUDITD,
	    ADMIT_OFF, FROM_AUDIT, 0 },
	{ CHANGE "op=set audit_enabled=1 old=0 auid=0 ses=1 res=1", FORMAT_AUDITD, ADMIT_ON,
	    FROM_AUDIT, 0 },
	{ CHANGE "op=set lost=0 old=37 auid=0 ses=1 res=1", FORMAT_AUDITD, ADMIT_LOST, FROM_AUDIT,
	    37 },
	{ "type=DAEMON_END msg=audit(1450876093.165:8729): auditd normal halt, sending auid=0 "
	  "pid=1 subj= res=success",
	    FORMAT_AUDITD, ADMIT_OFF, FROM_AUDITD, 0 },
	{ "node=web type=DAEMON_END msg=audit(1687960940.969:70): op=terminate auid=1000 pid=9 "
	  "subj=? res=success",
	    FORMAT_AUDITD, ADMIT_OFF, FROM_AUDITD, 0 },
	{ "type=DAEMON_ABORT msg=audit(1339336882.189:9206): auditd error halt, auid=4294967295 "
	  "pid=3095 res=failed",
	    FORMAT_AUDITD, ADMIT_OFF, FROM_AUDITD, 0 },
	{ "type=DAEMON_START msg=audit(1687960942.009:5986): op=start ver=3.0.9 format=enriched "
	  "res=success",
	    FORMAT_AUDITD, ADMIT_ON, FROM_AUDITD, 0 },
	{ "type=SYSTEM_SHUTDOWN msg=audit(1687960942.009:86): pid=1 uid=0 auid=0 ses=1 msg='x'",
	    FORMAT_AUDITD, ADMIT_DOWN, FROM_AUDITD, 0 },
	/* the Windows firewall */
	{ "2005-04-11 08:52:26 INFO-EVENTS-LOST - - - - - - - - - - - - 59 -", FORMAT_PLAIN,
	    ADMIT_LOST, FROM_FIREWALL, 59 },
	{ "2005-04-11 08:52:26 INFO-EVENTS-LOST - - - - - - - - - - - - - -", FORMAT_PLAIN,
	    ADMIT_LOST, FROM_FIREWALL, 0 },
};

/* The words of somebody else, or of the program about something else. */
static const struct {
	const char *line;
	enum format format;
} others[] = {
	{ BSD "app[7]: imuxsock lost 228 messages from pid 2547 due to rate-limiting",
	    FORMAT_RFC3164 },
	{ BSD "app: rsyslogd: imjournal: 7 messages lost due to rate-limiting", FORMAT_RFC3164 },
	{ BSD "kernel: Suppressed 102 messages from root", FORMAT_RFC3164 },
	{ BSD "rsyslogd: Journal stopped", FORMAT_RFC3164 },
	{ BSD "sshd[7]: Suppressed 102 messages from root", FORMAT_RFC3164 },
	{ BSD "rsyslog: imjournal: 7 messages lost due to rate-limiting", FORMAT_RFC3164 },
	{ BSD "rsyslogd: imjournal: messages lost due to rate-limiting", FORMAT_RFC3164 },
	{ BSD "rsyslogd: [origin software=\"rsyslogd\" x-pid=\"7\"] rsyslogd was HUPed",
	    FORMAT_RFC3164 },
	{ BSD "systemd-journald[9]: Runtime Journal (/run/log/journal/x) is 8.0M", FORMAT_RFC3164 },
	{ BSD "kernel: net_ratelimit: 23807 callbacks suppressed", FORMAT_RFC3164 },
	{ BSD "kernel: eth0: 7 packets lost", FORMAT_RFC3164 },
	{ BSD "kernel: [   88.4] audit: type=1300 audit(1.1:89): audit_enabled=0 old=1 res=1",
	    FORMAT_RFC3164 },
	{ BSD "auditd[672]: Audit daemon rotating log files", FORMAT_RFC3164 },
	{ CHANGE "op=set audit_enabled=0 old=1 auid=1001 ses=3 res=0", FORMAT_AUDITD },
	{ CHANGE "op=set audit_enabled=0 old=0 auid=1001 ses=3 res=1", FORMAT_AUDITD },
	{ CHANGE "op=set audit_backlog_limit=8192 old=64 auid=0 ses=1 res=1", FORMAT_AUDITD },
	{ CHANGE "op=add_rule key=\"xaudit_enabled=0\" old=1 res=1", FORMAT_AUDITD },
	{ CHANGE "op=set lost=0 old=0 auid=0 ses=1 res=1", FORMAT_AUDITD },
	{ "type=DAEMON_ROTATE msg=audit(1.123:8): op=rotate-logs auid=0 res=success",
	    FORMAT_AUDITD },
	{ "type=USER_CMD msg=audit(1.123:8): cmd=\"type=DAEMON_END \"", FORMAT_AUDITD },
	{ "2026-11-29 10:00:00 app lost 59 events", FORMAT_PLAIN },
	{ "{\"message\":\"rsyslogd: imjournal: 7 messages lost due to rate-limiting\"}",
	    FORMAT_JSONL },
	{ "", FORMAT_PLAIN },
};

static void
known(void)
{
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct admission a;

		T_TRUE(lines[i].line,
		    admits_read(lines[i].format, lines[i].line, strlen(lines[i].line), &a));
		T_INT(lines[i].line, a.what, lines[i].what);
		T_INT(lines[i].line, a.from, lines[i].from);
		T_INT(lines[i].line, a.count, lines[i].count);
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		struct admission a;

		T_TRUE(others[i].line,
		    !admits_read(others[i].format, others[i].line, strlen(others[i].line), &a));
	}
}

/* A line that is cut reads nothing past its end (the sanitizers look), and never tells more than
 * the whole one. */
static void
cut(void)
{
	size_t wrong = 0;

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		for (size_t n = 0; n < strlen(lines[i].line); n++)
			for (int f = FORMAT_AUDITD; f < FORMAT_N; f++) {
				char *part = malloc(n + 1);
				struct admission a;

				memcpy(part, lines[i].line, n);
				part = realloc(part, n > 0 ? n : 1);
				if (admits_read((enum format)f, part, n, &a) &&
				    (a.count > lines[i].count || a.from >= FROM_N))
					wrong++;
				free(part);
			}
	T_INT("no truncation tells more", wrong, 0);
}

static void
limits(void)
{
	static const char words[] = ": 7 messages lost due to rate-limiting";
	static const char start[] = "Nov 29 10:00:02 lims rsyslogd: ";
	char line[ADMITS_TEXT + 1];
	struct admission a;
	struct slice s;
	uint64_t v;

	memset(line, 'x', sizeof(line));
	memcpy(line, start, sizeof(start) - 1);
	memcpy(line + ADMITS_TEXT - (sizeof(words) - 1), words, sizeof(words) - 1);
	T_TRUE("the last byte that is looked at",
	    admits_read(FORMAT_RFC3164, line, ADMITS_TEXT, &a) && a.count == 7);
	memcpy(line + ADMITS_TEXT - (sizeof(words) - 1) + 1, words, sizeof(words) - 1);
	T_TRUE("one byte further", !admits_read(FORMAT_RFC3164, line, ADMITS_TEXT + 1, &a));
	s = (struct slice){ "9999999999999999999", 19 };
	T_TRUE("a number of 19 digits", slice_number(&s, &v) && v == 9999999999999999999u);
	s = (struct slice){ "10000000000000000000", 20 };
	T_TRUE("one of 20", !slice_number(&s, &v) && v == 0);
	memset(line, 'x', sizeof(line));
	line[SLICE_WORD_MAX - 1] = ' ';
	s = (struct slice){ line, sizeof(line) };
	T_INT("the longest word", slice_word(&s).n, SLICE_WORD_MAX - 1);
	line[SLICE_WORD_MAX - 1] = 'x';
	line[SLICE_WORD_MAX] = ' ';
	s = (struct slice){ line, sizeof(line) };
	T_INT("a longer one", slice_word(&s).n, 0);
}

static void
who(void)
{
	static const char a1[] =
	    "node=web type=DAEMON_END msg=audit(1.123:7): op=x auid=1000 pid=1";
	static const char none[] = "type=DAEMON_END msg=audit(1.123:7): op=x auid=4294967295 pid=1";
	struct admission a, b;

	T_TRUE("with a name", admits_read(FORMAT_AUDITD, a1, strlen(a1), &a));
	T_INT("whose account asked for it", a.user, 1000);
	T_TRUE("the same computer", a.node == admits_node(a1, strlen(a1)) && a.node != 0);
	T_TRUE("without one", admits_read(FORMAT_AUDITD, none, strlen(none), &b));
	T_INT("nobody's account", b.user, ADMITS_USER_NONE);
	T_INT("no name", b.node, 0);
}

int
main(void)
{
	known();
	cut();
	limits();
	who();
	return t_end();
}
