/* SPDX-License-Identifier: Apache-2.0
 *
 * What is written comes back, in order, once; what is damaged is seen; older schemas are brought up
 * to date, newer ones refused.
 */
#include "store/store.h"

#include "tests/t.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

static char dir[] = "/tmp/forewarn-store.XXXXXX";

static const char *
in_dir(const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

static void
anew(void)
{
	static const char *const names[] = { STORE_FILE, STORE_FILE "-wal", STORE_FILE "-shm",
		STORE_LOCK, STORE_BALLAST, STORE_OPEN };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		unlink(in_dir(names[i]));
}

/* A database that was set aside in a test, out of the way of the next. */
static void
put_away(const struct store *s)
{
	unlink(in_dir(store_damage(s)->name));
}

static void
sql(const char *text)
{
	sqlite3 *db;

	if (sqlite3_open(in_dir(STORE_FILE), &db) != SQLITE_OK ||
	    sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK)
		abort();
	sqlite3_close(db);
}

static void
put_letter_of(struct store *s, const char *sink, const char *key, const char *body,
    enum event_kind kind, uint64_t folded)
{
	struct err e = { 0 };
	struct store_letter l = { .sink = sink,
		.event = "e",
		.key = key,
		.type = "t",
		.kind = kind,
		.created = 5,
		.body = body,
		.len = strlen(body),
		.folded = folded };

	T_INT("a letter is put", store_letter_put(s, &l, &e), 0);
}

static void
put_letter(struct store *s, const char *sink, const char *key, const char *body, uint64_t folded)
{
	put_letter_of(s, sink, key, body, EVENT_RAISED, folded);
}

static void
letters(struct arena *a)
{
	struct err e = { 0 };
	struct store *s = store_open(dir, &e);
	struct store_letter *v;
	struct store_outbox o;
	uint64_t folded;
	size_t n;
	span due;

	put_letter(s, "x", "k1", "one", 0);
	put_letter(s, "x", "k2", "two", 0);
	put_letter(s, "x", "k1", "three", 0);
	put_letter(s, "y", "k1", "other", 0);
	store_letters_due(s, "x", false, 0, 10, a, &v, &n, &e);
	T_INT("the first of each key", n, 2);
	T_TEXT("oldest first", v[0].body, "one");
	T_TEXT("of the other key", v[1].body, "two");
	T_INT("later", store_letter_later(s, v[0].row, 1, 1000, "because", &e), 0);
	store_letters_due(s, "x", false, 999, 10, a, &v, &n, &e);
	T_INT("one that waits holds up only its key", n, 1);
	store_letters_next(s, "x", false, &due, &e);
	T_INT("the next is due now", due, 0);
	store_letter_done(s, v[0].row, &e);
	store_letters_next(s, "x", false, &due, &e);
	T_INT("then when the first comes again", due, 1000);
	store_letters_fold(s, "x", "k1", false, &folded, &e);
	T_INT("what was superseded", folded, 1);
	put_letter(s, "x", "k1", "four", folded);
	store_letters_fold(s, "x", "k1", false, &folded, &e);
	T_INT("with what it stood for", folded, 2);
	store_letters_due(s, "x", false, 1000, 10, a, &v, &n, &e);
	T_TEXT("the oldest is never folded", v[0].body, "one");
	T_TEXT("it knows why it waits", v[0].reason, "because");
	put_letter(s, "w", "k", "raised", 0);
	put_letter_of(s, "w", "k", "over", EVENT_RESOLVED, 0);
	put_letter(s, "w", "k", "raised anew", 0);
	store_letters_fold(s, "w", "k", false, &folded, &e);
	T_INT("the end of an alert that may be known stays", folded, 1);
	store_letters_forget(s, "w", "k", &e);
	store_letters_restart(s, &e);
	store_letters_next(s, "x", false, &due, &e);
	T_INT("after another boot it is due", due, 0);
	store_outbox(s, NULL, &o, &e);
	T_INT("of all sinks", o.letters, 2);
	store_close(s);
}

static void
limits(struct arena *a)
{
	struct err e = { 0 };
	struct store *s = store_open(dir, &e);
	struct store_letter l = { .sink = "z",
		.event = "e",
		.key = "k",
		.type = "t",
		.kind = EVENT_HEARTBEAT,
		.body = "x",
		.len = 1 };
	struct store_outbox o;
	struct store_letter *v;
	size_t n;

	store_begin(s, &e);
	for (int i = 0; i < STORE_LETTERS_MAX - 2; i++)
		store_letter_put(s, &l, &e);
	store_outbox_bound(s, &e);
	store_outbox(s, NULL, &o, &e);
	T_INT("as many as may wait", o.letters, STORE_LETTERS_MAX);
	T_INT("nothing was dropped", o.dropped, 0);
	store_letter_put(s, &l, &e);
	store_outbox_bound(s, &e);
	store_outbox(s, NULL, &o, &e);
	T_TRUE("one more: some go", o.letters < STORE_LETTERS_MAX && o.dropped > 0);
	store_commit(s, &e);
	store_letters_due(s, "y", false, 0, 10, a, &v, &n, &e);
	T_INT("changes of state stay, heartbeats go", n, 1);
	store_close(s);
}

static void
keep_count(void *self, const struct store_standing *row)
{
	(void)row;
	++*(int *)self;
}

static void
standings(struct arena *a)
{
	struct err e = { 0 };
	struct store *s = store_open(dir, &e);
	struct store_standing row = { .fingerprint = "s/h/c/t/r",
		.check = "c",
		.target = "t",
		.rule = "r",
		.title = "T",
		.body = "B",
		.acked_by = "sana",
		.note = "it comes on Friday" },
			      back;
	int n = 0;
	bool there;

	standing_init(&row.st);
	T_INT("put", store_standing_put(s, &row, &e), 0);
	T_INT("got", store_standing_get(s, "s/h/c/t/r", a, &back, &there, &e), 0);
	T_TRUE("it is there", there);
	T_TRUE("as it was", memcmp(&back.st, &row.st, sizeof(row.st)) == 0);
	T_TEXT("with its words", back.title, "T");
	T_TEXT("and what was said by who took it", back.note, "it comes on Friday");
	store_close(s);
	sql("UPDATE standings SET note = 'it never comes'");
	s = store_open(dir, &e);
	store_standing_get(s, "s/h/c/t/r", a, &back, &there, &e);
	T_TRUE("a note that was changed behind our back is not believed", !there);
	put_away(s);
	T_INT("put anew", store_standing_put(s, &row, &e), 0);
	store_close(s);
	sql("UPDATE standings SET title = 'U'");
	s = store_open(dir, &e);
	store_standing_get(s, "s/h/c/t/r", a, &back, &there, &e);
	T_TRUE("one that was changed behind our back is not believed", !there);
	T_INT("and counted", store_damage(s)->rows_lost, 1);
	put_away(s);
	store_standings(s, NULL, keep_count, &n, &e);
	T_INT("nor listed", n, 0);
	store_close(s);
}

static size_t
drop_odd(const instant *at, size_t n, instant now, bool *drop)
{
	size_t dropped = 0;

	(void)now;
	for (size_t i = 0; i < n; i++)
		dropped += drop[i] = at[i] % 2 == 1;
	return dropped;
}

static void
samples(struct arena *a)
{
	struct err e = { 0 };
	struct store *s = store_open(dir, &e);
	struct sample *v;
	size_t n;

	for (instant t = 1; t <= 10; t++)
		store_sample_put(
		    s, "f", "m", &(struct sample){ t, t == 3 ? NAN : (double)t, 0 }, &e);
	store_samples(s, "f", "m", 4, a, &v, &n, &e);
	T_INT("the newest", n, 4);
	T_INT("oldest of them first", v[0].at, 7);
	store_thin(s, 0, drop_odd, &e);
	store_samples(s, "f", "m", 100, a, &v, &n, &e);
	T_INT("thinned", n, 5);
	store_samples(s, "f", "other", 100, a, &v, &n, &e);
	T_INT("none of another metric", n, 0);
	store_close(s);
}

static void
exceptions(void)
{
	struct store_exception put = { 0, "lab/pc/*", { 10, 20, LEVEL_ACT, "r", "Lee", "m" } }, *x;
	struct arena *a = arena_new(1 << 20);
	struct err e = { 0 };
	struct store *s;
	bool there;
	size_t n;

	anew();
	s = store_open(dir, &e);
	T_INT("put", store_exception_put(s, &put, &e), 0);
	T_INT("put", store_exception_put(s, &put, &e), 0);
	store_exceptions(s, a, &x, &n, &e);
	T_INT("both", n, 2);
	T_TEXT("as put", x[1].exception.approver, "Lee");
	T_INT("one goes", store_exception_drop(s, x[0].row, &there, &e), 0);
	T_TRUE("it was there", there);
	store_exception_drop(s, x[0].row, &there, &e);
	T_TRUE("once", !there);
	store_close(s);
	sql("UPDATE exceptions SET approver = 'me'");
	s = store_open(dir, &e);
	store_exceptions(s, a, &x, &n, &e);
	T_INT("a changed one is not believed", n, 0);
	T_INT("and counted", store_damage(s)->rows_lost, 1);
	put_away(s);
	store_close(s);
	arena_free(a);
}

static void
pauses(void)
{
	instant now = 100 * 86400 * INSTANT_S, kept = instant_plus(now, -STORE_PAUSES_KEPT),
		at[] = { kept - 1, kept, now + 1 };
	struct store_exception x = { 0, "*", { 10, 20, LEVEL_ACT, "r", "Lee", "m" } };
	struct store_pauses have;
	struct err e = { 0 };
	struct store *s;

	anew();
	s = store_open(dir, &e);
	for (size_t i = 0; i < 3; i++) {
		struct store_silence v = { 0, "*",
			{ .from = 1, .until = at[i], .by = "me", .reason = "r" } };

		store_silence_put(s, &v, &e);
	}
	store_exception_put(s, &x, &e);
	T_INT("counted", store_pauses(s, &have, &e), 0);
	T_INT("silences", (int64_t)have.silences, 3);
	T_INT("exceptions", (int64_t)have.exceptions, 1);
	T_INT("old ones go", store_pauses_prune(s, now, &e), 0);
	store_pauses(s, &have, &e);
	T_INT("at the limit it stays", (int64_t)have.silences, 2);
	T_INT("an exception long over", (int64_t)have.exceptions, 0);
	store_close(s);
}

static void
schemas(void)
{
	struct err e = { 0 };
	struct store *s, *second;
	struct store_silence *v;
	struct store_exception *x;
	struct arena *a = arena_new(1 << 20);
	char newer[160];
	size_t n;

	anew();
	s = store_open(dir, &e);
	store_set_number(s, "kept", 42, &e);
	second = store_open(dir, &e);
	T_TRUE("a second one is refused", second == NULL);
	T_HAS("by its number", e.msg, "another forewarnd (pid ");
	store_close(s);
	sql("DROP TABLE silences; DROP TABLE exceptions; DROP TABLE accepts; DROP TABLE keeps; "
	    "ALTER TABLE numbers DROP COLUMN sum;"
	    "DROP TABLE things; DROP TABLE states; DROP TABLE blind; DROP TABLE dates; DROP TABLE "
	    "weeks;"
	    "ALTER TABLE standings DROP COLUMN note;"
	    "ALTER TABLE letters DROP COLUMN level; ALTER TABLE letters DROP COLUMN refusals;"
	    "ALTER TABLE letters DROP COLUMN title;"
	    "DELETE FROM numbers WHERE name = 'schema'; PRAGMA user_version = 1");
	s = store_open(dir, &e);
	T_TRUE("version 1 is brought up", s != NULL);
	T_INT("its new table is there", store_silences(s, a, &v, &n, &e), 0);
	T_INT("and the other", store_exceptions(s, a, &x, &n, &e), 0);
	int64_t kept;
	store_number(s, "kept", 0, &kept, &e);
	T_INT("and what was in it", kept, 42);
	store_close(s);
	snprintf(newer, sizeof(newer),
	    "UPDATE numbers SET v = %d, sum = NULL WHERE name = 'schema'; PRAGMA user_version = %d",
	    STORE_VERSION + 1, STORE_VERSION + 1);
	sql(newer);
	s = store_open(dir, &e);
	T_TRUE("a newer one is refused", s == NULL);
	T_HAS("in words", e.msg, "a newer forewarn wrote it");
	anew();
	int fd = open(in_dir(STORE_FILE), O_WRONLY | O_CREAT, 0600);
	T_INT("garbage", write(fd, "this is no database, not at all, by no means", 44), 44);
	close(fd);
	s = store_open(dir, &e);
	T_TRUE("is set aside", s != NULL && store_damage(s)->set_aside);
	put_away(s);
	store_close(s);
	anew();
	T_INT("a link", symlink("/etc/passwd", in_dir(STORE_FILE)), 0);
	s = store_open(dir, &e);
	T_TRUE("is not followed", s == NULL);
	arena_free(a);
}

int
main(void)
{
	struct arena *a = arena_new((size_t)64 << 20);

	if (mkdtemp(dir) == NULL)
		abort();
	letters(a);
	limits(a);
	standings(a);
	samples(a);
	exceptions();
	pauses();
	schemas();
	anew();
	rmdir(dir);
	arena_free(a);
	return t_end();
}
