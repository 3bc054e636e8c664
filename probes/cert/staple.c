/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is said of issuers' answers.
 */
#include "probes/cert/staple.h"

#include "probes/x509/x509_crl.h"
#include "probes/x509/x509_item.h"

#include <stdio.h>

/* The certificate of that name among what was shown; len 0: it is not there. */
static struct der
issuer_of(const struct talk *t)
{
	struct x509 leaf, x;
	struct err e;

	if (x509_parse(t->ders[0].p, t->ders[0].len, &leaf, &e) < 0)
		return (struct der){ 0 };
	for (size_t i = 0; i < t->nders; i++)
		if (x509_parse(t->ders[i].p, t->ders[i].len, &x, &e) == 0 &&
		    der_same(x.subject, leaf.issuer))
			return t->ders[i];
	return (struct der){ 0 };
}

static const char *
moment(instant t, struct arena *a)
{
	char buf[INSTANT_TEXT];

	return t != 0 ? arena_text(a, instant_text(t, buf)) : "none";
}

static const char *
finding_of(enum ocsp_state state)
{
	static const char *const findings[] = { [OCSP_GOOD] = NULL,
		[OCSP_UNPROVEN] = NULL,
		[OCSP_OVER] = "over",
		[OCSP_BROKEN] = "no-answer",
		[OCSP_FORGED] = "wrong-signature",
		[OCSP_REVOKED] = "revoked" };

	return findings[state];
}

static const char *
words_of(const struct ocsp *o, const char *from, struct arena *a)
{
	const char *reason = x509_reason_text(o->reason);

	switch (o->state) {
	case OCSP_GOOD:
		return arena_printf(a, "The answer %s says that it is not revoked", from);
	case OCSP_UNPROVEN:
		return arena_printf(a,
		    "The answer %s says that it is not revoked; its signature was not checked, for "
		    "the issuer is not there",
		    from);
	case OCSP_OVER:
		return arena_printf(a, "The answer %s is of no use: %s", from, o->why);
	case OCSP_BROKEN:
		return arena_printf(a, "The answer %s is none: %s", from, o->why);
	case OCSP_FORGED:
		return arena_printf(
		    a, "The answer %s was signed by nobody who may answer for the issuer", from);
	case OCSP_REVOKED:
		break;
	}
	return arena_printf(a, "Its issuer revoked the certificate on %s%s%s%s",
	    x509_day(o->revoked_at, a), reason != NULL ? " (" : "", reason != NULL ? reason : "",
	    reason != NULL ? ")" : "");
}

void
ocsp_tell(const struct cert_run *run, const char *rule, const char *target, const struct ocsp *o,
    const char *from, struct arena *a)
{
	struct evidence ev[] = { { "thisUpdate", moment(o->at, a) },
		{ "nextUpdate", moment(o->until, a) } };
	struct item it = { .target = target,
		.rule = rule,
		.finding = finding_of(o->state),
		.summary = words_of(o, from, a),
		.evidence = ev,
		.nevidence = o->at != 0 ? 2 : 0 };

	it.state = it.finding != NULL ? ITEM_FOUND : ITEM_FINE;
	probe_emit(run->ctx, &it);
}

static void
tell_missing(const struct cert_run *run, const char *target)
{
	const struct item it = { .target = target,
		.rule = "cert.ocsp",
		.state = ITEM_FOUND,
		.finding = "missing",
		.summary = "The certificate demands that the server shows the issuer's answer with "
			   "it, and it does not" };

	probe_emit(run->ctx, &it);
}

void
staple_tell(const struct cert_run *run, const struct talk *first, struct arena *a)
{
	struct ocsp worst = { .state = OCSP_GOOD };
	bool any = false, missing = false;

	for (const struct talk *t = first; t != NULL; t = t->next) {
		struct ocsp o;

		if (t->error != NULL || t->nders == 0)
			continue;
		if (t->staple.len == 0) {
			missing = missing || ocsp_is_demanded(t->ders[0]);
			continue;
		}
		ocsp_judge(&o, t->staple, t->ders[0], issuer_of(t), run->now, a);
		if (!any || o.state > worst.state)
			worst = o;
		any = true;
	}
	if (missing && finding_of(worst.state) == NULL)
		tell_missing(run, first->text);
	else if (any)
		ocsp_tell(run, "cert.ocsp", first->text, &worst, "shown with its certificate", a);
}
