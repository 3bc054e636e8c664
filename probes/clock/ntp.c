/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the packet: made, checked, turned into an offset with its bound.
 */
#include "ntp.h"

#include <stdio.h>
#include <string.h>

enum {
	AT_FLAGS,
	AT_STRATUM,
	AT_POLL,
	AT_PRECISION,
	AT_ROOT_DELAY = 4,
	AT_ROOT_DISPERSION = 8,
	AT_REFID = 12,
	AT_REFERENCE = 16,
	AT_ORIGIN = 24,
	AT_RECEIVE = 32,
	AT_TRANSMIT = 40
};

#define VERSION 4
#define VERSION_OLD 3
#define MODE_CLIENT 3
#define MODE_SERVER 4
#define LEAP_UNSYNC 3
#define STRATUM_UNSYNC 16

/* A jump of the local clock that an exchange is allowed to hide: the two clocks are not read at the
 * same moment. What is hidden widens nothing else, so it is kept far below any limit. */
#define STEP_MIN 1000000LL  /* 1 ms */
#define SLEW_MAX_PPM 1000LL /* adjtime(3) slews by 500 ppm */

static uint32_t
get32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static uint64_t
get64(const uint8_t *p)
{
	return (uint64_t)get32(p) << 32 | get32(p + 4);
}

static void
put64(uint8_t *p, uint64_t v)
{
	for (int i = 0; i < 8; i++)
		p[i] = (uint8_t)(v >> (56 - 8 * i));
}

void
ntp_request(uint8_t out[NTP_PACKET], uint64_t origin)
{
	memset(out, 0, NTP_PACKET);
	out[AT_FLAGS] = VERSION << 3 | MODE_CLIENT;
	put64(out + AT_TRANSMIT, origin);
}

uint64_t
ntp_origin(const uint8_t *data)
{
	return get64(data + AT_ORIGIN);
}

/* NTP short format: 16.16 seconds. */
static int64_t
short_ns(uint32_t v)
{
	return (int64_t)(((uint64_t)v * NS_S + 0xffff) >> 16);
}

/* 2^p seconds; what is 16 s or more is said to be 16 s. */
static int64_t
precision_ns(int8_t p)
{
	if (p >= 4)
		return NTP_MAX_DISPERSION * NS_S;
	if (p >= 0)
		return NS_S << p;
	return p <= -30 ? 1 : (NS_S >> -p) + 1;
}

static void
refid_text(const uint8_t *p, uint8_t stratum, char out[16])
{
	bool printable = true;
	size_t n = 0;

	while (n < 4 && p[n] != 0) {
		printable &= p[n] > 0x20 && p[n] < 0x7f;
		n++;
	}
	if (stratum <= 1 && printable && n > 0)
		snprintf(out, 16, "%.*s", (int)n, (const char *)p);
	else if (stratum <= 1)
		snprintf(out, 16, "0x%08x", get32(p));
	else
		snprintf(out, 16, "%u.%u.%u.%u", p[0], p[1], p[2], p[3]);
}

static enum ntp_fault
check_values(const uint8_t *d, const struct ntp_answer *a)
{
	uint64_t reference = get64(d + AT_REFERENCE);
	int64_t ns;

	if (a->stratum == 0)
		return NTP_KISS;
	if (a->leap == LEAP_UNSYNC || a->stratum >= STRATUM_UNSYNC)
		return NTP_UNSYNC;
	if (a->receive == 0 || a->transmit == 0)
		return NTP_ZERO;
	if (ntp_unix(a->receive, &ns) < 0 || ntp_unix(a->transmit, &ns) < 0)
		return NTP_DATE;
	if ((int64_t)(a->transmit - a->receive) < 0)
		return NTP_BACKWARDS;
	if (reference != 0 && (int64_t)(a->transmit - reference) < 0)
		return NTP_BACKWARDS;
	if (a->root_delay / 2 + a->root_dispersion >= NTP_MAX_DISPERSION * NS_S ||
	    a->precision >= NTP_MAX_DISPERSION * NS_S)
		return NTP_DISTANCE;
	return NTP_OK;
}

enum ntp_fault
ntp_answer_parse(const uint8_t *d, size_t len, uint64_t origin, struct ntp_answer *out)
{
	memset(out, 0, sizeof(*out));
	if (len < NTP_PACKET || len > NTP_ANSWER_MAX || len % 4 != 0)
		return NTP_LENGTH;
	out->leap = d[AT_FLAGS] >> 6;
	out->version = d[AT_FLAGS] >> 3 & 7;
	if (out->version != VERSION && out->version != VERSION_OLD)
		return NTP_VERSION;
	if ((d[AT_FLAGS] & 7) != MODE_SERVER)
		return NTP_MODE;
	/* Before all that an answer can say: a stranger must not be able to send us away. */
	if (ntp_origin(d) != origin)
		return NTP_ORIGIN;
	out->stratum = d[AT_STRATUM];
	out->poll = (int8_t)d[AT_POLL];
	out->precision = precision_ns((int8_t)d[AT_PRECISION]);
	out->root_delay = short_ns(get32(d + AT_ROOT_DELAY));
	out->root_dispersion = short_ns(get32(d + AT_ROOT_DISPERSION));
	refid_text(d + AT_REFID, out->stratum, out->refid);
	out->reference = get32(d + AT_REFID);
	out->receive = get64(d + AT_RECEIVE);
	out->transmit = get64(d + AT_TRANSMIT);
	return check_values(d, out);
}

