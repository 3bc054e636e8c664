/* SPDX-License-Identifier: Apache-2.0 */
#include "conf/trust.h"
#include "tests/t.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void
touch(const char *path, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT, 0600);

	if (fd < 0 || fchmod(fd, mode) < 0)
		abort();
	close(fd);
}

static void
fine(const char *row, const char *path)
{
	struct err e = { 0 };
	int rc = trust_check(path, &e);

	T_TEXT(row, rc == 0 ? "" : e.msg, "");
}

static void
open_to_others(const char *row, const char *path, const char *want)
{
	struct err e = { 0 };

	T_INT(row, trust_check(path, &e), -1);
	T_HAS(row, e.msg, want);
}

static void
modes(void)
{
	touch("own", 0644);
	fine("ours, in a folder of ours below a sticky one", "own");
	touch("any", 0666);
	open_to_others("anybody may write", "any", "anybody may write to /");
	touch("any", 0664);
	if (geteuid() == 0 && chown("any", 0, 12345) == 0)
		open_to_others("a group that is not the owner's may", "any", "chmod g-w /");
	fine("what is not there", "none");
	fine("below what is no folder", "own/x");
}

static void
folders(void)
{
	if (mkdir("wide", 0700) < 0 || chmod("wide", 0777) < 0)
		abort();
	touch("wide/own", 0600);
	open_to_others("a folder above", "wide/own", "wide: chmod o-w");
	open_to_others("by a way round", "wide/../wide/./own", "wide: chmod o-w");
	if (chmod("wide", 01777) < 0)
		abort();
	fine("a sticky one", "wide/own");
	if (chmod("wide", 0777) < 0 || symlink("../own", "wide/link") < 0 ||
	    symlink("wide/link", "far") < 0 || symlink("own", "near") < 0 ||
	    symlink("loop", "loop") < 0)
		abort();
	fine("a link of ours", "near");
	open_to_others("a link that leads through it", "far", "wide: chmod o-w");
	fine("a loop is for whoever opens it", "loop");
}

static void
owners(void)
{
	if (geteuid() != 0)
		return;
	touch("theirs", 0600);
	if (chown("theirs", 1, 1) < 0)
		abort();
	open_to_others("another user's file", "theirs", "theirs belongs to ");
	if (symlink("own", "their-link") < 0 || lchown("their-link", 1, 1) < 0)
		abort();
	open_to_others("another user's link to ours", "their-link", "their-link belongs to ");
}

int
main(void)
{
	char dir[] = "/tmp/test_trust.XXXXXX", clean_up[64];

	if (mkdtemp(dir) == NULL || chdir(dir) < 0)
		abort();
	modes();
	folders();
	owners();
	snprintf(clean_up, sizeof(clean_up), "rm -rf %s", dir); /* and nobody else's */
	if (chdir("/") < 0 || system(clean_up) != 0)
		abort();
	return t_end();
}
