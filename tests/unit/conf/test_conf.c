/* SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"
#include "conf/conf.h"
#include "tests/conf_toys.h"
#include "tests/t.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void
good(void)
{
	struct conf *c;
	struct toy_conf *t;

	put("a.conf",
	    "site = \"Lab\";\n"
	    "people = ( { id = \"sana\"; name = \"Sana\"; }, { id = \"omar\"; name = \"Omar\"; } "
	    ");\n"
	    "defaults = { every = \"5min\"; owner = \"sana\"; };\n"
	    "checks = ( { id = \"one\"; probe = \"toy\"; name = \"x\"; paths = \"single\"; "
	    "secondary = \"omar\"; },\n"
	    "  { id = \"two\"; probe = \"toy\"; name = \"y\"; paths = [ \"a\", \"b\" ]; count = "
	    "16; "
	    "limit = \"1h\"; loud = true; colour = \"green\"; every = \"1h\"; lead = \"0s\"; } "
	    ");\n",
	    0644);
	c = conf_load("a.conf", kinds, sink_kinds, NULL);
	T_INT("a good file has no faults", c->nfaults, 0);
	T_INT("its checks", c->nchecks, 2);
	t = c->checks[0].options;
	T_INT("a text is a list of one", t->paths.n, 1);
	T_INT("a default of the table", t->count, 4);
	T_INT("a default of the file", c->checks[0].every, 5 * SPAN_MIN);
	T_INT("a check's own word counts more", c->checks[1].every, SPAN_H);
	T_INT("a lead that nobody states", c->checks[0].lead, CONF_LEAD_UNSTATED);
	T_INT("one that is nothing", c->checks[1].lead, 0);
	T_TEXT("an owner by default", c->checks[1].owner, "sana");
	T_TEXT("the title is the id", c->checks[0].title, "one");
	t = c->checks[1].options;
	T_INT("a list", t->paths.n, 2);
	T_INT("a number at its limit", t->count, 16);
	T_INT("a span at its limit", t->limit, SPAN_H);
	T_TRUE("a boolean", t->loud);
	T_TEXT("a choice", t->colour, "green");
	conf_free(c);
}

#define CHECK(options)                                                                             \
	"checks = (\n { id = \"a\"; probe = \"toy\"; name = \"x\";\n" options " } );\n"

/* One file, the fault it must give. */
static const struct {
	const char *row, *text, *fault;
} faults[] = {
	{ "an unknown name, with the nearest", CHECK("colur = \"red\";"),
	    "f.conf:3: colur: is not an option here; did you mean \"colour\"?" },
	{ "an unknown name at the top", "chekcs = ();", "did you mean \"checks\"?" },
	{ "the owner of a sink is nobody",
	    CHECK("") " sinks = ( { id = \"s\"; type = \"horn\"; owners = [ \"nobody\" ]; } );",
	    "owners: \"nobody\" is not the id of one of the people" },
	{ "hours that are none",
	    CHECK("") " sinks = ( { id = \"s\"; type = \"horn\"; open_hours = \"9 to 5\"; } );",
	    "open_hours: \"9 to 5\" is no hours of the week, as \"Mon-Fri 08:00-18:00" },
	{ "a downtime without an end",
	    CHECK(
		"") " downtimes = ( { checks = \"a\"; weekly = \"Sun 02:00\"; reason = \"r\"; } );",
	    "for: is missing (how long" },
	{ "a downtime that never begins",
	    CHECK(
		"") " downtimes = ( { checks = \"a\"; weekly = \"Sunday\"; for = \"2h\"; reason = "
		    "\"r\"; } );",
	    "weekly: \"Sunday\" is no moment of the week, as \"Sun 02:00\"" },
	{ "nothing near", CHECK("zzzzzzzz = 1;"), "zzzzzzzz: is not an option here" },
	{ "a required option", "checks = ( { id = \"a\"; probe = \"toy\"; } );",
	    "f.conf:1: name: is missing (its name)" },
	{ "a span without unit", CHECK("limit = \"5\";"), "limit: \"5\" has no unit" },
	{ "a span past its limit", CHECK("limit = \"61min\";"),
	    "limit: 61min is not a time span from 1ms to 1h" },
	{ "a number for a span", CHECK("limit = 5;"),
	    "limit: is a number without quotes, it needs" },
	{ "a number past its limit", CHECK("count = 17;"),
	    "17 is not a whole number from 1 to 16" },
	{ "a number below it", CHECK("count = 0;"), "0 is not a whole number from 1 to 16" },
	{ "a number that libconfig would cut", CHECK("count = 4294967300;"), "count: " },
	{ "a number it would cut into range", CHECK("count = 4294967297;"), "count: " },
	{ "a wrong choice", CHECK("colour = \"blue\";"), "\"blue\" is not one of red|green" },
	{ "a text for a boolean", CHECK("loud = \"yes\";"),
	    "loud: is a text, it needs true or false" },
	{ "an empty entry", CHECK("paths = [ \"a\", \"\" ];"), "paths: entry 2 is empty" },
	{ "numbers in a list of texts", CHECK("paths = [ 1, 2 ];"), "entry 1 is not a text" },
	{ "what a table cannot say",
	    "checks = ( { id = \"a\"; probe = \"toy\"; name = \"forbidden\"; } );",
	    "f.conf:1: name: is forbidden" },
	{ "an unknown probe", "checks = ( { id = \"a\"; probe = \"tpy\"; } );",
	    "there is no probe \"tpy\"; there are: toy" },
	{ "an id with a slash", "checks = ( { id = \"a/b\"; probe = \"toy\"; name = \"x\"; } );",
	    "id: \"a/b\" is not 1 to 64 letters" },
	{ "an id of dots", "checks = ( { id = \"..\"; probe = \"toy\"; name = \"x\"; } );",
	    "id: \"..\"" },
	{ "an id twice",
	    "checks = ( { id = \"a\"; probe = \"toy\"; name = \"x\"; },\n"
	    " { id = \"a\"; probe = \"toy\"; name = \"x\"; } );",
	    "f.conf:2: id: \"a\" is given twice (first at f.conf:1)" },
	{ "an owner nobody knows", CHECK("owner = \"bob\";"),
	    "owner: \"bob\" is not the id of one" },
	{ "an owner as secondary",
	    "people = ( { id = \"b\"; name = \"B\"; } );\n" CHECK(
		"owner = \"b\"; secondary = \"b\";"),
	    "secondary: is the owner too" },
	{ "checks that are no list", "checks = { };", "checks: needs a list of groups" },
	{ "an entry that is no group", "checks = ( 5 );", "checks: entry 1 is not a group" },
	{ "a broken line", "site = \"x\"\nchecks = (;\n", "f.conf:2: syntax error" },
	{ "a comment without an end of line", "site = \"x\"; # y",
	    "f.conf:1: checks: there is none" },
	{ "a name given twice", "site = \"x\";\nsite = \"y\";\n",
	    "f.conf:2: duplicate setting name" },
	{ "an include that is missing", "@include \"none.conf\"\n",
	    "f.conf:1: @include: ./none.conf: " },
	{ "an include with a wildcard", "site = \"x\";\n@include \"*.conf\"\n",
	    "f.conf:2: @include: \"./*.conf\" has a wildcard" },
	{ "an include of itself", "@include \"f.conf\"\n", "@include: nested more than 10 deep" },
	{ "an unknown kind of sink", "sinks = ( { id = \"m\"; type = \"hron\"; } );",
	    "type: there is no sink \"hron\"; there are: horn" },
	{ "a sink without a kind", "sinks = ( { id = \"m\"; } );", "type: is missing" },
	{ "an unknown option of a sink, with the nearest",
	    "sinks = ( { id = \"m\"; type = \"horn\";\n volum = 5; } );",
	    "f.conf:2: volum: is not an option here; did you mean \"volume\"?" },
	{ "an unknown common option of a sink",
	    "sinks = ( { id = \"m\"; type = \"horn\"; level = [ \"act\" ]; } );",
	    "did you mean \"levels\"?" },
	{ "a sink's option past its limit",
	    "sinks = ( { id = \"m\"; type = \"horn\"; volume = 12; } );",
	    "12 is not a whole number from 1 to 11" },
	{ "what a sink's table cannot say",
	    "sinks = ( { id = \"m\"; type = \"horn\";\n volume = 7; } );",
	    "f.conf:2: volume: is unlucky" },
	{ "a level there is not",
	    "sinks = ( { id = \"m\"; type = \"horn\"; levels = [ \"act\", \"warn\" ]; } );",
	    "levels: \"warn\" is not one of ok|plan|act|stop|unknown" },
	{ "a sink's id twice",
	    "sinks = ( { id = \"m\"; type = \"horn\"; },\n { id = \"m\"; type = \"horn\"; } "
	    ");",
	    "f.conf:2: id: \"m\" is given twice (first at f.conf:1)" },
	{ "a secret that others can read",
	    "sinks = ( { id = \"m\"; type = \"horn\"; secret_file = \"open.secret\"; } );",
	    "open.secret can be read by others: chmod 600 open.secret" },
	{ "a secret that is not there",
	    "sinks = ( { id = \"m\"; type = \"horn\"; secret_file = \"no.secret\"; } );",
	    "no.secret: cannot look at it: No such file" },
	{ "bytes that are no UTF-8", "site = \"x\";\n# caf\xe9\n" CHECK(""),
	    "f.conf:2: is not UTF-8 (byte 0xE9)" },
	{ "an escape that makes such bytes", CHECK("paths = [ \"a\", \"\\xe9\" ];"),
	    "f.conf:3: paths: is not UTF-8 (byte 0xE9 at its place 1)" },
	{ "such bytes in the site", "site = \"a\\xff\";\n" CHECK(""),
	    "f.conf:1: site: is not UTF-8" },
	{ "nothing at all", "", "f.conf:1: checks: there is none, so nothing would be watched" },
	{ "an empty list of checks", "site = \"x\";\nchecks = ( );",
	    "f.conf:2: checks: there is none" },
	{ "the id of the daemon's own check",
	    "checks = ( { id = \"forewarn\"; probe = \"toy\"; name = \"x\"; } );",
	    "f.conf:1: id: \"forewarn\" is the check that forewarnd makes of itself" },
	{ "what stands in a file that is named", CHECK("colour = \"green\"; count = 13;"),
	    "f.conf:3: count: is not what the file says" },
	{ "a secret behind a link",
	    "sinks = ( { id = \"m\"; type = \"horn\"; secret_file = \"link.secret\"; } );",
	    "is a symbolic link" },
};

