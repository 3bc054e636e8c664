/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns one conversation: its socket, its TLS, what the server showed.
 */
#include "probes/cert/talk.h"

#include "base/str.h"
#include "probes/cert/ocsp.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#define TALK_NAMES_MAX ((size_t)1024) /* bytes of names that are told */

/* Takes what the server shows; the chain is judged later and apart. */
static int
take_chain(X509_STORE_CTX *store, void *arg)
{
	SSL *ssl = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx());
	struct talk *t = SSL_get_app_data(ssl);

	(void)arg;
	if (t->chain == NULL)
		t->chain = X509_chain_up_ref(X509_STORE_CTX_get0_untrusted(store));
	return 1;
}

static int
no_client_cert(SSL *ssl, X509 **cert, EVP_PKEY **key)
{
	struct talk *t = SSL_get_app_data(ssl);

	(void)cert;
	(void)key;
	t->asked_client = true;
	return 0;
}

SSL_CTX *
talk_context(void)
{
	SSL_CTX *ctx;

	OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
	ctx = SSL_CTX_new(TLS_client_method());
	if (ctx == NULL)
		return NULL;
	SSL_CTX_set_security_level(ctx, 0);
	SSL_CTX_set_min_proto_version(ctx, TLS1_VERSION);
	SSL_CTX_set_cipher_list(ctx, "ALL:!aNULL:!eNULL:!PSK:!SRP:@SECLEVEL=0");
	SSL_CTX_set_options(ctx, SSL_OP_LEGACY_SERVER_CONNECT | SSL_OP_IGNORE_UNEXPECTED_EOF);
	SSL_CTX_set_max_cert_list(ctx, CERT_LIST_BYTES_MAX);
	SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
	SSL_CTX_set_verify(ctx, SSL_VERIFY_NONE, NULL);
	SSL_CTX_set_cert_verify_callback(ctx, take_chain, NULL);
	SSL_CTX_set_client_cert_cb(ctx, no_client_cert);
	return ctx;
}

/* subjectAltName: the only place where programs look for names today (RFC 9525 2). */
static bool
has_names(X509 *x)
{
	return X509_get_ext_by_NID(x, NID_subject_alt_name, -1) >= 0;
}

/* Its DNS names, as many as fit. */
static const char *
names_of(X509 *x, struct arena *a)
{
	GENERAL_NAMES *list = X509_get_ext_d2i(x, NID_subject_alt_name, NULL, NULL);
	const char *text;
	struct str s;

	str_init(&s, TALK_NAMES_MAX);
	for (int i = 0; i < sk_GENERAL_NAME_num(list); i++) {
		const GENERAL_NAME *name = sk_GENERAL_NAME_value(list, i);
		size_t n = name->type == GEN_DNS ? (size_t)ASN1_STRING_length(name->d.dNSName) : 0;
		const char *dns =
		    n > 0 ? (const char *)ASN1_STRING_get0_data(name->d.dNSName) : NULL;

		if (n == 0 || memchr(dns, '\0', n) != NULL || s.len + n + 2 > TALK_NAMES_MAX)
			continue;
		str_add(&s, s.len > 0 ? ", " : "");
		str_addn(&s, dns, n);
	}
	GENERAL_NAMES_free(list);
	text = s.len > 0 ? arena_textn(a, s.s, s.len) : NULL;
	str_fini(&s);
	return text;
}

static void
keep_chain(struct talk *t, struct arena *a)
{
	int n = t->chain != NULL ? sk_X509_num(t->chain) : 0;

	if (n > CERT_CHAIN_MAX)
		n = CERT_CHAIN_MAX;
	t->ders = arena_array(a, (size_t)n + 1, sizeof(*t->ders));
	for (int i = 0; i < n; i++) {
		X509 *x = sk_X509_value(t->chain, i);
		int len = i2d_X509(x, NULL);
		uint8_t *der, *p;

		if (len <= 0)
			continue;
		der = p = arena_alloc(a, (size_t)len);
		i2d_X509(x, &p);
		t->ders[t->nders++] = (struct der){ der, (size_t)len };
	}
	if (n == 0)
		return;
	t->names = names_of(sk_X509_value(t->chain, 0), a);
	t->old_name = !has_names(sk_X509_value(t->chain, 0));
	t->name_fits =
	    t->ep.name_numeric
		? X509_check_ip_asc(sk_X509_value(t->chain, 0), t->ep.name, 0) == 1
		: X509_check_host(sk_X509_value(t->chain, 0), t->ep.name, 0, 0, NULL) == 1;
}

/* A longer one is kept as far as it is too long, so that it is judged and not overlooked. */
static void
keep_staple(struct talk *t, struct arena *a)
{
	const unsigned char *answer = NULL;
	long n = SSL_get_tlsext_status_ocsp_resp(t->ssl, &answer);

	if (answer == NULL || n <= 0)
		return;
	if (n > (long)OCSP_ANSWER_MAX + 1)
		n = (long)OCSP_ANSWER_MAX + 1;
	t->staple.p = memcpy(arena_alloc(a, (size_t)n), answer, (size_t)n);
	t->staple.len = (size_t)n;
}

