/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/body.h"

#include "base/json_check.h"
#include "base/text.h"
#include "tests/events.h"
#include "tests/t.h"

static const char *const flavours[] = { "rich", "bare", "hostile", "void", "slow", "unset" };
#define NFLAVOURS (sizeof(flavours) / sizeof(flavours[0]))

static const struct body_terms terms = { .topic = "lab-alerts",
	.template_name = "own.json",
	.template_text = "{\"t\":\"{{title}}\",\"d\":\"{{details}}\",\"n\":{{severity}}}" };

/* No receiver gets a control, a bidirectional override or what is not UTF-8. */
static bool
is_clean(const char *s, size_t n)
{
	for (size_t at = 0; at < n;) {
		uint32_t c = 0;
		size_t len = utf8_decode(s + at, n - at, &c);

		if (len == 0 || (c < 0x20 && c != '\n') || (c >= 0x7f && c < 0xa0) ||
		    (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
			return false;
		at += len;
	}
	return true;
}

static void
every_format_and_kind(void)
{
	char row[96];

	for (size_t f = 0; body_formats[f] != NULL; f++)
		for (int k = 0; k < EVENT_KINDS; k++)
			for (size_t i = 0; i < NFLAVOURS; i++) {
				const char *type = NULL;
				struct err e = { 0 };
				struct event v;
				struct str out;
				int rc;

				snprintf(row, sizeof(row), "%s %s %s", body_formats[f],
				    events_kinds[k], flavours[i]);
				events_make(&v, (enum event_kind)k, flavours[i]);
				str_init(&out, BODY_MAX);
				rc = body_write(body_formats[f], &terms, &v, &out, &type, &e);
				T_INT(row, rc, body_carries(body_formats[f], v.kind) ? 0 : -1);
				T_TRUE(row, rc == 0 ? out.len > 0 && !out.cut : out.len == 0);
				T_TRUE(row, rc < 0 || type != NULL);
				T_TRUE(row, rc == 0 || e.msg[0] != '\0');
				T_TRUE(row, is_clean(out.s, out.len));
				if (rc == 0 && strcmp(body_formats[f], "text") != 0)
					T_INT(row, json_check(out.s, out.len, &e), 0);
				str_fini(&out);
			}
}

static void
write_one(const char *format, enum event_kind k, const char *flavour, struct str *out)
{
	const char *type;
	struct event v;

	events_make(&v, k, flavour);
	str_init(out, BODY_MAX);
	body_write(format, &terms, &v, out, &type, NULL);
}

static void
cloudevents(void)
{
	static const struct {
		const char *name;
		enum event_kind kind;
		const char *flavour, *has;
	} cases[] = {
		{ "version", EVENT_RAISED, "rich", "{\"specversion\":\"1.0\"," },
		{ "type", EVENT_DEGRADED, "rich", "\"type\":\"forewarn.delivery.degraded\"" },
		{ "source is percent-encoded", EVENT_RAISED, "rich",
		    "\"source\":\"/Karachi%20calibration%20lab/balance3\"" },
		{ "source without a site", EVENT_RAISED, "bare", "\"source\":\"/balance3\"" },
		{ "sequence compares as text", EVENT_RAISED, "rich",
		    "\"sequence\":\"00000000000000000041\"" },
		{ "time is true time", EVENT_RAISED, "slow", "\"time\":\"2026-11-26T07:55:00Z\"" },
		{ "recordedtime is the host's", EVENT_RAISED, "slow",
		    "\"recordedtime\":\"2026-11-26T07:35:00Z\"" },
		{ "not measured is null", EVENT_RAISED, "rich",
		    "{\"name\":\"jitter\",\"value\":null," },
		{ "a clock that was not measured is null", EVENT_RAISED, "unset",
		    "\"clock\":null" },
		{ "a key that comes twice keeps both", EVENT_RAISED, "rich",
		    "\"servers that agree.2\":\"and ntp4.lab over IPv6\"" },
		{ "counts of a heartbeat", EVENT_HEARTBEAT, "rich",
		    "\"counts\":{\"items\":{\"ok\":91,\"plan\":2,\"unknown\":1,\"act\":1,\"stop\":"
		    "0,\"excepted\":0},\"checks\":12,\"outbox\":3,\"dropped\":0,\"oldest\":42}" },
		{ "nothing was cut", EVENT_RAISED, "rich",
		    "\"cut\":{\"metrics\":0,\"evidence\":0}}}" },
		{ "all evidence was cut first", EVENT_RAISED, "hostile",
		    "\"evidence\":{},\"cut\":{\"metrics\":" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct str out;

		write_one("cloudevents", cases[i].kind, cases[i].flavour, &out);
		T_HAS(cases[i].name, out.s, cases[i].has);
		str_fini(&out);
	}
}

/* Every line of mail has at most 76 characters, however long the words are. */
static void
text_columns(void)
{
	static char word[500];
	static const char *const texts[] = { word,
		"\xe6\xb8\xac\xe5\xae\x9a \xe6\xb8\xac\xe5\xae\x9a", "a  b", " ", "" };
	size_t longest = 0;

	memset(word, 'w', sizeof(word) - 1);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		const char *type;
		struct event v;
		struct str out;

		events_make(&v, EVENT_RAISED, "rich");
		events_all_text(&v, texts[i]);
		str_init(&out, BODY_MAX);
		T_INT("mail of long words", body_write("text", &terms, &v, &out, &type, NULL), 0);
		for (char *l = out.s, *end; (end = strchr(l, '\n')) != NULL; l = end + 1) {
			size_t n = 0;

			for (char *c = l; c < end; c++)
				n += ((unsigned char)*c & 0xc0) != 0x80;
			longest = n > longest && l != out.s ? n : longest;
		}
		T_INT("the second line is empty", strchr(out.s, '\n')[1], '\n');
		str_fini(&out);
	}
	T_INT("the longest line", longest, 76);
}

/* A value of exactly the limit is whole; one more character, and it is counted as cut. */
static void
evidence_at_the_limit(void)
{
	static char value[1002];
	static const struct {
		size_t n;
		const char *cut;
	} cases[] = { { 1000, "\"evidence\":0}" }, { 1001, "\"evidence\":1}" } };

	for (size_t i = 0; i < 2; i++) {
		struct evidence ev = { "line", value };
		const char *type;
		struct event v;
		struct str out;

		memset(value, 'x', sizeof(value));
		value[cases[i].n] = '\0';
		events_make(&v, EVENT_RAISED, "rich");
		v.evidence = &ev;
		v.nevidence = 1;
		str_init(&out, BODY_MAX);
		body_write("cloudevents", &terms, &v, &out, &type, NULL);
		T_HAS("evidence at its limit and one past it", out.s, cases[i].cut);
		str_fini(&out);
	}
}

static void
formats(void)
{
	struct err e = { 0 };
	struct event v;
	struct str out;
	const char *type;

	T_INT("an unknown format", body_check("xml", &terms, &e), -1);
	T_TEXT("an unknown format names the known ones", e.msg,
	    "format \"xml\" is not known, known are alertmanager cloudevents discord ntfy "
	    "pagerduty slack teams template text");
	T_INT("ntfy without a topic", body_check("ntfy", &(struct body_terms){ 0 }, &e), -1);
	T_INT("template without a file", body_check("template", &(struct body_terms){ 0 }, &e), -1);
	events_make(&v, EVENT_RAISED, "rich");
	str_init(&out, BODY_MAX);
	T_INT("cannot be written", body_write("xml", &terms, &v, &out, &type, &e), -1);
	T_TRUE("and carries nothing", !body_carries("xml", EVENT_RAISED));
	for (size_t f = 0; body_formats[f] != NULL; f++) {
		T_INT(body_formats[f], body_check(body_formats[f], &terms, &e), 0);
		T_TRUE(
		    "names are sorted", f == 0 || strcmp(body_formats[f - 1], body_formats[f]) < 0);
	}
	str_fini(&out);
}

int
main(void)
{
	formats();
	every_format_and_kind();
	cloudevents();
	evidence_at_the_limit();
	text_columns();
	return t_end();
}
