/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the blocks of a PEM file.
 */
#include "probes/cert/forms.h"

#include "probes/x509/pem.h"

void
form_pem(char *data, size_t len, const struct form_taker *t)
{
	struct pem_block b;
	struct pem p;

	pem_init(&p, data, len);
	while (pem_next(&p, &b) != PEM_END)
		switch (b.kind) {
		case PEM_CERTIFICATE:
			t->take(t->self, b.der, b.line);
			break;
		case PEM_LIST:
			t->crl(t->self, b.der, b.line);
			break;
		case PEM_BUNDLE:
			if (!form_pkcs7(b.der, t))
				t->trouble(t->self, FORM_BROKEN, b.line, "no PKCS #7 is in it");
			break;
		case PEM_BROKEN:
			t->trouble(t->self, FORM_BROKEN, b.line, b.why);
			break;
		case PEM_OTHER:
			t->other(t->self, b.label);
			break;
		case PEM_END:
			break;
		}
}
