/* SPDX-License-Identifier: Apache-2.0
 *
 * forewarnd: watches around the clock and tells in time. In the foreground, for a service manager.
 */
#include "daemon/daemon.h"
#include "face/options.h"

#include "base/notify.h"
#include "judge/history.h"

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

#define THIN_EVERY (6 * SPAN_H)
#define CONTROL_POLL 80
#define SAID_MAX ((size_t)1 << 16) /* bytes of log lines of one transaction */

static const char *
plural(size_t n)
{
	return n == 1 ? "" : "s";
}

static int
parse_args(int argc, char **argv, struct daemon *d, const char **socket)
{
	const struct call_face *face = face_of("forewarnd", NULL);
	int opt;

	while ((opt = face_next(face, argc, argv)) != -1)
		switch (opt) {
		case 'c':
			d->conf_path = optarg;
			break;
		case 's':
			setenv("FOREWARN_STATE_DIR", optarg, 1);
			break;
		case 'S':
			*socket = optarg;
			break;
		case 'h':
			exit(face_help(face));
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

/* In force from the installation until somebody writes one: it starts, and says what is missing. */
static const char first_conf[] =
    "checks = ( { id = \"clock\"; title = \"Clock of this computer\"; probe = \"clock\"; } );\n"
    "sinks = ( { id = \"desktop\"; type = \"desktop\"; } );\n";

static struct conf *
read_conf(const char *path, const char *instead)
{
	struct conf *c = conf_load_or(path, instead, kinds_checks(), kinds_sinks());

	for (size_t i = 0; i < c->nfaults && i < CONF_FAULTS_MAX; i++)
		daemon_log(3, "%s", c->faults[i]);
	if (c->nfaults == 0)
		return c;
	conf_free(c);
	return NULL;
}

static bool
is_first(const struct conf *c)
{
	return access(c->main, F_OK) < 0;
}

static int
load_new(struct daemon *d, struct conf *c)
{
	struct err e = { 0 };

	if (daemon_load(d, c, &e) == 0)
		return 0;
	daemon_log(3, "%s", e.msg);
	return -1;
}

/* A new generation; a bad one changes nothing. Runs in flight belong to the old one. */
static void
reload(struct daemon *d)
{
	struct conf *c = read_conf(d->conf_path, d->first ? first_conf : NULL);
	char state[64];

	snprintf(state, sizeof(state), "RELOADING=1\nMONOTONIC_USEC=%lld",
	    (long long)(d->clk->mono(d->clk) / SPAN_US));
	notify_send(state);
	if (c == NULL) {
		daemon_log(4, "%s has faults: what was in force stays in force", d->conf_path);
	} else {
		d->first = d->first && is_first(c);
		daemon_run_stop(d);
		daemon_post_stop(d);
		daemon_unload(d);
		if (load_new(d, c) < 0)
			d->stopping = true;
		else
			daemon_log(5, "%s: read anew, %zu check%s, %zu sink%s", d->conf_path,
			    c->nchecks, plural(c->nchecks), c->nsinks, plural(c->nsinks));
		d->next_tick = 0; /* what is no longer configured ends now */
	}
	notify_send("READY=1");
}

static int
heartbeat(void *self, struct err *e)
{
	struct daemon *d = self;
	struct arena *a = arena_new((size_t)1 << 20);
	int rc = daemon_heartbeat(d, a, e);

	if (rc == 0)
		rc = store_outbox_bound(d->store, e);
	arena_free(a);
	return rc;
}

static int
thin(void *self, struct err *e)
{
	struct daemon *d = self;

	instant now = d->clk->wall(d->clk);

	if (store_thin(d->store, now, history_thin, e) < 0)
		return -1;
	return store_pauses_prune(d->store, now, e);
}

/* A jump of the wall clock or a suspend: nothing is stale before its check could run again. */
static void
watch_wall(struct daemon *d)
{
	instant now = d->clk->wall(d->clk), less = now - d->clk->boot(d->clk) / SPAN_US;
	instant moved = less - d->wall_less_boot;

	if (moved > DAEMON_JUMP / SPAN_US || moved < -DAEMON_JUMP / SPAN_US) {
		daemon_log(4, "the clock of this machine jumped by %.1f s",
		    (double)moved / (double)INSTANT_S);
		d->awake = now;
		d->clock.measured = false; /* what was known of it is no longer true */
	}
	d->wall_less_boot = less;
}

static void
routine(struct daemon *d)
{
	span now = d->clk->boot(d->clk);

	watch_wall(d);
	daemon_inventory(d);
	if (now >= d->next_tick) {
		daemon_tick(d);
		daemon_daily(d);
		daemon_metrics(d);
		d->next_tick = now + DAEMON_TICK;
	}
	if (now >= d->next_heartbeat) {
		daemon_write(d, heartbeat, d);
		d->next_heartbeat = now + DAEMON_HEARTBEAT;
	}
	if (now >= d->next_thin) {
		daemon_write(d, thin, d);
		d->next_thin = now + THIN_EVERY;
	}
}

static span
next_due(struct daemon *d, span watchdog)
{
	span next = d->next_tick, other[] = { d->next_heartbeat, d->next_thin, daemon_run_next(d),
		daemon_post_next(d), watchdog > 0 ? d->clk->boot(d->clk) + watchdog : SPAN_MAX };

	for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++)
		if (other[i] < next)
			next = other[i];
	return next;
}

static void
take_signal(struct daemon *d, int fd)
{
	struct signalfd_siginfo s;

	while (read(fd, &s, sizeof(s)) == (ssize_t)sizeof(s)) {
		if (s.ssi_signo == SIGHUP)
			reload(d);
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

static void
loop(struct daemon *d, int signals, int timer)
{
	span watchdog = notify_watchdog();

	while (!d->stopping) {
		struct pollfd p[DAEMON_POLL];
		size_t runs, posts, control, n = 2;
		uint64_t ticks;

		routine(d);
		daemon_start_due(d);
		daemon_post_start(d);
		p[0] = (struct pollfd){ signals, POLLIN, 0 };
		p[1] = (struct pollfd){ timer, POLLIN, 0 };
		runs = daemon_run_poll(d, p + n);
		posts = daemon_post_poll(d, p + n + runs);
		control = daemon_control_poll(d, p + n + runs + posts, CONTROL_POLL);
		n += runs + posts + control;
		set_timer(timer, next_due(d, watchdog));
		if (poll(p, n, -1) < 0 && errno != EINTR)
			break;
		if (p[1].revents != 0 && read(timer, &ticks, sizeof(ticks)) < 0 && errno != EAGAIN)
			break;
		daemon_run_handle(d, p + 2, runs);
		daemon_post_handle(d, p + 2 + runs, posts);
		daemon_control_handle(d, p + 2 + runs + posts, control);
		if (p[0].revents != 0)
			take_signal(d, signals);
		if (watchdog > 0)
			notify_send("WATCHDOG=1");
	}
}

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

static int
boot_changed(void *self, struct err *e)
{
	struct daemon *d = self;
	instant booted = d->clk->wall(d->clk) - d->clk->boot(d->clk) / SPAN_US;
	int64_t before;

	if (store_number(d->store, "booted", 0, &before, e) < 0)
		return -1;
	/* waits are kept on the clock of a boot; a jump of the wall clock only makes them shorter
	 */
	if (booted - before < INSTANT_S * 10 && before - booted < INSTANT_S * 10)
		return 0;
	return store_letters_restart(d->store, e) < 0
		   ? -1
		   : store_set_number(d->store, "booted", booted, e);
}

static int
run(struct daemon *d, const char *socket)
{
	int signals = open_signals();
	int timer = timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
	struct err e = { 0 };

	if (signals < 0 || timer < 0)
		return EX_OSERR;
	if (daemon_control_open(d, socket, &e) < 0) {
		daemon_log(3, "%s", e.msg);
		return EX_UNAVAILABLE;
	}
	daemon_write(d, boot_changed, d);
	daemon_log(5, "watches %zu check%s, tells %zu sink%s", d->conf->nchecks,
	    plural(d->conf->nchecks), d->nsinks, plural(d->nsinks));
	notify_send("READY=1");
	loop(d, signals, timer);
	notify_send("STOPPING=1");
	daemon_run_stop(d);
	daemon_post_stop(d);
	daemon_control_close(d);
	close(signals);
	close(timer);
	return 0;
}

static void
start_times(struct daemon *d)
{
	d->heard_at = INSTANT_NONE;
	d->started = d->awake = d->clk->wall(d->clk);
	d->wall_less_boot = d->started - d->clk->boot(d->clk) / SPAN_US;
	d->next_tick = d->clk->boot(d->clk) + DAEMON_TICK;
	d->next_heartbeat = d->clk->boot(d->clk) + 5 * SPAN_S;
	d->next_thin = d->clk->boot(d->clk) + SPAN_MIN;
}

static void
look_at_machine(struct daemon *d, struct arena *a)
{
	d->clk = clk_system();
	d->state_dir = place_state_dir(a);
	d->first = d->conf_path == NULL;
	if (d->first)
		d->conf_path = place_conf(a);
	d->sink_program = place_cell("forewarn-sink", a);
	if (gethostname(d->host, sizeof(d->host) - 1) < 0 || d->host[0] == '\0')
		snprintf(d->host, sizeof(d->host), "this-host");
	for (const char *p = d->host; *p != '\0'; p++)
		d->seed = (d->seed ^ (unsigned char)*p) * UINT64_C(1099511628211);
	d->seed ^= (uint64_t)d->clk->wall(d->clk);
}

static int
serve(struct daemon *d, const char *socket)
{
	struct conf *c = read_conf(d->conf_path, d->first ? first_conf : NULL);
	struct err e = { 0 };
	int rc;

	if (c == NULL)
		return EX_CONFIG;
	d->first = d->first && is_first(c);
	if (d->first)
		daemon_log(4,
		    "no configuration at %s: it watches the clock only; forewarn init "
		    "writes one",
		    d->conf_path);
	d->store = store_open(d->state_dir, &e);
	if (d->store == NULL) {
		daemon_log(3, "%s", e.msg);
		conf_free(c);
		return EX_SOFTWARE;
	}
	start_times(d);
	str_init(&d->said, SAID_MAX);
	rc = load_new(d, c) < 0 ? EX_SOFTWARE : run(d, socket);
	str_fini(&d->said);
	daemon_unload(d);
	store_close(d->store);
	return rc;
}

int
main(int argc, char **argv)
{
	static struct daemon d;
	struct arena *a = arena_new(65536);
	const char *socket = NULL;
	int rc = parse_args(argc, argv, &d, &socket);

	if (rc == 0) {
		prctl(PR_SET_DUMPABLE, 0);
		look_at_machine(&d, a);
		rc = serve(&d, socket);
	}
	arena_free(a);
	return rc;
}
