/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is told of anacron's jobs and of a saved mail queue, both from the date in the file.
 */
#include "mail.h"
#include "report.h"

#include "base/day.h"
#include "base/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#define ANACRON "/var/spool/anacron"
#define ANACRON_READ ((size_t)64)

static void
unknown(struct item *it, const char *summary)
{
	it->state = ITEM_UNKNOWN;
	it->summary = summary;
}

/* anacron(8) writes the day of the last run, as 20261129 in the zone of this computer; the run may
 * have been at any hour of it, so its age is counted from the end of that day. */
static bool
anacron_day(const char *text, instant *end)
{
	struct civil c = { .micros = 0 }, back;
	int used = 0;
	instant noon;

	if (sscanf(text, "%4d%2d%2d%n", &c.year, &c.month, &c.day, &used) != 3 || used != 8 ||
	    (text[used] != '\n' && text[used] != '\0'))
		return false;
	c.hour = 12;
	noon = civil_instant(&c);
	instant_civil(noon, &back);
	if (back.day != c.day || back.month != c.month)
		return false;
	/* the same date by the calendar here */
	noon -= (day_number(noon) - noon / (86400 * INSTANT_S)) * 86400 * INSTANT_S;
	*end = instant_plus(day_start(noon), SPAN_DAY);
	return true;
}

static void
one_anacron(const struct probe_ctx *ctx, const struct services_conf *c, const char *entry)
{
	struct arena *a = ctx->arena;
	instant now = ctx->clk->wall(ctx->clk), end;
	struct services_job job = { .name = entry };
	struct item it = { .rule = "services.anacron", .state = ITEM_FINE };
	const char *path;
	struct err e = { 0 };
	char *text;
	size_t n;

	services_job(entry, a, &job, &e);
	it.target = job.name;
	path =
	    arena_printf(a, "%s" ANACRON "/%s", strcmp(c->root, "/") == 0 ? "" : c->root, job.name);
	if (strchr(job.name, '/') != NULL)
		unknown(&it, "A job of anacron has no slash in its name");
	else if (file_read(AT_FDCWD, path, FILE_FOLLOW, ANACRON_READ, a, &text, &n, &e) < 0 &&
		 e.code != ERR_ABSENT)
		unknown(&it, arena_printf(a, "When %s last ran cannot be read: %s: %s", job.name,
				 path, e.msg));
	else if (e.code == ERR_ABSENT) {
		it.state = ITEM_FOUND;
		it.finding = "never";
		it.summary = arena_printf(a, "The job %s has never run", job.name);
	} else if (!anacron_day(text, &end))
		unknown(&it, arena_printf(a, "%s holds no day", path));
	else
		report_age(ctx, &it, "Its last day was over", end < now ? end : now, job.most, now);
	probe_emit(ctx, &it);
}

void
report_anacron(const struct probe_ctx *ctx, const struct services_conf *c)
{
	for (size_t i = 0; i < c->anacron.n; i++)
		one_anacron(ctx, c, c->anacron.v[i]);
}

/* ---- mail */

static const char *
mail_unknown(const struct services_conf *c, const struct mail *m, instant now, struct arena *a)
{
	char words[SPAN_TEXT];

	if (m->bad > 0)
		return arena_printf(a, "%zu lines of %s are not understood", m->bad, c->mail_queue);
	if (m->asked == INSTANT_NONE)
		return arena_printf(
		    a, "the last line of %s does not say when it was asked", c->mail_queue);
	if (m->asked > now)
		return "it was asked in the future: a clock may be wrong";
	if (instant_minus(now, m->asked) >= c->mail_fresh)
		return arena_printf(
		    a, "it was last asked %s ago", span_words(instant_minus(now, m->asked), words));
	return NULL;
}

static void
mail_finding(struct item *it, const struct services_conf *c, const struct mail *m, struct arena *a)
{
	span old = m->letters > 0 ? instant_minus(m->asked, m->oldest) : 0;
	char words[SPAN_TEXT];

	if (m->letters == 0) {
		it->summary = "No mail waits to be sent";
		return;
	}
	it->finding = old >= c->mail_overdue ? "stuck" : old >= c->mail_due ? "waiting" : NULL;
	it->state = it->finding != NULL ? ITEM_FOUND : ITEM_FINE;
	it->summary = arena_printf(a, "%zu letter%s to be sent, the oldest for %s", m->letters,
	    m->letters == 1 ? " waits" : "s wait", span_words(old > 0 ? old : 0, words));
}

void
report_mail(const struct probe_ctx *ctx, const struct services_conf *c)
{
	struct arena *a = ctx->arena;
	struct item it = { .target = "mail queue", .rule = "services.mail", .state = ITEM_FINE };
	struct evidence ev = { "reason", "" };
	const char *why;
	struct mail m;
	struct err e = { 0 };
	char *text;
	size_t n;

	if (c->mail_queue == NULL)
		return;
	if (file_read(AT_FDCWD, c->mail_queue, FILE_FOLLOW, SERVICES_FILE_MAX, a, &text, &n, &e) <
	    0)
		why = arena_printf(a, "%s: %s", c->mail_queue, e.msg);
	else {
		mail_parse(text, a, &m);
		why = mail_unknown(c, &m, ctx->clk->wall(ctx->clk), a);
	}
	if (why != NULL)
		unknown(&it, arena_printf(a, "Whether mail waits is not known: %s", why));
	else {
		mail_finding(&it, c, &m, a);
		ev.value = m.reason;
		it.evidence = &ev;
		it.nevidence = m.reason[0] != '\0';
	}
	probe_emit(ctx, &it);
}
