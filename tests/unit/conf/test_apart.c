/* SPDX-License-Identifier: Apache-2.0
 *
 * What happens to the process that parses a configuration: it does its work without a right, and
 * whatever becomes of it, the one that asked goes on.
 */
#include "cell/sandbox.h"
#include "conf/apart.h"
#include "tests/conf_toys.h"
#include "tests/t.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define GOOD "checks = ( { id = \"a\"; probe = \"toy\"; name = \"x\"; } );\n"

/* Takes the rights of forewarn's own, then tries what it needs them for. */
static int
disarmed(struct err *e)
{
	bool landlock = syscall(SYS_landlock_create_ruleset, NULL, 0, 1U) > 0;
	const struct sandbox_terms none = { .state_fd = -1 };
	struct sandbox_held held;

	if (sandbox_enter(&none, &held, e) < 0)
		return -1;
	if ((landlock && open("/etc/passwd", O_RDONLY) >= 0) ||
	    socket(AF_INET, SOCK_STREAM, 0) >= 0 || fork() >= 0 ||
	    fcntl(STDERR_FILENO, F_GETFD) >= 0)
		abort();
	return 0;
}

static int
crashes(struct err *e)
{
	(void)e;
	signal(SIGSEGV, SIG_DFL);
	raise(SIGSEGV);
	return 0;
}

static int
ends(struct err *e)
{
	(void)e;
	_exit(5);
}

static int
refuses(struct err *e)
{
	return err_set(e, ERR_SYS, "no");
}

static int
hangs(struct err *e)
{
	(void)e;
	while (pause() < 0)
		;
	return 0;
}

/* Its socket ends, it does not. */
static int
hides(struct err *e)
{
	close(APART_FD);
	return hangs(e);
}

static int
lies(struct err *e)
{
	struct frame f;

	frame_init(&f, 77);
	frame_put_u32(&f, 1);
	frame_send(APART_FD, &f, e);
	frame_fini(&f);
	return 0;
}

static int
boasts(struct err *e)
{
	static const uint8_t header[FRAME_HEADER] = { 0xff, 0xff, 0xff, 0xff };

	(void)e;
	return write(APART_FD, header, sizeof(header)) == sizeof(header) ? 0 : -1;
}

static const struct {
	const char *row;
	conf_lock *lock;
	const char *fault;
} fates[] = {
	{ "without a right it does its work", disarmed, NULL },
	{ "it crashes", crashes, "the process that reads it crashed (Segmentation fault)" },
	{ "it ends", ends, "the process that reads it ended too soon (exit code 5)" },
	{ "it keeps its rights", refuses, "could not be kept from everything else" },
	{ "its socket ends, it does not", hides, "the process that reads it crashed (Killed)" },
	{ "it sends what is no settings", lies, "the process that reads it sent nonsense: " },
	{ "it boasts of a message without end", boasts, "sent nonsense: a frame of 4294967295" },
};

static void
fate(const char *row, conf_lock *lock, const char *want)
{
	struct conf *c = conf_load("f.conf", kinds, sink_kinds, lock);

	T_INT(row, c->nfaults, want != NULL);
	T_INT(row, c->nchecks, want == NULL);
	if (want != NULL && c->nfaults > 0) {
		T_HAS(row, c->faults[0], "f.conf: the configuration could not be read: ");
		T_HAS(row, c->faults[0], want);
	}
	conf_free(c);
	errno = 0;
	T_TRUE("nothing is left of it", waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
}

/* The wait is over before it is done. */
static void
late(void)
{
	struct arena *a = arena_new(TREE_ARENA_MAX);
	struct source s;
	struct apart p;
	struct tree_in t;
	struct err e = { 0 };

	source_from(&s, "f.conf", GOOD, a);
	T_INT("it starts", apart_start(&p, &s, 1, hangs, &e), 0);
	T_INT("its time is short", apart_wait(&p, 50 * SPAN_MS), 0);
	tree_in_init(&t, a);
	T_INT("it hangs", apart_next(&p, &t, &e), -1);
	T_INT("that is seen", e.code, ERR_TIMEOUT);
	T_TEXT("and said", e.msg, "the process that reads it was not done within 30 s");
	apart_end(&p);
	errno = 0;
	T_TRUE("and ended", waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
	source_fini(&s);
	arena_free(a);
}

/* The next tree is one whose first setting has n in it. */
static void
next_has(const char *row, struct apart *p, struct arena *a, size_t n)
{
	struct tree_in t;
	struct err e = { 0 };

	tree_in_init(&t, a);
	T_INT(row, apart_next(p, &t, &e), 0);
	T_INT(row, t.root != NULL && t.root->n > 0 ? t.root->all[0].n : SIZE_MAX, n);
}

/* Trees come in the order of the texts, past one that has a fault; also one of many messages that
 * have come before they are asked for, the process being gone. */
static void
in_order(void)
{
	struct arena *a = arena_new(TREE_ARENA_MAX);
	struct str big;
	struct source s[4];
	struct apart p;
	struct tree_in t;
	struct err e;

	str_init(&big, (size_t)8 << 20);
	str_add(&big, "a = [ \"x\"");
	for (int i = 1; i < 100000; i++)
		str_add(&big, ", \"xxxxxxxxxxxxxxx\"");
	str_add(&big, " ];");
	source_from(&s[0], "a.conf", big.s, a);
	source_read(&s[1], "none.conf", a);
	source_from(&s[2], "c.conf", "b = [ 2 ];", a);
	source_from(&s[3], "d.conf", big.s, a);
	T_INT("it starts", apart_start(&p, s, 4, disarmed, &e), 0);
	next_has("the first, all of it", &p, a, 100000);
	next_has("the third", &p, a, 1);
	while (frame_reader_fill(&p.in, p.fd) > 0)
		;
	next_has("the fourth, after the process has ended", &p, a, 100000);
	tree_in_init(&t, a);
	T_INT("no more", apart_next(&p, &t, &e), -1);
	apart_end(&p);
	for (int i = 0; i < 4; i++)
		source_fini(&s[i]);
	str_fini(&big);
	arena_free(a);
}

int
main(void)
{
	char dir[] = "/tmp/test_apart.XXXXXX", clean_up[64];

	if (mkdtemp(dir) == NULL || chdir(dir) < 0)
		abort();
	put("f.conf", GOOD, 0644);
	for (size_t i = 0; i < sizeof(fates) / sizeof(fates[0]); i++)
		fate(fates[i].row, fates[i].lock, fates[i].fault);
	late();
	in_order();
	snprintf(clean_up, sizeof(clean_up), "rm -rf %s", dir); /* and nobody else's */
	if (chdir("/") < 0 || system(clean_up) != 0)
		abort();
	return t_end();
}
