/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the words of a letter that stands for many alerts.
 */
#include "judge/phrase.h"
#include "judge/wording.h"

#include <stdio.h>
#include <string.h>

#define NAMED_CHARS 170 /* of the titles in the body; how many more follow takes the rest */

/* What each alert is counted as, in the order of the title. */
static const struct {
	enum event_kind kind;
	enum level level;
} states[] = {
	{ EVENT_RAISED, LEVEL_STOP },
	{ EVENT_RAISED, LEVEL_ACT },
	{ EVENT_RAISED, LEVEL_UNKNOWN },
	{ EVENT_RAISED, LEVEL_PLAN },
	{ EVENT_EXCEPTED, LEVEL_ACT },
	{ EVENT_RESOLVED, LEVEL_OK },
};

static void
add(char *s, size_t size, const char *text)
{
	size_t n = strlen(s);

	snprintf(s + n, size - n, "%s", text);
}

static size_t
count(const struct event_line *v, size_t n, const char *word)
{
	size_t many = 0;

	for (size_t i = 0; i < n; i++)
		many += strcmp(event_state(v[i].kind, v[i].level), word) == 0;
	return many;
}

static void
write_title(const struct event_line *v, size_t n, char *title, size_t size)
{
	char part[48];
	bool any = false;

	snprintf(title, size, "%zu alerts: ", n);
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		const char *word = event_state(states[i].kind, states[i].level);
		size_t many = count(v, n, word);

		if (many == 0)
			continue;
		snprintf(part, sizeof(part), "%s%zu %s", any ? ", " : "", many, word);
		add(title, size, part);
		any = true;
	}
	phrase_cut(title, EVENT_TITLE_MAX);
}

/* The first ones by name, the others by number. */
static void
write_what(const struct event_line *v, size_t n, char *what)
{
	char text[EVENT_TITLE_MAX * 4 + 8];
	size_t i;

	for (i = 0; i < n; i++) {
		phrase_clean(text, sizeof(text), v[i].title, EVENT_TITLE_MAX);
		if (i > 0 && phrase_chars(what) + phrase_chars(text) + 2 > NAMED_CHARS)
			break;
		add(what, WORDING_PART_SIZE, i > 0 ? "; " : "");
		add(what, WORDING_PART_SIZE, text);
	}
	if (i < n) {
		snprintf(text, sizeof(text), "; and %zu more", n - i);
		add(what, WORDING_PART_SIZE, text);
	}
	phrase_stop(what, WORDING_PART_SIZE);
}

void
wording_summary(const struct event_line *v, size_t n, struct wording *out)
{
	char body[2 * WORDING_PART_SIZE];

	memset(out, 0, sizeof(*out));
	write_title(v, n, out->title, sizeof(out->title));
	write_what(v, n, out->what);
	snprintf(out->do_now, sizeof(out->do_now), "%s",
	    count(v, n, event_state(EVENT_RESOLVED, LEVEL_OK)) == n
		? ""
		: "`forewarn alerts` lists what is open.");
	snprintf(body, sizeof(body), "%s%s%s", out->what, out->do_now[0] != '\0' ? " " : "",
	    out->do_now);
	phrase_cut(body, EVENT_BODY_MAX);
	memcpy(out->body, body, strlen(body) + 1);
	out->parts =
	    (struct event_parts){ out->what, out->when, out->so_what, out->do_now, out->who };
}
