/* SPDX-License-Identifier: Apache-2.0
 *
 * What counts as a change, until when it is told, what settings must say; limits and damage.
 */
#include "probes/baseline/approved.h"
#include "probes/baseline/notes.h"
#include "probes/baseline/says.h"
#include "probes/baseline/walk.h"
#include "tests/probe_harness.h"
#include "tests/t.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define A64 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B64 "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define DAY (86400 * INSTANT_S)

static struct harness h;

static bool
said(const char *text, const char *words)
{
	return says(text, strlen(text), words, h.arena);
}

static void
settings(void)
{
	static const char utf16[] = "\xff\xfe"
				    "A\0=\0o\0n\0\r\0\n";
	char text[BASELINE_WORDS_MAX + 32] = "/a: ";
	struct setting s;
	struct err e;

	T_TRUE("a line", said("x\nAuditTrail=on\n", "AuditTrail=on"));
	T_TRUE("blanks beside =", said("  AuditTrail =\ton \r\n", "AuditTrail= on"));
	T_TRUE("words within a line", said("options: audit trail on;", "audit trail on"));
	T_TRUE("off", !said("AuditTrail=off\n", "AuditTrail=on"));
	T_TRUE("a longer word", !said("AuditTrail=only\n", "AuditTrail=on"));
	T_TRUE("a longer name", !said("NoAuditTrail=on\n", "AuditTrail=on"));
	T_TRUE("a name with a part before", !said("old.AuditTrail=on\n", "AuditTrail=on"));
	T_TRUE("comments", !said("#A=on\n ; A=on\n// A=on\n-- A=on\n<!-- A=on\nrem A=on", "A=on"));
	T_TRUE("nothing", !said("", "A=on"));
	T_TRUE("a mark of UTF-8", said("\xef\xbb\xbf"
				       "A=on",
				      "A=on"));
	T_TRUE("UTF-16", says(utf16, sizeof(utf16) - 1, "A=on", h.arena));
	T_TRUE("words of blanks", !said("=\n", " "));
	T_INT("an entry", setting_parse("/a b.ini: x: y", h.arena, &s, &e), 0);
	T_TEXT("its file", s.path, "/a b.ini");
	T_TEXT("its words", s.words, "x: y");
	T_INT("no path", setting_parse("a.ini: x", h.arena, &s, &e), -1);
	T_INT("no words", setting_parse("/a.ini:  ", h.arena, &s, &e), -1);
	memset(text + 4, 'x', BASELINE_WORDS_MAX);
	T_INT("as many words as may be", setting_parse(text, h.arena, &s, &e), 0);
	text[strlen(text)] = 'x';
	T_INT("one byte more", setting_parse(text, h.arena, &s, &e), -1);
}

static void
names(void)
{
	const char *v[] = { "*.log", "cache", "a/b" };
	const struct texts skip = { v, 3 };
	char longest[BASELINE_NAME_MAX + 2];

	T_TEXT("odd bytes are shown", name_of("d", "a\nb%", h.arena), "d/a%0Ab%25");
	memset(longest, 'x', sizeof(longest));
	longest[BASELINE_NAME_MAX] = '\0';
	T_TRUE("as long as may be", name_of("", longest, h.arena) != NULL);
	longest[BASELINE_NAME_MAX] = 'x';
	longest[BASELINE_NAME_MAX + 1] = '\0';
	T_TRUE("a byte longer", name_of("", longest, h.arena) == NULL);
	T_TRUE("a pattern", name_is_skipped(&skip, "deep/x.log"));
	T_TRUE("a folder on the way", name_is_skipped(&skip, "x/cache/y/z"));
	T_TRUE("a way", name_is_skipped(&skip, "a/b/c"));
	T_TRUE("a part of a name", !name_is_skipped(&skip, "cached/log"));
	T_TRUE("the way elsewhere", !name_is_skipped(&skip, "x/a/b.met"));
}

static struct folder
one(bool approved, const char *base, const char *now)
{
	struct folder f = { .path = "/m", .approved = approved, .since = 1, .list = SHA_NONE };
	struct known *k = files_add(&f, "x", h.arena);

	memcpy(k->base, base, strlen(base) + 1);
	memcpy(k->now, now, strlen(now) + 1);
	files_sort(&f);
	return f;
}

