/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what people do about silences and exceptions: put them and end them.
 */
#include "daemon/deeds.h"

#include "base/day.h"
#include "daemon/meant.h"
#include "daemon/rights.h"

#include <string.h>

/* How long the owner of a check may mute it without being root: through a day's work and a night.
 */
#define OWNER_SILENCE_MAX (25 * SPAN_H)

/* Of silences or exceptions; what an owner silences is one for each check. */
static int
need_room(uint64_t before, uint64_t more, struct err *e)
{
	if (before + more <= STORE_PAUSES_MAX)
		return 0;
	return err_set(
	    e, ERR_LIMIT, "forewarnd keeps %d of them at most; end some first", STORE_PAUSES_MAX);
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
	q->until = v.silence.until;
	meant_count(q, pattern);
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
		if (rights_own(q, c->checks[i].id) && silence_owned(q, c->checks[i].id, e) < 0)
			return -1;
	return 0;
}

int
deed_silence(struct asking *q, struct err *e)
{
	const struct silence s = silence_of(q);
	struct store_pauses have;

	if (rights_need_owner(q, e) < 0 || silence_check(&s, e) < 0)
		return -1;
	if (!q->may_act && (s.stop_too || instant_minus(s.until, s.from) > OWNER_SILENCE_MAX))
		return err_set(e, ERR_DENIED,
		    "the owner of a check may mute it for 25 hours at most, and never stop");
	if (store_pauses(q->on->world->store, &have, e) < 0 ||
	    need_room(have.silences, q->may_act ? 1 : q->on->generation->conf->nchecks, e) < 0)
		return -1;
	return asking_write(q, write_silence, e);
}

/* The silence of the number that was asked for, in the arena of q; NULL: there is none. */
static const struct store_silence *
silence_asked(struct asking *q)
{
	struct store_silence *v;
	size_t n;

	if (store_silences(q->on->world->store, q->a, &v, &n, NULL) < 0)
		return NULL;
	for (size_t i = 0; i < n; i++)
		if (v[i].row == q->r->row)
			return &v[i];
	return NULL;
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

/* Who made a silence may end it, besides those who may all. */
int
deed_unsilence(struct asking *q, struct err *e)
{
	const struct store_silence *v = silence_asked(q);

	if ((v == NULL || strcmp(v->silence.by, q->by) != 0) && rights_need_root(q, e) < 0)
		return -1;
	if (v != NULL) {
		q->until = v->silence.until;
		meant_count(q, v->pattern);
	}
	return asking_write(q, write_unsilence, e);
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
	q->until = v.exception.until;
	meant_count(q, v.pattern);
	ledger_line(q->on->ledger, "exception for %s, approved by %s, entered by %s: %s", v.pattern,
	    v.exception.approver, q->by, v.exception.reason);
	return store_exception_put(q->on->world->store, &v, e);
}

int
deed_except(struct asking *q, struct err *e)
{
	const struct exception x = exception_of(q);
	struct store_pauses have;

	if (rights_need_root(q, e) < 0 || exception_check(&x, e) < 0 ||
	    store_pauses(q->on->world->store, &have, e) < 0 || need_room(have.exceptions, 1, e) < 0)
		return -1;
	return asking_write(q, write_except, e);
}

/* The exception of the number that was asked for, in the arena of q; NULL: there is none. */
static const struct store_exception *
exception_asked(struct asking *q)
{
	struct store_exception *v;
	size_t n;

	if (store_exceptions(q->on->world->store, q->a, &v, &n, NULL) < 0)
		return NULL;
	for (size_t i = 0; i < n; i++)
		if (v[i].row == q->r->row)
			return &v[i];
	return NULL;
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
	const struct store_exception *v = exception_asked(q);

	if (rights_need_root(q, e) < 0)
		return -1;
	if (v != NULL) {
		q->until = v->exception.until;
		meant_count(q, v->pattern);
	}
	return asking_write(q, write_unexcept, e);
}
