/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the transaction in hand: what is to be said after its commit, and how often writing failed.
 */
#include "daemon/ledger.h"

#include "daemon/journal.h"
#include "tell/control_wire.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define LINES_MAX ((size_t)1 << 16)  /* bytes of journal lines of one transaction */
#define EVENTS_MAX ((size_t)1 << 20) /* bytes of events; past it listeners ask for the whole */
#define REFUSED_EVERY SPAN_MIN       /* between two lines that say that writing fails */
#define REFUSED_OVER (5 * SPAN_S)    /* without a failure: then it is over */
#define TRIES 3                      /* of a transaction, with room made between them */

void
ledger_init(struct ledger *l, struct world *w)
{
	*l = (struct ledger){ .world = w, .unbroken_since = world_now(w) };
	str_init(&l->lines_after_commit, LINES_MAX);
	str_init(&l->events_after_commit, EVENTS_MAX);
}

void
ledger_fini(struct ledger *l)
{
	str_fini(&l->lines_after_commit);
	str_fini(&l->events_after_commit);
}

static void
forget(struct ledger *l)
{
	str_clear(&l->lines_after_commit);
	str_clear(&l->events_after_commit);
	l->change_after_commit = false;
}

static void
hand_out_events(struct ledger *l)
{
	const struct str *s = &l->events_after_commit;
	struct frame_reader reader;
	struct frame f;

	if (l->listener == NULL)
		return;
	if (s->cut || (s->len == 0 && l->change_after_commit))
		ledger_announce_change(l);
	if (s->len == 0)
		return;
	frame_reader_init(&reader);
	frame_reader_feed(&reader, s->s, s->len);
	while (frame_reader_next(&reader, &f, NULL) == 1)
		l->listener(l->self, &f);
	frame_reader_fini(&reader);
}

static void
hand_out(struct ledger *l)
{
	char *line = l->lines_after_commit.s, *nl;

	for (; (nl = strchr(line, '\n')) != NULL; line = nl + 1)
		journal(JOURNAL_NOTICE, "%.*s", (int)(nl - line), line);
	hand_out_events(l);
	forget(l);
}

int
ledger_begin(struct ledger *l, struct err *e)
{
	forget(l);
	return store_begin(l->world->store, e);
}

int
ledger_commit(struct ledger *l, struct err *e)
{
	if (store_commit(l->world->store, e) < 0) {
		forget(l);
		return -1;
	}
	hand_out(l);
	return 0;
}

void
ledger_rollback(struct ledger *l)
{
	store_rollback(l->world->store);
	forget(l);
}

void
ledger_line(struct ledger *l, const char *fmt, ...)
{
	char line[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	str_add(&l->lines_after_commit, line);
	str_addc(&l->lines_after_commit, '\n');
}

void
ledger_event(struct ledger *l, const struct event *v)
{
	struct str *s = &l->events_after_commit;
	uint8_t header[FRAME_HEADER];
	struct frame f;

	if (l->listener == NULL)
		return;
	frame_init(&f, 0);
	ctl_put_event(&f, v);
	if (f.bad || s->len + FRAME_HEADER + f.len > EVENTS_MAX) {
		s->cut = true; /* no half frame */
	} else {
		frame_header(&f, header);
		str_addn(s, (const char *)header, FRAME_HEADER);
		str_addn(s, (const char *)f.data, f.len);
	}
	frame_fini(&f);
}

void
ledger_change_after_commit(struct ledger *l)
{
	l->change_after_commit = true;
}

void
ledger_announce_change(struct ledger *l)
{
	const struct event v = { .kind = EVENT_HEARTBEAT, .start_by = INSTANT_NONE, .title = "" };
	struct frame f;

	if (l->listener == NULL)
		return;
	frame_init(&f, 0);
	ctl_put_event(&f, &v);
	l->listener(l->self, &f);
	frame_fini(&f);
}

/* A full disk refuses many writes a second, and may take one between. */
void
ledger_write_failed(struct ledger *l, const struct err *e)
{
	l->refused_at = world_mono(l->world);
	l->unbroken_since = world_now(l->world);
	l->refused++;
	if (l->refused > 1 && l->refused_at - l->refused_logged_at < REFUSED_EVERY)
		return;
	journal(JOURNAL_ERROR, "state could not be written (%" PRIu64 " times): %s", l->refused,
	    e->msg);
	l->refused_logged_at = l->refused_at;
}

void
ledger_write_worked(struct ledger *l)
{
	if (l->refused == 0 || world_mono(l->world) - l->refused_at < REFUSED_OVER)
		return;
	journal(JOURNAL_NOTICE, "state is written again, after %" PRIu64 " refusals", l->refused);
	l->refused = 0;
}

bool
ledger_was_full(struct ledger *l)
{
	bool was = l->full;

	l->full = false;
	return was;
}

void
ledger_make_room(struct ledger *l)
{
	l->full = true; /* it is to be told while the room that the ballast gives lasts */
	store_make_room(l->world->store, NULL);
}

void
ledger_log_damage(const struct ledger *l)
{
	const struct store_damage *v = store_damage(l->world->store);

	if (v->set_aside)
		journal(JOURNAL_ERROR,
		    "the database was damaged (%s) and is set aside as %s/%s; %" PRIu64
		    " rows were saved, at least %" PRIu64 " lost",
		    v->why, l->world->state_dir, v->name, v->rows_saved, v->rows_lost);
	if (v->rolled_back)
		journal(JOURNAL_ERROR,
		    "the database is older than what was told: numbers of events "
		    "go on above the last one");
	if (v->numbers_lost)
		journal(JOURNAL_ERROR, "alerts that were open may come again under new ids: close "
				       "older tickets by their fingerprint");
}

/* Whether it is worth trying again. */
static bool
mend(struct ledger *l, const struct err *e)
{
	if (e->code == ERR_LIMIT) {
		ledger_make_room(l);
		return true;
	}
	if (store_set_aside_and_reopen(l->world->store, NULL) < 0)
		return false;
	if (e->code == ERR_PARSE)
		ledger_log_damage(l);
	return true;
}

int
ledger_write(struct ledger *l, int (*write)(void *self, struct err *e), void *self)
{
	struct err e = { 0 };

	for (int i = 0; i < TRIES; i++) {
		if (ledger_begin(l, &e) == 0) {
			if (write(self, &e) == 0 && store_commit(l->world->store, &e) == 0) {
				ledger_write_worked(l);
				hand_out(l);
				return 0;
			}
			ledger_rollback(l);
		}
		if (!mend(l, &e))
			break;
	}
	ledger_write_failed(l, &e);
	return -1;
}
