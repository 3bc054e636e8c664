/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the inventory as a calendar: an entry on the day on which somebody has to start, and one on
 * the day the certificate ends. A UID is made of the certificate's SHA-256.
 */
#include "show/certs_private.h"

#include "show/ics.h"

static void
event(const struct certs *c, const struct certs_row *row, bool start, struct str *out)
{
	struct str uid, name, text;

	str_init(&uid, CERTS_CELL_MAX);
	str_init(&name, 4 * CERTS_CELL_MAX);
	str_init(&text, 4 * CERTS_CELL_MAX);
	str_addf(&uid, "%s-%s", row->sha256, start ? "start" : "end");
	certs_clean(&name, row->name, CERTS_NAME_CHARS);
	certs_who(row, &text);
	str_add(&text, text.len > 0 ? ". " : "");
	certs_where(row, 0, &text);
	ics_event(
	    out, &(struct ics_event){ .uid = uid.s,
		     .stamp = c->report->now,
		     .day = start ? row->start_by : row->ends,
		     .before = start ? "Start to renew the certificate: " : "Certificate ends: ",
		     .summary = name.s,
		     .description = text.s });
	str_fini(&uid);
	str_fini(&name);
	str_fini(&text);
}

void
certs_ics(const struct certs *c, struct str *out)
{
	ics_begin(out, "certificates");
	for (size_t i = 0; i < c->n; i++) {
		const struct certs_row *row = &c->rows[i];

		/* what was renewed has no day to start, and its end hurts nobody */
		if (row->sha256 == NULL || row->start_by == INSTANT_NONE)
			continue;
		event(c, row, true, out);
		if (row->ends != INSTANT_NONE)
			event(c, row, false, out);
	}
	ics_end(out);
}
