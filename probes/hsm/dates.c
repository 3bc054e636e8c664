/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the end date that a token states beside a certificate (CKA_END_DATE), which programs show
 * without reading the certificate.
 */
#include "probes/hsm/work.h"

#include "probes/x509/x509_item.h"

#include <stdio.h>

/* In whose time zone a vendor writes the day is not said anywhere. */
#define ZONE_SLACK (2 * SPAN_DAY)

bool
ck_date(struct der raw, instant *out)
{
	char text[32];
	struct err e;

	/* CK_DATE: four, two and two digits (PKCS#11 2.40, 3.4) */
	if (raw.len != 8)
		return false;
	for (size_t i = 0; i < raw.len; i++)
		if (raw.p[i] < '0' || raw.p[i] > '9')
			return false;
	snprintf(text, sizeof(text), "%.4s-%.2s-%.2sT00:00:00Z", (const char *)raw.p,
	    (const char *)raw.p + 4, (const char *)raw.p + 6);
	return instant_parse(text, out, &e) == 0;
}

void
dates_tell(struct hsm_run *r, const struct token *t, const char *target, const struct object *o,
    const struct x509 *c)
{
	instant end;
	span apart;

	if (!ck_date(o->end_date, &end))
		return;
	apart = instant_minus(end, c->not_after);
	if (apart > -ZONE_SLACK && apart < ZONE_SLACK)
		return;
	hsm_emit(r, t, "hsm.dates", target, "other-day",
	    arena_printf(r->arena,
		"The token says that this certificate ends on %s, the certificate itself says %s",
		x509_day(end, r->arena), x509_day(c->not_after, r->arena)));
}
