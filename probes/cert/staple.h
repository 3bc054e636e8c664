/* SPDX-License-Identifier: Apache-2.0
 *
 * staple: what is said of the issuer's answer that a server shows with its certificate.
 */
#ifndef PROBES_CERT_STAPLE_H
#define PROBES_CERT_STAPLE_H

#include "probes/cert/ocsp.h"
#include "probes/cert/talk.h"

/* Emits one item under rule cert.ocsp for the worst of what the addresses of an endpoint showed;
 * nothing when none of them showed an answer and no certificate demands one. */
void staple_tell(const struct cert_run *run, const struct talk *first, struct arena *a);

/* The item of an answer, wherever it came from. from: "shown with it", "of the issuer". */
void ocsp_tell(const struct cert_run *run, const char *rule, const char *target,
    const struct ocsp *o, const char *from, struct arena *a);

#endif
