/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns one connection to the control socket.
 */
#include "tray/link.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

struct link {
	int fd;
	struct frame_reader in;
};

static int
reach(const char *path, struct err *e)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd;

	if (strlen(path) >= sizeof(to.sun_path))
		return err_set(e, ERR_LIMIT, "%s: a socket's name has at most %zu bytes", path,
		    sizeof(to.sun_path) - 1);
	memcpy(to.sun_path, path, strlen(path) + 1);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return err_sys(e, "a socket");
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0)
		return fd;
	if (errno == ENOENT || errno == ECONNREFUSED || errno == ENOTDIR)
		err_set(e, ERR_ABSENT, "forewarnd does not run here");
	else
		err_sys(e, "forewarnd at %s", path);
	close(fd);
	return -1;
}

struct link *
link_open(const char *path, const struct ctl_request *r, struct err *e)
{
	struct link *l;
	struct frame f;
	int fd = reach(path, e), rc;

	if (fd < 0)
		return NULL;
	frame_init(&f, 0);
	ctl_put_request(&f, r);
	/* a request fits into the empty buffer of a fresh socket: it cannot block */
	rc = frame_send(fd, &f, e);
	frame_fini(&f);
	l = rc == 0 ? calloc(1, sizeof(*l)) : NULL;
	if (l == NULL) {
		close(fd);
		return NULL;
	}
	l->fd = fd;
	frame_reader_init(&l->in);
	return l;
}

void
link_free(struct link *l)
{
	if (l == NULL)
		return;
	close(l->fd);
	frame_reader_fini(&l->in);
	free(l);
}

int
link_fd(const struct link *l)
{
	return l->fd;
}

int
link_read(struct link *l, int (*take)(void *self, struct frame *f, struct err *e), void *self,
    struct err *e)
{
	long n = frame_reader_fill(&l->in, l->fd);
	struct frame f;
	int rc;

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (n < 0)
		return err_sys(e, "forewarnd");
	while ((rc = frame_reader_next(&l->in, &f, e)) == 1)
		if ((rc = take(self, &f, e)) != 0)
			return rc;
	if (rc < 0)
		return -1;
	return n > 0 ? 0 : err_set(e, ERR_ABSENT, "forewarnd has ended");
}
