/* SPDX-License-Identifier: Apache-2.0
 *
 * daemon_rig: the daemon as it is, turn by turn, with its real store in a scratch folder and the
 * fake clock. Waiting is jumping. What a worker would have found is asked of the test; what a sink
 * cell would have sent is kept for it.
 */
#ifndef TESTS_DAEMON_RIG_H
#define TESTS_DAEMON_RIG_H

#include "daemon/daemon.h"
#include "tests/t.h"

#define RIG_LETTERS_MAX 60000

/* What a run finds, one item under plugin.status: */
enum rig_find { RIG_OK, RIG_WARNING, RIG_CRITICAL, RIG_FAILS /* the run gives no result */ };

/* One letter that a sink's cell has been given, in the order of sending. */
struct rig_letter {
	char sink[16];
	char event[EVENT_ID];
	char type[40]; /* "forewarn.alert.raised" */
	char source[80];
	char subject[64]; /* the check */
	char alert[EVENT_ID];
	char start[320]; /* of the body, whatever its form */
	uint64_t sequence;
	instant sent;          /* the fake wall clock */
	struct letter as_sent; /* its text is not kept */
	bool taken;            /* the receiver answered that it has it */
};

struct rig {
	struct clk_fake clk;
	struct daemon d;
	char folder[64], state[96], conf[96];
	/* asked by each run; self is the test's */
	enum rig_find (*find)(void *self, const char *check, instant now);
	void *self;
	const char *stuck; /* the check whose runs hang until their time is up; NULL: none */
	/* makes something else of what a run found; NULL: nothing does */
	void (*dress)(void *self, struct result *r);
	bool (*receiver)(void *self, const char *sink); /* NULL: every receiver takes all */
	/* In its place: all of the answer but the row. */
	struct answer (*answer)(void *self, const char *sink, const struct letter *l);
	struct rig_letter *letters;
	size_t nletters;
	size_t runs;  /* of all checks */
	size_t heard; /* events that a live listener was given, heartbeats left out */
	bool disk_full;
};

/* The one rig: the parts that are played have no other way to find it. */
extern struct rig rig;

void rig_open(instant start); /* a scratch folder, the clock at start */
void rig_close(void);         /* and no trace of it */

/* Writes the configuration file; the caller's text. */
void rig_configure(const char *text);
void rig_start(void); /* the daemon; ends the test program where it does not start */
void rig_stop(void);

/* Turns until that much time has passed. */
void rig_pass(span d);
/* The lid is closed: nothing runs, CLOCK_MONOTONIC stands still. */
void rig_suspend(span d);
/* Somebody sets the wall clock. */
void rig_jump(span d);

/* Writes of the database are refused as a full disk does, or work again. */
void rig_disk_full(bool full);
/* One statement over a connection of its own; the daemon is stopped. */
void rig_sql(const char *text);

/* How many letters to that sink, sent from the moment on, are of that type and check; NULL: any. */
size_t rig_count(const char *sink, const char *type, const char *check, instant from);

/* What stands in the store of the one alert of the check; false: there is none. */
bool rig_standing(const char *check, struct standing *out);

#endif
