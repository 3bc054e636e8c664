/* SPDX-License-Identifier: Apache-2.0
 *
 * asked: what was asked of each server and what it said. Filled by ask_all, read by the report.
 */
#ifndef CLOCK_ASKED_H
#define CLOCK_ASKED_H

#include "clock.h"
#include "estimate.h"
#include "nts.h"
#include "probes/net/resolve.h"

enum ask_state {
	ASK_NAME,  /* its name is being looked up */
	ASK_READY, /* in the queue */
	ASK_WAIT,  /* for an answer, until due */
	ASK_SPACE, /* for the time to ask again, until due */
	ASK_DONE
};

struct ask_request {
	uint64_t origin;
	int64_t sent, sent_mono; /* ns; wall is the local clock */
	int64_t left;            /* when it left, by the kernel: ns, wall; 0: not told */
	uint8_t address;         /* place of whom was asked */
	bool open;               /* not answered yet */
	bool paced;              /* counted in the window */
};

/* One address that is asked, or a name whose address is not known. A configured name that leads to
 * several addresses is a group: as many of these. */
struct ask_server {
	struct clock_server where;
	size_t configured;  /* its place in `servers` of the configuration */
	size_t member;      /* of its group, counted from 0 */
	size_t next_member; /* place of the next one of its group; 0: it is the last */
	enum ask_state state;
	bool cut;         /* the run ended before this server was done */
	int lookup_error; /* of getaddrinfo(3) */
	int net_error;    /* errno of the last address that could not be reached; 0: none */
	struct net_address *addresses;
	size_t naddresses, address; /* `address` is the one in use, answering once nsamples > 0 */
	unsigned dead;              /* a bit for each of `addresses`: it cannot be reached */
	span due;
	struct ask_request *requests;
	size_t nrequests, cap, open; /* `open` is the newest, counted from 0 */
	struct ask_sample *samples;
	size_t nsamples, failures, nrefused; /* nrefused: answers that were not used */
	enum ntp_fault fault;                /* of the last answer that was not used */
	char kiss[16];                       /* the code of a refusal, else "" */
	const struct refusal *held;          /* it refused at an earlier look, and was not asked */
	struct ntp_answer best;              /* of the sample with the least delay */
	int64_t best_delay;
	int64_t root; /* ns: worst root delay / 2 + root dispersion of all samples */
	bool kernel_stamps, kernel_left; /* of answers as they came, of requests as they left */
	struct net_address stranger;     /* who answered in its place; len 0: nobody */
	unsigned gps_weeks;         /* its date is so many times 1024 weeks from ours; 0: not so */
	size_t next;                /* in the queue */
	const struct nts_seen *nts; /* how authenticated time was asked for; NULL: it was not */
};

struct memory;
struct refusal;

struct ask_plan {
	size_t samples;
	int64_t warn, max; /* ns: the limits */
	int64_t ppm;       /* the rate of this clock is off by no more */
	span deadline;     /* CLOCK_MONOTONIC */
	int family;        /* AF_UNSPEC, AF_INET, AF_INET6 */
	struct arena *arena;
	const struct memory *memory; /* which servers refused at earlier looks; NULL: none */
	const struct probe_ctx *ctx; /* who is told that it goes on; NULL: nobody */
};

#endif
