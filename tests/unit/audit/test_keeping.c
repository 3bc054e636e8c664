/* SPDX-License-Identifier: Apache-2.0
 *
 * How long records are kept: what the configurations of auditd and journald say, line by line and
 * cut short; and what is told against how long they must be kept.
 */
#include "probes/audit/assigned.h"
#include "probes/audit/keeping.h"
#include "probes/audit/kept_conf.h"

#include "tests/t.h"

#include <stdlib.h>

#define MB ((uint64_t)1 << 20)
#define GB ((uint64_t)1 << 30)
#define NOW (1000 * INSTANT_DAY)

static struct slice
slice_of(const char *text)
{
	return (struct slice){ text, strlen(text) };
}

static long long
seconds(const char *text)
{
	span d;

	return assigned_span(slice_of(text), &d) ? d / SPAN_S : -1;
}

static long long
bytes(const char *text)
{
	uint64_t n;

	return assigned_bytes(slice_of(text), &n) ? (long long)n : -1;
}

static void
values(void)
{
	T_INT("seconds", seconds("90"), 90);
	T_INT("a month", seconds("1month"), 2629800);
	T_INT("two of them", seconds("1year 2months"), 31557600 + 2 * 2629800);
	T_INT("with blanks", seconds("2 weeks  1 d"), 15 * 86400);
	T_INT("M is a month, m a minute", seconds("1M1m"), 2629860);
	T_INT("no unit of it", seconds("3 fortnights"), -1);
	T_INT("no number", seconds("week"), -1);
	T_INT("nothing", seconds(""), -1);
	T_INT("too long", seconds("300year"), -1);
	T_INT("as long as may be", seconds("292year"), 292LL * 31557600);
	T_INT("bytes", bytes("4096"), 4096);
	T_INT("with a unit", bytes("500M"), 500 * 1048576LL);
	T_INT("and a part", bytes("1.5G"), 1536 * 1048576LL);
	T_INT("in small letters with B", bytes("8kB"), 8192);
	T_INT("no unit of it", bytes("8X"), -1);
	T_INT("a share is none", bytes("10%"), -1);
	T_INT("too many", bytes("99E"), -1);
}

static void
read_auditd(struct kept_auditd *a, const char *text)
{
	kept_auditd_read(a, text, strlen(text));
}

static void
read_journald(struct kept_journald *j, const char *file, const char *text)
{
	kept_journald_read(j, file, text, strlen(text));
}

static const char auditd[] = "#\n# This file controls the audit daemon\n\nlocal_events = yes\n"
			     "log_file = /var/log/audit/audit.log\nMAX_LOG_FILE = 8\nnum_logs = 5\n"
			     "max_log_file_action = rotate\n##tcp_listen_port = 60\n";

static void
of_auditd(void)
{
	struct kept_auditd a;
	struct keeping_terms t;

	kept_auditd_read(&a, auditd, sizeof(auditd) - 1);
	t = kept_auditd(&a);
	T_TEXT("its log", a.log_file, "/var/log/audit/audit.log");
	T_INT("the line that says how many", a.line, 7);
	T_INT("all of it is understood", a.odd, 0);
	T_INT("older files: the log is one of them", t.files, 4);
	T_INT("of so many bytes", t.bytes, 8 * MB);
	read_auditd(&a, "num_logs = 1000\n");
	T_INT("more than auditd takes", a.odd, 1);
	read_auditd(&a, "num_logs = 999\nmax_log_file = 1\nmax_log_file_action = ROTATE\n");
	T_INT("as many as it takes", kept_auditd(&a).files, 998);
	read_auditd(&a, "num_logs = 9\nmax_log_file = 1\nmax_log_file_action = keep_logs\n");
	T_INT("none is deleted", kept_auditd(&a).files, KEEPING_ALL);
	read_auditd(&a, "\nmax_log_file_action = rotated\n");
	T_INT("no such action", a.odd, 2);
	read_auditd(&a, "num_logs = 1\nmax_log_file = 1\nmax_log_file_action = rotate\n");
	T_INT("a single one is never set aside", kept_auditd(&a).files, KEEPING_ALL);
	read_auditd(&a, "admin_space_left = 50\nadmin_space_left_action = SUSPEND\n");
	T_INT("room up to what it leaves free", kept_auditd_room(&a, 0, 80 * MB), 30 * MB);
	T_INT("none is left", kept_auditd_room(&a, 0, 40 * MB), 0);
	read_auditd(&a, "max_log_file = 8\nmax_log_file_action = suspend\n");
	T_INT("it stops at a size", kept_auditd_room(&a, 3 * MB, 80 * MB), 5 * MB);
	T_INT("or before, by the disk", kept_auditd_room(&a, 3 * MB, 2 * MB), 2 * MB);
	read_auditd(&a, "admin_space_left = 5%\nadmin_space_left =\n");
	T_INT("a share is passed over, nothing is none", a.odd, 2);
	for (size_t n = 0; n < sizeof(auditd); n++) {
		char *part = malloc(n + 1);

		if (part == NULL)
			abort();
		memcpy(part, auditd, n);
		kept_auditd_read(&a, part, n);
		T_TRUE("cut short", a.line <= 8 && a.files <= 5 && a.megabytes <= 8);
		free(part);
	}
}

