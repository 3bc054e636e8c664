/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the tables of what the programs that write logs admit, and finding it in a record.
 */
#include "admits.h"

#include "slice.h"

#include <string.h>

#define BSD_STAMP 15    /* bytes of "Nov 24 08:14:00" (RFC 3164 4.1.2) */
#define KERNEL_STAMPS 2 /* "[   12.345678][    T1] " before a message of the kernel */

struct form {
	const char *program; /* the tag of the message */
	const char *text;    /* slice_fits */
	enum admit what;
	enum admit_from from;
	bool total;
};

static const struct form forms[] = {
	{ "rsyslogd", "*: # messages lost due to rate-limiting", ADMIT_LOST, FROM_RSYSLOG, false },
	{ "rsyslogd", "imuxsock lost # messages from pid @ due to rate-limiting", ADMIT_LOST,
	    FROM_RSYSLOG, false },
	{ "rsyslogd", "*: begin to drop messages due to rate-limiting", ADMIT_LOST, FROM_RSYSLOG,
	    false },
	{ "rsyslogd", "imuxsock begins to drop messages from pid @ due to rate-limiting",
	    ADMIT_LOST, FROM_RSYSLOG, false },
	{ "rsyslogd", "[origin software=\"rsyslogd\"*] exiting on signal @", ADMIT_OFF,
	    FROM_RSYSLOG, false },
	{ "rsyslogd", "[origin software=\"rsyslogd\"*] start", ADMIT_ON, FROM_RSYSLOG, false },
	{ "rsyslogd", "[origin software=\"rsyslogd\"*] (re)start", ADMIT_ON, FROM_RSYSLOG, false },
	{ "systemd-journald", "Suppressed # messages from ", ADMIT_LOST, FROM_JOURNAL, false },
	{ "systemd-journald", "Missed # kernel messages", ADMIT_LOST, FROM_JOURNAL, false },
	{ "systemd-journald", "Forwarding to syslog missed # messages", ADMIT_LOST, FROM_JOURNAL,
	    false },
	{ "systemd-journald", "Journal stopped", ADMIT_OFF, FROM_JOURNAL, false },
	{ "systemd-journald", "Journal started", ADMIT_ON, FROM_JOURNAL, false },
	{ "kernel", "printk: # messages suppressed", ADMIT_LOST, FROM_KERNEL, false },
	{ "kernel", "audit: audit_lost=# audit_rate_limit=", ADMIT_LOST, FROM_AUDIT, true },
	{ "kernel", "audit: backlog limit exceeded", ADMIT_LOST, FROM_AUDIT, false },
	{ "kernel", "audit: rate limit exceeded", ADMIT_LOST, FROM_AUDIT, false },
	{ "kernel", "audit: kauditd hold queue overflow", ADMIT_LOST, FROM_AUDIT, false },
	{ "kernel", "Linux version @", ADMIT_BOOT, FROM_KERNEL, false },
	{ "systemd-logind", "System is powering down", ADMIT_DOWN, FROM_RSYSLOG, false },
	{ "systemd-logind", "System is rebooting", ADMIT_DOWN, FROM_RSYSLOG, false },
	{ "systemd-logind", "System is halting", ADMIT_DOWN, FROM_RSYSLOG, false },
	{ "auditd", "Audit daemon is suspending logging", ADMIT_LOST, FROM_AUDIT, false },
};

/* FNV-1a; never 0. */
static uint64_t
hash_name(struct slice s)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (uint8_t)s.p[i]) * UINT64_C(0x100000001b3);
	return h == 0 ? 1 : h;
}

/* "<13>" (RFC 3164 4.1.1), with the version 1 of RFC 5424 6.2. */
static struct slice
without_pri(struct slice s)
{
	struct slice in = s;
	uint64_t pri;

	if (!slice_begins(s, "<"))
		return in;
	s = slice_behind(s, 1);
	if (!slice_number(&s, &pri) || !slice_begins(s, ">"))
		return in;
	s = slice_behind(s, 1);
	return slice_begins(s, "1 ") ? slice_behind(s, 2) : s;
}

/* Takes the time off: 15 bytes, or a time of ISO 8601 up to a blank. */
static bool
skip_stamp(struct slice *s)
{
	if (s->n > BSD_STAMP && s->p[0] >= 'A' && s->p[0] <= 'S') {
		*s = slice_behind(*s, BSD_STAMP);
		if (!slice_begins(*s, " "))
			return false;
		*s = slice_behind(*s, 1);
		return true;
	}
	return s->n > 11 && s->p[0] >= '0' && s->p[0] <= '9' && s->p[10] == 'T' &&
	       slice_word(s).n > 0;
}

