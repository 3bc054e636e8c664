/* SPDX-License-Identifier: Apache-2.0
 *
 * store_life: a folder with the store of a daemon that has lived, and hands that damage it.
 */
#ifndef TESTS_STORE_LIFE_H
#define TESTS_STORE_LIFE_H

#include "store/store.h"
#include "tests/t.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#define LETTERS 1500
#define PAGE 4096

static char dir[64];

static inline const char *
in_dir(const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

static inline void
shell(const char *what)
{
	char command[512];

	snprintf(command, sizeof(command), "cd %s && %s", dir, what);
	if (system(command) != 0)
		abort();
}

static inline void
sql(const char *text)
{
	sqlite3 *db;

	if (sqlite3_open(in_dir(STORE_FILE), &db) != SQLITE_OK ||
	    sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK)
		abort();
	sqlite3_close(db);
}

/* The page on which that table begins. */
static inline int64_t
root_of(const char *table)
{
	sqlite3_stmt *st;
	sqlite3 *db;
	int64_t page;

	if (sqlite3_open(in_dir(STORE_FILE), &db) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, "SELECT rootpage FROM sqlite_master WHERE name = ?", -1, &st,
		NULL) != SQLITE_OK)
		abort();
	sqlite3_bind_text(st, 1, table, -1, SQLITE_STATIC);
	if (sqlite3_step(st) != SQLITE_ROW)
		abort();
	page = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	sqlite3_close(db);
	return page;
}

static inline void
overwrite(int64_t at, size_t n, char with)
{
	static char bytes[4 * PAGE];
	int fd = open(in_dir(STORE_FILE), O_WRONLY);

	memset(bytes, with, sizeof(bytes));
	if (pwrite(fd, bytes, n, at) != (ssize_t)n)
		abort();
	close(fd);
}

static inline struct store_standing
open_alert(const char *fingerprint, uint64_t number)
{
	struct store_standing row = { .fingerprint = fingerprint,
		.check = "c",
		.target = "t",
		.rule = "r",
		.title = "T",
		.body = "B",
		.acked_by = "",
		.note = "" };

	standing_init(&row.st);
	row.st.seen = row.st.held = row.st.told = row.st.worst = row.st.edge = LEVEL_STOP;
	row.st.taken = row.st.valid_until = row.st.bad_at = row.st.held_since = 1000;
	row.st.open = true;
	row.st.alert = number;
	row.st.opened = row.st.told_at = 1000 + (instant)number;
	row.st.told_to = 5;
	return row;
}

/* Where the page of the database begins on which that text lies. */
static inline int64_t
page_with(const char *text)
{
	static char page[PAGE];
	int fd = open(in_dir(STORE_FILE), O_RDONLY);
	int64_t at = 0;

	while (pread(fd, page, PAGE, at) == PAGE && memmem(page, PAGE, text, strlen(text)) == NULL)
		at += PAGE;
	close(fd);
	return at;
}

/* A daemon's life: event 7, an open alert, one that is over, letters, a silence. */
static inline void
fill(void)
{
	struct store_standing open = open_alert("f/open", 3), over = open_alert("f/over", 1);
	struct store_silence quiet = { 0, "f/*",
		{ .from = 1, .until = INT64_MAX, .by = "me", .reason = "r" } };
	struct err e = { 0 };
	struct store *s;

	shell("rm -rf ./* ./.??*; true");
	s = store_open(dir, &e);
	standing_init(&over.st);
	open.st.acked = true;
	open.acked_by = "sana";
	open.note = "on Friday";
	store_begin(s, &e);
	for (int i = 0; i < LETTERS; i++) {
		char body[300];
		struct store_letter l = { .sink = "x",
			.event = "e",
			.key = "k",
			.type = "t",
			.kind = EVENT_RAISED,
			.body = body };

		l.len = (size_t)snprintf(body, sizeof(body), "letter %d %0200d", i, i);
		store_letter_put(s, &l, &e);
	}
	store_standing_put(s, &open, &e);
	store_standing_put(s, &over, &e);
	store_silence_put(s, &quiet, &e);
	store_set_number(s, STORE_SEQUENCE, 7, &e);
	store_set_number(s, "sink-bit:x", 2, &e);
	T_INT("a life is committed", store_commit(s, &e), 0);
	store_close(s);
}

static inline void
make_folder(void)
{
	snprintf(dir, sizeof(dir), "%s/forewarn-store.XXXXXX",
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	if (mkdtemp(dir) == NULL)
		abort();
}

static inline void
drop_folder(void)
{
	shell("rm -rf ./* ./.??*; true");
	rmdir(dir);
}

#endif
