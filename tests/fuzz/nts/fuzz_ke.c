/* SPDX-License-Identifier: Apache-2.0
 *
 * The records of a key exchange.
 */
#include "probes/nts/ke.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ke k;
	enum ke_fault f = ke_parse(data, size, &k);

	if (f == KE_MORE && size >= KE_ANSWER_MAX)
		abort();
	if (f != KE_OK)
		return 0;
	if (!k.protocol || !k.aead || k.cookies.n == 0 || k.cookies.n > KE_COOKIES_MAX ||
	    strlen(k.server) > KE_SERVER_MAX)
		abort();
	for (size_t i = 0; i < k.cookies.n; i++)
		if (k.cookies.v[i].n == 0 || k.cookies.v[i].n > KE_COOKIE_MAX)
			abort();
	return 0;
}
