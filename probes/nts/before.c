/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what this worker's cell may read besides: the authorities that vouch for servers.
 */
#include "probes/clock/nts.h"

#include "cell/sandbox.h"

#include <openssl/x509.h>

/* The authorities, which the cell would not let be read. */
void
nts_before(const char *trust)
{
	static const char *const shared[] = { "/usr/share/ca-certificates",
		"/usr/local/share/ca-certificates", "/etc/pki/ca-trust", "/etc/pki/tls/certs",
		"/etc/ca-certificates", "/etc/ssl/certs", NULL };

	if (trust != NULL) {
		sandbox_also_read(trust);
		return;
	}
	sandbox_also_read(X509_get_default_cert_dir());
	for (size_t i = 0; shared[i] != NULL; i++)
		sandbox_also_read(shared[i]);
}
