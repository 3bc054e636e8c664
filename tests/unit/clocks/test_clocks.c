/* SPDX-License-Identifier: Apache-2.0 */
#include "probes/clocks/clocks.h"
#include "probes/clocks/edge.h"
#include "probes/clocks/http_head.h"
#include "probes/clocks/report.h"
#include "probes/clocks/smb_answer.h"
#include "tests/probe_harness.h"
#include "tests/t.h"

#include <stdlib.h>

#define MS 1000000LL
#define S 1000000000LL

static void
test_targets(void)
{
	static const struct {
		const char *text, *host; /* NULL: refused */
		int source, port;
		const char *name, *path;
	} t[] = {
		{ "smb://balance3", "balance3", SOURCE_SMB, 445, "balance3", "/" },
		{ "Balance 3 PC = smb://balance3:1445", "balance3", SOURCE_SMB, 1445,
		    "Balance 3 PC", "/" },
		{ "http://hplc2/", "hplc2", SOURCE_HTTP, 80, "hplc2", "/" },
		{ "http://hplc2:8080/status?a=b", "hplc2", SOURCE_HTTP, 8080, "hplc2",
		    "/status?a=b" },
		{ "https://[2001:db8::1]", "2001:db8::1", SOURCE_HTTPS, 443, "2001:db8::1", "/" },
		{ "https://[2001:db8::1]:8443/x", "2001:db8::1", SOURCE_HTTPS, 8443, "2001:db8::1",
		    "/x" },
		{ "ntp://gc1", "gc1", SOURCE_NTP, 123, "gc1", "/" },
		{ "GC 1 = ntp://gc1:11123/", "gc1", SOURCE_NTP, 11123, "GC 1", "/" },
		{ "balance3", NULL, 0, 0, NULL, NULL },
		{ "ftp://balance3", NULL, 0, 0, NULL, NULL },
		{ "smb://", NULL, 0, 0, NULL, NULL },
		{ "smb://balance3/share", NULL, 0, 0, NULL, NULL },
		{ "http://user@hplc2/", NULL, 0, 0, NULL, NULL },
		{ "http://hplc2:0/", NULL, 0, 0, NULL, NULL },
		{ "http://hplc2:65536/", NULL, 0, 0, NULL, NULL },
		{ "http://hplc2:/", NULL, 0, 0, NULL, NULL },
		{ "http://hplc2/a b", NULL, 0, 0, NULL, NULL },
		{ "http://hplc2/a\r\nX: y", NULL, 0, 0, NULL, NULL },
		{ "http://[::1/", NULL, 0, 0, NULL, NULL },
		{ "http://[::1]x/", NULL, 0, 0, NULL, NULL },
		{ "http://2001:db8::1/", NULL, 0, 0, NULL, NULL },
		{ " = smb://balance3", NULL, 0, 0, NULL, NULL },
	};

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct clocks_target got;
		struct err e = { 0 };
		int r = clocks_target_parse(t[i].text, &got, &e);

		T_INT(t[i].text, r, t[i].host == NULL ? -1 : 0);
		if (r < 0 || t[i].host == NULL)
			continue;
		T_TEXT(t[i].text, got.at.host, t[i].host);
		T_INT(t[i].text, got.source, t[i].source);
		T_INT(t[i].text, got.at.port, t[i].port);
		T_TEXT(t[i].text, got.at.name, t[i].name);
		T_TEXT(t[i].text, got.at.path, t[i].path);
	}
}

/* A text of n letters between two others. */
static const char *
filled(const char *before, size_t n, const char *after)
{
	static char text[1024];
	size_t b = strlen(before);

	memcpy(text, before, b);
	memset(text + b, 'a', n);
	memcpy(text + b + n, after, strlen(after) + 1);
	return text;
}

static void
test_limits(void)
{
	struct clocks_target got;
	struct err e = { 0 };

	T_INT("a host as long as it may be",
	    clocks_target_parse(filled("smb://", WRITTEN_HOST_MAX, ""), &got, &e), 0);
	T_INT("one longer",
	    clocks_target_parse(filled("smb://", WRITTEN_HOST_MAX + 1, ""), &got, &e), -1);
	T_INT("a path as long as it may be",
	    clocks_target_parse(filled("http://h/", WRITTEN_PATH_MAX - 1, ""), &got, &e), 0);
	T_INT("one longer",
	    clocks_target_parse(filled("http://h/", WRITTEN_PATH_MAX, ""), &got, &e), -1);
	T_INT("a name as long as it may be",
	    clocks_target_parse(filled("", WRITTEN_NAME_MAX, " = ntp://h"), &got, &e), 0);
	T_INT("one longer",
	    clocks_target_parse(filled("", WRITTEN_NAME_MAX + 1, " = ntp://h"), &got, &e), -1);
}

