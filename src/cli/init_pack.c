/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what a pack says of a machine that was looked at.
 */
#include "cli/init_pack.h"

#include "probes/specs.h"
#include "show/wrap.h"

#include <stdio.h>
#include <string.h>

#define WIDTH 98 /* columns of a comment */

/* "60 s" as a configuration has it: "60s". NULL: it is no time span. */
static const char *
as_span(const char *words, struct arena *a)
{
	char text[SPAN_TEXT];
	struct err e = { 0 };
	size_t n = 0;
	span d;

	for (; words != NULL && *words != '\0' && n < sizeof(text) - 1; words++)
		if (*words != ' ')
			text[n++] = *words;
	text[n] = '\0';
	return n > 0 && span_parse(text, &d, &e) == 0 ? arena_text(a, text) : NULL;
}

static const char *
lead_of(const struct pack *p, const char *type)
{
	const struct pack_letter *x = pack_first(p, type);
	char text[SPAN_TEXT];

	return x != NULL && x->lead > 0 ? arena_text(p->arena, span_text(x->lead, text)) : NULL;
}

void
init_pack_terms(const struct pack *p, struct init_terms *out)
{
	const struct pack_letter *clock = pack_first(p, "time.offset");

	*out = (struct init_terms){ 0 };
	if (clock != NULL) {
		out->max_offset = as_span(clock->stop, p->arena);
		out->warn_offset = as_span(clock->act, p->arena);
	}
	out->cert_lead = lead_of(p, "cert.tls");
	if (out->cert_lead == NULL)
		out->cert_lead = lead_of(p, "cert.file");
	out->token_lead = lead_of(p, "token.cert");
	for (size_t i = 0; i < p->asks.n; i++)
		out->ask_retention = out->ask_retention || strcmp(p->asks.v[i], "retention") == 0;
}

/* The probe of the first rule that measures it; NULL: nothing does, or it is not in this build. */
static const struct probe_spec *
probe_of(const struct pack_type *t)
{
	char name[64];

	if (t->rules.n == 0)
		return NULL;
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(t->rules.v[0], "."), t->rules.v[0]);
	return probe_find(name);
}

/* What init says of the probe in that list; NULL: the probe does not stand there. */
static const char *
said_in(const struct found_list *l, const char *probe)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->v[i], probe) == 0)
			return l->at[i];
	return NULL;
}

/* Which check of this file feeds it; NULL: none. */
static const char *
fed_by(const struct pack_type *t, const struct found *f, const struct found_list *tokens)
{
	if (t->found == NULL)
		return NULL;
	if (said_in(&f->self, t->found) != NULL)
		return t->found;
	if (strcmp(t->found, "clock") == 0 && f->servers.n > 0)
		return "clock";
	if (strcmp(t->found, "cert") == 0 && f->certs.n + f->endpoints.n + f->own.n > 0)
		return "certificates";
	if (strcmp(t->found, "hsm") == 0 && tokens->n > 0)
		return "token1";
	if (strcmp(t->found, "backup") == 0 && f->backups.n > 0)
		return "backups";
	if (strcmp(t->found, "audit") == 0 && f->logs.n > 0)
		return arena_printf(f->arena, "log-%s", strrchr(f->logs.v[0], '/') + 1);
	return NULL;
}

static void
comment(struct str *out, const char *before, const char *text, int indent)
{
	struct str wrapped;
	const char *line;

	str_init(&wrapped, 65536);
	wrap_text(&wrapped, text, WIDTH - indent, 0, 0);
	for (line = wrapped.s; *line != '\0';) {
		size_t n = strcspn(line, "\n");

		str_addf(out, "  # %s%.*s\n", before, (int)n, line);
		before = "      ";
		line += n + (line[n] == '\n');
	}
	str_fini(&wrapped);
}

/* Each example stands once; where it is wanted again, its first place is named. */
struct examples {
	const char *text[PACK_SCENARIOS_MAX], *id[PACK_SCENARIOS_MAX];
	size_t n;
};

