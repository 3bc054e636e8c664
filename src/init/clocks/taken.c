/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is taken as a time server and what is left, with the reason.
 */
#include "init/clocks/taken.h"

#include "base/str.h"
#include "init/clocks/own.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define PORT_NTP 123
#define PORT_NTS 4460 /* of the key exchange; RFC 8915, 4 */
#define PORT_MAX 65535
#define PORT_DIGITS 5

static void
left(struct clocks *c, const struct time_left *l)
{
	if (c->nleft >= CLOCKS_LEFT_MAX) {
		c->more_left++;
		return;
	}
	c->left = arena_grow(c->arena, c->left, c->nleft, &c->left_cap, sizeof(*c->left));
	c->left[c->nleft] = *l;
	c->left[c->nleft].words =
	    arena_textn(c->arena, l->words, strnlen(l->words, CLOCKS_SHOWN_MAX));
	c->left[c->nleft].why = arena_text(c->arena, l->why);
	c->left[c->nleft++].spot.file = arena_text(c->arena, l->spot.file);
}

void
taken_left(struct clocks *c, const char *words, const char *why, struct spot spot)
{
	left(c, &(struct time_left){ words, c->why_not != NULL ? c->why_not : why, spot, false });
}

void
taken_keeper(struct clocks *c, const char *words, const char *why, struct spot spot)
{
	bool keeps = c->why_not == NULL;

	left(c, &(struct time_left){ words, keeps ? why : c->why_not, spot, keeps });
}

const char *
taken_words(struct clocks *c, const struct statement *s)
{
	const char *text;
	struct str words;

	str_init(&words, CLOCKS_SHOWN_MAX);
	for (size_t i = 0; i < s->n && !words.cut; i++) {
		if (i > 0)
			str_addc(&words, ' ');
		str_addn(&words, s->word[i], strnlen(s->word[i], CLOCKS_SHOWN_MAX - words.len));
	}
	text = arena_textn(c->arena, words.s, words.len);
	str_fini(&words);
	return text;
}

/* 0: it is no port. */
static unsigned
port_of(const char *text)
{
	size_t n = strlen(text);
	unsigned long v;

	if (n == 0 || n > PORT_DIGITS || strspn(text, "0123456789") != n)
		return 0;
	v = strtoul(text, NULL, 10);
	return v > PORT_MAX ? 0 : (unsigned)v;
}

static bool
is_v6(const char *name)
{
	char plain[CLOCKS_NAME_MAX + 1];
	struct in6_addr v6;
	size_t n = strcspn(name, "%");

	if (n > CLOCKS_NAME_MAX)
		return false;
	memcpy(plain, name, n);
	plain[n] = '\0';
	return inet_pton(AF_INET6, plain, &v6) == 1;
}

/* Why the clock probe could not ask a server of that name; NULL: it can. */
static const char *
why_no_name(struct clocks *c, const char *name)
{
	size_t n = strlen(name);

	if (n == 0)
		return "no server is named";
	if (n > CLOCKS_NAME_MAX)
		return arena_printf(
		    c->arena, "a name of %zu characters; the most is %d", n, CLOCKS_NAME_MAX);
	for (size_t i = 0; i < n; i++)
		if (!isalnum((unsigned char)name[i]) && strchr("-._:%", name[i]) == NULL)
			return "no server's name has such characters";
	if (strchr(name, ':') != NULL && !is_v6(name))
		return "this is neither a name nor an address";
	if (own_many(name))
		return "it is the address of many computers; name one of them";
	if (own_is(c, name))
		return "it is this computer itself, which cannot prove its own time";
	return NULL;
}

/* "ntp1.lab." is "ntp1.lab". */
static bool
same_name(const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b);

	n -= n > 1 && a[n - 1] == '.';
	m -= m > 1 && b[m - 1] == '.';
	return n == m && strncasecmp(a, b, n) == 0;
}

bool
taken_has(const struct clocks *c, const char *name)
{
	for (size_t i = 0; i < c->nservers; i++)
		if (same_name(c->servers[i].name, name))
			return true;
	return false;
}

/* One name is one server, but for two ports of plain time (two servers behind one address). */
static const struct time_server *
there_already(const struct clocks *c, const struct time_server *t)
{
	for (size_t i = 0; i < c->nservers; i++) {
		const struct time_server *s = &c->servers[i];

		if (same_name(s->name, t->name) && (s->nts || t->nts || s->port == t->port))
			return s;
	}
	return NULL;
}

static const char *
text_of(struct clocks *c, const struct time_server *t)
{
	const char *scheme = t->nts ? "nts://" : "";
	bool v6 = strchr(t->name, ':') != NULL;

	if (t->port == (t->nts ? PORT_NTS : PORT_NTP))
		return arena_printf(c->arena, v6 && t->nts ? "%s[%s]" : "%s%s", scheme, t->name);
	return arena_printf(c->arena, v6 ? "%s[%s]:%u" : "%s%s:%u", scheme, t->name, t->port);
}

static void
take(struct clocks *c, struct time_server *t, const char *words)
{
	const struct time_server *same = there_already(c, t);

	if (same != NULL) {
		taken_left(c, words,
		    arena_printf(c->arena, "%s of %s:%lu is the same server", same->text,
			same->spot.file, same->spot.line),
		    t->spot);
		return;
	}
	if (c->nservers >= CLOCKS_SERVERS_MAX) {
		c->more_servers++;
		return;
	}
	c->servers =
	    arena_grow(c->arena, c->servers, c->nservers, &c->servers_cap, sizeof(*c->servers));
	t->name = arena_text(c->arena, t->name);
	t->spot.file = arena_text(c->arena, t->spot.file);
	t->text = text_of(c, t);
	c->servers[c->nservers++] = *t;
}

void
taken_server(struct clocks *c, const struct named_server *s)
{
	struct time_server t = { .name = s->name, .nts = s->nts, .spot = s->spot };
	size_t n = strlen(s->name);
	const char *why;

	if (c->why_not != NULL) {
		taken_left(c, s->words, c->why_not, s->spot);
		return;
	}
	c->named++;
	if (n > 2 && s->name[0] == '[' && s->name[n - 1] == ']' && strchr(s->name, ':') != NULL)
		t.name = arena_textn(c->arena, s->name + 1, n - 2);
	t.port = s->port != NULL ? port_of(s->port) : s->nts ? PORT_NTS : PORT_NTP;
	why = why_no_name(c, t.name);
	if (why == NULL && t.port == 0)
		why = arena_printf(c->arena, "\"%.20s\" is no port; those are 1 to 65535", s->port);
	if (why != NULL)
		taken_left(c, s->words, why, s->spot);
	else
		take(c, &t, s->words);
}

void
taken_server_port(struct clocks *c, const struct named_server *s)
{
	struct named_server part = *s;
	const char *colon = strrchr(s->name, ':');
	bool bracket = s->name[0] == '[';

	if (colon != NULL && (bracket ? colon[-1] == ']' : strchr(s->name, ':') == colon)) {
		part.name = arena_textn(c->arena, s->name, (size_t)(colon - s->name));
		part.port = colon + 1;
	}
	taken_server(c, &part);
}
