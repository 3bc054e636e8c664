/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a report as a plug-in says it: one line of status, more lines of detail, performance data
 * behind a bar (Monitoring Plugins development guidelines, "Plugin output"). The exit code is the
 * caller's.
 */
#include "base/day.h"
#include "base/text.h"
#include "show/report.h"
#include "show/words.h"

#include <math.h>
#include <string.h>

#define LINE_CHARS 160
#define LONG_LINES 50
#define PERF_MAX 100 /* pieces of performance data */

/* A bar or a line end would begin another part of the output. */
static void
plain(struct str *out, const char *s, size_t n, size_t chars)
{
	size_t from = out->len;

	text_clean(out, s, n, chars);
	for (size_t i = from; i < out->len; i++)
		if (out->s[i] == '|')
			out->s[i] = '/';
}

static void
one_line(const struct row *row, instant now, struct str *out)
{
	char fails[WORDS_MAX], start[WORDS_MAX];
	struct str what;

	str_init(&what, 4096);
	words_what(row, now, &what);
	plain(out, what.s, what.len, LINE_CHARS);
	str_fini(&what);
	if (words_fails(row->item, now, fails)[0] != '\0')
		str_addf(out, ", fails %s", fails);
	if (row->level != LEVEL_OK && words_start_by(row->item, now, start)[0] != '\0')
		str_addf(out, ", start %s%s", strncmp(start, "today", 5) == 0 ? "" : "by ", start);
}

static void
perf_label(struct str *out, const struct report_check *c, const struct item *it, const char *name)
{
	struct str label;

	str_init(&label, 4096);
	plain(&label, c->result->check, strlen(c->result->check), 64);
	str_addc(&label, ' ');
	plain(&label, it->target, strlen(it->target), 64);
	str_addc(&label, ' ');
	plain(&label, name, strlen(name), 64);
	str_addc(out, '\'');
	for (size_t i = 0; i < label.len; i++) {
		char ch = label.s[i];

		if (ch == '\'')
			str_add(out, "''");
		else
			str_addc(out, ch == '=' ? ':' : ch);
	}
	str_add(out, "'=");
	str_fini(&label);
}

static void
perf_range(struct str *out, const struct range *r)
{
	str_addc(out, ';');
	if (!r->set)
		return;
	if (r->inverted)
		str_addc(out, '@');
	if (!isfinite(r->lo))
		str_add(out, "~:");
	else if (r->lo != 0 || !isfinite(r->hi)) /* "10" is short for "0:10" */
		str_addf(out, "%.15g:", r->lo);
	if (isfinite(r->hi))
		str_addf(out, "%.15g", r->hi);
}

static const char *
perf_unit(enum unit u)
{
	return u == UNIT_SECONDS ? "s" : u == UNIT_BYTES ? "B" : "";
}

static void
perf(const struct report *r, struct str *out)
{
	size_t n = 0;

	for (size_t i = 0; i < r->nchecks; i++)
		for (size_t k = 0; k < r->checks[i].result->nitems; k++) {
			const struct item *it = &r->checks[i].result->items[k];

			for (size_t m = 0; m < it->nmetrics; m++) {
				const struct metric *x = &it->metrics[m];

				if (n++ >= PERF_MAX)
					return;
				str_add(out, n == 1 ? " | " : " ");
				perf_label(out, &r->checks[i], it, x->name);
				if (isfinite(x->value))
					str_addf(out, "%.15g%s", x->value, perf_unit(x->unit));
				else
					str_addc(out, 'U');
				perf_range(out, &x->warn);
				perf_range(out, &x->crit);
			}
		}
}

void
show_plugin(const struct report *r, struct str *out)
{
	static const char *const words[] = { "OK", "WARNING", "CRITICAL", "UNKNOWN" };
	struct arena *a = arena_new(SHOW_MAX);
	size_t n;
	struct row *rows = rows_by_urgency(r, false, a, &n);
	char day[DAY_TEXT];

	str_addf(out, "FOREWARN %s", words[level_exit(report_level(r))]);
	if (r->by_hand)
		str_addf(out, " as if it were %s", day_moment(r->now, day));
	str_add(out, ": ");
	if (n == 0)
		str_add(out, "no check is configured");
	else
		one_line(&rows[0], r->now, out);
	if (n > 1) {
		str_add(out, " (");
		words_counts(r, out);
		str_addc(out, ')');
	}
	if (report_unconfined(r) > 0)
		str_addf(out, " (%zu unconfined)", report_unconfined(r));
	perf(r, out);
	str_addc(out, '\n');
	for (size_t i = 1; i < n && i < LONG_LINES && rows[i].sign != SIGN_OK; i++) {
		str_addf(out, "%s: ", sign_name(rows[i].sign));
		one_line(&rows[i], r->now, out);
		str_addc(out, '\n');
	}
	arena_free(a);
}
