/* SPDX-License-Identifier: Apache-2.0
 *
 * memory: what a clock check knows of its earlier looks: the file "clock" in the check's own
 * folder. Times of this clock (`wall`) are UTC as the clock showed them, which may be wrong; `boot`
 * is CLOCK_BOOTTIME, which is counted through suspends and never set.
 */
#ifndef CLOCK_MEMORY_H
#define CLOCK_MEMORY_H

#include "probes/probe.h"

#define MEMORY_BOOT_ID 64
#define MEMORY_ZONE_MAX 256
#define MEMORY_EVENTS_MAX 16   /* that nobody has accepted; the oldest goes first */
#define MEMORY_REFUSALS_MAX 64 /* servers that refused */
#define MEMORY_POINTS_MAX 144
#define MEMORY_ADDRESS_MAX 128

/* One look. */
struct look {
	const char *boot_id;      /* of the kernel's start; "" before the first look */
	int64_t wall, boot, mono; /* ns */
	bool measured;            /* offset and bound are known */
	int64_t offset, bound;    /* ns */
	bool leap;                /* a leap second was announced */
	const char *zone;         /* its name, or "" where it has none */
	uint64_t rules;           /* hash of the zone's rules; 0: not read */
};

enum event_was {
	EVENT_MOVED_BACK,  /* the clock was set back by more than EVENT_BACK */
	EVENT_MOVED,       /* the clock was set away from true time, or nobody knows whereto */
	EVENT_PUT_RIGHT,   /* a wrong clock was set right */
	EVENT_STOOD_STILL, /* the computer did not run for a while and did not count it */
	EVENT_ZONE,        /* another time zone */
	EVENT_ZONE_RULES,  /* the zone's rules were changed */
	EVENT_WAS_N
};

/* What happened to the clock between two looks. */
struct event {
	enum event_was was;
	int64_t from, to;         /* wall, ns: the looks before and after */
	int64_t by;               /* ns: the clock was set by so much; forward is positive */
	int64_t still;            /* ns: the computer stood still for so long; 0: it did not */
	const char *before, *now; /* zones; else "" */
};

/* A server that does not want to be asked. */
struct refusal {
	const char *address;  /* in figures, with its port */
	const char *code;     /* "DENY" "RSTR" "RATE" */
	int64_t since, until; /* wall, ns: not asked again before */
	int64_t wait;         /* ns: how long was waited the last time */
};

/* For the rate of this clock. */
struct point {
	int64_t boot, offset, bound; /* ns */
	double frequency;            /* of the kernel, ppm */
};

struct memory {
	struct look last;
	struct event *events;
	size_t nevents;
	struct refusal *refusals;
	size_t nrefusals;
	struct point *points; /* of one start of the kernel, oldest first */
	size_t npoints;
	const char *trouble; /* the file could not be read or was damaged; NULL: nothing */
	bool kept;           /* there is a folder to keep it in */
};

/* Reads it into the run's arena; what is damaged is set aside and is not believed. */
void memory_read(const struct probe_ctx *ctx, struct memory *m);

/* Replaces it, all or nothing. -1 with *e set. Without a folder: 0. */
int memory_write(const struct probe_ctx *ctx, const struct memory *m, struct err *e);

/* The memory as bytes and back, for tests and fuzzing. memory_unpack: NULL, or what is wrong. */
const char *memory_unpack(const uint8_t *bytes, size_t n, struct memory *m, struct arena *a);

#endif
