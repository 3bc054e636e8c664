/* SPDX-License-Identifier: Apache-2.0
 *
 * pair: a new pair of Ed25519 keys (RFC 8032) as Standard Webhooks 1.0 writes them. Linked into
 * forewarn-sink only, since that has the cryptography.
 */
#ifndef SINKS_WEBHOOK_PAIR_H
#define SINKS_WEBHOOK_PAIR_H

#include "sinks/webhook/secrets.h"

/* "whsk_" with seed and public key, and "whpk_" with the public key. The seed comes from the
 * kernel. The caller wipes `private`. -1 with *e set. Blocks until the kernel has randomness. */
int pair_make(char private[SECRETS_TEXT_MAX], char public[SECRETS_TEXT_MAX], struct err *e);

#endif
