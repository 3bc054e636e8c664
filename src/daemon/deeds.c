/* SPDX-License-Identifier: Apache-2.0
 *
 * What people do: take an alert, silence, except, test.
 */
#include "daemon/asking.h"

#include "base/day.h"

#include <fnmatch.h>
#include <string.h>

struct acked {
	const char *fingerprint, *check;
	struct acked *next;
};

static bool
owns(const struct asking *q, const char *check)
{
	const struct check_conf *k = conf_check(q->d->conf, check);

	return q->may_act || (k != NULL && conf_owns(q->d->conf, k, q->by));
}

static bool
owns_any(const struct asking *q)
{
	for (size_t i = 0; i < q->d->conf->nchecks; i++)
		if (owns(q, q->d->conf->checks[i].id))
			return true;
	return false;
}

/* A pattern of fingerprints, the id of an alert, or of a check. */
static bool
means(const char *pattern, const struct store_standing *row)
{
	char id[EVENT_ID];

	if (strcmp(pattern, row->check) == 0 || fnmatch(pattern, row->fingerprint, 0) == 0)
		return true;
	return strcmp(pattern,
		   policy_alert_id(row->fingerprint, row->st.alert, row->st.opened, id)) == 0;
}

static void
gather_meant(void *self, const struct store_standing *row)
{
	struct asking *q = self;
	struct acked *m;

	if (!row->st.open || !means(q->r->pattern, row) || !owns(q, row->check))
		return;
	m = arena_alloc(q->a, sizeof(*m));
	*m = (struct acked){ arena_text(q->a, row->fingerprint), arena_text(q->a, row->check),
		q->acked };
	q->acked = m;
}

static int
ack_one(struct asking *q, const struct acked *m, struct err *e)
{
	struct join j = { .d = q->d,
		.k = conf_check(q->d->conf, m->check),
		.a = q->a,
		.now = q->d->clk->wall(q->d->clk) };
	struct letter_of of = { .check = j.k };
	struct store_standing row;
	struct policy_now now;
	bool there;

	if (store_standing_get(q->d->store, m->fingerprint, q->a, &row, &there, e) < 0)
		return -1;
	if (!there)
		return 0;
	join_now(&j, m->fingerprint, NULL, &now);
	of.taken = row.st.taken;
	if (!policy_ack(&row.st, q->r->until, &now, &of.told))
		return 0;
	of.item = j.k != NULL ? join_item(&j, row.target, row.rule) : NULL;
	row.acked_by = q->by;
	if (daemon_tell(q->d, &row, &of, q->a, e) < 0)
		return -1;
	q->n++;
	return store_standing_put(q->d->store, &row, e);
}

static int
write_ack(void *self, struct err *e)
{
	struct asking *q = self;

	q->acked = NULL;
	q->n = 0;
	if (store_standings(q->d->store, NULL, gather_meant, q, e) < 0)
		return -1;
	for (const struct acked *m = q->acked; m != NULL; m = m->next)
		if (ack_one(q, m, e) < 0)
			return -1;
	return 0;
}

/* The id of a check means all of it. */
static const char *
fingerprints(struct asking *q, const char *pattern)
{
	if (conf_check(q->d->conf, pattern) == NULL)
		return pattern;
	return arena_printf(q->a, "%s/%s/%s/*", q->d->site, q->d->host, pattern);
}

static int
put_silence(struct asking *q, const char *pattern, struct err *e)
{
	struct store_silence v = { .pattern = pattern,
		.silence = { .from = q->d->clk->wall(q->d->clk),
		    .until = q->r->until,
		    .stop_too = q->r->stop_too,
		    .by = q->by,
		    .reason = q->r->text } };

	if (silence_check(&v.silence, e) < 0)
		return -1;
	q->n++;
	return store_silence_put(q->d->store, &v, e);
}

/* A pattern whose beginning says that it means nothing but this check's. */
static bool
within(struct asking *q, const char *pattern, const char *check)
{
	const char *begin = arena_printf(q->a, "%s/%s/%s/", q->d->site, q->d->host, check);

	return strncmp(pattern, begin, strlen(begin)) == 0;
}

/* Who only owns some checks silences those, whatever the pattern would mean besides. */
static int
write_silence(void *self, struct err *e)
{
	struct asking *q = self;

	q->n = 0;
	if (q->may_act)
		return put_silence(q, fingerprints(q, q->r->pattern), e);
	for (size_t i = 0; i < q->d->conf->nchecks; i++) {
		const char *id = q->d->conf->checks[i].id;

		if (!owns(q, id))
			continue;
		if (within(q, q->r->pattern, id)) {
			if (put_silence(q, q->r->pattern, e) < 0)
				return -1;
		} else if ((strcmp(q->r->pattern, "*") == 0 || strcmp(q->r->pattern, id) == 0) &&
			   put_silence(q, fingerprints(q, id), e) < 0) {
			return -1;
		}
	}
	return 0;
}

static int
write_unsilence(void *self, struct err *e)
{
	struct asking *q = self;
	bool there;

	if (store_silence_drop(q->d->store, q->r->row, &there, e) < 0)
		return -1;
	q->n = there;
	return 0;
}

static struct exception
exception_of(const struct asking *q)
{
	return (struct exception){ .from = q->d->clk->wall(q->d->clk),
		.until = day_start(q->r->until),
		.upto = q->r->upto,
		.reason = q->r->text,
		.approver = q->r->approver,
		.measure = q->r->measure };
}

