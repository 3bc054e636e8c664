/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the list that `forewarn alerts` prints, as text and as JSON.
 */
#include "cli/alerts_list.h"
#include "cli/alerts_accepted.h"
#include "cli/overlay.h"
#include "cli/print.h"
#include "base/day.h"
#include "base/json.h"
#include "base/text.h"
#include "show/words.h"
#include "show/wrap.h"
#include "tell/control_client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN_MAX ((size_t)64 << 20)

struct alerts_heard {
	struct arena *a;
	struct ctl_head head;
	struct ctl_alert *v;
	size_t n, cap;
	struct ctl_silenced *silenced;
	size_t nsilenced, cap_silenced;
	struct ctl_excepted *excepted;
	size_t nexcepted, cap_excepted;
	struct ctl_accepted *accepted;
	size_t naccepted, cap_accepted;
};

static int
take(void *self, struct frame *f, struct err *e)
{
	struct alerts_heard *l = self;

	if (f->kind == CTL_HEAD)
		return ctl_get_head(f, l->a, &l->head, e);
	if (f->kind == CTL_ALERT) {
		l->v = arena_grow(l->a, l->v, l->n, &l->cap, sizeof(*l->v));
		return ctl_get_alert(f, l->a, &l->v[l->n++], e);
	}
	if (f->kind == CTL_SILENCED) {
		l->silenced = arena_grow(
		    l->a, l->silenced, l->nsilenced, &l->cap_silenced, sizeof(*l->silenced));
		return ctl_get_silenced(f, l->a, &l->silenced[l->nsilenced++], e);
	}
	if (f->kind == CTL_EXCEPTED) {
		l->excepted = arena_grow(
		    l->a, l->excepted, l->nexcepted, &l->cap_excepted, sizeof(*l->excepted));
		return ctl_get_excepted(f, l->a, &l->excepted[l->nexcepted++], e);
	}
	if (f->kind == CTL_ACCEPTED) {
		l->accepted = arena_grow(
		    l->a, l->accepted, l->naccepted, &l->cap_accepted, sizeof(*l->accepted));
		return ctl_get_accepted(f, l->a, &l->accepted[l->naccepted++], e);
	}
	return err_set(e, ERR_PARSE, "forewarnd sent a message of kind %u", f->kind);
}

static enum sign
sign_of_alert(const struct ctl_alert *v)
{
	return sign_of(v->level, v->gate == GATE_EXCEPTED);
}

static int
by_urgency(const void *va, const void *vb)
{
	const struct ctl_alert *a = va, *b = vb;

	enum sign x = sign_of_alert(a), y = sign_of_alert(b);

	if (x != y)
		return x > y ? -1 : 1;
	if (a->level != b->level)
		return a->level > b->level ? -1 : 1;
	return a->since != b->since ? (a->since < b->since ? -1 : 1)
				    : strcmp(a->fingerprint, b->fingerprint);
}

/* Why nobody hears of it, or who has taken it; NULL: it is not confirmed. */
static const char *
note(const struct ctl_alert *v, instant now, struct arena *a)
{
	char day[DAY_TEXT];

	if (v->gate == GATE_SILENCED)
		return "silenced";
	if (v->gate == GATE_PARENT)
		return "quiet: what it hangs on is in trouble";
	if (v->gate == GATE_ASKED)
		return "waits for one look at what it hangs on";
	if (v->gate == GATE_EXCEPTED)
		return arena_printf(a, "excepted until %s", day_short(v->excepted_until, now, day));
	if (v->gate == GATE_INVENTORY)
		return "was so when forewarn first looked";
	if (v->acked)
		return arena_printf(a, "taken by %s%s%s",
		    v->acked_by[0] != '\0' ? v->acked_by : "somebody",
		    v->note[0] != '\0' ? ": " : "", v->note);
	return v->open ? "nobody has taken it yet" : NULL;
}

/* Since when it is so, when it was last tried and when that last succeeded. */
static void
moments(struct str *out, const struct ctl_alert *v, instant now)
{
	char day[DAY_TEXT];

	if (v->since != INSTANT_NONE)
		str_addf(out, "since %s, ", day_moment(v->since, day));
	if (v->tried == INSTANT_NONE)
		str_add(out, "not tried yet");
	else
		str_addf(out, "tried %s", day_clock(v->tried, now, day));
	if (v->tried != INSTANT_NONE && v->succeeded == INSTANT_NONE)
		str_add(out, ", never succeeded");
	else if (v->succeeded != v->tried)
		str_addf(out, ", last succeeded %s", day_clock(v->succeeded, now, day));
}

