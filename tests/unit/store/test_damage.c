/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever happens to the database, it is set aside with a name, what can be read of it goes on,
 * and what STORE_OPEN knows is put back.
 */
#include "tests/store_life.h"

#include <dirent.h>

/* What must be true after any damage that leaves STORE_OPEN whole. */
static struct store *
opens_again(const char *row)
{
	struct arena *a = arena_new(1 << 20);
	struct err e = { 0 };
	struct store *s = store_open(dir, &e);
	struct store_standing has;
	char name[STORE_ASIDE_NAME];
	bool there = false;
	int64_t v = 0;

	T_TEXT(row, e.msg, "");
	T_TRUE(row, s != NULL && store_damage(s)->set_aside);
	if (s == NULL)
		abort();
	T_TRUE(row, store_damage(s)->when != INSTANT_NONE && !store_damage(s)->numbers_lost);
	T_TRUE(row, store_aside(s, name));
	T_TEXT(row, name, store_damage(s)->name);
	T_INT(row, store_standing_get(s, "f/open", a, &has, &there, &e), 0);
	T_TRUE(row, there && has.st.open && has.st.alert == 3 && has.st.opened == 1003);
	T_TRUE(row, has.st.told_to == 5);
	T_TEXT(row, has.acked_by, "sana");
	T_TEXT(row, has.note, "on Friday");
	store_number(s, STORE_SEQUENCE, 0, &v, &e);
	T_TRUE(row, v >= 7 && v <= 7 + STORE_AHEAD);
	store_number(s, "sink-bit:x", 0, &v, &e);
	T_INT(row, v, 2);
	arena_free(a);
	return s;
}

static uint64_t
letters_in(struct store *s)
{
	struct store_outbox o;

	T_INT("letters are counted", store_outbox(s, NULL, &o, NULL), 0);
	return o.letters;
}

/* ---- one kind of damage after the other */

static void
one_row(void)
{
	struct store *s;

	fill();
	sql("UPDATE standings SET sum = sum + 1 WHERE fingerprint = 'f/open'");
	s = opens_again("a standing whose checksum fails");
	T_INT("one row was lost", store_damage(s)->rows_lost, 1);
	T_INT("all letters are there", letters_in(s), LETTERS);
	store_close(s);
	s = store_open(dir, NULL);
	T_TRUE("the next start finds it sound", !store_damage(s)->set_aside);
	char name[STORE_ASIDE_NAME];
	T_TRUE("and still the old one in the folder", store_aside(s, name));
	shell("rm -f forewarn.db.damaged-*");
	T_TRUE("until somebody moves it away", !store_aside(s, name));
	store_close(s);
}

static void
zeroed_pages(void)
{
	static const char *const tables[] = { "numbers", "standings", "letters", "silences",
		"exceptions", "results", "series", "samples", "standings_check", "letters_key",
		"sqlite_autoindex_standings_1" };

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		struct store *s;

		fill();
		overwrite((root_of(tables[i]) - 1) * PAGE, 2 * PAGE, 0);
		s = opens_again(tables[i]);
		store_close(s);
	}
}

/* Pages in the middle of a table cost the letters that lie on them, and no other. */
static void
pages_of_letters(void)
{
	struct store_letter *v;
	struct arena *a = arena_new(1 << 24);
	struct store *s;
	uint64_t left;
	size_t n;

	fill();
	overwrite(page_with("letter 700 "), 2 * PAGE, 0);
	overwrite(page_with("letter 1499 "), PAGE, 0); /* the newest */
	s = opens_again("two pages of letters");
	left = letters_in(s);
	T_TRUE("some are lost with their pages", left < LETTERS);
	T_TRUE("the rest is not", left > LETTERS - 60);
	T_TRUE("that is counted", store_damage(s)->rows_lost > 0);
	store_letters_due(s, "x", false, 0, 1, a, &v, &n, NULL);
	T_INT("they are to be sent", n, 1);
	v[0].sink = "new";
	store_letter_put(s, &v[0], NULL);
	store_letters_due(s, "new", false, 0, 1, a, &v, &n, NULL);
	T_TRUE("no id of a lost one is given again", v[0].row > LETTERS);
	store_close(s);
	arena_free(a);
}