static void
test_check(void)
{
	const char *v[CLOCKS_TARGETS_MAX + 1], *opt = NULL;
	char text[CLOCKS_TARGETS_MAX + 1][32];
	struct clocks_conf conf = { .max_offset = SPAN_S, .targets.v = v };
	struct err e = { 0 };

	for (size_t i = 0; i <= CLOCKS_TARGETS_MAX; i++) {
		snprintf(text[i], sizeof(text[i]), "ntp://gc%zu", i);
		v[i] = text[i];
	}
	conf.targets.n = CLOCKS_TARGETS_MAX;
	T_INT("as many as there may be", probe_self->check(&conf, &opt, &e), 0);
	conf.targets.n++;
	T_INT("one more", probe_self->check(&conf, &opt, &e), -1);
	T_TEXT("the option at fault", opt, "targets");
	conf.targets.n = 0;
	T_INT("none", probe_self->check(&conf, &opt, &e), -1);
	conf.targets.n = 2;
	v[1] = "GC 0 = ntp://gc0";
	T_INT("one machine under two names", probe_self->check(&conf, &opt, &e), -1);
	T_HAS("is said", e.msg, "there twice");
	conf.targets.n = 1;
	conf.warn_offset = 2 * SPAN_S;
	T_INT("a warning above the limit", probe_self->check(&conf, &opt, &e), -1);
	T_TEXT("the option at fault", opt, "warn_offset");
}

static void
test_dates(void)
{
	static const struct {
		const char *text;
		int64_t want; /* -1: none */
	} d[] = {
		{ "Sun, 06 Nov 1994 08:49:37 GMT", 784111777 },
		{ "Sunday, 06-Nov-94 08:49:37 GMT", 784111777 },
		{ "Sun Nov  6 08:49:37 1994", 784111777 },
		{ "Thu, 01 Jan 1970 00:00:00 GMT", 0 },
		{ "Wed, 31 Dec 1969 23:59:59 GMT", -1 },
		{ "Tue, 31 Dec 2261 23:59:59 GMT", 9214646399 },
		{ "Wed, 01 Jan 2262 00:00:00 GMT", -1 },
		{ "Tue, 29 Feb 2028 12:00:00 GMT", 1835438400 },
		{ "Mon, 29 Feb 2027 12:00:00 GMT", -1 },
		{ "Mon, 30 Nov 2026 23:59:60 GMT", 1796083200 },
		{ "Mon, 30 Nov 2026 23:59:61 GMT", -1 },
		{ "Mon, 30 Nov 2026 24:00:00 GMT", -1 },
		{ "Mon, 31 Nov 2026 12:00:00 GMT", -1 },
		{ "Mon, 30 Nov 2026 12:00:00 UTC", -1 },
		{ "Mon, 30 Nov 2026 12:00:00 +0100", -1 },
		{ "Mon, 30 Nov 2026 12:00:00 GMT ", -1 },
		{ "Mon, 30 Xyz 2026 12:00:00 GMT", -1 },
		{ "Friday, 01-Jan-27 00:00:00 GMT", 1798761600 },
		{ "1796040000", -1 },
		{ "", -1 },
	};

	for (size_t i = 0; i < sizeof(d) / sizeof(d[0]); i++) {
		int64_t got = -1;

		if (!http_date_parse(d[i].text, strlen(d[i].text), &got))
			got = -1;
		T_INT(d[i].text, got, d[i].want);
	}
}

#define DATE "Date: Mon, 30 Nov 2026 12:00:00 GMT\r\n"
#define OK_LINE "HTTP/1.1 200 OK\r\n"

