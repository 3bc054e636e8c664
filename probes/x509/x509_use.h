/* SPDX-License-Identifier: Apache-2.0
 *
 * x509_use: what certificates are for, as the option `use` says it. The command links faces without
 * this folder's objects, so that the words are here whole.
 */
#ifndef PROBES_X509_X509_USE_H
#define PROBES_X509_X509_USE_H

#include <string.h>

enum x509_use { USE_ANY, USE_DOCUMENT, USE_SERVER, USE_CODE, USE_TIME, USE_N };

#define X509_USE_WORDS "document-signing, tls-server, code-signing, timestamping"

/* USE_N: it is none. */
static inline enum x509_use
x509_use_parse(const char *word)
{
	static const char *const words[USE_N] = { "", "document-signing", "tls-server",
		"code-signing", "timestamping" };

	for (unsigned i = 1; i < USE_N; i++)
		if (strcmp(word, words[i]) == 0)
			return (enum x509_use)i;
	return USE_N;
}

#endif
