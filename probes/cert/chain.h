/* SPDX-License-Identifier: Apache-2.0
 *
 * chain: does what a server showed lead to an authority of ours, at a given time?
 */
#ifndef PROBES_CERT_CHAIN_H
#define PROBES_CERT_CHAIN_H

#include "probes/cert/talk.h"

/* A file of certificates, a folder with hashed names (c_rehash) or with plain *.pem *.crt. NULL
 * with *e set. */
X509_STORE *chain_store(const char *path, struct err *e);

/* Fills the chain_* fields of *t, which still holds its chain. */
void chain_verify(struct talk *t, X509_STORE *store, instant now, struct arena *a);

#endif