void
talk_end(struct talk *t, const char *error, struct arena *a)
{
	t->state = TALK_DONE;
	t->error = error != NULL ? arena_text(a, error) : NULL;
	if (t->ssl != NULL && error == NULL) {
		t->protocol = arena_text(a, SSL_get_version(t->ssl));
		t->old_protocol = SSL_version(t->ssl) < TLS1_2_VERSION;
		keep_staple(t, a);
	}
	keep_chain(t, a);
	SSL_free(t->ssl);
	t->ssl = NULL;
	if (t->fd >= 0)
		close(t->fd);
	t->fd = -1;
}

void
talk_start(struct talk *t, struct arena *a)
{
	const struct net_address *to = &t->addr;

	t->state = TALK_CONNECT;
	t->events = POLLOUT;
	t->fd = socket(to->u.sa.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (t->fd < 0 || (connect(t->fd, &to->u.sa, to->len) < 0 && errno != EINPROGRESS))
		talk_end(t, strerror(errno), a);
}

static const char *
ssl_reason(SSL *ssl, int rc, int saved)
{
	int kind = SSL_get_error(ssl, rc);
	const char *why = ERR_reason_error_string(ERR_peek_last_error());

	if (kind == SSL_ERROR_SYSCALL && saved != 0)
		return strerror(saved);
	if (kind == SSL_ERROR_ZERO_RETURN || kind == SSL_ERROR_SYSCALL || why == NULL)
		return "it ended the connection";
	if (strcmp(why, "wrong version number") == 0 || strcmp(why, "packet length too long") == 0)
		return "what it answers is not TLS";
	return why;
}

static void
shake(struct talk *t, struct arena *a)
{
	int rc, saved, kind;

	ERR_clear_error();
	errno = 0;
	rc = SSL_connect(t->ssl);
	saved = errno;
	if (rc == 1) {
		talk_end(t, NULL, a);
		return;
	}
	kind = SSL_get_error(t->ssl, rc);
	if (kind == SSL_ERROR_WANT_READ)
		t->events = POLLIN;
	else if (kind == SSL_ERROR_WANT_WRITE)
		t->events = POLLOUT;
	else
		talk_end(t, ssl_reason(t->ssl, rc, saved), a);
	ERR_clear_error();
}

static void
begin_tls(struct talk *t, SSL_CTX *ctx, struct arena *a)
{
	t->state = TALK_TLS;
	t->ssl = SSL_new(ctx);
	if (t->ssl == NULL || SSL_set_fd(t->ssl, t->fd) != 1) {
		talk_end(t, "no memory for TLS", a);
		return;
	}
	SSL_set_app_data(t->ssl, t);
	SSL_set_tlsext_status_type(t->ssl, TLSEXT_STATUSTYPE_ocsp);
	if (t->keys != NULL)
		SSL_set1_sigalgs_list(t->ssl, t->keys);
	if (!t->ep.name_numeric)
		SSL_set_tlsext_host_name(t->ssl, t->ep.name);
	shake(t, a);
}

static void
go_on(struct talk *t, enum starttls_next next, SSL_CTX *ctx, struct arena *a)
{
	const struct starttls *s = &t->start;

	if (next == STARTTLS_FAILED)
		talk_end(t, s->why, a);
	else if (next == STARTTLS_SEND &&
		 send(t->fd, s->out, s->nout, MSG_NOSIGNAL) != (ssize_t)s->nout)
		talk_end(t, "it takes no more bytes", a);
	/* MySQL answers a request for TLS with TLS */
	else if (next == STARTTLS_READY ||
		 (next == STARTTLS_SEND && s->start == START_MYSQL && s->step == 1))
		begin_tls(t, ctx, a);
}

/* A greeting is read byte by byte up to TLS, so that nothing of it is lost. */
static void
plain(struct talk *t, SSL_CTX *ctx, struct arena *a)
{
	char buf[512];
	ssize_t n = recv(t->fd, buf, sizeof(buf), 0);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		talk_end(t, n == 0 ? "it ended the connection" : strerror(errno), a);
		return;
	}
	go_on(t, starttls_feed(&t->start, buf, (size_t)n), ctx, a);
}

static void
connected(struct talk *t, SSL_CTX *ctx, struct arena *a)
{
	socklen_t len = sizeof(int);
	int error = 0;

	if (getsockopt(t->fd, SOL_SOCKET, SO_ERROR, &error, &len) < 0)
		error = errno;
	if (error != 0) {
		talk_end(t, strerror(error), a);
		return;
	}
	t->reached = true;
	if (t->ep.start == START_TLS) {
		begin_tls(t, ctx, a);
		return;
	}
	t->state = TALK_PLAIN;
	t->events = POLLIN;
	go_on(t, starttls_init(&t->start, t->ep.start, t->ep.name), ctx, a);
}

void
talk_advance(struct talk *t, SSL_CTX *ctx, struct arena *a)
{
	if (t->state == TALK_CONNECT)
		connected(t, ctx, a);
	else if (t->state == TALK_PLAIN)
		plain(t, ctx, a);
	else if (t->state == TALK_TLS)
		shake(t, a);
}