static void
notes(struct str *out, const struct ctl_alert *v, instant now, struct arena *a)
{
	const char *why = note(v, now, a), *differs = overlay_note(v, now, a);

	if (why == NULL && differs == NULL)
		why = "not confirmed yet";
	if (why != NULL) {
		str_add(out, "; ");
		text_clean(out, why, strlen(why), 300);
	}
	if (differs != NULL)
		str_addf(out, "; it %s", differs);
}

static void
indented(struct str *out, const struct text_style *s, const char *text)
{
	str_add(out, "    ");
	wrap_text(out, text, s->width, 4, 4);
}

static void
line(struct str *out, const struct text_style *s, const struct ctl_alert *v, instant now,
    struct arena *a)
{
	const char *title = v->title[0] != '\0' ? v->title : v->check_title;
	enum sign sign = sign_of_alert(v);
	struct str text;
	char head[64];

	str_init(&text, 4096);
	text_clean(&text, title, strlen(title), 200);
	snprintf(head, sizeof(head), "%s %s", words_symbol(sign, s->utf8), sign_name(sign));
	str_addf(
	    out, "%s%s%s  ", s->colour ? words_colour(sign) : "", head, s->colour ? "\033[0m" : "");
	wrap_text(out, text.s, s->width, wrap_width(head) + 2, 4);
	str_clear(&text);
	moments(&text, v, now);
	notes(&text, v, now, a);
	indented(out, s, text.s);
	if (v->open)
		indented(out, s, v->alert);
	str_fini(&text);
}

static void
show_silences(const struct alerts_heard *l, struct str *out)
{
	char until[DAY_TEXT];

	for (size_t i = 0; i < l->nsilenced; i++) {
		const struct ctl_silenced *q = &l->silenced[i];

		str_addf(out, "%s%lld. quiet until %s: ", i == 0 ? "\nSilences\n  " : "  ",
		    (long long)q->row, day_moment(q->silence.until, until));
		text_clean(out, q->pattern, strlen(q->pattern), 200);
		str_addf(out, " (%s: ", q->silence.by);
		text_clean(out, q->silence.reason, strlen(q->silence.reason), 200);
		str_add(out, q->matches ? ")\n" : ")\n     matches nothing now\n");
	}
}

static void
part(struct str *out, const char *before, const char *text)
{
	str_add(out, before);
	text_clean(out, text, strlen(text), 200);
}

static void
show_exceptions(const struct alerts_heard *l, struct str *out)
{
	char until[DAY_TEXT];
	bool first = true;

	for (size_t i = 0; i < l->nexcepted; i++) {
		const struct ctl_excepted *x = &l->excepted[i];

		if (x->exception.until <= l->head.now)
			continue;
		str_addf(out, "%s%lld. up to %s until %s: ", first ? "\nExceptions\n  " : "  ",
		    (long long)x->row, level_name(x->exception.upto),
		    day_short(x->exception.until, l->head.now, until));
		part(out, "", x->pattern);
		part(out, "\n     ", x->exception.reason);
		part(out, "\n     meanwhile: ", x->exception.measure);
		part(out, "\n     approved by ", x->exception.approver);
		str_add(out, x->matches ? "\n" : "\n     matches nothing now\n");
		first = false;
	}
}

static void
show_list(const struct alerts_heard *l, struct str *out)
{
	struct text_style s = print_style(false);

	size_t excepted = 0;

	for (size_t i = 0; i < l->n; i++)
		excepted += l->v[i].gate == GATE_EXCEPTED;
	if (l->n == 0)
		str_add(out, "No alert is open.\n");
	else if (excepted == l->n)
		str_addf(out, "No alert is open, %zu excepted.\n", excepted);
	for (size_t i = 0; i < l->n; i++)
		line(out, &s, &l->v[i], l->head.now, l->a);
	show_silences(l, out);
	show_exceptions(l, out);
	alerts_accepted_text(l->accepted, l->naccepted, l->head.now, out);
}

