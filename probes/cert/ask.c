/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns which issuers are asked, and since when which of them is silent.
 */
#include "probes/cert/ask.h"

#include "base/file.h"
#include "base/str.h"
#include "probes/cert/replay.h"
#include "probes/cert/responder.h"
#include "probes/cert/staple.h"

#include <openssl/err.h>
#include <openssl/ocsp.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_MAX ((size_t)128 << 20)
#define MARGIN (500 * SPAN_MS) /* kept for handing over what there is */
#define FILE_NAME "responders" /* lines of "seconds address": silent since */
#define FILE_BYTES_MAX ((size_t)1 << 20)
#define OID_RESPONDER "\x06\x08\x2b\x06\x01\x05\x05\x07\x30\x01"

struct question {
	struct der cert, issuer; /* issuer.len 0: not there */
	const char *target, *url;
};

struct silence {
	const char *url, *why;
	long long since; /* seconds since 1970 */
};

struct asking {
	const struct cert_run *run;
	struct arena *arena;
	struct question v[ASK_MAX];
	size_t n, left;    /* left: beyond the limit */
	const char *noted; /* of the notes */
	struct silence silent[ASK_MAX];
	size_t nsilent;
};

static struct der
copy(struct arena *a, struct der d)
{
	return (struct der){ memcpy(arena_alloc(a, d.len), d.p, d.len), d.len };
}

static const char *
url_of(struct der cert, struct arena *a)
{
	const uint8_t *p = cert.p;
	X509 *x = d2i_X509(NULL, &p, (long)cert.len);
	STACK_OF(OPENSSL_STRING) *urls = x != NULL ? X509_get1_ocsp(x) : NULL;
	const char *url = sk_OPENSSL_STRING_num(urls) > 0
			      ? arena_text(a, sk_OPENSSL_STRING_value(urls, 0))
			      : NULL;

	X509_email_free(urls);
	X509_free(x);
	ERR_clear_error();
	return url;
}

/* Decoding takes the library long: only what holds the number of a responder is decoded. */
static void
collect(void *self, const struct census_seen *s)
{
	struct asking *k = self;
	const char *url;

	if (s->quiet || s->x.not_after < k->run->now ||
	    memmem(s->x.whole.p, s->x.whole.len, OID_RESPONDER, sizeof(OID_RESPONDER) - 1) == NULL)
		return;
	if (k->n >= ASK_MAX) {
		k->left++;
		return;
	}
	url = url_of(s->x.whole, k->arena);
	if (url != NULL)
		k->v[k->n++] = (struct question){ .cert = copy(k->arena, s->x.whole),
			.target = arena_text(k->arena, s->target),
			.url = url };
}

static bool
is_issuer(struct der issuer, struct der cert)
{
	const uint8_t *p = issuer.p, *q = cert.p;
	X509 *by = d2i_X509(NULL, &p, (long)issuer.len), *x = d2i_X509(NULL, &q, (long)cert.len);
	bool is = by != NULL && x != NULL && X509_verify(x, X509_get0_pubkey(by)) == 1;

	X509_free(by);
	X509_free(x);
	ERR_clear_error();
	return is;
}

static void
find_issuer(void *self, const struct census_seen *s)
{
	struct asking *k = self;
	struct x509 x;
	struct err e;

	for (size_t i = 0; i < k->n; i++)
		if (k->v[i].issuer.len == 0 &&
		    x509_parse(k->v[i].cert.p, k->v[i].cert.len, &x, &e) == 0 &&
		    der_same(x.issuer, s->x.subject) && is_issuer(s->x.whole, k->v[i].cert))
			k->v[i].issuer = copy(k->arena, s->x.whole);
}

static struct der
question_of(const struct question *q, struct arena *a)
{
	const uint8_t *p = q->cert.p, *r = q->issuer.p;
	X509 *x = d2i_X509(NULL, &p, (long)q->cert.len),
	     *by = d2i_X509(NULL, &r, (long)q->issuer.len);
	OCSP_REQUEST *req = OCSP_REQUEST_new();
	OCSP_CERTID *id = x != NULL && by != NULL ? OCSP_cert_to_id(EVP_sha1(), x, by) : NULL;
	struct der out = { 0 };
	uint8_t *der = NULL;
	int n = 0;

	if (req != NULL && id != NULL && OCSP_request_add0_id(req, id) != NULL) {
		id = NULL;
		n = i2d_OCSP_REQUEST(req, &der);
	}
	if (n > 0)
		out = copy(a, (struct der){ der, (size_t)n });
	OPENSSL_free(der);
	OCSP_CERTID_free(id);
	OCSP_REQUEST_free(req);
	X509_free(x);
	X509_free(by);
	return out;
}

/* --- who is silent --- */

static const struct silence *
find_silence(const struct asking *k, const char *url)
{
	for (size_t i = 0; i < k->nsilent; i++)
		if (strcmp(k->silent[i].url, url) == 0)
			return &k->silent[i];
	return NULL;
}

