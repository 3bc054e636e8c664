/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is looked at to tell how long the entries of a journal are kept.
 */
#include "journal_keeping.h"

#include "growth.h"
#include "keeping.h"
#include "settings.h"

#include "base/day.h"

#include <inttypes.h>
#include <sys/statvfs.h>

#define RULE "audit.keeping"

/* How fast it was written: what its files hold, from the first entry to the last. */
static void
look_at_files(const struct journal *j, struct keeping_seen *v)
{
	struct growth_seen grows = { .now = j->t->now };
	instant last = 0;

	for (size_t i = 0; i < j->n; i++) {
		const struct journal_seen *s = &j->v[i];

		if (!s->here || s->h.entries == 0)
			continue;
		v->held += s->hints.size;
		v->eldest = v->eldest == 0 || s->h.first < v->eldest ? s->h.first : v->eldest;
		last = s->h.last > last ? s->h.last : last;
	}
	v->past = j->n;
	v->aside = v->eldest;
	grows.held = v->held;
	grows.recorded = instant_minus(last, v->eldest);
	growth_rates(&grows, v->rate);
}

static void
tell(struct journal *j, const struct keeping_seen *v, const struct keeping *k, const char *at)
{
	struct arena *a = j->t->ctx->arena;
	struct evidence_list facts = { .arena = a };
	const char *words = k->words;
	char days[DAY_TEXT];

	fact(&facts, "file", "%s", j->t->path);
	fact(&facts, "kept by", "%s", at);
	if (k->most != SPAN_MAX)
		fact(&facts, "records are there for", "%" PRId64 " to %" PRId64 " days",
		    k->least / SPAN_DAY, k->most / SPAN_DAY);
	fact(&facts, "records must be kept for", "%" PRId64 " days", v->retention / SPAN_DAY);
	if (k->first.kind != DEADLINE_NONE) {
		fact_moment(&facts, "first of them deleted", k->first.at);
		words = arena_printf(a, "%s; the first of them is deleted about %s", words,
		    day_long(k->first.at, v->now, days));
	}
	trail_tell(j->t, &(struct trail_finding){ .target = j->t->path,
			     .rule = RULE,
			     .key = k->key,
			     .class = "retention",
			     .identity = k->words,
			     .facts = &facts,
			     .deadline = k->first,
			     .summary = words });
}

void
journal_keeping(struct journal *j)
{
	struct trail *t = j->t;
	struct settings s = settings_of(t->conf, t->ctx->arena);
	struct keeping_seen v = { .now = t->now, .retention = t->conf->retention };
	struct kept_journald conf;
	struct keeping_terms terms;
	struct keeping k;
	struct statvfs fs;
	struct err why;

	if (v.retention == 0 || statvfs(j->folder, &fs) < 0)
		return;
	settings_journald(&s, &conf, &why);
	if (why.code != ERR_NONE) {
		trail_unknown(t, t->path, RULE,
		    arena_printf(
			t->ctx->arena, "How long its entries are kept is not known: %s", why.msg));
		return;
	}
	look_at_files(j, &v);
	terms = kept_journald(&conf, (uint64_t)fs.f_blocks * fs.f_frsize,
	    (uint64_t)fs.f_bavail * fs.f_frsize, v.held);
	keeping_judge(&terms, &v, &k);
	if (k.key != NULL)
		tell(j, &v, &k,
		    conf.file != NULL
			? settings_line(&s, &(struct rotate_line){ conf.file, conf.line })
			: "journald's own limits, of the size of its disk");
}
