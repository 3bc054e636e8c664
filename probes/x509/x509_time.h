/* SPDX-License-Identifier: Apache-2.0
 *
 * x509_time: dates of certificates to instants. Pure. RFC 5280 4.1.2.5 allows YYMMDDHHMMSSZ
 * (UTCTime, years 1950 to 2049) and YYYYMMDDHHMMSSZ (GeneralizedTime); certificates in the field
 * also leave out the seconds, write fractions or an offset (+hhmm). Those have one meaning, so they
 * are read, and `odd` says so. A time without Z or offset is local time of nobody knows where: no.
 */
#ifndef PROBES_X509_TIME_H
#define PROBES_X509_TIME_H

#include "base/err.h"
#include "base/span.h"
#include "probes/x509/der.h"

/* tag is DER_UTC_TIME or DER_GENERALIZED_TIME. Fractions are cut. Second 60 is not taken. */
int x509_time(unsigned tag, struct der text, instant *out, bool *odd, struct err *e);

/* 99991231235959Z: "no well-defined end" (RFC 5280 4.1.2.5). */
bool x509_time_is_never(instant t);

#endif
