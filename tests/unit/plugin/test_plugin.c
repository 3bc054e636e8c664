/* SPDX-License-Identifier: Apache-2.0
 *
 * Small scripts as plugins, run as the probe runs them but without a cell around it.
 */
#include "tests/t.h"

#include "cell/program.h"
#include "probes/plugin/plugin.h"
#include "tests/probe_harness.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static char dir[64];
static struct harness h;

/* A file of our folder with this text and mode; its path lives until the next call. */
static const char *
file(const char *name, const char *text, mode_t mode)
{
	static char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "w");
	if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0 || chmod(path, mode) < 0)
		abort();
	return path;
}

static const struct item *
run_with(const char *path, const char *argument, const char *environment)
{
	const char *argv[] = { path, argument }, *env[] = { environment };
	struct plugin_conf c = { .command = { argv, argument != NULL ? 2 : 1 },
		.environment = { env, environment != NULL ? 1 : 0 } };
	struct err e = { 0 };

	harness_clear(&h);
	T_INT("the run itself never fails", probe_run(&h.ctx, &c, &e), 0);
	T_INT("one item, whatever happens", h.nitems, 1);
	if (h.nitems != 1)
		exit(t_end());
	return &h.items[0];
}

static const struct item *
run_script(const char *body)
{
	char text[4096];

	snprintf(text, sizeof(text), "#!/bin/sh\n%s\n", body);
	return run_with(file("plugin", text, 0755), NULL, NULL);
}

#define UNKNOWN NULL, ITEM_UNKNOWN

static const struct {
	const char *row, *body, *finding;
	enum item_state state;
	const char *summary; /* is in it */
} ends[] = {
	{ "0 is fine", "echo 'OK - all well'", NULL, ITEM_FINE, "OK - all well" },
	{ "1 is a warning", "echo W; exit 1", "warning", ITEM_FOUND, "W" },
	{ "2 is critical", "echo C; exit 2", "critical", ITEM_FOUND, "C" },
	{ "3 is unknown", "echo 'no such disk'; exit 3", UNKNOWN, "no such disk" },
	{ "3 without a word", "exit 3", UNKNOWN, "said no reason" },
	{ "4 has no meaning", "echo what; exit 4", UNKNOWN,
	    "code 4 (only 0 to 3 have a meaning): what" },
	{ "255 has none", "exit 255", UNKNOWN, "code 255" },
	{ "127 is the shell's", "no-such-program", UNKNOWN, "code 127" },
	{ "silence is not fine", "exit 0", UNKNOWN, "said nothing" },
	{ "silence is no warning", "exit 1", UNKNOWN, "said nothing" },
	{ "silence is not critical", "exit 2", UNKNOWN, "said nothing" },
	{ "spaces are silence", "echo '   '", UNKNOWN, "said nothing" },
	{ "figures alone are silence", "echo '|a=1'", UNKNOWN, "said nothing" },
	{ "words on stderr only", "echo lost >&2", UNKNOWN, "said nothing" },
	{ "ended by SIGKILL", "echo OK; kill -9 $$", UNKNOWN, "signal 9" },
	{ "ended by SIGSEGV", "echo OK; kill -11 $$", UNKNOWN, "signal 11" },
};

static void
test_ends(void)
{
	for (size_t i = 0; i < COUNT(ends); i++) {
		const struct item *it = run_script(ends[i].body);

		T_INT(ends[i].row, it->state, ends[i].state);
		T_TEXT(ends[i].row, it->finding, ends[i].finding);
		T_HAS(ends[i].row, it->summary, ends[i].summary);
		T_TEXT(ends[i].row, it->rule, "plugin.status");
		T_TEXT(ends[i].row, it->target, "plugin");
	}
	run_script("echo lost >&2; echo 'last words' >&2; exit 2");
	T_TEXT("the last line of stderr", harness_evidence(&h.items[0], "stderr"), "last words");
	T_TEXT("the code", harness_evidence(&h.items[0], "exit_code"), "2");
	run_script("kill -9 $$");
	T_TEXT("no code when a signal ended it", harness_evidence(&h.items[0], "exit_code"), NULL);
}

static void
test_output(void)
{
	const struct item *it =
	    run_script("printf 'OK | a=5ms;1;2 x=1,5 y\\nmore\\nand more | b=2KB\\n'");

	T_TEXT("the first line", it->summary, "OK");
	T_TEXT("the rest", harness_evidence(it, "more"), "more\nand more");
	T_INT("figures of both places", it->nmetrics, 2);
	T_NEAR("base units", harness_metric(it, "a")->value, 0.005, 1e-12);
	T_NEAR("1 KB", harness_metric(it, "b")->value, 2048, 0);
	T_TEXT("bad ones are counted", harness_evidence(it, "bad_perfdata"), "2, first: x=1,5");
	it = run_script(
	    "i=0; printf 'OK|'; while [ $i -lt 257 ]; do printf \"m$i=1 \"; i=$((i+1)); done");
	T_INT("256 figures", it->nmetrics, 256);
	T_TEXT("the others are counted", harness_evidence(it, "surplus_perfdata"), "1 past 256");
}