static const char journald[] = "; comment\n[Journal]\n#Storage=auto\nSystemMaxUse=512M\n"
			       "MaxRetentionSec=1month\n[Other]\nSystemMaxUse=1M\n";

static void
of_journald(void)
{
	struct kept_journald j = { .files = 0 };
	struct keeping_terms t;

	t = kept_journald(&j, 100 * GB, 90 * GB, 0);
	T_INT("nothing said: at most 4 GB", t.total, 4 * GB);
	T_TRUE("that is of the disk", t.by_disk);
	t = kept_journald(&j, 10 * GB, 9 * GB, 0);
	T_INT("a tenth of a small disk", t.total, GB);
	t = kept_journald(&j, 10 * GB, 2 * GB, GB / 4);
	T_INT("what the disk has left", t.total, 768 * MB);
	t = kept_journald(&j, 10 * GB, GB, GB / 4);
	T_INT("and where it has none, the least", t.total, MB);
	kept_journald_read(&j, "a", journald, sizeof(journald) - 1);
	t = kept_journald(&j, 100 * GB, 90 * GB, 0);
	T_INT("said", t.total, 512 * MB);
	T_INT("and how long", t.age / SPAN_S, 2629800);
	T_TEXT("in which file", j.file, "a");
	T_INT("and line", j.line, 5);
	read_journald(&j, "b",
	    "[Journal]\nSystemMaxUse=1G\nSystemMaxFiles=2\n"
	    "SystemMaxFileSize=64M\n");
	t = kept_journald(&j, 100 * GB, 90 * GB, 0);
	T_INT("a drop-in is read last; as many files as it says", t.total, 128 * MB);
	T_TEXT("its line", j.file, "b");
	T_INT("nothing odd", j.odd, 0);
	read_journald(&j, "c", "[Journal]\nMaxRetentionSec=soon\n");
	T_INT("a value that is none", j.odd, 2);
	for (size_t n = 0; n < sizeof(journald); n++) {
		char *part = malloc(n + 1);

		if (part == NULL)
			abort();
		memcpy(part, journald, n);
		j = (struct kept_journald){ .files = 0 };
		kept_journald_read(&j, "d", part, n);
		T_TRUE("cut short", j.line <= 5 && j.max_use <= 512 * MB);
		free(part);
	}
}

/* rotate 4, weekly, against a year; the log was set aside two days ago. */
static struct keeping_terms weekly = {
	.program = "logrotate", .files = 4, .every = 7 * SPAN_DAY, .looks = SPAN_DAY
};
static struct keeping_seen seen = { .now = NOW,
	.retention = 365 * SPAN_DAY,
	.past = 2,
	.usual = 7 * SPAN_DAY,
	.aside = NOW - 2 * INSTANT_DAY,
	.eldest = NOW - 16 * INSTANT_DAY };

static double
in_days(instant at)
{
	return span_seconds(instant_minus(at, NOW)) / 86400;
}

