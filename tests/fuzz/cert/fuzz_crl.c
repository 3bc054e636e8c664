/* SPDX-License-Identifier: Apache-2.0 */
#include "probes/cert/crl.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct x509_revoked r;
	struct x509_crl c;
	struct der in;
	size_t n = 0;
	struct err e;

	if (x509_crl_parse(data, size, &c, &e) < 0)
		return 0;
	for (in = c.revoked; x509_crl_next(&in, &r); n++)
		x509_reason_text(r.reason);
	/* who reads the list again finds as many entries as it said */
	if (n != c.nrevoked || in.len != 0)
		abort();
	crl_date_finding(&c, 0);
	crl_check(&c, (struct der){ data, size });
	return 0;
}
