/* SPDX-License-Identifier: Apache-2.0
 *
 * An answer, behind the certificate that it is about: two bytes with that one's length first.
 */
#include "probes/cert/ocsp.h"
#include "probes/cert/responder.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a;
	struct der cert, body;
	const char *why;
	struct ocsp o;
	size_t n;

	if (size < 2)
		return 0;
	n = (size_t)data[0] << 8 | data[1];
	if (n > size - 2)
		n = size - 2;
	cert = (struct der){ data + 2, n };
	a = arena_new((size_t)1 << 20);
	ocsp_judge(&o, (struct der){ data + 2 + n, size - 2 - n }, cert, cert, 0, a);
	if (o.state > OCSP_REVOKED)
		abort();
	if (responder_body((const char *)data, size, &body, &why) && body.len > size)
		abort();
	ocsp_is_demanded(cert);
	arena_free(a);
	return 0;
}
