/* SPDX-License-Identifier: Apache-2.0
 *
 * Pieces that records are made of, each from any bytes: columns, members of JSON, UTF-16, stamps by
 * a pattern. What is handed out lies within what was given.
 */
#include "probes/audit/pattern.h"
#include "probes/audit/record.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
within(struct slice part, struct slice all)
{
	if (part.n > 0 && (part.p < all.p || part.p + part.n > all.p + all.n))
		abort();
}

static void
lines(struct columns *c, struct slice all)
{
	while (all.n > 0) {
		const char *nl = memchr(all.p, '\n', all.n);
		struct slice line = { all.p, nl != NULL ? (size_t)(nl - all.p) : all.n };
		struct columns_line l;

		columns_take(c, line, &l);
		within(l.time, line);
		within(l.clock, line);
		within(l.number, line);
		within(l.user, line);
		if (l.n == 0 || l.n > COLUMNS_MAX || c->lines > COLUMNS_LINES_MAX)
			abort();
		all = slice_behind(all, nl != NULL ? line.n + 1 : line.n);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct columns_names names[] = { { NULL, NULL, NULL },
		{ "date+time", "no", "2" } };
	static char narrow[WIDE_MAX];
	struct slice all = { (const char *)data + 1, size - 1 }, text;
	struct columns c = { 0 };
	struct stamp st;

	if (size < 2)
		return 0;
	if (columns_find(&c, all, &names[data[0] % 2]) &&
	    (c.n < 2 || c.time > c.n || c.clock > c.n || c.number > c.n || c.user > c.n))
		abort();
	if (c.sep == '\0')
		c = (struct columns){ .sep = ",; \t"[data[0] % 4], .time = 1, .user = 3 };
	lines(&c, all);
	if (size > 9)
		columns_w3c(&c, all, &names[data[0] % 2]);
	text = wide_narrow(data[0] % 2 == 0 ? WIDE_LITTLE : WIDE_BIG, all, narrow);
	if (text.n > WIDE_MAX || text.p != narrow)
		abort();
	within(json_member(all, "a.b"), all);
	within(json_time_member(all), all);
	if (pattern_parse("%d/%b/%y %I:%M:%S.%f %p %z", all.p, all.n, 2000, &st) > all.n)
		abort();
	return 0;
}
