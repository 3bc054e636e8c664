/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the scanners of records, one a format.
 */
#include "record.h"

#include "audit.h"
#include "pattern.h"
#include "zone.h"

#include <string.h>

#define POINT 4   /* bytes in which "24." or "[24." ends: with points nothing is to be decided */
#define JOINED 96 /* bytes of a date and a time of day together */
#define BRACKET_MAX 300 /* bytes of a record in which a "[" before its stamp may stand */

static void
set_zone(struct scanner *s, const char *zone)
{
	s->zone = zone != NULL && zone_parse(zone, &s->east, NULL) == 0;
	s->utc = s->zone && strcmp(zone, "UTC") == 0;
}

void
scanner_init(struct scanner *s, enum format format, const struct audit_conf *conf, int year)
{
	const char *times = conf->time_format;

	memset(s, 0, offsetof(struct scanner, narrow));
	s->format = format;
	s->conf = conf;
	s->year = year;
	set_zone(s, conf->zone);
	if (format == FORMAT_RFC3164)
		s->reading.kind = STAMP_BSD;
	else if (format == FORMAT_RFC5424)
		s->reading.kind = STAMP_ISO;
	else if (strcmp(times, "auto") == 0)
		s->any = true;
	else if (strchr(times, '%') != NULL)
		s->pattern = times;
	else
		s->reading.kind = stamp_find(times);
	if (s->reading.kind == STAMP_APACHE)
		s->reading.place = PLACE_BRACKET;
	s->wants_time = format == FORMAT_AUDITD || s->any || s->pattern != NULL ||
			s->reading.kind != STAMP_NONE;
	s->wants_seq = format == FORMAT_AUDITD || conf->number_field != NULL;
}

void
scanner_regex(struct scanner *s, struct regex *r)
{
	s->regex = r;
	s->wants_time = s->wants_time && regex_has_time(r);
	s->wants_seq = regex_has_seq(r);
}

static bool
reads_times(const struct scanner *s)
{
	return s->any || s->pattern != NULL || s->reading.kind != STAMP_NONE;
}

static void
put_stamp(const struct scanner *s, const struct stamp *st, struct record_info *out)
{
	out->has_time = true;
	out->at = st->at;
	out->zoned = st->zoned;
	out->yearless = st->yearless;
	if (s->zone && !st->zoned && !st->yearless) {
		out->at -= s->east;
		out->zoned = s->utc;
	}
}

/* A stamp whose kind is not known yet. Where it may be day/month or month/day, what other stamps of
 * the log said counts. */
static size_t
find_stamp(struct scanner *s, const char *p, size_t n, struct stamp *st)
{
	struct reading *r = &s->reading;
	enum stamp_kind kind;
	size_t used = stamp_any(p, n, s->year, &kind, st);

	if (used > 0 && kind == STAMP_EITHER) {
		r->either = r->first == STAMP_NONE;
		kind = r->first;
		used = stamp_parse(kind, p, n, s->year, st);
	} else if (used > 0 && (kind == STAMP_DAY || kind == STAMP_MONTH) &&
		   memchr(p, '.', used < POINT ? used : POINT) == NULL) {
		r->first = kind;
		r->either = false;
	}
	if (used > 0) {
		s->turned = r->before != STAMP_NONE && r->before != kind;
		r->before = r->kind = kind;
	}
	return used;
}

/* A stamp at the start of p. */
static void
take_stamp(struct scanner *s, const char *p, size_t n, struct record_info *out)
{
	struct stamp st;
	size_t used;

	if (n == 0)
		return;
	if (s->last_len > 0 && n > s->last_len && memcmp(p, s->last, s->last_len) == 0 &&
	    (p[s->last_len] < '0' || p[s->last_len] > '9')) {
		put_stamp(s, &s->stamp, out);
		return;
	}
	if (s->pattern != NULL)
		used = pattern_parse(s->pattern, p, n, s->year, &st);
	else if (s->any && s->reading.kind == STAMP_NONE)
		used = find_stamp(s, p, n, &st);
	else
		used = stamp_parse(s->reading.kind, p, n, s->year, &st);
	if (used == 0)
		return;
	s->last_len = 0;
	/* a zone or year may follow what was taken: only a whole stamp is remembered */
	if (used <= STAMP_TEXT && st.zoned) {
		memcpy(s->last, p, used);
		s->last_len = used;
		s->stamp = st;
	}
	put_stamp(s, &st, out);
}

