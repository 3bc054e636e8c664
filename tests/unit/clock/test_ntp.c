/* SPDX-License-Identifier: Apache-2.0 */
#include "probes/clock/ntp.h"

#include "tests/t.h"

#define ORIGIN 0x1122334455667788ULL
#define NOW (1795000000LL * NS_S)

static void
put64(uint8_t *p, uint64_t v)
{
	for (int i = 0; i < 8; i++)
		p[i] = (uint8_t)(v >> (56 - 8 * i));
}

static void
good(uint8_t d[NTP_ANSWER_MAX + 8])
{
	memset(d, 0, NTP_ANSWER_MAX + 8);
	d[0] = 4 << 3 | 4;
	d[1] = 2;
	d[3] = (uint8_t)-20;
	memcpy(d + 12, "\x0a\0\0\1", 4);
	put64(d + 16, ntp_stamp(NOW - NS_S));
	put64(d + 24, ORIGIN);
	put64(d + 32, ntp_stamp(NOW));
	put64(d + 40, ntp_stamp(NOW + 1000));
}

/* One octet of a good answer changed, or a stamp replaced. */
static const struct {
	const char *row;
	size_t len;
	int at; /* octet that is set to `to`; -1: none */
	uint8_t to;
	int stamp_at; /* 0: none */
	uint64_t stamp;
	enum ntp_fault want;
} cases[] = {
	{ "a good answer is taken", 48, -1, 0, 0, 0, NTP_OK },
	{ "47 octets are no header (RFC 5905, 7.3)", 47, -1, 0, 0, 0, NTP_LENGTH },
	{ "nothing is no header (RFC 5905, 7.3)", 0, -1, 0, 0, 0, NTP_LENGTH },
	{ "50 octets are no whole fields (RFC 7822, 3)", 50, -1, 0, 0, 0, NTP_LENGTH },
	{ "an extension field is passed over (RFC 7822, 3)", 64, -1, 0, 0, 0, NTP_OK },
	{ "the longest answer is taken", NTP_ANSWER_MAX, -1, 0, 0, 0, NTP_OK },
	{ "one field more is too long", NTP_ANSWER_MAX + 4, -1, 0, 0, 0, NTP_LENGTH },
	{ "version 3 answers version 4 (RFC 4330, 5)", 48, 0, 3 << 3 | 4, 0, 0, NTP_OK },
	{ "version 2 is refused (RFC 4330, 5)", 48, 0, 2 << 3 | 4, 0, 0, NTP_VERSION },
	{ "version 5 is refused (RFC 4330, 5)", 48, 0, 5 << 3 | 4, 0, 0, NTP_VERSION },
	{ "a client's packet is no answer (RFC 5905, 7.3)", 48, 0, 4 << 3 | 3, 0, 0, NTP_MODE },
	{ "a broadcast is no answer (RFC 5905, 7.3)", 48, 0, 4 << 3 | 5, 0, 0, NTP_MODE },
	{ "one other bit of origin is bogus (RFC 5905, 8)", 48, 31, 0x89, 0, 0, NTP_ORIGIN },
	{ "a zero origin is bogus (RFC 5905, 8)", 48, -1, 0, 24, 0, NTP_ORIGIN },
	{ "stratum 0 is a kiss (RFC 5905, 7.4)", 48, 1, 0, 0, 0, NTP_KISS },
	{ "stratum 15 is the last (RFC 5905, 7.3)", 48, 1, 15, 0, 0, NTP_OK },
	{ "stratum 16 is not synchronised (RFC 5905, 7.3)", 48, 1, 16, 0, 0, NTP_UNSYNC },
	{ "stratum 255 is not synchronised (RFC 5905, 7.3)", 48, 1, 255, 0, 0, NTP_UNSYNC },
	{ "leap 3 is not synchronised (RFC 5905, 7.3)", 48, 0, 0xe4, 0, 0, NTP_UNSYNC },
	{ "leap 2 is a leap second (RFC 5905, 7.3)", 48, 0, 0xa4, 0, 0, NTP_OK },
	{ "no receive stamp (RFC 5905, 8)", 48, -1, 0, 32, 0, NTP_ZERO },
	{ "no transmit stamp (RFC 4330, 5)", 48, -1, 0, 40, 0, NTP_ZERO },
	{ "sent before 2026, as an unset clock says (RFC 5905, 6)", 48, -1, 0, 40,
	    0x83aa7e8000000000, NTP_DATE },
	{ "root delay of 31.9 s is the last (RFC 5905, A.5.1.1)", 48, 5, 31, 0, 0, NTP_OK },
	{ "root delay of 32 s is too far (RFC 5905, A.5.1.1)", 48, 5, 32, 0, 0, NTP_DISTANCE },
	{ "root dispersion of 16 s is too far (RFC 5905, A.5.1.1)", 48, 9, 16, 0, 0, NTP_DISTANCE },
	{ "precision of 8 s is strange but said", 48, 3, 3, 0, 0, NTP_OK },
	{ "precision of 16 s is too far", 48, 3, 4, 0, 0, NTP_DISTANCE },
};

