/* SPDX-License-Identifier: Apache-2.0
 *
 * The limits of all the files of a configuration together, and of what is said of them.
 */
#include "base/str.h"
#include "conf/read.h"
#include "conf/source.h"
#include "tests/conf_toys.h"
#include "tests/t.h"

#include <errno.h>
#include <unistd.h>

#define GOOD "checks = ( { id = \"a\"; probe = \"toy\"; name = \"x\"; } );\n"

/* A comment of n bytes. */
static void
comment(const char *path, size_t n)
{
	FILE *f = fopen(path, "w");

	for (size_t i = 0; f != NULL && i < n; i++)
		fputc('#', f);
	if (f == NULL || fclose(f) != 0)
		abort();
}

/* The fault must contain want; NULL: there is none. */
static void
loads(const char *row, const char *path, const char *want)
{
	struct conf *c = conf_load(path, kinds, sink_kinds, NULL);

	T_INT(row, c->nfaults, want != NULL);
	if (want != NULL && c->nfaults > 0)
		T_HAS(row, c->faults[0], want);
	conf_free(c);
}

static void
all_files(void)
{
	size_t rest = CONF_TEXT_MAX - strlen(GOOD) - 1, n = 0; /* each ends with one more */
	char name[64];

	if (mkdir("conf.d", 0755) < 0)
		abort();
	put("m.conf", GOOD, 0644);
	for (; rest > CONF_FILE_MAX + 1; rest -= CONF_FILE_MAX + 1, n++) {
		snprintf(name, sizeof(name), "conf.d/%02zu.conf", n);
		comment(name, CONF_FILE_MAX);
	}
	comment("conf.d/last.conf", rest - 1);
	loads("as much text as may be in all files", "m.conf", NULL);
	comment("conf.d/last.conf", rest);
	loads("and a byte more", "m.conf",
	    "./conf.d/last.conf: with the files before it over 33554432 bytes");
}

/* A fault of n bytes, of a file that cannot be there for the length of its name. */
static void
long_fault(size_t n)
{
	static const char before[] = "f.conf:1: @include: ./", after[] = ": cannot look at it: ";
	const char *why = strerror(ENAMETOOLONG);
	struct str text;
	struct conf *c;

	str_init(&text, 2 * CONF_FAULT_MAX);
	str_add(&text, "@include \"");
	for (size_t i = strlen(before) + strlen(after) + strlen(why); i < n; i++)
		str_addc(&text, 'n');
	str_add(&text, "\"\n");
	put("f.conf", text.s, 0644);
	str_fini(&text);
	c = conf_load("f.conf", kinds, sink_kinds, NULL);
	T_INT("a fault", c->nfaults > 0 ? strlen(c->faults[0]) : 0,
	    n < CONF_FAULT_MAX ? n : CONF_FAULT_MAX - 1);
	T_TRUE("whole as long as it may be",
	    c->nfaults > 0 && (strstr(c->faults[0], why) != NULL) == (n < CONF_FAULT_MAX));
	conf_free(c);
}

int
main(void)
{
	char dir[] = "/tmp/test_files.XXXXXX", clean_up[64];

	if (mkdtemp(dir) == NULL || chdir(dir) < 0)
		abort();
	long_fault(CONF_FAULT_MAX - 1);
	long_fault(CONF_FAULT_MAX);
	all_files();
	snprintf(clean_up, sizeof(clean_up), "rm -rf %s", dir); /* and nobody else's */
	if (chdir("/") < 0 || system(clean_up) != 0)
		abort();
	return t_end();
}
