/* SPDX-License-Identifier: Apache-2.0
 *
 * ntp: the packet of 48 bytes (RFC 5905, section 7.3) and what one exchange of two says. Pure: no
 * I/O and no clock is read here.
 *
 * A timestamp is 64 bits: seconds since 1900-01-01 modulo 2^32 and a binary fraction. The 32 bits
 * of seconds wrap on 2036-02-07 06:28:16 UTC and name no era. RFC 5905, section 6, takes the era
 * nearest to the local clock, which misleads a clock that is wrong by more than 68 years (a dead
 * battery in 2038 and later: 1970). Instead, true time is never before this program was written:
 * what the bits say lies within NTP_WINDOW from NTP_FLOOR, whatever the local clock says. A server
 * that says anything else has no right time.
 */
#ifndef CLOCK_NTP_H
#define CLOCK_NTP_H

#include "ticks.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NTP_PACKET 48         /* bytes of a header, without extension fields */
#define NTP_ANSWER_MAX 1024   /* longest answer that is looked at */
#define NTP_UNIX 2208988800   /* seconds from 1900 to 1970 */
#define NTP_FLOOR 1767225600  /* 2026-01-01T00:00:00Z, Unix seconds */
#define NTP_WINDOW 2147483648 /* 68 years, to 2094-01-19: 1970, an unset clock, is outside */
#define NTP_MAX_DISPERSION 16 /* seconds; MAXDISP, RFC 5905, section 7.2 */

/* Why an answer is not used. */
enum ntp_fault {
	NTP_OK,
	NTP_LENGTH,    /* under 48 bytes, over the limit or no multiple of 4 (RFC 7822, 3) */
	NTP_VERSION,   /* neither 3 nor 4 (RFC 4330, 5: as asked; old servers say 3) */
	NTP_MODE,      /* not 4, server (RFC 5905, 7.3) */
	NTP_ORIGIN,    /* not an answer to what was asked (RFC 5905, 8: bogus) */
	NTP_KISS,      /* stratum 0: `kiss` says why (RFC 5905, 7.4) */
	NTP_UNSYNC,    /* leap 3 or stratum 16 and up (RFC 5905, 7.3) */
	NTP_ZERO,      /* a zero stamp (RFC 5905, 8; RFC 4330, 5) */
	NTP_BACKWARDS, /* sent before it was received, or set after it was sent (RFC 5905, A.5.1.1)
			*/
	NTP_DISTANCE,  /* the server allows for an error over 16 s (RFC 5905, A.5.1.1) */
	NTP_DATE,      /* outside of NTP_WINDOW from NTP_FLOOR */
	NTP_HELD,      /* says it held the request longer than the whole exchange took */
	NTP_STEPPED,   /* the local clock was set during the exchange */
	NTP_FAULT_N
};

struct ntp_answer {
	uint8_t leap, version, stratum;
	int8_t poll;
	int64_t precision;          /* ns, rounded up */
	int64_t root_delay;         /* ns, rounded up */
	int64_t root_dispersion;    /* ns, rounded up */
	char refid[16];             /* text if stratum is 0 or 1, else a dotted quad */
	uint32_t reference;         /* the same four bytes, the first the highest */
	uint64_t receive, transmit; /* T2, T3, as they came */
};

/* Moments around one exchange. Wall times are ns since 1970 (the local clock, possibly wrong),
 * mono is CLOCK_MONOTONIC. */
struct ntp_moments {
	int64_t sent, received;           /* T1, T4, wall */
	int64_t sent_mono, received_mono; /* for noticing that the local clock was set */
	int64_t
	    left; /* when the request left, by the kernel: wall, at or after `sent`; 0: unknown */
};

struct ntp_sample {
	int64_t offset; /* local - server, ns */
	int64_t half;   /* ns, rounded up: offset ± half holds for any path. Half of the delay and
			   both clocks' precision */
	int64_t raise;  /* ns: the lower end is higher by so much, as the request left that late */
	int64_t delay;  /* ns */
};

/* A request whose transmit stamp is the 64 random bits of `origin` (data minimization: the server
 * need not know our clock, and a blind forger must guess them). */
void ntp_request(uint8_t out[NTP_PACKET], uint64_t origin);

/* What bytes 24 to 31 hold: which request it answers. Only of 48 bytes or more. */
uint64_t ntp_origin(const uint8_t *data);

/* Reads and checks an answer to `origin`. *out is filled as far as it was read; it is to be used
 * for NTP_OK, its refid also for NTP_KISS. */
enum ntp_fault ntp_answer_parse(
    const uint8_t *data, size_t len, uint64_t origin, struct ntp_answer *out);

/* A timestamp as ns since 1970, in the era that NTP_FLOOR chooses; -1 if outside of the window. */
int ntp_unix(uint64_t stamp, int64_t *ns);

/* The inverse, for tests and responders: the low 32 bits of the seconds. */
uint64_t ntp_stamp(int64_t unix_ns);

/* Offset and delay of one exchange (RFC 5905, 8). precision: of the local clock, ns. */
enum ntp_fault ntp_sample_make(const struct ntp_answer *a, const struct ntp_moments *m,
    int64_t precision, struct ntp_sample *out);

/* In words that go on from "its answers cannot be used: they ...". */
const char *ntp_fault_words(enum ntp_fault f);

/* For evidence: the check that failed and its RFC section. */
const char *ntp_fault_check(enum ntp_fault f);

#endif
