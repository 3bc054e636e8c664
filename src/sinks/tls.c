/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what libcurl is told of trust, and the words for what it then says.
 */
#include "sinks/tls.h"

#include "cell/sandbox.h"

#include <string.h>
#include <sys/stat.h>

int
tls_prepare(struct tls_trust *t, const char *ca, struct err *e)
{
	/* where the links of a hashed folder lead to */
	static const char *const shared[] = { "/usr/share/ca-certificates",
		"/usr/local/share/ca-certificates", "/etc/pki/ca-trust", "/etc/pki/tls/certs",
		"/etc/ca-certificates", NULL };
	struct stat st;

	if (stat(ca, &st) < 0)
		return err_sys(e, "%s (authorities that are trusted)", ca);
	*t = (struct tls_trust){ ca, !S_ISDIR(st.st_mode) };
	sandbox_also_read(ca);
	for (size_t i = 0; shared[i] != NULL; i++)
		sandbox_also_read(shared[i]);
	return 0;
}

CURLcode
tls_set(CURL *c, const struct tls_trust *t)
{
	CURLcode rc = curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);

	rc |= curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
	rc |= curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
	/* the bundle that libcurl was built with would be read beside a folder: 28 ms each time */
	rc |= curl_easy_setopt(c, CURLOPT_CAINFO, t->is_file ? t->ca : NULL);
	rc |= curl_easy_setopt(c, CURLOPT_CAPATH, t->is_file ? NULL : t->ca);
	return rc;
}

bool
tls_is_settled(CURLcode rc, const char *error)
{
	switch (rc) {
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_INVALIDCERTSTATUS:
	case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
	case CURLE_SSL_CLIENTCERT:
	case CURLE_USE_SSL_FAILED:
		return true;
	case CURLE_SSL_CONNECT_ERROR:
		/* a connection that broke during the handshake has the same number */
		return strstr(error, "SYSCALL") == NULL && strstr(error, "reset") == NULL &&
		       strstr(error, "unexpected eof") == NULL;
	case CURLE_RECV_ERROR:
	case CURLE_SEND_ERROR:
		/* TLS 1.3 tells after the handshake that our certificate is not wanted */
		return strstr(error, "alert") != NULL;
	default:
		return false;
	}
}

const char *
tls_words(CURLcode rc, const char *error)
{
	if (!tls_is_settled(rc, error))
		return NULL;
	if (rc == CURLE_PEER_FAILED_VERIFICATION)
		return "its certificate is not accepted";
	if (rc == CURLE_SSL_PINNEDPUBKEYNOTMATCH)
		return "its key is none of those in pin";
	if (rc == CURLE_USE_SSL_FAILED)
		return "it offers no TLS, and tls = \"required\" asks for it";
	return "no secure connection can be made";
}
