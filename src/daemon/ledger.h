/* SPDX-License-Identifier: Apache-2.0
 *
 * ledger: one transaction of the store, and what is said of it only after it is on the disk: lines
 * of the journal, and events for those who listen live (the tray). What was rolled back was never
 * said.
 */
#ifndef DAEMON_LEDGER_H
#define DAEMON_LEDGER_H

#include "base/frame.h"
#include "base/str.h"
#include "daemon/world.h"

struct ledger {
	struct world *world;
	/* gets each event as a frame (tell/control_wire, CTL_EVENT), lent; NULL: nobody listens */
	void (*listener)(void *self, const struct frame *event);
	void *self; /* of the listener */
	struct str lines_after_commit;
	struct str events_after_commit; /* frames, one behind the other */
	bool change_after_commit;       /* something stands otherwise, of which no event tells */
	uint64_t refused;               /* writes that failed since all was well */
	span refused_at;                /* mono: the latest of them */
	span refused_logged_at;         /* mono: when the journal heard of it last */
	instant unbroken_since; /* wall: no write has failed after it; what was measured before may
				   not have been kept */
	bool full; /* a write met a full disk, and nobody has asked yet (ledger_was_full) */
};

void ledger_init(struct ledger *l, struct world *w);
void ledger_fini(struct ledger *l);

/* One transaction; after a full disk again with room made, after damage over a new database,
 * after another error of the disk over a new descriptor: `write` may be called three times, and
 * starts from nothing each time. -1: nothing was written, and the journal says so. */
int ledger_write(struct ledger *l, int (*write)(void *self, struct err *e), void *self);

/* The same in pieces, once, for who gathers a transaction over several calls. */
int ledger_begin(struct ledger *l, struct err *e);
int ledger_commit(struct ledger *l, struct err *e); /* -1: it is rolled back */
void ledger_rollback(struct ledger *l);

/* Within a transaction: a line for the journal, an event for those who listen. */
__attribute__((format(printf, 2, 3))) void ledger_line(struct ledger *l, const char *fmt, ...);
void ledger_event(struct ledger *l, const struct event *v);

/* To those who listen, at once: what forewarnd knows has changed, ask again. */
void ledger_announce_change(struct ledger *l);
/* The same after the commit, once however often it is asked for. */
void ledger_change_after_commit(struct ledger *l);

/* A write of the state failed, or one did not: a line a minute in the journal, one at its end. */
void ledger_write_failed(struct ledger *l, const struct err *e);
void ledger_write_worked(struct ledger *l);

/* What store_damage says, as lines of the journal; none where nothing was damaged. */
void ledger_log_damage(const struct ledger *l);

/* A write of who has a transaction in pieces met a full disk: makes room. */
void ledger_make_room(struct ledger *l);

/* Whether a write has met a full disk since this was last asked. */
bool ledger_was_full(struct ledger *l);

#endif
