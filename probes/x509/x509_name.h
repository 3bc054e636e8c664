/* SPDX-License-Identifier: Apache-2.0
 *
 * x509_name: distinguished names as text. Pure. A name is foreign: the text may hold any character
 * but NUL, also control and bidirectional ones; who shows it makes it safe.
 */
#ifndef PROBES_X509_NAME_H
#define PROBES_X509_NAME_H

#include "base/str.h"
#include "probes/x509/der.h"

/* RFC 4514: the most specific part first, "CN=portal.example,O=Test". Types without a short name
 * there are written as dotted numbers; values that are no text as #hex. What does not parse ends
 * the text with "?". */
void x509_name_text(struct der name, struct str *out);

/* The words people call it by: the last commonName, else organizationalUnit, organization, else
 * the whole name. false when the name is empty. */
bool x509_name_short(struct der name, struct str *out);

/* A string value as UTF-8; false for other types and for text that is broken. NUL becomes \00. */
bool x509_string(unsigned tag, struct der value, struct str *out);

#endif
