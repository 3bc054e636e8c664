/* SPDX-License-Identifier: Apache-2.0
 *
 * The list of what a cell must not have: its limit, and lines that are none. What the list does is
 * shown by the prisoner (tests/sys/035-prisoner).
 */
#include "cell/sandbox_private.h"

#include "base/str.h"
#include "conf/foreign.h"
#include "tests/t.h"

#include <string.h>

/* n lines of the same path, which is there. */
static int
read_lines(size_t n, size_t *got, struct err *e)
{
	struct guarded g;
	struct str lines;
	int rc;

	str_init(&lines, (size_t)1 << 20);
	for (size_t i = 0; i < n; i++)
		str_add(&lines, i % 2 == 0 ? "-/proc\n" : "=/proc\n");
	rc = guarded_read(&g, lines.s, e);
	*got = g.n;
	guarded_free(&g);
	str_fini(&lines);
	return rc;
}

static void
limit(void)
{
	struct err e = { 0 };
	size_t own, got;

	T_INT("no list at all", read_lines(0, &own, &e), 0);
	T_TRUE("what nobody has to list", own > 0 && own < SANDBOX_GUARDED_MAX);
	T_INT("at the limit", read_lines(SANDBOX_GUARDED_MAX - own, &got, &e), 0);
	T_INT("all are there", got, SANDBOX_GUARDED_MAX);
	T_INT("one past it", read_lines(SANDBOX_GUARDED_MAX - own + 1, &got, &e), -1);
	T_HAS("says how many there may be", e.msg, "more than 512 guarded paths");
}

static void
lines(void)
{
	static const struct {
		const char *row, *text;
		int rc;
		size_t more;
	} cases[] = {
		{ "an empty list", "", 0, 0 },
		{ "no line end", "-/proc", 0, 1 },
		{ "two", "-/proc\n=/sys\n", 0, 2 },
		{ "what is not there", "-/no/such/place\n=/proc\n", 0, 1 },
		{ "neither sign", "/proc\n", -1, 0 },
		{ "a line of nothing", "\n", -1, 0 },
		{ "a sign of nothing", "-\n", -1, 0 },
	};
	struct guarded g;
	struct err e = { 0 };
	size_t own;

	guarded_read(&g, NULL, &e);
	own = g.n;
	guarded_free(&g);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		T_INT(cases[i].row, guarded_read(&g, cases[i].text, &e), cases[i].rc);
		T_INT(cases[i].row, g.n, own + cases[i].more);
		guarded_free(&g);
	}
}

static void
foreign(void)
{
	static const struct {
		const char *text;
		int port;
	} ports[] = { { "a:1", 1 }, { "a:65535", 65535 }, { "a:65536", -1 }, { "a:0", -1 },
		{ "a:", -1 }, { "a", -1 }, { "", -1 }, { ":1", -1 }, { "a:1x", -1 },
		{ "a:000001", -1 }, { "::1:9", -1 }, { "[::1]:9", 9 }, { "[::1]", -1 } };
	static const char *paths[FOREIGN_WRITES_MAX + 1];
	struct foreign f = { .user = NULL };
	const char *opt = "";
	struct err e = { 0 };

	for (size_t i = 0; i <= FOREIGN_WRITES_MAX; i++)
		paths[i] = "/var/lib/x";
	f.writes = (struct texts){ paths, FOREIGN_WRITES_MAX };
	T_INT("as many paths as there may be", foreign_check(&f, &opt, &e), 0);
	f.writes.n++;
	T_INT("one more", foreign_check(&f, &opt, &e), -1);
	T_TEXT("is a fault of", opt, "writes");
	f.writes.n = 0;
	f.user = "a-name-of-just-thirty-two-bytes-";
	T_INT("the longest name of a user", foreign_check(&f, &opt, &e), 0);
	f.user = "a-name-of-just-thirty-three-bytes";
	T_INT("one byte more", foreign_check(&f, &opt, &e), -1);
	T_TEXT("is a fault of", opt, "user");
	f.user = NULL;
	for (size_t i = 0; i <= FOREIGN_NETWORK_MAX; i++)
		paths[i] = "hsm.example:9004";
	f.network = (struct texts){ paths, FOREIGN_NETWORK_MAX };
	T_INT("as many places as there may be", foreign_check(&f, &opt, &e), 0);
	f.network.n++;
	T_INT("one more", foreign_check(&f, &opt, &e), -1);
	T_TEXT("is said of that option", opt, "network");
	for (size_t i = 0; i < sizeof(ports) / sizeof(ports[0]); i++)
		T_INT(ports[i].text, foreign_port(ports[i].text, &e), ports[i].port);
	T_INT("without options", foreign_needs(NULL), 0);
	T_INT("with a place", foreign_needs(&f), NEED_NET);
	f.network.n = 0;
	T_INT("without a place", foreign_needs(&f), 0);
}

int
main(void)
{
	limit();
	lines();
	foreign();
	return t_end();
}
