/* SPDX-License-Identifier: Apache-2.0
 *
 * An answer with extension fields; its encrypted part is sealed anew with our key, so that what
 * lies behind the proof is reached: the first byte says how many bytes of the rest are that part.
 */
#include "probes/nts/packet.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const uint8_t id[PACKET_ID] = { 0xaa }, key[SIV_KEY] = { 7 };

static void
sealed(const uint8_t *plain, size_t n)
{
	static uint8_t d[512];
	uint8_t *p = d + NTP_PACKET + 4 + PACKET_ID;
	struct siv_part parts[2] = { { d, (size_t)(p - d) }, { p + 8, 16 } };
	struct ke_cookies fresh = { .n = 0 };
	size_t field = 8 + 16 + ((SIV_TAG + n + 3) & ~(size_t)3);

	memset(d, 0, sizeof(d));
	memcpy(d + NTP_PACKET, "\1\4\0\x24", 4);
	memcpy(d + NTP_PACKET + 4, id, sizeof(id));
	memcpy(p, "\4\4\0\0\0\x10\0\0", 8);
	p[2] = (uint8_t)(field >> 8);
	p[3] = (uint8_t)field;
	p[6] = (uint8_t)((SIV_TAG + n) >> 8);
	p[7] = (uint8_t)(SIV_TAG + n);
	if (!siv_seal(key, parts, 2, plain, n, p + 24))
		abort();
	if (packet_answer(d, (size_t)(p - d) + field, id, key, &fresh) == PACKET_FORGED ||
	    fresh.n > KE_COOKIES_MAX)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ke_cookies fresh = { .n = 0 };
	size_t n = size == 0 ? 0 : data[0];

	packet_has_id(data, size, id);
	/* nobody can make a proof without the key */
	if (packet_answer(data, size, id, key, &fresh) == PACKET_OK)
		abort();
	if (size > 1)
		sealed(data + 1, n < size - 1 ? n : size - 1);
	return 0;
}
