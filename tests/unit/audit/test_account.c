/* SPDX-License-Identifier: Apache-2.0
 *
 * One name in all records: how long, and in how many hours of the day, until several people must be
 * behind it.
 */
#include "probes/audit/account.h"

#include "tests/t.h"

#define DAY (86400 * INSTANT_S)
#define HOUR (3600 * INSTANT_S)

static void
take(struct account *a, const char *user, instant at)
{
	account_take(a, (struct slice){ user, strlen(user) }, at);
}

/* A record in each of these hours, each day from day 0 to the last one. */
static void
work(struct account *a, const char *user, int last, int hours)
{
	for (int d = 0; d <= last; d++)
		for (int h = 0; h < hours; h++)
			take(a, user, 1000 * DAY + d * DAY + h * HOUR);
}

static void
limits(void)
{
	struct account a = { 0 };

	T_TRUE("nobody was seen", !account_shared(&a));
	work(&a, "lab", 13, ACCOUNT_HOURS + 1);
	T_TRUE("a moment before two weeks", !account_shared(&a));
	take(&a, "lab", 1000 * DAY + ACCOUNT_SHORT);
	T_TRUE("two weeks, in more hours than one person works", account_shared(&a));
	a = (struct account){ 0 };
	work(&a, "lab", 29, ACCOUNT_HOURS);
	T_TRUE("some hours before a month, in the hours of one person", !account_shared(&a));
	take(&a, "lab", 1000 * DAY + ACCOUNT_LONG);
	T_TRUE("a month", account_shared(&a));
	take(&a, "maria", 1000 * DAY + ACCOUNT_LONG + 1);
	T_TRUE("a second name", !account_shared(&a));
	T_TEXT("it begins anew", a.name, "maria");
	a = (struct account){ 0 };
	for (int d = 0; d < ACCOUNT_DAYS - 1; d++)
		take(&a, "lab", 1000 * DAY + d * 4 * DAY);
	T_TRUE("one day too few with records", !account_shared(&a));
	take(&a, "lab", 1000 * DAY + 40 * DAY);
	T_TRUE("and enough", account_shared(&a));
}

static void
names(void)
{
	struct account a = { 0 };
	char much[2 * ACCOUNT_NAME];

	work(&a, "SYSTEM", 40, 24);
	work(&a, "-", 40, 24);
	take(&a, "", 5);
	T_INT("programs are nobody", a.user, 0);
	work(&a, "lab", 40, 24);
	take(&a, "NT AUTHORITY\\SYSTEM", 1100 * DAY);
	T_TRUE("nor a second one", account_shared(&a));
	take(&a, "lab", -1);
	T_INT("a time before 1970 says nothing", a.records, 41 * 24);
	memset(much, 'x', sizeof(much));
	account_take(&a, (struct slice){ much, sizeof(much) }, 2000 * DAY);
	T_INT("as much of a name as is kept", strlen(a.name), ACCOUNT_NAME);
	much[sizeof(much) - 1] = 'y';
	account_take(&a, (struct slice){ much, sizeof(much) }, 2001 * DAY);
	T_INT("all of it tells two apart", a.records, 1);
}

int
main(void)
{
	limits();
	names();
	return t_end();
}
