/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns pages that are locked and wiped, and reading a secret into them.
 */
#include "cell/secret.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define PAGE ((size_t)4096)

int
secret_room(struct secret *s, size_t size, struct err *e)
{
	size_t whole = (size / PAGE + 1) * PAGE;
	void *p = mmap(NULL, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		return err_sys(e, "memory for a secret");
	/* the best that this kernel and this user's limits give */
	mlock(p, whole);
	madvise(p, whole, MADV_DONTDUMP);
	madvise(p, whole, MADV_WIPEONFORK);
	*s = (struct secret){ p, 0, whole };
	return 0;
}

static int
fill(struct secret *s, int fd, struct err *e)
{
	while (s->len <= SECRET_MAX) {
		ssize_t n = read(fd, s->text + s->len, SECRET_MAX + 1 - s->len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_sys(e, "cannot read it");
		if (n == 0)
			break;
		s->len += (size_t)n;
	}
	if (s->len > SECRET_MAX)
		return err_set(e, ERR_LIMIT, "is over %zu bytes", SECRET_MAX);
	if (memchr(s->text, '\0', s->len) != NULL)
		return err_set(e, ERR_PARSE, "has a NUL in it (a text is needed)");
	while (s->len > 0 && (s->text[s->len - 1] == '\n' || s->text[s->len - 1] == '\r'))
		s->text[--s->len] = '\0';
	if (s->len == 0)
		return err_set(e, ERR_PARSE, "is empty");
	return 0;
}

int
secret_read(struct secret *s, const char *path, struct err *e)
{
	struct stat st;
	int fd = file_open(AT_FDCWD, path, FILE_NOFOLLOW, &st, e), rc;

	*s = (struct secret){ 0 };
	if (fd < 0)
		return err_wrap(e, "%s", path);
	rc = file_secret_check(&st, path, e);
	if (rc == 0) {
		rc = secret_room(s, SECRET_MAX + 1, e);
		if (rc == 0)
			rc = fill(s, fd, e);
		if (rc < 0)
			err_wrap(e, "%s", path);
	}
	close(fd);
	if (rc < 0)
		secret_free(s);
	return rc;
}

void
secret_free(struct secret *s)
{
	if (s->text != NULL) {
		explicit_bzero(s->text, s->size);
		munmap(s->text, s->size);
	}
	*s = (struct secret){ 0 };
}