/* Who made a silence may end it, besides those who may all. */
static bool
made_by(struct asking *q)
{
	struct store_silence *v;
	size_t n;

	if (store_silences(q->d->store, q->a, &v, &n, NULL) < 0)
		return false;
	for (size_t i = 0; i < n; i++)
		if (v[i].row == q->r->row)
			return strcmp(v[i].silence.by, q->by) == 0;
	return false;
}

/* Asked for by a person at the screen; not so often that the checks themselves become the load. */
static void
look_again(struct asking *q)
{
	span now = q->d->clk->boot(q->d->clk);

	if (q->d->looked_again != 0 && now - q->d->looked_again < DAEMON_LOOK_AGAIN) {
		asking_refuse(q, "it has just looked; ask again in some seconds");
		return;
	}
	q->n = daemon_look(q->d, q->r->pattern);
	if (q->n > 0)
		q->d->looked_again = now;
	asking_done(q);
}

static int
write_except(void *self, struct err *e)
{
	struct asking *q = self;
	struct store_exception v = { .pattern = fingerprints(q, q->r->pattern),
		.exception = exception_of(q) };

	q->n = 1;
	daemon_log_later(q->d, "exception for %s, approved by %s, entered by %s: %s", v.pattern,
	    v.exception.approver, q->by, v.exception.reason);
	return store_exception_put(q->d->store, &v, e);
}

static int
write_unexcept(void *self, struct err *e)
{
	struct asking *q = self;
	bool there;

	if (store_exception_drop(q->d->store, q->r->row, &there, e) < 0)
		return -1;
	q->n = there;
	daemon_log_later(q->d, "exception %lld ended by %s", (long long)q->r->row, q->by);
	return 0;
}

static int
write_test(void *self, struct err *e)
{
	struct asking *q = self;

	q->n = 1;
	return daemon_test_routes(q->d, q->r->text, q->a, e);
}

/* A person has seen a test alert: then it is known that alerts arrive. 0: there was no test. */
static int
write_confirm(void *self, struct err *e)
{
	struct asking *q = self;
	bool tested;

	if (daemon_confirm(q->d, q->r->pattern, q->by, &tested, e) < 0)
		return -1;
	q->n = tested;
	return 0;
}

/* A silence of an owner is one for each check. */
static bool
no_room(struct asking *q, struct err *e)
{
	uint64_t more = q->may_act ? 1 : q->d->conf->nchecks;
	struct store_pauses have;

	if (store_pauses(q->d->store, &have, e) < 0)
		return true;
	if ((q->r->kind == CTL_SILENCE ? have.silences : have.exceptions) + more <=
	    STORE_PAUSES_MAX)
		return false;
	err_set(
	    e, ERR_LIMIT, "forewarnd keeps %d of them at most; end some first", STORE_PAUSES_MAX);
	return true;
}

/* NULL: allowed and sensible. */
static const char *
why_not(struct asking *q, struct err *e)
{
	const struct ctl_request *r = q->r;
	struct silence s = { .from = q->d->clk->wall(q->d->clk),
		.until = r->until,
		.by = q->by,
		.reason = r->text };
	struct exception x = exception_of(q);

	if (r->kind == CTL_TEST || r->kind == CTL_CONFIRM || r->kind == CTL_RUN ||
	    (r->kind == CTL_UNSILENCE && made_by(q)))
		return NULL;
	if (!q->may_act && !owns_any(q))
		return "only root, the user forewarnd runs as and the owner of a check "
		       "(option "
		       "login of a person) may do that";
	if (!q->may_act && r->kind != CTL_ACK && r->kind != CTL_SILENCE)
		return "only root and the user forewarnd runs as may do that";
	if (r->kind == CTL_SILENCE && silence_check(&s, e) < 0)
		return e->msg;
	if (r->kind == CTL_SILENCE && !q->may_act &&
	    (r->stop_too || instant_minus(r->until, s.from) > OWNER_SILENCE_MAX))
		return "the owner of a check may mute it for 25 hours at most, and never "
		       "stop";
	if (r->kind == CTL_EXCEPT && exception_check(&x, e) < 0)
		return e->msg;
	if ((r->kind == CTL_SILENCE || r->kind == CTL_EXCEPT) && no_room(q, e))
		return e->msg;
	return NULL;
}

void
daemon_act(struct asking *q)
{
	static int (*const writes[])(void *, struct err *) = {
		[CTL_ACK] = write_ack,
		[CTL_SILENCE] = write_silence,
		[CTL_UNSILENCE] = write_unsilence,
		[CTL_EXCEPT] = write_except,
		[CTL_UNEXCEPT] = write_unexcept,
		[CTL_TEST] = write_test,
		[CTL_CONFIRM] = write_confirm,
	};
	struct err e = { 0 };
	const char *no = why_not(q, &e);

	if (no != NULL)
		asking_refuse(q, no);
	else if (q->r->kind == CTL_RUN)
		look_again(q);
	else if (daemon_write(q->d, writes[q->r->kind], q) < 0)
		asking_refuse(q, "the state cannot be written now; see the log of forewarnd");
	else {
		asking_done(q);
		daemon_alive(q->d);
		if (q->r->kind == CTL_TEST || q->r->kind == CTL_CONFIRM)
			daemon_run_now(q->d, "alert");
	}
	q->d->next_tick = 0; /* what a silence's end or an acknowledgement changes is told now */
}