static void
changes(void)
{
	const struct texts none = { NULL, 0 };
	struct folder f = one(true, A64, A64);
	char id[FINDING_TEXT], other[FINDING_TEXT];

	files_read(&f, f.v, B64, 5);
	T_INT("since when", f.v->since, 5);
	files_finding(&f, id);
	files_read(&f, f.v, B64, 9);
	T_INT("stays", f.v->since, 5);
	files_finding(&f, other);
	T_TEXT("its identity too", other, id);
	files_read(&f, f.v, A64, 10);
	T_TRUE("it is as before", !files_changed(f.v) && f.v->since == INSTANT_NONE);
	files_read(&f, f.v, B64, 11);
	files_finding(&f, other);
	T_TRUE("the same change again is another one", strcmp(id, other) != 0);
	files_accept(&f, "q\n", 12, h.arena);
	T_TRUE("accepted", !files_changed(f.v) && f.approved);
	T_TEXT("by whom", f.by, "q%0A");

	f = one(true, SHA_UNREAD, SHA_UNREAD);
	files_read(&f, f.v, A64, 5);
	T_TRUE("approved unread: its first bytes are a change", files_changed(f.v));
	f = one(false, SHA_UNREAD, SHA_UNREAD);
	files_read(&f, f.v, A64, 5);
	T_TRUE("not approved yet: they are as found", !files_changed(f.v));

	f = one(true, A64, A64);
	f.fault = "a folder cannot be read";
	files_settle(&f, &none, 5);
	T_TRUE("not seen, not whole: not gone", !files_changed(f.v));
	f.fault = NULL;
	files_settle(&f, &none, 5);
	T_TEXT("not seen: gone", f.v->now, SHA_NONE);
	files_accept(&f, "q", 12, h.arena);
	T_INT("accepted, and forgotten", f.n, 0);
}

static int
take(const char *text, struct folder *f, struct err *e)
{
	return approved_take(arena_text(h.arena, text), f, h.arena, 7, e);
}

static void
lists(void)
{
	struct folder f = one(true, A64, A64);
	struct err e;
	char *many;
	int last = 0;

	T_INT("a list", take("# of 2026\n" B64 "  ./x\r\n" A64 " */m/y\n", &f, &e), 0);
	T_INT("two files", f.n, 2);
	T_TRUE("one is changed", files_changed(files_find(&f, "x")) && f.v->since == 7);
	T_TEXT("one is not there", files_find(&f, "y")->now, SHA_NONE);
	T_INT("the same name twice", take(A64 "  x\n" A64 "  ./x\n", &f, &e), -1);
	T_HAS("is said", e.msg, "twice");
	T_INT("a sum that is short", take(A64 "  x\naaaa  y\n", &f, &e), -1);
	T_HAS("its line", e.msg, "line 2");
	T_INT("another folder", take(A64 "  /n/x\n", &f, &e), -1);
	T_INT("none", take("# nothing\n", &f, &e), -1);
	T_INT("as it was", f.n, 2);
	many = malloc((size_t)80 * (BASELINE_FILES_MAX + 1));
	for (int i = 0, at = 0; i <= BASELINE_FILES_MAX; i++) {
		last = at;
		at += snprintf(many + at, 80, "%s  f%d\n", A64, i);
	}
	T_INT("a file too many", take(many, &f, &e), -1);
	many[last] = '\0';
	T_INT("as many as may be", take(many, &f, &e), 0);
	free(many);
}

static void
write_text(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0)
		abort();
}

static struct folder
walked(const char *path, size_t room, instant now)
{
	static const struct texts none;
	struct folder f = { .path = path, .is_new = true };

	walk(&h.ctx, &none, &f, &room, now);
	return f;
}

