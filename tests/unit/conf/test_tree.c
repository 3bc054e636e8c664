/* SPDX-License-Identifier: Apache-2.0 */
#include "conf/parse.h"
#include "conf/schema.h"
#include "conf/tree.h"
#include "tests/t.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static const char text[] = "site = \"Lab\\n\";\n"
			   "n = 7; big = 5000000000L; f = 1.5; yes = true;\n"
			   "checks = ( { id = \"a\"; },\n  [ 1, 2 ], \"t\", ( ) );\n"
			   "none = { };\n";

/* What parse_send makes of the text: the payload of its only frame. */
static struct frame
parsed(const char *what, struct arena *a)
{
	struct frame_reader r;
	struct frame f;
	struct err e;
	int p[2];

	if (pipe(p) < 0 || fcntl(p[1], F_SETPIPE_SZ, 1 << 20) < 0 || parse_send(what, p[1], &e) < 0)
		abort();
	close(p[1]);
	frame_reader_init(&r);
	while (frame_reader_fill(&r, p[0]) > 0)
		;
	close(p[0]);
	if (frame_reader_next(&r, &f, &e) != 1 || r.at != r.len)
		abort();
	f.data = memcpy(arena_alloc(a, f.len + 1), f.data, f.len);
	frame_reader_fini(&r);
	return f;
}

static void
both_ways(void)
{
	struct arena *a = arena_new(TREE_ARENA_MAX);
	struct frame f = parsed(text, a);
	const struct setting *s, *root;
	struct tree_in t;
	struct err e;

	tree_in_init(&t, a);
	T_INT("a whole tree", tree_take(&t, &f, &e), 1);
	root = t.root;
	T_INT("its settings", root != NULL ? root->n : 0, 7);
	if (root == NULL)
		return;
	s = setting_find(root, "site");
	T_TEXT("a text", s->text, "Lab\n");
	T_INT("its length", s->len, 4);
	T_INT("its line", s->line, 1);
	T_INT("a number", setting_find(root, "n")->number, 7);
	T_INT("a long one", setting_find(root, "big")->number, 5000000000);
	T_INT("a fraction", setting_find(root, "f")->kind, SETTING_FLOAT);
	T_INT("a boolean", setting_find(root, "yes")->number, 1);
	s = setting_find(root, "checks");
	T_INT("a list", s->kind, SETTING_LIST);
	T_INT("what stands in it", s->n, 4);
	T_TEXT("a group in it", setting_find(&s->all[0], "id")->text, "a");
	T_TRUE("what has no name", s->all[0].name == NULL);
	T_INT("an array in it", s->all[1].all[1].number, 2);
	T_INT("with its line", s->all[1].line, 4);
	T_TRUE("only groups are searched", setting_find(s, "id") == NULL);
	T_INT("an empty group", setting_find(root, "none")->n, 0);
	T_TRUE("what is not there", setting_find(root, "sites") == NULL);
	arena_free(a);
}

static void
broken(void)
{
	struct arena *a = arena_new(TREE_ARENA_MAX);
	struct frame f = parsed("x = 1;\ny = (;\n", a);
	struct tree_in t;
	struct err e;

	tree_in_init(&t, a);
	T_INT("broken syntax is an answer too", tree_take(&t, &f, &e), 1);
	T_TEXT("without a tree", t.root != NULL ? "a tree" : t.fault, "syntax error");
	T_INT("with its line", t.fault_line, 2);
	arena_free(a);
}

/* A shorter frame is not yet a tree, or is nonsense; and it never reads past its end. */
static void
truncated(void)
{
	struct arena *a = arena_new(TREE_ARENA_MAX);
	struct frame whole = parsed(text, a);

	for (size_t n = 0; n < whole.len; n++) {
		struct arena *each = arena_new(TREE_ARENA_MAX);
		uint8_t *exact = malloc(n + (n == 0));
		struct frame f = { .kind = TREE_SETTINGS, .data = exact, .len = n };
		struct tree_in t;
		struct err e;

		memcpy(exact, whole.data, n);
		tree_in_init(&t, each);
		T_TRUE("a truncation is no tree", tree_take(&t, &f, &e) < 1 && t.root == NULL);
		free(exact);
		arena_free(each);
	}
	arena_free(a);
}

/* One setting into the frame: its head. */
static void
head(struct frame *f, uint32_t kind, const char *name)
{
	frame_put_u32(f, kind);
	frame_put_u32(f, 1);
	frame_put_text(f, name);
}

/* The file, with n settings in it, begins. */
static void
file(struct frame *f, uint32_t n)
{
	frame_init(f, TREE_SETTINGS);
	head(f, SETTING_GROUP, NULL);
	frame_put_u32(f, n);
}

/* Takes the frame and frees it. */
static void
gives(const char *row, struct frame *f, int want)
{
	struct arena *a = arena_new(TREE_ARENA_MAX);
	struct tree_in t;
	struct err e;

	tree_in_init(&t, a);
	T_INT(row, tree_take(&t, f, &e), want);
	frame_fini(f);
	arena_free(a);
}

