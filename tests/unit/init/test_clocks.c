/* SPDX-License-Identifier: Apache-2.0
 *
 * Limits of the search for time servers, at each and one past it, and every service's files cut at
 * every byte. What is found in whole machines: tests/sys/627-init-clocks.
 */
#include "tests/t.h"

#include "base/str.h"
#include "init/clocks/clocks.h"
#include "init/clocks/dhclient.h"
#include "init/clocks/network.h"
#include "init/clocks/own.h"
#include "init/clocks/service.h"
#include "probes/clock/clock.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char root[] = "/tmp/forewarn-clocks-XXXXXX";
static size_t unreads;

static void
unread(void *self, const char *path, const struct err *e)
{
	(void)self;
	(void)path;
	T_TRUE("what cannot be read has a reason", e->msg[0] != '\0');
	unreads++;
}

static struct clocks
clocks_new(const char *where)
{
	return (struct clocks){
		.arena = arena_new((size_t)1 << 28), .root = where, .host = "", .unread = unread
	};
}

static void
put(const char *path, const char *text, size_t len)
{
	char full[256];
	FILE *f;

	snprintf(full, sizeof(full), "%s%s", root, path);
	f = fopen(full, "w");
	T_TRUE(path, f != NULL && fwrite(text, 1, len, f) == len && fclose(f) == 0);
}

static void
files(void)
{
	char path[64], line[64];
	struct clocks c;

	put("/etc/chrony.conf", "include /etc/d/*\n", 17);
	for (int i = 1; i <= CLOCKS_FILES_MAX; i++) {
		snprintf(path, sizeof(path), "/etc/d/%d", i);
		snprintf(line, sizeof(line), "server s%d.lab\n", i);
		if (i == CLOCKS_FILES_MAX) {
			c = clocks_new(root);
			clocks_find(&c);
			T_INT("as many files as are read", c.nservers + c.more_servers,
			    CLOCKS_FILES_MAX - 1);
			T_INT("as many servers as are taken", c.nservers, CLOCKS_SERVERS_MAX);
			arena_free(c.arena);
		}
		put(path, line, strlen(line));
	}
	c = clocks_new(root);
	clocks_find(&c);
	T_INT("one file more is not read", c.nservers + c.more_servers, CLOCKS_FILES_MAX - 1);
	T_INT("one file more is told", unreads, 1);
	unreads = 0;
	arena_free(c.arena);
}

static void
bytes(void)
{
	char *text = malloc(CLOCKS_FILE_MAX + 1);
	struct clocks c;

	memset(text, '\n', CLOCKS_FILE_MAX + 1);
	memcpy(text + CLOCKS_FILE_MAX - 12, "server a.lab", 12);
	put("/etc/chrony.conf", text, CLOCKS_FILE_MAX);
	c = clocks_new(root);
	clocks_find(&c);
	T_INT("the longest file", c.nservers, 1);
	T_INT("the longest file is read", unreads, 0);
	arena_free(c.arena);
	put("/etc/chrony.conf", text, CLOCKS_FILE_MAX + 1);
	c = clocks_new(root);
	clocks_find(&c);
	T_INT("a longer one", c.nservers, 0);
	T_INT("a longer one is told", unreads, 1);
	arena_free(c.arena);
	free(text);
}

/* So many files of the greatest length, the last one with a server at its end. */
static void
bytes_together(void)
{
	char *text = malloc(CLOCKS_FILE_MAX + 1);
	size_t n = CLOCKS_BYTES_MAX / CLOCKS_FILE_MAX;
	char path[64];

	snprintf(path, sizeof(path), "rm -r %s/etc/d/*", root);
	T_INT("other files are gone", system(path), 0);
	for (size_t i = 0; i < n; i++) {
		size_t len = CLOCKS_FILE_MAX - (i == 0 ? 17 : 0); /* the main file is read too */

		snprintf(path, sizeof(path), "/etc/d/%zu", i);
		memset(text, '\n', CLOCKS_FILE_MAX);
		memcpy(text + len - 12, "server a.lab", 12);
		put(path, text, len);
	}
	put("/etc/chrony.conf", "include /etc/d/*\n", 17);
	for (int more = 0; more < 2; more++) {
		struct clocks c = clocks_new(root);

		if (more)
			put("/etc/chrony.conf", "include /etc/d/*\n\n", 18);
		unreads = 0;
		clocks_find(&c);
		T_INT("so many bytes of all files, and one more", c.nleft, more ? n - 2 : n - 1);
		T_INT("what is not read is told", unreads, more);
		arena_free(c.arena);
	}
	free(text);
}

static void
own_names(void)
{
	struct clocks c = clocks_new(root);
	struct str hosts;

	str_init(&hosts, 1 << 20);
	for (int i = 1; i <= CLOCKS_OWN_MAX + 1; i++)
		str_addf(&hosts, "127.0.0.1 n%d\n", i);
	put("/etc/hosts", hosts.s, hosts.len);
	str_fini(&hosts);
	own_collect(&c);
	T_TRUE("the last name that is kept", own_is(&c, "n1000"));
	T_TRUE("one more is not", !own_is(&c, "n1001"));
	arena_free(c.arena);
}

