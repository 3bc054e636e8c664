/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the control socket: who is connected, what each has asked and still has to get.
 */
#include "tell/control.h"

#include "base/names.h"
#include "base/reach.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

struct control_client {
	int fd;
	struct peer peer;
	struct frame_reader in;
	uint8_t *out;
	size_t nout, cap, sent;
	span until; /* its patience */
	bool asked, listens, over;
};

struct control {
	struct clk *clk;
	struct control_ops ops;
	char *path;
	int fd;
	struct control_client v[CONTROL_CLIENTS];
	size_t n;
};

static int
address(const char *path, struct sockaddr_un *to, struct err *e)
{
	*to = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if (strlen(path) >= sizeof(to->sun_path))
		return err_set(e, ERR_LIMIT, "%s: a socket's name has at most %zu bytes", path,
		    sizeof(to->sun_path) - 1);
	memcpy(to->sun_path, path, strlen(path) + 1);
	return 0;
}

/* Somebody answers there. */
static bool
served(const struct sockaddr_un *to)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	bool yes = fd >= 0 &&
		   (connect(fd, (const struct sockaddr *)to, sizeof(*to)) == 0 || errno == EAGAIN);

	if (fd >= 0)
		close(fd);
	return yes;
}

static int
listen_at(struct control *c, bool system, struct err *e)
{
	struct sockaddr_un to;
	struct stat st;
	char *slash;

	if (address(c->path, &to, e) < 0)
		return -1;
	slash = strrchr(c->path, '/');
	if (slash != NULL && slash != c->path) {
		*slash = '\0';
		mkdir(c->path, 0755);
		*slash = '/';
	}
	if (lstat(c->path, &st) == 0) {
		if (!S_ISSOCK(st.st_mode))
			return err_set(e, ERR_RANGE, "%s is there and is no socket", c->path);
		if (served(&to))
			return err_set(
			    e, ERR_DENIED, "%s: another forewarnd answers there", c->path);
		unlink(c->path);
	}
	c->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (c->fd < 0 || bind(c->fd, (struct sockaddr *)&to, sizeof(to)) < 0 ||
	    chmod(c->path, system ? 0660 : 0600) < 0 || listen(c->fd, 64) < 0)
		return err_sys(e, "%s", c->path);
	return 0;
}

struct control *
control_new(
    const char *path, bool system, struct clk *clk, const struct control_ops *ops, struct err *e)
{
	struct control *c = calloc(1, sizeof(*c));
	mode_t mask = umask(0177);

	if (c != NULL) {
		c->clk = clk;
		c->ops = *ops;
		c->fd = -1;
		c->path = strdup(path);
	}
	umask(022);
	if (c == NULL || c->path == NULL || listen_at(c, system, e) < 0) {
		control_free(c);
		c = NULL;
	}
	umask(mask);
	return c;
}

static void
drop(struct control *c, size_t i)
{
	struct control_client *v = &c->v[i];

	close(v->fd);
	frame_reader_fini(&v->in);
	free(v->out);
	*v = c->v[--c->n];
}

void
control_free(struct control *c)
{
	if (c == NULL)
		return;
	while (c->n > 0)
		drop(c, 0);
	if (c->fd >= 0) {
		close(c->fd);
		unlink(c->path);
	}
	free(c->path);
	free(c);
}

size_t
control_poll(struct control *c, struct pollfd *p, size_t max)
{
	size_t n = 0;

	if (max == 0)
		return 0;
	p[n++] = (struct pollfd){ c->fd, POLLIN, 0 };
	for (size_t i = 0; i < c->n && n < max; i++)
		p[n++] = (struct pollfd){ c->v[i].fd,
			(short)(POLLIN | (c->v[i].sent < c->v[i].nout ? POLLOUT : 0)), 0 };
	return n;
}

/* When all places are taken: who has asked nothing for longest goes. False: all have asked. */
static bool
make_place(struct control *c)
{
	size_t silent = c->n;

	if (c->n < CONTROL_CLIENTS)
		return true;
	for (size_t i = 0; i < c->n; i++)
		if (!c->v[i].asked && (silent == c->n || c->v[i].until < c->v[silent].until))
			silent = i;
	if (silent == c->n)
		return false;
	drop(c, silent);
	return true;
}

/* One a turn, so that whoever has come is heard before the next one comes. */
static void
welcome(struct control *c)
{
	struct control_client *v;
	struct peer who;
	int fd = accept4(c->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd < 0)
		return;
	if (!peer_read(fd, &who) || !make_place(c)) {
		close(fd);
		return;
	}
	v = &c->v[c->n++];
	*v = (struct control_client){
		.fd = fd, .peer = who, .until = c->clk->mono(c->clk) + CONTROL_PATIENCE
	};
	frame_reader_init(&v->in);
}

