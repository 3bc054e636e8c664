/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is found out of a log before its first record is read, and what is gone on with.
 */
#include "audit.h"
#include "record.h"

#include <stdlib.h>
#include <string.h>

#define EITHER_LINES                                                                               \
	64 /* without a date that could be either: then there are none of that kind                \
	    */

/* What stands first in dates such as 4/11/2026: the first one that can be only one of the two says
 * so. */
static void
decide_dates(struct scanner *s, struct slice block)
{
	struct scanner *try = malloc(sizeof(*try));
	uint64_t record = 0;
	const char *nl;

	if (try == NULL)
		return;
	*try = *s;
	while (block.n > 0 && (nl = memchr(block.p, '\n', block.n)) != NULL) {
		size_t n = (size_t)(nl - block.p);
		struct record_info info;

		scanner_take(try, block.p, n > 0 && nl[-1] == '\r' ? n - 1 : n, &info);
		block = slice_behind(block, n + 1);
		record++;
		if (try->reading.first != STAMP_NONE) {
			s->reading.first = try->reading.first;
			s->reading.decided = record;
			break;
		}
		if (!try->reading.either && record >= EITHER_LINES)
			break;
	}
	free(try);
}

/* Columns, in text that is no UTF-16. */
static void
find_columns(struct scanner *s, struct slice block)
{
	const struct audit_conf *conf = s->conf;
	struct columns_names names = { conf->time_field, conf->number_field, conf->user_field };
	struct columns *c = &s->reading.columns;

	if (block.n > SCANNER_LOOK)
		block.n = SCANNER_LOOK;
	if (!columns_find(c, block, &names))
		*c = (struct columns){ 0 };
	s->header = c->header;
	s->wants_time = s->wants_time &&
			(c->time != 0 || conf->time_field != NULL || (conf->number_field == NULL));
}

void
scanner_begin(struct scanner *s, const char *data, size_t n)
{
	struct slice block = { data, n };

	if (s->format >= FORMAT_FOREIGN)
		return;
	s->reading.wide = wide_find(data, n);
	s->reading.columns = (struct columns){ 0 };
	if (s->format == FORMAT_CSV) {
		if (s->reading.wide != WIDE_NO)
			block = wide_narrow(
			    s->reading.wide, (struct slice){ data, n - n % 2 }, s->narrow);
		else if (slice_begins(block, "\xef\xbb\xbf"))
			block = slice_behind(block, 3);
		find_columns(s, block);
	}
	if (s->any && s->reading.first == STAMP_NONE)
		decide_dates(s, (struct slice){ data, n });
}

void
scanner_go_on(struct scanner *s, const struct reading *r)
{
	const struct audit_conf *conf = s->conf;

	if (s->any)
		s->reading = *r;
	s->reading.columns = r->columns;
	s->reading.wide = r->wide;
	s->reading.local = r->local;
	if (s->format == FORMAT_CSV)
		s->wants_time =
		    s->wants_time && (r->columns.time != 0 || conf->time_field != NULL ||
					 conf->number_field == NULL);
}
