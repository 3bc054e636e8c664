/* SPDX-License-Identifier: Apache-2.0
 *
 * logrotate's configuration and notes: each word, whole files, all that is cut short, each limit
 * and one past it; and what of a log is told to have stopped.
 */
#include "probes/audit/rotate_conf.h"
#include "probes/audit/rotate_status.h"
#include "probes/audit/rotation.h"

#include "base/arena.h"
#include "tests/t.h"

#include <stdlib.h>

static struct arena *arena;

static const struct rotate_rule *
rule_of(struct rotate_conf *c, const char *text, const char *path)
{
	rotate_begin(c, arena);
	rotate_read(c, "conf", text, strlen(text));
	return rotate_find(c, path);
}

/* Terms of /a.log: every in hours, kept, size, minsize, maxsize, maxage in days. */
static const char *
terms(const char *text)
{
	static char out[128];
	struct rotate_conf c;
	const struct rotate_rule *r = rule_of(&c, text, "/a.log");
	const struct rotate_terms *t = r != NULL ? &r->terms : NULL;

	if (t == NULL)
		return "none";
	snprintf(out, sizeof(out), "%lldh %lld %llu %llu %llu %lldd%s%s%s%s%s",
	    (long long)(t->every / SPAN_H), (long long)t->kept, (unsigned long long)t->size,
	    (unsigned long long)t->minsize, (unsigned long long)t->maxsize,
	    (long long)(t->maxage / SPAN_DAY), t->dateext ? " dateext" : "", t->su ? " su" : "",
	    t->not_empty ? " notifempty" : "", t->empties ? " copytruncate" : "",
	    c.unclear.file != NULL ? " unclear" : "");
	return out;
}

