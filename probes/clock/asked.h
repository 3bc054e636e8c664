/* SPDX-License-Identifier: Apache-2.0
 *
 * asked: what was asked of each server and what it said. Filled by ask_all, read by the report.
 */
#ifndef CLOCK_ASKED_H
#define CLOCK_ASKED_H

#include "ntp.h"
#include "clock.h"
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
	uint8_t address;         /* place of whom was asked */
	bool open;               /* not answered yet */
	bool paced;              /* counted in the window */
};

struct ask_sample {
	struct ntp_sample s;
	int64_t mono; /* when it was taken */
};

struct ask_server {
	struct clock_server where;
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
	size_t nsamples, failures;
	enum ntp_fault fault;   /* of the last answer that was not used */
	char kiss[16];          /* the code of a refusal, else "" */
	struct ntp_answer best; /* of the sample with the least delay */
	int64_t best_delay;
	int64_t root; /* ns: worst root delay / 2 + root dispersion + precision of all samples */
	bool kernel_stamps;
	size_t next; /* in the queue */
};

struct ask_plan {
	size_t samples;
	int64_t sharp; /* ns */
	span deadline; /* CLOCK_MONOTONIC */
	int family;    /* AF_UNSPEC, AF_INET, AF_INET6 */
	struct arena *arena;
};

#endif
