/* SPDX-License-Identifier: Apache-2.0
 *
 * ask: asks issuers whether certificates were revoked, one question a certificate.
 */
#ifndef PROBES_CERT_ASK_H
#define PROBES_CERT_ASK_H

#include "probes/cert/place.h"

#define ASK_MAX 256               /* certificates of one check that are asked for */
#define ASK_PATIENCE (3 * SPAN_S) /* with one responder */
#define ASK_SILENCE SPAN_DAY      /* a responder may be silent so long before it is told */

/* After census_end: for each certificate that names a responder one item under rule
 * cert.responder. Nothing unless the option `ocsp` is set. */
void ask_tell(const struct cert_run *run);

#endif