static void
test_heads(void)
{
	static const struct {
		const char *row, *text;
		enum http_fault want;
		bool keeps;
	} h[] = {
		{ "a usual answer", OK_LINE DATE "\r\n", HTTP_OK, true },
		{ "lines that end in LF alone",
		    "HTTP/1.1 200 OK\ndate: Mon, 30 Nov 2026 12:00:00 GMT\n\n", HTTP_OK, true },
		{ "a redirection has a date too",
		    "HTTP/1.1 301 Moved\r\nLocation: http://x/\r\n" DATE "\r\n", HTTP_OK, true },
		{ "HTTP/1.0 keeps no connection", "HTTP/1.0 200 OK\r\n" DATE "\r\n", HTTP_OK,
		    false },
		{ "unless it says so", "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n" DATE "\r\n",
		    HTTP_OK, true },
		{ "nor one that is told", OK_LINE "Connection: x, close\r\n" DATE "\r\n", HTTP_OK,
		    false },
		{ "without its empty line", OK_LINE DATE, HTTP_MORE, false },
		{ "nothing", "", HTTP_MORE, false },
		{ "mail", "220 mail.example ESMTP\r\n\r\n", HTTP_NONE, false },
		{ "HTTP/2", "HTTP/2.0 200 OK\r\n" DATE "\r\n", HTTP_NONE, false },
		{ "no status", "HTTP/1.1 OK\r\n" DATE "\r\n", HTTP_NONE, false },
		{ "no date", OK_LINE "Server: x\r\n\r\n", HTTP_NO_DATE, false },
		{ "a date that is none", OK_LINE "Date: today\r\n\r\n", HTTP_BAD_DATE, false },
		{ "two dates", OK_LINE DATE "Date: Mon, 30 Nov 2026 12:00:01 GMT\r\n\r\n",
		    HTTP_BAD_DATE, false },
		{ "the same date twice", OK_LINE DATE DATE "\r\n", HTTP_OK, true },
		{ "Age (RFC 9111, 5.1)", OK_LINE DATE "Age: 0\r\n\r\n", HTTP_CACHED, false },
		{ "X-Cache", OK_LINE "X-Cache: HIT\r\n" DATE "\r\n", HTTP_CACHED, false },
		{ "Via (RFC 9110, 7.6.3)", OK_LINE "VIA: 1.1 gate\r\n" DATE "\r\n", HTTP_PROXY,
		    false },
		{ "a gateway's own answer", "HTTP/1.1 504 Gateway Timeout\r\n" DATE "\r\n",
		    HTTP_PROXY, false },
		{ "a name that only begins so", OK_LINE "Agent: x\r\nViaduct: y\r\n" DATE "\r\n",
		    HTTP_OK, true },
	};
	static char large[HTTP_HEAD_MAX + 1];
	struct http_head got;

	for (size_t i = 0; i < sizeof(h) / sizeof(h[0]); i++) {
		T_INT(h[i].row, http_head_parse(h[i].text, strlen(h[i].text), &got), h[i].want);
		if (h[i].want == HTTP_OK) {
			T_INT(h[i].row, got.date, 1796040000);
			T_INT(h[i].row, got.keeps, h[i].keeps);
			T_INT(h[i].row, got.len, strlen(h[i].text));
		}
	}
	memset(large, 'x', sizeof(large));
	memcpy(large, OK_LINE DATE, strlen(OK_LINE DATE));
	T_INT("a byte less than the longest may go on",
	    http_head_parse(large, HTTP_HEAD_MAX - 1, &got), HTTP_MORE);
	T_INT("the longest that has not ended", http_head_parse(large, HTTP_HEAD_MAX, &got),
	    HTTP_LONG);
	memcpy(large + HTTP_HEAD_MAX - 4, "\r\n\r\n", 4);
	T_INT("one that ends with its last byte", http_head_parse(large, HTTP_HEAD_MAX, &got),
	    HTTP_OK);
}

/* A clock that is `truth` ahead of ours and tells whole seconds, asked over a way that takes
 * `there` and `back`. The requests it took until the radius is at most `sharp`; -1: the truth was
 * outside.
 */
static int
searched(int64_t truth, int64_t there, int64_t back, int64_t sharp, double ppm)
{
	int64_t start = 1796040000 * S + 123456789, now = start;
	struct edge e = { .n = 0 };

	for (int n = 1; n <= 40; n++) {
		int64_t arrives = now + there;
		int64_t drift = (int64_t)((double)(arrives - start) * ppm * 1e-6);
		int64_t theirs = (arrives + truth + drift) / S * S;

		if (!edge_take(&e, theirs, theirs + S, now, arrives + back, arrives + back - start))
			return -1;
		if (e.lo > truth + drift || e.hi < truth + drift)
			return -1;
		if (edge_radius(&e) <= sharp)
			return n;
		now = edge_next(&e, arrives + back);
	}
	return 40;
}