/* "TAG:", "TAG[PID]:"; the digits of "rsyslogd-2177" (an error number) are not part of it. */
static struct slice
tag_before_colon(struct slice *s)
{
	struct slice tag = { s->p, 0 };

	while (tag.n < s->n && tag.n < SLICE_WORD_MAX && memchr(":[ ", tag.p[tag.n], 3) == NULL)
		tag.n++;
	*s = slice_behind(*s, tag.n);
	if (slice_begins(*s, "[")) {
		const char *close = memchr(s->p, ']', s->n);

		if (close == NULL)
			return (struct slice){ tag.p, 0 };
		*s = slice_behind(*s, (size_t)(close - s->p) + 1);
	}
	if (!slice_begins(*s, ":"))
		return (struct slice){ tag.p, 0 };
	/* a template of rsyslog may have no blank between its own tag and message */
	*s = slice_behind(*s, slice_begins(*s, ": ") ? 2 : 1);
	if (slice_begins(tag, "rsyslogd-"))
		tag.n = strlen("rsyslogd");
	return tag;
}

/* APP-NAME PROCID MSGID STRUCTURED-DATA MSG (RFC 5424 6). */
static struct slice
tag_5424(struct slice *s)
{
	struct slice tag = slice_word(s);
	const char *end;

	slice_word(s);
	slice_word(s);
	if (slice_begins(*s, "[") && (end = memmem(s->p, s->n, "] ", 2)) != NULL)
		*s = slice_behind(*s, (size_t)(end - s->p) + 2);
	else if (slice_begins(*s, "- "))
		*s = slice_behind(*s, 2);
	else
		tag.n = 0;
	if (slice_begins(*s, "\xef\xbb\xbf"))
		*s = slice_behind(*s, 3);
	else if (slice_begins(*s, " "))
		*s = slice_behind(*s, 1);
	return tag;
}

static bool
is_text(struct slice s, const char *text)
{
	return s.n == strlen(text) && memcmp(s.p, text, s.n) == 0;
}

/* The program of the table that this tag is of; NULL: it is of another one, as most are. */
static const char *
program_of(struct slice tag)
{
	static const char *const programs[] = { "kernel", "rsyslogd", "systemd-journald",
		"systemd-logind", "auditd" };

	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++)
		if (tag.p[0] == programs[i][0] && is_text(tag, programs[i]))
			return programs[i];
	/* as it was called before systemd 209 */
	return is_text(tag, "systemd-journal") ? "systemd-journald" : NULL;
}

/* The value of "name=" among the fields; false: there is none. */
static bool
field(struct slice s, const char *name, uint64_t *out)
{
	size_t len = strlen(name);
	const char *at;

	while ((at = memmem(s.p, s.n, name, len)) != NULL) {
		bool whole = at == s.p || at[-1] == ' ';

		s = slice_behind(s, (size_t)(at - s.p) + len);
		if (whole)
			return slice_number(&s, out);
	}
	return false;
}

static uint64_t
user_of(struct slice s)
{
	uint64_t v;

	return field(s, "auid=", &v) && v < ADMITS_USER_NONE ? v : ADMITS_USER_NONE;
}

/* The fields of CONFIG_CHANGE (1305; audit_log_config_change of the kernel). "lost=0 old=N" is
 * written when the count of lost records is set back, and says what it was. */
static bool
config_change(struct slice s, struct admission *out)
{
	uint64_t now, old, done;

	if (!field(s, "res=", &done) || done != 1 || !field(s, "old=", &old))
		return false;
	out->from = FROM_AUDIT;
	out->user = user_of(s);
	if (field(s, "lost=", &now) && now == 0 && old > 0) {
		out->what = ADMIT_LOST;
		out->count = old;
		out->total = true;
		return true;
	}
	if (!field(s, "audit_enabled=", &now) || (now == 0 && old == 0))
		return false;
	out->what = now == 0 ? ADMIT_OFF : ADMIT_ON;
	return true;
}

static bool
syslog_text(const char *program, struct slice s, struct admission *out)
{
	bool kernel = program[0] == 'k';

	for (int k = 0; k < KERNEL_STAMPS && kernel && slice_begins(s, "["); k++) {
		const char *close = memchr(s.p, ']', s.n);

		if (close == NULL)
			return false;
		s = slice_behind(s, (size_t)(close - s.p) + 1);
		if (slice_begins(s, " "))
			s = slice_behind(s, 1);
	}
	if (kernel && slice_begins(s, "audit: type=1305 "))
		return config_change(s, out);
	for (size_t i = 0; s.n > 0 && i < sizeof(forms) / sizeof(forms[0]); i++) {
		const struct form *f = &forms[i];

		/* the first byte tells nearly always that it is not this one */
		if ((f->text[0] != *s.p && f->text[0] != '*') || strcmp(program, f->program) != 0 ||
		    !slice_fits(f->text, s, &out->count))
			continue;
		out->what = f->what;
		out->from = f->from;
		out->total = f->total;
		if (f->what != ADMIT_LOST)
			out->count = 0;
		return true;
	}
	return false;
}