static void
queue(struct control_client *v, const void *bytes, size_t n, size_t max)
{
	uint8_t *more;

	if (v->over)
		return;
	if (v->sent > 0) {
		memmove(v->out, v->out + v->sent, v->nout - v->sent);
		v->nout -= v->sent;
		v->sent = 0;
	}
	if (v->nout + n > max) {
		v->over = true; /* it does not read */
		return;
	}
	if (v->nout + n > v->cap) {
		size_t cap = v->cap < 4096 ? 4096 : v->cap;

		while (cap < v->nout + n)
			cap *= 2;
		more = realloc(v->out, cap);
		if (more == NULL) {
			v->over = true;
			return;
		}
		v->out = more;
		v->cap = cap;
	}
	memcpy(v->out + v->nout, bytes, n);
	v->nout += n;
}

static void
queue_frame(struct control_client *v, const struct frame *f, size_t max)
{
	uint8_t header[FRAME_HEADER];

	if (f->bad) {
		v->over = true;
		return;
	}
	frame_header(f, header);
	queue(v, header, FRAME_HEADER, max);
	queue(v, f->data, f->len, max);
}

void
control_origin(const struct control_client *of, struct peer_origin *o)
{
	peer_origin(of->fd, &of->peer, o);
}

void
control_answer(struct control_client *to, const struct frame *f)
{
	queue_frame(to, f, CONTROL_QUEUE);
}

void
control_listen(struct control_client *to)
{
	to->listens = true;
}

void
control_publish(struct control *c, const struct frame *f)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].listens)
			queue_frame(&c->v[i], f, CONTROL_EVENTS);
}

static void
ask(struct control *c, struct control_client *v, struct frame *f)
{
	struct arena *a = arena_new(CTL_REQUEST_MAX * 8);
	char name[NAMES_MAX], by[64];
	struct ctl_request r;
	struct err e = { 0 };

	/* where accounts cannot be told apart all of them are one number, and its name is nobody's
	 */
	if ((v->peer.uid == 0 || v->peer.uid == geteuid() || reach_people()) &&
	    names_user(v->peer.uid, name) == 1)
		snprintf(by, sizeof(by), "%.63s", name);
	else
		snprintf(by, sizeof(by), "%u", (unsigned)v->peer.uid);
	v->asked = true;
	if (f->len > CTL_REQUEST_MAX || ctl_get_request(f, a, &r, &e) < 0)
		v->over = true;
	else
		c->ops.request(
		    c->ops.self, v, &r, by, v->peer.uid == 0 || v->peer.uid == geteuid());
	v->until = v->listens ? SPAN_MAX : c->clk->mono(c->clk) + CONTROL_PATIENCE;
	arena_free(a);
}

static void
hear(struct control *c, struct control_client *v)
{
	long n = frame_reader_fill(&v->in, v->fd);
	struct frame f;
	int rc;

	if (n == 0 || (n < 0 && errno != EAGAIN)) {
		v->over = true;
		return;
	}
	/* one request a connection; what comes behind it is nonsense */
	if (v->asked) {
		v->over = v->over || n > 0;
		return;
	}
	rc = frame_reader_next(&v->in, &f, NULL);
	if (rc < 0 || (rc == 0 && v->in.len - v->in.at > CTL_REQUEST_MAX))
		v->over = true;
	else if (rc == 1)
		ask(c, v, &f);
}

static void
say(struct control *c, struct control_client *v)
{
	ssize_t n = send(v->fd, v->out + v->sent, v->nout - v->sent, MSG_NOSIGNAL);

	if (n < 0 && errno != EAGAIN && errno != EINTR)
		v->over = true;
	if (n <= 0)
		return;
	v->sent += (size_t)n;
	if (!v->listens)
		v->until = c->clk->mono(c->clk) + CONTROL_PATIENCE;
	if (v->sent == v->nout && v->asked && !v->listens)
		v->over = true; /* all is said */
}

void
control_handle(struct control *c, const struct pollfd *p, size_t n)
{
	span now = c->clk->mono(c->clk);

	for (size_t k = 1; k < n; k++)
		for (size_t i = 0; i < c->n; i++) {
			struct control_client *v = &c->v[i];

			if (v->fd != p[k].fd || p[k].revents == 0)
				continue;
			if (p[k].revents & (POLLIN | POLLHUP | POLLERR))
				hear(c, v);
			if (!v->over && v->sent < v->nout)
				say(c, v);
		}
	for (size_t i = c->n; i-- > 0;)
		if (c->v[i].over || now >= c->v[i].until)
			drop(c, i);
	if (n > 0 && p[0].revents != 0)
		welcome(c);
}

span
control_next(const struct control *c)
{
	span next = SPAN_MAX;

	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].until < next)
			next = c->v[i].until;
	return next;
}
