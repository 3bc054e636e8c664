/* SPDX-License-Identifier: Apache-2.0
 *
 * Every message of every rule of every probe, held against the rules of alert wording.
 */
#include "base/str.h"
#include "judge/judge.h"
#include "judge/phrase.h"
#include "judge/wording.h"
#include "probes/specs.h"
#include "tests/t.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

/* Thousands of messages, many rules each: what holds is not counted one by one. */
#define MUST(row, cond)                                                                            \
	do {                                                                                       \
		if (!(cond))                                                                       \
			T_TRUE(row, cond);                                                         \
	} while (0)

#define NOW (1800000000 * INSTANT_S)

/* Jargon of first views, blame, and words that stand for a missing one. As whole words. */
static const char *const banned[] = { "ppm", "notAfter", "notBefore", "CRL", "OCSP", "stratum",
	"refid", "dispersion", "jitter", "NTP", "NTS", "SNTP", "PKCS", "PKCS#11", "X.509", "ASN.1",
	"DER", "PEM", "TLS", "SSL", "STARTTLS", "UTF-8", "JSON", "stdout", "stderr", "errno",
	"fingerprint", "threshold", "metric", "daemon", "nextUpdate", "subject", "SAN", "CN",
	"hash", "null", "NaN", "failed to", "you forgot", "your fault", "careless", "guilty",
	"please", "oops", "TODO" };

/* What a reader can do. */
static const char *const verbs[] = { "Close", "Switch", "Watch", "Ask", "Call", "Change", "Check",
	"Compare", "Connect", "Correct", "Do", "Find", "Finish", "Get", "Give", "Install", "Keep",
	"Leave", "Look", "Make", "Name", "Order", "Plug", "Put", "Raise", "Read", "Renew",
	"Replace", "Restore", "Run", "Send", "Set", "Sign", "Start", "Stop", "Take", "Tell", "Turn",
	"Wait", "Add", "Remove", "Restart", "Enter", "Open", "Move", "Reload", "Write", "Mark",
	"Plan" };

/* Short for what everybody calls by it. */
static const char *const capitals[] = { "PIN", "PC", "UDP", "USB", "ID", "IT", "VPN" };

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '#';
}

static bool
holds_word(const char *s, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = s; (p = strcasestr(p, word)) != NULL; p++)
		if ((p == s || !is_word(p[-1])) && !is_word(p[n]))
			return true;
	return false;
}

static bool
listed(const char *const *list, size_t n, const char *word, size_t len)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(list[i]) == len && memcmp(list[i], word, len) == 0)
			return true;
	return false;
}

#define IN(list, word, len) listed(list, sizeof(list) / sizeof(list[0]), word, len)

static void
no_capitals(const char *row, const char *s)
{
	while (*s != '\0') {
		size_t n = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

		if (n > 1 && !IN(capitals, s, n) && !islower((unsigned char)s[n]))
			T_TEXT(row, s, "no word in capitals");
		s += n > 0 ? n : 1;
	}
}

static void
clean(const char *row, const char *s)
{
	for (size_t i = 0; i < sizeof(banned) / sizeof(banned[0]); i++)
		if (holds_word(s, banned[i]))
			T_TEXT(row, s, banned[i]);
	MUST(row, strchr(s, '!') == NULL);
	MUST(row, strstr(s, "  ") == NULL && strstr(s, "..") == NULL && strstr(s, "%") == NULL);
	no_capitals(row, s);
}

static bool
ends_sentence(const char *s)
{
	size_t n = strlen(s);

	return n > 0 && s[n - 1] == '.';
}

/* A rule's own words, before anything is done to them. */
static void
rule_words(const char *row, const char *so_what, const char *do_now)
{
	if (so_what != NULL) {
		MUST(row, strlen(so_what) <= RULE_WORDS_MAX);
		MUST(row, isupper((unsigned char)so_what[0]));
		clean(row, so_what);
	}
	if (do_now != NULL) {
		MUST(row, strlen(do_now) <= RULE_WORDS_MAX);
		clean(row, do_now);
		if (!IN(verbs, do_now, strcspn(do_now, " ")))
			T_TEXT(row, do_now, "a verb first");
	}
}

static void
message(const char *row, const struct wording_of *of)
{
	struct wording w;

	wording_make(of, NOW, &w);
	MUST(row, phrase_chars(w.title) <= EVENT_TITLE_MAX);
	MUST(row, phrase_chars(w.body) <= EVENT_BODY_MAX);
	MUST(row, strstr(w.title, "Balance 3 PC") != NULL);
	clean(row, w.title);
	clean(row, w.body);
	MUST(row, isupper((unsigned char)w.title[0]) && !ends_sentence(w.title));
	MUST(row, isupper((unsigned char)w.body[0]) && ends_sentence(w.body));
	T_HAS(
	    row, w.body, of->owner != NULL ? "Owner Sana (IT), else Omar." : "No owner is named.");
	MUST("a person stands only in who", strstr(w.what, "Sana") == NULL &&
						strstr(w.when, "Sana") == NULL &&
						strstr(w.title, "Sana") == NULL);
	MUST(row, w.when[0] != '\0' || of->told.why == WHY_STALE);
	if (of->told.kind == EVENT_RESOLVED)
		return;
	MUST(row, ends_sentence(w.do_now) && ends_sentence(w.who));
	MUST(row, w.so_what[0] == '\0' || ends_sentence(w.so_what));
	MUST("one thing to do, a verb first", IN(verbs, w.do_now, strcspn(w.do_now, " ")));
	MUST("and it is in the body", strstr(w.body, w.do_now) != NULL);
	if (of->told.level == LEVEL_UNKNOWN && of->told.why != WHY_FLAPPING)
		MUST(row, strncmp(w.title, "Could not check ", 16) == 0);
}

