/* SPDX-License-Identifier: Apache-2.0
 *
 * Names of users and groups, and what becomes of who looks them up.
 */
#include "base/names.h"
#include "tests/t.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void
known(void)
{
	char name[NAMES_MAX] = "";
	uid_t uid = 77;
	gid_t gid = 77;

	T_INT("the name of root", names_user(0, name), 1);
	T_TEXT("the name of root", name, "root");
	T_INT("the number of root", names_user_called("root", &uid), 1);
	T_INT("the number of root", uid, 0);
	T_INT("the name of root's group", names_group(0, name), 1);
	T_TEXT("the name of root's group", name, "root");
	T_INT("the number of root's group", names_group_called("root", &gid), 1);
	T_INT("the number of root's group", gid, 0);
	T_INT("root's group is its own", names_private_group(0, 0), 1);
	T_INT("another is not", names_private_group(0, 1), 0);
}

static void
unknown(void)
{
	char name[NAMES_MAX] = "kept";
	uid_t uid = 77;

	T_INT("nobody has this number", names_user(3999999999U, name), 0);
	T_TEXT("what was there stays", name, "kept");
	T_INT("nobody has this name", names_user_called("no such user", &uid), 0);
	T_INT("what was there stays", uid, 77);
	T_INT("no group has this number", names_group(3999999999U, name), 0);
	T_INT("nobody's group is nobody's", names_private_group(3999999999U, 0), 0);
}

static void
crashes(const struct names_question *q, struct names_answer *a)
{
	(void)q;
	a->is = 1;
	signal(SIGSEGV, SIG_DFL);
	raise(SIGSEGV);
}

static void
hangs(const struct names_question *q, struct names_answer *a)
{
	(void)q;
	(void)a;
	while (pause() < 0)
		;
}

static void
babbles(const struct names_question *q, struct names_answer *a)
{
	(void)q;
	a->is = write(STDERR_FILENO + 1, "x", 1) == 1 ? 1 : 0;
	_exit(0);
}

static void
is_long(const struct names_question *q, struct names_answer *a)
{
	(void)q;
	a->is = 1;
	memset(a->name, 'x', sizeof(a->name));
}

static void
fate(const char *row, void (*look)(const struct names_question *, struct names_answer *), int want)
{
	const struct names_question q = { .user = 0 };
	struct names_answer a;

	names_ask(look, &q, look == hangs ? 50 : NAMES_WAIT, &a);
	T_INT(row, a.is, want);
	T_TRUE("a name ends", memchr(a.name, '\0', sizeof(a.name)) != NULL);
	errno = 0;
	T_TRUE("nothing is left of it", waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
}

int
main(void)
{
	known();
	unknown();
	fate("it crashes", crashes, -1);
	fate("it hangs", hangs, -1);
	fate("it says less than an answer", babbles, -1);
	fate("a name without an end", is_long, 1);
	return t_end();
}