static void
test_parse(void)
{
	uint8_t d[NTP_ANSWER_MAX + 8];
	struct ntp_answer a;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		good(d);
		if (cases[i].at >= 0)
			d[cases[i].at] = cases[i].to;
		if (cases[i].stamp_at > 0)
			put64(d + cases[i].stamp_at, cases[i].stamp);
		T_INT(cases[i].row, ntp_answer_parse(d, cases[i].len, ORIGIN, &a), cases[i].want);
	}
	good(d);
	put64(d + 40, ntp_stamp(NOW - 1));
	T_INT(
	    "sent 1 ns before it was received", ntp_answer_parse(d, 48, ORIGIN, &a), NTP_BACKWARDS);
	good(d);
	put64(d + 16, ntp_stamp(NOW + NS_S));
	T_INT("set after it was sent", ntp_answer_parse(d, 48, ORIGIN, &a), NTP_BACKWARDS);
}

static void
test_kiss(void)
{
	static const struct {
		const char *row, *bytes, *want;
	} kisses[] = {
		{ "RATE", "RATE", "RATE" },
		{ "DENY", "DENY", "DENY" },
		{ "a short code ends at its zero", "AB\0\0", "AB" },
		{ "a terminal's control does not pass", "\033[2J", "0x1b5b324a" },
		{ "an empty code is shown as figures", "\0\0\0\0", "0x00000000" },
	};
	uint8_t d[NTP_ANSWER_MAX + 8];
	struct ntp_answer a;

	for (size_t i = 0; i < sizeof(kisses) / sizeof(kisses[0]); i++) {
		good(d);
		d[1] = 0;
		d[0] |= 0xc0; /* kisses carry leap 3 */
		memcpy(d + 12, kisses[i].bytes, 4);
		T_INT(kisses[i].row, ntp_answer_parse(d, 48, ORIGIN, &a), NTP_KISS);
		T_TEXT(kisses[i].row, a.refid, kisses[i].want);
	}
}

static void
test_era(void)
{
	static const struct {
		const char *row;
		int64_t unix_s;
		uint32_t ntp;
		int ok;
	} eras[] = {
		{ "the floor, 2026-01-01", NTP_FLOOR, 0xed003780, 0 },
		{ "a second below the floor", NTP_FLOOR - 1, 0xed00377f, -1 },
		{ "the last second of era 0, 2036-02-07 06:28:15", 2085978495, 0xffffffff, 0 },
		{ "the first of era 1, 2036-02-07 06:28:16", 2085978496, 0, 0 },
		{ "2038-01-19 03:14:08, past 31 bits", 2147483648, 0, -2 },
		{ "the last second of the window", NTP_FLOOR + NTP_WINDOW - 1, 0, -2 },
		{ "1970, as an unset clock says", 0, 0x83aa7e80, -1 },
	};

	for (size_t i = 0; i < sizeof(eras) / sizeof(eras[0]); i++) {
		uint64_t stamp = ntp_stamp(eras[i].unix_s * NS_S);
		int64_t back = 0;

		if (eras[i].ok != -2)
			T_INT(eras[i].row, stamp >> 32, eras[i].ntp);
		T_INT(eras[i].row, ntp_unix(stamp, &back), eras[i].ok == -1 ? -1 : 0);
		if (eras[i].ok != -1)
			T_INT(eras[i].row, back, eras[i].unix_s * NS_S);
	}
}

