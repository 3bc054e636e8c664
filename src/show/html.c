/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the page itself: what stands above and below, and in which order.
 */
#include "show/html_private.h"

#include "base/day.h"
#include "show/words.h"

#include <string.h>

/* Things by what they ask of people. */
struct page_tally {
	size_t needs, taken, plans, excepted;
	enum level worst; /* of those that nobody has taken */
};

static struct page_tally
count(const struct page *p)
{
	struct page_tally n = { .worst = LEVEL_OK, .excepted = report_excepted(p->report) };

	for (size_t i = 0; i < p->nthings; i++) {
		const struct page_thing *t = &p->things[i];
		size_t *to = t->row.level == LEVEL_PLAN ? &n.plans
			     : t->taken_by != NULL      ? &n.taken
							: &n.needs;

		if (t->gate == GATE_PARENT) /* its cause is counted */
			continue;
		*to += t->row.fold ? t->row.more : 1;
		if (t->taken_by == NULL)
			n.worst = level_worst(n.worst, t->row.level);
	}
	return n;
}

static void
counted(struct str *out, size_t n, const char *one, const char *many)
{
	char number[WORDS_MAX];

	str_addf(out, "%s %s", words_count(n, number), n == 1 ? one : many);
}

/* In the tray's words (tray/speech.c). */
static void
headline(const struct page *p, const struct page_tally *n, struct str *out)
{
	char number[WORDS_MAX];

	if (p->report->nchecks == 0)
		str_add(out, "No check is configured");
	else if (n->needs > 0 && n->worst == LEVEL_UNKNOWN)
		counted(out, n->needs, "thing could not be checked", "things could not be checked");
	else if (n->needs > 0)
		counted(out, n->needs, "thing needs you", "things need you");
	else if (n->taken > 0)
		counted(out, n->taken, "thing is taken care of", "things are taken care of");
	else if (n->excepted > 0 && n->plans == 0)
		str_addf(out, "%s excepted, all else fine", words_count(n->excepted, number));
	else
		str_add(out, "Fit to measure today");
}

static void
place(const struct page *p, struct str *out)
{
	const struct report *r = p->report;

	if (r->site != NULL && r->site[0] != '\0' && strcmp(r->site, r->host) != 0) {
		html_bdi(out, r->site, HTML_SHORT);
		str_add(out, " · ");
	}
	html_bdi(out, r->host, HTML_SHORT);
}

