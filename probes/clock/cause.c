/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the marks of known troubles.
 */
#include "cause.h"

#include <time.h>

#define NTP_ERA 4294967296LL /* seconds */

static unsigned
eras(int64_t seconds)
{
	int64_t size = seconds < 0 ? -seconds : seconds;
	int64_t n = (size + CAUSE_GPS_ERA / 2) / CAUSE_GPS_ERA;
	int64_t rest = size - n * CAUSE_GPS_ERA;

	return rest <= CAUSE_GPS_NEAR && rest >= -CAUSE_GPS_NEAR ? (unsigned)n : 0;
}

unsigned
cause_gps(int64_t offset)
{
	return eras(offset / NS_S);
}

unsigned
cause_gps_stamp(uint64_t stamp, int64_t local)
{
	int64_t apart = (local / NS_S + NTP_UNIX - (int64_t)(stamp >> 32)) % NTP_ERA;

	if (apart > NTP_ERA / 2)
		apart -= NTP_ERA;
	if (apart < -NTP_ERA / 2)
		apart += NTP_ERA;
	return eras(apart);
}

/* Months count from 0: the first of January and of July begin after the leap second. */
bool
cause_leap_near(int64_t now)
{
	for (int64_t way = -1; way <= 1; way += 2) {
		time_t at = now / NS_S + way * CAUSE_LEAP_NEAR;
		time_t other = now / NS_S;
		struct tm a, b;

		if (gmtime_r(&at, &a) == NULL || gmtime_r(&other, &b) == NULL)
			return false;
		if (way < 0 ? (a.tm_mon != b.tm_mon && b.tm_mon % 6 == 0)
			    : (a.tm_mon != b.tm_mon && a.tm_mon % 6 == 0))
			return true;
	}
	return false;
}

bool
cause_windows(const struct ntp_answer *a)
{
	return a->root_dispersion >= CAUSE_WINDOWS;
}
