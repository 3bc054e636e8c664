/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what people do, and who may do it.
 */
#include "daemon/deeds.h"

#include "base/day.h"
#include "daemon/context.h"
#include "daemon/meant.h"
#include "daemon/routes.h"
#include "daemon/teller.h"

#include <fnmatch.h>
#include <string.h>

/* How long the owner of a check may mute it without being root: through a day's work and a night.
 */
#define OWNER_SILENCE_MAX (25 * SPAN_H)

#define ONLY_ROOT "only root and the user forewarnd runs as may do that"
#define ONLY_OWNER                                                                                 \
	"only root, the user forewarnd runs as and the owner of a check (option login of a "       \
	"person) may do that"

/* ---- who may */

static bool
owns(const struct asking *q, const char *check)
{
	const struct conf *c = q->on->generation->conf;
	const struct check_conf *k = conf_check(c, check);

	return q->may_act || (k != NULL && conf_owns(c, k, q->by));
}

static int
need_owner(const struct asking *q, struct err *e)
{
	const struct conf *c = q->on->generation->conf;

	if (q->may_act)
		return 0;
	for (size_t i = 0; i < c->nchecks; i++)
		if (owns(q, c->checks[i].id))
			return 0;
	return err_set(e, ERR_DENIED, ONLY_OWNER);
}

static int
need_root(const struct asking *q, struct err *e)
{
	if (q->may_act)
		return 0;
	return need_owner(q, e) < 0 ? -1 : err_set(e, ERR_DENIED, ONLY_ROOT);
}

/* Of silences or exceptions; what an owner silences is one for each check. */
static int
need_room(uint64_t before, uint64_t more, struct err *e)
{
	if (before + more <= STORE_PAUSES_MAX)
		return 0;
	return err_set(
	    e, ERR_LIMIT, "forewarnd keeps %d of them at most; end some first", STORE_PAUSES_MAX);
}

/* One transaction; what went wrong with it stands in the log. */
static int
do_it(struct asking *q, int (*write)(void *self, struct err *e), struct err *e)
{
	if (ledger_write(q->on->ledger, write, q) == 0)
		return 0;
	return err_set(e, ERR_SYS, "the state cannot be written now; see the log of forewarnd");
}

/* ---- taking an alert */

struct taken_alert {
	const char *fingerprint, *check;
	struct taken_alert *next;
};

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
	struct taken_alert *m;

	if (!row->st.open || !means(q->r->pattern, row) || !owns(q, row->check))
		return;
	m = arena_alloc(q->a, sizeof(*m));
	*m = (struct taken_alert){ arena_text(q->a, row->fingerprint), arena_text(q->a, row->check),
		q->taken };
	q->taken = m;
}

static int
take_one(struct asking *q, const struct taken_alert *m, struct err *e)
{
	struct store *store = q->on->world->store;
	struct context c = context_of(q->on, conf_check(q->on->generation->conf, m->check), q->a);
	struct alert_news news = { .check = c.check };
	struct store_standing row;
	struct policy_now now;
	bool there;

	if (store_standing_get(store, m->fingerprint, q->a, &row, &there, e) < 0)
		return -1;
	if (!there)
		return 0;
	context_now(&c, m->fingerprint, NULL, &now);
	news.taken = row.st.taken;
	if (!policy_ack(&row.st, q->r->until, &now, &news.told))
		return 0;
	news.item = c.check != NULL ? context_item(&c, row.target, row.rule) : NULL;
	row.acked_by = q->by;
	if (teller_alert(q->on, &row, &news, q->a, e) < 0)
		return -1;
	q->done++;
	return store_standing_put(store, &row, e);
}

static int
write_ack(void *self, struct err *e)
{
	struct asking *q = self;

	q->taken = NULL;
	q->done = 0;
	if (store_standings(q->on->world->store, NULL, gather_meant, q, e) < 0)
		return -1;
	for (const struct taken_alert *m = q->taken; m != NULL; m = m->next)
		if (take_one(q, m, e) < 0)
			return -1;
	return 0;
}

int
deed_ack(struct asking *q, struct err *e)
{
	return need_owner(q, e) < 0 ? -1 : do_it(q, write_ack, e);
}

/* ---- silences */

/* The id of a check means all of it. */
static const char *
pattern_of(struct asking *q, const char *words)
{
	if (conf_check(q->on->generation->conf, words) == NULL)
		return words;
	return generation_pattern(q->on->generation, words, q->a);
}

static struct silence
silence_of(const struct asking *q)
{
	return (struct silence){ .from = world_now(q->on->world),
		.until = q->r->until,
		.stop_too = q->r->stop_too,
		.by = q->by,
		.reason = q->r->text };
}

static int
put_silence(struct asking *q, const char *pattern, struct err *e)
{
	struct store_silence v = { .pattern = pattern, .silence = silence_of(q) };

	q->done++;
	return store_silence_put(q->on->world->store, &v, e);
}

/* A pattern whose beginning says that it means nothing but this check's. */
static bool
within(struct asking *q, const char *pattern, const char *check)
{
	const char *all = generation_pattern(q->on->generation, check, q->a);
	const char *prefix = generation_prefix(q->on->generation, check, q->a);

	return strncmp(pattern, prefix, strlen(prefix)) == 0 ||
	       strncmp(pattern, all, strlen(all) - 1) == 0;
}

