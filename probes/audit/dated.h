/* SPDX-License-Identifier: Apache-2.0
 *
 * dated: what the name of a file says that is made anew each day (month, hour): the date or the
 * number in it, and which series it belongs to. Pure: the name comes from a disk.
 */
#ifndef PROBES_AUDIT_DATED_H
#define PROBES_AUDIT_DATED_H

#include "base/span.h"

#include <limits.h>
#include <stdbool.h>

struct dated {
	bool dated;
	instant from; /* first moment of what the date names, by the clock on the wall there: as if
			 that zone were UTC */
	bool numbered;
	uint64_t number;
	char series[NAME_MAX + 1]; /* the name with * in place of date and number, without .gz and
				      the like: equal for all files of a series */
};

/* Dates are YYYY-MM-DD (also with _ or .), YYYYMMDD, either of them perhaps with a time of day;
 * DD.MM.YYYY; YYMMDD; YYYY-MM. DD-MM-YYYY may as well be MM-DD-YYYY and is none. number: the last
 * other digits are a number that counts the files, else they are a part of the name. false: it has
 * neither, or is no name of at most NAME_MAX bytes. */
bool dated_name(const char *name, bool number, struct dated *out);

#endif
