/* SPDX-License-Identifier: Apache-2.0
 *
 * The database is damaged while the daemon is down, in every way and at 200 random places: it
 * starts, runs, tells no alert twice under two ids, loses none, and no number falls back.
 */
#include "store/db.h"
#include "tests/daemon_rig.h"
#include "tests/dice.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define START (1790000000 * INSTANT_S)
#define RAISED "forewarn.alert.raised"
#define RESOLVED "forewarn.alert.resolved"
#define RANDOM_PLACES 200
#define PAGE 4096

static const char *const broken[] = { "disk", "clock2", "lost" }; /* they have open alerts */
#define BROKEN (sizeof(broken) / sizeof(broken[0]))

static bool in_trouble;

static enum rig_find
find(void *self, const char *check, instant now)
{
	(void)self, (void)now;
	if (!in_trouble || strcmp(check, "fine") == 0)
		return RIG_OK;
	return strcmp(check, "lost") == 0 ? RIG_FAILS : RIG_CRITICAL;
}

/* Nobody answers at b: its letters wait. */
static bool
takes(void *self, const char *sink)
{
	(void)self;
	return strcmp(sink, "a") == 0;
}

#define CHECK(id)                                                                                  \
	"{ id = \"" id "\"; probe = \"plugin\"; command = [ \"/bin/true\" ]; every = \"10m\"; "    \
	"confirm = 1; }"

static const char site[] = "site = \"lab\";\nchecks = (\n" CHECK("fine") ",\n" CHECK(
    "disk") ",\n" CHECK("clock2") ",\n" CHECK("lost") " );\n"
						      "sinks = ( { id = \"a\"; type = \"webhook\"; "
						      "url = \"http://127.0.0.1:9/\"; },\n"
						      "{ id = \"b\"; type = \"webhook\"; url = "
						      "\"http://127.0.0.1:10/\"; } );\n";

static void
shell(const char *what)
{
	char command[512];

	snprintf(command, sizeof(command), "cd %s && %s", rig.folder, what);
	if (system(command) != 0)
		abort();
}

/* ---- the life before: three alerts were told */

static char alert_of[BROKEN][EVENT_ID];
static uint64_t last_number;
static char (*events)[EVENT_ID]; /* all that were sent */
static size_t nevents;
static struct clk_fake moment; /* when the daemon ended */

static void
note_alerts(void)
{
	events = calloc(rig.nletters, sizeof(*events));
	for (size_t i = 0; i < rig.nletters; i++) {
		const struct rig_letter *l = &rig.letters[i];

		snprintf(events[nevents++], EVENT_ID, "%s", l->event);
		for (size_t k = 0; k < BROKEN; k++)
			if (strcmp(l->type, RAISED) == 0 && strcmp(l->subject, broken[k]) == 0)
				snprintf(alert_of[k], EVENT_ID, "%s", l->alert);
		if (strcmp(l->sink, "a") == 0 && l->sequence > last_number)
			last_number = l->sequence;
	}
}

/* Two states are kept: as a daemon that ended leaves it, and as one that was killed does, with a
 * write-ahead log. */
static void
live(void)
{
	rig_configure(site);
	rig_start();
	rig_pass(SPAN_H);
	in_trouble = true;
	rig_pass(SPAN_H);
	moment = rig.clk;
	shell("cp -r state killed");
	rig_stop();
	shell("mv state ended");
	note_alerts();
	for (size_t k = 0; k < BROKEN; k++)
		T_INT(broken[k], strlen(alert_of[k]), EVENT_ID - 1);
}

/* ---- the life after */

/* A letter that the database does not know as delivered comes again, with the id of its event, by
 * which receivers know it. */
static bool
comes_again(const struct rig_letter *l)
{
	for (size_t i = 0; i < nevents; i++)
		if (strcmp(events[i], l->event) == 0)
			return true;
	return false;
}

struct told {
	size_t raised, other_id, resolved, low;
};

static struct told
told_of(size_t k)
{
	struct told t = { 0 };

	for (size_t i = 0; i < rig.nletters; i++) {
		const struct rig_letter *l = &rig.letters[i];

		if (strcmp(l->sink, "a") != 0 || comes_again(l))
			continue;
		t.low += l->sequence <= last_number;
		if (strcmp(l->subject, broken[k]) != 0)
			continue;
		t.raised += strcmp(l->type, RAISED) == 0;
		t.resolved += strcmp(l->type, RESOLVED) == 0;
		t.other_id += strcmp(l->alert, alert_of[k]) != 0;
	}
	return t;
}

static void
begin(const char *from)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -rf state && cp -r %s state", from);
	shell(command);
	rig.clk = moment;
	rig.nletters = 0;
	in_trouble = true;
}

/* After the damage: trouble goes on, then it is over. */
static void
goes_on(const char *row)
{
	bool lost;

	rig_start();
	lost = store_damage(rig.d.world.store)->numbers_lost;
	rig_pass(40 * SPAN_MIN);
	for (size_t k = 0; k < BROKEN; k++)
		T_TRUE(row, lost || told_of(k).raised == 0);
	in_trouble = false;
	rig_pass(40 * SPAN_MIN);
	for (size_t k = 0; k < BROKEN; k++) {
		const struct told t = told_of(k);

		T_TRUE(row, t.resolved >= 1);
		T_TRUE(row, lost || (t.resolved == 1 && t.other_id == 0));
		T_TRUE(row, lost || t.low == 0);
	}
	rig_stop();
}

/* ---- every kind */

