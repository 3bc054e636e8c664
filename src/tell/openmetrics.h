/* SPDX-License-Identifier: Apache-2.0
 *
 * openmetrics: what the daemon knows of itself and of its checks, as OpenMetrics 1.0 text, for the
 * textfile sink and the scrape listener. Pure. What each item measured is in `forewarn check
 * --format metrics`; this is small enough to be written every minute.
 *
 * Whoever writes it to a file does so beside the old one and renames, so that no reader sees half;
 * a reader sees a writer that died by forewarn_written_timestamp_seconds.
 */
#ifndef TELL_OPENMETRICS_H
#define TELL_OPENMETRICS_H

#include "base/str.h"
#include "model/event.h"

/* All text is borrowed. INSTANT_NONE: not known, and the sample is left out. */
struct om_check {
	const char *check, *probe;
	enum level level; /* an excepted thing counts as LEVEL_EXCEPTED */
	instant taken, valid_until;
	instant succeeded; /* the last attempt that measured anything; taken: the last one */
	instant start_by;  /* the earliest of its items */
	uint64_t alerts;   /* that are open */
	uint64_t excepted; /* things that are bad, known and approved to be so */
};

/* One thing that the daemon finds of itself, as the check `forewarn` has it. */
struct om_own {
	const char *target, *rule; /* "configuration", "forewarn.config" */
	enum level level;          /* an excepted thing counts as LEVEL_EXCEPTED */
};

struct om_sink {
	const char *sink, *type; /* "msp", "webhook" */
	uint64_t waiting, delivered, dropped;
	span oldest; /* age of the oldest letter that waits; 0 when none does */
	bool paused; /* it does not take what is sent: refused, 410, not to be reached */
};

struct om_state {
	const char *site, *host; /* site may be NULL */
	instant now;             /* this host's own clock */
	struct host_clock clock;
	uint64_t sequence;          /* the highest there is */
	uint64_t commands_refused;  /* requests of programs that the daemon itself started */
	instant heartbeat;          /* the last one that was delivered to anybody */
	struct event_counts counts; /* as a heartbeat says them */
	const struct om_check *checks;
	size_t nchecks;
	const struct om_own *own;
	size_t nown;
	const struct om_sink *sinks;
	size_t nsinks;
};

/* Appends the text, with "# EOF". */
void openmetrics_write(const struct om_state *s, struct str *out);

#endif
