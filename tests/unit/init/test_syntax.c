/* SPDX-License-Identifier: Apache-2.0
 *
 * The pieces that readers are made of, and their limits: each at it, and one past it.
 */
#include "tests/t.h"

#include "base/str.h"
#include "init/readers/conditions.h"
#include "init/readers/grammars.h"
#include "init/readers/latest.h"
#include "init/readers/match.h"
#include "init/readers/meaning.h"
#include "init/readers/scan.h"
#include "init/readers/syntax.h"
#include "init/readers/tree.h"
#include "init/readers/values.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct arena *a;

/* Statements as one text: words parted by "|", "{" and "}" for blocks, ";" behind each. */
static const char *
cut(const struct grammar *g, const char *text)
{
	const char *out = "";
	struct statement s;
	struct syntax syn;

	syntax_init(&syn, g, text, strlen(text), a);
	while (syntax_next(&syn, &s)) {
		for (size_t i = 0; i < s.n; i++)
			out = arena_printf(a, "%s%s%s", out, i > 0 ? "|" : "", s.word[i]);
		out = arena_printf(a, "%s%s;", out,
		    s.kind == STATEMENT_OPENS    ? "{"
		    : s.kind == STATEMENT_CLOSES ? "}"
		    : s.kind == STATEMENT_RAW    ? "<>"
						 : "");
	}
	return out;
}

static void
statements(void)
{
	static const struct grammar braces = {
		.comment = "#", .quotes = "\"'", .escapes = true, .ends = ";", .blocks = true
	};
	static const struct grammar caddy = {
		.comment = "#", .quotes = "\"", .lines = true, .blocks = true, .blocks_apart = true
	};
	static const struct grammar folded = { .comment = "#",
		.comment_starts_line = true,
		.lines = true,
		.indent_continues = true,
		.assigns = "=" };
	static const struct grammar joining = { .comment = "#",
		.comment_starts_line = true,
		.lines = true,
		.backslash_continues = true };
	static const struct grammar raw = { .lines = true, .tags = TAGS_RAW };

	T_TEXT("several on a line", cut(&braces, "a b; c d;e"), "a|b;c|d;e;");
	T_TEXT("blocks", cut(&braces, "a { b c } d"), "a{;b|c;};d;");
	T_TEXT("quotes and escapes", cut(&braces, "a \"b c\" 'd;' e\\ f;"), "a|b c|d;|e f;");
	T_TEXT("a quote without an end is a letter", cut(&braces, "a \"b; c"), "a|\"b;c;");
	T_TEXT("a comment hides the rest of its line", cut(&braces, "a # b;\nc;"), "a|c;");
	T_TEXT("a mark of byte order",
	    cut(&braces, "\xef\xbb\xbf"
			 "a;"),
	    "a;");
	T_TEXT("lines of Windows", cut(&grammar_lines, "a = b\r\nc = d\r\n"), "a|b;c|d;");
	T_TEXT("= parts the first two words only", cut(&grammar_lines, "a=b=c d"), "a|b=c|d;");
	T_TEXT("an indented line goes on, over comments", cut(&folded, "a = b\n# x\n\n c\nd = e"),
	    "a|b|c;d|e;");
	T_TEXT("a joined line begins no comment", cut(&joining, "a \\\n#b\n#c\nd"), "a|#b;d;");
	T_TEXT("a variable in braces is one word", cut(&braces, "a ${b}/c;"), "a|${b}/c;");
	T_TEXT("a brace without a blank is a placeholder", cut(&caddy, "a {$B}/c {\n}\n"),
	    "a|{$B}/c{;};");
	T_TEXT("a raw block is skipped", cut(&raw, "<a>\nb c\n</a>\nd e"), "a<>;d|e;");
	T_TEXT("a raw block without an end", cut(&raw, "<a>\nb c"), "a<>;");
	T_TEXT("lists of YAML", cut(&grammar_yaml, "- a: b\n  - --c=d"), "a|b;--c|d;");
	T_TEXT("JSON", cut(&grammar_json, "{\"a\": \"b\", \"c\": [1, 2]}"), "{;a|b;c|1;2;};");
	T_TEXT("nothing", cut(&braces, ""), "");
	T_TEXT("only ends", cut(&braces, ";;}{;"), "};{;");
}

