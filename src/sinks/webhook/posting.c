/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns one letter at libcurl: signed, sent, its answer understood.
 */
#include "sinks/webhook/posting.h"

#include "base/str.h"
#include "base/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#define STAMP_OFF 60  /* s by which a refused stamp must differ to be the reason */
#define HALF_TICK 0.5 /* s: a Date tells whole seconds */
#define FORMER "\"routing_key\":\"@secret\"" /* where a body wants the routing key */

static size_t
on_header(char *line, size_t size, size_t n, void *self)
{
	struct posting *f = self;

	(void)size; /* always 1 */
	f->header_bytes += n;
	if (f->header_bytes > WEBHOOK_HEADERS_MAX)
		return 0;
	/* a second answer follows a 1xx one */
	if (n > 5 && strncasecmp(line, "HTTP/", 5) == 0) {
		f->reply.date = INSTANT_NONE;
		f->reply.retry_after[0] = f->reply.location[0] = '\0';
	} else {
		reply_header(&f->reply, line, n);
	}
	return n;
}

static size_t
on_body(char *bytes, size_t size, size_t n, void *self)
{
	struct posting *f = self;
	size_t room = f->body_bytes < POSTING_QUOTE ? POSTING_QUOTE - f->body_bytes : 0;

	(void)size;
	memcpy(f->quote + POSTING_QUOTE - room, bytes, n < room ? n : room);
	f->body_bytes += n;
	return f->body_bytes > WEBHOOK_ANSWER_MAX ? 0 : n;
}

static curl_socket_t
on_socket(void *self, curlsocktype purpose, struct curl_sockaddr *a)
{
	struct posting *f = self;

	if (purpose != CURLSOCKTYPE_IPCXN || !posting_address_allowed(f->hook, &a->addr)) {
		f->address_refused = true;
		return CURL_SOCKET_BAD;
	}
	return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

static CURLcode
set_tls(CURL *c, const struct webhook *h)
{
	CURLcode rc = tls_set(c, &h->trust);

	if (h->pins != NULL)
		rc |= curl_easy_setopt(c, CURLOPT_PINNEDPUBLICKEY, h->pins);
	if (h->client_cert != NULL) {
		struct curl_blob cert = { h->client_cert, h->nclient_cert, CURL_BLOB_NOCOPY };
		struct curl_blob key = { h->client_key.text, h->client_key.len, CURL_BLOB_NOCOPY };

		rc |= curl_easy_setopt(c, CURLOPT_SSLCERT_BLOB, &cert);
		rc |= curl_easy_setopt(c, CURLOPT_SSLKEY_BLOB, &key);
	}
	return rc;
}

static CURLcode
set_fixed(struct posting *f)
{
	const struct webhook_conf *conf = f->hook->conf;
	CURL *c = f->easy;
	CURLcode rc = curl_easy_setopt(c, CURLOPT_URL, conf->url);

	rc |= curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, f->hook->url.tls ? "https" : "http");
	rc |= curl_easy_setopt(c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	rc |= curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	rc |= curl_easy_setopt(c, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
	/* "" is no proxy, whatever the environment says */
	rc |= curl_easy_setopt(c, CURLOPT_PROXY, conf->proxy != NULL ? conf->proxy : "");
	rc |= curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	rc |= curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)(WEBHOOK_CONNECT / SPAN_MS));
	rc |= curl_easy_setopt(c, CURLOPT_USERAGENT, "forewarn/" FOREWARN_VERSION);
	rc |= curl_easy_setopt(c, CURLOPT_POST, 1L);
	rc |= curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header);
	rc |= curl_easy_setopt(c, CURLOPT_HEADERDATA, f);
	rc |= curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
	rc |= curl_easy_setopt(c, CURLOPT_WRITEDATA, f);
	rc |= curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, on_socket);
	rc |= curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, f);
	rc |= curl_easy_setopt(c, CURLOPT_ERRORBUFFER, f->error);
	rc |= curl_easy_setopt(c, CURLOPT_PRIVATE, f);
	return f->hook->url.tls ? rc | set_tls(c, f->hook) : rc;
}

int
posting_init(struct posting *f, const struct sink_ctx *ctx, struct webhook *hook, struct err *e)
{
	*f = (struct posting){ .ctx = ctx, .hook = hook, .easy = curl_easy_init() };
	if (f->easy == NULL || set_fixed(f) != CURLE_OK)
		return err_set(e, ERR_SYS, "libcurl does not take its options");
	return 0;
}

