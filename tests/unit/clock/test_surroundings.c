/* SPDX-License-Identifier: Apache-2.0
 *
 * What surrounds the clock: the start of the kernel, the zone, the clock of the board; a leap
 * second; how fast the clock goes wrong by itself.
 */
#include "probes/clock/board.h"
#include "probes/clock/drift.h"
#include "probes/clock/leap.h"
#include "probes/clock/surroundings.h"
#include "tests/dice.h"
#include "tests/probe_harness.h"
#include "tests/t.h"

#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define NS 1000000000LL
#define LIVES 2000

static char root[] = "/tmp/forewarn-root-XXXXXX";

static void
put(const char *path, const char *text)
{
	char full[256];
	FILE *f;

	snprintf(full, sizeof(full), "%s%s", root, path);
	for (char *p = full + strlen(root) + 1; (p = strchr(p, '/')) != NULL; p++) {
		*p = '\0';
		mkdir(full, 0700);
		*p = '/';
	}
	f = fopen(full, "w");
	if (f == NULL)
		abort();
	fputs(text, f);
	fclose(f);
}

static void
read_from_disk(void)
{
	char long_id[200], link[256], full[256];
	struct surroundings s, other;

	surroundings_read(root, &s);
	T_TRUE("an empty root tells nothing",
	    s.boot_id[0] == '\0' && s.zone[0] == '\0' && s.rules == 0 && !s.rtc);
	put("/proc/sys/kernel/random/boot_id", "6f0c-1\n");
	put("/usr/share/zoneinfo/Asia/Karachi", "TZif2 PKT-5");
	snprintf(full, sizeof(full), "%s/etc/localtime", root);
	put("/etc/adjtime", "0.0 0 0.0\n0\nUTC\n");
	snprintf(link, sizeof(link), "%s/usr/share/zoneinfo/Asia/Karachi", root);
	T_INT("linked", symlink(link, full), 0);
	put("/sys/class/rtc/rtc0/since_epoch", "1795000000\n");
	surroundings_read(root, &s);
	T_TEXT("the start of the kernel", s.boot_id, "6f0c-1");
	T_TEXT("the zone", s.zone, "Asia/Karachi");
	T_TRUE("its rules", s.rules != 0);
	T_TRUE("the clock of the board", s.rtc && s.rtc_s == 1795000000 && !s.rtc_local);
	put("/usr/share/zoneinfo/Asia/Karachi", "TZif2 PKT-6");
	put("/etc/adjtime", "0.0 0 0.0\n0\nLOCAL\n");
	surroundings_read(root, &other);
	T_TRUE("other rules", other.rules != s.rules);
	T_TRUE("local time", other.rtc_local);
	memset(long_id, 'x', sizeof(long_id) - 1);
	long_id[sizeof(long_id) - 1] = '\0';
	put("/proc/sys/kernel/random/boot_id", long_id);
	put("/sys/class/rtc/rtc0/since_epoch", "99999999999999999999\n");
	surroundings_read(root, &s);
	T_TRUE("a long one is cut", strlen(s.boot_id) <= MEMORY_BOOT_ID);
	T_TRUE("a number that is none is not read", !s.rtc);
}

static const char *
board(struct harness *h, int64_t off_s, bool local, int64_t bound, const char **finding)
{
	struct surroundings s = { .rtc = true,
		.rtc_s = 1795000000 + off_s,
		.rtc_wall = 1795000000 * NS + NS / 2,
		.rtc_local = local };
	struct told t = { .measured = true, .bound = bound };
	const struct item *it;

	harness_clear(h);
	board_tell(&h->ctx, &t, &s);
	it = harness_item(h, "clock.rtc", NULL);
	*finding = it == NULL || it->finding == NULL ? "" : it->finding;
	return it == NULL ? "" : it->summary;
}

static void
boards(struct harness *h)
{
	struct surroundings none = { .rtc = false }, one = { .rtc = true, .rtc_s = 1 };
	struct told t = { .measured = true }, blind = { .measured = false };
	const char *finding;

	T_HAS("right", board(h, 3, false, 0, &finding), "is 3 s fast");
	T_TEXT("no finding", finding, "");
	T_HAS("at the limit", board(h, -60, false, 0, &finding), "60 s slow");
	T_TEXT("is fine", finding, "");
	board(h, -61, false, 0, &finding);
	T_TEXT("one past it", finding, "off");
	board(h, -61, false, 2 * NS, &finding);
	T_TEXT("perhaps not", finding, "");
	board(h, 5 * 3600, false, 0, &finding);
	T_TEXT("five hours", finding, "off");
	board(h, 5 * 3600 + 1800, true, 0, &finding);
	T_TEXT("is a zone where it keeps local time", finding, "");
	board(h, 5 * 3600 + 120, true, 0, &finding);
	T_TEXT("and two minutes are not", finding, "off");
	harness_clear(h);
	board_tell(&h->ctx, &t, &none);
	board_tell(&h->ctx, &blind, &one);
	T_INT("without one, or without true time, nothing is said", (long)h->nitems, 0);
}

