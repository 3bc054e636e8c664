/* SPDX-License-Identifier: Apache-2.0
 *
 * An answer from a hostile server, with its own origin so that what lies behind that check is
 * reached, and what is made of it.
 */
#include "probes/clock/ntp.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint64_t origin = size >= NTP_PACKET ? ntp_origin(data) : 1;
	struct ntp_moments m = { 1795000000 * NS_S, 1795000000 * NS_S + 1000000, 0, 1000000, 0 };
	struct ntp_answer a;
	struct ntp_sample s;

	if (ntp_answer_parse(data, size, origin + 1, &a) == NTP_OK)
		abort();
	if (ntp_answer_parse(data, size, origin, &a) != NTP_OK)
		return 0;
	if (a.root_delay < 0 || a.root_dispersion < 0 || a.precision <= 0)
		abort();
	if (ntp_sample_make(&a, &m, 100, &s) == NTP_OK &&
	    (s.half <= 0 || s.half > 600000 + a.precision))
		abort();
	return 0;
}
