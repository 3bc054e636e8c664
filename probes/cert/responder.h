/* SPDX-License-Identifier: Apache-2.0
 *
 * responder: one question to an issuer's responder over HTTP (RFC 6960 A.1). Blocks until its
 * deadline at most.
 */
#ifndef PROBES_CERT_RESPONDER_H
#define PROBES_CERT_RESPONDER_H

#include "base/arena.h"
#include "base/clk.h"
#include "probes/x509/der.h"

#include <stdbool.h>

#define RESPONDER_HEAD_MAX ((size_t)8 << 10) /* bytes of an answer before its body */

/* true: *answer is the body, in the arena, of at most OCSP_ANSWER_MAX bytes. false: *why says what
 * went wrong. until: on the clock's mono. */
bool responder_ask(const char *url, struct der question, struct clk *clk, span until,
    struct arena *a, struct der *answer, const char **why);

/* The body of an HTTP answer. Pure. false: *why. */
bool responder_body(const char *data, size_t len, struct der *body, const char **why);

#endif
