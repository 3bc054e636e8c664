/* SPDX-License-Identifier: Apache-2.0
 *
 * Completions for fish: one `complete` for each thing that may follow, under a condition on the
 * words so far.
 */
#include "face/gen/pages.h"

#include "face/gen/faces.h"

#include "probes/specs.h"

/* Inside '...' of fish. */
static void
quoted(const char *s)
{
	putchar('\'');
	for (; *s != '\0'; s++) {
		if (*s == '\'' || *s == '\\')
			putchar('\\');
		putchar(*s);
	}
	putchar('\'');
}

static void
helpers(const char *program)
{
	fputs("# The words so far, without options and their values.\n"
	      "function __forewarn_words\n"
	      "    set -l value 0\n"
	      "    for w in (commandline -opc)[2..-1]\n"
	      "        if test $value = 1\n"
	      "            set value 0\n"
	      "            continue\n"
	      "        end\n"
	      "        switch $w\n"
	      "            case",
	    stdout);
	for (const struct call *f = face_after(program, NULL); f != NULL;
	     f = face_after(program, f))
		for (const struct face_opt *o = f->opts; o->name != NULL; o++)
			if (o->value != NULL && o->brief)
				printf(" -%c --%s", o->key, o->name);
			else if (o->value != NULL)
				printf(" --%s", o->name);
	puts("\n                set value 1\n"
	     "            case '-*'\n"
	     "            case '*'\n"
	     "                echo $w\n"
	     "        end\n"
	     "    end\n"
	     "end\n"
	     "# whether they begin with these\n"
	     "function __forewarn_after\n"
	     "    set -l words (__forewarn_words)\n"
	     "    test (count $words) -ge (count $argv); or return 1\n"
	     "    test (count $argv) -eq 0; or test \"$words[1..\"(count $argv)\"]\" = \"$argv\"\n"
	     "end\n"
	     "# whether they are these and no more\n"
	     "function __forewarn_at\n"
	     "    set -l words (__forewarn_words)\n"
	     "    test \"$words\" = \"$argv\"\n"
	     "end");
}

static void
start(const struct call *f, const char *condition, const struct face_sub *sub)
{
	printf("complete -c %s", f->program);
	if (f->call != NULL)
		printf(" -n '%s %s%s%s'", condition, f->call, sub != NULL ? " " : "",
		    sub != NULL ? sub->name : "");
}

static void
option(const struct call *f, const struct face_sub *sub, const struct face_opt *o)
{
	start(f, f->subs != NULL && sub == NULL ? "__forewarn_at" : "__forewarn_after", sub);
	if (o->brief)
		printf(" -s %c", o->key);
	printf(" -l %s", o->name);
	switch (face_value(o)) {
	case VALUE_NONE:
		break;
	case VALUE_TEXT:
		fputs(" -x", stdout);
		break;
	case VALUE_WORDS:
		printf(" -x -a '%s'", o->words);
		break;
	case VALUE_FILE:
		fputs(" -r -F", stdout);
		break;
	case VALUE_DIR:
		fputs(" -x -a '(__fish_complete_directories)'", stdout);
		break;
	}
	fputs(" -d ", stdout);
	quoted(o->help);
	puts("");
}

static void
operand(const struct call *f, const struct face_sub *sub)
{
	enum face_operand kind = sub != NULL ? sub->kind : f->kind;

	if (kind == FACE_NONE || kind == FACE_TEXT)
		return;
	if (kind == FACE_PROBES) {
		for (const struct probe_spec *const *p = probe_specs; *p != NULL; p++) {
			start(f, "__forewarn_at", sub);
			printf(" -a %s -d ", (*p)->name);
			quoted((*p)->summary);
			puts("");
		}
		return;
	}
	start(f, "__forewarn_after", sub);
	puts(kind == FACE_FILES ? " -F" : " -a '(forewarn config ids 2>/dev/null)'");
}

static void
word(const struct call *f, const struct face_sub *sub)
{
	if (sub == NULL)
		printf("complete -c %s -n __forewarn_at -a %s -d ", f->program, f->call);
	else
		printf("complete -c %s -n '__forewarn_at %s' -a %s -d ", f->program, f->call,
		    sub->name);
	quoted(sub != NULL ? sub->help : f->help);
	puts("");
}

static void
after(const struct call *f, const struct face_sub *sub)
{
	for (const struct face_opt *o = f->opts; o->name != NULL; o++)
		if (face_offered(f, sub, o))
			option(f, sub, o);
	operand(f, sub);
}

void
complete_fish(const char *program)
{
	const struct call *first = face_after(program, NULL);

	printf("# fish completion of %s, made from its table of options\n", program);
	printf("complete -c %s -f\n", program);
	if (first->call != NULL) {
		helpers(program);
		printf("complete -c %s -n __forewarn_at -l help -d 'print this help'\n", program);
		printf(
		    "complete -c %s -n __forewarn_at -l version -d 'print the version'\n", program);
	}
	for (const struct call *f = first; f != NULL; f = face_after(program, f)) {
		if (f->call != NULL)
			word(f, NULL);
		for (const struct face_sub *s = f->subs; s != NULL && s->name != NULL; s++) {
			word(f, s);
			after(f, s);
		}
		after(f, NULL);
	}
}
