/* SPDX-License-Identifier: Apache-2.0
 *
 * Which files make up a configuration: what logrotate includes, in its order and up to each limit,
 * what it leaves out; journald's drop-ins; and what cannot be read.
 */
#include "probes/audit/rotate_load.h"
#include "probes/audit/settings.h"

#include "tests/t.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char top[64];
static struct arena *arena;

static const char *
at(const char *name)
{
	return arena_printf(arena, "%s/%s", top, name);
}

static const char *
file(const char *name, const char *text)
{
	const char *path = at(name);
	FILE *f = fopen(path, "w");

	if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0)
		abort();
	chmod(path, 0644);
	return path;
}

static struct rotate_conf
load(const char *path, struct err *why)
{
	struct rotate_conf c;

	rotate_begin(&c, arena);
	rotate_load(&c, path, why);
	return c;
}

static int64_t
kept(const struct rotate_conf *c, const char *path)
{
	const struct rotate_rule *r = rotate_find(c, path);

	return r != NULL ? r->terms.kept : -9;
}

static void
includes(void)
{
	struct rotate_conf c;
	struct err why;
	const char *main;

	mkdir(at("d"), 0755);
	file("d/b", "/b {\n}\n/twice {\n}\n");
	file("d/a", "rotate 7\n/a {\n}\n/twice {\n}\n");
	file("d/c.dpkg-old", "/c {\n}\n");
	file("d/c~", "/c {\n}\n");
	file("d/.c", "/c {\n}\n");
	main = file("main",
	    arena_printf(arena, "rotate 1\n/first {\n}\ninclude %s\n/last {\n}\n", at("d")));
	c = load(main, &why);
	T_INT("all was read", why.code, ERR_NONE);
	T_INT("what stands before an include", kept(&c, "/first"), 1);
	T_INT("in the folder, by its names", kept(&c, "/a"), 7);
	T_INT("what one says for all holds in the next", kept(&c, "/b"), 7);
	T_INT("and behind the include", kept(&c, "/last"), 7);
	T_TEXT("the first counts", rotate_find(&c, "/twice")->at.file, at("d/a"));
	T_INT("what packagers and editors set aside is left out", kept(&c, "/c"), -9);
	chmod(at("d/a"), 0666);
	c = load(main, &why);
	T_TRUE(
	    "a file of root that others write", rotate_find(&c, "/a")->ignored == (geteuid() == 0));
	T_TEXT("and one that is not comes first", rotate_find(&c, "/twice")->at.file,
	    geteuid() == 0 ? at("d/b") : at("d/a"));
	main = file("none", arena_printf(arena, "include %s\n/x {\n}\n", at("nowhere")));
	c = load(main, &why);
	T_INT("an include that is not there", why.code, ERR_ABSENT);
	T_INT("the rest is read", kept(&c, "/x"), 0);
}

static void
limits(void)
{
	struct rotate_conf c;
	struct err why;
	char name[32], *text;

	for (int more = 0; more < 2; more++) {
		mkdir(at("many"), 0755);
		/* the file that includes them is one of them */
		for (int i = 0; i < ROTATE_FILES_MAX - 1 + more; i++) {
			snprintf(name, sizeof(name), "many/%d", i);
			file(name, "/x {\n}\n");
		}
		c = load(file("m", arena_printf(arena, "include %s\n", at("many"))), &why);
		T_TRUE(more ? "a file too many" : "as many files as may be",
		    (c.over != NULL) == (more == 1));
		text = arena_alloc(arena, ROTATE_FILE_MAX + 2);
		memset(text, '\n', ROTATE_FILE_MAX + (size_t)more);
		c = load(file("long", text), &why);
		T_INT(more ? "a file too long" : "as long as may be", why.code,
		    more ? ERR_LIMIT : ERR_NONE);
	}
	c = load(file("self", arena_printf(arena, "include %s\n", at("self"))), &why);
	T_TRUE("a file that includes itself ends", c.over != NULL);
}

static void
system_files(void)
{
	const char *given[] = { NULL, NULL };
	struct audit_conf conf = { .settings = { given, 2 } };
	struct settings s;
	struct kept_journald j;
	struct err why;

	given[0] = file("auditd.conf", "num_logs = 7\n");
	given[1] = file("journald.conf", "[Journal]\nSystemMaxUse=1G\n");
	mkdir(at("journald.conf.d"), 0755);
	/* so many names come out of a folder in an order that is not theirs */
	file("journald.conf.d/20.conf", "[Journal]\nSystemMaxUse=2M\n");
	for (int i = 0; i < 16; i++)
		file(arena_printf(arena, "journald.conf.d/1%d.conf", i * 7 % 16),
		    "[Journal]\nSystemMaxUse=1M\n");
	file("journald.conf.d/30.txt", "[Journal]\nSystemMaxUse=3M\n");
	s = settings_of(&conf, arena);
	settings_auditd(&s);
	T_INT("auditd's, by its name", s.auditd.files, 7);
	settings_journald(&s, &j, &why);
	T_INT("journald's drop-ins in the order of their names", j.max_use, 2 << 20);
	T_INT("all was read", why.code, ERR_NONE);
	T_TEXT("the one that has the last word", j.file, at("journald.conf.d/20.conf"));
	unlink(at("journald.conf.d/20.conf"));
	mkdir(at("journald.conf.d/20.conf"), 0755);
	settings_journald(&s, &j, &why);
	T_TRUE("one that is no file", why.code != ERR_NONE);
}

int
main(void)
{
	char command[96];

	snprintf(top, sizeof(top), "/tmp/forewarn-settings.XXXXXX");
	if (mkdtemp(top) == NULL)
		abort();
	arena = arena_new((size_t)256 << 20);
	includes();
	limits();
	system_files();
	arena_free(arena);
	snprintf(command, sizeof(command), "rm -rf %s", top);
	return system(command) != 0 || t_end();
}
