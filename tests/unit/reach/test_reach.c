/* SPDX-License-Identifier: Apache-2.0
 *
 * How places are written, what answers say, what is remembered, and which minutes count.
 */
#include "probes/reach/dns.h"
#include "probes/reach/http.h"
#include "probes/reach/report.h"
#include "tests/probe_harness.h"
#include "tests/t.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
test_targets(void)
{
	static const struct {
		const char *text, *host; /* NULL: refused */
		enum reach_way way;
		int port;
		const char *name, *path;
	} t[] = {
		{ "https://portal.example/login?x=1", "portal.example", REACH_HTTPS, 443,
		    "portal.example", "/login?x=1" },
		{ "Customs portal = http://portal.example", "portal.example", REACH_HTTP, 80,
		    "Customs portal", "/" },
		{ "tcp://[2001:db8::1]:5001", "2001:db8::1", REACH_TCP, 5001, "2001:db8::1", "/" },
		{ "dns://portal.example", "portal.example", REACH_DNS, 53, "portal.example", "/" },
		{ .text = "tcp://portal.example" },
		{ .text = "ftp://portal.example" },
		{ .text = "portal.example" },
		{ .text = "https://" },
		{ .text = "https://a b/" },
		{ .text = "https://u@portal.example/" },
		{ .text = "https://portal.example/a b" },
		{ .text = "https://portal.example/a#b" },
		{ .text = "tcp://h:0" },
		{ .text = "tcp://h:65536" },
		{ .text = "tcp://h:1/x" },
		{ .text = " = https://h/" },
		{ .text = "a\nb = https://h/" },
		{ .text = "" },
	};
	struct reach_target got;
	struct err e = { 0 };

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		int rc = reach_target_parse(t[i].text, &got, &e);

		T_INT(t[i].text, rc, t[i].host != NULL ? 0 : -1);
		if (rc < 0 || t[i].host == NULL)
			continue;
		T_TEXT(t[i].text, got.at.host, t[i].host);
		T_INT(t[i].text, got.way, t[i].way);
		T_INT(t[i].text, got.at.port, t[i].port);
		T_TEXT(t[i].text, got.at.name, t[i].name);
		T_TEXT(t[i].text, got.at.path, t[i].path);
	}
	T_INT("a resolver", reach_resolver_parse("[2001:db8::53]:5353", &got, &e), 0);
	T_INT("its port", got.at.port, 5353);
	T_INT("a resolver by name", reach_resolver_parse("dns.example", &got, &e), -1);
}

static const char *
filled(const char *before, size_t n)
{
	static char text[1024];
	size_t b = strlen(before);

	memcpy(text, before, b);
	memset(text + b, 'a', n);
	text[b + n] = '\0';
	return text;
}

static void
test_limits(void)
{
	const char *v[REACH_TARGETS_MAX + 1], *opt = NULL;
	char text[REACH_TARGETS_MAX + 1][32];
	struct reach_conf conf = { .targets = { v, REACH_TARGETS_MAX }, .down = SPAN_MIN };
	struct reach_target got;
	struct err e = { 0 };

	T_INT("a host as long as it may be",
	    reach_target_parse(filled("http://", WRITTEN_HOST_MAX), &got, &e), 0);
	T_INT("one longer", reach_target_parse(filled("http://", WRITTEN_HOST_MAX + 1), &got, &e),
	    -1);
	T_INT("a path as long as it may be",
	    reach_target_parse(filled("http://h/", WRITTEN_PATH_MAX - 1), &got, &e), 0);
	T_INT(
	    "one longer", reach_target_parse(filled("http://h/", WRITTEN_PATH_MAX), &got, &e), -1);
	for (size_t i = 0; i <= REACH_TARGETS_MAX; i++) {
		snprintf(text[i], sizeof(text[i]), "http://h%zu/", i);
		v[i] = text[i];
	}
	T_INT("as many as there may be", probe_self->check(&conf, &opt, &e), 0);
	conf.targets.n++;
	T_INT("one more", probe_self->check(&conf, &opt, &e), -1);
	conf.targets.n = 0;
	T_INT("none", probe_self->check(&conf, &opt, &e), -1);
	T_TEXT("the option", opt, "targets");
	conf.targets.n = 1;
	conf.words = filled("", REACH_WORDS_MAX);
	T_INT("words as long as they may be", probe_self->check(&conf, &opt, &e), 0);
	conf.words = filled("", REACH_WORDS_MAX + 1);
	T_INT("longer", probe_self->check(&conf, &opt, &e), -1);
	conf.words = "";
	T_INT("no words", probe_self->check(&conf, &opt, &e), -1);
	conf.words = NULL;
	conf.hours = "Mon-Fri";
	T_INT("hours without a time", probe_self->check(&conf, &opt, &e), -1);
	T_TEXT("the option", opt, "hours");
}

#define OK "HTTP/1.1 200 OK\r\nServer: x\r\n"

