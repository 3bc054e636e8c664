/* SPDX-License-Identifier: Apache-2.0
 *
 * Records come back as they were put, touch, and stay within their limits: at each, and one past
 * it.
 */
#include "store/records.h"

#include "tests/store_life.h"

#include <sys/stat.h>

#define DAY ((instant)86400 * INSTANT_S)
#define NOW (20000 * DAY) /* a Tuesday */

static struct store *
anew(void)
{
	shell("rm -rf ./* ./.??*; true");
	return store_open(dir, NULL);
}

static size_t
count_states(struct store *s, const char *thing, struct arena *a)
{
	struct store_state *v;
	size_t n;

	T_INT("states are read", store_states(s, thing, a, &v, &n, NULL), 0);
	return n;
}

static void
states(struct arena *a)
{
	const instant cut = instant_plus(NOW, -RECORD_DAYS);
	struct store *s = anew();
	struct store_state *v;
	size_t n;

	store_state_put(s, "f", &(struct store_state){ cut - 2, LEVEL_OK, cut - 3 }, NULL);
	store_state_put(s, "f", &(struct store_state){ cut - 1, LEVEL_ACT, cut - 2 }, NULL);
	store_state_put(s, "f", &(struct store_state){ NOW, -1, NOW }, NULL);
	store_state_put(s, "g", &(struct store_state){ cut - 9, LEVEL_STOP, cut - 9 }, NULL);
	T_INT("thinned", store_records_thin(s, NOW, NULL), 0);
	store_states(s, "f", a, &v, &n, NULL);
	T_INT("how it stood at the limit stays, what was before goes", n, 2);
	T_INT("as it was put", v[0].level, LEVEL_ACT);
	T_INT("with its since", v[0].since, cut - 2);
	T_INT("in order", v[1].level, -1);
	T_INT("one that never changed stays", count_states(s, "g", a), 1);
	store_begin(s, NULL);
	for (int i = 0; i <= RECORD_ROWS_MAX; i++) {
		struct store_state st = { NOW + i, i % 2, NOW + i };

		store_state_put(s, "full", &st, NULL);
		if (i < RECORD_ROWS_MAX)
			store_state_put(s, "at the limit", &st, NULL);
	}
	store_commit(s, NULL);
	store_records_thin(s, NOW, NULL);
	T_INT("as many as a thing may have", count_states(s, "at the limit", a), RECORD_ROWS_MAX);
	T_INT("one more: the oldest goes", count_states(s, "full", a), RECORD_ROWS_MAX);
	store_states(s, "full", a, &v, &n, NULL);
	T_INT("and no other", v[0].at, NOW + 1);
	store_close(s);
}

static void
blinds(struct arena *a)
{
	const instant cut = instant_plus(NOW, -RECORD_DAYS);
	struct store *s = anew();
	struct store_blind *v;
	size_t n;

	store_blind_put(s, "f", &(struct store_blind){ 10, 20 }, NULL);
	store_blind_put(s, "f", &(struct store_blind){ 20, 30 }, NULL);
	store_blind_put(s, "f", &(struct store_blind){ 31, 40 }, NULL);
	store_blind_put(s, "g", &(struct store_blind){ 40, 50 }, NULL);
	store_blinds(s, "f", a, &v, &n, NULL);
	T_INT("spans that touch are one", n, 2);
	T_INT("from its begin", v[0].since, 10);
	T_INT("to its end", v[0].until, 30);
	store_blind_put(s, "f", &(struct store_blind){ cut - 5, cut }, NULL);
	store_records_thin(s, NOW, NULL);
	store_blinds(s, "f", a, &v, &n, NULL);
	T_INT("one that reaches the limit stays, older ones go", n, 1);
	store_begin(s, NULL);
	for (int i = 0; i <= RECORD_ROWS_MAX; i++)
		store_blind_put(
		    s, "full", &(struct store_blind){ NOW + 2 * i, NOW + 2 * i + 1 }, NULL);
	store_commit(s, NULL);
	store_records_thin(s, NOW, NULL);
	store_blinds(s, "full", a, &v, &n, NULL);
	T_INT("as many as a thing may have", n, RECORD_ROWS_MAX);
	T_INT("the newest of them", v[0].since, NOW + 2);
	store_close(s);
}

