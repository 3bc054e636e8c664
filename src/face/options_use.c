/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what a call does with its own face: reading its options and printing its help.
 */
#include "face/options.h"

#include "base/str.h"
#include "show/wrap.h"

#include <getopt.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS 79 /* a terminal has 80 */
#define TEXT_MAX ((size_t)1 << 16)
#define OPTS_MAX 32

const struct call *
face_of(const char *program, const char *call)
{
	for (const struct call *f = all_calls; f->program != NULL; f++)
		if (strcmp(f->program, program) == 0 && (call == NULL) == (f->call == NULL) &&
		    (call == NULL || strcmp(f->call, call) == 0))
			return f;
	abort();
}

/* The option with that key, or NULL. */
static const struct face_opt *
opt_of(const struct call *call, char key)
{
	for (const struct face_opt *o = call->opts; o->name != NULL; o++)
		if (o->key == key)
			return o;
	return NULL;
}

int
face_next(const struct call *call, int argc, char **argv)
{
	struct option longs[OPTS_MAX] = { 0 };
	char shorts[2 * OPTS_MAX] = "";
	size_t n = 0, s = 0;

	for (const struct face_opt *o = call->opts; o->name != NULL && n < OPTS_MAX - 1; o++) {
		longs[n++] = (struct option){ o->name,
			o->value != NULL ? required_argument : no_argument, NULL, o->key };
		if (!o->brief)
			continue;
		shorts[s++] = o->key;
		if (o->value != NULL)
			shorts[s++] = ':';
	}
	shorts[s] = '\0';
	return getopt_long(argc, argv, shorts, longs, NULL);
}

/* "a, b or c" */
static void
add_words(struct str *out, const char *words)
{
	for (const char *p = words; *p != '\0';) {
		size_t n = strcspn(p, " ");

		str_addf(out, "%.*s", (int)n, p);
		p += n;
		if (*p == '\0')
			break;
		str_add(out, strchr(++p, ' ') != NULL ? ", " : " or ");
	}
}

const char *
face_words(const struct call *call, char key, char *buf, size_t size)
{
	const struct face_opt *o = opt_of(call, key);
	struct str s;

	str_init(&s, TEXT_MAX);
	if (o != NULL && o->words != NULL)
		add_words(&s, o->words);
	snprintf(buf, size, "%s", s.s != NULL ? s.s : "");
	str_fini(&s);
	return buf;
}

/* Lines by the columns of UTF-8, wherever the terminal stands. */
static void
utf8(void)
{
	if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
		setlocale(LC_CTYPE, "");
}

static void
paragraph(const char *text, int used, int indent)
{
	struct str s;

	str_init(&s, TEXT_MAX);
	wrap_text(&s, text, COLUMNS, used, indent);
	fputs(s.s, stdout);
	str_fini(&s);
}

/* What stands behind the name of the call, or of a call's word. */
static void
synopsis(const struct call *f, const struct face_sub *sub, struct str *out)
{
	const char *operand = sub != NULL ? sub->operand : f->operand;

	str_addf(
	    out, "%s%s%s", f->program, f->call != NULL ? " " : "", f->call != NULL ? f->call : "");
	if (sub != NULL)
		str_addf(out, " %s", sub->name);
	for (const struct face_opt *o = f->opts; o->name != NULL; o++) {
		bool own = sub == NULL ? f->subs == NULL : false;

		if (sub != NULL && sub->takes != NULL)
			own = strchr(sub->takes, o->key) != NULL;
		if (!own || o->key == 'h' || o->key == 'V')
			continue;
		if (o->brief)
			str_addf(out, " [-%c", o->key);
		else
			str_addf(out, " [--%s", o->name);
		str_addf(
		    out, "%s%s]", o->value != NULL ? " " : "", o->value != NULL ? o->value : "");
	}
	if (operand != NULL)
		str_addf(out, " %s", operand);
}

static void
print_synopsis(const struct call *f, const struct face_sub *sub)
{
	struct str s;

	str_init(&s, TEXT_MAX);
	synopsis(f, sub, &s);
	paragraph(s.s, 0, 8);
	str_fini(&s);
}

static void
print_opts(const struct face_opt *opts)
{
	int width = 0;

	for (const struct face_opt *o = opts; o->name != NULL; o++) {
		int n = (int)strlen(o->name) + (o->value != NULL ? 1 + (int)strlen(o->value) : 0);

		width = n > width ? n : width;
	}
	for (const struct face_opt *o = opts; o->name != NULL; o++) {
		char head[96];

		snprintf(head, sizeof(head), "--%s%s%s", o->name, o->value != NULL ? " " : "",
		    o->value != NULL ? o->value : "");
		printf("  %c%c%s %-*s  ", o->brief ? '-' : ' ', o->brief ? o->key : ' ',
		    o->brief ? "," : " ", width + 2, head);
		paragraph(o->help, width + 10, width + 10);
	}
}

static void
print_exits(const struct face_exit *exits)
{
	struct str s;

	str_init(&s, TEXT_MAX);
	str_add(&s, "Exit codes: ");
	for (const struct face_exit *x = exits; x->when != NULL; x++)
		str_addf(&s, "%d %s%s", x->code, x->when, x[1].when != NULL ? "; " : ".");
	paragraph(s.s, 0, 0);
	str_fini(&s);
}

int
face_help(const struct call *f)
{
	utf8();
	if (f->subs == NULL || f->operand != NULL || opt_of(f, 'f') != NULL) {
		if (f->subs == NULL)
			print_synopsis(f, NULL);
		else
			printf("%s %s\n", f->program, f->call);
	}
	for (const struct face_sub *s = f->subs; s != NULL && s->name != NULL; s++) {
		print_synopsis(f, s);
		fputs("      ", stdout);
		paragraph(s->help, 6, 6);
	}
	putchar('\n');
	paragraph(f->about, 0, 0);
	if (f->more != NULL)
		paragraph(f->more, 0, 0);
	putchar('\n');
	print_opts(f->opts);
	putchar('\n');
	print_exits(f->exits);
	return 0;
}

void
face_overview(const char *program)
{
	utf8();
	for (const struct call *f = all_calls; f->program != NULL; f++) {
		struct str s;

		if (strcmp(f->program, program) != 0)
			continue;
		str_init(&s, TEXT_MAX);
		str_addf(&s, "  %s %s", program, f->call);
		for (const struct face_sub *w = f->subs; w != NULL && w->name != NULL; w++)
			str_addf(&s, "%s%s", w == f->subs ? " " : "|", w->name);
		str_addf(&s, "%s%s%s",
		    f->subs == NULL && f->opts[1].name != NULL ? " [options]" : "",
		    f->operand != NULL ? " " : "", f->operand != NULL ? f->operand : "");
		printf("%s\n      %s\n", s.s, f->help);
		str_fini(&s);
	}
}
