/* SPDX-License-Identifier: Apache-2.0
 *
 * tls: how libcurl is to trust, and what its failures mean; the same for every sink that uses it.
 */
#ifndef SINKS_TLS_H
#define SINKS_TLS_H

#include "base/err.h"

#include <curl/curl.h>
#include <stdbool.h>

struct tls_trust {
	const char *ca; /* a file, or a folder with hashed names */
	bool is_file;
};

/* Before rights are dropped: looks at the authorities and keeps the right to read them. */
int tls_prepare(struct tls_trust *t, const char *ca, struct err *e);

/* At least TLS 1.2, chain and name verified against these authorities and no others. */
CURLcode tls_set(CURL *c, const struct tls_trust *t);

/* Whether what went wrong will be wrong at the next try too: a person has to change something.
 * error: libcurl's own words. */
bool tls_is_settled(CURLcode rc, const char *error);

/* For people: what such a failure is; NULL when it is none of TLS. */
const char *tls_words(CURLcode rc, const char *error);

#endif
