/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the things on the page: what is not fine, in the five parts; and what is, folded.
 */
#include "show/html_private.h"
#include "show/meant.h"

#include "base/day.h"
#include "show/words.h"

#include <math.h>
#include <string.h>

static void
part(struct str *out, const char *label, const char *class, const char *text)
{
	if (text == NULL || text[0] == '\0')
		return;
	str_addf(out, "<dt>%s</dt><dd%s>", label, class);
	html_bdi(out, text, HTML_LONG);
	str_add(out, "</dd>\n");
}

static void
limit(struct str *out, const char *label, const struct range *r, enum unit u)
{
	char value[HTML_VALUE];

	if (!r->set)
		return;
	str_addf(out, ", %s%s", label, r->inverted ? " outside" : "");
	if (!isinf(r->lo))
		str_addf(out, " from %s", html_value(r->lo, u, value));
	if (!isinf(r->hi))
		str_addf(out, " to %s", html_value(r->hi, u, value));
}

static void
metric(struct str *out, const struct metric *m)
{
	char value[HTML_VALUE];

	str_add(out, "<dt>");
	html_bdi(out, m->name, HTML_SHORT);
	str_addf(out, "</dt><dd>%s", html_value(m->value, m->unit, value));
	if (m->bound > 0)
		str_addf(out, " ± %s", html_value(m->bound, m->unit, value));
	limit(out, "fine", &m->warn, m->unit);
	limit(out, "hard limit", &m->crit, m->unit);
	str_add(out, "</dd>\n");
}

static void
measured(struct str *out, const struct result *r, instant now)
{
	char day[DAY_TEXT];

	if (r->taken != INSTANT_NONE)
		str_addf(out, "measured %s", day_clock(r->taken, now, day));
}

static void
meant(const struct page_thing *t, struct str *out)
{
	struct str command;

	str_init(&command, 4 * HANDED_TARGET_MAX + 1024);
	if (meant_command(t->row.check->result->check, t->row.item, &command)) {
		str_add(out, "<p class=\"more\">Meant to be so? <code>");
		html_text(out, command.s, 4 * HANDED_TARGET_MAX);
		str_add(out, "</code></p>\n");
	}
	str_fini(&command);
}

static void
details(const struct page_thing *t, const struct page *p, struct str *out)
{
	const struct item *it = t->row.item;

	html_fold(out);
	str_add(out, "Details");
	html_folded(out);
	str_add(out, "<dl class=\"facts\">\n<dt>Thing</dt><dd>");
	html_bdi(out, it->target, HTML_LONG);
	str_add(out, "</dd>\n<dt>Rule</dt><dd>");
	html_bdi(out, it->rule, HTML_SHORT);
	str_add(out, "</dd>\n<dt>Check</dt><dd>");
	html_bdi(out, t->row.check->result->check, HTML_SHORT);
	str_add(out, ", ");
	measured(out, t->row.check->result, p->made);
	str_add(out, "</dd>\n");
	for (size_t i = 0; i < it->nmetrics && i < HTML_DETAILS; i++)
		metric(out, &it->metrics[i]);
	for (size_t i = 0; i < it->nevidence && i < HTML_DETAILS; i++) {
		str_add(out, "<dt>");
		html_bdi(out, it->evidence[i].key, HTML_SHORT);
		str_add(out, "</dt><dd>");
		html_bdi(
		    out, it->evidence[i].value != NULL ? it->evidence[i].value : "", HTML_LONG);
		str_add(out, "</dd>\n");
	}
	str_add(out, "</dl>\n");
	meant(t, out);
	html_unfold(out);
}

static void
folded_row(const struct page_thing *t, const struct page *p, struct str *out)
{
	char fails[WORDS_MAX], n[WORDS_MAX];

	str_addf(out, "<p class=\"more\">%s more like %s of ", words_count(t->row.more, n),
	    t->row.more == 1 ? "this" : "these");
	html_bdi(out, t->row.check->title, HTML_SHORT);
	if (words_fails(t->row.item, p->report->now, fails)[0] != '\0')
		str_addf(out, "; the first to end: %s", fails);
	str_add(out, ". <code>--all</code> lists them.</p>\n");
}