static int
add(struct posting *f, const char *line)
{
	struct curl_slist *l = curl_slist_append(f->headers, line);

	if (l == NULL)
		return -1;
	f->headers = l;
	return 0;
}

/* The body, or a copy of it with the routing key in its place. */
static const char *
whole_body(struct posting *f, const struct letter *l, struct err *e)
{
	const char *at;
	struct secret *b = &f->body;
	int n;

	if (f->hook->routing.text == NULL)
		return l->body;
	secret_free(b);
	at = strstr(l->body, FORMER);
	if (at == NULL) {
		err_set(e, ERR_PARSE, "the body has no place for the routing key");
		return NULL;
	}
	if (secret_room(b, strlen(l->body) + f->hook->routing.len, e) < 0)
		return NULL;
	n = snprintf(b->text, b->size, "%.*s\"routing_key\":\"%s\"%s", (int)(at - l->body), l->body,
	    f->hook->routing.text, at + strlen(FORMER));
	b->len = (size_t)n;
	return b->text;
}

/* True time as far as it is known, for the stamp. */
static instant
true_time(const struct posting *f, const struct letter *l)
{
	instant now = f->ctx->clk->wall(f->ctx->clk);
	double off = l->clock_known ? l->offset : f->hook->skew_known ? f->hook->skew : 0;

	return instant_plus(now, span_from_seconds(-off));
}

static int
set_headers(struct posting *f, const struct letter *l, const char *body, struct err *e)
{
	char line[SIGN_HEADER_MAX + 64], sig[SIGN_HEADER_MAX];
	int64_t stamp = f->stamp / INSTANT_S;
	int rc = 0;

	curl_slist_free_all(f->headers);
	f->headers = NULL;
	snprintf(line, sizeof(line), "Content-Type: %s", l->type);
	rc |= add(f, line);
	/* else libcurl waits a second for a receiver that does not know it */
	rc |= add(f, "Expect:");
	snprintf(line, sizeof(line), "webhook-id: %s", l->event);
	rc |= add(f, line);
	snprintf(line, sizeof(line), "webhook-timestamp: %" PRId64, stamp);
	rc |= add(f, line);
	if (sign_header(&f->hook->keys, l->event, stamp, body, strlen(body), sig, e) < 0)
		return -1;
	if (sig[0] != '\0') {
		snprintf(line, sizeof(line), "webhook-signature: %s", sig);
		rc |= add(f, line);
	}
	if (f->hook->bearer.text != NULL)
		rc |= add(f, f->hook->bearer.text);
	return rc < 0 ? err_set(e, ERR_SYS, "no memory for headers") : 0;
}

int
posting_load(struct posting *f, size_t i, struct err *e)
{
	const struct letter *l = &f->ctx->letters[i];
	const char *body = whole_body(f, l, e);
	span left = sink_left(f->ctx), limit = f->hook->conf->timeout;
	CURLcode rc;

	if (i != f->letter)
		f->signed_again = false;
	f->letter = i;
	f->stamp = true_time(f, l);
	f->reply = (struct reply){ .date = INSTANT_NONE, .now = f->stamp };
	f->header_bytes = f->body_bytes = 0;
	f->address_refused = false;
	memset(f->quote, 0, sizeof(f->quote));
	f->error[0] = '\0';
	if (body == NULL || set_headers(f, l, body, e) < 0)
		return -1;
	if (left < limit)
		limit = left > SPAN_MS ? left : SPAN_MS;
	rc = curl_easy_setopt(f->easy, CURLOPT_HTTPHEADER, f->headers);
	rc |= curl_easy_setopt(f->easy, CURLOPT_POSTFIELDS, body);
	rc |= curl_easy_setopt(f->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)strlen(body));
	rc |= curl_easy_setopt(f->easy, CURLOPT_TIMEOUT_MS, (long)(limit / SPAN_MS));
	if (rc != CURLE_OK)
		return err_set(e, ERR_SYS, "libcurl does not take the letter");
	f->busy = true;
	return 0;
}

static const char *
failure_words(const struct posting *f, CURLcode rc)
{
	const char *tls = tls_words(rc, f->error);

	if (tls != NULL)
		return tls;
	switch (rc) {
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
		return "its name could not be looked up";
	case CURLE_COULDNT_CONNECT:
		return "no connection could be made";
	case CURLE_OPERATION_TIMEDOUT:
		return "no answer came in time; it may have taken the letter";
	case CURLE_GOT_NOTHING:
	case CURLE_RECV_ERROR:
	case CURLE_SEND_ERROR:
	case CURLE_PARTIAL_FILE:
		return "the connection broke before an answer; it may have taken the letter";
	case CURLE_WRITE_ERROR:
		return f->header_bytes > WEBHOOK_HEADERS_MAX
			   ? "its answer has over 16 KiB of headers"
			   : "its answer is over 64 KiB";
	case CURLE_WEIRD_SERVER_REPLY:
	case CURLE_UNSUPPORTED_PROTOCOL:
		return "it does not speak HTTP";
	default:
		return "the letter could not be sent";
	}
}

