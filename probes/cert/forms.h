/* SPDX-License-Identifier: Apache-2.0
 *
 * forms: finds the certificates in the bytes of one file, whatever its name: PEM (RFC 7468), DER,
 * one after another, PKCS #7 (RFC 2315), PKCS #12 (RFC 7292), JKS and JCEKS, and certificates
 * inside of text: kubeconfig, JSON, YAML, SAML metadata, bare base64. UTF-16 and a byte-order mark
 * are taken.
 */
#ifndef PROBES_CERT_FORMS_H
#define PROBES_CERT_FORMS_H

#include "base/arena.h"
#include "base/err.h"
#include "probes/cert/spec.h"
#include "probes/x509/der.h"

#include <stdbool.h>

#define FORM_ITERATIONS_MAX 1000000 /* of a password's hash; what wants more is not opened */
#define FORM_PASSWORD_MAX 1024      /* bytes of a password */

/* Passwords that may open PKCS #12 files; wiped by their owner. */
struct form_passwords {
	const char *v[CERT_PASSWORDS_MAX];
	size_t n;
};

/* Why a file, or a part of it, was not read. One word for what is counted. */
enum form_trouble {
	FORM_BROKEN,   /* a certificate that does not decode */
	FORM_PASSWORD, /* PKCS #12: no password is known */
	FORM_WRONG,    /* PKCS #12: none of the known passwords fits */
	FORM_CIPHER,   /* PKCS #12: its encryption is not known here, or would take too long */
	FORM_CUT,      /* ends too soon, or is followed by what is none of its own */
	FORM_TROUBLE_N
};

struct form_taker {
	void *self;
	/* a certificate; line: of its PEM block, else 0. Borrowed until it returns. */
	void (*take)(void *self, struct der der, unsigned long line);
	/* why: constant text, or in the arena */
	void (*trouble)(void *self, enum form_trouble what, unsigned long line, const char *why);
	/* a list of revoked certificates, which may be broken; line and lifetime as with take */
	void (*crl)(void *self, struct der der, unsigned long line);
	/* a block or object of another kind: a key, a request */
	void (*other)(void *self, const char *label);
};

/* Reads all of it. data is changed in place. true when the bytes are of a form that is known, even
 * if nothing in it could be read. */
bool form_read(char *data, size_t len, const struct form_passwords *passwords, struct arena *a,
    const struct form_taker *t);

/* The parts, for tests; each true when the bytes are of that form. */
bool form_der(
    struct der in, const struct form_passwords *p, struct arena *a, const struct form_taker *t);
bool form_pkcs7(struct der in, const struct form_taker *t);
bool form_pkcs12(struct der in, const struct form_passwords *p, const struct form_taker *t);
bool form_jks(struct der in, const struct form_taker *t);
bool form_inline(char *data, size_t len, struct arena *a, const struct form_taker *t);
void form_pem(char *data, size_t len, const struct form_taker *t);

/* UTF-16 with or without a mark to bytes, and a UTF-8 mark taken away; in place. */
void form_plain(char **data, size_t *len);

#endif
