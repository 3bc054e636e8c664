/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the forms of a webhook's secrets. No cryptography: it is linked wherever a configuration is
 * read.
 */
#include "sinks/webhook/secrets.h"

#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static int
digit(char c)
{
	const char *at = c != '\0' ? strchr(digits, c) : NULL;

	return at != NULL ? (int)(at - digits) : -1;
}

void
secrets_text(const char *word, const uint8_t *bytes, size_t n, char out[SECRETS_TEXT_MAX])
{
	char *at = stpcpy(out, word);

	for (size_t i = 0; i < n; i += 3) {
		size_t have = n - i < 3 ? n - i : 3;
		uint32_t bits = 0;

		for (size_t k = 0; k < 3; k++)
			bits = bits << 8 | (k < have ? bytes[i + k] : 0U);
		for (size_t k = 0; k < 4; k++)
			*at++ = k <= have ? digits[bits >> (18 - 6 * k) & 63] : '=';
	}
	*at = '\0';
}

/* n characters of base64 (RFC 4648, 4), padding optional, into at most max bytes; -1 when they are
 * not that. */
static int
decode(const char *s, size_t n, uint8_t *out, size_t max, size_t *len)
{
	uint32_t bits = 0;
	int have = 0;

	while (n > 0 && s[n - 1] == '=')
		n--;
	*len = 0;
	if (n % 4 == 1)
		return -1;
	for (size_t i = 0; i < n; i++) {
		int d = digit(s[i]);

		if (d < 0)
			return -1;
		bits = bits << 6 | (uint32_t)d;
		have += 6;
		if (have < 8)
			continue;
		have -= 8;
		if (*len == max)
			return -1;
		out[(*len)++] = (uint8_t)(bits >> have);
		bits &= (1U << have) - 1;
	}
	return bits == 0 ? 0 : -1;
}

/* Skips the word that some keys begin with. false: it is not there. */
static bool
skip(const char *head, const char **s, size_t *n)
{
	size_t len = strlen(head);

	if (*n <= len || memcmp(*s, head, len) != 0)
		return false;
	*s += len;
	*n -= len;
	return true;
}

int
secrets_hmac(const char *s, size_t n, uint8_t *out, size_t *len, struct err *e)
{
	skip("whsec_", &s, &n);
	if (decode(s, n, out, SIGN_SECRET_LONGEST, len) < 0 || *len < SIGN_SECRET_MIN)
		return err_set(e, ERR_PARSE, "is not whsec_ and the base64 of %d to %d bytes",
		    SIGN_SECRET_MIN, SIGN_SECRET_LONGEST);
	return 0;
}

int
secrets_each_line(const char *text, int (*use)(void *self, const char *s, size_t n, struct err *e),
    void *self, struct err *e)
{
	size_t found = 0, n, used;

	for (int line = 1;; line++, text += n + 1) {
		n = strcspn(text, "\n");
		for (used = n; used > 0 && strchr(" \t\r", text[used - 1]) != NULL; used--)
			;
		if (used > 0 && use(self, text, used, e) < 0)
			return err_wrap(e, "line %d", line);
		found += used > 0;
		if (text[n] == '\0')
			break;
	}
	return found > 0 ? 0 : err_set(e, ERR_PARSE, "holds no secret");
}

int
secrets_key(const char *text, uint8_t out[SECRETS_KEY_MAX], size_t *len, struct err *e)
{
	size_t n = strcspn(text, " \t\r\n");

	if (!skip("whsk_", &text, &n) || decode(text, n, out, SECRETS_KEY_MAX, len) < 0 ||
	    (*len != 32 && *len != 64))
		return err_set(e, ERR_PARSE,
		    "is not whsk_ and the base64 of an Ed25519 seed with its public key");
	return 0;
}

int
secrets_bearer(const char *text, struct err *e)
{
	for (const char *p = text; *p != '\0'; p++)
		if (*p <= ' ' || *p > '~')
			return err_set(
			    e, ERR_PARSE, "is not one word of letters, digits and signs");
	return 0;
}

int
secrets_routing(const char *text, struct err *e)
{
	for (const char *p = text; *p != '\0'; p++)
		if (*p <= ' ' || *p > '~' || *p == '"' || *p == '\\')
			return err_set(e, ERR_PARSE, "is not one word of letters and digits");
	return 0;
}

/* Keys are counted as sign_add_secrets does, into memory that is wiped. */
static int
count_line(void *self, const char *s, size_t n, struct err *e)
{
	uint8_t raw[SIGN_SECRET_LONGEST];
	size_t len, *count = self;
	int rc = secrets_hmac(s, n, raw, &len, e);

	explicit_bzero(raw, sizeof(raw));
	if (rc == 0 && ++*count > SIGN_SECRETS_MAX)
		return err_set(e, ERR_LIMIT, "more than %d secrets", SIGN_SECRETS_MAX);
	return rc;
}

int
secrets_check(const char *opt, const char *text, struct err *e)
{
	uint8_t raw[SECRETS_KEY_MAX];
	size_t n = 0;
	int rc = 0;

	if (strcmp(opt, "secret_file") == 0)
		return secrets_each_line(text, count_line, &n, e);
	if (strcmp(opt, "bearer_file") == 0)
		return secrets_bearer(text, e);
	if (strcmp(opt, "routing_key_file") == 0)
		return secrets_routing(text, e);
	if (strcmp(opt, "client_key") == 0 && strstr(text, "PRIVATE KEY-----") == NULL)
		return err_set(e, ERR_PARSE, "is no private key in PEM");
	if (strcmp(opt, "key_file") == 0)
		rc = secrets_key(text, raw, &n, e);
	explicit_bzero(raw, sizeof(raw));
	return rc;
}