static void
test_edge(void)
{
	static const int64_t truths[] = { 0, 1, -1, -14 * S, 14 * S, 500 * MS, -499 * MS, 999999999,
		-3600 * S + 7, 123456789012 };
	struct edge e = { .n = 0 };

	for (size_t i = 0; i < sizeof(truths) / sizeof(truths[0]); i++) {
		int local = searched(truths[i], 50000, 50000, MS, 0);
		int drifting = searched(truths[i], 50000, 50000, MS, 78);
		int oblique = searched(truths[i], 9 * MS, 1 * MS, 20 * MS, -78);

		T_TRUE("1 ms within 15 requests on a local network", local > 0 && local <= 15);
		T_TRUE("the same while the clocks drift", drifting > 0 && drifting <= 15);
		T_TRUE("a way that takes longer there than back", oblique > 0 && oblique <= 15);
	}
	T_TRUE("the first answer", edge_take(&e, 10 * S, 11 * S, 10 * S, 10 * S + MS, 0));
	T_INT("knows the second", edge_radius(&e), 500 * MS + MS / 2);
	T_TRUE("one that cannot be true with it",
	    !edge_take(&e, 10 * S, 11 * S, 13 * S, 13 * S + MS, 3 * S));
}

static void
smb_good(uint8_t d[SMB_NEEDED])
{
	/* 2026-11-30 12:00:00 UTC in 100 ns since 1601 */
	uint64_t ticks = 116444736000000000ULL + 1796040000ULL * 10000000ULL;

	memset(d, 0, SMB_NEEDED);
	d[3] = 200;
	memcpy(d + 4, "\xfeSMB", 4);
	d[8] = 64;
	d[20] = 1;
	d[68] = 65;
	memcpy(d + 72, "\x02\x03", 2);
	for (int i = 0; i < 8; i++)
		d[108 + i] = (uint8_t)(ticks >> (8 * i));
}

static void
test_smb(void)
{
	static const struct {
		const char *row;
		int at;
		uint8_t to;
		enum smb_fault want;
	} c[] = {
		{ "a good answer", -1, 0, SMB_OK },
		{ "another message of the transport", 0, 0x82, SMB_NONE },
		{ "the first form of SMB", 4, 0xff, SMB_OLD },
		{ "another protocol", 4, 'S', SMB_NONE },
		{ "another size of header", 8, 63, SMB_NONE },
		{ "a status", 12, 0x22, SMB_REFUSED },
		{ "an answer to another command", 16, 1, SMB_NONE },
		{ "a question", 20, 0, SMB_NONE },
		{ "an answer to another message", 28, 1, SMB_NONE },
		{ "a length that ends before the time", 3, 111, SMB_NONE },
		{ "a length that ends with it", 3, 112, SMB_OK },
		{ "another size of body", 68, 64, SMB_NONE },
		{ "a dialect that was not asked for", 72, 0x11, SMB_NONE },
		{ "a date after 2261", 115, 0x7f, SMB_DATE },
		{ "a date before 1970", 115, 0, SMB_DATE },
	};
	uint8_t d[SMB_NEEDED], question[SMB_QUESTION], id[16] = { 1, 2, 3 };
	struct smb_answer got;

	for (size_t i = 0; i < sizeof(c) / sizeof(c[0]); i++) {
		smb_good(d);
		if (c[i].at >= 0)
			d[c[i].at] = c[i].to;
		T_INT(c[i].row, smb_answer_parse(d, sizeof(d), &got), c[i].want);
	}
	smb_good(d);
	T_INT("a byte less", smb_answer_parse(d, sizeof(d) - 1, &got), SMB_MORE);
	smb_answer_parse(d, sizeof(d), &got);
	T_INT("its time", got.time, 1796040000 * S);
	T_INT("its dialect", got.dialect, 0x0302);
	memset(d + 108, 0, 8);
	T_INT("no time", smb_answer_parse(d, sizeof(d), &got), SMB_NO_TIME);
	smb_question(question, id);
	T_INT("the question's own length", question[3], SMB_QUESTION - 4);
	T_INT("the question is no answer", smb_answer_parse(question, sizeof(question), &got),
	    SMB_MORE);
}

static void
test_sum(void)
{
	struct look l = { .lo = -14 * S - MS, .hi = -14 * S + MS, .mono = 10 * S };
	struct own own = { .lo = 2 * MS, .hi = 4 * MS, .mono = 10 * S };
	int64_t lo, hi;

	report_add(&l, &own, &lo, &hi);
	T_INT("our own error is added", lo, -14 * S + 1 * MS - 1);
	T_INT("with its bound", hi, -14 * S + 5 * MS + 1);
	own.mono = 0;
	report_add(&l, &own, &lo, &hi);
	T_INT("ten seconds of ours may drift 1 ms", lo, -14 * S + 0 * MS - 1);
	T_INT("either way", hi, -14 * S + 6 * MS + 1);
}

int
main(void)
{
	test_targets();
	test_limits();
	test_check();
	test_dates();
	test_heads();
	test_edge();
	test_smb();
	test_sum();
	return t_end();
}
