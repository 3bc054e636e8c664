/* SPDX-License-Identifier: Apache-2.0
 *
 * Completions for zsh: the specifications of _arguments, one list for each call and each word of a
 * call.
 */
#include "face/gen/pages.h"

#include "face/gen/faces.h"

#include "probes/specs.h"

#include <string.h>

/* Inside '...' of a specification, where : [ ] \ have a meaning. */
static void
quoted(const char *s, const char *special)
{
	for (; *s != '\0'; s++) {
		if (*s == '\'') {
			fputs("'\\''", stdout);
			continue;
		}
		if (strchr(special, *s) != NULL)
			putchar('\\');
		putchar(*s);
	}
}

static void
option(const struct face_opt *o)
{
	fputs(" \\\n\t\t", stdout);
	if (o->brief)
		printf("'(-%c --%s)'{-%c%s,--%s%s}'[", o->key, o->name, o->key,
		    o->value != NULL ? "+" : "", o->name, o->value != NULL ? "=" : "");
	else
		printf("'--%s%s[", o->name, o->value != NULL ? "=" : "");
	quoted(o->help, ":[]\\");
	putchar(']');
	switch (face_value(o)) {
	case VALUE_NONE:
		break;
	case VALUE_TEXT:
		printf(":%s: ", o->value);
		break;
	case VALUE_WORDS:
		printf(":%s:(%s)", o->value, o->words);
		break;
	case VALUE_FILE:
		printf(":%s:_files", o->value);
		break;
	case VALUE_DIR:
		printf(":%s:_files -/", o->value);
		break;
	}
	putchar('\'');
}

static void
operand(enum face_operand kind, const char *at)
{
	switch (kind) {
	case FACE_NONE:
		return;
	case FACE_TEXT:
		printf(" \\\n\t\t'%s: '", at);
		return;
	case FACE_FILES:
		printf(" \\\n\t\t'%sfile:_files'", at);
		return;
	case FACE_CHECKS:
		printf(" \\\n\t\t'%scheck:_forewarn_checks'", at);
		return;
	case FACE_PROBES:
		printf(" \\\n\t\t'%sprobe:(", at);
		for (const struct probe_spec *const *p = probe_specs; *p != NULL; p++)
			printf("%s%s", p != probe_specs ? " " : "", (*p)->name);
		fputs(")'", stdout);
		return;
	}
}

static void
arguments(const struct call *f, const struct face_sub *sub, const char *flags)
{
	printf("\t_arguments -s %s", flags);
	for (const struct face_opt *o = f->opts; o->name != NULL; o++)
		if (face_offered(f, sub, o))
			option(o);
}

static void
call_with_words(const struct call *f)
{
	fputs("\tlocal curcontext=$curcontext state line\n\ttypeset -A opt_args\n", stdout);
	arguments(f, NULL, "-C");
	puts(" \\\n\t\t'1:word:->word' '*::rest:->rest' && return\n"
	     "\tcase $state in\n\tword)\n\t\tlocal -a words_=(");
	for (const struct face_sub *s = f->subs; s->name != NULL; s++) {
		printf("\t\t\t'%s:", s->name);
		quoted(s->help, "\\");
		puts("'");
	}
	puts("\t\t)\n\t\t_describe word words_ ;;\n\trest)\n\t\tcase $line[1] in");
	for (const struct face_sub *s = f->subs; s->name != NULL; s++) {
		printf("\t\t%s)\n\t", s->name);
		arguments(f, s, "");
		operand(s->kind, "1:");
		puts(" ;;");
	}
	puts("\t\tesac ;;\n\tesac");
}

static void
one(const struct call *f)
{
	printf("_%s%s%s()\n{\n", f->program, f->call != NULL ? "-" : "",
	    f->call != NULL ? f->call : "");
	if (f->subs != NULL) {
		call_with_words(f);
	} else {
		arguments(f, NULL, "");
		operand(f->kind, f->kind == FACE_CHECKS ? "*:" : "1:");
		puts("");
	}
	puts("}");
}

void
complete_zsh(const char *program)
{
	const struct call *first = face_after(program, NULL);

	printf("#compdef %s\n# zsh completion of %s, made from its table of options\n", program,
	    program);
	if (first->call == NULL) {
		one(first);
		printf("_%s \"$@\"\n", program);
		return;
	}
	puts("_forewarn_checks()\n{\n"
	     "\tlocal -a ids=(${(f)\"$(forewarn config ids 2>/dev/null)\"})\n"
	     "\t_describe check ids\n}");
	for (const struct call *f = first; f != NULL; f = face_after(program, f))
		one(f);
	printf("_%s()\n{\n\tlocal curcontext=$curcontext state line\n\ttypeset -A opt_args\n"
	       "\t_arguments -C '(- *)--help[print this help]' '(- *)--version[print the version]' "
	       "\\\n\t\t'1:call:->call' '*::rest:->rest' && return\n"
	       "\tcase $state in\n\tcall)\n\t\tlocal -a calls_=(\n",
	    program);
	for (const struct call *f = first; f != NULL; f = face_after(program, f)) {
		printf("\t\t\t'%s:", f->call);
		quoted(f->help, "\\");
		puts("'");
	}
	printf("\t\t)\n\t\t_describe call calls_ ;;\n\trest)\n"
	       "\t\t(( $+functions[_%s-$line[1]] )) && _%s-$line[1] ;;\n\tesac\n}\n_%s \"$@\"\n",
	    program, program, program);
}
