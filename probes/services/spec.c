/* SPDX-License-Identifier: Apache-2.0
 *
 * The face of the services probe: its options, rules and words.
 */
#include "services.h"

static const struct opt services_opts[] = {
	OPT(struct services_conf, running, OPT_TEXTS,
	    .help = "services that must run: \"time\" (whichever keeps the clock), \"audit\" "
		    "(auditd), or a unit of systemd; \"a|b\" for either",
	    .example = "[ \"time\", \"audit\", \"lims\", \"postgresql|postgresql@15-main\" ]"),
	OPT(struct services_conf, timers, OPT_TEXTS,
	    .help = "timers of systemd, and how old the end of the last good run may be",
	    .example = "[ \"backup.timer 26h\" ]"),
	OPT(struct services_conf, anacron, OPT_TEXTS,
	    .help = "jobs of anacron, and how long ago the day of the last run may have ended",
	    .example = "[ \"cron.daily 2d\" ]"),
	OPT(struct services_conf, mail_queue, OPT_TEXT,
	    .help =
		"file with what `postqueue -j` said and, as the last line, {\"asked_at\": SECONDS}",
	    .example = "\"/var/lib/mailwatch/queue.json\""),
	OPT(struct services_conf, mail_due, OPT_SPAN, .dflt = "4h", .min = SPAN_MIN,
	    .help = "a letter that waits for longer goes on the plan"),
	OPT(struct services_conf, mail_overdue, OPT_SPAN, .dflt = "1d", .min = SPAN_MIN,
	    .help = "one that waits for longer is to be looked after now"),
	OPT(struct services_conf, mail_fresh, OPT_SPAN, .dflt = "2h", .min = SPAN_MIN,
	    .help = "a saved mail queue that is older is not believed"),
	OPT(struct services_conf, units, OPT_TEXT,
	    .help = "file with what `TZ=UTC systemctl show` said of all these, in place of asking",
	    .example = "\"/srv/pc3/units.txt\""),
	OPT(struct services_conf, root, OPT_TEXT, .dflt = "/",
	    .help = "folder that stands for /; with another one, units is needed"),
	FOREIGN_OPTS(struct services_conf),
	OPT_END,
};

#define NOT_DONE "What it does is not done, and nobody sees it"

static const struct finding running_findings[] = {
	{ "failed", LEVEL_ACT, NOT_DONE, "Read what systemctl status says of it, then start it" },
	{ "restarting", LEVEL_ACT, NOT_DONE, "Read what systemctl status says of it" },
	{ "stopped", LEVEL_ACT, NOT_DONE, "Start it, or ask who stopped it" },
	{ "masked", LEVEL_ACT, NOT_DONE,
	    "Ask who locked it, else run systemctl unmask and start it" },
	{ "missing", LEVEL_ACT, NOT_DONE,
	    "Install it, or name the right one in the configuration" },
	{ "not-enabled", LEVEL_PLAN, "After the next restart it does not run",
	    "Run systemctl enable for it" },
	{ .key = NULL },
};

static const struct finding timer_findings[] = {
	{ "failed", LEVEL_ACT, "The job was not done, or not to its end",
	    "Read what systemctl status says of the job, then start it" },
	{ "overdue", LEVEL_ACT, "The job is not done as often as it must be",
	    "Start the job by hand, then see why it did not come by itself" },
	{ "never", LEVEL_ACT, "The job was never done",
	    "Start the job by hand, then see why it did not come by itself" },
	{ "missing", LEVEL_ACT, "The job is not done",
	    "Install it, or name the right one in the configuration" },
	{ "disabled", LEVEL_ACT, "The job is not done by itself any more",
	    "Run systemctl enable --now for the timer, or ask who stopped it" },
	{ .key = NULL },
};

static const struct finding anacron_findings[] = {
	{ "overdue", LEVEL_ACT, "The daily jobs of this computer are not done",
	    "Check that anacron is started, and that this computer is on at that hour" },
	{ "never", LEVEL_ACT, "The daily jobs of this computer are not done",
	    "Check that anacron is installed and its job has this name" },
	{ .key = NULL },
};

static const struct finding mail_findings[] = {
	{ "stuck", LEVEL_ACT, "Reports and alerts by mail do not arrive",
	    "Read the reason in the queue, and put right what it names" },
	{ "waiting", LEVEL_PLAN, "Reports and alerts by mail arrive late",
	    "Look at the queue again today" },
	{ .key = NULL },
};

#define ASK_SYSTEMD "Run systemctl status for it, and read what it says"

static const struct rule services_rules[] = {
	{ .name = "services.running",
	    .title = "service that must run",
	    .by = BY_FINDING,
	    .findings = running_findings,
	    .unknown_do = ASK_SYSTEMD },
	{ .name = "services.timer",
	    .title = "last run of a timer",
	    .by = BY_FINDING,
	    .findings = timer_findings,
	    .unknown_do = ASK_SYSTEMD },
	{ .name = "services.anacron",
	    .title = "last run of a daily job",
	    .by = BY_FINDING,
	    .findings = anacron_findings,
	    .unknown_do = "Look whether the file of the job is there and may be read" },
	{ .name = "services.mail",
	    .title = "mail that waits",
	    .by = BY_FINDING,
	    .findings = mail_findings,
	    .unknown_do = "Look whether the job that saves the mail queue still runs" },
	{ .name = NULL },
};

static int
check_jobs(const struct texts *list, struct err *e)
{
	struct services_job job;
	int rc = 0;

	if (list->n > SERVICES_MAX)
		return err_set(e, ERR_LIMIT, "%zu entries (at most %d)", list->n, SERVICES_MAX);
	for (size_t i = 0; i < list->n && rc == 0; i++) {
		struct arena *a = arena_new((size_t)1 << 20);

		rc = services_job(list->v[i], a, &job, e);
		arena_free(a);
	}
	return rc;
}

static int
services_check(const void *conf, const char **opt, struct err *e)
{
	const struct services_conf *c = conf;

	*opt = "timers";
	if (check_jobs(&c->timers, e) < 0)
		return -1;
	*opt = "anacron";
	if (check_jobs(&c->anacron, e) < 0)
		return -1;
	*opt = "running";
	if (c->running.n > SERVICES_MAX)
		return err_set(
		    e, ERR_LIMIT, "%zu entries (at most %d)", c->running.n, SERVICES_MAX);
	if (c->running.n + c->timers.n + c->anacron.n == 0 && c->mail_queue == NULL)
		return err_set(e, ERR_RANGE, "nothing is named to be looked at");
	*opt = "mail_overdue";
	if (c->mail_overdue <= c->mail_due)
		return err_set(e, ERR_RANGE, "it must be longer than mail_due");
	*opt = "root";
	if (c->root[0] != '/')
		return err_set(e, ERR_RANGE, "\"%.200s\" is not an absolute path", c->root);
	if (c->root[1] != '\0' && c->units == NULL && c->running.n + c->timers.n > 0)
		return err_set(e, ERR_RANGE, "units is needed with it");
	return foreign_check(&c->foreign, opt, e);
}

static const struct foreign *
services_foreign(const void *conf)
{
	const struct services_conf *c = conf;

	return &c->foreign;
}

const struct probe_spec services_spec = {
	.name = "services",
	.summary = "services that must run, jobs that must have run, mail that waits (systemd)",
	.opts = services_opts,
	.conf_size = sizeof(struct services_conf),
	.needs = NEED_EXEC | NEED_FILES,
	.rules = services_rules,
	.foreign = services_foreign,
	.check = services_check,
};