/* Who only owns some checks silences those, whatever the pattern would mean besides. */
static int
silence_owned(struct asking *q, const char *check, struct err *e)
{
	const char *words = q->r->pattern;

	if (within(q, words, check))
		return put_silence(q, words, e);
	if (strcmp(words, "*") == 0 || strcmp(words, check) == 0)
		return put_silence(q, pattern_of(q, check), e);
	return 0;
}

static int
write_silence(void *self, struct err *e)
{
	struct asking *q = self;
	const struct conf *c = q->on->generation->conf;

	q->done = 0;
	if (q->may_act && !meant_anything(q, pattern_of(q, q->r->pattern)))
		return 0;
	if (q->may_act)
		return put_silence(q, pattern_of(q, q->r->pattern), e);
	for (size_t i = 0; i < c->nchecks; i++)
		if (owns(q, c->checks[i].id) && silence_owned(q, c->checks[i].id, e) < 0)
			return -1;
	return 0;
}

int
deed_silence(struct asking *q, struct err *e)
{
	const struct silence s = silence_of(q);
	struct store_pauses have;

	if (need_owner(q, e) < 0 || silence_check(&s, e) < 0)
		return -1;
	if (!q->may_act && (s.stop_too || instant_minus(s.until, s.from) > OWNER_SILENCE_MAX))
		return err_set(e, ERR_DENIED,
		    "the owner of a check may mute it for 25 hours at most, and never stop");
	if (store_pauses(q->on->world->store, &have, e) < 0 ||
	    need_room(have.silences, q->may_act ? 1 : q->on->generation->conf->nchecks, e) < 0)
		return -1;
	return do_it(q, write_silence, e);
}

/* Who made a silence may end it, besides those who may all. */
static bool
made_by(struct asking *q)
{
	struct store_silence *v;
	size_t n;

	if (store_silences(q->on->world->store, q->a, &v, &n, NULL) < 0)
		return false;
	for (size_t i = 0; i < n; i++)
		if (v[i].row == q->r->row)
			return strcmp(v[i].silence.by, q->by) == 0;
	return false;
}

static int
write_unsilence(void *self, struct err *e)
{
	struct asking *q = self;
	bool there;

	if (store_silence_drop(q->on->world->store, q->r->row, &there, e) < 0)
		return -1;
	q->done = there;
	return 0;
}

int
deed_unsilence(struct asking *q, struct err *e)
{
	if (!made_by(q) && need_root(q, e) < 0)
		return -1;
	return do_it(q, write_unsilence, e);
}

/* ---- exceptions */

static struct exception
exception_of(const struct asking *q)
{
	return (struct exception){ .from = world_now(q->on->world),
		.until = day_start(q->r->until),
		.upto = q->r->upto,
		.reason = q->r->text,
		.approver = q->r->approver,
		.measure = q->r->measure };
}

static int
write_except(void *self, struct err *e)
{
	struct asking *q = self;
	struct store_exception v = { .pattern = pattern_of(q, q->r->pattern),
		.exception = exception_of(q) };

	q->done = meant_anything(q, v.pattern);
	if (q->done == 0)
		return 0;
	ledger_line(q->on->ledger, "exception for %s, approved by %s, entered by %s: %s", v.pattern,
	    v.exception.approver, q->by, v.exception.reason);
	return store_exception_put(q->on->world->store, &v, e);
}

int
deed_except(struct asking *q, struct err *e)
{
	const struct exception x = exception_of(q);
	struct store_pauses have;

	if (need_root(q, e) < 0 || exception_check(&x, e) < 0 ||
	    store_pauses(q->on->world->store, &have, e) < 0 || need_room(have.exceptions, 1, e) < 0)
		return -1;
	return do_it(q, write_except, e);
}

static int
write_unexcept(void *self, struct err *e)
{
	struct asking *q = self;
	bool there;

	if (store_exception_drop(q->on->world->store, q->r->row, &there, e) < 0)
		return -1;
	q->done = there;
	ledger_line(q->on->ledger, "exception %lld ended by %s", (long long)q->r->row, q->by);
	return 0;
}

int
deed_unexcept(struct asking *q, struct err *e)
{
	return need_root(q, e) < 0 ? -1 : do_it(q, write_unexcept, e);
}

/* ---- tests and looks, which anyone may ask for */

static int
write_test(void *self, struct err *e)
{
	struct asking *q = self;

	q->done = 1;
	return routes_test(q->on, q->r->text, q->a, e);
}

/* The checks that judge whether alerts arrive look again. */
static int
do_and_look(struct asking *q, int (*write)(void *self, struct err *e), struct err *e)
{
	if (do_it(q, write, e) < 0)
		return -1;
	runs_hurry_needing(q->desk->runs, NEED_FACTS);
	return 0;
}

int
deed_test(struct asking *q, struct err *e)
{
	if (do_and_look(q, write_test, e) < 0)
		return -1;
	posts_test(q->desk->posts);
	return 0;
}

/* A person has seen a test alert: then it is known that alerts arrive. 0: there was no test. */
static int
write_confirm(void *self, struct err *e)
{
	struct asking *q = self;
	bool tested;

	if (routes_confirm(q->on, q->r->pattern, q->by, &tested, e) < 0)
		return -1;
	q->done = tested;
	return 0;
}

int
deed_confirm(struct asking *q, struct err *e)
{
	return do_and_look(q, write_confirm, e);
}