static void
test_http(void)
{
	static const char *known[] = { "login.example" };
	static const struct texts redirects = { known, 1 };
	static const struct {
		const char *answer;
		enum http_says want, with_words; /* the words are "Sign in" */
	} t[] = {
		{ OK "\r\nSign in to file", HTTP_FINE, HTTP_FINE },
		{ OK "\r\nWelcome to the hotspot", HTTP_FINE, HTTP_WORDS },
		{ "HTTP/1.0 200\r\n\r\n", HTTP_FINE, HTTP_WORDS },
		{ OK, HTTP_NOT, HTTP_NOT },
		{ "HTTP/1.1 204 No Content\n\nSign in", HTTP_FINE, HTTP_FINE },
		{ "HTTP/1.1 401 Unauthorized\r\n\r\n", HTTP_FINE, HTTP_WORDS },
		{ "HTTP/1.1 403 Forbidden\r\n\r\nSign in", HTTP_STATUS, HTTP_STATUS },
		{ "HTTP/1.1 404 Not Found\r\n\r\n", HTTP_STATUS, HTTP_STATUS },
		{ "HTTP/1.1 500 No\r\n\r\n", HTTP_SERVER, HTTP_SERVER },
		{ "HTTP/1.1 503 No\r\n\r\n", HTTP_SERVER, HTTP_SERVER },
		{ "HTTP/1.1 302 F\r\nLocation: /login\r\n\r\nSign in", HTTP_FINE, HTTP_FINE },
		{ "HTTP/1.1 302 F\r\nlocation: https://PORTAL.example/x\r\n\r\n", HTTP_FINE,
		    HTTP_WORDS },
		{ "HTTP/1.1 302 F\r\nLocation: https://login.example/x\r\n\r\n", HTTP_FINE,
		    HTTP_WORDS },
		{ "HTTP/1.1 302 F\r\nLocation: http://192.168.1.1/portal\r\n\r\n", HTTP_ELSEWHERE,
		    HTTP_ELSEWHERE },
		{ "HTTP/1.1 302 F\r\nLocation: //evil.example/\r\n\r\n", HTTP_ELSEWHERE,
		    HTTP_ELSEWHERE },
		{ "HTTP/1.1 302 F\r\nLocation: https://portal.example.evil.example/\r\n\r\n",
		    HTTP_ELSEWHERE, HTTP_ELSEWHERE },
		{ "HTTP/1.1 302 F\r\nX-Location: //evil.example/\r\n\r\n", HTTP_FINE, HTTP_WORDS },
		{ "HTTP/1.1 100 Continue\r\n\r\n", HTTP_NOT, HTTP_NOT },
		{ "HTTP/1.1 2x0 OK\r\n\r\n", HTTP_NOT, HTTP_NOT },
		{ "SSH-2.0-OpenSSH\r\n\r\n", HTTP_NOT, HTTP_NOT },
		{ "", HTTP_NOT, HTTP_NOT },
	};
	const struct reach_target portal = { .at.host = "portal.example" };
	struct http_answer h;

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		size_t n = strlen(t[i].answer);
		char *cut = malloc(n + 1);

		T_INT(t[i].answer, http_read(t[i].answer, n, &portal, &redirects, NULL, &h),
		    t[i].want);
		T_INT(t[i].answer, http_read(t[i].answer, n, &portal, &redirects, "Sign in", &h),
		    t[i].with_words);
		/* all beginnings of it, each in a room of its own size */
		for (size_t k = 0; cut != NULL && k < n; k++) {
			char *room = malloc(k + 1);

			memcpy(room, t[i].answer, k);
			http_read(room, k, &portal, &redirects, "Sign in", &h);
			free(room);
		}
		free(cut);
	}
	http_read(t[13].answer, strlen(t[13].answer), &portal, &redirects, NULL, &h);
	T_TEXT("whom it sends to", h.to, "192.168.1.1");
}

static void
test_dns(void)
{
	uint8_t q[DNS_QUESTION_MAX], a[DNS_QUESTION_MAX + 64];
	char label[66] = { 0 };
	size_t n = dns_question(q, "portal.example", 0x1234);

	T_INT("its length", (long long)n, 12 + 16 + 4);
	T_INT("no name", (long long)dns_question(a, "", 1), 0);
	T_INT("two dots", (long long)dns_question(a, "a..b", 1), 0);
	T_INT("a dot at the end", (long long)dns_question(a, "portal.example.", 1), (long long)n);
	memset(label, 'a', 63);
	T_INT("a label of 63", dns_question(a, label, 1) > 0, true);
	label[63] = 'a';
	T_INT("a label of 64", (long long)dns_question(a, label, 1), 0);
	T_INT("a name of 253",
	    dns_question(a,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		1) > 0,
	    true);
	T_INT("one longer",
	    (long long)dns_question(a,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		1),
	    0);
	memcpy(a, q, n);
	T_INT("the question is no answer", dns_answer(q, n, a, n), DNS_NOT);
	a[2] |= 0x80;
	T_INT("without an address", dns_answer(q, n, a, n), DNS_NO_DATA);
	a[7] = 1;
	T_INT("with one", dns_answer(q, n, a, n), DNS_FINE);
	a[13] = 'P';
	T_INT("letters in another case", dns_answer(q, n, a, n), DNS_FINE);
	for (size_t k = 0; k < n; k++)
		T_INT("cut", dns_answer(q, n, a, k), DNS_NOT);
	a[3] = 3;
	T_INT("no such name", dns_answer(q, n, a, n), DNS_NO_NAME);
	a[3] = 5;
	T_INT("refused", dns_answer(q, n, a, n), DNS_REFUSED);
	a[3] = 2;
	T_INT("failed", dns_answer(q, n, a, n), DNS_FAILED);
	a[3] = 0;
	a[1] ^= 1;
	T_INT("another number", dns_answer(q, n, a, n), DNS_NOT);
	a[1] ^= 1;
	a[14] = 'x';
	T_INT("another name", dns_answer(q, n, a, n), DNS_NOT);
}