/* What differs in the newest look, and the three moments: since when, last tried, last succeeded.
 */
static void
beside(const struct page_thing *t, const struct page *p, struct str *out)
{
	const struct watched *w = t->row.item->verdict.watched;
	char times[WORDS_MAX];

	if (w != NULL && w->note != NULL) {
		str_add(out, "<p class=\"note\">It ");
		html_text(out, w->note, HTML_LONG);
		str_add(out, ".</p>\n");
	}
	if (words_times(&t->row, p->report->now, times)[0] != '\0') {
		str_add(out, "<p class=\"soft times\">");
		html_text(out, times, HTML_LONG);
		str_add(out, "</p>\n");
	}
}

static void
thing(const struct page_thing *t, const struct page *p, struct str *out)
{
	enum sign s = t->row.sign;

	str_addf(out, "<article class=\"thing %s\">\n<h3>", sign_name(s));
	html_sign(out, s, "sign");
	str_addf(out, "<span class=\"word\">%s</span> ", html_word(s));
	html_bdi(out, t->title, HTML_SHORT);
	str_add(out, "</h3>\n");
	if (t->row.fold) {
		folded_row(t, p, out);
		str_add(out, "</article>\n");
		return;
	}
	str_add(out, "<dl class=\"parts\">\n");
	part(out, "What", "", t->parts.what);
	part(out, "When", "", t->parts.when);
	part(out, "So what", "", t->parts.so_what);
	part(out, "Do now", " class=\"do\"", t->parts.do_now);
	part(out, "Who", "", t->parts.who);
	str_add(out, "</dl>\n");
	if (t->taken_by != NULL) {
		str_add(out, "<p class=\"note\">Taken by ");
		html_bdi(out, t->taken_by[0] != '\0' ? t->taken_by : "somebody", HTML_SHORT);
		str_add(out, ".</p>\n");
	}
	if (t->gate == GATE_SILENCED)
		str_add(out, "<p class=\"note\">Muted: nobody is told for now.</p>\n");
	beside(t, p, out);
	details(t, p, out);
	str_add(out, "</article>\n");
}

enum page_part { PART_NOW, PART_PLAN, PART_FOLLOWS };

/* What follows from other trouble is not counted in the headline, and so stands by itself. */
static enum page_part
part_of(const struct page_thing *t)
{
	if (t->gate == GATE_PARENT)
		return PART_FOLLOWS;
	return t->row.level == LEVEL_PLAN ? PART_PLAN : PART_NOW;
}

static void
section(
    const struct page *p, enum page_part part, const char *id, const char *heading, struct str *out)
{
	size_t n = 0;

	for (size_t i = 0; i < p->nthings; i++) {
		if (part_of(&p->things[i]) != part)
			continue;
		if (n++ == 0)
			str_addf(out, "<section id=\"%s\">\n<h2>%s</h2>\n", id, heading);
		thing(&p->things[i], p, out);
	}
	if (n > 0)
		str_add(out, "</section>\n");
}

static void
approved_item(
    const struct report_check *c, const struct item *it, const struct page *p, struct str *out)
{
	const struct row row = { it->verdict.level, c, it, 0, false, SIGN_EXCEPTED };
	const struct approval *by = it->verdict.approval;
	char times[WORDS_MAX], day[DAY_TEXT];

	str_add(out, "<li>");
	html_sign(out, SIGN_EXCEPTED, "sign");
	str_addf(out, "<span class=\"word\">%s</span> ", html_word(SIGN_EXCEPTED));
	html_bdi(out, c->title, HTML_SHORT);
	str_add(out, ": ");
	html_bdi(out, it->summary, HTML_LONG);
	if (by != NULL) {
		str_add(out, ". Approved by ");
		html_bdi(out, by->approver, HTML_SHORT);
		str_addf(out, " until %s: ", day_long(by->until, p->report->now, day));
		html_bdi(out, by->reason, HTML_LONG);
		str_add(out, ". Meanwhile: ");
		html_bdi(out, by->measure, HTML_LONG);
	}
	str_add(out, ".");
	if (words_times(&row, p->report->now, times)[0] != '\0') {
		str_add(out, " <span class=\"soft\">(");
		html_text(out, times, HTML_LONG);
		str_add(out, ")</span>");
	}
	str_add(out, "</li>\n");
}

