/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the names around an alert: its id, its reasons, its terms from a configuration.
 */
#include "judge/policy.h"

#include "model/rule.h"

#include <stdio.h>
#include <string.h>

const char *
policy_why_name(enum policy_why w)
{
	static const char *const names[WHY_N] = {
		[WHY_CONFIRMED] = "confirmed",
		[WHY_STEP] = "step",
		[WHY_ROSE] = "rose",
		[WHY_FELL] = "fell",
		[WHY_RECOVERED] = "recovered",
		[WHY_STALE] = "stale",
		[WHY_LOST] = "lost",
		[WHY_REMIND] = "remind",
		[WHY_SILENCE_ENDED] = "silence-ended",
		[WHY_EXCEPTION_ENDED] = "exception-ended",
		[WHY_PARENT_BACK] = "parent-back",
		[WHY_ACK_ENDED] = "ack-ended",
		[WHY_FLAPPING] = "flapping",
		[WHY_SETTLED] = "settled",
		[WHY_EXCEPTED] = "excepted",
		[WHY_RETIRED] = "retired",
		[WHY_ACKNOWLEDGED] = "acknowledged",
		[WHY_UNTAKEN] = "untaken",
	};

	return names[w];
}

__extension__ typedef unsigned __int128 u128;

/* FNV-1a, 128 bits (draft-eastlake-fnv, section 6): no secret, only distinct. */
#define FNV_PRIME ((u128)1 << 88 | 0x13b)
#define FNV_BASIS ((u128)0x6c62272e07bb0142 << 64 | 0x62b821756295c58d)

static u128
fnv(u128 h, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < n; i++)
		h = (h ^ p[i]) * FNV_PRIME;
	return h;
}

static u128
fnv_u64(u128 h, uint64_t v)
{
	unsigned char b[8];

	for (size_t i = 0; i < sizeof(b); i++)
		b[i] = (unsigned char)(v >> (8 * i));
	return fnv(h, b, sizeof(b));
}

const char *
policy_alert_id(const char *fingerprint, uint64_t alert, instant since, char buf[EVENT_ID])
{
	u128 h = fnv(FNV_BASIS, fingerprint, strlen(fingerprint) + 1);

	h = fnv_u64(fnv_u64(h, alert), (uint64_t)since);
	snprintf(
	    buf, EVENT_ID, "%016llx%016llx", (unsigned long long)(h >> 64), (unsigned long long)h);
	return buf;
}

struct policy_terms
policy_terms_of(unsigned by, int64_t confirm, span every, span remind)
{
	struct policy_terms t = { .remind = remind };

	t.confirm = confirm < 1 ? 1 : confirm > UINT32_MAX ? UINT32_MAX : (uint32_t)confirm;
	t.hysteresis = (by & BY_METRIC) != 0;
	if (t.confirm > 1 && every > 0) {
		span runs = t.confirm - 1, most = SPAN_MAX / runs;

		t.confirm_for = every > most ? SPAN_MAX : every * runs;
		t.confirm_for -= t.confirm_for / 10;
	}
	return t;
}
