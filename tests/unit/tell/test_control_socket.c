/* SPDX-License-Identifier: Apache-2.0
 *
 * Who says nothing at the control socket keeps nobody else from it, and is let go in time.
 */
#include "tell/control.h"

#include "tests/t.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static char dir[] = "/tmp/forewarn-control.XXXXXX";
static char path[64];
static struct clk_fake clk;
static struct control *control;
static size_t asked;

static void
on_request(void *self, struct control_client *to, const struct ctl_request *r, const char *by,
    bool may_act)
{
	struct frame f;

	(void)self, (void)r, (void)by, (void)may_act;
	asked++;
	frame_init(&f, 0);
	ctl_put_done(&f, &(struct ctl_done){ .n = 1 });
	control_answer(to, &f);
	frame_fini(&f);
}

static int
connect_one(void)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	snprintf(to.sun_path, sizeof(to.sun_path), "%s", path);
	if (fd < 0 || connect(fd, (const struct sockaddr *)&to, sizeof(to)) < 0)
		abort();
	return fd;
}

static void
turn(int times)
{
	for (int i = 0; i < times; i++) {
		struct pollfd p[CONTROL_CLIENTS + 1];
		size_t n = control_poll(control, p, CONTROL_CLIENTS + 1);

		poll(p, n, 0);
		control_handle(control, p, n);
	}
}

static void
ask(int fd)
{
	const struct ctl_request r = { .kind = CTL_STATUS,
		.pattern = "",
		.text = "",
		.until = INSTANT_NONE,
		.approver = "",
		.measure = "" };
	struct frame f;
	struct err e;

	frame_init(&f, 0);
	ctl_put_request(&f, &r);
	if (frame_send(fd, &f, &e) < 0)
		abort();
	frame_fini(&f);
}

/* 1: something to read, 0: it was let go, -1: neither. */
static int
state_of(int fd)
{
	char c;
	ssize_t n = recv(fd, &c, 1, MSG_PEEK);

	return n > 0 ? 1 : n == 0 ? 0 : -1;
}

/* n clients that say nothing, and one that asks; how many of the silent ones were let go for it. */
static void
one_asks_among(const char *row, int n, int want_let_go)
{
	int fds[CONTROL_CLIENTS + 8], fd, gone = 0;

	asked = 0;
	for (int i = 0; i < n; i++) {
		fds[i] = connect_one();
		turn(1);
		clk_fake_pass(&clk, SPAN_MS);
	}
	fd = connect_one();
	ask(fd);
	turn(2);
	T_INT(row, asked, 1);
	T_INT("and has its answer", state_of(fd), 1);
	for (int i = 0; i < n; i++)
		gone += state_of(fds[i]) == 0;
	T_INT(row, gone, want_let_go);
	if (want_let_go == 1)
		T_INT("the one that was silent for longest goes", state_of(fds[0]), 0);
	if (n > 0)
		T_TRUE("their patience has an end",
		    control_next(control) <= clk.mono_now + CONTROL_PATIENCE);
	clk_fake_pass(&clk, CONTROL_PATIENCE);
	turn(1);
	for (int i = 0; i < n; i++) {
		T_INT("then all are let go", state_of(fds[i]), 0);
		close(fds[i]);
	}
	close(fd);
	turn(1);
	T_TRUE("nobody is there", control_next(control) == SPAN_MAX);
}

static void
garbage_goes_at_once(void)
{
	for (int i = 0; i < 300; i++) {
		int fd = connect_one();

		if (send(fd, "GET / HTTP/1.1\r\n\r\n", 18, MSG_NOSIGNAL) < 0)
			abort();
		turn(3);
		T_INT("nonsense is let go at once", state_of(fd), 0);
		close(fd);
	}
}

int
main(void)
{
	const struct control_ops ops = { .request = on_request };
	struct err e = { 0 };

	if (mkdtemp(dir) == NULL)
		abort();
	snprintf(path, sizeof(path), "%s/s", dir);
	clk_fake_init(&clk, INSTANT_S);
	control = control_new(path, false, &clk.clk, &ops, &e);
	if (control == NULL)
		abort();
	one_asks_among("alone it is heard", 0, 0);
	one_asks_among("with one place left it is heard", CONTROL_CLIENTS - 1, 0);
	one_asks_among("with no place left it is heard", CONTROL_CLIENTS, 1);
	garbage_goes_at_once();
	control_free(control);
	rmdir(dir);
	return t_end();
}