static void
take_regex(struct scanner *s, const char *rec, size_t n, struct record_info *out)
{
	struct regex_match m;

	out->fits = s->regex != NULL && regex_match(s->regex, rec, n, &m) == 1;
	if (!out->fits)
		return;
	if (m.seq != NULL)
		out->has_seq = record_number((struct slice){ m.seq, m.seq_len }, &out->seq);
	if (m.time != NULL)
		take_stamp(s, m.time, m.time_len, out);
	if (m.user != NULL)
		out->user = (struct slice){ m.user, m.user_len };
}

static void
take_json(struct scanner *s, struct slice rec, struct record_info *out)
{
	const struct audit_conf *conf = s->conf;
	struct slice v;

	out->fits = rec.n > 1 && rec.p[0] == '{' && rec.p[rec.n - 1] == '}';
	if (reads_times(s)) {
		v = conf->time_field != NULL ? json_member(rec, conf->time_field)
					     : json_time_member(rec);
		take_stamp(s, v.p, v.n, out);
	}
	if (conf->number_field != NULL)
		out->has_seq = record_number(json_member(rec, conf->number_field), &out->seq);
	if (conf->user_field != NULL)
		out->user = json_member(rec, conf->user_field);
}

/* The date and the time of day of a record, from one column or two. */
static void
take_column_time(struct scanner *s, const struct columns_line *line, struct record_info *out)
{
	struct columns_line trimmed = { .time = slice_trim(line->time),
		.clock = slice_trim(line->clock) };
	const struct columns_line *l = &trimmed;
	char both[JOINED];

	if (s->reading.columns.clock == 0) {
		take_stamp(s, l->time.p, l->time.n, out);
	} else if (l->time.n > 0 && l->clock.n > 0 && l->time.n + l->clock.n < sizeof(both)) {
		memcpy(both, l->time.p, l->time.n);
		both[l->time.n] = ' ';
		memcpy(both + l->time.n + 1, l->clock.p, l->clock.n);
		take_stamp(s, both, l->time.n + 1 + l->clock.n, out);
	}
	if (out->has_time && s->format == FORMAT_W3C && !s->reading.local)
		out->zoned = true;
}

/* A line that begins with # in a log of W3C. */
static void
take_directive(struct scanner *s, struct slice line)
{
	struct columns_names names = { s->conf->time_field, s->conf->number_field,
		s->conf->user_field };

	if (slice_begins(line, "#Fields:"))
		columns_w3c(&s->reading.columns, line, &names);
	else if (slice_begins(line, "#Time Format: Local")) /* Windows' firewall */
		s->reading.local = true;
}

/* Number and user: they may stand in another line of the record than its time. */
static void
take_column_values(struct scanner *s, const struct columns_line *l, struct record_info *out)
{
	struct columns *c = &s->reading.columns;
	struct slice user = slice_trim(l->user);

	if (l->begins)
		s->user_len = 0;
	if (l->number.n > 0)
		c->held = record_number(slice_trim(l->number), &c->held_number);
	if (user.n > 0) {
		s->user_len = user.n < sizeof(s->user) ? user.n : sizeof(s->user);
		memcpy(s->user, user.p, s->user_len);
	}
	out->has_seq = c->held;
	out->seq = c->held_number;
	out->user = (struct slice){ s->user, s->user_len };
}

static void
take_columns(struct scanner *s, struct slice rec, struct record_info *out)
{
	struct columns *c = &s->reading.columns;
	bool told = c->told;
	struct columns_line l;

	out->none = s->header || (s->format == FORMAT_W3C && rec.n > 0 && rec.p[0] == '#');
	s->header = false;
	if (out->none && s->format == FORMAT_W3C)
		take_directive(s, rec);
	if (out->none || c->sep == '\0') {
		out->fits = false;
		return;
	}
	columns_take(c, rec, &l);
	told = told && !l.begins;
	if (reads_times(s) && !told)
		take_column_time(s, &l, out);
	/* a record of several lines counts where its time stands */
	c->told = told || out->has_time;
	out->none = told || (!out->has_time && !l.ends);
	take_column_values(s, &l, out);
}

