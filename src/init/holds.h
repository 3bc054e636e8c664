/* SPDX-License-Identifier: Apache-2.0
 *
 * holds: whether a file's bytes are certificates, a private key, or neither. Pure. Only what is
 * plainly certificates alone may be opened to anybody.
 */
#ifndef INIT_HOLDS_H
#define INIT_HOLDS_H

#include <stddef.h>

enum holds {
	HOLDS_OTHER,
	HOLDS_CERTIFICATES,
	HOLDS_KEY,  /* as PEM, with certificates or without */
	HOLDS_STORE /* in a binary form, likewise */
};

/* PEM by its labels (RFC 7468). DER: PKCS #8 and PKCS #12 begin with a version, a certificate does
 * not (RFC 5958, RFC 7292, RFC 5280). A Java key store by its first bytes. */
enum holds holds_of(const char *data, size_t len);

#endif
