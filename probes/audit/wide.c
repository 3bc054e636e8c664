/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns making UTF-8 of a record in UTF-16.
 */
#include "wide.h"

#define MARK 0xfeff
#define BAD 0xfffd
#define LOOK 512 /* bytes of a start that tell without a mark */

static unsigned
unit(enum wide w, const char *p)
{
	unsigned a = (unsigned char)p[0], b = (unsigned char)p[1];

	return w == WIDE_LITTLE ? b << 8 | a : a << 8 | b;
}

enum wide
wide_find(const char *s, size_t n)
{
	size_t units = (n < LOOK ? n : LOOK) / 2, little = 0, big = 0;

	if (n >= 2 && unit(WIDE_LITTLE, s) == MARK)
		return WIDE_LITTLE;
	if (n >= 2 && unit(WIDE_BIG, s) == MARK)
		return WIDE_BIG;
	if (units < WIDE_MIN)
		return WIDE_NO;
	for (size_t i = 0; i < units; i++) {
		little += s[2 * i] != 0 && s[2 * i + 1] == 0;
		big += s[2 * i] == 0 && s[2 * i + 1] != 0;
	}
	return little * 100 >= units * WIDE_SHARE ? WIDE_LITTLE
	       : big * 100 >= units * WIDE_SHARE  ? WIDE_BIG
						  : WIDE_NO;
}

static size_t
put(char *out, unsigned c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

/* The character at the start of s, which has two bytes or more; *used: its bytes. */
static unsigned
character(enum wide w, struct slice s, size_t *used)
{
	unsigned a = unit(w, s.p), b;

	*used = 2;
	if (a < 0xd800 || a > 0xdfff)
		return a;
	b = s.n >= 4 ? unit(w, s.p + 2) : 0;
	if (a > 0xdbff || b < 0xdc00 || b > 0xdfff)
		return BAD;
	*used = 4;
	return 0x10000 + ((a - 0xd800) << 10 | (b - 0xdc00));
}

struct slice
wide_narrow(enum wide w, struct slice rec, char buf[WIDE_MAX])
{
	size_t n = 0, used;

	/* the 00 of the line end before, or of the one behind */
	if (w == WIDE_LITTLE && rec.n % 2 == 1 && rec.p[0] == '\0')
		rec = slice_behind(rec, 1);
	else if (w == WIDE_BIG && rec.n % 2 == 1)
		rec.n--;
	for (; rec.n >= 2 && n + 4 <= WIDE_MAX; rec = slice_behind(rec, used)) {
		unsigned c = character(w, rec, &used);

		if (c != MARK)
			n += put(buf + n, c);
	}
	if (n > 0 && buf[n - 1] == '\r')
		n--;
	return (struct slice){ buf, n };
}

bool
wide_goes_on(enum wide w, struct slice rec)
{
	return w == WIDE_LITTLE && rec.n > 0 && rec.p[0] != '\0' && rec.n % 2 == 1;
}