static void
add_example(struct examples *e, const char *id, const char *text, struct str *out)
{
	for (size_t i = 0; i < e->n; i++)
		if (strcmp(e->text[i], text) == 0) {
			str_addf(out, "  #       as %s\n", e->id[i]);
			return;
		}
	if (e->n == PACK_SCENARIOS_MAX)
		return;
	e->text[e->n] = text;
	e->id[e->n++] = id;
	str_addf(out, "  # , { id = \"%s\"; %s }\n", id, text);
}

/* " (act 10 s, stop 60 s)", " (lead 45d)", or nothing. */
static const char *
levels(const struct pack_letter *x, struct arena *a)
{
	const char *const all[] = { x->plan, x->act, x->stop };
	static const char *const names[] = { "plan", "act", "stop" };
	const char *text = "";
	char lead[SPAN_TEXT];

	if (x->lead > 0)
		return arena_printf(a, " (lead %s)", span_text(x->lead, lead));
	for (int i = 0; i < 3; i++)
		if (all[i] != NULL)
			text = arena_printf(
			    a, "%s%s %s %s", text, *text != '\0' ? "," : "", names[i], all[i]);
	return *text != '\0' ? arena_printf(a, " (%s)", text + 1) : "";
}

static const char *
not_yet(const struct pack_type *t, const struct probe_spec *probe, const struct found *f)
{
	const char *left = t->found != NULL ? said_in(&f->self_left, t->found) : NULL;

	if (t->without != NULL)
		return t->without;
	if (probe == NULL)
		return "its kind of check is not in this edition";
	if (left != NULL)
		return left;
	return t->missing != NULL ? t->missing : "no time server was found here";
}

/* A log that was found is one of this computer, and may not be the one that the scenario means. */
static void
add_letter(const struct scenario *s, const struct pack_letter *x, const char *check,
    struct examples *e, const struct found *f, struct str *out)
{
	struct arena *a = f->arena;
	const struct pack_type *t = x->is;
	const struct probe_spec *probe = probe_of(t);
	bool other = check != NULL && t->found != NULL && strcmp(t->found, "audit") == 0;
	const char *what =
	    arena_printf(a, "%s: %s, %s%s", x->letter, t->type, x->target, levels(x, a));

	if (check != NULL)
		comment(out, "  ",
		    arena_printf(a, "%s: the check %s, as far as %s", what, check,
			other ? "that log is meant; else:" : "this computer is meant"),
		    6);
	else
		comment(
		    out, "  ", arena_printf(a, "%s: not yet: %s", what, not_yet(t, probe, f)), 6);
	if (probe != NULL && t->example != NULL && (check == NULL || other))
		add_example(e, arena_printf(a, "%s-%s", s->id, x->letter), t->example, out);
}

void
init_pack_write(
    const struct pack *p, const struct found *f, const struct found_list *tokens, struct str *out)
{
	struct examples *e = arena_alloc(f->arena, sizeof(*e));
	size_t fed = 0, all = 0;

	str_addf(out, "\n\n  # ---- Pack %s: %s\n", p->name, p->title);
	str_add(out,
	    "  # What each way to fail needs, and what feeds it here. A line that begins with a\n"
	    "  # comma is a check to be filled and taken in.\n");
	for (size_t i = 0; i < p->nscenarios; i++) {
		const struct scenario *s = &p->scenarios[i];

		str_add(out, "  #\n");
		comment(out, "", arena_printf(f->arena, "%s: %s", s->id, s->failure), 4);
		for (size_t k = 0; k < s->nletters; k++) {
			const char *check = fed_by(s->letters[k].is, f, tokens);

			add_letter(s, &s->letters[k], check, e, f, out);
			fed += check != NULL;
			all++;
		}
	}
	str_addf(out, "  #\n  # %zu of %zu have a check above.\n", fed, all);
}
