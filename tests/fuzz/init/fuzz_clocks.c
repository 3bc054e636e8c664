/* SPDX-License-Identifier: Apache-2.0
 *
 * A time service's configuration as it lies on somebody's disk, behind a first line that is the
 * name of the service as people call it ("network", "lease", "dhclient" for what networks bring),
 * or else chooses one by its first byte. What is taken must be what the clock probe takes, never
 * twice and never this computer.
 */
#include "init/clocks/dhclient.h"
#include "init/clocks/network.h"
#include "init/clocks/own.h"
#include "init/clocks/service.h"
#include "probes/clock/clock.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MEMORY ((size_t)512 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef void text_use(struct clocks *c, const char *path, char *data, size_t len);

static const struct {
	const char *name;
	text_use *use;
} others[] = { { "network", network_text }, { "lease", network_lease_text },
	{ "dhclient", dhclient_text } };

#define OTHERS (sizeof(others) / sizeof(others[0]))

static bool
is(const char *name, const char *line, size_t len)
{
	return strlen(name) == len && memcmp(name, line, len) == 0;
}

static text_use *
chosen(const char *line, size_t len, const char **program)
{
	size_t n = 0, at;

	for (; services[n] != NULL; n++)
		if (is(*program = services[n]->name, line, len))
			return services[n]->text;
	for (size_t i = 0; i < OTHERS; i++)
		if (is(*program = others[i].name, line, len))
			return others[i].use;
	at = len > 0 ? (unsigned char)line[0] % (n + OTHERS) : 0;
	*program = at < n ? services[at]->name : others[at - n].name;
	return at < n ? services[at]->text : others[at - n].use;
}

static void
judge(const struct clocks *c)
{
	struct clock_server s, t;
	struct err e;

	if (c->nservers > CLOCKS_SERVERS_MAX || c->nleft > CLOCKS_LEFT_MAX)
		abort();
	for (size_t i = 0; i < c->nservers; i++) {
		if (clock_server_parse(c->servers[i].text, &s, &e) < 0 ||
		    strcmp(s.name, c->servers[i].name) != 0 || own_is(c, s.name))
			abort();
		for (size_t k = 0; k < i; k++)
			if (clock_server_parse(c->servers[k].text, &t, &e) == 0 &&
			    strcasecmp(s.name, t.name) == 0 && s.port == t.port)
				abort();
	}
	for (size_t i = 0; i < c->nleft; i++)
		if (strlen(c->left[i].words) > CLOCKS_SHOWN_MAX || c->left[i].why[0] == '\0')
			abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data, *nl = memchr(data, '\n', size);
	struct clocks c = { .root = "/nowhere", .host = "" };
	size_t len = nl != NULL ? size - (size_t)(nl + 1 - text) : 0;
	text_use *use;
	char *copy;

	if (nl == NULL)
		return 0;
	use = chosen(text, (size_t)(nl - text), &c.program);
	copy = malloc(len + 1);
	if (copy == NULL)
		return 0;
	memcpy(copy, nl + 1, len);
	copy[len] = '\0';
	c.arena = arena_new(MEMORY);
	if (use != NULL)
		use(&c, "/f", copy, len);
	judge(&c);
	arena_free(c.arena);
	free(copy);
	return 0;
}
