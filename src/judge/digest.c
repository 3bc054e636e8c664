/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the words of the day's digest.
 */
#include "judge/phrase.h"
#include "judge/wording.h"

#include <stdio.h>
#include <string.h>

#define NAME_MAX_CHARS 40   /* of a check that is named */
#define NAMES_MAX_CHARS 110 /* of all that are named */
#define NAME_SIZE (NAME_MAX_CHARS * 4 + 8)

static void
add(char *s, const char *text)
{
	size_t n = strlen(s);

	snprintf(s + n, WORDING_PART_SIZE - n, "%s", text);
}

static void
stops(const struct digest_of *of, char *s)
{
	char text[NAME_SIZE];
	size_t i;

	if (of->n == 0)
		return;
	add(s, "Work must stop for: ");
	for (i = 0; i < of->n; i++) {
		phrase_clean(text, sizeof(text), of->named[i], NAME_MAX_CHARS);
		if (i > 0 && phrase_chars(s) + phrase_chars(text) > NAMES_MAX_CHARS)
			break;
		add(s, i > 0 ? ", " : "");
		add(s, text[0] != '\0' ? text : "a check");
	}
	if (i < of->n) {
		snprintf(text, sizeof(text), " and %zu more", of->n - i);
		add(s, text);
	}
	phrase_stop(s, WORDING_PART_SIZE);
}

static void
levels(const struct event_counts *c, char *s)
{
	static const struct {
		enum level level;
		const char *words;
	} of[] = { { LEVEL_ACT, "to do now" }, { LEVEL_UNKNOWN, "could not be checked" },
		{ LEVEL_PLAN, "for the plan" }, { LEVEL_OK, "fine" } };
	char text[64];

	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++) {
		if (c->level[of[i].level] == 0)
			continue;
		snprintf(text, sizeof(text), "%s%llu %s", s[0] != '\0' ? ", " : "",
		    (unsigned long long)c->level[of[i].level], of[i].words);
		add(s, text);
	}
	if (c->excepted > 0) {
		snprintf(text, sizeof(text), "%s%llu excepted", s[0] != '\0' ? ", " : "",
		    (unsigned long long)c->excepted);
		add(s, text);
	}
	phrase_stop(s, WORDING_PART_SIZE);
}

void
wording_digest(const struct digest_of *of, struct wording *out)
{
	const struct event_counts *c = of->counts;
	uint64_t wrong = 0, all = c->excepted;
	char host[NAME_SIZE], body[3 * WORDING_PART_SIZE + 8];

	memset(out, 0, sizeof(*out));
	for (int l = 0; l < LEVEL_N; l++) {
		all += c->level[l];
		wrong += l == LEVEL_OK ? 0 : c->level[l];
	}
	/* two numbers of 20 digits do not leave much for a name */
	phrase_clean(host, sizeof(host), of->host, 16);
	if (wrong == 0 && c->excepted > 0)
		snprintf(out->title, sizeof(out->title), "%s %s: all fine, %llu excepted",
		    of->first ? "First look at" : "Today on",
		    host[0] != '\0' ? host : "this computer", (unsigned long long)c->excepted);
	else if (wrong == 0 && all > 0)
		snprintf(out->title, sizeof(out->title), "%s %s: all %llu are fine",
		    of->first ? "First look at" : "Today on",
		    host[0] != '\0' ? host : "this computer", (unsigned long long)all);
	else
		snprintf(out->title, sizeof(out->title), "%s %s: %llu of %llu to look at",
		    of->first ? "First look at" : "Today on",
		    host[0] != '\0' ? host : "this computer", (unsigned long long)wrong,
		    (unsigned long long)all);
	phrase_cut(out->title, EVENT_TITLE_MAX);
	stops(of, out->what);
	levels(c, out->so_what);
	if (wrong > 0)
		snprintf(out->do_now, sizeof(out->do_now),
		    "Read the list in `forewarn status`, and begin at its top.");
	snprintf(body, sizeof(body), "%s%s%s%s%s", out->what, of->n > 0 ? " " : "", out->so_what,
	    wrong > 0 ? " " : "", out->do_now);
	phrase_cut(body, EVENT_BODY_MAX);
	memcpy(out->body, body, strlen(body) + 1);
	out->parts =
	    (struct event_parts){ out->what, out->when, out->so_what, out->do_now, out->who };
}