static void
shown(void)
{
	struct clocks c = clocks_new(root);
	char text[256] = "server 127.0.0.1 ";

	c.program = "chrony";
	memset(text + strlen(text), 'x', CLOCKS_SHOWN_MAX + 1 - strlen(text));
	for (const struct service *const *s = services; *s != NULL; s++)
		if (strcmp((*s)->name, "chrony") == 0) {
			(*s)->text(&c, "/f", text, CLOCKS_SHOWN_MAX);
			(*s)->text(&c, "/f", text, CLOCKS_SHOWN_MAX + 1);
		}
	T_INT("both are told", c.nleft, 2);
	T_INT("a statement that is shown whole", strlen(c.left[0].words), CLOCKS_SHOWN_MAX);
	T_INT("a longer one is cut", strlen(c.left[1].words), CLOCKS_SHOWN_MAX);
	arena_free(c.arena);
}

/* What is taken is what the clock probe takes. */
static void
all_right(const struct clocks *c)
{
	for (size_t i = 0; i < c->nservers; i++) {
		struct clock_server s;
		struct err e;

		T_TRUE(c->servers[i].text, clock_server_parse(c->servers[i].text, &s, &e) == 0);
		T_TEXT("its name", s.name, c->servers[i].name);
		T_INT("with nts or without", s.nts, c->servers[i].nts);
	}
}

static void
cut_everywhere(const char *program, const char *text,
    void (*use)(struct clocks *c, const char *path, char *data, size_t len), size_t want)
{
	for (size_t n = 0; n <= strlen(text); n++) {
		struct clocks c = clocks_new("/nowhere");
		char *exact = malloc(n + 1); /* a sanitizer sees what is read behind it */

		memcpy(exact, text, n);
		exact[n] = '\0';
		c.program = program;
		use(&c, "/f", exact, n);
		all_right(&c);
		if (n == strlen(text))
			T_INT(program, c.nservers, want);
		arena_free(c.arena);
		free(exact);
	}
}

static void
truncations(void)
{
	static const struct {
		const char *program, *text;
		size_t want;
	} rows[] = {
		{ "chrony",
		    "server a.lab port 1123\npool b.lab nts\nrefclock PHC /dev/ptp0\n"
		    "server 2001:db8::1\ninitstepslew 30 c.lab\n",
		    4 },
		{ "ntpd", "server -4 a.lab\nserver 127.127.1.0\npool \"b.lab\"\n", 2 },
		{ "NTPsec", "server a.lab:4461 nts\nrefclock shm unit 0\n", 1 },
		{ "OpenNTPD", "m=\"a.lab\"\nserver $m\nconstraint from \"x\"\nservers b.lab\n", 2 },
		{ "ntpd-rs",
		    "[[source]]\nmode = \"nts\"\naddress = \"a.lab:4461\"\n[[source]]\n"
		    "mode = \"server\"\naddress = \"[2001:db8::1]:1123\"\n",
		    2 },
		{ "timemaster",
		    "[ntp_server a.lab]\nntp_options port 1123\n[ptp_domain 0]\n[chrony.conf]\n"
		    "server b.lab\n",
		    2 },
		{ "systemd-timesyncd", "[Time]\nNTP = a.lab b.lab\nNTP=\nNTP=c.lab\n", 1 },
		{ "w32tm", "Type: NTP (Local)\r\nNtpServer: a.lab,0x8 b.lab,0x1 (Local)\r\n", 2 },
	};
	size_t n = 0;

	for (const struct service *const *s = services; *s != NULL; s++) {
		n += (*s)->text != NULL;
		for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
			if (strcmp(rows[i].program, (*s)->name) == 0)
				cut_everywhere(
				    rows[i].program, rows[i].text, (*s)->text, rows[i].want);
	}
	T_INT("each service with files has a row", n, sizeof(rows) / sizeof(rows[0]));
	cut_everywhere("systemd.network", "[Network]\nNTP=a.lab b.lab\n", network_text, 2);
	cut_everywhere("a lease", "ADDRESS=192.0.2.7\nNTP=192.0.2.1\n", network_lease_text, 1);
	cut_everywhere("dhclient",
	    "lease {\n option ntp-servers 192.0.2.1;\n}\nlease {\n option ntp-servers "
	    "192.0.2.2,192.0.2.3;\n}\n",
	    dhclient_text, 2);
}

int
main(void)
{
	char command[128];

	T_TRUE("a root", mkdtemp(root) != NULL);
	snprintf(command, sizeof(command), "mkdir -p %s/etc/d", root);
	T_INT("its folders", system(command), 0);
	files();
	bytes();
	bytes_together();
	own_names();
	shown();
	truncations();
	snprintf(command, sizeof(command), "rm -r %s", root);
	T_INT("cleared away", system(command), 0);
	return t_end();
}