/* Since when by the notes; now: since now. */
static long long
silent_since(const struct asking *k, const char *url)
{
	long long now = (long long)(k->run->now / INSTANT_S);
	size_t n = strlen(url);

	for (const char *s = k->noted; s != NULL && *s != '\0';) {
		const char *end = strchrnul(s, '\n'), *space = memchr(s, ' ', (size_t)(end - s));
		long long since = strtoll(s, NULL, 10);

		if (space != NULL && (size_t)(end - space - 1) == n &&
		    memcmp(space + 1, url, n) == 0 && since > 0 && since <= now)
			return since;
		s = *end == '\n' ? end + 1 : end;
	}
	return now;
}

static void
read_notes(struct asking *k)
{
	struct err e;
	char *data;
	size_t len;

	k->noted = "";
	if (k->run->ctx->state_fd >= 0 && file_read(k->run->ctx->state_fd, FILE_NAME, FILE_NOFOLLOW,
					      FILE_BYTES_MAX, k->arena, &data, &len, &e) == 0)
		k->noted = arena_textn(k->arena, data, len);
}

/* Notes that cannot be kept make a silence count from anew: it is then told later, and the census
 * says by itself that nothing can be kept here. */
static void
write_notes(const struct asking *k)
{
	struct str s;
	struct err e;

	str_init(&s, FILE_BYTES_MAX);
	for (size_t i = 0; i < k->nsilent; i++)
		str_addf(&s, "%lld %s\n", k->silent[i].since, k->silent[i].url);
	if (k->run->ctx->state_fd >= 0 && (s.len > 0 || k->noted[0] != '\0'))
		file_replace(k->run->ctx->state_fd, FILE_NAME, 0600, s.s, s.len, &e);
	str_fini(&s);
}

/* --- what is said --- */

static void
tell_silent(struct asking *k, const struct question *q, const struct silence *s)
{
	long long days = ((long long)(k->run->now / INSTANT_S) - s->since) * SPAN_S / ASK_SILENCE;
	struct evidence ev[] = { { "responder", q->url }, { "reason", s->why } };
	struct item it = { .target = q->target,
		.rule = "cert.responder",
		.state = days > 0 ? ITEM_UNKNOWN : ITEM_FINE,
		.evidence = ev,
		.nevidence = 2 };

	it.summary =
	    days > 0
		? arena_printf(k->arena,
		      "Its issuer gave no answer for %lld day%s (%s): whether it was "
		      "revoked is unknown",
		      days, days == 1 ? "" : "s", s->why)
		: arena_printf(k->arena,
		      "Its issuer gives no answer now (%s), which is told after a day", s->why);
	probe_emit(k->run->ctx, &it);
}

static bool
is_answered(
    struct asking *k, const struct question *q, span left, struct der *answer, const char **why)
{
	const struct probe_ctx *ctx = k->run->ctx;
	span until = ctx->clk->mono(ctx->clk) + (left < ASK_PATIENCE ? left : ASK_PATIENCE);

	if (ctx->handed->replay != NULL)
		return replay_answer(ctx->handed->replay, q->url, k->arena, answer, why);
	return responder_ask(
	    q->url, question_of(q, k->arena), ctx->clk, until, k->arena, answer, why);
}

static void
ask_one(struct asking *k, const struct question *q)
{
	const struct silence *s = find_silence(k, q->url);
	span left = probe_left(k->run->ctx) - MARGIN;
	const char *why = NULL;
	struct der answer;
	struct ocsp o;

	if (q->issuer.len == 0 || left <= 0) {
		cert_unknown(k->run, "cert.responder", q->target,
		    q->issuer.len == 0
			? "Its issuer could not be asked whether it was revoked: the issuer's "
			  "certificate is not among what this check reads"
			: "The time for this check ended before its issuer was asked whether it "
			  "was revoked",
		    NULL);
		return;
	}
	if (s == NULL && is_answered(k, q, left, &answer, &why)) {
		ocsp_judge(&o, answer, q->cert, q->issuer, k->run->now, k->arena);
		ocsp_tell(k->run, "cert.responder", q->target, &o, "of its issuer", k->arena);
		return;
	}
	if (s == NULL) {
		k->silent[k->nsilent] = (struct silence){ q->url, why, silent_since(k, q->url) };
		s = &k->silent[k->nsilent++];
	}
	tell_silent(k, q, s);
}

void
ask_tell(const struct cert_run *run)
{
	struct asking *k;
	struct arena *a;

	if (!run->conf->ocsp)
		return;
	a = arena_new(ARENA_MAX);
	k = arena_alloc(a, sizeof(*k));
	*k = (struct asking){ .run = run, .arena = a };
	census_each(run->census, collect, k);
	if (k->n > 0)
		census_each(run->census, find_issuer, k);
	read_notes(k);
	for (size_t i = 0; i < k->n; i++)
		ask_one(k, &k->v[i]);
	write_notes(k);
	if (k->left > 0)
		cert_unknown(run, "cert.responder", "further certificates",
		    arena_printf(a,
			"%zu certificates more than %d name a responder, and were not asked for",
			k->left, ASK_MAX),
		    NULL);
	arena_free(a);
}
