/* SPDX-License-Identifier: Apache-2.0
 *
 * tree: a made-up computer in a folder of its own, for tests of the accounts probe.
 */
#ifndef TESTS_UNIT_ACCOUNTS_TREE_H
#define TESTS_UNIT_ACCOUNTS_TREE_H

#include "base/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char tree_root[64];

static inline void
tree_new(void)
{
	static const char *const folders[] = { "etc", "etc/sudoers.d", "etc/polkit-1", "var",
		"var/log", "var/lib", "var/lib/lastlog", "var/lib/wtmpdb" };
	char path[256];

	snprintf(tree_root, sizeof(tree_root), "/tmp/test_accounts.XXXXXX");
	if (mkdtemp(tree_root) == NULL)
		abort();
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", tree_root, folders[i]);
		if (strcmp(folders[i], "etc/polkit-1") != 0 && mkdir(path, 0755) < 0)
			abort();
	}
}

static inline void
tree_put(const char *name, const void *bytes, size_t n)
{
	char path[256];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", tree_root, name);
	f = fopen(path, "we");
	if (f == NULL || fwrite(bytes, 1, n, f) != n || fclose(f) != 0)
		abort();
}

static inline void
tree_text(const char *name, const char *text)
{
	tree_put(name, text, strlen(text));
}

/* A file of tests/data/sector/accounts. */
static inline void
tree_copy(const char *name, const char *from, struct arena *a)
{
	char *bytes;
	size_t n;
	struct err e = { 0 };

	if (file_read(AT_FDCWD, arena_printf(a, "tests/data/sector/accounts/%s", from), FILE_FOLLOW,
		(size_t)1 << 20, a, &bytes, &n, &e) < 0)
		abort();
	tree_put(name, bytes, n);
}

static inline void
tree_without(const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", tree_root, name);
	remove(path);
}

/* Removes what the tests put there, each by its name. */
static inline void
tree_end(void)
{
	static const char *const all[] = { "etc/passwd", "etc/group", "etc/shadow", "etc/sudoers",
		"etc/shells", "etc/nsswitch.conf", "etc/sudoers.d/carla", "etc/sudoers.d/old.bak",
		"etc/sudoers.d/x~", "etc/sudoers.d", "etc/polkit-1", "etc", "var/log/lastlog",
		"var/log/wtmp", "var/log", "var/lib/lastlog/lastlog2.db", "var/lib/lastlog",
		"var/lib/wtmpdb/wtmp.db", "var/lib/wtmpdb", "var/lib", "var" };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		tree_without(all[i]);
	rmdir(tree_root);
}

#endif
