/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the example and the manual that are made from the option tables.
 */
#include "cli/manual.h"
#include "kinds/kinds.h"
#include "probes/specs.h"
#include "show/wrap.h"
#include "sinks/specs.h"

#include <string.h>
#include <sysexits.h>

#define TEXT_COLUMNS 79 /* a terminal has 80 */
#define TEXT_INDENT 6

/* The value as it would be written: the table's example, else its default. */
static const char *
value_text(const struct opt *o, char *buf, size_t size)
{
	bool quoted = o->type != OPT_INT && o->type != OPT_BOOL && o->type != OPT_TEXTS;

	if (o->example != NULL)
		snprintf(buf, size, "%s", o->example);
	else if (o->dflt != NULL)
		snprintf(buf, size, quoted ? "\"%s\"" : "%s", o->dflt);
	else
		snprintf(buf, size, o->type == OPT_TEXTS ? "[ ]" : "\"\"");
	return buf;
}

/* shown: an option that stands without # although it is not required; may be NULL. */
static void
example_table(FILE *f, const struct opt *table, const char *skip, const struct opt *shown)
{
	char value[1024], line[1200];

	for (const struct opt *o = table; o->name != NULL; o++) {
		if (strstr(skip, o->name) != NULL)
			continue;
		snprintf(
		    line, sizeof(line), "%s = %s;", o->name, value_text(o, value, sizeof(value)));
		fprintf(f, "\t%s %-46s # %s%s\n", o->required || o == shown ? " " : "#", line,
		    o->help, o->required ? " (required)" : "");
	}
}

/* What is printed must be accepted as it is: the first option when the kind refuses its defaults
 * alone ("neither paths nor endpoints"). */
static const struct opt *
must_show(const struct conf_kind *k)
{
	struct arena *a = arena_new((size_t)1 << 20);
	void *conf = arena_alloc(a, k->size);
	const char *name;
	struct err e;
	bool refused = false;

	for (const struct opt *o = k->opts; o->name != NULL; o++)
		if (o->required)
			goto out;
	opts_defaults(k->opts, conf, a);
	refused = k->check != NULL && k->check(conf, &name, &e) < 0;
out:
	arena_free(a);
	return refused ? k->opts : NULL;
}

/* One group of a list for each kind there is. */
static void
example_kinds(FILE *f, const struct conf_kind *kinds, const char *key,
    const char *(*summary)(const char *name))
{
	for (const struct conf_kind *k = kinds; k->name != NULL; k++) {
		fprintf(f, "  # %s: %s\n  {\n\t  id = \"my-%s\";\n\t  %s = \"%s\";\n", k->name,
		    summary(k->name), k->name, key, k->name);
		example_table(f, k->opts, "", must_show(k));
		fprintf(f, "  }%s\n", k[1].name != NULL ? "," : "");
	}
}

static const char *
probe_summary(const char *name)
{
	return probe_find(name)->summary;
}

static const char *
sink_summary(const char *name)
{
	return sink_find(name)->summary;
}

int
manual_example(FILE *f)
{
	fputs(
	    "# forewarn: every option there is, made from the option tables (make conf).\n"
	    "# A line with # before its name shows the default or an example. Time spans take\n"
	    "# ns us ms s min h d w mo y. conf.d/*.conf beside this file is read in name order.\n\n"
	    "site = \"Karachi calibration lab\";\n\n"
	    "people = (\n"
	    "  { id = \"sana\"; name = \"Sana (IT)\"; contact = \"+92 300 0000000\"; },\n"
	    "  { id = \"omar\"; name = \"Omar\"; }\n"
	    ");\n\n"
	    "# for all checks; each may say otherwise\n"
	    "defaults = { every = \"10min\"; timeout = \"10s\"; confirm = 2; remind = \"1d\"; "
	    "};\n\n"
	    "checks = (\n",
	    f);
	example_kinds(f, kinds_checks(), "probe", probe_summary);
	fputs(");\n\n# every check may also have:\n", f);
	example_table(f, conf_check_opts, "id probe", NULL);
	fputs("\nsinks = (\n", f);
	example_kinds(f, kinds_sinks(), "type", sink_summary);
	fputs(");\n\n# every sink may also have:\n", f);
	example_table(f, conf_sink_opts, "id type", NULL);
	fputs(
	    "\n# hours of the week in which some checks are expected to fail; only stop is told:\n"
	    "#downtimes = (\n"
	    "#  { checks = [ \"hplc*\" ]; weekly = \"Sun 02:00\"; for = \"2h\"; reason = "
	    "\"backup window\"; }\n"
	    "#);\n",
	    f);
	return ferror(f) ? EX_IOERR : 0;
}