static void
head(const struct page *p, const char *line, struct str *out)
{
	str_add(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		     "style-src '" HTML_STYLE_HASH "'; base-uri 'none'; form-action 'none'\">\n"
		     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		     "<meta name=\"color-scheme\" content=\"light dark\">\n"
		     "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
	html_text(out, line, HTML_SHORT);
	str_add(out, " – ");
	html_text(out,
	    p->report->site != NULL && p->report->site[0] != '\0' ? p->report->site
								  : p->report->host,
	    HTML_SHORT);
	str_addf(out, "</title>\n<style>%s</style>\n</head>\n", html_style);
}

/* Between which moments it was measured: what is old looks old. */
static void
measured(const struct page *p, struct str *out)
{
	const struct report *r = p->report;
	instant first = INSTANT_NONE, last = INSTANT_NONE;
	char a[DAY_TEXT], b[DAY_TEXT];

	for (size_t i = 0; i < r->nchecks; i++) {
		instant t = r->checks[i].result->taken;

		if (t == INSTANT_NONE)
			continue;
		if (first == INSTANT_NONE || t < first)
			first = t;
		if (last == INSTANT_NONE || t > last)
			last = t;
	}
	if (first == INSTANT_NONE)
		return;
	day_clock(first, p->made, a);
	day_clock(last, p->made, b);
	str_addf(out, strcmp(a, b) == 0 ? ", measured %s" : ", measured %s to %s", a, b);
}

static void
top(const struct page *p, const struct page_tally *n, const char *line, struct str *out)
{
	char day[DAY_TEXT], number[WORDS_MAX];

	str_add(out, "<body>\n<header>\n");
	html_sign(out,
	    p->report->nchecks == 0 ? SIGN_UNKNOWN
				    : sign_of(n->worst, n->worst == LEVEL_OK && n->excepted > 0),
	    "sign big");
	str_addf(out, "<div>\n<h1>%s</h1>\n", line);
	if (n->plans > 0)
		str_addf(out, "<p class=\"under\">%s thing%s to plan</p>\n",
		    words_count(n->plans, number), n->plans == 1 ? "" : "s");
	if (n->excepted > 0 && n->needs + n->taken + n->plans > 0)
		str_addf(
		    out, "<p class=\"under\">%s excepted</p>\n", words_count(n->excepted, number));
	if (p->measuring)
		str_add(out, "<p class=\"under\">A measurement runs just now</p>\n");
	str_add(out, "<p class=\"place\">");
	place(p, out);
	str_addf(out, "</p>\n<p class=\"soft\">Made on %s", day_moment(p->made, day));
	measured(p, out);
	str_add(out, ".</p>\n");
	if (p->report->by_hand)
		str_addf(out,
		    "<p class=\"note\">Judged as if it were %s; that moment was given by "
		    "hand.</p>\n",
		    day_moment(p->report->now, day));
	if (report_unconfined(p->report) > 0)
		str_addf(out, "<p class=\"note\">" REPORT_UNCONFINED "</p>\n",
		    report_unconfined(p->report), p->report->nchecks);
	str_add(out, "</div>\n</header>\n<main>\n");
}

/* ---- the alarm itself */

static void
route(const struct page_route *v, instant now, struct str *out)
{
	char day[DAY_TEXT], ago[DAY_TEXT];

	str_add(out, "<li>");
	html_sign(out,
	    v->overdue                     ? SIGN_ACT
	    : v->confirmed == INSTANT_NONE ? SIGN_PLAN
					   : SIGN_OK,
	    "sign");
	if (v->name != NULL) {
		str_add(out, "By way of ");
		html_bdi(out, v->name, HTML_SHORT);
	} else {
		str_add(out, "On the screen of this computer");
	}
	if (v->confirmed == INSTANT_NONE)
		str_add(out, ": no person has confirmed yet that an alarm arrives.");
	else
		str_addf(out, ": last confirmed by a person on %s (%s%s).",
		    day_long(v->confirmed, now, day), day_count(v->confirmed, now, ago),
		    day_distance(v->confirmed, now) == 0 ? "" : " ago");
	if (v->overdue && v->confirmed != INSTANT_NONE)
		str_add(out, " <b>That is overdue.</b>");
	if (v->tested != INSTANT_NONE && v->tested > v->confirmed)
		str_addf(
		    out, " The test alert of %s is not confirmed.", day_clock(v->tested, now, day));
	str_add(out, "</li>\n");
}

static void
alarm(const struct page *p, struct str *out)
{
	bool due = false;

	str_add(out, "<section id=\"alarm\">\n<h2>Does the alarm arrive?</h2>\n");
	if (!p->watched)
		str_add(out, "<p>This page was made without forewarnd, which knows when a person "
			     "last confirmed a test alert.</p>\n");
	else if (p->nroutes > 0) {
		str_add(out, "<ul class=\"list\">\n");
		for (size_t i = 0; i < p->nroutes; i++) {
			const struct page_route *v = &p->routes[i];

			route(v, p->report->now, out);
			due = due || v->overdue || v->confirmed == INSTANT_NONE;
		}
		str_add(out, "</ul>\n");
	}
	if (due)
		str_add(out,
		    "<p>To test it: <code>forewarn alerts test</code>, then <code>forewarn alerts "
		    "confirm</code> where it arrived; or “Test the alarm” in the tray.</p>\n");
	str_add(out, "</section>\n");
}

static void
foot(const struct page *p, struct str *out)
{
	str_add(out, "</main>\n<footer>\n<ul class=\"legend\">\n");
	for (int m = SIGN_STOP; m >= SIGN_OK; m--) {
		static const char *const means[SIGN_N] = {
			[SIGN_OK] = "measured, and within its limits",
			[SIGN_EXCEPTED] = "bad, known, and approved to be so until a day",
			[SIGN_PLAN] = "belongs in the plan",
			[SIGN_UNKNOWN] = "could not be checked, so nobody knows",
			[SIGN_ACT] = "somebody has to do something now",
			[SIGN_STOP] = "work that needs it must stop",
		};

		str_add(out, "<li>");
		html_sign(out, (enum sign)m, "sign");
		str_addf(out, "<b>%s</b>: %s</li>\n", html_word((enum sign)m), means[m]);
	}
	str_add(out, "</ul>\n<p>forewarn ");
	html_text(out, p->version, HTML_SHORT);
	str_add(out, ". It only reads: it sets no clock and changes no file that it watches. "
		     "Dates are those of this computer's time zone.</p>\n</footer>\n</body>\n"
		     "</html>\n");
}

void
html_page(const struct page *p, struct str *out)
{
	const struct page_tally n = count(p);
	struct str line;

	str_init(&line, WORDS_MAX * 2);
	headline(p, &n, &line);
	head(p, line.s, out);
	top(p, &n, line.s, out);
	str_fini(&line);
	html_things(p, out);
	html_calendar(p, out);
	html_charts(p, out);
	html_fine(p, out);
	alarm(p, out);
	foot(p, out);
}