static void
failed(struct posting *f, CURLcode rc, struct answer *w)
{
	char clean[121];

	w->outcome = tls_is_settled(rc, f->error) ? POST_AUTH : POST_LATER;
	w->status = 0;
	if (f->address_refused) {
		w->outcome = POST_AUTH;
		snprintf(f->reason, sizeof(f->reason), "%s",
		    f->hook->url.tls || f->hook->conf->allow_plain
			? "its name leads to a private address, and private_addresses is deny"
			: "http to another machine is not allowed (allow_plain)");
		return;
	}
	text_clean_buf(clean, sizeof(clean), f->error, strlen(f->error));
	snprintf(f->reason, sizeof(f->reason), "%s%s%s%s", failure_words(f, rc),
	    clean[0] != '\0' ? " (" : "", clean, clean[0] != '\0' ? ")" : "");
}

/* What it answered, with the beginning of what it says; secrets of ours could be echoed in it. */
static void
answered(struct posting *f, struct answer *w)
{
	bool plain = f->hook->bearer.text == NULL && f->hook->routing.text == NULL;
	char clean[POSTING_QUOTE + 1];
	size_t n = f->body_bytes < POSTING_QUOTE ? f->body_bytes : POSTING_QUOTE;
	struct str s;

	reply_meaning(&f->reply, w);
	text_clean_buf(clean, sizeof(clean), f->quote, n);
	str_init(&s, LETTER_REASON_MAX);
	if (w->outcome != POST_DELIVERED && strstr(w->reason, "answered") == NULL)
		str_addf(&s, "answered %u: ", f->reply.status);
	str_add(&s, w->reason);
	if (f->reply.status >= 300 && f->reply.status < 400 && f->reply.location[0] != '\0')
		str_addf(&s, " (it leads to %s)", f->reply.location);
	if (f->reply.status >= 400 && clean[0] != '\0' && plain)
		str_addf(&s, ": \"%s\"", clean);
	snprintf(f->reason, sizeof(f->reason), "%s", s.s);
	w->reason = f->reason;
	str_fini(&s);
}

/* Whether our clock can be that far off its Date, by what was known of ours. */
static bool
date_is_likely(const struct letter *l, double skew)
{
	return !l->clock_was_known || fabs(skew - l->last_offset) <= l->drift + STAMP_OFF;
}

/* A stamp that its clock does not believe; the one reason for a second try at once. */
static bool
learn_clock(struct posting *f)
{
	const struct letter *l = &f->ctx->letters[f->letter];
	instant now = f->ctx->clk->wall(f->ctx->clk);
	double off = (double)(f->stamp - f->reply.date) / (double)INSTANT_S;
	double skew = (double)(now - f->reply.date) / (double)INSTANT_S - HALF_TICK;

	if (f->signed_again || l->clock_known || f->reply.date == INSTANT_NONE ||
	    (f->reply.status != 400 && f->reply.status != 401) || fabs(off) <= STAMP_OFF ||
	    !date_is_likely(l, skew))
		return false;
	f->signed_again = true;
	f->hook->skew_known = true;
	f->hook->skew = skew;
	return true;
}

bool
posting_landed(struct posting *f, CURLcode rc, struct answer *w)
{
	long status = 0;
	instant now = f->ctx->clk->wall(f->ctx->clk);

	f->busy = false;
	curl_easy_getinfo(f->easy, CURLINFO_RESPONSE_CODE, &status);
	f->reply.status = status >= 200 && status <= 999 ? (uint32_t)status : 0;
	*w = (struct answer){ .row = f->ctx->letters[f->letter].row, .reason = f->reason };
	if (f->reply.date != INSTANT_NONE) {
		w->clock_seen = true;
		w->offset = (double)(now - f->reply.date) / (double)INSTANT_S - HALF_TICK;
	}
	/* once it has said 2xx it has the letter, whatever the rest of its answer is */
	if (f->reply.status != 0 &&
	    (f->reply.status < 300 || f->header_bytes <= WEBHOOK_HEADERS_MAX))
		answered(f, w);
	else
		failed(f, rc, w);
	return learn_clock(f);
}
