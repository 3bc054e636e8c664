/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the comparison of what a portal knows with the certificate that is in use.
 */
#include "tell.h"

#include "dates.h"

#include "base/file.h"
#include "probes/x509/pem.h"
#include "probes/x509/x509_item.h"

#include <fcntl.h>
#include <sha1.h>
#include <string.h>

#define CERTIFICATE_MAX ((size_t)1 << 20) /* bytes of its file */

/* The first certificate of the file; a file of DER is itself. -1 with *e. */
static int
read_certificate(const char *path, struct der *out, struct arena *a, struct err *e)
{
	struct pem_block b = { 0 };
	struct der whole, value;
	struct pem p;
	char *bytes;
	size_t n;

	if (file_read(AT_FDCWD, path, FILE_FOLLOW, CERTIFICATE_MAX, a, &bytes, &n, e) < 0)
		return -1;
	if (!pem_likely(bytes, n)) {
		whole = (struct der){ (const uint8_t *)bytes, n };
		if (der_take(&whole, DER_SEQUENCE, &value, out))
			return 0;
		return err_set(e, ERR_PARSE, "holds no certificate");
	}
	pem_init(&p, bytes, n);
	while (pem_next(&p, &b) != PEM_CERTIFICATE)
		if (b.kind == PEM_END)
			return err_set(e, ERR_PARSE, "holds no certificate");
	*out = b.der;
	return 0;
}

/* Its fingerprint by the hash that the entry's has. */
static const char *
fingerprint(struct der cert, size_t digits, struct arena *a)
{
	uint8_t sum[SHA256_BYTES];
	SHA1_CTX sha;

	if (digits == 2 * SHA256_BYTES) {
		x509_sha256(cert, sum);
		return x509_hex((struct der){ sum, SHA256_BYTES }, arena_alloc(a, digits + 1));
	}
	SHA1Init(&sha);
	SHA1Update(&sha, cert.p, cert.len);
	SHA1Final(sum, &sha);
	return x509_hex((struct der){ sum, SHA1_DIGEST_LENGTH }, arena_alloc(a, digits + 1));
}

/* NULL: it cannot be compared, and *why says it. */
static const char *
in_use(const struct entry *en, const char **why, struct arena *a)
{
	struct err e = { 0 };
	struct der cert = { 0 };

	*why = "no file of the certificate in use is named";
	if (en->file == NULL)
		return NULL;
	if (read_certificate(tell_path(en, a), &cert, a, &e) == 0)
		return fingerprint(cert, strlen(en->fingerprint), a);
	*why = arena_printf(a, "%s: %s", en->file, e.msg);
	return NULL;
}

void
tell_portal(const struct probe_ctx *ctx, const struct entry *en, instant now)
{
	struct arena *a = ctx->arena;
	bool soon = en->at != NO_DAY && instant_minus(date_end(en->at), now) < PORTAL_SOON;
	const char *used, *why;
	struct item it;

	if (en->fingerprint == NULL)
		return;
	used = in_use(en, &why, a);
	it = tell_item(en, "register.portal", NULL, a);
	it.state = used == NULL ? ITEM_UNKNOWN : ITEM_FINE;
	it.summary = arena_printf(a, "%.200s knows the certificate that is in use", en->title);
	if (used == NULL)
		it.summary = arena_printf(a,
		    "Whether %.200s knows the certificate in use was not compared: %s", en->title,
		    why);
	else if (strcmp(used, en->fingerprint) != 0) {
		it.state = ITEM_FOUND;
		it.finding = soon ? "other-soon" : "other";
		it.summary = arena_printf(
		    a, "%.200s knows another certificate than the one in use", en->title);
	}
	tell_put(&it, "known_there", en->fingerprint);
	tell_put(&it, "in_use", used);
	probe_emit(ctx, &it);
}