static void
bad(void)
{
	put("open.secret", "s", 0644);
	if (symlink("open.secret", "link.secret") < 0)
		abort();
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		struct conf *c;

		put("f.conf", faults[i].text, 0644);
		c = conf_load("f.conf", kinds, sink_kinds, NULL);
		if (c->nfaults == 0)
			T_INT(faults[i].row, c->nfaults, 1);
		else
			T_HAS(faults[i].row, c->faults[0], faults[i].fault);
		conf_free(c);
	}
	unlink("f.conf");
}

static void
one_fault(const char *row, const char *path, const char *want)
{
	struct conf *c = conf_load(path, kinds, sink_kinds, NULL);

	T_INT(row, c->nfaults, 1);
	T_HAS(row, c->nfaults > 0 ? c->faults[0] : "", want);
	conf_free(c);
}

static void
files(void)
{
	FILE *f;

	one_fault("a file that is not there", "none.conf", "none.conf: cannot look at it: No such");
	one_fault("a directory", "/tmp", "/tmp: is a directory (a regular file is needed)");
	one_fault("a device", "/dev/zero", "/dev/zero: is a device");
	if (mkfifo("fifo.conf", 0600) < 0 || (f = fopen("bin.conf", "w")) == NULL)
		abort();
	one_fault("a FIFO", "fifo.conf", "is a FIFO");
	fwrite("site = \"x\";\n\0\1\2", 1, 15, f);
	fclose(f);
	one_fault("a binary file", "bin.conf", "bin.conf:2: is not a text file (a NUL at byte 12)");
	if (truncate("bin.conf", CONF_FILE_MAX + 1) < 0)
		abort();
	one_fault("a huge file", "bin.conf", "(at most 4194304)");
}