static void
options_table(FILE *f, const struct opt *table)
{
	fputs("\n| option | value | default | meaning |\n|---|---|---|---|\n", f);
	for (const struct opt *o = table; o->name != NULL; o++) {
		char allowed[256];

		opt_allowed(o, allowed, sizeof(allowed));
		for (char *p = allowed; *p != '\0'; p++)
			if (*p == '|')
				*p = '/';
		fprintf(f, "| `%s` | %s | %s%s%s | %s |\n", o->name, allowed,
		    o->dflt != NULL ? "`" : "",
		    o->dflt != NULL ? o->dflt
		    : o->required   ? "required"
				    : "",
		    o->dflt != NULL ? "`" : "", o->help);
	}
}

static void
rules_table(FILE *f, const struct rule *rules)
{
	char lead[SPAN_TEXT];

	fputs("\nWhat it judges:\n\n| rule | level | when |\n|---|---|---|\n", f);
	for (const struct rule *r = rules; r->name != NULL; r++) {
		if (r->by & BY_METRIC)
			fprintf(f,
			    "| `%s` | act, stop | %s: the value with its bound against its limits "
			    "|\n",
			    r->name, r->title);
		if (r->by & BY_DEADLINE)
			fprintf(f,
			    "| `%s` | plan, act, stop | %s: the time left against `lead` |\n",
			    r->name, r->title);
		if (r->lead > 0)
			fprintf(f,
			    "| `%s` | plan, act, stop | %s: the time until its limit is reached, "
			    "forecast, against `lead` (%s) |\n",
			    r->name, r->title, span_text(r->lead, lead));
		for (const struct finding *x = r->findings; x != NULL && x->key != NULL; x++)
			fprintf(f, "| `%s` | %s | %s: %s |\n", r->name, level_name(x->level),
			    r->title, x->key);
	}
}

int
manual_options(FILE *f)
{
	fputs("# The options of forewarn\n\n"
	      "Made from the option tables by `make conf`. In every check:\n",
	    f);
	options_table(f, conf_check_opts);
	fputs("\nPeople:\n", f);
	options_table(f, conf_person_opts);
	fputs("\nIn every sink:\n", f);
	options_table(f, conf_sink_opts);
	fputs("\nIn every one of `downtimes`:\n", f);
	options_table(f, conf_downtime_opts);
	fputs("\n# Checks\n", f);
	for (size_t i = 0; probe_specs[i] != NULL; i++) {
		fprintf(f, "\n## %s\n\n%s\n", probe_specs[i]->name, probe_specs[i]->summary);
		options_table(f, probe_specs[i]->opts);
		rules_table(f, probe_specs[i]->rules);
	}
	fputs("\n# Sinks\n", f);
	for (size_t i = 0; sink_specs[i] != NULL; i++) {
		fprintf(f, "\n## %s\n\n%s\n", sink_specs[i]->name, sink_specs[i]->summary);
		if (sink_specs[i]->opts[0].name != NULL)
			options_table(f, sink_specs[i]->opts);
		else
			fputs("\nIt has no options of its own.\n", f);
	}
	return ferror(f) ? EX_IOERR : 0;
}

static void
wrapped(FILE *f, struct str *text)
{
	struct str lines;

	str_init(&lines, 65536);
	wrap_text(&lines, text->s, TEXT_COLUMNS, TEXT_INDENT, TEXT_INDENT);
	fprintf(f, "%*s%s", TEXT_INDENT, "", lines.s);
	str_fini(&lines);
	str_clear(text);
}

void
manual_table(FILE *f, const struct opt *table)
{
	struct str text;

	str_init(&text, 65536);
	for (const struct opt *o = table; o->name != NULL; o++) {
		char allowed[256];

		fprintf(f, "  %s%s\n", o->name, o->required ? " (required)" : "");
		str_add(&text, o->help);
		wrapped(f, &text);
		str_add(&text, opt_allowed(o, allowed, sizeof(allowed)));
		if (o->dflt != NULL)
			str_addf(&text, "; default %s", o->dflt);
		if (o->example != NULL)
			str_addf(&text, "; as %s", o->example);
		wrapped(f, &text);
	}
	str_fini(&text);
}
