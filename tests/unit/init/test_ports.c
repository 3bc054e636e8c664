/* SPDX-License-Identifier: Apache-2.0
 *
 * Which ports init would ask, from a kernel's list that a test wrote, and under which names.
 */
#include "tests/t.h"

#include "init/init.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char root[] = "/tmp/forewarn-ports-XXXXXX";

static void
put(struct arena *a, const char *path, const char *text)
{
	int fd = open(
	    arena_printf(a, "%s%s", root, path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	T_TRUE("a file is made", fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	close(fd);
}

static const char *
joined(struct arena *a, const struct found_list *l)
{
	const char *out = "";

	for (size_t i = 0; i < l->n; i++)
		out = arena_printf(a, "%s%s%s%s", out, i > 0 ? " " : "", l->v[i],
		    strcmp(l->at[i], INIT_PORT_SURE) == 0 ? "!" : "");
	return out;
}

#define HEAD "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid\n"
#define REST " 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 1 1 0\n"
#define REST6                                                                                      \
	" 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 1\n"

static void
ports(struct arena *a)
{
	struct found f = { .arena = a, .root = root };

	put(a, "/proc/net/tcp",
	    HEAD "   0: 00000000:01BB" REST "   1: 0100007F:24E3" REST "   2: 0501A8C0:03E1" REST
		 "   3: 00000000:0016" REST "   4: 00000000:0019" REST
		 "   5: 00000000:20FB 00000000:0000 01 0 0 0\n"
		 "   6: 0000:01BB 00000000:0000 0A\n   7: nonsense\n");
	put(a, "/proc/net/tcp6",
	    HEAD "   0: 00000000000000000000000000000000:01BB" REST6
		 "   1: 00000000000000000000000001000000:027C" REST6
		 "   2: 00000000000000000000000000000000:1972" REST6);
	init_ports(&f);
	T_TEXT("what listens, each port once, every address as loopback", joined(a, &f.ports),
	    "127.0.0.1:443! 127.0.0.1:9443! 192.168.1.5:993! smtp://127.0.0.1:25 [::1]:636! "
	    "[::1]:6514!");
}

static void
names(struct arena *a)
{
	struct found f = { .arena = a, .root = root };
	static const char *const given[] = { "a.example:443", "*.b.example", ".c.example", "_", "",
		"~^d", "*", "$host", "e*" };
	struct found_list out = { 0 };
	const char *all;

	for (size_t i = 0; i < sizeof(given) / sizeof(given[0]); i++)
		found_add(&f, &f.names, given[i], "");
	init_names(&f, "first.example", &out);
	all = joined(a, &out);
	T_TRUE("the certificate's own first, patterns as a name that they cover",
	    strncmp(all, "first.example a.example www.b.example www.c.example ", 52) == 0);
	T_TRUE("this computer at the end", strstr(all, " localhost") != NULL);
	T_TRUE("nothing else", out.n <= 6);
	memset(&out, 0, sizeof(out));
	for (int i = 0; i < INIT_NAMES_MAX + 5; i++)
		found_add(&f, &f.names, arena_printf(a, "n%d.example", i), "");
	init_names(&f, "", &out);
	T_TRUE("as many as are asked", out.n >= INIT_NAMES_MAX && out.n <= INIT_NAMES_MAX + 2);
	T_TEXT("the last of them", out.v[INIT_NAMES_MAX - 1],
	    arena_printf(a, "n%d.example", INIT_NAMES_MAX - 4));
}

static void
too_many(struct arena *a)
{
	struct found f = { .arena = a, .root = root };

	for (int i = 0; i < INIT_FOUND_MAX; i++)
		found_add(&f, &f.certs, arena_printf(a, "/c%d", i), "");
	T_INT("as many as are kept", f.certs.n, INIT_FOUND_MAX);
	T_INT("none is left out", f.certs.more, 0);
	found_add(&f, &f.certs, "/c1", "");
	T_INT("one that is there already", f.certs.more, 0);
	found_add(&f, &f.certs, "/one-more", "");
	T_INT("one more is counted", f.certs.more, 1);
}

int
main(void)
{
	struct arena *a = arena_new((size_t)16 << 20);
	char command[64];

	T_TRUE("a folder", mkdtemp(root) != NULL);
	T_TRUE("its folders", mkdir(arena_printf(a, "%s/proc", root), 0700) == 0 &&
				  mkdir(arena_printf(a, "%s/proc/net", root), 0700) == 0);
	ports(a);
	names(a);
	too_many(a);
	snprintf(command, sizeof(command), "rm -rf %s", root);
	T_INT("cleared away", system(command), 0);
	arena_free(a);
	return t_end();
}