static void
words(void)
{
	static const struct {
		const char *row, *text, *want;
	} rows[] = {
		{ "nothing said", "/a.log {\n}\n", "0h 0 1048576 0 0 0d" },
		{ "daily", "/a.log {\n daily\n rotate 7\n}\n", "24h 7 0 0 0 0d" },
		{ "what holds for all", "weekly\nrotate 4\n/a.log {\n}\n", "168h 4 0 0 0 0d" },
		{ "the block's own", "weekly\nrotate 4\n/a.log {\nmonthly\nrotate 12\n}\n",
		    "744h 12 0 0 0 0d" },
		{ "what follows holds for what follows", "/a.log {\n}\nweekly\n",
		    "0h 0 1048576 0 0 0d" },
		{ "hourly", "/a.log{\nhourly\n}\n", "1h 0 0 0 0 0d" },
		{ "yearly", "/a.log\n{\nyearly\n}\n", "8784h 0 0 0 0 0d" },
		{ "weekly on a day", "/a.log {\nweekly 6\n}\n", "168h 0 0 0 0 0d" },
		{ "size in place of time", "/a.log {\nweekly\nsize 100k\n}\n",
		    "0h 0 102400 0 0 0d" },
		{ "time in place of size", "/a.log {\nsize 100k\nweekly\n}\n", "168h 0 0 0 0 0d" },
		{ "size=", "/a.log {\nsize=4M\n}\n", "0h 0 4194304 0 0 0d" },
		{ "size in G", "/a.log {\nsize = 1G\n}\n", "0h 0 1073741824 0 0 0d" },
		{ "minsize and maxsize", "/a.log {\ndaily\nminsize 1\nmaxsize 2M\n}\n",
		    "24h 0 0 1 2097152 0d" },
		{ "all kept", "/a.log {\nrotate -1\nmaxage 730\n}\n", "0h -1 1048576 0 0 730d" },
		{ "less than all", "/a.log {\nrotate -2\n}\n", "0h 0 1048576 0 0 0d unclear" },
		{ "no number", "/a.log {\nrotate four\n}\n", "0h 0 1048576 0 0 0d unclear" },
		{ "a size that is none", "/a.log {\nsize 4T\n}\n", "0h 0 1048576 0 0 0d unclear" },
		{ "the largest size", "/a.log {\nsize 18014398509481983k\n}\n",
		    "0h 0 18446744073709550592 0 0 0d" },
		{ "one past it", "/a.log {\nsize 18014398509481984k\n}\n",
		    "0h 0 1048576 0 0 0d unclear" },
		{ "switches", "/a.log {\ndateext\nsu root adm\nnotifempty\ncopytruncate\n}\n",
		    "0h 0 1048576 0 0 0d dateext su notifempty copytruncate" },
		{ "and back", "dateext\nnotifempty\n/a.log {\nnodateext\nifempty\n}\n",
		    "0h 0 1048576 0 0 0d" },
		{ "a word it does not have", "/a.log {\nrotatate 1\n}\n",
		    "0h 0 1048576 0 0 0d unclear" },
		{ "a script", "/a.log {\npostrotate\n rotate 9 }\n endscript\n daily\n}\n",
		    "24h 0 0 0 0 0d" },
		{ "its end is a word", "/a.log {\npostrotate\nendscripts\ndaily\nendscript\n}\n",
		    "0h 0 1048576 0 0 0d" },
		{ "comments", "# x\n/a.log { # y\n# daily\nrotate 2\n}\n", "0h 2 1048576 0 0 0d" },
		{ "several names", "/b.log /a.log\n/c.log\n{\nrotate 3\n}\n",
		    "0h 3 1048576 0 0 0d" },
		{ "in quotes", "\"/a.log\" {\nrotate 3\n}\n", "0h 3 1048576 0 0 0d" },
		{ "a pattern", "/*.log {\nrotate 3\n}\n", "0h 3 1048576 0 0 0d" },
		{ "another pattern", "/*.txt {\nrotate 3\n}\n", "none" },
		{ "a pattern goes into no folder", "*log {\n}\n/x/*.log {\n}\n", "none" },
		{ "the first counts", "/a.log {\nrotate 1\n}\n/a.log {\nrotate 2\n}\n",
		    "0h 1 1048576 0 0 0d" },
		{ "no end", "/a.log {\nrotate 1\n", "none" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		T_TEXT(rows[i].row, terms(rows[i].text), rows[i].want);
}

static const char whole[] = "weekly\nrotate 4\ncreate\ninclude /nowhere\n"
			    "/var/log/a.log \"/var/log/b c.log\"\n/var/log/x/*.log\n{\n"
			    "\trotate 12\n\tmonthly\n\tsize=10M\n\tpostrotate\n\t\tkill -USR1 1\n"
			    "\tendscript\n\tdateformat -%Y%m%d-%s\n}\n";

/* Whatever is read of a part of it, each block has a name, and no line is beyond its end. */
static void
cut_short(void)
{
	for (size_t n = 0; n <= sizeof(whole) - 1; n++) {
		char *text = malloc(n + 1);
		struct rotate_conf c;

		if (text == NULL)
			abort();
		memcpy(text, whole, n);
		rotate_begin(&c, arena);
		rotate_read(&c, "conf", text, n);
		free(text);
		for (size_t i = 0; i < c.nrules; i++)
			T_TRUE("has a name", c.rules[i].nnames > 0 && c.rules[i].at.line <= 5);
		T_INT("a block when it has its end", c.nrules, n >= sizeof(whole) - 2);
		arena_reset(arena);
	}
}

static void
places(void)
{
	struct rotate_conf c;
	const struct rotate_rule *r = rule_of(&c, whole, "/var/log/x/y.log");

	T_TRUE("found", r != NULL);
	T_INT("where it begins", r->at.line, 5);
	T_INT("which line says how many", r->terms.kept_at.line, 8);
	T_INT("and when", r->terms.every_at.line, 10);
	T_TEXT("its name's form", r->terms.dateformat, "-%Y%m%d-%s");
	T_TRUE("a name with a blank", rotate_find(&c, "/var/log/b c.log") == r);
	rule_of(&c, "rotate 1\nfoo bar\nbaz\n", "/a");
	T_INT("the first line that is not understood", c.unclear.line, 2);
	T_TEXT("its word", c.unclear_text, "foo");
}

static void
limits(void)
{
	static char text[(ROTATE_NAMES_MAX + 2) * 4];
	struct rotate_conf c;
	size_t n = 0;

	for (int more = 0; more < 2; more++) {
		n = 0;
		for (int i = 0; i < ROTATE_NAMES_MAX + more; i++)
			n += (size_t)snprintf(text + n, sizeof(text) - n, "/a ");
		snprintf(text + n, sizeof(text) - n, "{\n}\n");
		rule_of(&c, text, "/a");
		T_TRUE(more ? "a name too many" : "as many names as may be",
		    (c.over != NULL) == (more == 1));
		n = 0;
		for (int i = 0; i < ROTATE_RULES_MAX + more; i++)
			n += (size_t)snprintf(text + n, sizeof(text) - n, "/a{\n}\n");
		rule_of(&c, text, "/a");
		T_TRUE(more ? "a block too many" : "as many blocks as may be",
		    (c.over != NULL) == (more == 1));
		n = (size_t)snprintf(text, sizeof(text), "/");
		for (int i = 0; i < ROTATE_STARS_MAX + more; i++)
			n += (size_t)snprintf(text + n, sizeof(text) - n, "*a");
		snprintf(text + n, sizeof(text) - n, "{\n}\n");
		T_TRUE(more ? "a wildcard too many" : "as many wildcards as may be",
		    (rule_of(&c, text, "/aaaaaaaaaaaaaaaaaa") == NULL) == (more == 1));
		memset(text, 'a', ROTATE_NAME_MAX + 1);
		text[0] = '/';
		snprintf(text + ROTATE_NAME_MAX + more, 5, "{\n}\n");
		rule_of(&c, text, "/a");
		T_INT(more ? "a name too long" : "as long as may be", c.nrules, 1 - more);
	}
}

/* Where the day's text is what it was set aside; "-": nothing is found. */
static const char *
noted(const char *text, const char *path)
{
	static char buf[INSTANT_TEXT];
	instant at;

	return rotate_status_find(text, strlen(text), path, &at) ? instant_text(at, buf) : "-";
}

static void
notes(void)
{
	static const char text[] = "logrotate state -- version 2\n"
				   "\"/l/q\\\"x.log\" 2026-11-30-14:20:34\n"
				   "\"/l/a b.log\" 2026-11-9-6:25:1\n\"/l/c\" 2026-13-1-0:0:0\n";
	static const char one[] = "logrotate state -- version 1\n/l/c 2026-11-3\n";

	T_TEXT("a name with a quote", noted(text, "/l/q\"x.log"), "2026-11-30T14:20:34Z");
	T_TEXT("a name with a blank", noted(text, "/l/a b.log"), "2026-11-09T06:25:01Z");
	T_TEXT("a part of a name", noted(text, "/l/a"), "-");
	T_TEXT("a longer name", noted(text, "/l/a b.log.1"), "-");
	T_TEXT("no such month", noted(text, "/l/c"), "-");
	T_TEXT("the older form", noted(one, "/l/c"), "2026-11-03T00:00:00Z");
	T_TEXT("no such notes", noted("logrotate state -- version 3\n", "/l/c"), "-");
	for (size_t n = 0; n < sizeof(text) - 1; n++) {
		char *part = malloc(n + 1);
		instant at;

		if (part == NULL)
			abort();
		memcpy(part, text, n);
		T_INT("cut short",
		    rotate_status_find(part, n, "/l/a b.log", &at) && n < sizeof(text) - 50, 0);
		free(part);
	}
}

#define DAY(n) (1000 * INSTANT_DAY + (n)*INSTANT_DAY)

/* A log of three older files, each of a week and 1000 bytes, on day 30 after the last. */
static struct rotation_seen
usual(void)
{
	return (struct rotation_seen){ .name = "a.log",
		.now = DAY(30),
		.up = SPAN_DAY,
		.size = 5000,
		.oldest = DAY(0),
		.newest = DAY(30),
		.aside = DAY(0),
		.past = ROTATION_PAST_MIN,
		.longest = 7 * SPAN_DAY,
		.largest = 1000 };
}

static const char *
judged(const struct rotation_seen *v)
{
	static char words[STATE_TEXT];
	const char *key = rotation_judge(v, words);

	return key != NULL ? key : "-";
}

static void
by_its_past(void)
{
	struct rotation_seen v = usual();

	T_TEXT("longer and larger than ever", judged(&v), "stopped");
	v.past = ROTATION_PAST_MIN - 1;
	T_TEXT("too few older files", judged(&v), "-");
	v = usual();
	v.size = ROTATION_FACTOR * v.largest;
	T_TEXT("as large as may be", judged(&v), "-");
	v.size++;
	T_TEXT("a byte more", judged(&v), "stopped");
	v = usual();
	v.newest = DAY(15);
	T_TEXT("nothing was added since it was due: off, or quiet", judged(&v), "-");
	v.newest = DAY(15) + INSTANT_S;
	T_TEXT("a second more", judged(&v), "stopped");
	v = usual();
	v.size = 900;
	T_TEXT("by its size, and it hardly grows", judged(&v), "-");
}

static void
by_configuration(void)
{
	struct rotate_rule weekly = { .terms = { .every = 7 * SPAN_DAY, .kept = 4 },
		.at = { "/etc/logrotate.d/a", 3 } };
	struct rotation_seen v = usual();

	v.past = 0;
	v.rule = &weekly;
	v.status = DAY(0);
	v.ran = DAY(30);
	T_TEXT("it ran, and left it", judged(&v), "stopped");
	v.ran = DAY(15);
	v.newest = DAY(15);
	T_TEXT("not long due when it ran", judged(&v), "-");
	v.ran = DAY(30);
	v.newest = DAY(30);
	v.oldest = DAY(25);
	T_TEXT("it was empty (notifempty), and has its first record", judged(&v), "-");
	v.oldest = 0;
	T_TEXT("since when it has records is not known", judged(&v), "-");
	v = usual();
	v.past = 0;
	v.rule = &weekly;
	v.status = DAY(0);
	v.ran = DAY(30);
	v.size = 0;
	T_TEXT("it is empty", judged(&v), "-");
	v.size = 5000;
	weekly.terms.minsize = 5001;
	T_TEXT("it is not large enough yet", judged(&v), "-");
	weekly.terms = (struct rotate_terms){ .size = 10000 };
	T_TEXT("by size, below it", judged(&v), "-");
	v.ran = DAY(30) - 3 * INSTANT_DAY;
	T_TEXT("it runs", judged(&v), "-");
	v.ran -= INSTANT_S;
	T_TEXT("it does not run", judged(&v), "stopped");
	v.up = ROTATION_UP - 1;
	T_TEXT("the computer was off until now", judged(&v), "-");
}

static void
by_its_folder(void)
{
	struct rotate_rule rule = {
		.terms = { .every = SPAN_DAY }, .at = { "/etc/x", 1 }, .of_root = true
	};
	struct rotation_seen v = { .name = "a.log", .size = 1, .rule = &rule, .folder_mode = 0755 };

	T_TEXT("root's alone", judged(&v), "-");
	v.folder_mode = 0775;
	T_TEXT("root's group", judged(&v), "-");
	v.folder_gid = 4;
	T_TEXT("another group", judged(&v), "refused");
	rule.of_root = false;
	T_TEXT("a user's own logrotate does not mind", judged(&v), "-");
	rule.of_root = true;
	rule.terms.su = true;
	T_TEXT("in a user's name", judged(&v), "-");
	rule.terms.su = false;
	v.folder_mode = 01777;
	v.folder_gid = 0;
	T_TEXT("everybody", judged(&v), "refused");
	v.folder_mode = 0755;
	rule.ignored = true;
	T_TEXT("a configuration that others write", judged(&v), "refused");
}

static void
by_the_name(void)
{
	struct rotation_seen v = { .name = "a.log",
		.now = DAY(0),
		.aside = DAY(0),
		.size = 300,
		.newest_size = 100,
		.past = 1,
		.life = SPAN_H,
		.newest_name = "a.log-19720927" };
	struct rotate_rule rule = { .terms = { .size = 200 } };

	T_TEXT("the day's name is taken", judged(&v), "name-taken");
	v.size = 299;
	T_TEXT("not three times as large", judged(&v), "-");
	v.size = 300;
	v.life = ROTATION_DAY;
	T_TEXT("it is set aside by the day", judged(&v), "-");
	v.rule = &rule;
	T_TEXT("its configuration says by size", judged(&v), "name-taken");
	rule.terms = (struct rotate_terms){ .every = SPAN_DAY };
	T_TEXT("or by the day", judged(&v), "-");
	rule.terms.maxsize = 299;
	T_TEXT("or by the day, and by size", judged(&v), "name-taken");
	v.newest_name = "a.log-19720926";
	T_TEXT("the name of the day before", judged(&v), "-");
	v.newest_name = "a.log-19720927-1790000000";
	T_TEXT("a name with the time of day", judged(&v), "-");
}

int
main(void)
{
	arena = arena_new((size_t)64 << 20);
	setenv("TZ", "UTC", 1);
	words();
	cut_short();
	places();
	limits();
	notes();
	by_its_past();
	by_configuration();
	by_its_folder();
	by_the_name();
	arena_free(arena);
	return t_end();
}
