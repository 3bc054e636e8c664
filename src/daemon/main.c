/* SPDX-License-Identifier: Apache-2.0
 *
 * forewarnd: watches around the clock and tells in time. In the foreground, for a service manager.
 * Owns the arguments, the signals and the timer.
 */
#include "daemon/daemon.h"

#include "base/notify.h"
#include "daemon/journal.h"
#include "face/options.h"
#include "face/places.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sysexits.h>
#include <unistd.h>

static int
parse_args(int argc, char **argv, const char **conf, const char **socket)
{
	const struct call *call = face_of("forewarnd", NULL);
	int opt;

	while ((opt = face_next(call, argc, argv)) != -1)
		switch (opt) {
		case 'c':
			*conf = optarg;
			break;
		case 's':
			setenv("FOREWARN_STATE_DIR", optarg, 1);
			break;
		case 'S':
			*socket = optarg;
			break;
		case 'h':
			exit(face_help(call));
		case 'V':
			puts("forewarnd " FOREWARN_VERSION);
			exit(0);
		default:
			return EX_USAGE;
		}
	if (optind < argc) {
		fprintf(stderr, "forewarnd: takes no \"%s\"\n", argv[optind]);
		return EX_USAGE;
	}
	return 0;
}

/* ---- signals and the timer, which poll(2) sees as descriptors */

static int
open_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void
take_signals(struct daemon *d)
{
	struct signalfd_siginfo s;

	while (read(d->signals, &s, sizeof(s)) == (ssize_t)sizeof(s)) {
		if (s.ssi_signo == SIGHUP)
			daemon_reload(d);
		else
			d->stopping = true;
	}
}

static void
set_timer(int fd, span at)
{
	struct itimerspec t = { .it_value = { at / SPAN_S, at % SPAN_S } };

	if (at <= 0)
		t.it_value.tv_nsec = 1; /* zero would stop it */
	timerfd_settime(fd, TFD_TIMER_ABSTIME, &t, NULL);
}

static int
wait_for_descriptors(struct daemon *d, struct pollfd *p, size_t n, span until)
{
	static span watchdog = -1;
	span boot = world_boot(&d->world);
	uint64_t ticks;

	if (watchdog < 0)
		watchdog = notify_watchdog();
	if (watchdog > 0 && until > boot + watchdog)
		until = boot + watchdog;
	p[0] = (struct pollfd){ d->signals, POLLIN, 0 };
	p[1] = (struct pollfd){ d->timer, POLLIN, 0 };
	set_timer(d->timer, until);
	if (poll(p, n, -1) < 0 && errno != EINTR)
		return -1;
	if (p[1].revents != 0 && read(d->timer, &ticks, sizeof(ticks)) < 0 && errno != EAGAIN)
		return -1;
	if (watchdog > 0)
		notify_send("WATCHDOG=1");
	return 0;
}

/* ---- from start to end */

static int
turn_until_stopped(struct daemon *d, const char *socket)
{
	struct err e = { 0 };

	d->wait = wait_for_descriptors;
	d->timer = timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
	if (d->signals < 0 || d->timer < 0)
		return EX_OSERR;
	if (desk_open(&d->desk, &d->ground, &d->runs, &d->gauges, &d->posts, &d->commanded, socket,
		&e) < 0) {
		journal(JOURNAL_ERROR, "%s", e.msg);
		return EX_UNAVAILABLE;
	}
	notify_send("READY=1");
	while (!d->stopping && daemon_step(d) == 0)
		take_signals(d);
	if (!d->stopping)
		journal(
		    JOURNAL_ERROR, "ends: it can no longer wait for anything: %s", strerror(errno));
	notify_send("STOPPING=1");
	close(d->timer);
	/* what was not asked to end is started anew */
	return d->stopping ? 0 : EX_OSERR;
}

static void
host_name(char host[256])
{
	if (gethostname(host, 255) < 0 || host[0] == '\0')
		snprintf(host, 256, "this-host");
	host[255] = '\0';
}

static int
serve(struct daemon *d, const char *conf, const char *socket, struct arena *a)
{
	char host[256];
	const struct daemon_world w = { .clk = clk_system(),
		.state_dir = place_state_dir(a),
		.host = host,
		.sink_program = place_cell("forewarn-sink", a),
		.conf_path = conf != NULL ? conf : place_conf(a),
		.own_conf = conf == NULL };
	int rc, signals = open_signals(); /* from now on a SIGHUP waits until it can be taken */

	host_name(host);
	child_become_reaper(); /* or daemon_sweep would not see what workers leave behind */
	rc = daemon_open(d, &w);
	d->signals = signals;
	if (rc == 0)
		rc = turn_until_stopped(d, socket);
	close(signals);
	daemon_close(d);
	return rc;
}

int
main(int argc, char **argv)
{
	static struct daemon d;
	struct arena *a = arena_new(65536);
	const char *conf = NULL, *socket = NULL;
	int rc = parse_args(argc, argv, &conf, &socket);

	if (rc == 0) {
		prctl(PR_SET_DUMPABLE, 0);
		rc = serve(&d, conf, socket, a);
	}
	arena_free(a);
	return rc;
}