static void
secrets(void)
{
	struct conf *c;

	put("closed.secret", "s", 0600);
	put("s.conf",
	    CHECK("") "sinks = ( { id = \"m\"; type = \"horn\"; secret_file = \"closed.secret\"; } "
		      ");",
	    0644);
	c = conf_load("s.conf", kinds, sink_kinds, NULL);
	T_INT("a secret only its owner can read is taken", c->nfaults, 0);
	T_INT("its sink is there", c->nsinks, 1);
	if (c->nsinks == 1) {
		const struct horn_conf *h = c->sinks[0].options;

		T_TEXT("with its kind", c->sinks[0].kind->name, "horn");
		T_TEXT("its options", h->secret_file, "closed.secret");
		T_INT("and their defaults", h->volume, 3);
		T_TRUE("found by its id", conf_sink(c, "m") == &c->sinks[0]);
		T_TRUE("and no other", conf_sink(c, "n") == NULL);
	}
	conf_free(c);
}

static void
conf_d(void)
{
	struct conf *c;

	if (mkdir("conf.d", 0755) < 0)
		abort();
	put("m.conf", "site = \"Lab\";\n" CHECK(""), 0644);
	put("conf.d/20-b.conf", "checks = ( { id = \"c\"; probe = \"toy\"; name = \"x\"; } );",
	    0644);
	put("conf.d/10-a.conf",
	    "checks = ( { id = \"b\"; probe = \"toy\"; name = \"x\"; owner = \"late\"; } );", 0644);
	put("conf.d/30-p.conf", "people = ( { id = \"late\"; name = \"Late\"; } );", 0644);
	put("conf.d/ignored.txt", "not a configuration", 0644);
	put("conf.d/.hidden.conf", "not a configuration", 0644);
	c = conf_load("m.conf", kinds, sink_kinds, NULL);
	T_INT("conf.d is read", c->nfaults, 0);
	T_INT("all of it", c->nchecks, 3);
	if (c->nchecks == 3) {
		T_TEXT("in the order of names", c->checks[1].id, "b");
		T_TEXT("to the last", c->checks[2].id, "c");
	}
	conf_free(c);
	put("conf.d/40-bad.conf", "checks = (", 0644);
	one_fault("a fault there names its file", "m.conf", "./conf.d/40-bad.conf:1: syntax error");
	put("conf.d/40-bad.conf", "site = \"Other\";", 0644);
	one_fault("a second site there", "m.conf",
	    "./conf.d/40-bad.conf:1: site: is given twice (first at m.conf:1)");
	unlink("conf.d/40-bad.conf");
}