static void
test_sample(void)
{
	static const struct {
		const char *row;
		int64_t local, server; /* ns: when it is sent; when it is received there */
		int64_t out, held, in; /* ns: way there, there, way back */
		int64_t mono;          /* 0: as the wall */
		enum ntp_fault fault;
		int64_t offset, half;
	} s[] = {
		{ "right", NOW, NOW + 1000, 1000, 500, 1000, 0, NTP_OK, 0, 1000 },
		{ "2.5 s fast", NOW + 2500000000, NOW + 1000, 1000, 500, 1000, 0, NTP_OK,
		    2500000000, 1000 },
		{ "2.5 s slow", NOW - 2500000000, NOW + 1000, 1000, 500, 1000, 0, NTP_OK,
		    -2500000000, 1000 },
		{ "all delay on the way there: the bound still holds it", NOW, NOW + 10000, 10000,
		    0, 0, 0, NTP_OK, -5000, 5000 },
		{ "over the end of era 0", 2085978495 * NS_S, 2085978496 * NS_S, 1000, 0, 1000, 0,
		    NTP_OK, -NS_S + 1000, 1000 },
		{ "a local clock of 1970 against 2040", 0, 2208988800 * NS_S, 1000, 0, 1000, 0,
		    NTP_OK, -2208988800 * NS_S + 1000, 1000 },
		{ "a local clock of 2100 against 2026", 4102444800 * NS_S, NOW, 1000, 0, 1000, 0,
		    NTP_OK, 4102444800 * NS_S - NOW + 1000, 1000 },
		{ "held for longer than it took", NOW, NOW, 0, 5000000, -2000000, 0, NTP_HELD, 0,
		    0 },
		{ "the local clock was set by 1 s", NOW, NOW + 1000, 1000, 500, NS_S, 2500,
		    NTP_STEPPED, 0, 0 },
		{ "the local clock was set back", NOW, NOW, 1000, 0, -NS_S, 2500, NTP_STEPPED, 0,
		    0 },
	};

	for (size_t i = 0; i < sizeof(s) / sizeof(s[0]); i++) {
		int64_t took = s[i].out + s[i].held + s[i].in;
		struct ntp_answer a = { .precision = 1000,
			.receive = ntp_stamp(s[i].server),
			.transmit = ntp_stamp(s[i].server + s[i].held) };
		struct ntp_moments m = { s[i].local, s[i].local + took, 0,
			s[i].mono != 0 ? s[i].mono : took, 0 };
		struct ntp_sample got;

		T_INT(s[i].row, ntp_sample_make(&a, &m, 100, &got), s[i].fault);
		if (s[i].fault != NTP_OK)
			continue;
		T_NEAR(s[i].row, (double)(got.offset - s[i].offset), 0, 2);
		/* and what both clocks say of their own steps: 1000 + 100 ns */
		T_NEAR(s[i].row, (double)got.half, (double)s[i].half + 1100, 3);
	}
}

/* The true offset of a server that reads its clock in steps is inside, whatever the step hides. */
static void
test_steps(void)
{
	for (int64_t at = 0; at < NS_S; at += 50 * 1000000LL) {
		int64_t truth = NOW + at, step = truth / NS_S * NS_S;
		struct ntp_answer a = {
			.precision = NS_S, .receive = ntp_stamp(step), .transmit = ntp_stamp(step)
		};
		struct ntp_moments m = { truth - 1000, truth + 1000, 0, 2000, 0 };
		struct ntp_sample got;

		T_INT("an answer in whole seconds is used", ntp_sample_make(&a, &m, 100, &got),
		    NTP_OK);
		T_TRUE("and its interval holds the truth",
		    got.offset - got.half <= 0 && got.offset + got.half >= 0);
	}
}

/* When the kernel says that the request left later than the program thought, that is known. */
static void
test_left(void)
{
	struct ntp_answer a = {
		.precision = 1, .receive = ntp_stamp(NOW + 3000), .transmit = ntp_stamp(NOW + 3000)
	};
	struct ntp_moments m = { NOW, NOW + 4000, 0, 4000, 0 };
	struct ntp_sample got;

	ntp_sample_make(&a, &m, 1, &got);
	T_INT("nothing is known", got.raise, 0);
	m.left = NOW + 2500;
	ntp_sample_make(&a, &m, 1, &got);
	T_INT("the lower end is as much higher", got.raise, 2500);
	m.left = NOW - 1;
	ntp_sample_make(&a, &m, 1, &got);
	T_INT("before it was sent: not believed", got.raise, 0);
	m.left = NOW + NS_S;
	ntp_sample_make(&a, &m, 1, &got);
	T_INT("after it was answered: not believed", got.raise, 0);
}

int
main(void)
{
	uint8_t q[NTP_PACKET];

	ntp_request(q, ORIGIN);
	T_INT("a request is version 4, mode 3", q[0], 0x23);
	T_TRUE("a request ends with its 64 random bits", q[40] == 0x11 && q[47] == 0x88);
	test_parse();
	test_kiss();
	test_era();
	test_sample();
	test_steps();
	test_left();
	for (int f = 0; f < NTP_FAULT_N; f++)
		T_TRUE("every fault has words", ntp_fault_words(f) && ntp_fault_check(f));
	return t_end();
}
