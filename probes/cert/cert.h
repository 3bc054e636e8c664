/* SPDX-License-Identifier: Apache-2.0
 *
 * cert: end dates of certificates in files and behind TLS endpoints. The probe reads dates with its
 * own reader (probes/x509); OpenSSL does handshakes and chains.
 */
#ifndef PROBES_CERT_CERT_H
#define PROBES_CERT_CERT_H

#include "probes/cert/place.h"

/* Shows and emits for every entry of conf->paths. */
void cert_files(struct cert_run *run);

/* Shows and emits for every entry of conf->endpoints. */
void cert_endpoints(struct cert_run *run);

#endif
