/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the scanners of records, one a format, and the guess which format a log has.
 */
#include "record.h"

#include <string.h>

#define GUESS_LINES 32
#define NODE_MAX 300 /* bytes of "node=... " before a record of auditd */

static const char *const names[FORMAT_N] = { "auto", "auditd", "rfc3164", "rfc5424", "jsonl",
	"regex", "plain", "sqlite", "journal", "evtx", "utf-16", "xz", "zstd", "bzip2", "zip",
	"binary" };

const char *
format_name(enum format f)
{
	return names[f];
}

enum format
format_find(const char *name)
{
	int f = 0;

	while (f < FORMAT_N && strcmp(name, names[f]) != 0)
		f++;
	return (enum format)f;
}

static bool
starts_with(const char *s, size_t n, const char *word)
{
	size_t len = strlen(word);

	return n >= len && memcmp(s, word, len) == 0;
}

void
scanner_init(struct scanner *s, enum format format, const char *time_format, int year)
{
	memset(s, 0, sizeof(*s));
	s->format = format;
	s->year = year;
	if (format == FORMAT_RFC3164)
		s->kind = STAMP_BSD;
	else if (format == FORMAT_RFC5424)
		s->kind = STAMP_ISO;
	else if (strcmp(time_format, "auto") == 0)
		s->any = true;
	else if (strcmp(time_format, "iso") == 0)
		s->kind = STAMP_ISO;
	else if (strcmp(time_format, "rfc3164") == 0)
		s->kind = STAMP_BSD;
	else if (strcmp(time_format, "apache") == 0)
		s->kind = STAMP_APACHE;
	else if (strcmp(time_format, "epoch") == 0)
		s->kind = STAMP_EPOCH;
	s->wants_time = format == FORMAT_AUDITD || s->any || s->kind != STAMP_NONE;
	s->wants_seq = format == FORMAT_AUDITD;
}

void
scanner_regex(struct scanner *s, struct regex *r)
{
	s->regex = r;
	s->wants_time = s->wants_time && regex_has_time(r);
	s->wants_seq = regex_has_seq(r);
}

static void
put_stamp(const struct stamp *st, struct record_info *out)
{
	out->has_time = true;
	out->at = st->at;
	out->zoned = st->zoned;
	out->yearless = st->yearless;
}

/* A stamp at the start of s. */
static void
take_stamp(struct scanner *s, const char *p, size_t n, struct record_info *out)
{
	struct stamp st;
	size_t used;

	if (s->last_len > 0 && n > s->last_len && memcmp(p, s->last, s->last_len) == 0 &&
	    (p[s->last_len] < '0' || p[s->last_len] > '9')) {
		put_stamp(&s->stamp, out);
		return;
	}
	if (s->any && s->kind == STAMP_NONE)
		used = stamp_any(p, n, s->year, &s->kind, &st);
	else
		used = stamp_parse(s->kind, p, n, s->year, &st);
	if (used == 0)
		return;
	s->last_len = 0;
	/* a zone or year may follow what was taken: only a whole stamp is remembered */
	if (used <= STAMP_TEXT && st.zoned) {
		memcpy(s->last, p, used);
		s->last_len = used;
		s->stamp = st;
	}
	put_stamp(&st, out);
}

/* "<PRI>" (RFC 3164 4.1.1, RFC 5424 6.2.1), with the version that follows it. */
static size_t
skip_pri(const char *s, size_t n)
{
	size_t i = 1;

	if (n < 3 || s[0] != '<')
		return 0;
	while (i < n && i < 4 && s[i] >= '0' && s[i] <= '9')
		i++;
	if (i == 1 || i >= n || s[i] != '>')
		return 0;
	i++;
	if (i + 1 < n && s[i] == '1' && s[i + 1] == ' ')
		i += 2;
	return i;
}

/* Digits of an unsigned number; 0 when there are none or too many. */
static size_t
digits(const char *s, size_t n, uint64_t *out)
{
	size_t i = 0;

	*out = 0;
	while (i < n && s[i] >= '0' && s[i] <= '9') {
		if (i >= 19)
			return 0;
		*out = *out * 10 + (uint64_t)(s[i] - '0');
		i++;
	}
	return i;
}

/* A number for the name of a computer (FNV-1a); never 0, which is none. */
static uint64_t
node_of(const char *name, size_t n)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)name[i]) * UINT64_C(1099511628211);
	return h != 0 ? h : 1;
}