static void
test_memory(void)
{
	struct arena *arena = arena_new((size_t)1 << 20);
	struct memory m = { arena_array(arena, MEMORY_PLACES_MAX, sizeof(*m.v)), 0 };
	char good[] = "forewarn places 1\n0 2 150 160 https://portal.example/\n5 0 tcp://h:1\n";
	static const char *const bad[] = { "", "forewarn places 2\n", "forewarn places 1\nx\n",
		"forewarn places 1\n0 31 1 https://h/\n", "forewarn places 1\n0 2 150 https://h/\n",
		"forewarn places 1\n0 0\n", "forewarn places 1\n0 0 \n" };
	struct memory_place *p;
	char url[32];

	T_INT("good", memory_parse(good, &m), true);
	T_INT("two places", (long long)m.n, 2);
	p = memory_of(&m, "https://portal.example/");
	T_INT("its second time", p->ms[1], 160);
	T_INT("since", memory_of(&m, "tcp://h:1")->since, 5);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		char text[128];

		snprintf(text, sizeof(text), "%s", bad[i]);
		T_INT(bad[i], memory_parse(text, &m), false);
	}
	m.n = 0;
	p = memory_of(&m, "https://h/");
	for (int i = 1; i <= MEMORY_FEW; i++) {
		T_INT("too few to tell", memory_usual(p), 0);
		memory_add(p, i * 100 * 1000000LL);
	}
	T_INT("the middle", memory_usual(p), (MEMORY_FEW / 2 + 1) * 100);
	for (int i = 0; i < 2 * MEMORY_TIMES; i++)
		memory_add(p, INT64_MAX);
	T_INT("no more than so many", (long long)p->n, MEMORY_TIMES);
	T_INT("and none too large", memory_usual(p), 0xffffff);
	for (size_t i = 1; i < MEMORY_PLACES_MAX; i++) {
		snprintf(url, sizeof(url), "tcp://h%zu:1", i);
		T_INT("room", memory_of(&m, url) != NULL, true);
	}
	T_INT("and no more", memory_of(&m, "tcp://one-more:1") == NULL, true);
	arena_free(arena);
}

static instant
at(const char *text)
{
	struct err e;
	instant t = 0;

	T_INT(text, instant_parse(text, &t, &e), 0);
	return t;
}

static void
test_within(void)
{
	struct week_hours h;
	struct err e;

	setenv("TZ", "UTC", 1);
	tzset();
	T_INT("hours", week_hours_parse("Mon-Fri 08:00-18:00", &h, &e), 0);
	T_INT("without hours all counts",
	    report_within(NULL, at("2026-11-28T00:00:00Z"), at("2026-11-28T01:00:00Z")), SPAN_H);
	T_INT("at the weekend nothing",
	    report_within(&h, at("2026-11-28T00:00:00Z"), at("2026-11-29T23:00:00Z")), 0);
	T_INT("from Friday 17:50 to Monday 08:05",
	    report_within(&h, at("2026-11-27T17:50:00Z"), at("2026-11-30T08:05:00Z")),
	    15 * SPAN_MIN);
	T_INT("a second", report_within(&h, at("2026-11-30T09:00:00Z"), at("2026-11-30T09:00:01Z")),
	    SPAN_S);
}

static void
test_line(void)
{
	struct attempt v[3] = { { .done = true, .kind = ATTEMPT_UNREACHED },
		{ .done = true, .kind = ATTEMPT_LINE }, { .done = false, .kind = ATTEMPT_FINE } };
	struct reach_run r = { .v = v, .ntargets = 1, .nreferences = 2 };

	T_INT("nothing answers", report_line_of(&r), LINE_OURS);
	v[1].kind = ATTEMPT_THEIRS;
	T_INT("one refuses: the line works", report_line_of(&r), LINE_WORKS);
	v[1].kind = ATTEMPT_UNREACHED;
	r.nreferences = 0;
	T_INT("without references", report_line_of(&r), LINE_OPEN);
	v[0].kind = ATTEMPT_ODD;
	T_INT("another page: something answers", report_line_of(&r), LINE_WORKS);
}

int
main(void)
{
	test_targets();
	test_limits();
	test_http();
	test_dns();
	test_memory();
	test_within();
	test_line();
	return t_end();
}