/* n bytes on one line, then the exit code. */
static const struct item *
run_long(size_t n, int code)
{
	char body[128];

	snprintf(body, sizeof(body), "head -c %zu /dev/zero | tr '\\000' x; exit %d", n, code);
	return run_script(body);
}

static void
test_limits(void)
{
	const struct item *it = run_long(1000, 0);

	T_INT("the longest summary", strlen(it->summary), 1000);
	T_TEXT("is whole", harness_evidence(it, "first_line"), NULL);
	it = run_long(1001, 0);
	T_INT("one byte longer", strlen(it->summary), 1003);
	T_HAS("one byte longer ends so", it->summary, "xxx...");
	T_INT("and is whole here", strlen(harness_evidence(it, "first_line")), 1001);
	it = run_long(PLUGIN_OUTPUT_MAX, 0);
	T_INT("as much as is kept", strlen(harness_evidence(it, "first_line")), PLUGIN_OUTPUT_MAX);
	T_TEXT("is not cut", harness_evidence(it, "cut"), NULL);
	it = run_long(PLUGIN_OUTPUT_MAX + 1, 4);
	T_INT("one byte more", strlen(harness_evidence(it, "first_line")), PLUGIN_OUTPUT_MAX);
	T_HAS("is said to be cut", harness_evidence(it, "cut"), "65536");
	T_HAS("with its code", it->summary, "code 4");
	it = run_script("printf '%0997d' 0; printf '\\360\\237\\230\\200\\360\\237\\230\\200'");
	T_INT("a character of four bytes is not cut", strlen(it->summary), 1000);
	it = run_script("echo OK; head -c 9000 /dev/zero | tr '\\000' e >&2");
	T_INT("the end of stderr", strlen(harness_evidence(it, "stderr")), PROGRAM_STDERR_MAX);
}

static void
test_floods(void)
{
	const struct item *it = run_script("echo OK; yes | head -c 20000000");

	T_INT("20 MB on stdout", it->state, ITEM_FINE);
	T_TEXT("20 MB on stdout: the first line", it->summary, "OK");
	it = run_script("echo OK; yes | head -c 20000000 >&2");
	T_INT("20 MB on stderr", it->state, ITEM_FINE);
	T_TEXT("20 MB on stderr: the last line", harness_evidence(it, "stderr"), "y");
}

/* What is left of the time when a run has ended, with `all` of it at its beginning. */
static span
left_after(const char *body, span all)
{
	char text[1024];

	snprintf(text, sizeof(text), "#!/bin/sh\n%s\n", body);
	file("plugin", text, 0755);
	harness_clear(&h);
	h.ctx.deadline = h.ctx.clk->mono(h.ctx.clk) + all;
	/* run_with would set it anew */
	const char *argv[] = { NULL };
	char path[128];

	snprintf(path, sizeof(path), "%s/plugin", dir);
	argv[0] = path;
	struct plugin_conf c = { .command = { argv, 1 } };
	struct err e = { 0 };

	T_INT("the run itself never fails", probe_run(&h.ctx, &c, &e), 0);
	T_INT("one item, whatever happens", h.nitems, 1);
	return h.ctx.deadline - h.ctx.clk->mono(h.ctx.clk);
}

/* Is the process there that wrote its number into this file? One that only waits to be reaped by
 * init is not. */
static bool
lives(const char *pidfile)
{
	char path[128], state = 'R';
	int pid = 0;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, pidfile);
	f = fopen(path, "r");
	if (f == NULL || fscanf(f, "%d", &pid) != 1 || pid <= 1)
		return true; /* a program that wrote no number proves nothing */
	fclose(f);
	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	for (int i = 0; i < 100 && state != 'Z'; i++) {
		f = fopen(path, "r");
		if (f == NULL)
			return false;
		if (fscanf(f, "%*d (%*[^)]) %c", &state) != 1)
			state = 'R';
		fclose(f);
		usleep(10000);
	}
	return state != 'Z';
}