/* "type=X msg=audit(SECONDS.MMM:SERIAL):", perhaps behind "node=NAME " (audit-userspace). */
static void
take_auditd(const char *rec, size_t n, struct record_info *out)
{
	const char *p = rec, *end = rec + n, *sp;
	uint64_t sec, ms, serial;
	size_t k;

	if (starts_with(p, n, "node=")) {
		sp = memchr(p, ' ', n < NODE_MAX ? n : NODE_MAX);
		if (sp == NULL)
			return;
		out->node = node_of(p, (size_t)(sp - p));
		p = sp + 1;
	}
	if (!starts_with(p, (size_t)(end - p), "type="))
		return;
	p += 5;
	out->own_counter = starts_with(p, (size_t)(end - p), "DAEMON_");
	out->starts = starts_with(p, (size_t)(end - p), "DAEMON_START ");
	sp = memchr(p, ' ', end - p < NODE_MAX ? (size_t)(end - p) : NODE_MAX);
	if (sp == NULL || !starts_with(sp, (size_t)(end - sp), " msg=audit("))
		return;
	p = sp + 11;
	k = digits(p, (size_t)(end - p), &sec);
	if (k == 0 || k > 11 || end - p <= (ptrdiff_t)k || p[k] != '.')
		return;
	p += k + 1;
	k = digits(p, (size_t)(end - p), &ms);
	if (k != 3 || end - p <= (ptrdiff_t)k || p[k] != ':')
		return;
	p += k + 1;
	k = digits(p, (size_t)(end - p), &serial);
	if (k == 0 || serial > UINT32_MAX || end - p <= (ptrdiff_t)k || p[k] != ')')
		return;
	out->has_time = out->has_seq = out->zoned = true;
	out->at = (instant)sec * INSTANT_S + (instant)ms * 1000;
	out->seq = serial;
}

static void
take_regex(struct scanner *s, const char *rec, size_t n, struct record_info *out)
{
	struct regex_match m;

	out->fits = s->regex != NULL && regex_match(s->regex, rec, n, &m) == 1;
	if (!out->fits)
		return;
	if (m.seq != NULL) {
		size_t k = digits(m.seq, m.seq_len, &out->seq);

		out->has_seq = k > 0 && k == m.seq_len;
	}
	if (m.time != NULL)
		take_stamp(s, m.time, m.time_len, out);
}

/* At the start of the record, else (Apache) behind the first "[". */
static void
take_plain(struct scanner *s, const char *rec, size_t n, struct record_info *out)
{
	const char *p;

	if (s->kind != STAMP_APACHE)
		take_stamp(s, rec, n, out);
	if (out->has_time || (s->kind != STAMP_APACHE && s->kind != STAMP_NONE))
		return;
	p = memchr(rec, '[', n < NODE_MAX ? n : NODE_MAX);
	if (p == NULL)
		return;
	take_stamp(s, p, n - (size_t)(p - rec), out);
	if (s->any && s->kind != STAMP_APACHE)
		s->kind = STAMP_NONE;
}

static void
take(struct scanner *s, const char *rec, size_t n, struct record_info *out)
{
	const char *v;
	size_t len;

	switch (s->format) {
	case FORMAT_AUDITD:
		take_auditd(rec, n, out);
		break;
	case FORMAT_RFC3164:
	case FORMAT_RFC5424:
		len = skip_pri(rec, n);
		take_stamp(s, rec + len, n - len, out);
		break;
	case FORMAT_JSONL:
		out->fits = n > 1 && rec[0] == '{' && rec[n - 1] == '}';
		v = s->any || s->kind != STAMP_NONE ? json_time_member(rec, n, &len) : NULL;
		if (v != NULL)
			take_stamp(s, v, len, out);
		break;
	case FORMAT_REGEX:
		take_regex(s, rec, n, out);
		break;
	default:
		if (s->any || s->kind != STAMP_NONE)
			take_plain(s, rec, n, out);
		break;
	}
}

void
scanner_take(struct scanner *s, const char *rec, size_t n, struct record_info *out)
{
	*out = (struct record_info){ .fits = s->format < FORMAT_FOREIGN };
	if (!out->fits)
		return;
	take(s, rec, n, out);
	out->fits =
	    out->fits && (out->has_time || !s->wants_time) && (out->has_seq || !s->wants_seq);
	s->missed = out->has_time ? 0 : s->missed + 1;
	/* the program writes its times in another way now */
	if (s->any && s->missed >= SCANNER_MISSES) {
		s->kind = STAMP_NONE;
		s->missed = 0;
	}
}

static enum format
guess_line(const char *s, size_t n)
{
	struct record_info info = { 0 };
	struct stamp st;
	size_t pri = skip_pri(s, n), len;

	take_auditd(s, n, &info);
	if (info.has_seq)
		return FORMAT_AUDITD;
	if (pri > 2 && s[pri - 1] == ' ' && stamp_parse(STAMP_ISO, s + pri, n - pri, 2000, &st) > 0)
		return FORMAT_RFC5424;
	if (s[pri] != '[' && stamp_parse(STAMP_BSD, s + pri, n - pri, 2000, &st) > 0 && st.yearless)
		return FORMAT_RFC3164;
	if (s[0] == '{' && s[n - 1] == '}' && json_time_member(s, n, &len) != NULL)
		return FORMAT_JSONL;
	return FORMAT_PLAIN;
}

enum format
format_guess(const char *s, size_t n)
{
	size_t votes[FORMAT_N] = { 0 }, lines = 0;
	const char *p = s, *end = s + n, *nl;

	while (
	    p < end && lines < GUESS_LINES && (nl = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		size_t len = (size_t)(nl - p);

		if (len > 0 && p[len - 1] == '\r')
			len--;
		if (len > 1) {
			votes[guess_line(p, len)]++;
			lines++;
		}
		p = nl + 1;
	}
	for (int f = FORMAT_AUDITD; f < FORMAT_REGEX; f++)
		if (votes[f] * 2 > lines)
			return (enum format)f;
	return FORMAT_PLAIN;
}