/* What somebody approved to be as it is: shown in every report. */
static void
approved(const struct page *p, struct str *out)
{
	const struct report *r = p->report;
	size_t n = 0;

	for (size_t i = 0; i < r->nchecks; i++)
		for (size_t k = 0; k < r->checks[i].result->nitems; k++) {
			const struct item *it = &r->checks[i].result->items[k];

			if (!it->verdict.excepted || n++ >= HTML_APPROVED)
				continue;
			if (n == 1)
				str_add(out, "<section id=\"approved\">\n<h2>Excepted: bad, and "
					     "approved to be so</h2>\n<ul class=\"list\">\n");
			approved_item(&r->checks[i], it, p, out);
		}
	if (n > HTML_APPROVED)
		str_addf(out, "<li>and %zu more</li>\n", n - HTML_APPROVED);
	if (n > 0)
		str_add(out, "</ul>\n</section>\n");
}

void
html_things(const struct page *p, struct str *out)
{
	section(p, PART_NOW, "now", "Needs somebody now", out);
	section(p, PART_FOLLOWS, "follows", "Follows from that", out);
	section(p, PART_PLAN, "plan", "Put in the plan", out);
	approved(p, out);
}

/* ---- what is fine */

static bool
is_fine(const struct item *it)
{
	return it->verdict.level == LEVEL_OK && !it->verdict.excepted;
}

static size_t
fine_of(const struct result *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->nitems; i++)
		n += is_fine(&r->items[i]);
	return n;
}

static void
fine_item(const struct item *it, const struct page *p, struct str *out)
{
	char fails[WORDS_MAX];

	str_add(out, "<li>");
	if (strcasestr(it->summary, it->target) == NULL) {
		html_bdi(out, it->target, HTML_SHORT);
		str_add(out, ": ");
	}
	html_bdi(out, it->summary, HTML_LONG);
	if (words_fails(it, p->report->now, fails)[0] != '\0')
		str_addf(out, " <span class=\"soft\">ends %s</span>", fails);
	str_add(out, "</li>\n");
}

static void
fine_check(const struct report_check *c, size_t have, const struct page *p, struct str *out)
{
	const struct result *r = c->result;
	char n[WORDS_MAX];
	size_t shown = 0;

	str_add(out, "<h3>");
	html_sign(out, SIGN_OK, "sign");
	html_bdi(out, c->title, HTML_SHORT);
	str_add(out, " <span class=\"soft\">");
	measured(out, r, p->made);
	str_add(out, "</span></h3>\n<ul class=\"list\">\n");
	for (size_t i = 0; i < r->nitems && shown < HTML_CHECK_ITEMS; i++)
		if (is_fine(&r->items[i])) {
			fine_item(&r->items[i], p, out);
			shown++;
		}
	if (have > shown)
		str_addf(out, "<li>and %s more that are fine</li>\n", words_count(have - shown, n));
	str_add(out, "</ul>\n");
}

void
html_fine(const struct page *p, struct str *out)
{
	const struct report *r = p->report;
	char n[WORDS_MAX];
	size_t all = 0;

	for (size_t i = 0; i < r->nchecks; i++)
		all += fine_of(r->checks[i].result);
	if (all == 0)
		return;
	str_add(out, "<section id=\"fine\">\n<h2>Fine</h2>\n");
	html_fold(out);
	str_addf(out, "%s %s measured and fine", words_count(all, n),
	    all == 1 ? "thing was" : "things were");
	html_folded(out);
	for (size_t i = 0; i < r->nchecks; i++) {
		size_t have = fine_of(r->checks[i].result);

		if (have > 0)
			fine_check(&r->checks[i], have, p, out);
	}
	html_unfold(out);
	str_add(out, "</section>\n");
}