static void
dates(struct arena *a)
{
	struct store *s = anew();
	struct store_date d = { NOW, 100, 200, 5, 1, 0, 1 }, *v;
	bool there;
	size_t n;

	store_date_standing(s, "l/h/c/t/r", &d, &there, NULL);
	T_TRUE("none stands at first", !there);
	d = (struct store_date){ NOW, 100, 200, 5, 1, 0, 1 };
	store_date_put(s, "l/h/c/t/r", &d, NULL);
	d.last_seen = 300;
	store_date_put(s, "l/h/c/t/r", &d, NULL);
	store_date_put(s, "l/h/c2/t/r", &d, NULL);
	store_date_standing(s, "l/h/c/t/r", &d, &there, NULL);
	T_TRUE("one stands", there && d.last_seen == 300 && d.life == 5 && d.renewed_by == 1);
	store_dates_gone(s, "l/h/c/", 299, 400, 5, 3, NULL);
	store_date_standing(s, "l/h/c/t/r", &d, &there, NULL);
	T_TRUE("seen after the moment, it stands", there);
	store_dates_gone(s, "l/h/c/", 300, 400, 5, 3, NULL);
	store_dates(s, "l/h/c/t/r", a, &v, &n, NULL);
	T_TRUE("else it is gone before its date", n == 1 && v[0].outcome == 5);
	store_date_standing(s, "l/h/c2/t/r", &d, &there, NULL);
	T_TRUE("and no other check's", there);
	store_dates_gone(s, "l/h/c2/", 300, NOW + 1, 5, 3, NULL);
	store_dates(s, "l/h/c2/t/r", a, &v, &n, NULL);
	T_INT("or after it", v[0].outcome, 3);
	store_records_thin(s, 300 + RECORD_DATES_DAYS / SPAN_US, NULL);
	store_dates(s, "l/h/c/t/r", a, &v, &n, NULL);
	T_INT("at the limit it stays", n, 1);
	store_records_thin(s, 301 + RECORD_DATES_DAYS / SPAN_US, NULL);
	store_dates(s, "l/h/c/t/r", a, &v, &n, NULL);
	T_INT("past it, it goes", n, 0);
	store_close(s);
}

static void
weeks(struct arena *a)
{
	const int64_t week = store_week_of(NOW);
	const instant monday = store_week_begin(week + 1);
	struct store *s = anew();
	struct store_week *v;
	size_t n;

	T_INT("1970-01-04, a Sunday", store_week_of(3 * DAY), 0);
	T_INT("1970-01-05, a Monday", store_week_of(4 * DAY), 1);
	T_INT("before 1970", store_week_of(-4 * DAY), -1);
	T_INT("it begins on a Monday", store_week_begin(1), 4 * DAY);
	store_week_cover(s, "f", monday - 60 * INSTANT_S, monday + 90 * INSTANT_S, NULL);
	store_week_cover(s, "f", monday + 90 * INSTANT_S, monday + 91 * INSTANT_S, NULL);
	store_week_alert(s, "f", monday, LEVEL_ACT, NULL);
	store_week_alert(s, "f", monday + 1, LEVEL_ACT, NULL);
	store_week_alert(s, "f", monday + 1, LEVEL_STOP, NULL);
	store_weeks(s, "f", a, &v, &n, NULL);
	T_INT("a span over midnight of Sunday lies in two weeks", n, 2);
	T_INT("its first part", v[0].covered, 60);
	T_INT("its second, and what touched it", v[1].covered, 91);
	T_INT("alerts by level", v[1].alerts[LEVEL_ACT], 2);
	T_INT("and by another", v[1].alerts[LEVEL_STOP], 1);
	T_INT("none before", v[0].alerts[LEVEL_ACT], 0);
	store_records_thin(s, store_week_begin(week + RECORD_WEEKS - 1), NULL);
	store_weeks(s, "f", a, &v, &n, NULL);
	T_INT("as many weeks as are kept", n, 2);
	store_records_thin(s, store_week_begin(week + RECORD_WEEKS), NULL);
	store_weeks(s, "f", a, &v, &n, NULL);
	T_INT("one more: the oldest goes", n, 1);
	store_records_move(s, "f", "g", NULL);
	store_weeks(s, "g", a, &v, &n, NULL);
	T_INT("another name takes them along", n, 1);
	store_close(s);
}

/* 100 checks of 3 things for two years, each changing as often as is kept. */
static void
size(struct arena *a)
{
	struct store *s = anew();
	struct stat st;

	store_begin(s, NULL);
	for (int c = 0; c < 300; c++) {
		const char *thing = arena_printf(a, "laboratory/host/check-%d/target/rule", c);

		for (int i = 0; i < 340; i++) {
			const instant at = NOW + i * DAY;

			store_state_put(s, thing, &(struct store_state){ at, i % 5, at - 1 }, NULL);
		}
		for (int i = 0; c < 100 && i < RECORD_WEEKS; i++) {
			const instant at = store_week_begin(store_week_of(NOW) + i);

			store_week_cover(s, thing, at, at + 7 * DAY, NULL);
			store_week_alert(s, thing, at, LEVEL_STOP, NULL);
		}
	}
	store_commit(s, NULL);
	store_records_thin(s, NOW, NULL);
	store_close(s);
	if (stat(in_dir(STORE_FILE), &st) < 0)
		abort();
	printf("300 things: %.1f MB\n", (double)st.st_size / 1e6);
	T_TRUE("all records of 100 checks stay under 6 MB", st.st_size < 6000000);
}

int
main(void)
{
	struct arena *a = arena_new((size_t)64 << 20);

	make_folder();
	states(a);
	blinds(a);
	dates(a);
	weeks(a);
	size(a);
	drop_folder();
	arena_free(a);
	return t_end();
}
