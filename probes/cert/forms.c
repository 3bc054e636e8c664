/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns which form a file is of, and DER.
 */
#include "probes/cert/forms.h"

#include "probes/x509/pem.h"
#include "probes/x509/x509.h"
#include "probes/x509/x509_crl.h"

#include <string.h>

#define UTF8_MARK "\xef\xbb\xbf"
#define JKS_MAGIC "\xfe\xed\xfe\xed"
#define JCEKS_MAGIC "\xce\xce\xce\xce"

/* One of two bytes is enough: what stands in a PEM file is ASCII. */
static void
narrow(char *data, size_t *len, size_t from, size_t low)
{
	size_t n = 0;

	for (size_t i = from; i + 1 < *len; i += 2) {
		char high = data[i + 1 - low];

		data[n++] = high == 0 ? data[i + low] : '?';
	}
	*len = n;
}

void
form_plain(char **data, size_t *len)
{
	const unsigned char *p = (const unsigned char *)*data;

	if (*len >= 3 && memcmp(*data, UTF8_MARK, 3) == 0) {
		*data += 3;
		*len -= 3;
	} else if (*len >= 2 && p[0] == 0xff && p[1] == 0xfe)
		narrow(*data, len, 2, 0);
	else if (*len >= 2 && p[0] == 0xfe && p[1] == 0xff)
		narrow(*data, len, 2, 1);
	else if (*len >= 4 && memcmp(*data, "-\0-\0", 4) == 0)
		narrow(*data, len, 0, 0);
	else if (*len >= 4 && memcmp(*data, "\0-\0-", 4) == 0)
		narrow(*data, len, 0, 1);
}

/* In JSON and in variables a line end is written as two characters. */
static void
unescape(char *data, size_t len)
{
	for (char *s = data; (s = memmem(s, (size_t)(data + len - s), "\\n", 2)) != NULL; s += 2)
		memcpy(s, " \n", 2);
}

static bool
is_escaped(const char *data, size_t len)
{
	return memmem(data, len, "-----\\n", 7) != NULL ||
	       memmem(data, len, "-----\\r\\n", 9) != NULL;
}

static void
unescape_returns(char *data, size_t len)
{
	for (char *s = data; (s = memmem(s, (size_t)(data + len - s), "\\r", 2)) != NULL; s += 2)
		memcpy(s, "  ", 2);
}

static bool
is_certificate(struct der whole)
{
	struct x509 c;
	struct err e;

	return x509_parse(whole.p, whole.len, &c, &e) == 0;
}

static bool
is_list(struct der whole)
{
	struct x509_crl c;
	struct err e;

	return x509_crl_parse(whole.p, whole.len, &c, &e) == 0;
}

/* Objects of a file that begins with DER, one after another. Old and streaming writers leave out
 * the length of a PKCS #7 or #12: the library reads it then, to its end. */
bool
form_der(struct der in, const struct form_passwords *p, struct arena *a, const struct form_taker *t)
{
	struct der value, whole;
	bool known = false;
	unsigned tag;

	(void)a;
	if (in.len < 2 || in.p[0] != DER_SEQUENCE)
		return false;
	if (in.p[1] == 0x80)
		return form_pkcs7(in, t) || form_pkcs12(in, p, t);
	while (in.len > 0 && der_next(&in, &tag, &value, &whole) && tag == DER_SEQUENCE) {
		if (is_certificate(whole))
			t->take(t->self, whole, 0);
		else if (is_list(whole))
			t->crl(t->self, whole, 0);
		else if (!form_pkcs7(whole, t) && !form_pkcs12(whole, p, t)) {
			if (!known && in.len == 0)
				return false;
			t->other(t->self, "another DER object");
		}
		known = true;
	}
	if (known && in.len > 0)
		t->trouble(t->self, FORM_CUT, 0, "behind it are bytes that are no certificate");
	return known;
}

bool
form_read(char *data, size_t len, const struct form_passwords *passwords, struct arena *a,
    const struct form_taker *t)
{
	struct der all = { (const uint8_t *)data, len };

	if (len >= 4 && (memcmp(data, JKS_MAGIC, 4) == 0 || memcmp(data, JCEKS_MAGIC, 4) == 0))
		return form_jks(all, t);
	if (len > 0 && (uint8_t)data[0] == DER_SEQUENCE && form_der(all, passwords, a, t))
		return true;
	form_plain(&data, &len);
	if (!pem_likely(data, len))
		return form_inline(data, len, a, t);
	if (is_escaped(data, len)) {
		unescape(data, len);
		unescape_returns(data, len);
	}
	form_pem(data, len, t);
	return true;
}
