/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is said of a certificate's strength and of its use.
 */
#include "probes/census/census_private.h"

static void
found(struct census *c, struct item it, const char *rule, const char *finding, const char *words)
{
	it.rule = rule;
	it.state = ITEM_FOUND;
	it.finding = finding;
	it.summary = arena_printf(c->item, "%s: %s", it.summary, words);
	probe_emit(c->ctx, &it);
}

static const char *
use_words(enum x509_use use)
{
	static const char *const words[USE_N] = { "", "to sign documents", "by a server",
		"to sign code", "to stamp times" };

	return words[use];
}

/* A root's signature over itself proves nothing, so that its algorithm does not matter. */
void
tell_strength(struct census *c, const struct cert *h, const struct x509 *x, struct item base)
{
	char text[X509_ALG_TEXT];
	const char *fault = h->ca ? NULL : x509_use_fault(x, c->use);

	if (x509_key_weak(x->spki))
		found(c, base, c->rules->strength, "weak-key",
		    arena_printf(
			c->item, "its key (%s) is too short", x509_key_text(x->spki, text)));
	else if (!h->self && x509_signature_weak(x->signature))
		found(c, base, c->rules->strength, "weak-signature",
		    arena_printf(c->item, "its signature (%s) is too weak",
			x509_signature_text(x->signature, text)));
	if (fault != NULL)
		found(c, base, c->rules->use, "wrong-use",
		    arena_printf(c->item, "it cannot be used %s: %s", use_words(c->use), fault));
}
