/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the question whether a login is shared.
 */
#include "account.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#define DAY (86400 * INSTANT_S)
#define HOUR (3600 * INSTANT_S)
#define FNV_BASIS UINT64_C(14695981039346656037) /* FNV-1a, 64 bits */
#define FNV_PRIME UINT64_C(1099511628211)

static bool
is_nobody(struct slice user)
{
	static const char *const names[] = { "-", "system", "nt authority\\system", "none",
		"unknown", "n/a", "null" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i]) == user.n && strncasecmp(names[i], user.p, user.n) == 0)
			return true;
	return user.n == 0;
}

static uint64_t
hash(struct slice user)
{
	uint64_t h = FNV_BASIS;

	for (size_t i = 0; i < user.n; i++)
		h = (h ^ (unsigned char)user.p[i]) * FNV_PRIME;
	return h != 0 ? h : 1;
}

static void
begin(struct account *a, struct slice user, uint64_t h, instant at)
{
	size_t n = user.n < ACCOUNT_NAME ? user.n : ACCOUNT_NAME;

	*a = (struct account){ .user = h, .since = at, .newest = at, .day = -1 };
	/* a byte 0 would end what is kept of it */
	for (size_t i = 0; i < n && user.p[i] != '\0'; i++)
		a->name[i] = user.p[i];
}

void
account_take(struct account *a, struct slice user, instant at)
{
	uint64_t h;

	if (is_nobody(user) || at < 0)
		return;
	h = hash(user);
	if (h != a->user)
		begin(a, user, h, at);
	if (at < a->newest)
		return;
	a->newest = at;
	a->records++;
	a->hours |= UINT32_C(1) << (at % DAY / HOUR);
	a->days += at / DAY != a->day;
	a->day = at / DAY;
}

bool
account_shared(const struct account *a)
{
	instant time = a->newest - a->since;

	if (a->user == 0 || a->days < ACCOUNT_DAYS)
		return false;
	return time >= ACCOUNT_LONG ||
	       (time >= ACCOUNT_SHORT && __builtin_popcount(a->hours) > ACCOUNT_HOURS);
}

void
account_put(struct str *out, const struct account *a)
{
	if (a->user == 0)
		return;
	str_addf(out,
	    "fw1 account user=%" PRIu64 " since=%" PRId64 " newest=%" PRId64 " records=%" PRIu64
	    " days=%" PRIu64 " day=%" PRId64 " hours=%" PRIu32,
	    a->user, a->since, a->newest, a->records, a->days, a->day, a->hours);
	statement_put_name(out, "name", a->name);
	str_addc(out, '\n');
}

bool
account_get(struct account *a, const struct statement *st)
{
	uint64_t hours;

	if (!statement_u64(st, "user", &a->user) || !statement_i64(st, "since", &a->since) ||
	    !statement_i64(st, "newest", &a->newest) || !statement_u64(st, "hours", &hours) ||
	    a->since < 0 || a->newest < a->since || hours >> 24 != 0)
		return false;
	a->hours = (uint32_t)hours;
	return statement_u64(st, "records", &a->records) && statement_u64(st, "days", &a->days) &&
	       statement_i64(st, "day", &a->day) &&
	       statement_name(st, "name", a->name, sizeof(a->name));
}