static void
json_silences(const struct alerts_heard *l, struct json *j)
{
	json_array(j, "silences");
	for (size_t i = 0; i < l->nsilenced; i++) {
		const struct ctl_silenced *q = &l->silenced[i];

		json_object(j, NULL);
		json_int(j, "number", q->row);
		json_text(j, "pattern", q->pattern);
		json_time(j, "from", q->silence.from);
		json_time(j, "until", q->silence.until);
		json_bool(j, "stop_too", q->silence.stop_too);
		json_text(j, "by", q->silence.by);
		json_text(j, "reason", q->silence.reason);
		json_bool(j, "matches_now", q->matches);
		json_object_end(j);
	}
	json_array_end(j);
}

static void
json_exceptions(const struct alerts_heard *l, struct json *j)
{
	json_array(j, "exceptions");
	for (size_t i = 0; i < l->nexcepted; i++) {
		const struct ctl_excepted *x = &l->excepted[i];

		json_object(j, NULL);
		json_int(j, "number", x->row);
		json_text(j, "pattern", x->pattern);
		json_time(j, "from", x->exception.from);
		json_time(j, "until", x->exception.until);
		json_text(j, "upto", level_name(x->exception.upto));
		json_text(j, "reason", x->exception.reason);
		json_text(j, "approver", x->exception.approver);
		json_text(j, "measure", x->exception.measure);
		json_bool(j, "matches_now", x->matches);
		json_object_end(j);
	}
	json_array_end(j);
}

static void
show_json_list(const struct alerts_heard *l, struct str *out)
{
	static const char *const turns[STAND_TURNS] = { "steady", "better", "worse", "unseen" };
	struct json j;

	json_init(&j, out);
	json_object(&j, NULL);
	json_text(&j, "schema", "forewarn.alerts/1");
	json_text(&j, "site", l->head.site);
	json_text(&j, "host", l->head.host);
	json_array(&j, "alerts");
	for (size_t i = 0; i < l->n; i++) {
		const struct ctl_alert *v = &l->v[i];

		json_object(&j, NULL);
		json_text(&j, "alert", v->open ? v->alert : NULL);
		json_text(&j, "fingerprint", v->fingerprint);
		json_text(&j, "check", v->check);
		json_text(&j, "title", v->title);
		json_text(&j, "body", v->body);
		json_text(&j, "level", level_name(v->level));
		json_text(&j, "told", level_name(v->told));
		json_text(&j, "gate", gate_name(v->gate));
		json_text(&j, "turn", turns[v->turn]);
		json_time(&j, "turn_since", v->turn_since);
		json_time(&j, "since", v->since);
		json_time(&j, "tried", v->tried);
		json_time(&j, "succeeded", v->succeeded);
		json_time(&j, "excepted_until", v->excepted_until);
		json_text(&j, "acknowledged_by", v->acked ? v->acked_by : NULL);
		json_text(&j, "note", v->acked && v->note[0] != '\0' ? v->note : NULL);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_silences(l, &j);
	json_exceptions(l, &j);
	alerts_accepted_json(l->accepted, l->naccepted, &j);
	json_object_end(&j);
	str_addc(out, '\n');
}

int
alerts_list(const char *socket, bool as_json, struct arena *a)
{
	const struct ctl_request r = {
		.kind = CTL_ALERTS, .until = INSTANT_NONE, .row = CTL_ALERTS_ACCEPTED
	};
	struct alerts_heard l = { .a = a };
	enum level worst = LEVEL_OK;
	struct str out;
	struct err e = { 0 };

	if (control_ask(socket, &r, a, take, &l, NULL, &e) < 0) {
		fprintf(stderr, "forewarn: %s\n", e.msg);
		return level_exit(LEVEL_UNKNOWN);
	}
	if (l.n > 0)
		qsort(l.v, l.n, sizeof(*l.v), by_urgency);
	for (size_t i = 0; i < l.n; i++)
		worst = level_worst(
		    worst, l.v[i].gate == GATE_EXCEPTED ? LEVEL_EXCEPTED : l.v[i].level);
	str_init(&out, SHOWN_MAX);
	if (as_json)
		show_json_list(&l, &out);
	else
		show_list(&l, &out);
	fwrite(out.s, 1, out.len, stdout);
	str_fini(&out);
	return level_exit(worst);
}
