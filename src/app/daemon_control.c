/* SPDX-License-Identifier: Apache-2.0 */
#include "app/daemon.h"

int
daemon_control_open(struct daemon *d, const char *path, struct err *e)
{
	(void)d;
	(void)path;
	(void)e;
	return 0;
}

void
daemon_control_close(struct daemon *d)
{
	(void)d;
}

size_t
daemon_control_poll(struct daemon *d, struct pollfd *p, size_t max)
{
	(void)d;
	(void)p;
	(void)max;
	return 0;
}

void
daemon_control_handle(struct daemon *d, const struct pollfd *p, size_t n)
{
	(void)d;
	(void)p;
	(void)n;
}

void
daemon_publish(struct daemon *d, const struct event *v)
{
	(void)d;
	(void)v;
}
