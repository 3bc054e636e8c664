/* SPDX-License-Identifier: Apache-2.0
 *
 * What the readers find in the sample machines of tests/data/init: each folder's tree is read by
 * all of them, and must give its list of what is expected, no more and no less.
 */
#include "tests/t.h"

#include "base/file.h"
#include "base/str.h"
#include "init/readers/follow.h"
#include "init/readers/latest.h"
#include "init/readers/readers.h"
#include "init/readers/tree.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define DATA "tests/data/init"

struct heard {
	struct arena *a;
	const char **v;
	size_t n, cap;
};

static void
hear(struct heard *h, const char *line)
{
	for (size_t i = 0; i < h->n; i++)
		if (strcmp(h->v[i], line) == 0)
			return;
	h->v = arena_grow(h->a, h->v, h->n, &h->cap, sizeof(*h->v));
	h->v[h->n++] = arena_text(h->a, line);
}

static void
thing(void *self, enum role role, const char *path, bool there, struct spot spot)
{
	struct heard *h = self;

	(void)role;
	T_TRUE("its place has a line", spot.line > 0 && spot.file[0] == '/');
	hear(h, there ? path : arena_printf(h->a, "%s (nothing is there)", path));
}

static void
name(void *self, enum role role, const char *text)
{
	struct heard *h = self;

	hear(h, arena_printf(h->a, "%s %s", role == ROLE_PORT ? "port" : "name", text));
}

static void
puzzle(void *self, const char *words, const char *why, struct spot s)
{
	struct heard *h = self;

	hear(h, arena_printf(h->a, "? %s: %s:%lu: %s%s%s", s.program, s.file, s.line, words,
		    why != NULL ? ": " : "", why != NULL ? why : ""));
}

