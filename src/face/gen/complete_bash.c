/* SPDX-License-Identifier: Apache-2.0
 *
 * Completions for bash: the words so far without options and their values say which call it is;
 * tables of `case` say what may follow.
 */
#include "face/gen/pages.h"

#include "face/gen/faces.h"

#include "probes/specs.h"

#include <string.h>

static const char *
call_of(const struct call *f)
{
	return f->call != NULL ? f->call : "";
}

/* An option as it is typed, in one of its two ways. */
static void
opt_names(const struct face_opt *o, const char *between)
{
	if (o->brief)
		printf("-%c%s", o->key, between);
	printf("--%s", o->name);
}

static void
valued(const char *program)
{
	for (const struct call *f = face_after(program, NULL); f != NULL;
	     f = face_after(program, f))
		for (const struct face_opt *o = f->opts; o->name != NULL; o++)
			if (o->value != NULL) {
				putchar(' ');
				opt_names(o, " ");
			}
}

static void
values(const struct call *f)
{
	for (const struct face_opt *o = f->opts; o->name != NULL; o++) {
		static const char *const ways[] = {
			[VALUE_TEXT] = "", [VALUE_FILE] = "_files -f", [VALUE_DIR] = "_files -d"
		};
		enum value_kind kind = face_value(o);

		if (kind == VALUE_NONE)
			continue;
		fputs("\t", stdout);
		if (o->brief)
			printf("\"%s -%c\" | ", call_of(f), o->key);
		printf("\"%s --%s\") ", call_of(f), o->name);
		if (kind == VALUE_WORDS)
			printf("%s_words \"%s\"; ", "_forewarn", o->words);
		else if (kind != VALUE_TEXT)
			printf("_forewarn%s; ", ways[kind]);
		puts("return ;;");
	}
}

static void
options(const struct call *f, const struct face_sub *sub)
{
	printf("\t\"%s %s\")\n\t\t_forewarn_words \"", call_of(f),
	    sub != NULL       ? sub->name
	    : f->subs != NULL ? ""
			      : "\"*\"");
	for (const struct face_opt *o = f->opts; o->name != NULL; o++)
		if (face_offered(f, sub, o))
			printf(" --%s", o->name);
	puts("\" ;;");
}

static void
operand(const struct call *f, const struct face_sub *sub, enum face_operand kind)
{
	if (kind == FACE_NONE || kind == FACE_TEXT)
		return;
	printf("\t\"%s %s\") ", call_of(f), sub != NULL ? sub->name : "\"*\"");
	if (kind == FACE_FILES)
		fputs("_forewarn_files -f", stdout);
	else if (kind == FACE_CHECKS)
		fputs("_forewarn_words \"$(\"${COMP_WORDS[0]}\" config ids 2>/dev/null)\"", stdout);
	else {
		fputs("_forewarn_words \"", stdout);
		for (const struct probe_spec *const *p = probe_specs; *p != NULL; p++)
			printf(" %s", (*p)->name);
		fputs("\"", stdout);
	}
	puts(" ;;");
}

static void
words_of_calls(const char *program)
{
	if (face_after(program, NULL)->call == NULL)
		return;
	fputs("\tcase ${#words[@]} in\n\t0) _forewarn_words \"", stdout);
	for (const struct call *f = face_after(program, NULL); f != NULL;
	     f = face_after(program, f))
		printf(" %s", f->call);
	puts("\"; return ;;\n\t1)\n\t\tcase ${words[0]} in");
	for (const struct call *f = face_after(program, NULL); f != NULL;
	     f = face_after(program, f)) {
		if (f->subs == NULL)
			continue;
		printf("\t\t%s) _forewarn_words \"", f->call);
		for (const struct face_sub *s = f->subs; s->name != NULL; s++)
			printf(" %s", s->name);
		puts("\"; return ;;");
	}
	puts("\t\tesac ;;\n\tesac");
}

static void
each(const char *program, void (*print)(const struct call *, const struct face_sub *))
{
	for (const struct call *f = face_after(program, NULL); f != NULL;
	     f = face_after(program, f)) {
		for (const struct face_sub *s = f->subs; s != NULL && s->name != NULL; s++)
			print(f, s);
		print(f, NULL);
	}
}

static void
operands(const struct call *f, const struct face_sub *sub)
{
	operand(f, sub, sub != NULL ? sub->kind : f->kind);
}

void
complete_bash(const char *program)
{
	printf("# bash completion of %s, made from its table of options\n", program);
	puts("_forewarn_words()\n{\n\tmapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$cur\")\n}\n"
	     "_forewarn_files()\n{\n\tcompopt -o filenames 2>/dev/null\n"
	     "\tmapfile -t COMPREPLY < <(compgen \"$1\" -- \"$cur\")\n}");
	printf(
	    "_%s()\n{\n\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n",
	    program);
	fputs("\tlocal i valued=\"", stdout);
	valued(program);
	puts(" \" words=()\n"
	     "\tCOMPREPLY=()\n"
	     "\t# \"--name=value\" comes as three words\n"
	     "\tif [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then "
	     "prev=${COMP_WORDS[COMP_CWORD - 2]}; fi\n"
	     "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	     "\t\tif [[ ${COMP_WORDS[i]} != -* ]]; then\n"
	     "\t\t\twords+=(\"${COMP_WORDS[i]}\")\n"
	     "\t\telif [[ $valued == *\" ${COMP_WORDS[i]} \"* ]]; then\n"
	     "\t\t\t[[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))\n"
	     "\t\t\t((i++))\n"
	     "\t\tfi\n"
	     "\tdone");
	puts("\tcase \"${words[0]} $prev\" in");
	for (const struct call *f = face_after(program, NULL); f != NULL;
	     f = face_after(program, f))
		values(f);
	puts("\tesac\n\tif [[ $cur == -* ]]; then\n\t\tcase \"${words[0]} ${words[1]}\" in");
	each(program, options);
	if (face_after(program, NULL)->call != NULL)
		puts("\t\" \") _forewarn_words \"--help --version\" ;;");
	puts("\t\tesac\n\t\treturn\n\tfi");
	words_of_calls(program);
	puts("\tcase \"${words[0]} ${words[1]}\" in");
	each(program, operands);
	puts("\tesac\n\treturn 0\n}");
	printf("complete -F _%s %s\n", program, program);
}
