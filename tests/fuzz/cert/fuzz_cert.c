/* SPDX-License-Identifier: Apache-2.0 */
#include "probes/x509/x509.h"
#include "probes/x509/x509_name.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct x509_key key;
	struct x509 c;
	struct str s;
	struct err e;

	if (x509_parse(data, size, &c, &e) < 0)
		return 0;
	str_init(&s, 4096);
	x509_name_text(c.subject, &s);
	x509_name_text(c.issuer, &s);
	x509_name_short(c.subject, &s);
	str_fini(&s);
	x509_key(c.spki, &key);
	return 0;
}
