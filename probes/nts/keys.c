/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the exchange of keys, and what its certificate showed.
 */
#include "keys.h"

#include "probes/tls/stream.h"

#include <openssl/x509v3.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define ALPN "ntske/1"
#define LABEL "EXPORTER-network-time-security" /* RFC 8915, 5.1 */
#define AEAD_ID 15
#define PATIENCE (3 * SPAN_S)

/* What the look at the certificate leaves for us. */
struct showing {
	struct nts_seen *seen;
	int error; /* X509_V_* */
};

bool
keys_failed(struct session *s, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(s->seen.why, sizeof(s->seen.why), fmt, ap);
	va_end(ap);
	return false;
}

static int64_t
seconds(const ASN1_TIME *t)
{
	struct tm tm;

	return ASN1_TIME_to_tm(t, &tm) == 1 ? (int64_t)timegm(&tm) : 0;
}

/* Called for each certificate of the path, and for each fault of one. */
static int
look(int ok, X509_STORE_CTX *store)
{
	SSL *ssl = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx());
	struct showing *w = SSL_get_app_data(ssl);
	const X509 *cert = X509_STORE_CTX_get_current_cert(store);
	int error = X509_STORE_CTX_get_error(store);

	if (!ok)
		w->error = error;
	/* of the server's own one, and of whichever has the wrong dates */
	if (cert != NULL && (X509_STORE_CTX_get_error_depth(store) == 0 || !ok)) {
		w->seen->from = seconds(X509_get0_notBefore(cert));
		w->seen->to = seconds(X509_get0_notAfter(cert));
	}
	return ok;
}

SSL_CTX *
session_context(const char *trust, struct err *e)
{
	static const unsigned char alpn[] = { sizeof(ALPN) - 1, 'n', 't', 's', 'k', 'e', '/', '1' };
	SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
	bool loaded;

	if (ctx == NULL || SSL_CTX_set_min_proto_version(ctx, TLS1_3_VERSION) != 1 ||
	    SSL_CTX_set_alpn_protos(ctx, alpn, sizeof(alpn)) != 0) {
		err_set(e, ERR_LIMIT, "no memory for TLS");
		SSL_CTX_free(ctx);
		return NULL;
	}
	SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, look);
	/* a folder is looked into for one authority; a file is read as a whole */
	loaded = trust == NULL ? SSL_CTX_set_default_verify_dir(ctx) == 1
			       : SSL_CTX_load_verify_file(ctx, trust) == 1;
	if (loaded)
		return ctx;
	err_set(e, ERR_PARSE, "trust: %s holds no authority that can be read",
	    trust != NULL ? trust : "the system's folder");
	SSL_CTX_free(ctx);
	return NULL;
}

/* Why no TLS came about. */
static bool
not_secured(struct session *s, const struct stream *c, const struct showing *w)
{
	s->seen.unproven = w->error != 0;
	switch (w->error) {
	case 0:
		s->seen.from = s->seen.to = 0;
		s->seen.unproven = true;
		return keys_failed(s, "%s", c->why);
	case X509_V_ERR_CERT_HAS_EXPIRED:
	case X509_V_ERR_CERT_NOT_YET_VALID:
		s->seen.outside = true;
		return keys_failed(s, "shows a certificate that is not valid today");
	case X509_V_ERR_HOSTNAME_MISMATCH:
	case X509_V_ERR_IP_ADDRESS_MISMATCH:
		return keys_failed(s, "shows a certificate for another name");
	default:
		return keys_failed(s, "shows a certificate that this computer does not trust (%s)",
		    X509_verify_cert_error_string(w->error));
	}
}

static bool
derive(SSL *ssl, uint8_t direction, uint8_t out[SIV_KEY])
{
	const unsigned char context[] = { 0, 0, 0, AEAD_ID, direction };

	return SSL_export_keying_material(
		   ssl, out, SIV_KEY, LABEL, strlen(LABEL), context, sizeof(context), 1) == 1;
}

static bool
speaks_nts(SSL *ssl)
{
	const unsigned char *proto = NULL;
	unsigned n = 0;

	SSL_get0_alpn_selected(ssl, &proto, &n);
	return n == strlen(ALPN) && memcmp(proto, ALPN, n) == 0;
}

/* Over a connection that is secured. */
static bool
records(struct session *s, struct stream *c, struct ke *out)
{
	uint8_t request[KE_REQUEST], answer[KE_ANSWER_MAX];
	enum ke_fault f = KE_MORE;
	size_t n = 0;

	ke_request(request);
	if (!stream_write(c, request, sizeof(request)))
		return keys_failed(s, "%s", c->why);
	while (f == KE_MORE) {
		long r = stream_read(c, answer + n, sizeof(answer) - n);

		if (r < 0)
			return keys_failed(s, "%s", c->why);
		if (r == 0)
			break;
		n += (size_t)r;
		f = ke_parse(answer, n, out);
	}
	return f == KE_OK || keys_failed(s, "%s", ke_fault_words(f));
}

bool
keys_exchange(struct session *s, const struct session_terms *t, struct keys *out)
{
	const struct clock_server *to = &s->server.where;
	struct showing w = { .seen = &s->seen };
	struct stream c;
	bool ok = false;

	stream_init(&c);
	c.until = stream_mono() + PATIENCE < t->until ? stream_mono() + PATIENCE : t->until;
	s->exchanges++;
	if (!stream_open(&c, to->name, to->port, t->family)) {
		keys_failed(s, "%s", c.why);
		stream_close(&c);
		return false;
	}
	s->seen.reached = true;
	s->address = c.to;
	if (!stream_secure(&c, t->tls, to->name, &w)) {
		not_secured(s, &c, &w);
	} else {
		s->seen.proven = true;
		s->seen.unproven = true; /* until a proof of its time has come */
		ok = speaks_nts(c.ssl) ? records(s, &c, &out->ke)
				       : keys_failed(s, "speaks TLS, but gives no keys for time");
		ok = ok && derive(c.ssl, 0, out->c2s) && derive(c.ssl, 1, out->s2c);
	}
	stream_close(&c);
	return ok;
}