static void
walks(const char *dir)
{
	const char *p = arena_printf(h.arena, "%s/m", dir), *x = arena_printf(h.arena, "%s/x", p);
	const struct texts none = { NULL, 0 };
	struct folder f, copy;
	char *deep;
	size_t room = 2;

	mkdir(p, 0700);
	write_text(x, "");
	f = walked(p, 1, DAY);
	T_INT("as many files as may be", f.unread, 0);
	T_TEXT("the sum of nothing", f.v->now,
	    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	f = walked(p, 0, DAY);
	T_HAS("one too many", f.fault, "more files");
	T_TRUE("and it is not taken as found", f.cut);
	f = (struct folder){ .path = p, .is_new = true, .entries = BASELINE_ENTRIES_MAX - 1 };
	walk(&h.ctx, &none, &f, &room, DAY);
	T_TRUE("as many entries as may be", !f.cut);
	f.entries = BASELINE_ENTRIES_MAX;
	walk(&h.ctx, &none, &f, &room, DAY);
	T_HAS("one too many", f.fault, "more entries");
	f = walked(p, 1, DAY);
	files_settle(&f, &none, DAY);
	f.is_new = false;
	memcpy(f.v->now, A64, SHA_TEXT); /* stands for bytes that stat does not show */
	copy = f;
	/* libfaketime moves the times of files too, by another part of a second at each look */
	if (getenv("FAKETIME") == NULL) {
		walk(&h.ctx, &none, &f, &room, 2 * DAY - 1);
		T_TEXT("not read within a day", f.v->now, A64);
		h.handed.gentle = true;
		walk(&h.ctx, &none, &f, &room, 2 * DAY);
		T_TEXT("nor while an instrument measures", f.v->now, A64);
		h.handed.gentle = false;
	}
	walk(&h.ctx, &none, &f, &room, 2 * DAY);
	T_TRUE("read after a day", strcmp(f.v->now, A64) != 0);
	T_INT("copies are the same", copy.n, f.n);
	deep = arena_text(h.arena, p);
	for (int i = 0; i <= BASELINE_DEPTH_MAX; i++) {
		T_TRUE("as deep as may be", walked(p, 9, DAY).fault == NULL);
		deep = arena_printf(h.arena, "%s/d", deep);
		mkdir(deep, 0700);
	}
	T_HAS("one folder more", walked(p, 9, DAY).fault, "too many folders");
	T_HAS("no folder", walked(x, 9, DAY).fault, "Not a directory");
}

static const struct item *
ran(const struct baseline_conf *c, const char *rule)
{
	struct err e;

	harness_clear(&h);
	T_INT("it ran", probe_run(&h.ctx, c, &e), 0);
	return harness_item(&h, rule, NULL);
}

static void
runs(const char *dir)
{
	char folder[64], notes[64], x[80];
	const char *p = folder;
	const struct baseline_conf c = { .folders = { &p, 1 } };
	struct keep keep = { .target = p, .text = "known" };
	int fd = open(dir, O_RDONLY | O_DIRECTORY);
	int digit;
	FILE *f;

	snprintf(folder, sizeof(folder), "%s/n", dir);
	snprintf(notes, sizeof(notes), "%s/" NOTES_FILE, dir);
	snprintf(x, sizeof(x), "%s/x", folder);
	h.ctx.state_fd = fd;
	mkdir(p, 0700);
	T_TEXT("empty", ran(&c, "baseline.read")->finding, "empty");
	T_TRUE(
	    "nothing to compare", harness_item(&h, "baseline.change", NULL)->state == ITEM_UNKNOWN);
	write_text(x, "one");
	T_TEXT("as found", ran(&c, "baseline.change")->finding, "unapproved");
	T_TEXT("that it is known is kept outside", h.kept.text, "known");
	write_text(x, "two");
	T_TEXT(
	    "changed before anybody approved it", ran(&c, "baseline.change")->finding, "changed");
	f = fopen(notes, "r+");
	/* a figure of a moment, so that only the hash tells */
	fseek(f, 30, SEEK_SET);
	digit = fgetc(f);
	fseek(f, 30, SEEK_SET);
	fputc(digit == '1' ? '2' : '1', f);
	fclose(f);
	T_TRUE("damaged notes are unknown", ran(&c, "baseline.change")->state == ITEM_UNKNOWN);
	T_TEXT("and it is as found again", harness_item(&h, "baseline.change", p)->finding,
	    "unapproved");
	unlink(notes);
	h.handed.keeps = &keep;
	h.handed.nkeeps = 1;
	T_HAS("the notes are gone", ran(&c, "baseline.change")->summary, "not known any more");
	h.handed.nkeeps = 0;
	h.ctx.state_fd = -1;
	close(fd);
}

static int
take_away(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st, (void)type, (void)at;
	return remove(path);
}

int
main(void)
{
	char dir[] = "/tmp/forewarn-baseline-XXXXXX";

	harness_init(&h);
	if (mkdtemp(dir) == NULL)
		return 1;
	settings();
	names();
	changes();
	lists();
	walks(dir);
	runs(dir);
	nftw(dir, take_away, 8, FTW_DEPTH | FTW_PHYS);
	harness_fini(&h);
	return t_end();
}
