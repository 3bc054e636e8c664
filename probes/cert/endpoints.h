/* SPDX-License-Identifier: Apache-2.0
 *
 * endpoints: the half of a run that talks to TLS servers (endpoints.c) and tells what they showed
 * (answers.c).
 */
#ifndef PROBES_CERT_ENDPOINTS_H
#define PROBES_CERT_ENDPOINTS_H

#include "probes/cert/cert.h"
#include "probes/cert/talk.h"

struct endpoints_run {
	struct cert_run *run;
	struct arena *arena; /* of this half of the run */
	struct talk *talks;  /* one an endpoint; further ones hang on them by next */
	size_t n;
	struct talk **queue; /* all, in the order in which they begin */
	size_t nqueue, begun, cap;
	SSL_CTX *ctx;
	struct resolver *resolver;
};

/* One endpoint after the other, by all its talks. */
void endpoints_tell(struct endpoints_run *s);

#endif
