/* SPDX-License-Identifier: Apache-2.0
 *
 * A daemon of 0.1.0 is replaced by this one while three alerts are open: its state is taken over in
 * silence, and each alert ends under the id it began with. The state was recorded by the code of
 * 0.1.0 (tests/data/store/state-0.1.0.sql).
 */
#include "base/file.h"
#include "tests/daemon_rig.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define ENDED ((instant)1790008399999924) /* the daemon of 0.1.0 */
#define LAST_NUMBER 34                    /* it gave */
#define RECORDED "tests/data/store/state-0.1.0.sql"

/* The ids under which it raised them. */
static const struct {
	const char *check, *alert;
} open_alerts[] = {
	{ "away", "a04021a6f572505d14584c56fb2d4f27" },
	{ "broken", "1e8cdc3410a657dd0a363ea025059117" },
	{ "taken", "78ba869ccf9b5e6319f8d0da37c0ec80" },
};
#define OPEN (sizeof(open_alerts) / sizeof(open_alerts[0]))

static bool over; /* the trouble of all */

static enum rig_find
find(void *self, const char *check, instant now)
{
	(void)self, (void)now;
	if (over || strcmp(check, "fine") == 0)
		return RIG_OK;
	return strcmp(check, "away") == 0 ? RIG_FAILS : RIG_CRITICAL;
}

#define CHECK(id)                                                                                  \
	"{ id = \"" id "\"; probe = \"plugin\"; command = [ \"/bin/true\" ]; every = \"10m\"; "    \
	"confirm = 1; }"

static const char site[] =
    "site = \"lab\";\nchecks = (\n" CHECK("fine") ",\n" CHECK("broken") ",\n" CHECK(
	"away") ",\n" CHECK("taken") ",\n" CHECK("silenced") ",\n" CHECK("excepted") " );\n"
										     "sinks = ( { "
										     "id = \"a\"; "
										     "type = "
										     "\"webhook\"; "
										     "url = "
										     "\"http://"
										     "127.0.0.1:9/"
										     "\"; },\n"
										     "{ id = "
										     "\"b\"; type "
										     "= "
										     "\"webhook\"; "
										     "url = "
										     "\"http://"
										     "127.0.0.1:10/"
										     "\"; } );\n";

static void
put_recorded_state(void)
{
	struct arena *a = arena_new((size_t)8 << 20);
	char path[128], *text;
	sqlite3 *db;
	size_t len;

	snprintf(path, sizeof(path), "%s/" STORE_FILE, rig.state);
	if (mkdir(rig.state, 0700) < 0 ||
	    file_read(AT_FDCWD, RECORDED, FILE_FOLLOW, (size_t)4 << 20, a, &text, &len, NULL) < 0 ||
	    sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK)
		abort();
	sqlite3_close(db);
	arena_free(a);
}

/* Of a check in the configuration: that b answers again is news of the daemon itself. */
static bool
is_alert_news(const struct rig_letter *l)
{
	const struct check_conf *k = conf_check(rig.d.generation.conf, l->subject);

	return strncmp(l->type, "forewarn.alert.", strlen("forewarn.alert.")) == 0 && k != NULL &&
	       !generation_is_builtin(k);
}

/* Sink b did not answer to the old daemon: it is given what waited for it, and no more. */
static void
nothing_is_told(void)
{
	size_t news = 0, waited = 0, low = 0;

	for (size_t i = 0; i < rig.nletters; i++) {
		const struct rig_letter *l = &rig.letters[i];

		if (l->sequence > LAST_NUMBER)
			news += is_alert_news(l);
		else if (strcmp(l->sink, "b") == 0)
			waited += is_alert_news(l);
		else
			low++;
	}
	T_INT("no alert is told anew", news, 0);
	T_INT("what waited is sent", waited, 4);
	T_INT("and no number is given twice", low, 0);
}

static void
people_s_words_hold(void)
{
	struct arena *a = arena_new(1 << 20);
	struct store_silence *quiet;
	struct store_exception *approved;
	struct standing st;
	size_t n;

	T_TRUE("the acknowledged one stands", rig_standing("taken", &st));
	T_TRUE("open and acknowledged", st.open && st.acked);
	T_TRUE("the silenced one stands", rig_standing("silenced", &st));
	T_INT("silenced", st.gate, GATE_SILENCED);
	T_TRUE("the excepted one stands", rig_standing("excepted", &st));
	T_INT("excepted", st.gate, GATE_EXCEPTED);
	store_silences(rig.d.world.store, a, &quiet, &n, NULL);
	T_INT("the silence is there", n, 1);
	T_TEXT("with its reason", quiet[0].silence.reason, "column change");
	store_exceptions(rig.d.world.store, a, &approved, &n, NULL);
	T_INT("the exception is there", n, 1);
	T_TEXT("with who approved it", approved[0].exception.approver, "QM Lee");
	arena_free(a);
}

static void
first_number_is_next(void)
{
	uint64_t first = UINT64_MAX;

	for (size_t i = 0; i < rig.nletters; i++)
		if (rig.letters[i].sequence > LAST_NUMBER && rig.letters[i].sequence < first)
			first = rig.letters[i].sequence;
	T_INT("numbers go on without a hole", first, LAST_NUMBER + 1);
}

static void
each_ends_under_its_id(void)
{
	for (size_t k = 0; k < OPEN; k++) {
		size_t ends = 0;

		for (size_t i = 0; i < rig.nletters; i++) {
			const struct rig_letter *l = &rig.letters[i];

			ends += strcmp(l->type, "forewarn.alert.resolved") == 0 &&
				strcmp(l->sink, "a") == 0 &&
				strcmp(l->alert, open_alerts[k].alert) == 0;
		}
		T_INT(open_alerts[k].check, ends, 1);
	}
	T_INT("what was silenced ends in silence",
	    rig_count("a", "forewarn.alert.resolved", "silenced", 0), 0);
	T_INT("what was excepted too", rig_count("a", "forewarn.alert.resolved", "excepted", 0), 0);
}

static void
nothing_was_damaged(void)
{
	const struct store_damage *d = store_damage(rig.d.world.store);
	char name[STORE_ASIDE_NAME];

	T_TRUE("an older state is no damage", !d->set_aside && !d->rolled_back);
	T_TRUE("and nothing is set aside", !store_aside(rig.d.world.store, name));
}

int
main(void)
{
	rig.find = find;
	rig_open(ENDED);
	put_recorded_state();
	rig_configure(site);
	rig_start();
	nothing_was_damaged();
	rig_pass(SPAN_H);
	nothing_is_told();
	people_s_words_hold();
	first_number_is_next();
	rig_stop();
	rig_start();
	nothing_was_damaged();
	over = true;
	rig_pass(SPAN_H);
	each_ends_under_its_id();
	rig_stop();
	rig_close();
	return t_end();
}
