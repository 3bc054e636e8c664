/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what people do about alerts: take them, test the way, confirm that it works.
 */
#include "daemon/deeds.h"

#include "daemon/context.h"
#include "daemon/delivered.h"
#include "daemon/rights.h"
#include "daemon/routes.h"
#include "daemon/teller.h"

#include <fnmatch.h>
#include <string.h>

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

	if (!row->st.open || !means(q->r->pattern, row) || !rights_own(q, row->check))
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
	row.note = q->r->text;
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
	if (strlen(q->r->text) > EVENT_NOTE_MAX)
		return err_set(
		    e, ERR_LIMIT, "a note has at most %d bytes: say it shorter", EVENT_NOTE_MAX);
	return rights_need_owner(q, e) < 0 ? -1 : asking_write(q, write_ack, e);
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
	if (asking_write(q, write, e) < 0)
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
	q->until = routes_due(q->on);
	return 0;
}

int
deed_confirm(struct asking *q, struct err *e)
{
	if (delivered_test(q, e) < 0)
		return -1;
	return do_and_look(q, write_confirm, e);
}
