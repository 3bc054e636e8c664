/* SPDX-License-Identifier: Apache-2.0 */
#include "face/gen/pages.h"

#include <string.h>
#include <sysexits.h>

bool
face_offered(const struct call_face *f, const struct face_sub *sub, const struct face_opt *o)
{
	if (sub != NULL && sub->takes != NULL && strchr(sub->takes, o->key) != NULL)
		return true;
	for (const struct face_sub *s = f->subs; s != NULL && s->name != NULL; s++)
		if (s->takes != NULL && strchr(s->takes, o->key) != NULL)
			return false;
	return true;
}

enum value_kind
face_value(const struct face_opt *o)
{
	if (o->value == NULL)
		return VALUE_NONE;
	if (o->words != NULL)
		return VALUE_WORDS;
	if (strcmp(o->value, "FILE") == 0 || strcmp(o->value, "PATH") == 0)
		return VALUE_FILE;
	return strcmp(o->value, "DIR") == 0 ? VALUE_DIR : VALUE_TEXT;
}

const struct call_face *
face_after(const char *program, const struct call_face *f)
{
	for (f = f == NULL ? call_faces : f + 1; f->program != NULL; f++)
		if (strcmp(f->program, program) == 0)
			return f;
	return NULL;
}

/* The name of the page of each call, and of each program that has calls. */
static void
list_pages(void)
{
	const char *program = "";

	for (const struct call_face *f = call_faces; f->program != NULL; f++) {
		if (f->call == NULL) {
			printf("%s\n", f->program);
			continue;
		}
		if (strcmp(program, f->program) != 0)
			printf("%s\n", f->program);
		program = f->program;
		printf("%s-%s\n", f->program, f->call);
	}
}

int
main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "list") == 0)
		list_pages();
	else if (argc == 2 && strcmp(argv[1], "man") == 0)
		return manual_page(stdin) < 0 ? EX_DATAERR : 0;
	else if (argc == 3 && strcmp(argv[1], "bash") == 0)
		complete_bash(argv[2]);
	else if (argc == 3 && strcmp(argv[1], "zsh") == 0)
		complete_zsh(argv[2]);
	else if (argc == 3 && strcmp(argv[1], "fish") == 0)
		complete_fish(argv[2]);
	else {
		fputs("usage: pages list|man|bash PROGRAM|zsh PROGRAM|fish PROGRAM\n", stderr);
		return EX_USAGE;
	}
	return 0;
}
