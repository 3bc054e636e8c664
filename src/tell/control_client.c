/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns one request to the daemon, which waits for its answer.
 */
#include "tell/control_client.h"

#include "base/names.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

/* It is there, and whatever it may be about was not seen. */
static int
no_answer(const char *path, struct err *e)
{
	return err_set(e, ERR_TIMEOUT,
	    "forewarnd at %s gave no answer for %d s: it may be stopped, or busy; look at its "
	    "process "
	    "and its log",
	    path, CONTROL_CLIENT_WAIT);
}

static int
reach(const char *path, struct err *e)
{
	char group[NAMES_MAX];
	struct stat st;
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	struct timeval wait = { .tv_sec = CONTROL_CLIENT_WAIT };
	int fd;

	if (strlen(path) >= sizeof(to.sun_path))
		return err_set(e, ERR_LIMIT, "%s: a socket's name has at most %zu bytes", path,
		    sizeof(to.sun_path) - 1);
	memcpy(to.sun_path, path, strlen(path) + 1);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return err_sys(e, "a socket");
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait));
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0)
		return fd;
	if (errno == EAGAIN) /* as many as it has room for wait already */
		no_answer(path, e);
	else if (errno == ENOENT || errno == ECONNREFUSED || errno == ENOTDIR)
		err_set(e, ERR_ABSENT, "forewarnd does not run here (nobody answers at %s)", path);
	else if (errno == EACCES && stat(path, &st) == 0 && (st.st_mode & S_IWGRP) != 0 &&
		 names_group(st.st_gid, group) == 1)
		err_set(e, ERR_DENIED,
		    "forewarnd at %s: only root and the group %s may ask: sudo adduser NAME %s, "
		    "then log in anew",
		    path, group, group);
	else
		err_sys(e, "forewarnd at %s", path);
	close(fd);
	return -1;
}

/* 1 it was the last, 0 go on, -1. */
static int
take_frame(struct frame *f, struct arena *a,
    int (*take)(void *self, struct frame *f, struct err *e), void *self, struct ctl_done *done,
    struct err *e)
{
	const char *why;
	struct ctl_done came;

	if (f->kind == CTL_DONE) {
		if (ctl_get_done(f, &came, e) < 0)
			return -1;
		if (done != NULL)
			*done = came;
		return 1;
	}
	if (f->kind == CTL_REFUSED)
		return ctl_get_refused(f, a, &why, e) < 0 ? -1 : err_set(e, ERR_DENIED, "%s", why);
	return take != NULL ? take(self, f, e) : 0;
}

/* 0: there is more to take. */
static int
fill(struct frame_reader *in, int fd, const char *path, struct err *e)
{
	long n = frame_reader_fill(in, fd);

	if (n > 0)
		return 0;
	if (n < 0 && errno == EAGAIN)
		return no_answer(path, e);
	return err_set(e, ERR_SYS, "forewarnd at %s ended in the middle of its answer", path);
}

int
control_ask(const char *path, const struct ctl_request *r, struct arena *a,
    int (*take)(void *self, struct frame *f, struct err *e), void *self, struct ctl_done *done,
    struct err *e)
{
	int fd = reach(path, e), rc = -1;
	struct frame_reader in;
	struct frame f;

	if (fd < 0)
		return -1;
	frame_reader_init(&in);
	frame_init(&f, 0);
	ctl_put_request(&f, r);
	rc = frame_send(fd, &f, e);
	frame_fini(&f);
	while (rc == 0) {
		struct frame got;

		rc = frame_reader_next(&in, &got, e);
		if (rc == 1)
			rc = take_frame(&got, a, take, self, done, e);
		else if (rc == 0)
			rc = fill(&in, fd, path, e);
	}
	frame_reader_fini(&in);
	close(fd);
	return rc == 1 ? 0 : -1;
}