static void
test_time(void)
{
	char body[512];
	span left = left_after("echo slow; sleep 30", 500 * SPAN_MS);

	T_TRUE("it is done before the deadline", left > 0);
	T_INT("a late one is unknown", h.items[0].state, ITEM_UNKNOWN);
	T_HAS("a late one: words", h.items[0].summary, "did not answer within");
	T_TEXT("a late one has no code", harness_evidence(&h.items[0], "exit_code"), NULL);

	snprintf(body, sizeof(body),
	    "trap '' TERM INT HUP; (trap '' TERM; echo $$ >%s/one; sh -c 'echo $$ >%s/two; sleep "
	    "30; :') &\n"
	    "echo OK; sleep 30",
	    dir, dir);
	left = left_after(body, 600 * SPAN_MS);
	T_TRUE("deaf ones too", left > 0);
	T_TRUE("the program is gone", !lives("one"));
	T_TRUE("its child is gone", !lives("two"));

	left = left_after("sleep 30 & echo OK", 5 * SPAN_S);
	T_INT("a child that holds the pipes open", h.items[0].state, ITEM_FINE);
	T_TRUE("is not waited for", left > 4 * SPAN_S);
	left = left_after("setsid timeout 4 yes >&2 & echo OK", 8 * SPAN_S);
	T_INT("a child of its own session that floods", h.items[0].state, ITEM_FINE);
	T_TRUE("is not listened to", left > 6 * SPAN_S);
}

static const struct {
	const char *row, *summary;
	const char *text; /* NULL: see make() */
	mode_t mode;
} starts[] = {
	{ "missing", "No such file", NULL, 0 },
	{ "a folder", "a directory, not a program", NULL, S_IFDIR },
	{ "a FIFO", "not a regular file", NULL, S_IFIFO },
	{ "not executable", "may not be executed", "#!/bin/sh\necho OK\n", 0644 },
	{ "a script without #!", "neither a program nor a script", "echo OK\n", 0755 },
	{ "empty", "neither a program nor a script", "", 0755 },
	{ "no such interpreter", "No such file", "#!/no/such/shell\n", 0755 },
	{ "a link to itself", "symbolic links", NULL, S_IFLNK },
};

static void
make(const char *path, mode_t mode)
{
	unlink(path);
	rmdir(path);
	if ((mode == S_IFDIR && mkdir(path, 0755) < 0) ||
	    (mode == S_IFIFO && mkfifo(path, 0755) < 0) ||
	    (mode == S_IFLNK && symlink(path, path) < 0))
		abort();
}

static void
test_starts(void)
{
	for (size_t i = 0; i < COUNT(starts); i++) {
		char path[128];
		const struct item *it;

		snprintf(path, sizeof(path), "%s/start", dir);
		make(path, starts[i].text == NULL ? starts[i].mode : 0);
		if (starts[i].text != NULL)
			file("start", starts[i].text, starts[i].mode);
		it = run_with(path, NULL, NULL);
		T_INT(starts[i].row, it->state, ITEM_UNKNOWN);
		T_HAS(starts[i].row, it->summary, "could not be started");
		T_HAS(starts[i].row, it->summary, starts[i].summary);
		T_TEXT(starts[i].row, it->target, "start");
		make(path, 0);
	}
}

static void
test_surroundings(void)
{
	const char *path =
	    file("env", "#!/bin/sh\nenv | sort | tr '\\n' ' '; echo \"arg=$1\"\n", 0755);
	const struct item *it;

	setenv("FOREWARN_SECRET", "1", 1);
	it = run_with(path, "a b;$HOME", "X_Y=1 2");
	T_TRUE("the parent's environment stays here", strstr(it->summary, "SECRET") == NULL);
	T_HAS("its own is there", it->summary, "X_Y=1 2");
	T_HAS("no language", it->summary, "LC_ALL=C ");
	T_HAS("no shell reads the arguments", it->summary, "arg=a b;$HOME");
	T_INT("a descriptor that would be handed on", dup2(STDERR_FILENO, 20), 20);
	it = run_with("/bin/ls", "/proc/self/fd", NULL);
	T_TEXT("ls prints a name a line", it->summary, "0");
	T_TEXT("the first three and its own folder", harness_evidence(it, "more"), "1\n2\n3");
	it = run_script("read x; echo \"got '$x'\"");
	T_TRUE("it is not our terminal that it reads", it->state == ITEM_FINE);
}

int
main(void)
{
	char clean[160];

	snprintf(dir, sizeof(dir), "/tmp/forewarn-plugin-XXXXXX");
	if (mkdtemp(dir) == NULL || freopen("/dev/null", "r", stdin) == NULL)
		return 1;
	harness_init(&h);
	test_ends();
	test_output();
	test_limits();
	test_floods();
	test_time();
	test_starts();
	test_surroundings();
	harness_fini(&h);
	snprintf(clean, sizeof(clean), "rm -rf '%s'", dir);
	return t_end() | (system(clean) != 0);
}
