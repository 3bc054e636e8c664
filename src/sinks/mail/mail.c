/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the work of the sink mail: one connection, a message a letter.
 */
#include "sinks/mail/mail.h"

#include "base/str.h"
#include "base/text.h"
#include "cell/secret.h"
#include "sinks/batch.h"
#include "sinks/sink.h"
#include "sinks/tls.h"

#include <stdio.h>
#include <string.h>

#define CONNECT (10 * SPAN_S)
/* An address that is refused for now (450) keeps the letter from all for so many tries: else those
 * who have it would get it again at each. One refused for good (550) costs only itself. */
#define STRICT_TRIES 3
#define RCPT "RCPT TO:<"

struct mail {
	const struct mail_conf *conf;
	struct tls_trust trust;
	struct secret password;
	const struct sink_ctx *ctx;
	CURL *easy;
	struct curl_slist *to;
	const char *message;
	size_t at, len;
	bool polite; /* the last message was taken */
	/* of the message on its way */
	uint32_t attempt;
	char rcpt[MAIL_ADDRESS_MAX + 1]; /* asked for, and not answered yet; "" none */
	unsigned refused, later;         /* addresses that will never, or not now, be taken */
	struct str who;                  /* them, with the server's words */
	char error[CURL_ERROR_SIZE];
	char reason[LETTER_REASON_MAX + 1];
};

static int
prepare(const struct sink_ctx *ctx, const void *conf, void **state, struct err *e)
{
	struct mail *m = arena_alloc(ctx->arena, sizeof(*m));

	*state = m;
	m->conf = conf;
	if (m->conf->password_file != NULL &&
	    secret_read(&m->password, m->conf->password_file, e) < 0)
		return -1;
	if (strcmp(m->conf->tls, "none") != 0 && tls_prepare(&m->trust, m->conf->ca, e) < 0)
		return -1;
	return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK
		   ? 0
		   : err_set(e, ERR_SYS, "libcurl does not start");
}

/* The answer to one RCPT: libcurl itself says only how the last one went. */
static void
on_rcpt_answer(struct mail *m, const char *line, size_t n)
{
	char clean[81];

	if (n < 4 || line[3] == '-' || (line[0] != '4' && line[0] != '5')) {
		if (n >= 4 && line[3] != '-')
			m->rcpt[0] = '\0';
		return;
	}
	if (line[0] == '5')
		m->refused++;
	else
		m->later++;
	while (n > 0 && (line[n - 1] == '\r' || line[n - 1] == '\n'))
		n--;
	str_addf(&m->who, "%s%s (%s)", m->who.len > 0 ? ", " : "", m->rcpt,
	    text_clean_buf(clean, sizeof(clean), line, n));
	m->rcpt[0] = '\0';
}

/* What is said in the protocol, line by line; the password among it, so nothing of it is kept. */
static int
on_line(CURL *easy, curl_infotype type, char *line, size_t n, void *self)
{
	struct mail *m = self;
	size_t head = sizeof(RCPT) - 1;

	(void)easy;
	if (type == CURLINFO_HEADER_OUT && n > head && memcmp(line, RCPT, head) == 0)
		snprintf(
		    m->rcpt, sizeof(m->rcpt), "%.*s", (int)strcspn(line + head, ">"), line + head);
	else if (type == CURLINFO_HEADER_IN && m->rcpt[0] != '\0')
		on_rcpt_answer(m, line, n);
	return 0;
}

static size_t
on_read(char *buf, size_t size, size_t n, void *self)
{
	struct mail *m = self;
	size_t room = size * n, part = m->len - m->at < room ? m->len - m->at : room;

	if (m->later > 0 && m->attempt < STRICT_TRIES)
		return CURL_READFUNC_ABORT;
	memcpy(buf, m->message + m->at, part);
	m->at += part;
	return part;
}

