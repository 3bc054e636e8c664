/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns Java's key stores of its own form: JKS and JCEKS, version 1 and 2 (big-endian: magic,
 * version, number of entries; each entry a tag, an alias, a moment, then a key and its chain, or
 * one certificate). Certificates need no password; keys are stepped over.
 */
#include "probes/cert/forms.h"

#include <string.h>

#define HEADER 12
#define TAG_KEY 1
#define TAG_TRUSTED 2
#define VERSIONS 2 /* the first has no type before a certificate */
#define MOMENT 8

struct jks {
	struct der in;
	uint32_t version;
	bool bad;
};

static uint32_t
number(struct jks *j, size_t bytes)
{
	uint32_t v = 0;

	if (j->bad || j->in.len < bytes) {
		j->bad = true;
		return 0;
	}
	for (size_t i = 0; i < bytes; i++)
		v = v << 8 | j->in.p[i];
	j->in.p += bytes;
	j->in.len -= bytes;
	return v;
}

static struct der
piece(struct jks *j, size_t len)
{
	struct der d = { j->in.p, len };

	if (j->bad || j->in.len < len) {
		j->bad = true;
		return (struct der){ 0 };
	}
	j->in.p += len;
	j->in.len -= len;
	return d;
}

static void
certificate(struct jks *j, const struct form_taker *t)
{
	struct der d;

	if (j->version >= VERSIONS)
		piece(j, number(j, 2)); /* "X.509" */
	d = piece(j, number(j, 4));
	if (!j->bad)
		t->take(t->self, d, 0);
}

/* false: an entry of another kind, behind which nothing can be found. */
static bool
entry(struct jks *j, const struct form_taker *t)
{
	uint32_t tag = number(j, 4), n;

	piece(j, number(j, 2)); /* alias */
	piece(j, MOMENT);
	if (j->bad)
		return true;
	if (tag == TAG_TRUSTED) {
		certificate(j, t);
		return true;
	}
	if (tag != TAG_KEY)
		return false;
	piece(j, number(j, 4));
	n = number(j, 4);
	for (uint32_t i = 0; i < n && !j->bad; i++)
		certificate(j, t);
	return true;
}

bool
form_jks(struct der in, const struct form_taker *t)
{
	struct jks j = { .in = in };
	uint32_t n;

	if (in.len < 4)
		return false;
	number(&j, 4);
	j.version = number(&j, 4);
	n = number(&j, 4);
	for (uint32_t i = 0; i < n && !j.bad; i++)
		if (!entry(&j, t)) {
			t->trouble(t->self, FORM_CUT, 0,
			    "an entry of this key store is no certificate and no key; what follows "
			    "it was not read");
			return true;
		}
	if (j.bad)
		t->trouble(t->self, FORM_CUT, 0, "this key store ends too soon");
	else if (n == 0)
		t->other(t->self, "an empty key store");
	return true;
}
