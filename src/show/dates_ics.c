/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the known dates of a report as a calendar: the last day to start, and the day itself.
 */
#include "show/ics.h"
#include "show/report.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define NAME_CHARS 200
#define TEXT_CHARS 1000

/* FNV-1a; two of them with other beginnings, for what only has to be told apart. */
static uint64_t
hash(const char *s, uint64_t h)
{
	for (; s != NULL && *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * UINT64_C(1099511628211);
	return (h ^ 0xff) * UINT64_C(1099511628211);
}

static const char *
evidence(const struct item *it, const char *key)
{
	for (size_t i = 0; i < it->nevidence; i++)
		if (strcmp(it->evidence[i].key, key) == 0)
			return it->evidence[i].value;
	return NULL;
}

/* The same thing of the same list has the same one, whatever its date. */
static void
uid(const struct result *r, const struct item *it, bool start, char *buf, size_t size)
{
	static const uint64_t begin[2] = { UINT64_C(14695981039346656037), UINT64_C(42) };
	uint64_t h[2];

	for (int i = 0; i < 2; i++)
		h[i] = hash(it->rule,
		    hash(it->target, hash(evidence(it, "list"), hash(r->check, begin[i]))));
	snprintf(buf, size, "%016" PRIx64 "%016" PRIx64 "-%s", h[0], h[1], start ? "start" : "end");
}

static void
add(struct str *out, const char *before, const char *text)
{
	if (text == NULL)
		return;
	str_add(out, out->len > 0 ? ". " : "");
	str_add(out, before);
	text_clean(out, text, strlen(text), TEXT_CHARS);
}

static void
event(const struct report *r, const struct report_check *c, const struct item *it, bool start,
    struct str *out)
{
	struct str name, text;
	char id[64];

	uid(c->result, it, start, id, sizeof(id));
	str_init(&name, 8 * NAME_CHARS);
	str_init(&text, 32 * TEXT_CHARS);
	text_clean(&name, it->summary, strlen(it->summary), NAME_CHARS);
	add(&text, "", it->target);
	add(&text, "Owner ", evidence(it, "owner"));
	add(&text, "Else ", evidence(it, "secondary"));
	add(&text, "", evidence(it, "note"));
	add(&text, "", evidence(it, "list"));
	ics_event(out, &(struct ics_event){ .uid = id,
			   .stamp = r->now,
			   .day = start ? it->verdict.start_by : it->deadline.at,
			   .before = start ? "Start today at the latest: " : "Last day: ",
			   .summary = name.s,
			   .description = text.s });
	str_fini(&name);
	str_fini(&text);
}

void
show_ics(const struct report *r, struct str *out)
{
	ics_begin(out, "dates");
	for (size_t i = 0; i < r->nchecks; i++)
		for (size_t k = 0; k < r->checks[i].result->nitems; k++) {
			const struct item *it = &r->checks[i].result->items[k];

			if (it->deadline.kind != DEADLINE_KNOWN)
				continue;
			/* what renews itself needs nobody to start it */
			if (it->verdict.start_by != INSTANT_NONE && !it->auto_renew)
				event(r, &r->checks[i], it, true, out);
			event(r, &r->checks[i], it, false, out);
		}
	ics_end(out);
}
