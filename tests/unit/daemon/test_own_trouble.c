/* SPDX-License-Identifier: Apache-2.0
 *
 * Trouble of the daemon's own, by a clock of the test: 60 s after a sink refused its second letter,
 * and after a reload that failed, each thing that the daemon says of itself without being asked
 * says so; and 60 s after it is mended, that it is over. What it says when it is asked is made of
 * the same rows (tests/sys/737-own-trouble).
 */
#include "base/str.h"
#include "tests/daemon_rig.h"

#include <string.h>

#define START (1790000000 * INSTANT_S)
#define PATIENCE (60 * SPAN_S)
#define RAISED "forewarn.alert.raised"
#define RESOLVED "forewarn.alert.resolved"
#define HEAD                                                                                       \
	"site = \"lab\"; checks = ( { id = \"a\"; probe = \"plugin\"; command = [ \"/bin/true\" "  \
	"]; every = \"1h\"; confirm = 1; } );"                                                     \
	"sinks = ( { id = \"odd\"; type = \"webhook\"; url = \"http://127.0.0.1:9/\"; },"          \
	"{ id = \"good\"; type = \"webhook\"; url = \"http://127.0.0.1:10/\"; },"                  \
	"{ id = \"m\"; type = \"metrics\"; path = \"%s/m.prom\"; }%s );"

static bool refuses;

static enum rig_find
find(void *self, const char *check, instant now)
{
	(void)self, (void)check, (void)now;
	return RIG_OK;
}

static struct answer
answer(void *self, const char *sink, const struct letter *l)
{
	(void)self, (void)l;
	if (refuses && strcmp(sink, "odd") == 0)
		return (
		    struct answer){ .outcome = POST_REFUSED, .reason = "answered 400: refused" };
	return (struct answer){ .outcome = POST_DELIVERED, .reason = "taken" };
}

/* The configuration with more sinks, or with what is no configuration. */
static void
configure(const char *more)
{
	char text[2048];

	snprintf(text, sizeof(text), HEAD, rig.folder, more);
	rig_configure(text);
}

static void
begin(void)
{
	refuses = false;
	rig.find = find;
	rig.answer = answer;
	rig_open(START);
	configure("");
	rig_start();
	rig_pass(10 * SPAN_MIN); /* the first look is over */
	rig.nletters = 0;
}

static void
end(void)
{
	rig_stop();
	rig_close();
	rig.nletters = 0;
}

/* ---- what is said without being asked */

/* The file for collectors; the text is the caller's to free. */
static void
read_file(struct str *out)
{
	char path[128], line[1024];
	FILE *f;

	str_init(out, 1 << 20);
	snprintf(path, sizeof(path), "%s/m.prom", rig.folder);
	f = fopen(path, "r");
	while (f != NULL && fgets(line, sizeof(line), f) != NULL)
		str_add(out, line);
	if (f != NULL)
		fclose(f);
}

static void
file_says(const char *target, const char *rule, int level)
{
	char want[256];
	struct str text;

	read_file(&text);
	snprintf(want, sizeof(want), "target=\"%s\",rule=\"%s\"} %d\n", target, rule, level);
	T_TRUE(want, strstr(text.s, want) != NULL);
	str_fini(&text);
}

static void
status_says(const char *words)
{
	T_TRUE(words, strncmp(rig.d.self.status, words, strlen(words)) == 0);
}

/* Letters to the sink that takes them, since the last call. */
static void
told(size_t raised, size_t resolved)
{
	T_INT("raised", rig_count("good", RAISED, "forewarn", 0), raised);
	T_INT("resolved", rig_count("good", RESOLVED, "forewarn", 0), resolved);
	rig.nletters = 0;
}

/* ---- the two states */

/* Second by second until the sink has refused that often in a row; 0: until it takes a letter. */
static void
until_refused(unsigned refusals)
{
	const struct sending *s = &rig.d.posts.v[0];

	for (int i = 0; i < 3600 && (refusals == 0 ? s->refusals > 0 : s->refusals < refusals); i++)
		rig_pass(SPAN_S);
	T_TRUE(
	    "the receiver was asked", refusals == 0 ? s->refusals == 0 : s->refusals >= refusals);
}

static void
refused(void)
{
	begin();
	refuses = true;
	until_refused(1);
	status_says("STATUS=Watches 1 check");
	until_refused(2);
	rig_pass(PATIENCE);
	status_says("STATUS=act: Nothing arrives at \"odd\" since ");
	T_TRUE("and why", strstr(rig.d.self.status, "answered 400: refused") != NULL);
	file_says("odd", "forewarn.sink", LEVEL_ACT);
	told(1, 0);

	refuses = false;
	until_refused(0);
	rig_pass(PATIENCE);
	status_says("STATUS=Watches 1 check");
	file_says("odd", "forewarn.sink", LEVEL_OK);
	told(0, 1);
	end();
}

static void
broken(const char *more, const char *why)
{
	configure(more);
	daemon_reload(&rig.d);
	rig_pass(PATIENCE);
	status_says("STATUS=act: The changed configuration is not in force: ");
	T_TRUE(why, strstr(rig.d.self.status, why) != NULL);
	file_says("configuration", "forewarn.config", LEVEL_ACT);
	told(1, 0);

	configure("");
	daemon_reload(&rig.d);
	rig_pass(PATIENCE);
	status_says("STATUS=Watches 1 check");
	file_says("configuration", "forewarn.config", LEVEL_OK);
	told(0, 1);
}

static void
reloaded(void)
{
	begin();
	broken(" } ", "syntax error");
	broken(", { id = \"t\"; type = \"webhook\"; url = \"http://127.0.0.1:11/\"; "
	       "format = \"template\"; template_file = \"/nonexistent\"; }",
	    "/nonexistent");
	end();
}

int
main(void)
{
	refused();
	reloaded();
	return t_end();
}
