/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns when each check is due.
 */
#include "watch/sched.h"

/* splitmix64 (Steele, Lea, Flood 2014): enough for jitter */
static uint64_t
draw(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static span
below(uint64_t *state, span max)
{
	return max > 0 ? (span)(draw(state) % (uint64_t)max) : 0;
}

void
sched_init(struct sched *c, const char *id, uint64_t host, span every, span now, span last_age)
{
	span spread = every / 10 < SCHED_SPREAD_MAX ? every / 10 : SCHED_SPREAD_MAX;

	*c = (struct sched){ .id = id, .every = every, .seed = host };
	for (const char *p = id; *p != '\0'; p++)
		c->seed = (c->seed ^ (unsigned char)*p) * UINT64_C(1099511628211);
	c->due = now + below(&c->seed, spread);
	if (last_age >= 0 && last_age < every && now + every - last_age > c->due)
		c->due = now + every - last_age;
}

size_t
sched_pick(const struct sched *c, size_t n, span now)
{
	size_t best = n;

	for (size_t i = 0; i < n; i++)
		if (!c[i].running && c[i].due <= now && (best == n || c[i].due < c[best].due))
			best = i;
	return best;
}

void
sched_start(struct sched *c, span now)
{
	c->running = true;
	c->waits_since = 0;
	c->due = now + c->every - below(&c->seed, c->every / SCHED_JITTER);
}

void
sched_end(struct sched *c)
{
	c->running = false;
}

void
sched_postpone(struct sched *c, span until)
{
	if (c->waits_since == 0)
		c->waits_since = c->due;
	c->due = until;
}

span
sched_next(const struct sched *c, size_t n)
{
	span next = SPAN_MAX;

	for (size_t i = 0; i < n; i++)
		if (!c[i].running && c[i].due < next)
			next = c[i].due;
	return next;
}
