/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "cell/secret.h"
#include "tests/t.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define ME 4294967295U /* stands for our own user */

static const struct {
	const char *row, *path;
	unsigned uid, gid, mode;
	const char *fault; /* NULL: fine */
} owners[] = {
	{ "ours", "/x", ME, 5, 0600, NULL },
	{ "ours, read only", "/x", ME, 5, 0400, NULL },
	{ "root's", "/x", 0, 5, 0600, NULL },
	{ "another's", "/x", 12345, 5, 0600, "/x belongs to another user" },
	{ "its group may read", "/x", ME, 5, 0640, "/x can be read by others: chmod 600 /x" },
	{ "its group may write", "/x", ME, 5, 0620, "chmod 600 /x" },
	{ "its group may run it", "/x", ME, 5, 0610, "chmod 600 /x" },
	{ "all may read", "/x", ME, 5, 0604, "chmod 600 /x" },
	{ "all may write", "/x", ME, 5, 0602, "chmod 600 /x" },
	{ "a credential of systemd shows its list's mask", "/run/credentials/a.service/x", 0, 0,
	    0440, NULL },
	{ "that is no reason elsewhere", "/etc/x", 0, 0, 0440, "chmod 600 /etc/x" },
	{ "nor in another's folder", "/run/credentials/a.service/x", ME, 5, 0440, "chmod 600" },
	{ "nor for all", "/run/credentials/a.service/x", 0, 0, 0444, "chmod 600" },
	{ "nor for writing", "/run/credentials/a.service/x", 0, 0, 0460, "chmod 600" },
};

static void
test_owners(void)
{
	for (size_t i = 0; i < sizeof(owners) / sizeof(owners[0]); i++) {
		struct stat st = { .st_mode = S_IFREG | owners[i].mode,
			.st_uid = owners[i].uid == ME ? geteuid() : owners[i].uid,
			.st_gid = owners[i].gid };
		struct err e = { 0 };
		int rc = file_secret_check(&st, owners[i].path, &e);

		if (owners[i].fault == NULL)
			T_TEXT(owners[i].row, rc == 0 ? "" : e.msg, "");
		else
			T_HAS(owners[i].row, rc < 0 ? e.msg : "fine", owners[i].fault);
	}
}

static void
put(const char *path, const char *text, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || write(fd, text, n) != (ssize_t)n || close(fd) < 0)
		abort();
}

static const struct {
	const char *row, *text, *want, *fault;
} texts[] = {
	{ "a line", "pin 1\n", "pin 1", NULL },
	{ "without its end", "pin", "pin", NULL },
	{ "line ends behind it", "pin\r\n\n", "pin", NULL },
	{ "lines", "a\nb\n", "a\nb", NULL },
	{ "spaces stay", " a ", " a ", NULL },
	{ "nothing", "", NULL, "x: is empty" },
	{ "only a line end", "\n", NULL, "x: is empty" },
};

static void
test_texts(void)
{
	static char big[SECRET_MAX + 1];
	struct secret s;
	struct err e;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		int rc;

		put("x", texts[i].text, strlen(texts[i].text));
		rc = secret_read(&s, "x", &e);
		if (texts[i].want != NULL)
			T_TEXT(texts[i].row, rc == 0 ? s.text : e.msg, texts[i].want);
		else
			T_TEXT(texts[i].row, rc < 0 ? e.msg : "fine", texts[i].fault);
		secret_free(&s);
		T_TRUE(texts[i].row, s.text == NULL);
	}
	memset(big, 'k', sizeof(big));
	put("x", big, SECRET_MAX);
	T_INT("the longest", secret_read(&s, "x", &e), 0);
	T_INT("is whole", s.len, SECRET_MAX);
	secret_free(&s);
	put("x", big, SECRET_MAX + 1);
	T_INT("one byte more", secret_read(&s, "x", &e), -1);
	T_HAS("words", e.msg, "x: is over 16384 bytes");
	put("x", "a\0b", 3);
	T_INT("a NUL", secret_read(&s, "x", &e), -1);
	T_INT("no file", secret_read(&s, "none", &e), -1);
	T_HAS("words", e.msg, "none: cannot look at it: No such file");
}

/* A child that we start finds nothing where the secret was. */
static void
test_fork(void)
{
	struct secret s;
	struct err e;
	int status = -1;
	pid_t pid;

	put("x", "pin", 3);
	T_INT("read", secret_read(&s, "x", &e), 0);
	pid = fork();
	if (pid == 0)
		_exit(s.text[0] != '\0');
	waitpid(pid, &status, 0);
	T_INT("a child does not have it", status, 0);
	T_TEXT("we do", s.text, "pin");
	secret_free(&s);
}

int
main(void)
{
	char dir[] = "/tmp/test_secret.XXXXXX";

	if (mkdtemp(dir) == NULL || chdir(dir) < 0)
		abort();
	test_owners();
	test_texts();
	test_fork();
	unlink("x");
	if (chdir("/") < 0 || rmdir(dir) < 0)
		abort();
	return t_end();
}