static void
by_time(void)
{
	struct keeping_terms t = weekly;
	struct keeping_seen v = seen;
	struct keeping k;

	keeping_judge(&t, &v, &k);
	T_TEXT("four weeks of a year", k.key, "too-short");
	T_TEXT("its words", k.words,
	    "logrotate keeps 4 older files of this log: records are there for 28 days, and must be "
	    "kept "
	    "for 365 days");
	T_NEAR("the first goes when there are five", in_days(k.first.at), 3 * 7 - 2, 1e-6);
	v.retention = 28 * SPAN_DAY;
	keeping_judge(&t, &v, &k);
	T_TEXT("as long as it must", k.key, NULL);
	v.retention++;
	keeping_judge(&t, &v, &k);
	T_TEXT("and more", k.key, "too-short");
	v = seen;
	v.past = 0;
	v.aside = NOW - 900 * INSTANT_DAY;
	keeping_judge(&t, &v, &k);
	T_TEXT("never set aside, nothing is deleted the next time", k.key, "too-short");
	T_NEAR("but once there are five", in_days(k.first.at), 4 * 7, 1e-6);
	v = seen;
	v.past = 3;
	keeping_judge(&t, &v, &k);
	T_TEXT("one may come yet", k.key, "too-short");
	v.past = 4;
	keeping_judge(&t, &v, &k);
	T_TEXT("the next one deletes", k.key, "being-deleted");
	T_INT("then there is no day ahead", k.first.kind, DEADLINE_NONE);
	t.files = KEEPING_ALL;
	keeping_judge(&t, &v, &k);
	T_TEXT("all are kept", k.key, NULL);
	t.age = 30 * SPAN_DAY;
	keeping_judge(&t, &v, &k);
	T_TEXT("but not for long", k.words,
	    "logrotate deletes what is older than 30 days, and records must be kept for 365 days");
	T_NEAR("then goes the oldest", in_days(k.first.at), 14, 1e-6);
	t = weekly;
	t.not_empty = true;
	v.usual = 100 * SPAN_DAY;
	keeping_judge(&t, &v, &k);
	T_TEXT("seldom written to, it lasts longer (notifempty)", k.key, NULL);
	v.retention = 0;
	v.usual = 0;
	keeping_judge(&t, &v, &k);
	T_TEXT("nothing says how long they must be kept", k.key, NULL);
}

static void
by_size(void)
{
	struct keeping_terms t = { .program = "auditd", .files = 4, .bytes = 8 * MB };
	struct keeping_seen v = seen;
	struct keeping k;

	keeping_judge(&t, &v, &k);
	T_TEXT("how fast it grows is not known", k.key, NULL);
	T_TRUE("nor how long it lasts", k.most == SPAN_MAX);
	v.rate[0] = 0.5 * (double)MB;
	v.rate[1] = (double)MB;
	keeping_judge(&t, &v, &k);
	T_TEXT("a megabyte a day", k.key, "too-short");
	T_INT("at least", k.least / SPAN_DAY, 32);
	T_INT("at most", k.most / SPAN_DAY, 64);
	T_TEXT("its words", k.words,
	    "auditd keeps 4 older files of this log, of 8.0 MB each: as it is written, that is "
	    "less than "
	    "the "
	    "365 days for which records must be kept");
	v.retention = 64 * SPAN_DAY;
	keeping_judge(&t, &v, &k);
	T_TEXT("it may be enough", k.key, NULL);
	t.looks = SPAN_DAY;
	v.rate[0] = v.rate[1] = 100.0 * (double)MB;
	keeping_judge(&t, &v, &k);
	T_INT("it is not set aside more often than is looked", k.least / SPAN_DAY, 4);
	t = (struct keeping_terms){
		.program = "journald", .files = KEEPING_ALL, .total = 100 * MB
	};
	v.rate[0] = v.rate[1] = (double)MB;
	v.held = 90 * MB;
	v.retention = 101 * SPAN_DAY;
	keeping_judge(&t, &v, &k);
	T_TEXT("a sum of bytes", k.key, "too-short");
	T_NEAR("full in ten days", in_days(k.first.at), 10, 1e-6);
	v.held = 100 * MB;
	keeping_judge(&t, &v, &k);
	T_TEXT("it is full", k.key, "being-deleted");
}

int
main(void)
{
	values();
	of_auditd();
	of_journald();
	by_time();
	by_size();
	return t_end();
}
