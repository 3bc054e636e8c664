/* SPDX-License-Identifier: Apache-2.0
 *
 * What is kept of a thing that gets worse, is over, and is watched no more; and of a date that is
 * renewed, then gone.
 */
#include "daemon/record.h"

#include "judge/dates.h"
#include "store/records.h"
#include "tests/daemon_rig.h"

#define START (1790000000 * INSTANT_S)
#define THING "lab/host/a/a/plugin.status"
#define DAY ((instant)86400 * INSTANT_S)

static enum rig_find found = RIG_OK;

static enum rig_find
find(void *self, const char *check, instant now)
{
	(void)self, (void)now;
	return strcmp(check, "a") == 0 ? found : RIG_OK;
}

#define CHECK(id)                                                                                  \
	"{ id = \"" id "\"; probe = \"plugin\"; command = [ \"/bin/true\" ]; every = \"10m\"; "    \
	"confirm = 1; lead = \"21d\"; owner = \"o\"; }"
#define PEOPLE "site = \"lab\"; people = ( { id = \"o\"; name = \"Omar\"; } );\n"

static void
life_of_an_alert(struct arena *a)
{
	static const int levels[] = { LEVEL_OK, LEVEL_ACT, LEVEL_STOP, LEVEL_OK, -1 };
	struct store *s = rig.d.world.store;
	struct store_state *v;
	struct store_week *w;
	size_t n;

	rig_pass(SPAN_H);
	found = RIG_WARNING;
	rig_pass(SPAN_H);
	found = RIG_CRITICAL;
	rig_pass(SPAN_H);
	found = RIG_OK;
	rig_pass(SPAN_H);
	rig_configure(PEOPLE "checks = (" CHECK("b") ");");
	daemon_reload(&rig.d);
	rig_pass(SPAN_H);
	store_states(s, THING, a, &v, &n, NULL);
	T_INT("each change is kept", n, 5);
	for (size_t i = 0; i < 5 && i < n; i++)
		T_INT("in its order", v[i].level, levels[i]);
	store_weeks(s, THING, a, &w, &n, NULL);
	T_INT("in the one week", n, 1);
	T_INT("it reached act once", n == 1 ? w[0].alerts[LEVEL_ACT] : -1, 1);
	T_INT("and stop once", n == 1 ? w[0].alerts[LEVEL_STOP] : -1, 1);
	T_INT("and nothing else",
	    n == 1 ? w[0].alerts[LEVEL_UNKNOWN] + w[0].alerts[LEVEL_PLAN] : -1, 0);
}

/* A run of check b at that day; at: the date it saw, 0: it saw none. */
static void
see(int64_t day, int64_t at, struct arena *a)
{
	const struct check_conf *k = conf_check(rig.d.generation.conf, "b");
	struct item it = { .target = "t",
		.rule = "r",
		.deadline = { .at = START + at * DAY,
		    .kind = at > 0 ? DEADLINE_KNOWN : DEADLINE_FORECAST,
		    .life = 90 * SPAN_DAY } };
	struct result r = { .check = "b", .items = &it, .nitems = 1, .taken = START + day * DAY };

	T_INT("a run is recorded", record_dates(&rig.d.ground, k, &r, a, NULL), 0);
}

static void
life_of_a_date(struct arena *a)
{
	struct store_date *v;
	size_t n;

	see(0, 60, a);
	see(30, 60, a);
	see(50, 150, a);
	see(51, 150, a);
	see(57, 0, a);
	store_dates(rig.d.world.store, "lab/host/b/t/r", a, &v, &n, NULL);
	T_INT("a forecast is no date that stands on a thing", n, 2);
	T_INT("the first was renewed", v[0].outcome, DATE_RENEWED);
	T_INT("it was seen last on its 30th day", v[0].last_seen, START + 30 * DAY);
	T_INT("by its owner", v[0].renewed_by, 1);
	T_INT("with its life", v[0].life, 90 * SPAN_DAY);
	T_INT("the second stands, six days unseen", v[1].outcome, DATE_OPEN);
	see(58, 0, a);
	store_dates(rig.d.world.store, "lab/host/b/t/r", a, &v, &n, NULL);
	T_INT("and after seven days is gone", v[1].outcome, DATE_RETIRED);
}

int
main(void)
{
	struct arena *a = arena_new(1 << 20);

	rig.find = find;
	rig_open(START);
	rig_configure(PEOPLE "checks = (" CHECK("a") ",\n" CHECK("b") ");");
	rig_start();
	life_of_an_alert(a);
	life_of_a_date(a);
	rig_stop();
	rig_close();
	arena_free(a);
	return t_end();
}