static void
headers(void)
{
	struct store *s;

	fill();
	overwrite(0, 100, 'x');
	s = opens_again("a damaged header");
	T_INT("whose letters are saved", letters_in(s), LETTERS);
	store_close(s);
	fill();
	overwrite(60, 4, 0x11);
	s = opens_again("a version that nobody wrote");
	T_INT("whose letters are saved", letters_in(s), LETTERS);
	store_close(s);
	fill();
	overwrite(0, PAGE, 0);
	s = opens_again("its first page zeroed");
	T_INT("whose letters are saved", letters_in(s), LETTERS);
	store_close(s);
}

/* Rows of schema 5: standings without a note, letters without a title. */
static void
older_schema(void)
{
	struct arena *a = arena_new(1 << 20);
	struct store_standing has;
	bool there = false;
	struct store *s;

	fill();
	sql("ALTER TABLE standings DROP COLUMN note; ALTER TABLE letters DROP COLUMN title;"
	    "PRAGMA user_version = 5;"
	    "UPDATE numbers SET v = 5, sum = NULL WHERE name = 'schema'");
	overwrite(0, 100, 'x'); /* so that nothing brings it up to date before it is read */
	s = opens_again("a damaged database of an older version");
	store_standing_get(s, "f/over", a, &has, &there, NULL);
	T_TRUE("whose standings are saved", there && has.note[0] == '\0');
	T_INT("and whose letters are", letters_in(s), LETTERS);
	store_close(s);
	arena_free(a);
}

static void
no_database(void)
{
	struct err e = { 0 };
	struct store *s;
	int64_t v;

	fill();
	shell(": > " STORE_FILE);
	store_close(opens_again("0 bytes"));
	fill();
	shell("rm " STORE_FILE " && mkdir " STORE_FILE);
	store_close(opens_again("a folder in its place"));
	fill();
	shell("rm " STORE_FILE " && mkfifo " STORE_FILE);
	store_close(opens_again("a pipe in its place"));
	fill();
	shell("rm " STORE_FILE);
	s = store_open(dir, &e);
	T_TRUE("one that was deleted is new", s != NULL && !store_damage(s)->set_aside);
	store_number(s, STORE_SEQUENCE, 0, &v, &e);
	T_INT("and its numbers go on above all that were given", v, 7 + STORE_AHEAD);
	store_close(s);
	shell("rm -f ./* && : > " STORE_FILE);
	s = store_open(dir, &e);
	T_TRUE("an empty one in an empty folder is new", s != NULL && !store_damage(s)->set_aside);
	store_close(s);
}

static void
cut_short(void)
{
	static const int64_t keep[] = { 50, 100, PAGE - 1, PAGE, 3 * PAGE, 20 * PAGE + 7 };

	for (size_t i = 0; i < sizeof(keep) / sizeof(keep[0]); i++) {
		fill();
		if (truncate(in_dir(STORE_FILE), keep[i]) < 0)
			abort();
		store_close(opens_again("truncated"));
	}
}

static void
both_gone(void)
{
	struct arena *a = arena_new(1 << 20);
	struct store_standing has;
	struct err e = { 0 };
	struct store *s;
	bool there;

	fill();
	shell("truncate -s 50 " STORE_FILE);
	shell("printf x | dd of=" STORE_OPEN " bs=1 seek=50 conv=notrunc 2>/dev/null");
	s = store_open(dir, &e);
	T_TRUE("with both gone it runs", s != NULL);
	T_TRUE("and says that ids are new", store_damage(s)->numbers_lost);
	store_standing_get(s, "f/open", a, &has, &there, &e);
	T_TRUE("since what was open is not known", !there);
	store_close(s);
	arena_free(a);
}

/* ---- what SQLite does not notice */

static void
old_copy(void)
{
	struct err e = { 0 };
	struct store *s;
	int64_t v;

	fill();
	shell("cp " STORE_FILE " old");
	s = store_open(dir, &e);
	store_begin(s, &e);
	store_set_number(s, STORE_SEQUENCE, 9, &e);
	store_commit(s, &e);
	store_close(s);
	shell("cp old " STORE_FILE);
	s = store_open(dir, &e);
	T_TRUE("an older copy is noticed", s != NULL && store_damage(s)->rolled_back);
	T_TRUE("and is not set aside", !store_damage(s)->set_aside);
	store_number(s, STORE_SEQUENCE, 0, &v, &e);
	T_TRUE("numbers go on above those given", v > 9);
	store_close(s);
}

