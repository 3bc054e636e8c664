/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is told of the end of support: of the release, and of single sources.
 */
#include "dated.h"
#include "report.h"
#include "support.h"

#include "base/day.h"

#include <string.h>

#define TABLES "/usr/share/distro-info"
#define SOURCES "/usr/share/debian-security-support"
#define TABLE_READ ((size_t)1 << 20)

struct ends {
	struct support_release release;
	const char *source; /* where the dates come from, with their own date */
	instant made;       /* when that was made; INSTANT_NONE: not known */
	const char *unknown;
};

static const char *
own_date(const struct look *l, const char *package, instant *made, struct arena *a)
{
	const struct dpkg_package *p = dpkg_find(&l->dpkg, package);
	char at[INSTANT_TEXT];

	*made = dated_package(l->root, package, a);
	return arena_printf(a, "%s %s%s%.10s", package, p != NULL ? p->version : "",
	    *made != INSTANT_NONE ? " of " : ", date not known",
	    *made != INSTANT_NONE ? instant_text(*made, at) : "");
}

static struct ends
find(const struct look *l, struct arena *a)
{
	struct ends s = { .release = { .eol = INSTANT_NONE, .lts = INSTANT_NONE },
		.made = INSTANT_NONE };
	const char *id = support_os(l->os, "ID", a), *said = support_os(l->os, "SUPPORT_END", a);
	const char *csv = NULL;
	struct err e = { 0 };

	/* what the release says of itself wins (os-release(5)) */
	if (said != NULL && support_day(said) != INSTANT_NONE) {
		s.release = (struct support_release){ true, "", support_day(said), INSTANT_NONE };
		s.source = "os-release";
		s.made = l->now;
		return s;
	}
	if (id == NULL || strchr(id, '/') != NULL)
		s.unknown = "what release this is cannot be read";
	else
		csv = look_file(l, arena_printf(a, TABLES "/%s.csv", id), a, TABLE_READ, &e);
	if (s.unknown == NULL && csv == NULL)
		s.unknown = arena_printf(a, "there is no table of dates for %s: %s", id, e.msg);
	if (csv == NULL)
		return s;
	support_table(csv, support_os(l->os, "VERSION_CODENAME", a),
	    support_os(l->os, "VERSION_ID", a), a, &s.release);
	s.source = own_date(l, "distro-info-data", &s.made, a);
	if (!s.release.listed)
		s.unknown = "the table of dates does not hold this release";
	else if (s.release.eol == INSTANT_NONE)
		s.unknown = "the table of dates holds no end for this release yet";
	return s;
}

static const char *
finding(const struct ends *s, const struct patches_conf *c, instant end, instant now)
{
	if (end <= now)
		return !c->lts && s->release.lts != INSTANT_NONE && s->release.lts > now
			   ? "lts-only"
			   : "past";
	if (instant_minus(end, now) < SUPPORT_OVERDUE)
		return "soon";
	return instant_minus(end, now) < SUPPORT_DUE ? "ends" : NULL;
}

/* The dates name whole days, of the calendar that wrote them: UTC. */
static const char *
day_of(instant end, char buf[INSTANT_TEXT])
{
	instant_text(end - INSTANT_S, buf);
	buf[10] = '\0';
	return buf;
}

static const char *
summary(
    const struct ends *s, const struct patches_conf *c, instant end, instant now, struct arena *a)
{
	char eol[INSTANT_TEXT], lts[INSTANT_TEXT];

	if (c->lts && end == s->release.lts)
		return arena_printf(a, "Security updates of this release (LTS) %s on %s",
		    end <= now ? "ended" : "end", day_of(end, lts));
	if (end <= now && s->release.lts != INSTANT_NONE)
		return arena_printf(a,
		    "Regular security updates of this release ended on %s; LTS %s %s",
		    day_of(end, eol), s->release.lts > now ? "goes on until" : "ended on",
		    day_of(s->release.lts, lts));
	return arena_printf(a, "Security updates of this release %s on %s",
	    end <= now ? "ended" : "end", day_of(end, eol));
}