static void
words_and_depth(void)
{
	static const struct grammar g = { .ends = ";", .blocks = true };
	struct statement s;
	struct syntax syn;
	struct str text;

	str_init(&text, 1 << 16);
	for (size_t i = 0; i < SYNTAX_WORDS_MAX; i++)
		str_add(&text, "w ");
	syntax_init(&syn, &g, text.s, text.len, a);
	T_TRUE("as many words as are kept",
	    syntax_next(&syn, &s) && s.n == SYNTAX_WORDS_MAX && s.more == 0);
	str_add(&text, "w");
	syntax_init(&syn, &g, text.s, text.len, a);
	T_TRUE(
	    "one more is counted", syntax_next(&syn, &s) && s.n == SYNTAX_WORDS_MAX && s.more == 1);
	str_clear(&text);
	for (size_t i = 0; i <= SYNTAX_DEPTH_MAX; i++)
		str_addf(&text, "b%zu { x; ", i);
	for (size_t i = 0; i <= SYNTAX_DEPTH_MAX; i++)
		str_add(&text, "} y; ");
	syntax_init(&syn, &g, text.s, text.len, a);
	for (size_t i = 0; syntax_next(&syn, &s); i++) {
		if (i == 2 * SYNTAX_DEPTH_MAX - 1)
			T_TEXT("the deepest block that is named", s.block, "b31");
		if (i == 2 * SYNTAX_DEPTH_MAX + 1)
			T_TEXT("one deeper is not", s.block, "b31");
		if (i == 2 * SYNTAX_DEPTH_MAX + 3)
			T_TEXT("outside of it again", s.block, "b31");
	}
	T_INT("all are closed", syn.depth, 0);
	str_fini(&text);
}

/* "${xxx…}" of n bytes as the second word of two. */
static size_t
words_with_braces(size_t n)
{
	static const struct grammar g = { .ends = ";", .blocks = true };
	char *text = arena_alloc(a, n + 3);
	struct statement s;
	struct syntax syn;

	memset(text, ' ', n + 2);
	memcpy(text, "a ${", 4);
	text[n + 1] = '}';
	syntax_init(&syn, &g, text, n + 2, a);
	T_TRUE("there is a statement", syntax_next(&syn, &s));
	return s.kind == STATEMENT_PLAIN ? s.n : 0;
}

/* A quoted part of n bytes with a blank in it, then another word. */
static size_t
words_with_quotes(size_t n)
{
	static const struct grammar g = { .quotes = "'", .ends = ";" };
	char *text = arena_alloc(a, n + 5);
	struct statement s;
	struct syntax syn;

	memset(text, 'x', n + 2);
	text[0] = text[n + 1] = '\'';
	text[1] = ' ';
	memcpy(text + n + 2, " y", 2);
	syntax_init(&syn, &g, text, n + 4, a);
	T_TRUE("there is a statement", syntax_next(&syn, &s));
	return s.n;
}

static void
variables(void)
{
	struct values v = { .arena = a };
	unsigned all = VALUE_DOLLAR | VALUE_BRACE | VALUE_PAREN;

	values_set(&v, "a", "1");
	values_set(&v, "b", "$a$a");
	values_set(&v, "empty", "");
	values_set(&v, "loop", "x$loop");
	T_TEXT("three forms", values_fill(&v, all, "$a-${a}-$(a)"), "1-1-1");
	T_TEXT("within one another", values_fill(&v, all, "$b"), "11");
	T_TEXT("if it has a value", values_fill(&v, all, "${a?yes}${empty?no}"), "yes");
	T_TEXT("if it has none", values_fill(&v, all, "${empty:$a}${gone:x}"), "1x");
	T_TEXT("one that is not known", values_fill(&v, all, "$gone"), NULL);
	T_TEXT("in a shell that is nothing", values_fill(&v, all | VALUE_EMPTY, "/$gone"), "/");
	T_TEXT("one that means itself", values_fill(&v, all, "$loop"), NULL);
	T_TEXT("a form that is not this program's", values_fill(&v, VALUE_BRACE, "$a"), "$a");
	T_TEXT("of Caddy", values_fill(&v, VALUE_CADDY, "{$a}{$gone:y}"), "1y");
	T_TEXT("of Dovecot", values_fill(&v, VALUE_SETTING, "$SET:a$ENV:a"), "11");
	values_set(&v, "DIR", "/etc");
	T_TEXT("a macro stands alone", values_fill(&v, VALUE_MACRO, "DIR/xDIR/DIRx"),
	    "/etc/xDIR/DIRx");
	values_set(&v, "a", "2");
	T_TEXT("the later value", values_fill(&v, all, "$a"), "2");
}

static const char *
chain(size_t depth, unsigned uses)
{
	struct values v = { .arena = a };
	const char *text = "";

	for (size_t i = 0; i < depth; i++)
		values_set(&v, arena_printf(a, "v%zu", i),
		    i + 1 < depth ? arena_printf(a, "$v%zu", i + 1) : "end");
	for (unsigned i = 0; i < uses; i++)
		text = arena_printf(a, "%s$v0", text);
	return values_fill(&v, VALUE_DOLLAR, text);
}

