/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the tray's sentences, and safe text.
 */
#include "tray/speech.h"

#include "base/day.h"
#include "base/text.h"

#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define N_(text) text /* to be translated where it is used */

void
speech_start(const char *folder)
{
	setlocale(LC_ALL, "");
	bindtextdomain(SPEECH_DOMAIN, folder);
	bind_textdomain_codeset(SPEECH_DOMAIN, "UTF-8");
}

const char *
tr(const char *text)
{
	return dgettext(SPEECH_DOMAIN, text);
}

const char *
tr_n(const char *one, const char *many, size_t n)
{
	return dngettext(SPEECH_DOMAIN, one, many, n);
}

bool
speech_rtl(void)
{
	/* translators: "rtl" if your language is written from right to left, else "ltr" */
	return strcmp(tr("ltr"), "rtl") == 0;
}

const char *
speech_safe(const char *text, size_t max, char buf[SPEECH_MAX])
{
	struct str s;

	str_init(&s, SPEECH_MAX * 4);
	text_clean(&s, text, strlen(text), max);
	text_clean_buf(buf, SPEECH_MAX, s.s, s.len);
	str_fini(&s);
	return buf;
}

const char *
speech_mixed(const char *text, char buf[SPEECH_MAX])
{
	/* U+200F the row runs as the language does, U+2068 to U+2069: what is in between as itself
	 */
	if (speech_rtl())
		snprintf(buf, SPEECH_MAX, "\u200f\u2068%.900s\u2069", text);
	else
		snprintf(buf, SPEECH_MAX, "%s", text);
	return buf;
}

