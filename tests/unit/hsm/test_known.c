/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/t.h"

#include "probes/hsm/known.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TOKENS_MAX 4

static struct arena *a;

/* Names tokens given as "label/serial", and says what they are called: "name;name". */
static const char *
names(struct known *k, instant now, const char *const *tokens, size_t n)
{
	struct found_token found[TOKENS_MAX] = { 0 };
	const char *all = "";

	for (size_t i = 0; i < k->n; i++)
		k->v[i].seen = false;
	for (size_t i = 0; i < n; i++) {
		char *label = arena_text(a, tokens[i]), *slash = strchr(label, '/');

		*slash = '\0';
		found[i] = (struct found_token){ .label = label, .serial = slash + 1 };
	}
	known_name(k, found, n, now, a);
	for (size_t i = 0; i < n; i++)
		all = arena_printf(a, "%s%s;", all, found[i].name);
	return all;
}

#define NAMES(k, now, ...)                                                                         \
	names(k, now, (const char *const[]){ __VA_ARGS__ },                                        \
	    sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *))

static void
test_names(void)
{
	struct known k = { 0 }, two = { 0 };

	T_TEXT("alone", NAMES(&k, 1, "L/1"), "token L;");
	T_TEXT("a second of its label", NAMES(&k, 2, "L/2", "L/1"), "token L (serial 2);token L;");
	T_TEXT("the second alone", NAMES(&k, 3, "L/2"), "token L (serial 2);");
	T_TEXT("the first alone", NAMES(&k, 4, "L/1"), "token L;");
	for (size_t i = 0; i < k.n; i++)
		T_INT("none of them has changed", k.v[i].since, 0);
	T_TEXT("no label", NAMES(&k, 5, "/7"), "token 7;");
	T_TEXT("a label like that", NAMES(&k, 6, "7/1"), "token 7 (serial 1);");
	T_TEXT(
	    "two at once", NAMES(&two, 1, "L/1", "L/2"), "token L (serial 1);token L (serial 2);");
	T_TEXT("one of two", NAMES(&two, 1, "L/1"), "token L (serial 1);");
	T_TEXT("one serial number, twice", NAMES(&two, 1, "M/1", "M/1"),
	    "token M (serial 1);token M (serial 1), 2;");
}

static void
test_change(void)
{
	struct known k = { 0 };
	const char *id;

	NAMES(&k, 1, "L/1");
	T_TEXT("another one under the label", NAMES(&k, 5, "L/2"), "token L;");
	T_INT("is a change", k.v[0].since, 5);
	T_TEXT("to that", k.v[0].now, "2");
	T_TEXT("from that", k.v[0].serial, "1");
	id = known_change_id(&k.v[0], a);
	NAMES(&k, 7, "L/2");
	T_INT("which began when it was seen first", k.v[0].since, 5);
	T_TEXT("and has one identity", known_change_id(&k.v[0], a), id);
	NAMES(&k, 8, "L/3");
	T_INT("a third one is a change of its own", k.v[0].since, 8);
	T_TRUE("with another identity", strcmp(known_change_id(&k.v[0], a), id) != 0);
	NAMES(&k, 9, "L/1");
	T_INT("the first one ends it", k.v[0].since, 0);
}

static void
test_limit(void)
{
	struct known k = { 0 };
	char token[32];

	for (size_t i = 0; i < KNOWN_MAX; i++) {
		snprintf(token, sizeof(token), "L%zu/1", i);
		NAMES(&k, 1, token);
	}
	T_INT("at the limit", k.n, KNOWN_MAX);
	T_TEXT("the first is there", k.v[0].label, "L0");
	NAMES(&k, 1, "one more/1");
	T_INT("one past it", k.n, KNOWN_MAX);
	T_TEXT("the first is forgotten", k.v[0].label, "L1");
	T_TEXT("the last is there", k.v[k.n - 1].label, "one more");
}

static void
test_notes(void)
{
	char path[] = "/tmp/fw-known-XXXXXX";
	int dir = open(mkdtemp(path), O_RDONLY | O_DIRECTORY), fd;
	struct known k = { 0 };

	known_read(&k, dir, a);
	T_TRUE("no file", k.n == 0 && k.trouble == NULL);
	NAMES(&k, 1, "L/1");
	NAMES(&k, 5, "L/2");
	known_write(&k, dir, a);
	T_TRUE("written", k.trouble == NULL);
	known_read(&k, dir, a);
	T_TRUE("read", k.trouble == NULL && k.n == 1);
	T_TEXT("its name", NAMES(&k, 6, "L/2"), "token L;");
	T_INT("the change goes on", k.v[0].since, 5);
	fd = openat(dir, "tokens", O_WRONLY);
	T_INT("one byte less", ftruncate(fd, lseek(fd, 0, SEEK_END) - 1), 0);
	close(fd);
	known_read(&k, dir, a);
	T_TRUE("a damaged file is not believed", k.n == 0 && k.trouble != NULL);
	unlinkat(dir, "tokens", 0);
	known_read(&k, -1, a);
	known_write(&k, -1, a);
	T_TRUE("without a folder nothing is kept", k.trouble == NULL);
	close(dir);
	rmdir(path);
}

int
main(void)
{
	a = arena_new((size_t)16 << 20);
	test_names();
	test_change();
	test_limit();
	test_notes();
	arena_free(a);
	return t_end();
}
