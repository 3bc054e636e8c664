/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns one sink cell that is asked for a pair of keys.
 */
#include "tell/new_pair.h"

#include "cell/child.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static int
take(struct frame *f, struct arena *a, struct post_pair *p, struct err *e)
{
	const char *why;

	if (f->kind != POST_FAIL)
		return post_get_pair(f, a, p, e);
	return post_get_fail(f, a, &why, e) < 0 ? -1 : err_set(e, ERR_SYS, "%s", why);
}

static int
ask(int fd, struct arena *a, struct post_pair *p, struct err *e)
{
	struct frame_reader in;
	struct frame f, got;
	int rc;

	frame_init(&f, 0);
	post_put_new_pair(&f);
	rc = frame_send(fd, &f, e);
	frame_fini(&f);
	frame_reader_init(&in);
	while (rc == 0) {
		rc = frame_reader_next(&in, &got, e);
		if (rc == 0 && frame_reader_fill(&in, fd) <= 0)
			rc = err_set(e, ERR_SYS, "forewarn-sink gave no keys");
	}
	if (rc == 1)
		rc = take(&got, a, p, e);
	frame_reader_fini(&in);
	return rc;
}

int
new_pair(const char *program, struct arena *a, struct post_pair *p, struct err *e)
{
	struct timeval wait = { .tv_sec = NEW_PAIR_WAIT };
	struct child c;
	int rc;

	if (child_start(&c, program, -1, e) < 0)
		return -1;
	fcntl(c.fd, F_SETFL, 0); /* an answer is waited for */
	setsockopt(c.fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
	rc = ask(c.fd, a, p, e);
	child_kill(&c);
	child_reap(&c);
	close(c.fd);
	close(c.err_fd);
	return rc;
}
