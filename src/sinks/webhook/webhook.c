/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the work of the sink webhook: secrets before rights go, several postings at once.
 */
#include "sinks/webhook/webhook.h"

#include "base/file.h"
#include "sinks/batch.h"
#include "sinks/webhook/posting.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#define WAIT_MS 1000 /* the longest sleep between two looks at the time */

static int
load_bearer(struct webhook *h, const char *path, struct err *e)
{
	struct secret token;
	int n;

	if (secret_read(&token, path, e) < 0)
		return -1;
	if (secrets_bearer(token.text, e) < 0) {
		secret_free(&token);
		return err_wrap(e, "%s", path);
	}
	if (secret_room(&h->bearer, token.len + 64, e) < 0) {
		secret_free(&token);
		return -1;
	}
	n = snprintf(h->bearer.text, h->bearer.size, "Authorization: Bearer %s", token.text);
	h->bearer.len = (size_t)n;
	secret_free(&token);
	return 0;
}

static int
load_routing(struct webhook *h, const char *path, struct err *e)
{
	if (secret_read(&h->routing, path, e) < 0)
		return -1;
	if (secrets_routing(h->routing.text, e) == 0)
		return 0;
	secret_free(&h->routing);
	return err_wrap(e, "%s", path);
}

static int
load_keys(struct webhook *h, struct err *e)
{
	const struct webhook_conf *c = h->conf;
	struct secret s;
	int rc = 0;

	if (c->secret_file != NULL) {
		if (secret_read(&s, c->secret_file, e) < 0)
			return -1;
		rc = sign_add_secrets(&h->keys, s.text, e);
		secret_free(&s);
		if (rc < 0)
			return err_wrap(e, "%s", c->secret_file);
	}
	if (c->key_file != NULL) {
		if (secret_read(&s, c->key_file, e) < 0)
			return -1;
		rc = sign_set_key(&h->keys, s.text, e);
		secret_free(&s);
		if (rc < 0)
			return err_wrap(e, "%s", c->key_file);
	}
	return 0;
}

/* No secret, but read at the same time: afterwards the cell cannot. */
static int
load_client(const struct sink_ctx *ctx, struct webhook *h, struct err *e)
{
	const struct webhook_conf *c = h->conf;
	char *data;
	size_t len;

	if (c->client_cert == NULL)
		return 0;
	if (secret_read(&h->client_key, c->client_key, e) < 0)
		return -1;
	if (file_read(
		AT_FDCWD, c->client_cert, FILE_FOLLOW, SECRET_MAX, ctx->arena, &data, &len, e) < 0)
		return err_wrap(e, "%s", c->client_cert);
	h->client_cert = data;
	h->nclient_cert = len;
	return 0;
}

static const char *
join_pins(const struct texts *pin, struct arena *a)
{
	const char *all = pin->n > 0 ? pin->v[0] : NULL;

	for (size_t i = 1; i < pin->n; i++)
		all = arena_printf(a, "%s;%s", all, pin->v[i]);
	return all;
}

static int
prepare(const struct sink_ctx *ctx, const void *conf, void **state, struct err *e)
{
	struct webhook *h = arena_alloc(ctx->arena, sizeof(*h));
	const struct webhook_conf *c = conf;

	*state = h;
	h->conf = c;
	if (webhook_url_parse(c->url, &h->url, e) < 0)
		return err_wrap(e, "url");
	h->pins = join_pins(&c->pin, ctx->arena);
	if (load_keys(h, e) < 0 || load_client(ctx, h, e) < 0)
		return -1;
	if (h->url.tls && tls_prepare(&h->trust, c->ca, e) < 0)
		return -1;
	if (c->bearer_file != NULL && load_bearer(h, c->bearer_file, e) < 0)
		return -1;
	if (c->routing_key_file != NULL && load_routing(h, c->routing_key_file, e) < 0)
		return -1;
	return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK
		   ? 0
		   : err_set(e, ERR_SYS, "libcurl does not start");
}

