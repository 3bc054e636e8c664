/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading one record of a log, and counting whether it was understood.
 */
#include "look.h"

#include "audit.h"
#include "foreign.h"

#define STAMP_YEAR 2000 /* a leap year; order puts in the right one */

enum format
look_format(const struct audit_conf *conf, const char *data, size_t n, bool start)
{
	enum format f =
	    start ? format_foreign(data, n < AUDIT_CHUNK ? n : AUDIT_CHUNK) : FORMAT_AUTO;

	return f != FORMAT_AUTO ? f : format_guess(conf, data, n);
}

void
look_scanner(
    struct scanner *s, enum format format, const struct audit_conf *conf, struct regex *regex)
{
	scanner_init(s, format, conf, STAMP_YEAR);
	if (format == FORMAT_REGEX)
		scanner_regex(s, regex);
}

void
look_at_record(struct scanner *s, struct understood *u, const char *rec, size_t n,
    const struct order_place *place, struct record_info *out)
{
	if (n > 0 && rec[n - 1] == '\r' && s->reading.wide == WIDE_NO)
		n--;
	scanner_take(s, rec, n, out);
	if (out->nuls > 0)
		understood_hole(u, out, place);
	if (s->turned && u->turned.segment == 0)
		u->turned = u->since.segment != 0 ? u->since : *place;
	if (s->format < FORMAT_FOREIGN && !out->none)
		understood_take(u, out, place);
}
