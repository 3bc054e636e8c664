/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is looked at to tell how long the records of a text log are kept.
 */
#include "keeping_look.h"

#include "finding.h"
#include "growth.h"
#include "keeping.h"

#include <string.h>

#define RULE "keeping"

/* From one older file to the next, and when the newest was begun to be one. */
static void
look_at_past(const struct log *l, struct keeping_seen *v)
{
	instant first = 0, last = 0;

	for (size_t i = 0; i < l->s.nsegs; i++) {
		const struct segment *g = &l->s.segs[i];

		if (g->state != SEG_CLOSED || g->file == NULL)
			continue;
		v->past++;
		first = first == 0 || g->newest < first ? g->newest : first;
		last = g->newest > last ? g->newest : last;
	}
	if (v->past > 1)
		v->usual = instant_minus(last, first) / (span)(v->past - 1);
	v->aside = last != 0 ? last : v->eldest != 0 ? v->eldest : l->s.born;
}

/* What a configuration says of this log; false: none names it. */
static bool
find_terms(struct log *l, struct keeping_terms *t, struct rotate_line *at)
{
	struct settings *s = l->settings;
	const struct segment *g = known_active(&l->s);
	const struct rotate_rule *r;

	settings_logrotate(s);
	r = rotate_find(&s->logrotate, l->path);
	if (r != NULL && !r->ignored) {
		*t = kept_logrotate(&r->terms);
		*at = r->terms.kept_at.file != NULL ? r->terms.kept_at : r->at;
		return true;
	}
	if (g == NULL || g->format != FORMAT_AUDITD)
		return false;
	if (settings_auditd_of(s, l->path) == NULL)
		return false;
	*t = kept_auditd(&s->auditd);
	*at = (struct rotate_line){ s->auditd_file, s->auditd.line };
	return true;
}

/* Lines that were not understood, of the configurations that were read. */
static const char *
unclear(const struct settings *s)
{
	const struct rotate_conf *c = &s->logrotate;

	if (c->over != NULL)
		return arena_printf(s->arena, "more %s than are read", c->over);
	if (c->unclear.file != NULL)
		return settings_line(s, &c->unclear);
	if (s->auditd_file != NULL && s->auditd.odd != 0)
		return settings_line(s, &(struct rotate_line){ s->auditd_file, s->auditd.odd });
	return NULL;
}

void
keeping_look(struct log *l)
{
	struct outlook *o = &l->outlook;
	struct growth_seen grows = growth_seen(l);
	struct keeping_seen v = { .now = l->now,
		.retention = l->conf->retention,
		.held = grows.held,
		.eldest = grows.eldest };
	struct rotate_line at = { NULL, 0 };
	struct keeping_terms t;
	struct keeping k;

	if (l->unfinished || l->settings == NULL)
		return; /* whatever was found stands */
	if (v.retention == 0 || !find_terms(l, &t, &at)) {
		finding_stands(&l->s, l->now, RULE, NULL, NULL);
		return;
	}
	growth_rates(&grows, v.rate);
	look_at_past(l, &v);
	keeping_judge(&t, &v, &k);
	finding_stands(&l->s, l->now, RULE, k.key, k.words);
	o->keeps = settings_line(l->settings, &at);
	o->unclear = unclear(l->settings);
	o->least = k.least;
	o->most = k.most;
	o->must = v.retention;
	o->first = k.first;
}

void
keeping_unknown(const struct probe_ctx *ctx, const struct log *l)
{
	const struct segment *g = known_active(&l->s);
	const struct err *why;

	if (l->conf->retention == 0 || l->outlook.keeps != NULL || l->settings == NULL)
		return;
	why = &l->settings->why;
	if (why->code == ERR_NONE && g != NULL && g->format == FORMAT_AUDITD)
		why = &l->settings->auditd_why;
	if (why->code == ERR_NONE)
		return;
	probe_emit(ctx, &(struct item){ .target = l->path,
			    .rule = "audit.keeping",
			    .state = ITEM_UNKNOWN,
			    .summary = arena_printf(ctx->arena,
				"How long its records are kept is not known: %s", why->msg) });
}