static const char *
escaped(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

const char *
speech_body(const char *text, bool markup, char buf[SPEECH_MAX])
{
	char clean[SPEECH_MAX];
	size_t n = 0;

	speech_safe(text, SPEECH_BODY_MAX, clean);
	if (!markup)
		return memcpy(buf, clean, strlen(clean) + 1);
	for (const char *p = clean; *p != '\0'; p++) {
		const char *as = escaped(*p);
		size_t len = as != NULL ? strlen(as) : 1;

		/* whole characters only: what is left out begins where one begins */
		if (n + len + 4 >= SPEECH_MAX && ((unsigned char)*p & 0xc0) != 0x80)
			break;
		memcpy(buf + n, as != NULL ? as : p, len);
		n += len;
	}
	buf[n] = '\0';
	return buf;
}

const char *
speech_headline(const struct facts *f, char buf[SPEECH_MAX])
{
	if (f->reach == REACH_ABSENT)
		snprintf(buf, SPEECH_MAX, "%s", tr("forewarn does not run on this computer"));
	else if (f->reach == REACH_SILENT)
		snprintf(buf, SPEECH_MAX, "%s", tr("forewarn does not answer"));
	else if (f->needs > 0 && f->level == LEVEL_UNKNOWN)
		snprintf(buf, SPEECH_MAX,
		    tr_n("%zu thing could not be checked", "%zu things could not be checked",
			f->needs),
		    f->needs);
	else if (f->needs > 0)
		snprintf(buf, SPEECH_MAX,
		    tr_n("%zu thing needs you", "%zu things need you", f->needs), f->needs);
	else if (f->taken > 0)
		snprintf(buf, SPEECH_MAX,
		    tr_n("%zu thing is taken care of", "%zu things are taken care of", f->taken),
		    f->taken);
	else if (f->excepted > 0 && f->plans == 0)
		snprintf(buf, SPEECH_MAX,
		    tr_n("%zu excepted, all else fine", "%zu excepted, all else fine", f->excepted),
		    f->excepted);
	else
		snprintf(buf, SPEECH_MAX, "%s", tr("Fit to measure"));
	return buf;
}

/* What can wait, and what is approved to be as it is; of the latter what the headline left out. */
static void
waiting(const struct facts *f, char buf[SPEECH_MAX])
{
	size_t n = 0;

	if (f->plans > 0)
		n = (size_t)snprintf(buf, SPEECH_MAX / 2,
		    tr_n("%zu thing to plan", "%zu things to plan", f->plans), f->plans);
	if (f->excepted > 0 && f->needs + f->taken + f->plans > 0)
		snprintf(buf + n, SPEECH_MAX - n,
		    tr_n("%s%zu excepted", "%s%zu excepted", f->excepted), n > 0 ? " · " : "",
		    f->excepted);
}

const char *
speech_under(const struct facts *f, instant now, char buf[SPEECH_MAX])
{
	char since[SPEECH_MAX];

	buf[0] = '\0';
	if (f->reach == REACH_SILENT)
		snprintf(buf, SPEECH_MAX, tr("Nothing is known since %s"),
		    speech_moment(f->since, now, since));
	else if (f->reach == REACH_ABSENT)
		snprintf(buf, SPEECH_MAX, "%s", tr("Nothing watches this computer"));
	else if (f->head.measuring)
		snprintf(buf, SPEECH_MAX, "%s", tr("A measurement runs: only stop is shown"));
	else
		waiting(f, buf);
	return buf;
}

const char *
speech_day(instant t, instant now, char buf[SPEECH_MAX])
{
	static const char *const days[] = { N_("Sun"), N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
		N_("Fri"), N_("Sat") };
	static const char *const months[] = { N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"),
		N_("Jun"), N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec") };
	time_t s = (time_t)(t / INSTANT_S);
	int64_t away = day_distance(t, now);
	struct tm tm = { 0 };

	localtime_r(&s, &tm);
	if (away == 0)
		snprintf(buf, SPEECH_MAX, "%s", tr("today"));
	else if (away > 180 || away < -180)
		/* translators: weekday, day, month, year */
		snprintf(buf, SPEECH_MAX, tr("%1$s %2$d %3$s %4$d"), tr(days[tm.tm_wday]),
		    tm.tm_mday, tr(months[tm.tm_mon]), tm.tm_year + 1900);
	else
		/* translators: weekday, day, month */
		snprintf(buf, SPEECH_MAX, tr("%1$s %2$d %3$s"), tr(days[tm.tm_wday]), tm.tm_mday,
		    tr(months[tm.tm_mon]));
	return buf;
}

const char *
speech_moment(instant t, instant now, char buf[SPEECH_MAX])
{
	time_t s = (time_t)(t / INSTANT_S);
	char day[SPEECH_MAX];
	struct tm tm = { 0 };

	localtime_r(&s, &tm);
	if (day_distance(t, now) == 0)
		snprintf(buf, SPEECH_MAX, "%02d:%02d", tm.tm_hour, tm.tm_min);
	else
		snprintf(buf, SPEECH_MAX, "%.100s %02d:%02d", speech_day(t, now, day), tm.tm_hour,
		    tm.tm_min);
	return buf;
}

const char *
speech_times(const struct fact *v, instant now, char buf[SPEECH_MAX])
{
	char since[SPEECH_MAX], tried[SPEECH_MAX], succeeded[SPEECH_MAX];

	buf[0] = '\0';
	if (v->tried == INSTANT_NONE || v->since == INSTANT_NONE)
		return buf;
	speech_moment(v->since, now, since);
	speech_moment(v->tried, now, tried);
	if (v->succeeded == INSTANT_NONE)
		snprintf(buf, SPEECH_MAX, tr("Since %1$.200s · tried %2$.200s · never succeeded"),
		    since, tried);
	else if (v->succeeded == v->tried)
		snprintf(buf, SPEECH_MAX, tr("Since %1$.200s · tried %2$.200s"), since, tried);
	else
		snprintf(buf, SPEECH_MAX,
		    tr("Since %1$.200s · tried %2$.200s · last succeeded %3$.200s"), since, tried,
		    speech_moment(v->succeeded, now, succeeded));
	return buf;
}

const char *
speech_start_by(instant t, instant now, char buf[SPEECH_MAX])
{
	int64_t away = day_distance(t, now);
	char day[SPEECH_MAX];

	if (away < 0)
		snprintf(buf, SPEECH_MAX,
		    tr_n("Start today: it is %zu day late", "Start today: it is %zu days late",
			(size_t)-away),
		    (size_t)-away);
	else if (away == 0)
		snprintf(buf, SPEECH_MAX, "%s", tr("Start today"));
	else
		snprintf(buf, SPEECH_MAX, tr("Start by %s"), speech_day(t, now, day));
	return buf;
}

const char *
speech_due(instant t, instant now, char buf[SPEECH_MAX])
{
	int64_t away = day_distance(t, now);
	char day[SPEECH_MAX];

	if (away < 0)
		snprintf(buf, SPEECH_MAX, tr_n("%zu day late", "%zu days late", (size_t)-away),
		    (size_t)-away);
	else if (away == 0)
		snprintf(buf, SPEECH_MAX, "%s", tr("today"));
	else
		snprintf(buf, SPEECH_MAX, tr("by %s"), speech_day(t, now, day));
	return buf;
}
