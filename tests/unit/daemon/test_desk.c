/* SPDX-License-Identifier: Apache-2.0
 *
 * The loop wakes for the patience of the control socket, when nothing else is due.
 */
#include "tests/daemon_rig.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static enum rig_find
find(void *self, const char *check, instant now)
{
	(void)self, (void)check, (void)now;
	return RIG_OK;
}

static int
connect_to(const char *path)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	snprintf(to.sun_path, sizeof(to.sun_path), "%s", path);
	if (fd < 0 || connect(fd, (const struct sockaddr *)&to, sizeof(to)) < 0)
		abort();
	return fd;
}

/* Nothing but the socket is due for a year. */
static void
have_nothing_to_do(void)
{
	span year = world_boot(&rig.d.world) + 365 * SPAN_DAY;

	rig.d.next_tick = rig.d.next_heartbeat = rig.d.next_again = rig.d.next_thin = year;
	rig.d.runs.sched[0].due = year;
}

int
main(void)
{
	struct err e = { 0 };
	char path[96], c;
	span before;
	int fd;

	rig.find = find;
	rig_open(1790000000 * INSTANT_S);
	rig_configure("checks = ( { id = \"a\"; probe = \"plugin\"; command = [ \"/bin/true\" ]; "
		      "every = \"1h\"; } );");
	rig_start();
	rig_pass(10 * SPAN_MIN);
	snprintf(path, sizeof(path), "%s/control", rig.folder);
	T_INT("the socket is open",
	    desk_open(&rig.d.desk, &rig.d.ground, &rig.d.runs, &rig.d.gauges, &rig.d.posts,
		&rig.d.commanded, path, &e),
	    0);
	fd = connect_to(path);
	daemon_step(&rig.d); /* it is welcomed */
	have_nothing_to_do();
	before = world_boot(&rig.d.world);
	for (int i = 0; i < 4 && recv(fd, &c, 1, 0) != 0; i++)
		daemon_step(&rig.d);
	T_INT("who says nothing is let go", recv(fd, &c, 1, 0), 0);
	T_TRUE("when its patience ends, though nothing else is due",
	    world_boot(&rig.d.world) - before <= CONTROL_PATIENCE);
	close(fd);
	rig_stop();
	rig_close();
	return t_end();
}
