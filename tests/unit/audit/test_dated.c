/* SPDX-License-Identifier: Apache-2.0 */
#include "probes/audit/dated.h"
#include "tests/t.h"

#include <string.h>

static const struct {
	const char *name;
	bool number;
	const char *from, *series; /* from NULL: no date; series NULL: neither */
	int64_t count;             /* -1: no number */
} names[] = {
	{ "trail-2026-11-29.csv", false, "2026-11-29T00:00:00Z", "trail-*.csv", -1 },
	{ "trail-2026-11-29.csv.gz", false, "2026-11-29T00:00:00Z", "trail-*.csv", -1 },
	{ "trail_2026_11_29.csv", false, "2026-11-29T00:00:00Z", "trail_*.csv", -1 },
	{ "u_ex261129.log", false, "2026-11-29T00:00:00Z", "u_ex*.log", -1 },
	{ "hplc2-20261129.txt", false, "2026-11-29T00:00:00Z", "hplc2-*.txt", -1 },
	{ "hplc2-20261129T0815.txt", false, "2026-11-29T08:15:00Z", "hplc2-*.txt", -1 },
	{ "a_20261129081530", false, "2026-11-29T08:15:30Z", "a_*", -1 },
	{ "a 2026-11-29 08-15-30.log", false, "2026-11-29T08:15:30Z", "a *.log", -1 },
	{ "29.11.2026 export.csv", false, "2026-11-29T00:00:00Z", "* export.csv", -1 },
	{ "2026-11.csv", false, "2026-11-01T00:00:00Z", "*.csv", -1 },
	/* the last date counts, and a part of the title is none */
	{ "2026-10-31_to_2026-11-29.csv", false, "2026-11-29T00:00:00Z", "2026-10-31_to_*.csv",
	    -1 },
	/* what may be day or month first is no date */
	{ "trail-03-04-2026.csv", false, NULL, NULL, -1 },
	{ "trail-2026-13-29.csv", false, NULL, NULL, -1 },
	{ "trail-2026-02-30.csv", false, NULL, NULL, -1 },
	{ "trail-20260230.csv", false, NULL, NULL, -1 },
	{ "trail-2028-02-29.csv", false, "2028-02-29T00:00:00Z", "trail-*.csv", -1 },
	{ "batch-120261129.csv", false, NULL, NULL, -1 },
	{ "1989-12-31", false, NULL, NULL, -1 },
	{ "1990-01-01", false, "1990-01-01T00:00:00Z", "*", -1 },
	{ "2099-12-31", false, "2099-12-31T00:00:00Z", "*", -1 },
	{ "2100-01-01", false, NULL, NULL, -1 },
	/* numbers */
	{ "batch-0012.csv", true, NULL, "batch-*.csv", 12 },
	{ "batch-0012.csv", false, NULL, NULL, -1 },
	{ "hplc2-0012-2026-11-29.csv", true, "2026-11-29T00:00:00Z", "hplc2-*-*.csv", 12 },
	{ "2026-11-29-0012.csv", true, "2026-11-29T00:12:00Z", "*.csv", -1 },
	{ "n999999999999999999", true, NULL, "n*", 999999999999999999 },
	{ "n1000000000000000000", true, NULL, NULL, -1 },
	{ "", true, NULL, NULL, -1 },
	{ "readme.txt", true, NULL, NULL, -1 },
	{ ".gz", false, NULL, NULL, -1 },
};

static void
what_names_say(void)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct dated d;
		bool any = dated_name(names[i].name, names[i].number, &d);
		instant from = 0;

		T_INT(names[i].name, any, names[i].series != NULL);
		T_INT(names[i].name, d.dated, names[i].from != NULL);
		if (names[i].from != NULL) {
			T_INT("a test's date", instant_parse(names[i].from, &from, NULL), 0);
			T_INT(names[i].name, d.from, from);
		}
		T_INT(names[i].name, d.numbered ? (int64_t)d.number : -1, names[i].count);
		if (names[i].series != NULL)
			T_TEXT(names[i].name, d.series, names[i].series);
	}
}

/* Every beginning of a long name, and one byte more than a name may have. */
static void
cut_and_long(void)
{
	const char *whole = "2026-11-29T08:15:30 29.11.2026 261129 20261129081530 0012.csv.gz";
	char name[NAME_MAX + 8];
	struct dated d;

	for (size_t n = 0; n <= strlen(whole); n++) {
		memcpy(name, whole, n);
		name[n] = '\0';
		dated_name(name, true, &d);
		T_TRUE("a series is no longer than the name", strlen(d.series) <= n);
	}
	memset(name, 'x', sizeof(name));
	memcpy(name, "2026-11-29", 10);
	name[NAME_MAX] = '\0';
	T_TRUE("a name of NAME_MAX bytes", dated_name(name, false, &d));
	name[NAME_MAX] = 'x';
	name[NAME_MAX + 1] = '\0';
	T_TRUE("one more", !dated_name(name, false, &d));
}

int
main(void)
{
	what_names_say();
	cut_and_long();
	return t_end();
}