void
report_support(const struct probe_ctx *ctx, const struct patches_conf *c, const struct look *l)
{
	struct arena *a = ctx->arena;
	struct ends s = find(l, a);
	instant end = c->lts && s.release.lts != INSTANT_NONE ? s.release.lts : s.release.eol;
	const char *name = support_os(l->os, "PRETTY_NAME", a);
	struct evidence ev[] = { { "release", name != NULL ? name : "not known" },
		{ "dates from", s.source != NULL ? s.source : "" } };
	struct item it = { .target = "release", .rule = "patches.support", .evidence = ev };

	it.nevidence = s.source != NULL ? 2 : 1;
	if (s.unknown == NULL) {
		it.finding = finding(&s, c, end, l->now);
		it.summary = summary(&s, c, end, l->now, a);
		/* where LTS goes on, that is when it fails */
		if (end <= l->now && s.release.lts != INSTANT_NONE)
			it.deadline.at = s.release.lts;
		else
			it.deadline.at = end;
		it.deadline = (struct deadline){ DEADLINE_KNOWN, it.deadline.at, it.deadline.at,
			it.deadline.at, 0 };
		it.state = it.finding != NULL ? ITEM_FOUND : ITEM_FINE;
	}
	/* a date may have been brought forward since the table was made, never one that is past */
	if (s.unknown == NULL && end > l->now &&
	    (s.made == INSTANT_NONE || instant_minus(l->now, s.made) >= SUPPORT_TABLE_OLD))
		s.unknown = s.made == INSTANT_NONE ? "how old the table of dates is, is not known"
						   : "the table of dates is older than a year";
	if (s.unknown != NULL && it.finding == NULL) {
		it.state = ITEM_UNKNOWN;
		it.deadline.kind = DEADLINE_NONE;
		it.summary = arena_printf(
		    a, "Until when there are security updates is not known: %s", s.unknown);
	}
	probe_emit(ctx, &it);
}

/* ---- single sources */

static bool
read_sources(const struct look *l, struct support_list *out, struct arena *a)
{
	const char *version = support_os(l->os, "VERSION_ID", a), *text;
	struct err e = { 0 };

	if (version == NULL || strchr(version, '/') != NULL)
		return false;
	text = look_file(
	    l, arena_printf(a, SOURCES "/security-support.deb%s", version), a, TABLE_READ, &e);
	if (text != NULL) {
		support_sources(text, SUPPORT_BOTH, a, out);
		return true;
	}
	text = look_file(l, arena_printf(a, SOURCES "/security-support-ended.deb%s", version), a,
	    TABLE_READ, &e);
	if (text == NULL)
		return false;
	support_sources(text, SUPPORT_ENDED, a, out);
	text = look_file(l, SOURCES "/security-support-limited", a, TABLE_READ, &e);
	if (text != NULL)
		support_sources(text, SUPPORT_LIMITED, a, out);
	return true;
}

/* Whether a package before it is of the same source, which is told once. */
static bool
is_told(const struct dpkg *d, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (d->v[k].installed && strcmp(d->v[k].source, d->v[i].source) == 0)
			return true;
	return false;
}

static bool
tell_source(const struct probe_ctx *ctx, const struct look *l, const char *source,
    const struct support_entry *s)
{
	bool past = s->at == INSTANT_NONE || s->at <= l->now;
	char day[INSTANT_TEXT];
	const char *on = s->at != INSTANT_NONE
			     ? arena_printf(ctx->arena, " on %s", day_of(s->at + INSTANT_S, day))
			     : "";
	struct evidence ev = { "reason", s->why };
	const struct item it = { .target = source,
		.rule = "patches.sources",
		.state = ITEM_FOUND,
		.finding = past ? "ended" : "ends",
		.summary = arena_printf(
		    ctx->arena, "Security updates of %s %s%s", source, past ? "ended" : "end", on),
		.evidence = &ev,
		.nevidence = s->why[0] != '\0' };

	if (!past && instant_minus(s->at, l->now) >= SUPPORT_DUE)
		return false;
	probe_emit(ctx, &it);
	return true;
}

void
report_sources(const struct probe_ctx *ctx, const struct look *l)
{
	struct support_list list = { .n = 0 };
	struct item it = { .target = "sources", .rule = "patches.sources" };
	size_t found = 0, limited = 0, installed = 0;
	const char *id = support_os(l->os, "ID", ctx->arena), *why = l->no_dpkg;

	if (id == NULL || strcmp(id, "debian") != 0)
		return; /* the list is Debian's own */
	if (!read_sources(l, &list, ctx->arena))
		why = "the package debian-security-support is not installed";
	else if (list.bad > 0 || list.surplus > 0)
		why = "a line of debian-security-support is not understood";
	for (size_t i = 0; i < l->dpkg.n; i++) {
		const struct support_entry *s;

		installed += l->dpkg.v[i].installed;
		if (!l->dpkg.v[i].installed ||
		    (s = support_find(&list, l->dpkg.v[i].source)) == NULL || is_told(&l->dpkg, i))
			continue;
		limited += !s->ended;
		found += s->ended && tell_source(ctx, l, l->dpkg.v[i].source, s);
	}
	if (why != NULL) {
		it.state = ITEM_UNKNOWN;
		it.summary = arena_printf(ctx->arena,
		    "Whether single packages get no security updates is not known: %s", why);
	} else
		it.summary = arena_printf(ctx->arena,
		    "%zu packages are installed; of their sources %zu get no security updates, %zu "
		    "only in part",
		    installed, found, limited);
	if (why != NULL || found == 0)
		probe_emit(ctx, &it);
}