/* All that is on the way. */
struct traffic {
	const struct sink_ctx *ctx;
	struct webhook *hook;
	struct batch batch;
	CURLM *multi;
	struct posting postings[WEBHOOK_POSTINGS];
};

static void
answer(struct traffic *d, size_t i, const struct answer *w)
{
	batch_done(&d->batch, i, w);
	d->ctx->answer(d->ctx->self, i, w);
}

static void
cannot_go(struct traffic *d, size_t i, const char *why)
{
	char reason[LETTER_REASON_MAX + 1];

	snprintf(reason, sizeof(reason), "%.*s", LETTER_REASON_MAX, why);
	answer(d, i, &(struct answer){ .outcome = POST_REFUSED, .reason = reason });
}

static bool
launch(struct traffic *d, struct posting *f, size_t i)
{
	struct err e = { 0 };

	if (posting_load(f, i, &e) < 0) {
		f->busy = false;
		cannot_go(d, i, e.msg);
		return false;
	}
	curl_multi_add_handle(d->multi, f->easy);
	return true;
}

/* One letter alone until one was taken: a dead or strange receiver meets no crowd, and what the
 * first one learns (TLS session, clock) serves the rest. */
static void
launch_all(struct traffic *d)
{
	size_t most = d->batch.proven ? WEBHOOK_POSTINGS : 1;

	for (size_t k = 0; k < WEBHOOK_POSTINGS && d->batch.flying < most; k++) {
		size_t i;

		if (d->postings[k].busy)
			continue;
		if (sink_left(d->ctx) < SINK_LEFT_MIN || (i = batch_next(&d->batch)) == BATCH_NONE)
			return;
		launch(d, &d->postings[k], i);
	}
}

static void
land_all(struct traffic *d)
{
	struct CURLMsg *m;
	int more;

	while ((m = curl_multi_info_read(d->multi, &more)) != NULL) {
		struct posting *f;
		struct answer w;
		CURLcode rc = m->data.result;

		if (m->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &f);
		curl_multi_remove_handle(d->multi, f->easy);
		if (posting_landed(f, rc, &w))
			launch(d, f, f->letter);
		else
			answer(d, f->letter, &w);
	}
}

static void
fly(struct traffic *d)
{
	for (;;) {
		int running;

		launch_all(d);
		if (d->batch.flying == 0)
			return;
		if (curl_multi_perform(d->multi, &running) != CURLM_OK)
			return;
		land_all(d);
		if (running > 0 && d->batch.flying == (size_t)running)
			curl_multi_poll(d->multi, NULL, 0, WAIT_MS, NULL);
	}
}

static void
run(const struct sink_ctx *ctx, void *state)
{
	struct traffic *d = arena_alloc(ctx->arena, sizeof(*d));
	struct err e = { 0 };

	d->ctx = ctx;
	d->hook = state;
	batch_init(&d->batch, ctx->letters, ctx->n, ctx->arena);
	d->multi = curl_multi_init();
	for (size_t k = 0; k < WEBHOOK_POSTINGS; k++)
		if (d->multi == NULL || posting_init(&d->postings[k], ctx, state, &e) < 0)
			return;
	curl_multi_setopt(d->multi, CURLMOPT_MAX_HOST_CONNECTIONS, (long)WEBHOOK_POSTINGS);
	fly(d);
	/* a resolver that hangs would be waited for here: the process ends, and all with it */
}

static void
end(void *state)
{
	struct webhook *h = state;

	if (h == NULL)
		return;
	sign_fini(&h->keys);
	secret_free(&h->bearer);
	secret_free(&h->routing);
	secret_free(&h->client_key);
}

extern const struct sink_spec webhook_sink;

const struct sink_work webhook_work = {
	.spec = &webhook_sink,
	.prepare = prepare,
	.run = run,
	.end = end,
};
