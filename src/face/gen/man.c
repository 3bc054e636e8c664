/* SPDX-License-Identifier: Apache-2.0
 *
 * The generated parts of the manual pages, in scdoc(5).
 */
#include "face/gen/pages.h"

#include "face/gen/faces.h"

#include "kinds/kinds.h"
#include "probes/specs.h"
#include "sinks/specs.h"

#include <string.h>

#define PAGE_LINE 4096

/* Text between marks of scdoc. */
static void
text(const char *s)
{
	for (; *s != '\0'; s++) {
		if (strchr("\\*_#[]|<>", *s) != NULL)
			putchar('\\');
		putchar(*s);
	}
}

static void
opt_head(const struct face_opt *o)
{
	if (o->brief)
		printf("*-%c*, ", o->key);
	printf("*--%s*", o->name);
	if (o->value != NULL)
		printf(" _%s_", o->value);
}

static void
synopsis_line(const struct call *f, const struct face_sub *sub)
{
	const char *operand = sub != NULL ? sub->operand : f->operand;

	printf("*%s%s%s", f->program, f->call != NULL ? " " : "", f->call != NULL ? f->call : "");
	if (sub != NULL)
		printf(" %s", sub->name);
	putchar('*');
	for (const struct face_opt *o = f->opts; o->name != NULL; o++) {
		if (o->key == 'h' || o->key == 'V' ||
		    (f->subs != NULL && sub == NULL && !face_offered(f, NULL, o)))
			continue;
		if (sub != NULL && (sub->takes == NULL || strchr(sub->takes, o->key) == NULL))
			continue;
		if (o->brief)
			printf(" [*-%c*", o->key);
		else
			printf(" [*--%s*", o->name);
		if (o->value != NULL)
			printf(" _%s_", o->value);
		putchar(']');
	}
	if (operand != NULL) {
		putchar(' ');
		text(operand);
	}
	puts("\n");
}

static void
name(const struct call *f)
{
	printf("%s%s%s - ", f->program, f->call != NULL ? "-" : "", f->call != NULL ? f->call : "");
	text(f->help);
	puts("\n");
}

static void
about(const struct call *f)
{
	text(f->about);
	puts("\n");
	if (f->more == NULL)
		return;
	text(f->more);
	puts("\n");
}

static void
synopsis(const struct call *f)
{
	/* a call that does something without a word has options of its own */
	if (f->subs == NULL || f->opts[1].name != NULL)
		synopsis_line(f, NULL);
	for (const struct face_sub *s = f->subs; s != NULL && s->name != NULL; s++)
		synopsis_line(f, s);
}

static void
subs(const struct call *f)
{
	for (const struct face_sub *s = f->subs; s != NULL && s->name != NULL; s++) {
		printf("*%s*", s->name);
		if (s->operand != NULL) {
			putchar(' ');
			text(s->operand);
		}
		puts("");
		putchar('\t');
		text(s->help);
		puts("\n");
	}
}

static void
options(const struct call *f)
{
	for (const struct face_opt *o = f->opts; o->name != NULL; o++) {
		opt_head(o);
		puts("");
		putchar('\t');
		text(o->help);
		puts("\n");
	}
}

static void
exits(const struct call *f)
{
	for (const struct face_exit *x = f->exits; x->when != NULL; x++) {
		printf("*%d*\n\t", x->code);
		text(x->when);
		puts("\n");
	}
}

static void
calls(const char *program)
{
	for (const struct call *f = face_after(program, NULL); f != NULL;
	     f = face_after(program, f)) {
		printf("*%s-%s*(1)\n\t", f->program, f->call);
		text(f->help);
		puts("\n");
	}
}

static void
conf_table(const struct opt *table)
{
	for (const struct opt *o = table; o->name != NULL; o++) {
		char allowed[256];

		printf("*%s*%s\n\t", o->name, o->required ? " (required)" : "");
		text(o->help);
		puts("\n");
		putchar('\t');
		text(opt_allowed(o, allowed, sizeof(allowed)));
		if (o->dflt != NULL) {
			fputs("; ", stdout);
			text(o->dflt);
			fputs(" unless given", stdout);
		}
		if (o->example != NULL) {
			fputs("; as ", stdout);
			text(o->example);
		}
		puts("\n");
	}
}

static int
conf(const char *which)
{
	if (strcmp(which, "check") == 0)
		conf_table(conf_check_opts);
	else if (strcmp(which, "person") == 0)
		conf_table(conf_person_opts);
	else if (strcmp(which, "sink") == 0)
		conf_table(conf_sink_opts);
	else if (strcmp(which, "downtime") == 0)
		conf_table(conf_downtime_opts);
	else if (strcmp(which, "probes") == 0)
		for (const struct probe_spec *const *p = probe_specs; *p != NULL; p++) {
			printf("## probe = \"%s\"\n\n", (*p)->name);
			text((*p)->summary);
			puts("\n");
			conf_table((*p)->opts);
		}
	else if (strcmp(which, "sinks") == 0)
		for (const struct sink_spec *const *s = sink_specs; *s != NULL; s++) {
			printf("## type = \"%s\"\n\n", (*s)->name);
			text((*s)->summary);
			puts("\n");
			conf_table((*s)->opts);
		}
	else
		return -1;
	return 0;
}

/* "@options forewarn check@" and the like. */
static int
marker(const char *line)
{
	static const struct {
		const char *name;
		void (*print)(const struct call *f);
	} parts[] = { { "name", name }, { "about", about }, { "synopsis", synopsis },
		{ "words", subs }, { "options", options }, { "exits", exits } };
	char what[32] = "", program[32] = "", call[32] = "";

	if (sscanf(line, "@%31[a-z] %31[a-z-] %31[a-z]@", what, program, call) < 2)
		return -1;
	if (strcmp(what, "conf") == 0)
		return conf(program);
	if (strcmp(what, "calls") == 0)
		return calls(program), 0;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (strcmp(what, parts[i].name) == 0)
			return parts[i].print(face_of(program, call[0] != '\0' ? call : NULL)), 0;
	return -1;
}

int
manual_page(FILE *in)
{
	char line[PAGE_LINE];
	bool made = false;

	while (fgets(line, sizeof(line), in) != NULL) {
		/* a made part ends with an empty line of its own */
		if (!made || line[0] != '\n')
			made = false;
		else
			continue;
		if (line[0] != '@') {
			fputs(line, stdout);
			continue;
		}
		if (marker(line) < 0) {
			fprintf(stderr, "pages: unknown marker %s", line);
			return -1;
		}
		made = true;
	}
	return 0;
}