static const enum event_kind kinds[] = { EVENT_RAISED, EVENT_ESCALATED, EVENT_EASED, EVENT_REMINDER,
	EVENT_RESOLVED };

/* As long as its words may be. */
static const struct accept by_a_person = { "t", "r", "f", NOW,
	"Maria of the quality department, who is also the deputy of the laboratory, ok!!!",
	"the vendor took out a record that stood there twice, which the deviation 4711 names, and "
	"the list of all that was done is in the folder of the year; the log is copied to the "
	"archive, and both were compared line by line afterwards" };

/* Each kind of telling and each reason, with and without an owner. */
static void
all_courses(const char *row, const struct item *it, const struct rule *rule, enum level level)
{
	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
		for (int why = 0; why < WHY_N; why++) {
			struct wording_of of = { it, rule, "Balance 3 PC",
				why % 2 == 0 ? "Sana (IT)" : NULL, why % 2 == 0 ? "Omar" : NULL,
				{ .kind = kinds[k],
				    .why = (enum policy_why)why,
				    .level = level,
				    .previous = LEVEL_ACT,
				    .since = NOW - 90000 * INSTANT_S },
				NOW - 600 * INSTANT_S, NULL, why == WHY_CONFIRMED ? 60 : 0 };

			message(row, &of);
			if (kinds[k] != EVENT_RESOLVED)
				continue;
			of.accepted = &by_a_person;
			message(row, &of);
		}
	T_TRUE("looked at", it->summary != NULL);
}

static void
all_levels(const struct probe_spec *p, const struct rule *rule, const struct finding *f)
{
	static const int dates[] = { 0, -400, -1, 1, 29, 400 };
	const instant day = 86400 * INSTANT_S;
	char row[160];

	snprintf(row, sizeof(row), "%s %s", rule->name, f != NULL ? f->key : "");
	for (size_t d = 0; d < sizeof(dates) / sizeof(dates[0]); d++)
		for (int kind = 0; kind < DEADLINE_N; kind++) {
			struct item it = {
				.target = "t", .rule = rule->name, .summary = "It is so"
			};
			struct result r = { .probe = p->name, .items = &it, .nitems = 1 };
			const struct judge_terms terms = { .lead = 14 * SPAN_DAY,
				.auto_renew = false };

			it.state = f != NULL ? ITEM_FOUND : ITEM_FINE;
			it.finding = f != NULL ? f->key : NULL;
			if (kind != DEADLINE_NONE)
				it.deadline = (struct deadline){ (enum deadline_kind)kind,
					NOW + dates[d] * day, NOW + dates[d] * day / 2,
					NOW + dates[d] * 2 * day, 0 };
			for (int l = LEVEL_PLAN; l < LEVEL_N; l++) {
				if (l == LEVEL_UNKNOWN)
					it.state = ITEM_UNKNOWN;
				judge_result(&r, p->rules, &terms, NOW);
				all_courses(row, &it, rule, (enum level)l);
			}
		}
}

static void
all_rules(void)
{
	size_t rules = 0;

	for (size_t i = 0; probe_specs[i] != NULL; i++)
		for (const struct rule *r = probe_specs[i]->rules; r->name != NULL; r++, rules++) {
			rule_words(r->name, r->so_what, r->do_now);
			rule_words(r->name, r->so_ahead, r->do_ahead);
			T_INT(r->name, r->so_ahead != NULL, r->do_ahead != NULL);
			rule_words(r->name, NULL, r->unknown_do);
			T_TRUE(r->name, r->unknown_do != NULL);
			T_TRUE(r->name, (r->by & (BY_METRIC | BY_DEADLINE)) == 0 ||
					    (r->so_what != NULL && r->do_now != NULL));
			clean(r->name, r->title);
			all_levels(probe_specs[i], r, NULL);
			for (const struct finding *f = r->findings; f != NULL && f->key != NULL;
			     f++) {
				T_TRUE(f->key, f->so_what != NULL && f->do_now != NULL);
				rule_words(f->key, f->so_what, f->do_now);
				all_levels(probe_specs[i], r, f);
			}
		}
	T_TRUE("there are rules", rules > 10);
}

/* The lint itself can fail. */
static void
lints(void)
{
	T_TRUE("a banned word", holds_word("The CRL is old", "crl"));
	T_TRUE("not within another", !holds_word("understand", "DER"));
	T_TRUE("at the end", holds_word("by 3 ppm", "ppm"));
	T_TRUE("a verb", IN(verbs, "Ask", 3));
	T_TRUE("not one", !IN(verbs, "Clock", 5));
}

int
main(void)
{
	setenv("TZ", "UTC0", 1);
	lints();
	all_rules();
	return t_end();
}
