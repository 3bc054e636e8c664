/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns certificates inside of other text: base64 of DER (SAML metadata, bare files, JSON) or of a
 * whole PEM file (kubeconfig, Kubernetes secrets, acme.json).
 */
#include "probes/cert/forms.h"

#include "probes/x509/pem.h"
#include "probes/x509/x509.h"

#include <string.h>

#define OF_DER "MII"           /* 30 82: a SEQUENCE of more than 255 bytes */
#define OF_PEM "LS0tLS1CRUdJT" /* "-----BEGIN" */
#define RUN_MIN ((size_t)200)  /* characters; no certificate is shorter */

static int
sextet(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == '+' || c == '-')
		return 62;
	return c == '/' || c == '_' ? 63 : -1;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool
starts(const char *s, const char *end, const char *with)
{
	size_t n = strlen(with);

	return (size_t)(end - s) >= n && memcmp(s, with, n) == 0;
}

/* Decodes from s on, over white space, to the first other character or padding; where that is in
 * *stop. */
static size_t
decode(const char *s, const char *end, uint8_t *out, const char **stop)
{
	uint32_t bits = 0;
	unsigned have = 0;
	size_t n = 0;

	for (; s < end; s++) {
		int v = sextet(*s);

		if (is_space(*s))
			continue;
		if (v < 0)
			break;
		bits = bits << 6 | (uint32_t)v;
		have += 6;
		if (have >= 8) {
			have -= 8;
			out[n++] = (uint8_t)(bits >> have);
		}
	}
	*stop = s;
	return n;
}

static bool
take_der(struct der d, const struct form_taker *t)
{
	struct x509 c;
	struct err e;

	if (x509_parse(d.p, d.len, &c, &e) < 0)
		return false;
	t->take(t->self, c.whole, 0);
	return true;
}

/* A run begins where no character of base64 stands before it. */
static bool
begins(const char *data, const char *s, const char *end)
{
	if (s > data && (sextet(s[-1]) >= 0 || s[-1] == '='))
		return false;
	return starts(s, end, OF_DER) || starts(s, end, OF_PEM);
}

bool
form_inline(char *data, size_t len, struct arena *a, const struct form_taker *t)
{
	const char *end = data + len, *stop;
	uint8_t *room = NULL;
	bool known = false;

	for (const char *s = data; s < end; s++) {
		bool pem;
		size_t n;

		if ((*s != 'M' && *s != 'L') || !begins(data, s, end))
			continue;
		pem = *s == 'L';
		if (room == NULL)
			room = arena_alloc(a, len / 4 * 3 + 3);
		n = decode(s, end, room, &stop);
		if ((size_t)(stop - s) >= RUN_MIN && pem && pem_likely((char *)room, n)) {
			form_pem((char *)room, n, t);
			known = true;
		} else if ((size_t)(stop - s) >= RUN_MIN && !pem)
			known |= take_der((struct der){ room, n }, t);
		if (stop > s)
			s = stop - 1;
	}
	return known;
}
