/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the form in which 0.1.0 named a dead sink.
 */
#include "daemon/old_degraded.h"

#include "daemon/teller.h"
#include "probes/specs.h"

static int
tell(const struct ground *on, const struct way *w, instant since, struct arena *a, struct err *e)
{
	const char *id = w->conf->id;
	char alert[EVENT_ID];
	struct event v = { .kind = EVENT_RESOLVED,
		.level = LEVEL_OK,
		.previous = LEVEL_ACT,
		.start_by = INSTANT_NONE,
		.check = "forewarnd",
		.check_title = "Delivery of alerts",
		.fingerprint =
		    generation_fingerprint(on->generation, "forewarnd", id, "delivery", a),
		.target = id,
		.rule = "delivery",
		.since = since,
		.title = arena_printf(a, "Delivery to \"%.30s\": goes on under another name", id),
		.body = "It is told as an alert of the check forewarn now." };

	v.alert = policy_alert_id(v.fingerprint, 1, since, alert);
	v.parts = (struct event_parts){ v.title, "", "", "", "" };
	if (teller_number(on, &v, e) < 0)
		return -1;
	ledger_line(on->ledger, "%s: %s", event_type(v.kind), v.title);
	return teller_letters(on, &v, arena_printf(a, "sink/%s", id), ways_all(on->ways), e);
}

int
old_degraded_end(const struct ground *on, const struct way *w, instant since, struct err *e)
{
	struct arena *a = arena_new((size_t)1 << 20);
	const char *fp =
	    generation_fingerprint(on->generation, BUILTIN_CHECK, w->conf->id, "forewarn.sink", a);
	struct store_standing row;
	bool there;
	int rc = store_standing_get(on->world->store, fp, a, &row, &there, e);

	if (rc == 0 && !there)
		rc = tell(on, w, since, a, e);
	arena_free(a);
	return rc;
}
