/* SPDX-License-Identifier: Apache-2.0
 *
 * conf_toys: a kind of check and one of sink that are toys, for tests of the configuration; and a
 * file to be read.
 */
#ifndef TESTS_CONF_TOYS_H
#define TESTS_CONF_TOYS_H

#include "conf/conf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct toy_conf {
	const char *name, *colour;
	struct texts paths, tools;
	span limit;
	int64_t count;
	bool loud;
};

static const struct opt toy_opts[] = { OPT(struct toy_conf, name, OPT_TEXT, .required = true,
					   .help = "its name"),
	OPT(struct toy_conf, colour, OPT_CHOICE, .dflt = "red", .choices = "red|green",
	    .help = "c"),
	OPT(struct toy_conf, paths, OPT_TEXTS, .help = "files"),
	OPT(struct toy_conf, tools, OPT_TEXTS, .trusted = true, .help = "programs"),
	OPT(struct toy_conf, limit, OPT_SPAN, .dflt = "1s", .min = SPAN_MS, .max = SPAN_H,
	    .help = "l"),
	OPT(struct toy_conf, count, OPT_INT, .dflt = "4", .min = 1, .max = 16, .help = "n"),
	OPT(struct toy_conf, loud, OPT_BOOL, .dflt = "false", .help = "b"), OPT_END };

static int
toy_check(const void *options, const char **opt, struct err *e)
{
	const struct toy_conf *t = options;

	*opt = "name";
	return strcmp(t->name, "forbidden") == 0 ? err_set(e, ERR_RANGE, "is forbidden") : 0;
}

static int
toy_files(const struct conf_kind *kind, const void *options, const char **opt, struct err *e)
{
	const struct toy_conf *t = options;

	*opt = "count";
	return strcmp(kind->name, "toy") == 0 && t->count == 13
		   ? err_set(e, ERR_RANGE, "is not what the file says")
		   : 0;
}

static const struct conf_kind kinds[] = {
	{ "toy", toy_opts, sizeof(struct toy_conf), toy_check, toy_files },
	{ .name = NULL },
};

struct horn_conf {
	const char *secret_file;
	int64_t volume;
};

static const struct opt horn_opts[] = { OPT(struct horn_conf, secret_file, OPT_SECRET, .help = "s"),
	OPT(struct horn_conf, volume, OPT_INT, .dflt = "3", .min = 1, .max = 11, .help = "v"),
	OPT_END };

static int
horn_check(const void *options, const char **opt, struct err *e)
{
	const struct horn_conf *h = options;

	*opt = "volume";
	return h->volume == 7 ? err_set(e, ERR_RANGE, "is unlucky") : 0;
}

static const struct conf_kind sink_kinds[] = {
	{ "horn", horn_opts, sizeof(struct horn_conf), horn_check, NULL },
	{ .name = NULL },
};

static inline void
put(const char *name, const char *text, mode_t mode)
{
	FILE *f = fopen(name, "w");

	if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0 || chmod(name, mode) < 0)
		abort();
}

#endif