static void
leaps(struct harness *h)
{
	struct told t = { .measured = true, .leap = 1, .leap_votes = 2, .votes = 3 };
	int64_t december = 1796083200; /* 2026-12-01 */

	T_INT("the end of December", leap_moment((december + 5) * NS), december + 31LL * 86400);
	T_INT("on its last second", leap_moment((december + 31LL * 86400 - 1) * NS),
	    december + 31LL * 86400);
	leap_tell(&h->ctx, &t, (december + 5) * NS);
	T_TEXT("with its date", harness_item(h, "clock.leap", NULL)->summary,
	    "A leap second will be inserted at the end of 2026-12-31 (UTC), say 2 of 3 time "
	    "servers");
	harness_clear(h);
	t.leap = -1;
	leap_tell(&h->ctx, &t, (december + 5) * NS);
	T_HAS("left out", harness_item(h, "clock.leap", NULL)->summary, "left out");
	harness_clear(h);
	t.leap = 0;
	leap_tell(&h->ctx, &t, december * NS);
	T_INT("none", (long)h->nitems, 0);
}

/* Clocks of a known rate, whose offsets are measured with noise within the bound. */
static void
rates(void)
{
	struct dice dice = { 3 };
	int outside = 0, broken = 0, told = 0;

	for (int i = 0; i < LIVES; i++) {
		double ppm = (dice_unit(&dice) - 0.5) * 200, kept = ppm;
		struct point v[MEMORY_POINTS_MAX];
		size_t n = 3 + (size_t)(dice_unit(&dice) * (MEMORY_POINTS_MAX - 3));
		int64_t bound = (int64_t)(dice_unit(&dice) * 20e6) + 1000, limit = NS, last;
		struct drift d;

		for (size_t k = 0; k < n; k++) {
			int64_t boot = (int64_t)k * DRIFT_GAP;
			double rest = ppm - kept;

			v[k] = (struct point){ boot,
				(int64_t)((double)boot * rest * 1e-6) +
				    (int64_t)((dice_unit(&dice) - 0.5) * 2 * (double)bound),
				bound, -kept };
		}
		if (!drift_of(v, n, &d))
			continue;
		told++;
		outside += ppm < d.ppm - d.range || ppm > d.ppm + d.range;
		/* alone, the kernel goes on correcting: what is left is what moves it */
		last = v[n - 1].offset;
		broken += (double)drift_holds(&d, last, bound, limit) * 1e-6 * (ppm - kept) +
			      (double)llabs(last) + (double)bound >
			  (double)limit;
	}
	T_TRUE("most are long enough to be told", told > LIVES / 2);
	T_INT("true rates outside of what was told", outside, 0);
	T_INT("limits that were broken before", broken, 0);
}

static void
rate_edges(void)
{
	struct point v[4] = { { 0, 0, 0, 0 }, { SPAN_H / 2, 0, 0, 0 }, { SPAN_H - 1, 0, 0, 0 } };
	struct drift d;

	T_TRUE("less than an hour", !drift_of(v, 3, &d));
	v[2].boot = SPAN_H;
	T_TRUE("an hour", drift_of(v, 3, &d));
	T_TRUE("two points", !drift_of(v, 2, &d));
	T_TRUE("none", !drift_of(v, 0, &d));
	T_INT("no room is left", drift_holds(&d, -SPAN_S, 0, SPAN_S), 0);
	T_TRUE("a day at least", drift_holds(&d, 0, 0, SPAN_S) > SPAN_DAY);
}

static int
drop(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st, (void)kind, (void)at;
	return remove(path);
}

int
main(void)
{
	struct harness h;

	if (mkdtemp(root) == NULL)
		return 1;
	harness_init(&h);
	read_from_disk();
	boards(&h);
	leaps(&h);
	rates();
	rate_edges();
	harness_fini(&h);
	nftw(root, drop, 8, FTW_DEPTH | FTW_PHYS);
	return t_end();
}