static const char *
url(const struct mail *m)
{
	const struct mail_conf *c = m->conf;
	bool implicit = strcmp(c->tls, "implicit") == 0;
	bool required = strcmp(c->tls, "required") == 0, six = strchr(c->server, ':') != NULL;
	int port = c->port != 0 ? (int)c->port : implicit ? 465 : required ? 587 : 25;

	return arena_printf(m->ctx->arena, "%s://%s%s%s:%d/", implicit ? "smtps" : "smtp",
	    six ? "[" : "", c->server, six ? "]" : "", port);
}

static CURLcode
set_login(struct mail *m)
{
	CURLcode rc = CURLE_OK;

	if (m->conf->user != NULL) {
		rc |= curl_easy_setopt(m->easy, CURLOPT_USERNAME, m->conf->user);
		rc |= curl_easy_setopt(m->easy, CURLOPT_PASSWORD, m->password.text);
	}
	return rc;
}

static CURLcode
set_fixed(struct mail *m)
{
	const char *tls = m->conf->tls;
	long ssl = strcmp(tls, "none") == 0            ? CURLUSESSL_NONE
		   : strcmp(tls, "opportunistic") == 0 ? CURLUSESSL_TRY
						       : CURLUSESSL_ALL;
	CURL *c = m->easy;
	CURLcode rc = curl_easy_setopt(c, CURLOPT_URL, url(m));

	rc |= curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	rc |= curl_easy_setopt(c, CURLOPT_USE_SSL, ssl);
	rc |= curl_easy_setopt(c, CURLOPT_PROXY, "");
	rc |= curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	rc |= curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)(CONNECT / SPAN_MS));
	rc |= curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
	rc |= curl_easy_setopt(c, CURLOPT_READFUNCTION, on_read);
	rc |= curl_easy_setopt(c, CURLOPT_READDATA, m);
	rc |= curl_easy_setopt(c, CURLOPT_ERRORBUFFER, m->error);
	rc |= curl_easy_setopt(c, CURLOPT_DEBUGFUNCTION, on_line);
	rc |= curl_easy_setopt(c, CURLOPT_DEBUGDATA, m);
	rc |= curl_easy_setopt(c, CURLOPT_VERBOSE, 1L);
	rc |= curl_easy_setopt(c, CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L);
	rc |= curl_easy_setopt(
	    c, CURLOPT_MAIL_FROM, arena_printf(m->ctx->arena, "<%s>", m->conf->from));
	for (size_t i = 0; i < m->conf->to.n; i++)
		m->to =
		    curl_slist_append(m->to, arena_printf(m->ctx->arena, "<%s>", m->conf->to.v[i]));
	rc |= curl_easy_setopt(c, CURLOPT_MAIL_RCPT, m->to);
	rc |= set_login(m);
	return ssl != CURLUSESSL_NONE ? rc | tls_set(c, &m->trust) : rc;
}

/* RFC 5321, 4.2.1: 4yz is for now, 5yz for good. But "for good" is mostly about us: an address, a
 * login, a policy. Only what speaks of this one message is refused. */
static enum post_outcome
by_status(long status)
{
	if (status == 552 || status == 554)
		return POST_REFUSED;
	return status >= 500 && status <= 599 ? POST_AUTH : POST_LATER;
}

/* It was taken, or put off because of some of its receivers. False: neither. */
static bool
judge_receivers(struct mail *m, CURLcode rc, struct answer *w)
{
	if (rc == CURLE_OK && m->who.len == 0) {
		w->outcome = POST_DELIVERED;
		snprintf(m->reason, sizeof(m->reason), "taken");
	} else if (rc == CURLE_OK) {
		w->outcome = POST_PARTLY;
		snprintf(m->reason, sizeof(m->reason), "taken, but not for %.210s", m->who.s);
	} else if (rc == CURLE_ABORTED_BY_CALLBACK) {
		w->outcome = POST_LATER;
		snprintf(m->reason, sizeof(m->reason), "not yet for %.220s", m->who.s);
	} else {
		return false;
	}
	return true;
}

