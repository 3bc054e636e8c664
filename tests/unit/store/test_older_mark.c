/* SPDX-License-Identifier: Apache-2.0
 *
 * The file of open alerts as an older version has written it, beside a database that is damaged.
 */
#include "tests/store_life.h"

/* STORE_OPEN as it was written before notes were in it: 0.1.0 at schema 6, one alert that is taken.
 */
static void
older_mark(void)
{
	const char *fp = "lab/balance3/a/false/plugin.status";
	struct arena *a = arena_new(1 << 20);
	struct store_standing has;
	struct err e = { 0 };
	bool there = false;
	struct store *s;
	char copy[512];

	shell("rm -rf ./* ./.??*; true");
	snprintf(
	    copy, sizeof(copy), "cp tests/data/store/forewarn.open-form1 %s", in_dir(STORE_OPEN));
	if (system(copy) != 0)
		abort();
	shell("printf '%4096s' x > " STORE_FILE);
	s = store_open(dir, &e);
	T_TRUE("a file of before is read", s != NULL && store_damage(s)->set_aside);
	store_standing_get(s, fp, a, &has, &there, &e);
	T_TRUE("its alert is open", there && has.st.open && has.st.acked);
	T_TEXT("whoever has taken it", there ? has.acked_by : "", "root");
	T_TEXT("without what was said", there ? has.note : "?", "");
	store_close(s);
	arena_free(a);
}

int
main(void)
{
	make_folder();
	older_mark();
	drop_folder();
	return t_end();
}