/* At the start of the record, else (Apache) behind the first "[". A date further in is one that the
 * record is about. */
static void
take_plain(struct scanner *s, const char *rec, size_t n, struct record_info *out)
{
	struct reading *r = &s->reading;
	const char *p;

	if (out->blank && r->kind != STAMP_NONE)
		return;
	if (r->place != PLACE_BRACKET)
		take_stamp(s, rec, n, out);
	if (out->has_time && s->any)
		r->place = PLACE_START;
	if (out->has_time || r->place == PLACE_START || (!s->any && r->place != PLACE_BRACKET))
		return;
	p = memchr(rec, '[', n < BRACKET_MAX ? n : BRACKET_MAX);
	if (p != NULL)
		take_stamp(s, p, n - (size_t)(p - rec), out);
	if (out->has_time && s->any)
		r->place = PLACE_BRACKET;
}

static void
take(struct scanner *s, const char *rec, size_t n, struct record_info *out)
{
	size_t len;

	switch (s->format) {
	case FORMAT_AUDITD:
		record_auditd(rec, n, out);
		break;
	case FORMAT_RFC3164:
	case FORMAT_RFC5424:
		len = record_pri(rec, n);
		take_stamp(s, rec + len, n - len, out);
		break;
	case FORMAT_JSONL:
		take_json(s, (struct slice){ rec, n }, out);
		break;
	case FORMAT_REGEX:
		take_regex(s, rec, n, out);
		break;
	case FORMAT_CSV:
	case FORMAT_W3C:
		take_columns(s, (struct slice){ rec, n }, out);
		break;
	default:
		if (reads_times(s))
			take_plain(s, rec, n, out);
		break;
	}
}

/* A record that was begun before a power cut, and the one after it, with a hole between them. */
static void
find_hole(struct slice rec, struct record_info *out)
{
	const char *p = memchr(rec.p, '\0', rec.n), *end = rec.p + rec.n, *q = p;

	while (q != NULL && q < end && *q == '\0')
		q++;
	if (p == NULL || (size_t)(q - p) < RECORD_HOLE)
		return;
	out->nuls = (uint64_t)(q - p);
	out->before_nuls = (uint64_t)(p - rec.p);
}

/* The text of a record: UTF-8, without what is no character of it. */
static struct slice
text_of(struct scanner *s, struct slice rec, struct record_info *out)
{
	if (s->reading.wide != WIDE_NO) {
		out->none = wide_goes_on(s->reading.wide, rec);
		rec = wide_narrow(s->reading.wide, rec, s->narrow);
	}
	if (rec.n > 0 && *rec.p == '\0') {
		while (rec.n > 0 && *rec.p == '\0') {
			rec = slice_behind(rec, 1);
			out->nuls++;
		}
		out->none = out->none || rec.n == 0;
	} else if (rec.n >= RECORD_HOLE)
		find_hole(rec, out);
	if (rec.n > 0 && *rec.p == '\xef' && slice_begins(rec, "\xef\xbb\xbf"))
		rec = slice_behind(rec, 3);
	return rec;
}

void
scanner_take(struct scanner *s, const char *rec, size_t n, struct record_info *out)
{
	struct slice text = { rec, n };

	*out = (struct record_info){ .fits = s->format < FORMAT_FOREIGN };
	s->turned = false;
	if (!out->fits)
		return;
	text = text_of(s, text, out);
	if (out->none)
		return;
	out->blank = text.n == 0 || *text.p == ' ' || *text.p == '\t';
	take(s, text.p, text.n, out);
	out->fits =
	    out->fits && (out->has_time || !s->wants_time) && (out->has_seq || !s->wants_seq);
	if (out->none) {
		out->has_time = out->has_seq = false;
		return;
	}
	/* what was asked for: a line without a time goes on the record above */
	if (s->conf->continued && !out->has_time)
		out->blank = true;
	s->missed = out->has_time ? 0 : s->missed + 1;
	/* the program writes its times in another way now */
	if (s->any && s->missed >= SCANNER_MISSES) {
		s->reading.kind = STAMP_NONE;
		s->reading.place = PLACE_ANY;
		s->missed = 0;
	}
}
