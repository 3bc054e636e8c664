/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the words of one row of the inventory, as every form for people has them.
 */
#include "show/certs_private.h"

#include "base/text.h"
#include "show/words.h"

#include <string.h>

struct item
certs_item(const struct certs_row *row)
{
	struct item it = { .verdict = { .level = row->level, .start_by = row->start_by } };

	if (row->ends != INSTANT_NONE)
		it.deadline =
		    (struct deadline){ DEADLINE_KNOWN, row->ends, row->ends, row->ends, 0 };
	return it;
}

void
certs_clean(struct str *out, const char *text, size_t chars)
{
	text_clean(out, text, strlen(text), chars);
}

void
certs_where(const struct certs_row *row, size_t most, struct str *out)
{
	size_t n = most == 0 || row->nplaces <= most ? row->nplaces : most;

	for (size_t i = 0; i < n; i++) {
		str_add(out, i > 0 ? "; " : "");
		certs_clean(out, row->places[i], CERTS_NAME_CHARS);
	}
	if (n < row->nplaces || row->unlisted > 0)
		str_addf(out, "; and %zu more", row->nplaces - n + row->unlisted);
}

void
certs_what(const struct certs_row *row, struct str *out)
{
	const char *gap = " – ";

	/* of a place its name stands where places do */
	if (row->sha256 == NULL) {
		str_add(out, "Not looked at");
		gap = ": ";
	} else {
		certs_clean(out, row->name, CERTS_NAME_CHARS);
		if (row->state != CERTS_SEEN) {
			str_addf(out, " – %s", certs_state_name(row->state));
			gap = ". ";
		}
	}
	for (size_t i = 0; i < row->nnotes; i++, gap = ". ") {
		str_add(out, gap);
		certs_clean(out, row->notes[i], CERTS_NOTE_CHARS);
	}
}

static bool
same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

void
certs_who(const struct certs_row *row, struct str *out)
{
	const char *gap = "";

	for (size_t i = 0; i < row->nchecks; i++) {
		const struct report_check *c = row->checks[i];
		bool again = c->owner_name == NULL;

		for (size_t k = 0; k < i && !again; k++)
			again = same(row->checks[k]->owner_name, c->owner_name) &&
				same(row->checks[k]->secondary_name, c->secondary_name);
		if (again)
			continue;
		str_add(out, gap);
		gap = "; ";
		certs_clean(out, c->owner_name, CERTS_NAME_CHARS);
		if (c->secondary_name == NULL)
			continue;
		str_add(out, ", else ");
		certs_clean(out, c->secondary_name, CERTS_NAME_CHARS);
	}
}

void
certs_dates(const struct certs_row *row, instant now, struct str *out)
{
	const struct item it = certs_item(row);
	char ends[WORDS_MAX], start[WORDS_MAX];

	if (row->ends != INSTANT_NONE)
		str_addf(out, "ends %s", words_fails(&it, now, ends));
	if (row->start_by == INSTANT_NONE)
		return;
	words_start_by(&it, now, start);
	str_addf(out, ", start %s%s", strncmp(start, "today", 5) == 0 ? "" : "by ", start);
}