int
ntp_unix(uint64_t stamp, int64_t *ns)
{
	/* Seconds since the floor, modulo one era: exact without knowing which era it is. */
	uint32_t since = (uint32_t)(stamp >> 32) - (uint32_t)(NTP_FLOOR + NTP_UNIX);

	*ns = (NTP_FLOOR + (int64_t)since) * NS_S + (int64_t)((stamp & 0xffffffff) * NS_S >> 32);
	return since < NTP_WINDOW ? 0 : -1;
}

uint64_t
ntp_stamp(int64_t unix_ns)
{
	int64_t s = unix_ns / NS_S, f = unix_ns % NS_S;

	if (f < 0) {
		s--;
		f += NS_S;
	}
	/* Rounded up, so that ntp_unix gives back the same nanosecond. */
	return (uint64_t)(s + NTP_UNIX) << 32 |
	       ((((uint64_t)f << 32) + NS_S - 1) / NS_S & 0xffffffff);
}

enum ntp_fault
ntp_sample_make(const struct ntp_answer *a, const struct ntp_moments *m, int64_t precision,
    struct ntp_sample *out)
{
	int64_t took = m->received - m->sent, mono = m->received_mono - m->sent_mono;
	int64_t t2, t3, slack = STEP_MIN + (mono > 0 ? mono : 0) / 1000000 * SLEW_MAX_PPM;

	memset(out, 0, sizeof(*out));
	if (took < 0 || mono < 0 || took - mono > slack || mono - took > slack)
		return NTP_STEPPED;
	if (ntp_unix(a->receive, &t2) < 0 || ntp_unix(a->transmit, &t3) < 0)
		return NTP_DATE;
	out->delay = took - (t3 - t2);
	/* Clocks of limited precision may give a little less than nothing, not more. */
	if (out->delay < -(a->precision + precision))
		return NTP_HELD;
	/* A clock that is read in steps may be ahead by a step of what it says: before samples are
	 * compared, not after. The divisions here and below lose up to 2 ns. */
	out->half = out->delay / 2 + a->precision + precision + 2;
	if (out->delay < precision)
		out->delay = precision;
	if (m->left > m->sent && m->left - m->sent < 2 * out->half)
		out->raise = m->left - m->sent;
	/* Both differences have the size of the offset, which fits; their halves are added so that
	 * the sum does, too. */
	out->offset = (m->sent - t2) / 2 + (m->received - t3) / 2;
	return NTP_OK;
}

const char *
ntp_fault_words(enum ntp_fault f)
{
	static const char *const words[NTP_FAULT_N] = {
		[NTP_OK] = "are fine",
		[NTP_LENGTH] = "are too short or too long",
		[NTP_VERSION] = "are of another version",
		[NTP_MODE] = "are not those of a time server",
		[NTP_ORIGIN] = "belong to something we did not ask",
		[NTP_KISS] = "hold a refusal",
		[NTP_UNSYNC] = "say that the server has no right time itself",
		[NTP_ZERO] = "hold no time",
		[NTP_BACKWARDS] = "hold times that run backwards",
		[NTP_DISTANCE] = "allow for an error of more than 16 s",
		[NTP_DATE] = "hold a date that cannot be",
		[NTP_HELD] = "claim more time than the whole exchange took",
		[NTP_STEPPED] = "came while this clock was being set",
	};

	return words[f];
}

const char *
ntp_fault_check(enum ntp_fault f)
{
	static const char *const checks[NTP_FAULT_N] = {
		[NTP_OK] = "none",
		[NTP_LENGTH] = "length (RFC 5905, 7.3; RFC 7822, 3)",
		[NTP_VERSION] = "version (RFC 4330, 5)",
		[NTP_MODE] = "mode (RFC 5905, 7.3)",
		[NTP_ORIGIN] = "origin timestamp (RFC 5905, 8)",
		[NTP_KISS] = "kiss code (RFC 5905, 7.4)",
		[NTP_UNSYNC] = "leap indicator 3 or stratum 16 (RFC 5905, 7.3)",
		[NTP_ZERO] = "zero timestamp (RFC 5905, 8; RFC 4330, 5)",
		[NTP_BACKWARDS] = "order of timestamps (RFC 5905, A.5.1.1)",
		[NTP_DISTANCE] = "root distance (RFC 5905, A.5.1.1)",
		[NTP_DATE] = "era (RFC 5905, 6)",
		[NTP_HELD] = "negative delay (RFC 5905, 8)",
		[NTP_STEPPED] = "local clock stepped during the exchange",
	};

	return checks[f];
}
