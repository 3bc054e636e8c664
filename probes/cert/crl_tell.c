/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is said of lists of revoked certificates, and of whom they name.
 */
#include "probes/cert/crl_private.h"

#include "probes/x509/x509_item.h"
#include "probes/x509/x509_name.h"

#define NAME_MAX_SHOWN ((size_t)120)
#define EVIDENCE_MAX 8

/* Of the time between two issues: less than half of it left is late for a list that is renewed
 * in time, less than a tenth means that nobody does it. */
#define HALF_PARTS 2
#define LATE_PARTS 10

const char *
crl_date_finding(const struct x509_crl *list, instant now)
{
	span life, left;

	if (list->this_update > now)
		return "not-begun";
	if (!list->has_next)
		return NULL;
	if (list->next_update < now)
		return "over";
	life = instant_minus(list->next_update, list->this_update);
	left = instant_minus(list->next_update, now);
	return left <= life / LATE_PARTS ? "late" : left < life / HALF_PARTS ? "half" : NULL;
}

static const char *
moment(instant t, struct arena *a)
{
	char buf[INSTANT_TEXT];

	return arena_text(a, instant_text(t, buf));
}

static const char *
issuer_text(struct der issuer, struct arena *a)
{
	const char *text = "somebody without a name";
	struct str s;

	str_init(&s, NAME_MAX_SHOWN);
	if (x509_name_short(issuer, &s))
		text = arena_textn(a, s.s, s.len);
	str_fini(&s);
	return text;
}

/* What RFC 5280 5.2.3 wants and many small authorities leave out: said, and no alarm. */
static const char *
form_text(const struct x509_crl *list)
{
	if (!list->has_number)
		return "it has no number (RFC 5280 5.2.3)";
	return list->number_critical ? "its number is marked critical (RFC 5280 5.2.3)" : NULL;
}

static const char *
proof_text(enum crl_proof proof)
{
	static const char *const texts[] = {
		[CRL_UNCHECKED] = "not checked: its issuer is not among what this check reads",
		[CRL_SIGNED] = "good",
		[CRL_FORGED] = "wrong",
		[CRL_NOT_ALLOWED] = "by a key that may not sign lists",
	};

	return texts[proof];
}

/* Why it is not used, though nothing is wrong with it; NULL: it is used. */
static const char *
unused_text(const struct crl *c)
{
	if (c->list.delta)
		return "it only holds what changed since another list (delta), and is not used";
	if (c->list.indirect)
		return "it names certificates of other issuers (indirect), and is not used";
	return c->list.unknown_critical
		   ? "it demands what is not understood here (critical extension), and is not used"
		   : NULL;
}

static const char *
time_text(const struct x509_crl *list, instant now, struct arena *a)
{
	if (!list->has_next)
		return "it does not say when the next one is due";
	return arena_printf(a,
	    list->next_update < now ? "the next one was due on %s" : "the next one is due on %s",
	    x509_day(list->next_update, a));
}

static void
judge(struct item *it, const struct crl *c, const char *name, instant now, struct arena *a)
{
	const char *unused = unused_text(c);

	it->finding = c->proof == CRL_FORGED        ? "wrong-signature"
		      : c->proof == CRL_NOT_ALLOWED ? "not-allowed"
						    : crl_date_finding(&c->list, now);
	if (c->proof == CRL_FORGED)
		it->summary = arena_printf(a,
		    "The list of revoked certificates of %s was not signed by %s: it is not used",
		    name, name);
	else if (c->proof == CRL_NOT_ALLOWED)
		it->summary = arena_printf(a,
		    "%s may not sign lists of revoked certificates, and signed this one: it is "
		    "not used",
		    name);
	else if (c->newer != NULL) {
		it->finding = NULL;
		it->summary =
		    arena_printf(a, "List of revoked certificates of %s: a newer one is in %s",
			name, c->newer->path);
	} else
		it->summary = arena_printf(a, "List of revoked certificates of %s: %s%s%s%s", name,
		    time_text(&c->list, now, a), unused != NULL ? "; " : "",
		    unused != NULL ? unused : "",
		    c->proof == CRL_UNCHECKED ? "; its signature was not checked" : "");
	it->state = it->finding != NULL ? ITEM_FOUND : ITEM_FINE;
}

static void
put(struct item *it, struct evidence *ev, const char *key, const char *value)
{
	if (value != NULL && it->nevidence < EVIDENCE_MAX)
		ev[it->nevidence++] = (struct evidence){ key, value };
}

void
crl_tell(const struct cert_run *run, const struct crl *c)
{
	struct arena *a = run->item;
	struct evidence ev[EVIDENCE_MAX];
	struct item it = { .target = c->target, .rule = "cert.crl", .evidence = ev };
	const char *name = issuer_text(c->list.issuer, a);

	judge(&it, c, name, run->now, a);
	put(&it, ev, "path", c->path);
	put(&it, ev, "issuer", name);
	put(&it, ev, "signature", proof_text(c->proof));
	put(&it, ev, "thisUpdate", moment(c->list.this_update, a));
	if (c->list.has_next)
		put(&it, ev, "nextUpdate", moment(c->list.next_update, a));
	put(&it, ev, "revoked", arena_printf(a, "%zu", c->list.nrevoked));
	put(&it, ev, "form", form_text(&c->list));
	probe_emit(run->ctx, &it);
	arena_reset(a);
}

void
crl_tell_revoked(const struct cert_run *run, const struct crl *c, const struct suspect *s,
    const struct x509_revoked *r)
{
	struct arena *a = run->item;
	const char *reason = x509_reason_text(r->reason);
	struct evidence ev[] = { { "list", c->path }, { "signature", proof_text(c->proof) },
		{ "revoked", moment(r->at, a) },
		{ "reason", reason != NULL ? reason : "none is given" } };
	struct item it = { .target = s->target,
		.rule = "cert.revoked",
		.state = s->quiet ? ITEM_FINE : ITEM_FOUND,
		.finding = s->quiet ? NULL : "revoked",
		.evidence = ev,
		.nevidence = sizeof(ev) / sizeof(ev[0]) };

	it.summary =
	    arena_printf(a, "%s: its issuer revoked it on %s%s%s%s%s", s->words, x509_day(r->at, a),
		reason != NULL ? " (" : "", reason != NULL ? reason : "", reason != NULL ? ")" : "",
		s->quiet                    ? "; another one stands in its place"
		: c->proof == CRL_UNCHECKED ? ", by a list whose signature was not checked"
					    : "");
	probe_emit(run->ctx, &it);
	arena_reset(a);
}