/* ---- while it runs */

static void
while_it_runs(void)
{
	struct arena *a = arena_new(1 << 20);
	struct store_standing has;
	struct err e = { 0 };
	struct store *s;
	bool there;
	int64_t v;

	fill();
	s = store_open(dir, &e);
	/* more than SQLite keeps in memory */
	for (int i = 0; i < 100; i++)
		overwrite(page_with("letter 700 ") + i * PAGE, PAGE, 0x5a);
	T_INT("the call that meets it fails", store_outbox_bound(s, &e), -1);
	T_INT("as damage", e.code, ERR_PARSE);
	T_INT("no transaction begins on it", store_begin(s, &e), -1);
	T_INT("it is set aside", store_set_aside_and_reopen(s, &e), 0);
	T_TRUE("with a name", store_damage(s)->name[0] != '\0');
	T_INT("and goes on", store_begin(s, &e), 0);
	store_rollback(s);
	T_INT("with what was open", store_standing_get(s, "f/open", a, &has, &there, &e), 0);
	T_TRUE("under its id", there && has.st.alert == 3);
	store_number(s, STORE_SEQUENCE, 0, &v, &e);
	T_INT("and the number without a hole", v, 7);
	T_TRUE("under the same lock", store_open(dir, &e) == NULL);
	store_close(s);
	arena_free(a);
}

/* ---- a start that is cut short */

static void
unfinished(void)
{
	struct store *s;

	fill();
	shell("mv " STORE_FILE " forewarn.db.damaged-20260101T0000Z && "
	      "printf forewarn.db.damaged-20260101T0000Z > forewarn.saving && : > forewarn.db.new");
	s = opens_again("between the two names");
	T_INT("no letter is lost", letters_in(s), LETTERS);
	T_TEXT("the old name stays", store_damage(s)->name, "forewarn.db.damaged-20260101T0000Z");
	store_close(s);
	fill();
	shell("printf ../etc > forewarn.saving");
	s = store_open(dir, NULL);
	T_TRUE("a note that means nothing does no harm", s != NULL && !store_damage(s)->set_aside);
	store_close(s);
}

static size_t
files_aside(void)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	size_t n = 0;

	while ((entry = readdir(d)) != NULL)
		n += strncmp(entry->d_name, STORE_ASIDE, strlen(STORE_ASIDE)) == 0;
	closedir(d);
	return n;
}

static void
many(void)
{
	fill();
	for (size_t i = 1; i <= STORE_ASIDE_MAX + 1; i++) {
		struct store *s;

		overwrite(0, 100, 'x');
		s = store_open(dir, NULL);
		T_TRUE("again and again", s != NULL);
		store_close(s);
		T_INT("up to the limit each is kept", files_aside(),
		    i < STORE_ASIDE_MAX ? i : STORE_ASIDE_MAX);
	}
}

/* The mark is ahead, and written again before it is passed. */
static void
mark_is_passed(void)
{
	struct err e = { 0 };
	struct store *s;
	int64_t v;

	fill();
	s = store_open(dir, &e);
	for (int64_t i = 8; i <= 7 + 2 * STORE_AHEAD; i += 499) {
		store_begin(s, &e);
		store_set_number(s, STORE_SEQUENCE, i, &e);
		store_commit(s, &e);
		shell("cp " STORE_OPEN " kept");
		v = i;
	}
	store_close(s);
	shell("rm " STORE_FILE "; cp kept " STORE_OPEN);
	s = store_open(dir, &e);
	int64_t now;
	store_number(s, STORE_SEQUENCE, 0, &now, &e);
	T_TRUE("never below what was given", now >= v);
	T_TRUE("nor far above", now <= v + 2 * STORE_AHEAD);
	store_close(s);
}

int
main(void)
{
	make_folder();
	one_row();
	zeroed_pages();
	pages_of_letters();
	headers();
	older_schema();
	no_database();
	cut_short();
	both_gone();
	old_copy();
	while_it_runs();
	unfinished();
	many();
	mark_is_passed();
	drop_folder();
	return t_end();
}
