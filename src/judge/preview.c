/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how recorded samples are judged by other limits than those that were in force.
 */
#include "judge/preview.h"

#include "judge/judge.h"

#include <string.h>

/* The moment of the oldest sample that is not judged yet; INSTANT_NONE: none is left. */
static instant
oldest(const struct preview_series *s, size_t n)
{
	instant at = INSTANT_NONE;

	for (size_t i = 0; i < n; i++)
		if (s[i].next < s[i].n && (at == INSTANT_NONE || s[i].v[s[i].next].at < at))
			at = s[i].v[s[i].next].at;
	return at;
}

/* The level of the run of that moment, whose samples are used up. */
static enum level
judge_run(struct preview_series *s, size_t n, instant at)
{
	enum level level = LEVEL_OK;

	for (size_t i = 0; i < n; i++)
		for (; s[i].next < s[i].n && s[i].v[s[i].next].at == at; s[i].next++) {
			const struct sample *v = &s[i].v[s[i].next];
			const struct metric m = { .value = v->value,
				.bound = v->bound,
				.warn = s[i].warn,
				.crit = s[i].crit };

			level = level_worst(level, judge_metric(&m, NULL));
		}
	return level;
}

static void
add(struct preview *out, enum level level, instant at)
{
	out->told[level]++;
	if (out->nfirst < PREVIEW_FIRST)
		out->first[out->nfirst++] = (struct preview_first){ at, level };
}

/* True: people are told, at *level. Without reminders and silences the one event of the kind
 * reminder is that an act or stop cannot be proven any more. */
static bool
tells(struct standing *st, enum level seen, const struct policy_terms *t, instant at,
    enum level *level)
{
	const struct policy_seen run = { .level = seen, .taken = at, .valid_until = at };
	struct policy_now n = { .now = at, .unbroken_since = at, .cause_seen = INSTANT_NONE };
	struct outcome out;

	for (int i = 0; i < LEVEL_N; i++)
		n.sinks[i] = 1;
	if (!policy_see(st, &run, t, &n, &out))
		return false;
	*level = out.kind == EVENT_REMINDER ? LEVEL_UNKNOWN : out.level;
	return out.kind == EVENT_RAISED || out.kind == EVENT_ESCALATED ||
	       out.kind == EVENT_REMINDER;
}

void
preview_judge(struct preview_series *s, size_t n, const struct policy_terms *t, unsigned days,
    instant now, struct preview *out)
{
	struct policy_terms terms = *t;
	struct standing st;
	span last = -1;
	instant at;

	memset(out, 0, sizeof(*out));
	standing_init(&st);
	terms.remind = 0;
	while ((at = oldest(s, n)) != INSTANT_NONE) {
		enum level seen = judge_run(s, n, at), level = LEVEL_OK;
		span day = instant_minus(now, at) / SPAN_DAY;
		bool told;

		if (at > now) {
			out->ahead++;
			continue;
		}
		told = tells(&st, seen, &terms, at, &level);
		if (day >= (span)days)
			continue;
		out->samples++;
		out->days += day != last;
		last = day;
		if (told)
			add(out, level, at);
	}
}

uint32_t
preview_total(const struct preview *p)
{
	uint32_t n = 0;

	for (int i = 0; i < LEVEL_N; i++)
		n += p->told[i];
	return n;
}
