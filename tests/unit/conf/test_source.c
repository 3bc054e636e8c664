/* SPDX-License-Identifier: Apache-2.0 */
#include "conf/source.h"
#include "tests/t.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void
put(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0)
		abort();
}

/* A comment of so many bytes. */
static void
put_bytes(const char *path, size_t n)
{
	FILE *f = fopen(path, "w");

	for (size_t i = 0; f != NULL && i < n; i++)
		fputc(i % 1000 == 999 ? '\n' : '#', f);
	if (f == NULL || fclose(f) != 0)
		abort();
}

static const struct {
	const char *row, *text,
	    *want; /* a.conf is "a = 1;\n", b.conf "b = 1;" and no end of line */
} cases[] = {
	{ "no include", "x = 1;\ny = 2;\n", "x = 1;\ny = 2;\n" },
	{ "a file in its place", "x = 1;\n@include \"a.conf\"\ny = 2;\n",
	    "x = 1;\n\na = 1;\n\n/**/\ny = 2;\n" },
	{ "a file without an end of line", "\t @include\t\"b.conf\"; y = 2;",
	    "\nb = 1;\n/**/; y = 2;" },
	{ "one in a comment is none", "# x\n/*\n@include \"a.conf\"\n*/ //\n",
	    "# x\n/*\n@include \"a.conf\"\n*/ //\n" },
	{ "one in a text is none", "x = \"\n@include \\\"a.conf\\\"\\\\\";\n@include \"b.conf\"\n",
	    "x = \"\n@include \\\"a.conf\\\"\\\\\";\n\nb = 1;\n/**/\n" },
	{ "one that does not begin its line is none", "x = 1; @include \"a.conf\"\n",
	    "x = 1; @include \"a.conf\"\n" },
	{ "nor one behind another", "@include \"b.conf\" @include \"a.conf\"\n",
	    "\nb = 1;\n/**/ @include \"a.conf\"\n" },
	{ "nor one without a blank", "@include\"a.conf\"\n", "@include\"a.conf\"\n" },
	{ "nor one without an end", "@include \"a.conf\n", "@include \"a.conf\n" },
	{ "nor one whose name is not quoted", "@include a.conf\n", "@include a.conf\n" },
	{ "a text that does not end", "x = \"a\\", "x = \"a\\" },
	{ "a comment that does not end", "/* a", "/* a" },
	{ "nothing", "", "" },
};

static void
in_place(void)
{
	put("a.conf", "a = 1;\n");
	put("b.conf", "b = 1;");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena *a = arena_new((size_t)1 << 20);
		struct source s;

		put("f.conf", cases[i].text);
		source_read(&s, "f.conf", a);
		T_TEXT(cases[i].row, s.fault, NULL);
		T_TRUE(
		    "an end of line ends it", s.text.len > 0 && s.text.s[s.text.len - 1] == '\n');
		s.text.s[s.text.len - 1] = '\0';
		T_TEXT(cases[i].row, s.text.s, cases[i].want);
		source_fini(&s);
		arena_free(a);
	}
}

/* Whatever a text is cut to, its reading ends. */
static void
truncated(void)
{
	static const char whole[] = "x = \"\\\"\n\";\n@include \"a.conf\"\n/* */ # \n// \n y;\n";

	for (size_t n = 0; n < sizeof(whole); n++) {
		struct arena *a = arena_new((size_t)1 << 20);
		char *text = arena_textn(a, whole, n);
		struct source s;

		source_from(&s, "f.conf", text, a);
		T_TRUE("a truncation gives a text of at least its length",
		    s.fault == NULL && s.text.len + 32 > n);
		source_fini(&s);
		arena_free(a);
	}
}

static void
place(const struct source *s, unsigned line, const char *file, unsigned there)
{
	unsigned got;

	T_TEXT("the file of a line", source_file(s, line, &got), file);
	T_INT("the line there", got, there);
}