static void
judge(struct mail *m, CURLcode rc, struct answer *w)
{
	long status = 0;
	const char *tls = tls_words(rc, m->error), *what = "the message could not be sent";
	char clean[121];

	curl_easy_getinfo(m->easy, CURLINFO_RESPONSE_CODE, &status);
	w->status = status >= 200 && status <= 599 ? (uint32_t)status : 0;
	w->reason = m->reason;
	m->polite = rc == CURLE_OK;
	if (judge_receivers(m, rc, w))
		return;
	w->outcome = tls != NULL || rc == CURLE_LOGIN_DENIED ? POST_AUTH : by_status(status);
	if (tls != NULL)
		what = tls;
	else if (rc == CURLE_LOGIN_DENIED)
		what = "it does not accept the name and password";
	else if (rc == CURLE_COULDNT_RESOLVE_HOST)
		what = "its name could not be looked up";
	else if (rc == CURLE_COULDNT_CONNECT)
		what = "no connection could be made";
	else if (rc == CURLE_OPERATION_TIMEDOUT)
		what = "no answer came in time; it may have taken the message";
	text_clean_buf(clean, sizeof(clean), m->error, strlen(m->error));
	if (w->status < 400)
		snprintf(m->reason, sizeof(m->reason), "%s (%s)", what, clean);
	else if (clean[0] != '\0')
		snprintf(
		    m->reason, sizeof(m->reason), "answered %u: %s (%s)", w->status, what, clean);
	else
		snprintf(m->reason, sizeof(m->reason), "answered %u: %s", w->status, what);
}

static CURLcode
send_one(struct mail *m, const struct letter *l)
{
	span left = sink_left(m->ctx);
	span limit = left < m->conf->timeout ? left : m->conf->timeout;
	instant now = m->ctx->clk->wall(m->ctx->clk);
	CURLcode rc;

	if (l->clock_known)
		now = instant_plus(now, span_from_seconds(-l->offset));
	m->message = mail_message(m->conf, l->event, l->body, now, m->ctx->arena);
	m->len = strlen(m->message);
	m->at = 0;
	m->error[0] = '\0';
	m->attempt = l->attempt;
	m->rcpt[0] = '\0';
	m->refused = m->later = 0;
	str_clear(&m->who);
	rc = curl_easy_setopt(m->easy, CURLOPT_TIMEOUT_MS, (long)(limit / SPAN_MS) + 1);
	return rc == CURLE_OK ? curl_easy_perform(m->easy) : rc;
}

static void
run(const struct sink_ctx *ctx, void *state)
{
	struct mail *m = state;
	struct batch b;
	size_t i;

	m->ctx = ctx;
	m->easy = curl_easy_init();
	str_init(&m->who, LETTER_REASON_MAX);
	if (m->easy == NULL || set_fixed(m) != CURLE_OK)
		return;
	batch_init(&b, ctx->letters, ctx->n, ctx->arena);
	while (sink_left(ctx) >= SINK_LEFT_MIN && (i = batch_next(&b)) != BATCH_NONE) {
		struct answer w = { 0 };

		judge(m, send_one(m, &ctx->letters[i]), &w);
		batch_done(&b, i, &w);
		ctx->answer(ctx->self, i, &w);
	}
}

static void
end(void *state)
{
	struct mail *m = state;

	if (m == NULL)
		return;
	/* says QUIT, so that a server does not count a broken connection; to one that does not
	 * answer libcurl would say it for ever */
	if (m->easy != NULL && m->polite) {
		curl_easy_setopt(m->easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, 1L);
		curl_easy_cleanup(m->easy);
	}
	if (m->who.s != NULL)
		str_fini(&m->who);
	secret_free(&m->password);
}

extern const struct sink_spec mail_sink;

const struct sink_work mail_work = {
	.spec = &mail_sink,
	.prepare = prepare,
	.run = run,
	.end = end,
};