/* Only a few programs testify, and most records are of others: how their tag begins tells. */
static bool
may_testify(struct slice s)
{
	static const char *const starts[] = { "kern", "rsys", "audi" };

	if (s.n < 9)
		return false;
	if (s.p[0] == 's')
		return s.p[7] == '-'; /* systemd-journald, not systemd[1] */
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (memcmp(s.p, starts[i], 4) == 0)
			return true;
	return false;
}

static bool
read_syslog(enum format format, struct slice s, struct admission *out)
{
	struct slice host, tag;
	const char *program;

	s = without_pri(s);
	if (!skip_stamp(&s) || (host = slice_word(&s)).n == 0 || !may_testify(s))
		return false;
	tag = format == FORMAT_RFC5424 ? tag_5424(&s) : tag_before_colon(&s);
	if (tag.n == 0 || (program = program_of(tag)) == NULL)
		return false;
	out->node = hash_name(host);
	return syslog_text(program, s, out);
}

/* "DATE TIME INFO-EVENTS-LOST - … - N -": N is the field info, the last but one. */
static bool
read_firewall(struct slice s, struct admission *out)
{
	slice_word(&s);
	slice_word(&s);
	if (!slice_begins(s, "INFO-EVENTS-LOST "))
		return false;
	out->what = ADMIT_LOST;
	out->from = FROM_FIREWALL;
	while (s.n > 0) {
		struct slice field_of = slice_word(&s), rest = field_of;

		if (memchr(s.p, ' ', s.n) == NULL && field_of.n > 0 &&
		    slice_number(&rest, &out->count))
			break;
		if (field_of.n == 0)
			break;
	}
	return true;
}

static struct slice
without_node(struct slice s)
{
	if (slice_begins(s, "node="))
		slice_word(&s);
	return s;
}

uint64_t
admits_node(const char *rec, size_t n)
{
	struct slice s = { rec, n };

	return slice_begins(s, "node=") ? hash_name(slice_word(&s)) : 0;
}

static bool
read_auditd(struct slice s, struct admission *out)
{
	struct slice type;

	out->node = admits_node(s.p, s.n);
	out->from = FROM_AUDITD;
	s = without_node(s);
	if (!slice_begins(s, "type="))
		return false;
	s = slice_behind(s, strlen("type="));
	if (s.n == 0 || memchr("CDS", s.p[0], 3) == NULL)
		return false;
	type = slice_word(&s);
	type.n += type.n > 0; /* its blank */
	if (slice_begins(type, "SYSCALL "))
		out->what = ADMIT_RUNS;
	else if (slice_begins(type, "SYSTEM_SHUTDOWN "))
		out->what = ADMIT_DOWN;
	else if (slice_begins(type, "CONFIG_CHANGE "))
		return config_change(s, out);
	else if (slice_begins(type, "DAEMON_END ") || slice_begins(type, "DAEMON_ABORT "))
		out->what = ADMIT_OFF;
	else if (slice_begins(type, "DAEMON_START "))
		out->what = ADMIT_ON;
	else
		return false;
	if (out->what == ADMIT_OFF)
		out->user = user_of(s);
	return true;
}

/* A record of auditd of a type that admits nothing, as nearly all are: told without taking it
 * apart.
 */
static inline bool
is_of_others(const char *rec, size_t n)
{
	return n > 5 && memcmp(rec, "type=", 5) == 0 && rec[5] != 'C' && rec[5] != 'D' &&
	       rec[5] != 'S';
}

bool
admits_read(enum format format, const char *rec, size_t n, struct admission *out)
{
	struct slice s = { rec, n < ADMITS_TEXT ? n : ADMITS_TEXT };

	if (format == FORMAT_AUDITD && is_of_others(rec, n))
		return false;
	*out = (struct admission){ .user = ADMITS_USER_NONE };
	if (format == FORMAT_AUDITD)
		return read_auditd(s, out);
	if (format == FORMAT_JSONL || s.n == 0)
		return false;
	return read_syslog(format, s, out) ||
	       (format == FORMAT_PLAIN && s.p[0] >= '0' && s.p[0] <= '9' && read_firewall(s, out));
}
