/* SPDX-License-Identifier: Apache-2.0
 *
 * report_nts: what became of asking a server for authenticated time.
 */
#ifndef CLOCK_REPORT_NTS_H
#define CLOCK_REPORT_NTS_H

#include "round.h"

/* Why a server with nts:// gave no sample: state, finding, and a summary that goes on after the
 * server's name. */
void report_nts(const struct round *r, const struct ask_server *s, struct item *it);

/* Emits the dated item of the certificate of server i, when it was seen and is its own. */
void report_nts_certificate(const struct round *r, size_t i);

#endif
