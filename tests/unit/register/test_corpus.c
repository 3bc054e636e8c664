/* SPDX-License-Identifier: Apache-2.0
 *
 * Messy lists of three languages: each entry is read as it is meant, or refused by its line.
 */
#include "probes/register/dates.h"
#include "probes/register/register.h"
#include "tests/probe_harness.h"
#include "tests/t.h"

#include <glob.h>
#include <stdlib.h>

#define FOLDER "tests/data/sector/register/"

static void
run(struct harness *h, const char *path)
{
	const char *v[] = { path };
	const struct register_conf conf = {
		.files = { v, 1 }, .dates = "auto", .kind = "other", .all_lines = true
	};
	struct err e = { 0 };

	harness_clear(h);
	T_INT(path, probe_run(&h->ctx, &conf, &e), 0);
}

/* Items of a day that is known. */
static size_t
days(const struct harness *h)
{
	size_t n = 0;

	for (size_t i = 0; i < h->nitems; i++)
		n += h->items[i].deadline.kind == DEADLINE_KNOWN;
	return n;
}

/* "line 5: reason": the item of that line says so. */
static void
want_line(const struct harness *h, const char *path, const char *want)
{
	char target[300], row[700];
	unsigned line = 0;
	const struct item *it;

	sscanf(want, "line %u", &line);
	snprintf(target, sizeof(target), "%s:%u", path, line);
	it = harness_item(h, "register.read", target);
	snprintf(row, sizeof(row), "%s: %s", path, want);
	T_TRUE(row, it != NULL && it->state == ITEM_UNKNOWN);
	if (it != NULL)
		T_HAS(row, it->summary, strchr(want, ':') + 2);
}

/* "id 2027-01-31": its day ends when that day ends here. */
static void
want_day(const struct harness *h, const char *path, const char *want)
{
	const char *day = strrchr(want, ' ');
	char id[200], row[700];
	struct err e = { 0 };
	const struct item *it;
	instant at;

	snprintf(id, sizeof(id), "%.*s", (int)(day - want), want);
	snprintf(row, sizeof(row), "%s: %s", path, want);
	it = harness_item(h, "register.date", id);
	T_TRUE(row, it != NULL && instant_parse(day + 1, &at, &e) == 0);
	if (it != NULL)
		T_INT(row, it->deadline.at, date_end(at / INSTANT_S / 86400));
}

static void
want_summary(const struct harness *h, const char *path, const char *want, size_t lines)
{
	const struct item *it = harness_item(h, "register.read", path);
	unsigned good, all;
	char text[100];

	T_TRUE(path, it != NULL);
	if (it == NULL || sscanf(want, "read %u of %u", &good, &all) != 2)
		return;
	T_INT(path, harness_count(h, "register.read"), lines + 1);
	T_INT(path, all - good, lines);
	T_INT(path, it->state, lines > 0 ? ITEM_UNKNOWN : ITEM_FINE);
	snprintf(text, sizeof(text),
	    lines > 0 ? "%u of %u entries cannot be read" : "%u of %u entries are read",
	    lines > 0 ? all - good : good, all);
	T_HAS(path, it->summary, text);
}

/* No thing is told twice under one rule: the second would hide the first. */
static void
each_once(const struct harness *h, const char *path)
{
	size_t twice = 0;

	for (size_t i = 0; i < h->nitems; i++)
		for (size_t k = 0; k < i; k++)
			twice += strcmp(h->items[i].rule, h->items[k].rule) == 0 &&
				 strcmp(h->items[i].target, h->items[k].target) == 0;
	T_INT(path, twice, 0);
}

static void
hold(struct harness *h, const char *path, FILE *f)
{
	char want[300], first[300] = "";
	size_t lines = 0, dated = 0;

	while (fgets(want, sizeof(want), f) != NULL) {
		want[strcspn(want, "\n")] = '\0';
		if (strncmp(want, "read ", 5) == 0) {
			snprintf(first, sizeof(first), "%s", want);
		} else if (strncmp(want, "refused: ", 9) == 0) {
			T_HAS(path, harness_item(h, "register.read", path)->summary, want + 9);
			T_INT(path, harness_item(h, "register.read", path)->state, ITEM_UNKNOWN);
		} else if (strncmp(want, "line ", 5) == 0) {
			want_line(h, path, want);
			lines++;
		} else {
			want_day(h, path, want);
			dated++;
		}
	}
	want_summary(h, path, first, lines);
	T_INT(path, days(h), dated);
	each_once(h, path);
}

int
main(void)
{
	struct harness h;
	glob_t g;

	harness_init(&h);
	T_INT("the corpus is there", glob(FOLDER "*.want", 0, NULL, &g), 0);
	T_TRUE("twenty lists at least", g.gl_pathc >= 20);
	for (size_t i = 0; i < g.gl_pathc; i++) {
		char path[200];
		FILE *f = fopen(g.gl_pathv[i], "r");

		snprintf(path, sizeof(path), "%.*s", (int)strlen(g.gl_pathv[i]) - 5, g.gl_pathv[i]);
		run(&h, path);
		hold(&h, path, f);
		fclose(f);
	}
	globfree(&g);
	harness_fini(&h);
	return t_end();
}
