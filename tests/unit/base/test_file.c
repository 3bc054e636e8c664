/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "tests/t.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static char dir[] = "/tmp/test_file.XXXXXX", clean_up[64];

static void
put(const char *name, size_t n)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	for (size_t i = 0; i < n; i++)
		if (write(fd, "x", 1) != 1)
			abort();
	close(fd);
}

static void
kinds(void)
{
	static const struct {
		const char *path, *why;
		enum file_links links;
	} cases[] = {
		{ "plain", NULL, FILE_NOFOLLOW },
		{ "link", NULL, FILE_FOLLOW },
		{ "link", "symbolic link", FILE_NOFOLLOW },
		{ "loop", "Too many levels of symbolic links", FILE_FOLLOW },
		{ "fifo", "is a FIFO (a regular file is needed)", FILE_FOLLOW },
		{ ".", "is a directory", FILE_FOLLOW },
		{ "/dev/zero", "is a device", FILE_FOLLOW },
		{ "none", "No such file", FILE_FOLLOW },
		{ "plain/below", "Not a directory", FILE_FOLLOW },
	};

	put("plain", 3);
	if (symlink("plain", "link") < 0 || symlink("loop", "loop") < 0 || mkfifo("fifo", 0600) < 0)
		abort();
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct err e = { 0 };
		int fd = file_open(AT_FDCWD, cases[i].path, cases[i].links, NULL, &e);

		T_INT(cases[i].path, fd >= 0, cases[i].why == NULL);
		if (cases[i].why != NULL)
			T_HAS(cases[i].path, e.msg, cases[i].why);
		if (fd >= 0)
			close(fd);
	}
}

static void
caps(void)
{
	struct arena *a = arena_new(1 << 20);
	struct err e = { 0 };
	char *data;
	size_t len;

	put("sized", 100);
	T_INT("a file as long as the cap",
	    file_read(AT_FDCWD, "sized", FILE_FOLLOW, 100, a, &data, &len, &e), 0);
	T_INT("is read whole", len, 100);
	T_INT("with a NUL behind", data[100], 0);
	T_INT("one byte over the cap",
	    file_read(AT_FDCWD, "sized", FILE_FOLLOW, 99, a, &data, &len, &e), -1);
	T_INT("is refused by its size", e.code, ERR_LIMIT);
	put("empty", 0);
	T_INT("an empty file is fine",
	    file_read(AT_FDCWD, "empty", FILE_FOLLOW, 10, a, &data, &len, &e), 0);
	T_INT("and empty", len, 0);
	T_INT("a file of unknown size",
	    file_read(AT_FDCWD, "/proc/self/maps", FILE_FOLLOW, 1 << 20, a, &data, &len, &e), 0);
	T_TRUE("is read to its end", len > 1000);
	T_INT("and refused over the cap",
	    file_read(AT_FDCWD, "/proc/self/maps", FILE_FOLLOW, 100, a, &data, &len, &e), -1);
	T_INT("by its length", e.code, ERR_LIMIT);
	arena_free(a);
}

static void
replacing(void)
{
	struct arena *a = arena_new(1 << 20);
	struct err e = { 0 };
	char *data;
	size_t len;
	int fd = file_open_folder("new/deep/folder", &e);

	T_TRUE("a folder is made with its parents", fd >= 0);
	T_INT("a file is put there", file_replace(fd, "state", 0600, "one", 3, &e), 0);
	T_INT("and replaced", file_replace(fd, "state", 0600, "three", 5, &e), 0);
	T_INT("and read", file_read(fd, "state", FILE_NOFOLLOW, 100, a, &data, &len, &e), 0);
	T_TEXT("as it was written", data, "three");
	T_INT("nothing else is left", system("[ $(ls -A new/deep/folder | wc -l) = 1 ]"), 0);
	close(fd);
	arena_free(a);
}

static void
creating(void)
{
	struct arena *a = arena_new(1 << 20);
	struct err e = { 0 };
	struct stat st;
	char *data;
	size_t len;
	int fd = file_open_folder("made", &e);

	T_INT("a new file", file_create(fd, "one", 0600, FILE_OWNER_KEPT, "one", 3, &e), 0);
	T_INT("with its mode", fstatat(fd, "one", &st, 0) == 0 ? st.st_mode & 0777 : 0, 0600);
	T_INT(
	    "never over another", file_create(fd, "one", 0600, FILE_OWNER_KEPT, "two", 3, &e), -1);
	T_INT("for that reason", e.code, ERR_RANGE);
	T_INT("which is", file_read(fd, "one", FILE_NOFOLLOW, 100, a, &data, &len, &e), 0);
	T_TEXT("as it was", data, "one");
	T_INT("nothing else is left", system("[ $(ls -A made | wc -l) = 1 ]"), 0);
	close(fd);
	arena_free(a);
}

int
main(void)
{
	if (mkdtemp(dir) == NULL || chdir(dir) < 0)
		abort();
	kinds();
	caps();
	replacing();
	creating();
	snprintf(clean_up, sizeof(clean_up), "rm -rf %s", dir); /* and nobody else's */
	if (chdir("/") < 0 || system(clean_up) != 0)
		abort();
	return t_end();
}