static void
texts(void)
{
	char *long_text = malloc(OPT_VALUE_MAX + 2);
	static const struct {
		const char *row;
		uint32_t len;
		size_t sent; /* bytes; SIZE_MAX: NULL */
		int want;
	} rows[] = {
		{ "the longest text", OPT_VALUE_MAX, OPT_VALUE_MAX, 1 },
		{ "a longer one is not sent", OPT_VALUE_MAX + 1, SIZE_MAX, 1 },
		{ "a longer one that is", OPT_VALUE_MAX + 1, OPT_VALUE_MAX + 1, -1 },
		{ "a short one that is not", OPT_VALUE_MAX, SIZE_MAX, -1 },
		{ "a length that is not the text's", 4, 5, -1 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct frame f;

		memset(long_text, 'x', OPT_VALUE_MAX + 2);
		if (rows[i].sent != SIZE_MAX)
			long_text[rows[i].sent] = '\0';
		file(&f, 1);
		head(&f, SETTING_TEXT, "a");
		frame_put_u32(&f, rows[i].len);
		frame_put_text(&f, rows[i].sent == SIZE_MAX ? NULL : long_text);
		gives(rows[i].row, &f, rows[i].want);
	}
	free(long_text);
}

static void
names(void)
{
	char name[TREE_NAME_MAX + 2];

	for (size_t n = TREE_NAME_MAX; n <= TREE_NAME_MAX + 1; n++) {
		struct frame f;

		memset(name, 'n', n);
		name[n] = '\0';
		file(&f, 1);
		head(&f, SETTING_FLOAT, name);
		gives(n == TREE_NAME_MAX ? "the longest name" : "a longer one", &f,
		    n == TREE_NAME_MAX ? 1 : -1);
	}
}

static void
deep(void)
{
	for (int n = TREE_DEPTH_MAX; n <= TREE_DEPTH_MAX + 1; n++) {
		struct frame f;

		file(&f, 1);
		for (int i = 1; i < n; i++) {
			head(&f, SETTING_LIST, i == 1 ? "a" : NULL);
			frame_put_u32(&f, 1);
		}
		head(&f, SETTING_FLOAT, NULL);
		gives(n == TREE_DEPTH_MAX ? "as deep as may be" : "and deeper", &f,
		    n == TREE_DEPTH_MAX ? 1 : -1);
	}
}

static void
lies(void)
{
	struct frame f;

	file(&f, TREE_SETTINGS_MAX - 1);
	gives("as many settings as may be are waited for", &f, 0);
	file(&f, TREE_SETTINGS_MAX);
	gives("and no more", &f, -1);
	file(&f, UINT32_MAX);
	gives("far more", &f, -1);
	file(&f, 1);
	head(&f, SETTING_KIND_N, "a");
	gives("a kind that there is not", &f, -1);
	file(&f, 1);
	head(&f, SETTING_BOOL, "a");
	frame_put_u32(&f, 2);
	gives("neither true nor false", &f, -1);
	file(&f, 0);
	head(&f, SETTING_FLOAT, "a");
	gives("more than was promised", &f, -1);
	file(&f, 1);
	head(&f, SETTING_FLOAT, NULL);
	gives("what stands in a group without a name", &f, -1);
	file(&f, 1);
	head(&f, SETTING_LIST, "a");
	frame_put_u32(&f, 1);
	head(&f, SETTING_FLOAT, "b");
	gives("what stands in a list with a name", &f, -1);
	frame_init(&f, TREE_SETTINGS);
	head(&f, SETTING_LIST, NULL);
	frame_put_u32(&f, 0);
	gives("a file that is a list", &f, -1);
	frame_init(&f, TREE_SETTINGS);
	gives("nothing", &f, -1);
	frame_init(&f, TREE_FAULT + 1);
	gives("another kind of message", &f, -1);
	frame_init(&f, TREE_FAULT);
	frame_put_u32(&f, 1);
	frame_put_text(&f, NULL);
	gives("a fault without words", &f, -1);
}

/* What the bytes of all frames may come to. */
static void
bytes(void)
{
	for (size_t more = 0; more <= 1; more++) {
		struct arena *a = arena_new(TREE_ARENA_MAX);
		struct tree_in t;
		struct frame f;
		struct err e;

		file(&f, 1);
		tree_in_init(&t, a);
		t.bytes = TREE_BYTES_MAX - f.len + more;
		T_INT(more == 0 ? "as many bytes as may be" : "and one more", tree_take(&t, &f, &e),
		    more == 0 ? 0 : -1);
		frame_fini(&f);
		arena_free(a);
	}
}

/* A tree of the deepest and longest that libconfig takes arrives cut, not refused. */
static void
cut(void)
{
	struct arena *a = arena_new(TREE_ARENA_MAX);
	char *long_text = arena_alloc(a, 3 * OPT_VALUE_MAX), *p = long_text;
	struct frame f;
	struct tree_in t;
	struct err e;

	for (int i = 0; i < 2 * TREE_DEPTH_MAX; i++)
		p += snprintf(p, 16, "a = { ");
	for (int i = 0; i < 2 * TREE_DEPTH_MAX; i++)
		p += snprintf(p, 16, "}; ");
	memset(p, 'n', 2 * TREE_NAME_MAX);
	p += 2 * TREE_NAME_MAX;
	p += snprintf(p, 16, " = \"");
	memset(p, 'x', OPT_VALUE_MAX + 1);
	p += OPT_VALUE_MAX + 1;
	snprintf(p, 16, "\";");
	f = parsed(long_text, a);
	tree_in_init(&t, a);
	T_INT("it is taken", tree_take(&t, &f, &e), 1);
	T_INT("the name is cut", t.root != NULL ? strlen(t.root->all[1].name) : 0, TREE_NAME_MAX);
	T_TRUE("the text is not there", t.root != NULL && t.root->all[1].text == NULL);
	T_INT("but its length", t.root != NULL ? t.root->all[1].len : 0, OPT_VALUE_MAX + 1);
	arena_free(a);
}

int
main(void)
{
	both_ways();
	broken();
	truncated();
	texts();
	names();
	deep();
	lies();
	bytes();
	cut();
	return t_end();
}
