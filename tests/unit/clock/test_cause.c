/* SPDX-License-Identifier: Apache-2.0 */
#include "probes/clock/cause.h"

#include "probes/clock/rate.h"
#include "probes/clock/upstream.h"
#include "tests/t.h"

static void
test_gps(void)
{
	int64_t era = CAUSE_GPS_ERA * NS_S, now = 1795000000LL * NS_S;

	T_INT("right", cause_gps(0), 0);
	T_INT("one era", cause_gps(era), 1);
	T_INT("one era back", cause_gps(-era), 1);
	T_INT("two", cause_gps(2 * era + NS_S), 2);
	T_INT("a day beside it", cause_gps(era + CAUSE_GPS_NEAR * NS_S), 1);
	T_INT("a second more", cause_gps(era + (CAUSE_GPS_NEAR + 1) * NS_S), 0);
	T_INT("half an era", cause_gps(era / 2), 0);
	T_INT("a stamp of an era ago", cause_gps_stamp(ntp_stamp(now - era), now), 1);
	T_INT("a stamp of 1970", cause_gps_stamp(ntp_stamp(0), now), 0);
	T_INT("over the turn of NTP's era",
	    cause_gps_stamp(ntp_stamp(2085978496LL * NS_S - era), 2085978496LL * NS_S), 1);
}

static void
test_leap(void)
{
	static const struct {
		const char *row;
		int64_t at;
		bool want;
	} cases[] = {
		{ "1 January 2027, 00:00", 1798761600, true },
		{ "a day before", 1798761600 - 86400, true },
		{ "a second more before", 1798761600 - 86401, false },
		{ "nearly a day after", 1798761600 + 86399, true },
		{ "a day after", 1798761600 + 86400, false },
		{ "1 July 2027, noon before", 1814400000 - 43200, true },
		{ "1 April 2027", 1806537600, false },
		{ "30 November 2026", 1796040000, false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		T_INT(cases[i].row, cause_leap_near(cases[i].at * NS_S), cases[i].want);
}

static void
test_windows(void)
{
	struct ntp_answer a = { .root_dispersion = CAUSE_WINDOWS };

	T_TRUE("10 s is what Windows says", cause_windows(&a));
	a.root_dispersion--;
	T_TRUE("less is not", !cause_windows(&a));
}

static void
test_upstream(void)
{
	static const struct {
		const char *row;
		uint8_t stratum;
		uint32_t reference;
		bool own, stopgap, names;
	} cases[] = {
		{ "a server in the network", 2, 0xc0000201, false, false, true },
		{ "a receiver", 1, 0x47505300, false, false, false },
		{ "ntpd's local clock", 11, 0x7f7f0100, true, true, false },
		{ "chrony's local, as it comes", 10, 0x7f7f0101, true, true, false },
		{ "chrony's local, told to be more", 9, 0x7f7f0101, true, false, false },
		{ "chrony's local, told to be the reference", 1, 0x7f7f0101, false, false, false },
		{ "Windows without a source", 1, 0x4c4f434c, true, true, false },
		{ "LOCL further away", 3, 0x4c4f434c, true, true, false },
		{ "orphan mode", 5, 0x7f000001, true, true, false },
		{ "another daemon on its own computer", 4, 0x7f000001, false, false, false },
		{ "no reference", 11, 0, true, true, false },
		{ "no reference, near", 10, 0, false, false, false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct ntp_answer a = { .stratum = cases[i].stratum,
			.reference = cases[i].reference };

		T_INT(cases[i].row, upstream_own_clock(&a), cases[i].own);
		T_INT(cases[i].row, upstream_stopgap(&a), cases[i].stopgap);
		T_INT(cases[i].row, upstream_names_source(&a), cases[i].names);
	}
}

static void
test_here(void)
{
	struct net_address a;

	net_address_parse("127.0.0.9", 123, &a);
	T_TRUE("loopback is here", upstream_is_here(&a));
	net_address_parse("::1", 123, &a);
	T_TRUE("so is that of IPv6", upstream_is_here(&a));
	net_address_parse("192.0.2.1", 123, &a);
	T_TRUE("an address for examples is not", !upstream_is_here(&a));
}

static void
test_rate(void)
{
	struct timex t = { .status = STA_PLL | STA_NANO, .tick = 10000, .constant = 2 };

	T_INT("kept", rate_most(&t, TIME_OK), RATE_KEPT);
	t.offset = -16000000;
	T_INT("and moved by 16 ms in 16 s", rate_most(&t, TIME_OK), RATE_KEPT + 1000);
	t.tick = 10001;
	T_INT("a longer tick is 100 more", rate_most(&t, TIME_OK), RATE_KEPT + 1100);
	T_INT("not kept", rate_most(&t, TIME_ERROR), RATE_FREE + 100);
	t.status |= STA_UNSYNC;
	T_INT("not kept, by its status", rate_most(&t, TIME_OK), RATE_FREE + 100);
	T_INT("not told", rate_most(&t, -1), RATE_FREE);
}

int
main(void)
{
	test_gps();
	test_leap();
	test_windows();
	test_upstream();
	test_here();
	test_rate();
	return t_end();
}
