/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what a file's bytes are taken for.
 */
#include "init/holds.h"

#include <stdbool.h>
#include <string.h>

static bool
has(const char *data, size_t len, const char *text)
{
	return memmem(data, len, text, strlen(text)) != NULL;
}

enum holds
holds_of(const char *data, size_t len)
{
	const unsigned char *p = (const unsigned char *)data;
	size_t inside;

	if (has(data, len, "PRIVATE KEY"))
		return HOLDS_KEY;
	if (has(data, len, "-----BEGIN CERTIFICATE-----") ||
	    has(data, len, "-----BEGIN TRUSTED CERTIFICATE-----") ||
	    has(data, len, "-----BEGIN X509 CRL-----") || has(data, len, "-----BEGIN PKCS7-----"))
		return HOLDS_CERTIFICATES;
	if (len < 8)
		return HOLDS_OTHER;
	if (memcmp(p, "\xfe\xed\xfe\xed", 4) == 0 || memcmp(p, "\xce\xce\xce\xce", 4) == 0)
		return HOLDS_STORE;
	inside = p[1] < 0x80 ? 2 : 2 + (p[1] & 0x7fu);
	if (p[0] != 0x30 || inside >= len)
		return HOLDS_OTHER;
	return p[inside] == 0x30   ? HOLDS_CERTIFICATES
	       : p[inside] == 0x02 ? HOLDS_STORE
				   : HOLDS_OTHER;
}