static void
variable_limits(void)
{
	struct values v = { .arena = a };
	struct str text;

	T_TEXT("as deep as is allowed", chain(VALUE_DEPTH_MAX, 1), "end");
	T_TEXT("one deeper", chain(VALUE_DEPTH_MAX + 1, 1), NULL);
	T_TRUE("as many uses as are allowed", chain(1, VALUE_USES_MAX) != NULL);
	T_TRUE("one more", chain(1, VALUE_USES_MAX + 1) == NULL);
	for (size_t i = 0; i <= VALUES_MAX; i++)
		values_set(&v, arena_printf(a, "n%zu", i), "x");
	T_TRUE("as many as are kept",
	    values_fill(&v, VALUE_DOLLAR, arena_printf(a, "$n%d", VALUES_MAX - 1)) != NULL);
	T_TRUE("one more is unknown",
	    values_fill(&v, VALUE_DOLLAR, arena_printf(a, "$n%d", VALUES_MAX)) == NULL);
	str_init(&text, 2 * VALUE_BYTES_MAX);
	str_add(&text, "$n0");
	while (text.len < VALUE_BYTES_MAX + 2)
		str_addc(&text, '/');
	T_TRUE("as long as is allowed", values_fill(&v, VALUE_DOLLAR, text.s) != NULL);
	str_addc(&text, '/');
	T_TRUE("one longer", values_fill(&v, VALUE_DOLLAR, text.s) == NULL);
	str_fini(&text);
}

static void
if_and_else(void)
{
	struct conditions c = { 0 };

	T_TRUE("no condition", conditions_on(&c));
	conditions_take(&c, ROLE_IF, false);
	T_TRUE("not so", !conditions_on(&c));
	conditions_take(&c, ROLE_ELSE, false);
	T_TRUE("else", conditions_on(&c));
	conditions_take(&c, ROLE_IF_NOT, false);
	T_TRUE("within it", conditions_on(&c));
	conditions_take(&c, ROLE_END_IF, false);
	conditions_take(&c, ROLE_END_IF, false);
	conditions_take(&c, ROLE_END_IF, false);
	T_TRUE("an end too many", conditions_on(&c));
	for (size_t i = 0; i < CONDITIONS_MAX; i++)
		conditions_take(&c, ROLE_IF, true);
	T_TRUE("as deep as is kept", conditions_on(&c));
	conditions_take(&c, ROLE_IF, true);
	T_TRUE("one deeper does not count", !conditions_on(&c));
	conditions_take(&c, ROLE_END_IF, true);
	T_TRUE("and then again", conditions_on(&c));
	T_TRUE("another role is none of it", !conditions_take(&c, ROLE_CERT, true));
}

static void
meanings(void)
{
	T_TRUE("no file", meaning_nothing("none") && meaning_nothing("") && meaning_nothing("OFF"));
	T_TRUE("a token", meaning_nothing("pkcs11:token=x") && meaning_nothing("%smartcard"));
	T_TRUE("a file", !meaning_nothing("/none") && !meaning_nothing("office"));
	T_TEXT("of Dovecot", meaning_bare("</a"), "/a");
	T_TEXT("of an address", meaning_bare("file:///a"), "/a");
	T_TRUE("open", meaning_open("/$a") && meaning_open("${a}") && meaning_open("{env.A}") &&
			   meaning_open("%{x}") && meaning_open("data:x"));
	T_TRUE("not open",
	    !meaning_open("/a$") && !meaning_open("/a$1/b%") && !meaning_open("/metadata:x"));
	T_TRUE("the system's own",
	    meaning_system_trust("/etc/ssl/certs/ca-certificates.crt") &&
		meaning_system_trust("/etc/ssl/certs") &&
		meaning_system_trust("${if exists{/etc/ssl/certs/ca-certificates.crt}{a}{b}}"));
	T_TRUE("one in its folder is not", !meaning_system_trust("/etc/ssl/certs/mine.pem"));
	T_TRUE("- is _", match_same("ssl-Cert", "SSL_cert") && !match_same("ssl", "ssl-cert"));
}

/* link1 leads to link2, and so on; the last to "end". */
static const char *
links(size_t n)
{
	char root[] = "/tmp/forewarn-links-XXXXXX", command[64];
	const char *real, *out;

	if (mkdtemp(root) == NULL)
		return "no folder";
	for (size_t i = 1; i <= n; i++)
		if (symlink(i < n ? arena_printf(a, "link%zu", i + 1) : ".",
			arena_printf(a, "%s/link%zu", root, i)) < 0)
			return "no link";
	errno = 0;
	real = tree_real(root, "/link1", a, NULL, NULL);
	out = real != NULL ? real : errno == ELOOP ? "ELOOP" : "another error";
	snprintf(command, sizeof(command), "rm -rf %s", root);
	T_INT("cleared away", system(command), 0);
	return out;
}

int
main(void)
{
	a = arena_new((size_t)64 << 20);
	statements();
	words_and_depth();
	T_INT("as long as is looked", words_with_braces(SCAN_NEAR_MAX), 2);
	T_INT("one longer is a block", words_with_braces(SCAN_NEAR_MAX + 1), 0);
	T_INT("quotes as far as is looked", words_with_quotes(SCAN_NEAR_MAX - 1), 2);
	T_INT("one further they are letters", words_with_quotes(SCAN_NEAR_MAX), 3);
	variables();
	variable_limits();
	if_and_else();
	meanings();
	T_TEXT("as many links as are allowed", links(TREE_LINKS_MAX), "/");
	T_TEXT("one more", links(TREE_LINKS_MAX + 1), "ELOOP");
	arena_free(a);
	return t_end();
}
