/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is known of the clock of this computer.
 */
#include "daemon/hostclock.h"

#include "daemon/journal.h"

static instant
boot_moment(const struct world *w)
{
	return world_now(w) - world_boot(w) / SPAN_US;
}

static span
asleep(const struct world *w)
{
	return world_boot(w) - world_mono(w);
}

void
hostclock_start(struct hostclock *h, const struct world *w)
{
	*h = (struct hostclock){ .unbroken_since = world_now(w),
		.boot_moment = boot_moment(w),
		.jumped_at = INSTANT_NONE,
		.woke_at = INSTANT_NONE,
		.asleep = asleep(w) };
}

void
hostclock_keep(struct hostclock *h, const struct result *r)
{
	if (!r->host_clock.measured)
		return;
	h->newest = r->host_clock;
	h->measured_at = r->taken;
	h->ever = true;
	h->unexplained = 0;
}

span
hostclock_ahead(const struct hostclock *h)
{
	return h->ever ? span_from_seconds(h->newest.offset) : 0;
}

span
hostclock_doubt(const struct hostclock *h, const struct world *w)
{
	span far = h->unexplained < 0 ? -h->unexplained : h->unexplained;

	if (far < HOSTCLOCK_DOUBT || h->jumped_at == INSTANT_NONE ||
	    instant_minus(world_now(w), h->jumped_at) >= HOSTCLOCK_DOUBT_FOR)
		return 0;
	return h->unexplained;
}

bool
hostclock_fresh(const struct hostclock *h, const struct world *w, struct host_clock *out)
{
	instant now = world_now(w);

	*out = h->newest;
	return h->newest.measured && now >= h->measured_at &&
	       instant_minus(now, h->measured_at) < HOSTCLOCK_FRESH;
}

bool
hostclock_last(const struct hostclock *h, const struct world *w, double *offset, double *drift)
{
	span since = instant_minus(world_now(w), h->measured_at);

	*offset = h->newest.offset;
	*drift = h->newest.bound + HOSTCLOCK_DRIFT * span_seconds(since > 0 ? since : 0);
	return h->ever;
}

bool
hostclock_doubted(const struct hostclock *h, const struct world *w, span ago)
{
	return h->doubted && world_boot(w) - h->doubted_at <= ago;
}

static void
watch_jump(struct hostclock *h, const struct world *w)
{
	instant booted = boot_moment(w), moved = booted - h->boot_moment;

	if (moved > HOSTCLOCK_JUMP / SPAN_US || moved < -HOSTCLOCK_JUMP / SPAN_US) {
		journal(JOURNAL_WARNING, "the clock of this machine jumped by %.1f s",
		    (double)moved / (double)INSTANT_S);
		h->unbroken_since = world_now(w);
		h->newest.measured = false;
		h->jumped_at = world_now(w);
		h->jumped_by = moved * SPAN_US;
		h->unexplained += h->ever ? 0 : moved * SPAN_US;
		h->newest.offset += (double)moved / (double)INSTANT_S;
		h->measured_at += moved;
	}
	h->boot_moment = booted;
}

/* The wall clock and CLOCK_BOOTTIME go on through a suspend, CLOCK_MONOTONIC does not. */
static void
watch_suspend(struct hostclock *h, const struct world *w)
{
	span now = asleep(w), longer = now - h->asleep;
	char text[SPAN_TEXT];

	if (longer >= HOSTCLOCK_ASLEEP) {
		journal(JOURNAL_NOTICE, "this machine was suspended for %s",
		    span_text(longer / SPAN_S * SPAN_S, text));
		h->unbroken_since = h->woke_at = world_now(w);
		h->slept = longer;
	}
	h->asleep = now;
}

void
hostclock_watch(struct hostclock *h, const struct world *w)
{
	watch_jump(h, w);
	watch_suspend(h, w);
	if (hostclock_doubt(h, w) != 0) {
		h->doubted = true;
		h->doubted_at = world_boot(w);
	}
}