static void
unread(void *self, const char *path, const struct err *e)
{
	struct heard *h = self;

	hear(h, arena_printf(h->a, "! %s: %s", path, e->msg));
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static const char *
heard_in(const char *root, struct arena *a)
{
	struct heard h = { .a = a };
	const struct listener l = { &h, thing, name, puzzle, unread };
	const char *text = "";
	size_t files = 0;

	for (size_t i = 0; readers[i] != NULL; i++)
		follow(readers[i], root, &files, &l);
	if (h.n > 0)
		qsort(h.v, h.n, sizeof(*h.v), by_text);
	for (size_t i = 0; i < h.n; i++)
		text = arena_printf(a, "%s%s\n", text, h.v[i]);
	return text;
}

static void
samples(void)
{
	struct arena *a = arena_new((size_t)64 << 20);
	const char **machines;
	size_t n, len;
	struct err e;

	machines = tree_names("", DATA, NULL, 1000, a, &n);
	T_TRUE("there are machines to look at", n > 35);
	for (size_t i = 0; i < n; i++) {
		char *expected;

		if (strcmp(machines[i], "README.md") == 0)
			continue;
		T_INT(machines[i],
		    file_read(AT_FDCWD, arena_printf(a, DATA "/%s/expected", machines[i]),
			FILE_FOLLOW, 1 << 20, a, &expected, &len, &e),
		    0);
		T_TEXT(machines[i], heard_in(arena_printf(a, DATA "/%s/tree", machines[i]), a),
		    expected);
	}
	arena_free(a);
}

/* ---- limits, on trees that are made here */

static char root[] = "/tmp/forewarn-readers-XXXXXX";

static void
put(struct arena *a, const char *path, const char *text)
{
	const char *full = arena_printf(a, "%s%s", root, path);
	int fd;

	for (const char *p = full + strlen(root) + 1; (p = strchr(p, '/')) != NULL; p++)
		mkdir(arena_textn(a, full, (size_t)(p - full)), 0700);
	fd = open(full, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	T_TRUE("a file is made", fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	close(fd);
}

/* nginx.conf includes 1.conf, and so on; the last names a certificate. */
static void
chain_of(struct arena *a, int files)
{
	for (int i = 0; i < files; i++)
		put(a, i == 0 ? "/etc/nginx/nginx.conf" : arena_printf(a, "/etc/nginx/%d.conf", i),
		    i + 1 < files ? arena_printf(a, "include %d.conf;\n", i + 1)
				  : "ssl_certificate /deep.pem;\n");
}

static void
depth(void)
{
	struct arena *a = arena_new((size_t)16 << 20);

	chain_of(a, FOLLOW_DEPTH_MAX);
	T_TEXT("as deep as is allowed", heard_in(root, a), "/deep.pem (nothing is there)\n");
	chain_of(a, FOLLOW_DEPTH_MAX + 1);
	T_TEXT("one deeper is said", heard_in(root, a),
	    "? nginx: /etc/nginx/15.conf:1: include 16.conf: there are files within files more "
	    "than 16 deep\n");
	arena_free(a);
}

static void
length(void)
{
	struct arena *a = arena_new((size_t)64 << 20);
	char *text = arena_alloc(a, FOLLOW_FILE_MAX + 2);
	static const char line[] = "ssl_certificate /long.pem;";

	memset(text, '\n', FOLLOW_FILE_MAX);
	memcpy(text + FOLLOW_FILE_MAX - strlen(line), line, strlen(line));
	put(a, "/etc/nginx/nginx.conf", text);
	T_TEXT("as long as is allowed", heard_in(root, a), "/long.pem (nothing is there)\n");
	text[FOLLOW_FILE_MAX] = '\n';
	put(a, "/etc/nginx/nginx.conf", text);
	T_HAS("one byte more is said", heard_in(root, a), "! /etc/nginx/nginx.conf: ");
	arena_free(a);
}

static void
count(void)
{
	struct arena *a = arena_new((size_t)16 << 20);
	size_t files = FOLLOW_FILES_MAX - 1;
	struct heard h = { .a = a };
	const struct listener l = { &h, thing, name, puzzle, unread };

	put(a, "/etc/nginx/nginx.conf", "ssl_certificate /a.pem; include more.conf;\n");
	put(a, "/etc/nginx/more.conf", "ssl_certificate /b.pem;\n");
	for (size_t i = 0; readers[i] != NULL; i++)
		follow(readers[i], root, &files, &l);
	T_INT("the last file that is allowed", h.n, 2);
	T_TEXT("it is read", h.v[0], "/a.pem (nothing is there)");
	T_TEXT("one more is not, and that is said", h.n > 1 ? h.v[1] : "",
	    "! /etc/nginx/more.conf: 4000 files were read before it");
	arena_free(a);
}

/* As many includes as one program may have, and one more. */
static void
includes(void)
{
	struct arena *a = arena_new((size_t)16 << 20);
	struct str text;

	str_init(&text, (size_t)1 << 20);
	for (int i = 0; i < FOLLOW_INCLUDES_MAX; i++)
		str_addf(&text, "include more.conf;%s", i % 100 == 0 ? "\n" : "");
	put(a, "/etc/nginx/nginx.conf", text.s);
	put(a, "/etc/nginx/more.conf", "ssl_certificate /b.pem;\n");
	T_TEXT("as many as are allowed", heard_in(root, a), "/b.pem (nothing is there)\n");
	str_add(&text, "\ninclude last.conf;\n");
	put(a, "/etc/nginx/nginx.conf", text.s);
	T_TEXT("one more is said", heard_in(root, a),
	    "/b.pem (nothing is there)\n? nginx: /etc/nginx/nginx.conf:42: include last.conf: "
	    "there "
	    "are more than 4000 of its kind\n");
	str_fini(&text);
	arena_free(a);
}

/* Many sections of one program: those whose last value is not waited for are told at once. */
static void
sections(void)
{
	struct arena *a = arena_new((size_t)64 << 20);
	struct str text;

	str_init(&text, (size_t)1 << 20);
	for (int i = 0; i <= LATEST_MAX; i++)
		str_addf(&text, "[s%d]\nssl-cert=/s.pem\n", i);
	put(a, "/etc/mysql/my.cnf", text.s);
	put(a, "/etc/nginx/nginx.conf", "");
	T_TEXT("none is lost", heard_in(root, a), "/s.pem (nothing is there)\n");
	str_clear(&text);
	str_add(&text, "[s]\nssl-cert=/1.pem\nssl-cert=/2.pem\n");
	for (int i = 0; i < LATEST_MAX; i++)
		str_addf(&text, "[s%d]\nssl-cert=/s.pem\n", i);
	str_add(&text, "ssl-cert=/last.pem\n");
	put(a, "/etc/mysql/my.cnf", text.s);
	T_TEXT("one more is watched too", heard_in(root, a),
	    "/2.pem (nothing is there)\n/last.pem (nothing is there)\n/s.pem (nothing is there)\n");
	put(a, "/etc/mysql/my.cnf", "");
	str_fini(&text);
	arena_free(a);
}

/* Folders that lead to themselves by ten ways. */
static void
rings(void)
{
	struct arena *a = arena_new((size_t)16 << 20);

	put(a, "/etc/apache2/apache2.conf", "Include ring\n");
	put(a, "/etc/apache2/ring/x", "SSLCertificateFile /ring.pem\n");
	for (int i = 0; i < 10; i++)
		T_INT(
		    "a link", symlink(".", arena_printf(a, "%s/etc/apache2/ring/l%d", root, i)), 0);
	T_TEXT("each is entered once", heard_in(root, a), "/ring.pem (nothing is there)\n");
	put(a, "/etc/apache2/apache2.conf", "");
	arena_free(a);
}

/* A link in an image leads to the image's root, as it would for the programs there. */
static void
links(void)
{
	struct arena *a = arena_new((size_t)16 << 20);
	char path[64];

	put(a, "/etc/nginx/nginx.conf", "include /etc/nginx/on/*; include round;\n");
	put(a, "/etc/nginx/off/site", "ssl_certificate /site.pem;\n");
	put(a, "/etc/nginx/on/x", "");
	snprintf(path, sizeof(path), "%s/etc/nginx/on/a", root);
	T_INT("an absolute link", symlink("/etc/nginx/off/site", path), 0);
	snprintf(path, sizeof(path), "%s/etc/nginx/round", root);
	T_INT("a link to itself", symlink("round", path), 0);
	T_TEXT("the link is followed within the root", heard_in(root, a),
	    "/site.pem (nothing is there)\n"
	    "? nginx: /etc/nginx/nginx.conf:1: include round: there is no such file\n");
	T_TEXT("up from the top is the top", tree_real(root, "/../../etc/./nginx/", a, NULL, NULL),
	    "/etc/nginx");
	arena_free(a);
}

int
main(void)
{
	char command[64];

	samples();
	T_TRUE("a folder for trees", mkdtemp(root) != NULL);
	depth();
	length();
	count();
	includes();
	sections();
	rings();
	links();
	snprintf(command, sizeof(command), "rm -rf %s", root);
	T_INT("cleared away", system(command), 0);
	return t_end();
}