static const struct {
	const char *name, *command;
	bool set_aside;
} kinds[] = {
	{ "none at all", "true", false },
	{ "0 bytes", ": > forewarn.db", true },
	{ "a folder", "rm forewarn.db && mkdir forewarn.db", true },
	{ "deleted", "rm forewarn.db", false },
	{ "its header", "printf 'garbage garbage' | dd of=forewarn.db conv=notrunc 2>/dev/null",
	    true },
	{ "noise all over", "head -c 40000 /dev/zero | tr '\\0' 'x' > forewarn.db", true },
	{ "the file of open alerts", ": > forewarn.open", false },
	{ "a standing", "sqlite", true },
};

/* A log that nothing vouches for: what it lacks nobody knows. */
static bool
may_be_older(const char *from, const char *kind)
{
	return strcmp(from, "killed") == 0 && strcmp(kind, "the file of open alerts") == 0;
}

static void
every_kind(const char *from)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		char command[256];

		begin(from);
		if (strcmp(kinds[i].command, "sqlite") == 0) {
			rig_sql("UPDATE standings SET sum = sum + 1 WHERE rule <> 'run'");
		} else {
			snprintf(command, sizeof(command), "cd state && %s", kinds[i].command);
			shell(command);
		}
		rig_start();
		/* after a kill the log may hold the page that was damaged, whole */
		if (strcmp(from, "ended") == 0)
			T_INT(kinds[i].name, store_damage(rig.d.world.store)->set_aside,
			    kinds[i].set_aside);
		T_TRUE(kinds[i].name, !store_damage(rig.d.world.store)->numbers_lost ||
					  may_be_older(from, kinds[i].name));
		rig_stop();
		goes_on(kinds[i].name);
	}
}

/* Database and file both gone: ids are new, and everything is told. */
static void
both_gone(void)
{
	begin("ended");
	shell("cd state && : > forewarn.db && : > forewarn.open");
	rig_start();
	T_TRUE("with both gone it is said", store_damage(rig.d.world.store)->numbers_lost);
	rig_stop();
}

/* ---- while it runs */

static void
garble(const char *name)
{
	char path[160], noise[PAGE];
	off_t size;
	int fd;

	snprintf(path, sizeof(path), "%s/%s", rig.state, name);
	fd = open(path, O_RDWR);
	size = fd >= 0 ? lseek(fd, 0, SEEK_END) : 0;
	memset(noise, 0x5a, sizeof(noise));
	for (off_t at = PAGE; at < size; at += PAGE)
		if (pwrite(fd, noise, PAGE, at) != PAGE)
			abort();
	if (fd >= 0)
		close(fd);
}

/* SQLite meets it when it reads a page anew: the daemon sets the database aside and runs on. */
static void
while_it_runs(void)
{
	begin("ended");
	rig_start();
	rig_pass(5 * SPAN_MIN);
	garble(STORE_FILE);
	garble(STORE_FILE "-wal");
	sqlite3_db_release_memory(rig.d.world.store->db);
	rig_pass(40 * SPAN_MIN);
	T_TRUE("it is set aside", store_damage(rig.d.world.store)->set_aside);
	T_TRUE("and the numbers are known", !store_damage(rig.d.world.store)->numbers_lost);
	in_trouble = false;
	rig_pass(40 * SPAN_MIN);
	for (size_t k = 0; k < BROKEN; k++) {
		const struct told t = told_of(k);

		T_INT(broken[k], t.raised, 0);
		T_INT(broken[k], t.other_id, 0);
		T_INT(broken[k], t.resolved, 1);
		T_INT(broken[k], t.low, 0);
	}
	rig_stop();
}

/* ---- random places */

static void
hurt(struct dice *d, const char *name)
{
	char path[160];
	uint8_t bytes[2 * PAGE] = { 0 };
	off_t size;
	size_t n;
	int fd;

	snprintf(path, sizeof(path), "%s/%s", rig.state, name);
	fd = open(path, O_RDWR);
	size = fd >= 0 ? lseek(fd, 0, SEEK_END) : 0;
	if (size > 0) {
		off_t at = (off_t)(dice_u64(d) % (uint64_t)size);

		switch (dice_u64(d) % 4) {
		case 0: /* a run of noise */
			n = 1 + dice_u64(d) % 300;
			for (size_t i = 0; i < n; i++)
				bytes[i] = (uint8_t)dice_u64(d);
			break;
		case 1: /* two pages of zeroes */
			at -= at % PAGE;
			n = sizeof(bytes);
			break;
		case 2:
			n = 0;
			if (ftruncate(fd, at) < 0)
				abort();
			break;
		default: /* one byte */
			n = 1;
			bytes[0] = (uint8_t)dice_u64(d);
		}
		if ((off_t)n > size - at)
			n = (size_t)(size - at);
		if (pwrite(fd, bytes, n, at) != (ssize_t)n)
			abort();
	}
	if (fd >= 0)
		close(fd);
}

static void
random_places(void)
{
	struct dice d = { 20261130 };

	for (int i = 0; i < RANDOM_PLACES; i++) {
		static const char *const files[] = { STORE_FILE, STORE_FILE, STORE_FILE "-wal",
			STORE_OPEN };
		char row[64];
		bool killed = i % 2 == 0;

		begin(killed ? "killed" : "ended");
		hurt(&d, files[dice_u64(&d) % (killed ? 4 : 2)]);
		if (dice_chance(&d, 0.2))
			hurt(&d, STORE_FILE);
		if (dice_chance(&d, 0.1))
			hurt(&d, STORE_OPEN);
		snprintf(row, sizeof(row), "random place %d", i);
		goes_on(row);
	}
}

int
main(void)
{
	rig.find = find;
	rig.receiver = takes;
	rig_open(START);
	live();
	every_kind("ended");
	every_kind("killed");
	both_gone();
	while_it_runs();
	random_places();
	rig_close();
	free(events);
	return t_end();
}
