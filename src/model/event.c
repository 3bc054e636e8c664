/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the names of the kinds of events, and an event's true time.
 */
#include "model/event.h"

const char *
event_type(enum event_kind k)
{
	static const char *const types[EVENT_KINDS] = {
		[EVENT_RAISED] = "forewarn.alert.raised",
		[EVENT_ESCALATED] = "forewarn.alert.escalated",
		[EVENT_EASED] = "forewarn.alert.eased",
		[EVENT_ACKNOWLEDGED] = "forewarn.alert.acknowledged",
		[EVENT_REMINDER] = "forewarn.alert.reminder",
		[EVENT_RESOLVED] = "forewarn.alert.resolved",
		[EVENT_DIGEST] = "forewarn.digest",
		[EVENT_HEARTBEAT] = "forewarn.heartbeat",
		[EVENT_CHECKPOINT] = "forewarn.checkpoint",
		[EVENT_DEGRADED] = "forewarn.delivery.degraded",
		[EVENT_TEST] = "forewarn.alert.test",
		[EVENT_EXCEPTED] = "forewarn.alert.excepted",
		[EVENT_SUMMARY] = "forewarn.summary",
	};

	return types[k];
}

bool
event_is_alert(enum event_kind k)
{
	return k <= EVENT_RESOLVED || k == EVENT_EXCEPTED;
}

bool
event_closes(enum event_kind k)
{
	return k == EVENT_RESOLVED || k == EVENT_EXCEPTED;
}

instant
event_true_time(const struct event *v)
{
	if (!v->clock.measured)
		return v->at;
	return instant_plus(v->at, -span_from_seconds(v->clock.offset));
}

const char *
event_state(enum event_kind k, enum level l)
{
	static const char *const words[LEVEL_N] = { [LEVEL_OK] = "fine",
		[LEVEL_PLAN] = "plan",
		[LEVEL_UNKNOWN] = "could not check",
		[LEVEL_ACT] = "act",
		[LEVEL_STOP] = "stop" };

	if (k == EVENT_RESOLVED || (k == EVENT_SUMMARY && l == LEVEL_OK))
		return "over";
	if (k == EVENT_EXCEPTED)
		return "excepted";
	if (k == EVENT_TEST)
		return "test";
	if (k == EVENT_DIGEST)
		return "digest";
	if (k == EVENT_CHECKPOINT)
		return "sealed";
	return words[l];
}
