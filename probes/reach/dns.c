/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the bytes of a question to a resolver and of its answer.
 */
#include "dns.h"

#include <ctype.h>
#include <string.h>

#define HEAD 12       /* bytes, RFC 1035, 4.1.1 */
#define LABEL_MAX 63  /* RFC 1035, 2.3.4 */
#define NAME_MAX_ 255 /* the same, in bytes on the wire */
#define TYPE_A 1
#define CLASS_IN 1

size_t
dns_question(uint8_t out[DNS_QUESTION_MAX], const char *name, uint16_t id)
{
	size_t n = HEAD;

	memset(out, 0, HEAD);
	out[0] = (uint8_t)(id >> 8);
	out[1] = (uint8_t)id;
	out[2] = 1; /* recursion is asked for */
	out[5] = 1; /* one question */
	while (*name != '\0') {
		size_t label = strcspn(name, ".");

		if (label == 0 || label > LABEL_MAX || n + label + 2 > HEAD + NAME_MAX_)
			return 0;
		out[n++] = (uint8_t)label;
		memcpy(out + n, name, label);
		n += label;
		name += label + (name[label] == '.');
	}
	if (n == HEAD)
		return 0;
	memcpy(out + n, (const uint8_t[]){ 0, 0, TYPE_A, 0, CLASS_IN }, 5);
	return n + 5;
}

/* Letters of a name may come back in another case (RFC 1035, 2.3.3). */
static bool
same(const uint8_t *a, const uint8_t *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (tolower(a[i]) != tolower(b[i]))
			return false;
	return true;
}

enum dns_says
dns_answer(const uint8_t *question, size_t n, const uint8_t *data, size_t len)
{
	unsigned answers;

	/* its own number, an answer, to the one question that was asked */
	if (len < n || n <= HEAD || memcmp(data, question, 2) != 0 || (data[2] & 0x80) == 0 ||
	    data[4] != 0 || data[5] != 1 || !same(data + HEAD, question + HEAD, n - HEAD))
		return DNS_NOT;
	answers = (unsigned)data[6] << 8 | data[7];
	switch (data[3] & 15) {
	case 0:
		/* a short one whose rest did not fit (TC) is an answer, too */
		return answers > 0 || (data[2] & 2) != 0 ? DNS_FINE : DNS_NO_DATA;
	case 3:
		return DNS_NO_NAME;
	case 5:
		return DNS_REFUSED;
	default:
		return DNS_FAILED;
	}
}
