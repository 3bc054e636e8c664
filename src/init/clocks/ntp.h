/* SPDX-License-Identifier: Apache-2.0
 *
 * ntp: the statements of ntp.conf, which ntpd, NTPsec and timemaster share.
 */
#ifndef INIT_CLOCKS_NTP_H
#define INIT_CLOCKS_NTP_H

#include "init/clocks/clocks.h"

extern const struct grammar ntp_grammar;

/* One statement of ntp.conf(5) of c->program, with all that it includes. */
void ntp_statement(struct clocks *c, const char *path, const struct statement *s);

/* The bytes of a file of statements. */
void ntp_text(struct clocks *c, const char *path, char *data, size_t len);

#endif
