/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns walking DER, one triple at a time.
 */
#include "probes/x509/der.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define LENGTH_BYTES_MAX 4
#define TAG_HIGH 0x1f

bool
der_next(struct der *in, unsigned *tag, struct der *value, struct der *whole)
{
	size_t at = 2, len;

	if (in->len < 2 || (in->p[0] & TAG_HIGH) == TAG_HIGH)
		return false;
	len = in->p[1];
	if (len >= 0x80) {
		size_t n = len & 0x7f;

		if (n == 0 || n > LENGTH_BYTES_MAX || in->len < at + n)
			return false;
		len = 0;
		while (n-- > 0)
			len = len << 8 | in->p[at++];
	}
	if (len > in->len - at)
		return false;
	*tag = in->p[0];
	*value = (struct der){ in->p + at, len };
	if (whole != NULL)
		*whole = (struct der){ in->p, at + len };
	in->p += at + len;
	in->len -= at + len;
	return true;
}

bool
der_take(struct der *in, unsigned tag, struct der *value, struct der *whole)
{
	unsigned got;

	return in->len > 0 && in->p[0] == tag && der_next(in, &got, value, whole);
}

bool
der_same(struct der a, struct der b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

const char *
der_oid_text(struct der oid, char buf[DER_OID_TEXT])
{
	uint64_t arc = 0;
	size_t n = 0;

	buf[0] = '?';
	buf[1] = '\0';
	if (oid.len == 0 || (oid.p[oid.len - 1] & 0x80) != 0)
		return buf;
	for (size_t i = 0; i < oid.len; i++) {
		int w;

		if (arc > UINT64_MAX >> 7)
			goto bad;
		arc = arc << 7 | (oid.p[i] & 0x7f);
		if ((oid.p[i] & 0x80) != 0)
			continue;
		if (n == 0) {
			uint64_t top = arc < 80 ? arc / 40 : 2;

			w = snprintf(
			    buf, DER_OID_TEXT, "%" PRIu64 ".%" PRIu64, top, arc - top * 40);
		} else
			w = snprintf(buf + n, DER_OID_TEXT - n, ".%" PRIu64, arc);
		if (w < 0 || (size_t)w >= DER_OID_TEXT - n)
			goto bad;
		n += (size_t)w;
		arc = 0;
	}
	return buf;
bad:
	buf[0] = '?';
	buf[1] = '\0';
	return buf;
}

struct der
der_magnitude(struct der integer)
{
	while (integer.len > 0 && integer.p[0] == 0) {
		integer.p++;
		integer.len--;
	}
	return integer;
}
