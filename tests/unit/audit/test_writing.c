/* SPDX-License-Identifier: Apache-2.0
 *
 * What is told of the programs that have a log open: of a file that was deleted, without O_APPEND,
 * and what is never told: of other files, and what was not looked at.
 */
#include "probes/audit/finding.h"
#include "probes/audit/writing.h"

#include "tests/t.h"

#include <fcntl.h>

static struct log l;
static struct writers w;
static struct settings settings;

static const char *
judged(void)
{
	l.now++;
	l.outlook.writes = NULL;
	writing_judge(&l, &w);
	return l.s.nfound > 0 ? l.s.found[0].key : "-";
}

/* One program, which has that file open as it should. */
static struct writer *
opened(const char *path)
{
	w = (struct writers){ .seen = WRITERS_ALL, .at = 1, .all = true, .n = 1 };
	w.v[0] = (struct writer){
		.pid = 812, .fd = 3, .program = "cds", .path = path, .append = true, .ino = 7
	};
	return &w.v[0];
}

static void
of_deleted_files(void)
{
	struct writer *one = opened("/srv/log/a.log");

	T_TEXT("the log itself", judged(), "-");
	T_TEXT("who", l.outlook.writes, "cds (process 812)");
	one->deleted = true;
	T_TEXT("deleted, and nothing was written since", judged(), "-");
	one->since = true;
	T_TEXT("and written to", judged(), "deleted");
	T_TEXT("its words", l.s.found[0].text,
	    "cds (process 812) still writes to a.log, which was deleted: these records are in no "
	    "file that anybody finds");
	T_TEXT("where it can be copied from", l.outlook.rescue, "/proc/812/fd/3");
	T_INT("told once", l.s.nfound, 1);
	w.seen = WRITERS_NONE;
	T_TEXT("not looked at: it stands", judged(), "deleted");
	w.seen = WRITERS_ALL;
	w.n = 0;
	T_TEXT("that program ended", judged(), "-");
	T_TEXT("none is left", l.outlook.writes,
	    "no program that can be seen has it open for writing by this name");
	w.seen = WRITERS_SOME;
	judged();
	T_TEXT("of others nothing is known", l.outlook.writes, NULL);
	one = opened("/srv/log/a.log.1");
	one->deleted = one->since = true;
	T_TEXT("an older file", judged(), "deleted");
	opened("/srv/log/b.log")->deleted = w.v[0].since = true;
	T_TEXT("another log", judged(), "-");
	opened("/srv/log2/a.log")->deleted = w.v[0].since = true;
	T_TEXT("another folder", judged(), "-");
	one = opened("/srv/log/a.log.1");
	one->deleted = one->since = true;
	snprintf(one->program, sizeof(one->program), "\x1b[31mx");
	judged();
	T_TRUE("no control character comes through", strchr(l.s.found[0].text, '\x1b') == NULL);
	w.n = 0;
	judged();
}

static void
of_holes(void)
{
	static const char conf[] = "/srv/log/a.log {\n\tcopytruncate\n}\n";
	struct writer *one = opened("/srv/log/a.log");

	one->append = false;
	T_TEXT("nothing empties it", judged(), "-");
	T_TEXT("but it is said", l.outlook.writes, "cds (process 812) without O_APPEND");
	rotate_begin(&settings.logrotate, l.s.arena);
	rotate_read(&settings.logrotate, "conf", conf, sizeof(conf) - 1);
	settings.read = true;
	T_TEXT("logrotate does", judged(), "no-append");
	one->append = true;
	T_TEXT("it appends", judged(), "-");
	one->append = false;
	one->ino = 8;
	T_TEXT("another file by that name", judged(), "-");
}

/* The log was begun at 1000 h; the older file an hour before. */
static void
of_older_files(void)
{
	struct hints *own = &l.files.v[0].hints;
	struct writer *one = opened("/srv/log/a.log.1");

	own->btime = 1000 * INSTANT_H;
	one->ino = 6;
	one->born = own->btime - INSTANT_H;
	one->written = own->btime + INSTANT_H;
	T_TEXT("it may take as long to be told", judged(), "-");
	one->written++;
	T_TEXT("and longer", judged(), "left-behind");
	one->path = "/srv/log/a.log.1.gz";
	T_TEXT("it is packed", judged(), "-");
	one->path = "/srv/log/a.log.1";
	one->born = own->btime;
	T_TEXT("it is a copy", judged(), "-");
	one->born = 0;
	T_TEXT("the file system does not say", judged(), "-");
	w.n = 2;
	w.v[1] = w.v[0];
	w.v[1].since = w.v[1].deleted = true;
	one->born = own->btime - INSTANT_H;
	T_TEXT("what is lost goes first", judged(), "deleted");
	w.n = 0;
	judged();
}

static void
texts(void)
{
	unsigned flags;

	T_TRUE("flags", writers_flags("pos:\t5\nflags:\t0102001\nmnt_id:\t29\n", &flags));
	T_INT("their value", flags, 0102001);
	T_TRUE("none", !writers_flags("pos:\t5\n", &flags));
	T_TRUE("no number", !writers_flags("flags:\tx", &flags));
	T_INT("a log's folder", writers_folder("/srv/log/a.log"), 9);
	T_INT("a folder", writers_folder("/srv/log/"), 9);
	T_INT("a pattern", writers_folder("/srv/l*g/a.log"), 5);
	T_INT("the root", writers_folder("/a.log"), 1);
}

int
main(void)
{
	struct file file = { .path = "/srv/log/a.log", .own = true, .hints = { .ino = 7 } };
	struct arena *a = arena_new((size_t)64 << 20);
	struct err e;
	struct digester *d = digest_new(&e);

	l = (struct log){ .path = "/srv/log/a.log", .now = 1, .settings = &settings };
	l.files = (struct files){ .kind = OWN_FILE, .v = &file, .n = 1 };
	state_load(&l.s, AT_FDCWD, l.path, a, d, &e);
	of_deleted_files();
	of_older_files();
	of_holes();
	texts();
	state_fini(&l.s);
	digest_free(d);
	arena_free(a);
	return t_end();
}