static void
many_faults(void)
{
	struct str s;
	struct conf *c;

	str_init(&s, 1 << 20);
	for (int i = 0; i <= CONF_FAULTS_MAX; i++)
		str_addf(&s, "wrong%d = 1;\n", i);
	put("many.conf", s.s, 0644);
	c = conf_load("many.conf", kinds, sink_kinds, NULL);
	T_INT("every fault is counted", c->nfaults, CONF_FAULTS_MAX + 1);
	T_HAS("the last one that is listed", c->faults[CONF_FAULTS_MAX - 1], "wrong99");
	conf_free(c);
	str_fini(&s);
}

static void
many_sinks(int n, size_t want)
{
	struct str s;
	struct conf *c;

	str_init(&s, 1 << 20);
	str_add(&s, CHECK("") "sinks = (");
	for (int i = 0; i < n; i++)
		str_addf(&s, "%s\n{ id = \"s%d\"; type = \"horn\"; }", i > 0 ? "," : "", i);
	str_add(&s, ");");
	put("sinks.conf", s.s, 0644);
	c = conf_load("sinks.conf", kinds, sink_kinds, NULL);
	T_INT("sinks, and one past their limit", c->nfaults, want);
	if (want > 0)
		T_HAS("it is named", c->faults[0], "sinks.conf:69: sinks: more than 64");
	conf_free(c);
	str_fini(&s);
}

/* A check whose tool lies here and may be changed by anybody. */
static const char *
tool_check(void)
{
	static char text[8192];
	char here[4096];

	if (getcwd(here, sizeof(here)) == NULL)
		abort();
	snprintf(text, sizeof(text), CHECK("tools = [ \"%s/tool\", \"/etc\" ];"), here);
	return text;
}

static void
doubts(void)
{
	struct conf *c;

	put("tool", "x", 0777);
	put("conf.d/50-open.conf", "", 0666);
	put("m.conf", CHECK("tools = [ \"/tmp/../../bin/true\" ];"), 0644);
	c = conf_load("m.conf", kinds, sink_kinds, NULL);
	T_INT("a file that anybody may change is no fault", c->nfaults, 0);
	T_INT("but a doubt", c->ndoubts, 1);
	T_HAS("that names it", c->ndoubts > 0 ? c->doubts[0] : "",
	    "conf.d/50-open.conf: anybody may write to /");
	conf_free(c);
	unlink("conf.d/50-open.conf");
	put("m.conf", tool_check(), 0644);
	c = conf_load("m.conf", kinds, sink_kinds, NULL);
	T_INT("a program that anybody may change", c->ndoubts, 1);
	T_HAS("with its line", c->ndoubts > 0 ? c->doubts[0] : "",
	    "m.conf:3: tools: anybody may write to /");
	conf_free(c);
}

int
main(void)
{
	char dir[] = "/tmp/test_conf.XXXXXX", clean_up[64];

	if (mkdtemp(dir) == NULL || chdir(dir) < 0)
		abort();
	good();
	bad();
	files();
	secrets();
	many_faults();
	conf_d();
	many_sinks(CONF_SINKS_MAX, 0);
	many_sinks(CONF_SINKS_MAX + 1, 1);
	doubts();
	snprintf(clean_up, sizeof(clean_up), "rm -rf %s", dir); /* and nobody else's */
	if (chdir("/") < 0 || system(clean_up) != 0)
		abort();
	return t_end();
}