static void
places(void)
{
	struct arena *a = arena_new((size_t)1 << 20);
	struct source s;
	size_t len = 0;

	put("in.conf", "i = 1;\n\n@include \"sub/deep.conf\"\nj = 2;\n");
	if (mkdir("sub", 0755) < 0)
		abort();
	put("sub/deep.conf", "d = 1;\ne = 2;\n");
	put("f.conf", "x = 1;\n@include \"in.conf\" y = 2;\nz = 3;");
	source_read(&s, "f.conf", a);
	T_TEXT("an include within an include is named from the main file's folder", s.fault, NULL);
	T_TEXT("the whole", s.text.s,
	    "x = 1;\n\ni = 1;\n\n\nd = 1;\ne = 2;\n\n/**/\nj = 2;\n\n/**/ y = 2;\nz = 3;\n");
	place(&s, 0, "f.conf", 1);
	place(&s, 1, "f.conf", 1);
	place(&s, 3, "./in.conf", 1);
	place(&s, 6, "./sub/deep.conf", 1);
	place(&s, 7, "./sub/deep.conf", 2);
	place(&s, 10, "./in.conf", 4);
	place(&s, 12, "f.conf", 2);
	place(&s, 13, "f.conf", 3);
	place(&s, 99, "f.conf", 3);
	T_INT("files read", s.nfiles, 3);
	T_TRUE("a line of the text",
	    strncmp(source_line(&s, 7, &len), "e = 2;\n", 7) == 0 && len == 6);
	T_TRUE("its last", strcmp(source_line(&s, 13, &len), "z = 3;\n") == 0 && len == 6);
	T_TRUE("none behind it", source_line(&s, 14, &len) == NULL);
	source_fini(&s);
	arena_free(a);
}

/* The file has a fault that contains want; NULL: none. */
static void
fault(const char *row, const char *path, const char *want)
{
	struct arena *a = arena_new((size_t)8 << 20);
	struct source s;

	source_read(&s, path, a);
	if (want == NULL)
		T_TEXT(row, s.fault, NULL);
	else
		T_HAS(row, s.fault, want);
	source_fini(&s);
	arena_free(a);
}

static void
deep(void)
{
	char name[32], text[64];

	for (int i = 0; i <= CONF_INCLUDE_DEPTH; i++) {
		snprintf(name, sizeof(name), "deep%d.conf", i);
		snprintf(text, sizeof(text), "\n@include \"deep%d.conf\"\n", i + 1);
		put(name, i < CONF_INCLUDE_DEPTH ? text : "x = 1;\n");
	}
	fault("as deep as may be", "deep0.conf", NULL);
	put("up.conf", "@include \"deep0.conf\"\n");
	fault("and one deeper", "up.conf",
	    "up.conf:1: @include: ./deep0.conf:2: @include: ./deep1.conf:2: @include: ");
	fault("with the reason at the end", "up.conf",
	    "./deep10.conf: @include: nested more than 10 deep");
}

static void
many(void)
{
	struct str s;

	str_init(&s, (size_t)1 << 20);
	for (int i = 1; i < CONF_FILES_MAX; i++)
		str_add(&s, "@include \"a.conf\"\n");
	put("many.conf", s.s);
	fault("as many files as may be", "many.conf", NULL);
	str_add(&s, "@include \"a.conf\"\n");
	put("many.conf", s.s);
	fault("and one more", "many.conf",
	    "many.conf:1000: @include: ./a.conf: @include: more than 1000 files in all");
	str_fini(&s);
}

/* An include adds an end of line before and behind the file, and a comment. */
#define AROUND 6

static void
large(void)
{
	size_t whole = CONF_TEXT_MAX / (CONF_FILE_MAX + AROUND), n = 0;
	struct str s;

	put_bytes("large.conf", CONF_FILE_MAX);
	str_init(&s, 4096);
	for (; n < whole; n++)
		str_add(&s, "@include \"large.conf\"\n");
	str_add(&s, "@include \"rest.conf\"\n");
	put("f.conf", s.s);
	str_fini(&s);
	/* the end of each line with an @include stands in the text too */
	n = CONF_TEXT_MAX - whole * (CONF_FILE_MAX + AROUND + 1) - AROUND - 1;
	put_bytes("rest.conf", n);
	fault("as much text as may be", "f.conf", NULL);
	put_bytes("rest.conf", n + 1);
	fault("and a byte more", "f.conf", "f.conf: with all that is included over 33554432 bytes");
	put_bytes("large.conf", CONF_FILE_MAX + 1);
	fault("a file that is too large", "large.conf", "(at most 4194304)");
}

int
main(void)
{
	char dir[] = "/tmp/test_source.XXXXXX", clean_up[64];

	if (mkdtemp(dir) == NULL || chdir(dir) < 0)
		abort();
	in_place();
	truncated();
	places();
	deep();
	many();
	large();
	snprintf(clean_up, sizeof(clean_up), "rm -rf %s", dir); /* and nobody else's */
	if (chdir("/") < 0 || system(clean_up) != 0)
		abort();
	return t_end();
}
