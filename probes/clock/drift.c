/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the rate of this clock and how long it holds alone.
 */
#include "drift.h"

#include "step.h"
#include "ticks.h"

#include <stdlib.h>
#include <string.h>
#include <sys/timex.h>

#define FREQUENCY_SCALE 65536.0 /* of struct timex: ppm with 16 bits after the point */
#define WANDER_PPM 0.1          /* what a day's warmth does to a crystal at least */
#define HOLDS_MAX (365 * SPAN_DAY)

static double
size_of(double v)
{
	return v < 0 ? -v : v;
}

bool
drift_of(const struct point *v, size_t n, struct drift *out)
{
	const struct point *first = &v[0], *last = &v[n - 1];
	double least = 0, most = 0, sum = 0, slope, doubt;

	if (n < 3 || last->boot - first->boot < DRIFT_LEAST)
		return false;
	least = most = first->frequency;
	for (size_t i = 0; i < n; i++) {
		least = v[i].frequency < least ? v[i].frequency : least;
		most = v[i].frequency > most ? v[i].frequency : most;
		sum += v[i].frequency;
	}
	slope = (double)(last->offset - first->offset) / (double)(last->boot - first->boot) * 1e6;
	doubt = (double)(last->bound + first->bound) / (double)(last->boot - first->boot) * 1e6;
	*out = (struct drift){ .ppm = slope - sum / (double)n,
		.range = (most - least) / 2 + doubt + WANDER_PPM,
		.covered = last->boot - first->boot };
	out->left = size_of(slope) + doubt + (most - least) + WANDER_PPM;
	return true;
}

span
drift_holds(const struct drift *d, int64_t offset, int64_t bound, int64_t limit)
{
	int64_t room = limit - llabs(offset) - bound;
	double ns;

	if (room <= 0)
		return 0;
	ns = (double)room / d->left * 1e6;
	return ns < (double)HOLDS_MAX ? (span)ns : HOLDS_MAX;
}

static double
kernel_ppm(void)
{
	struct timex t = { .modes = 0 };

	return adjtimex(&t) < 0 ? 0 : (double)t.freq / FREQUENCY_SCALE;
}

/* Points of another start of the kernel, or from before the clock was set, say nothing of the rate.
 */
static void
take_point(struct memory *m, const struct look *now, struct arena *a)
{
	struct point *room = arena_array(a, MEMORY_POINTS_MAX, sizeof(*room));
	bool same = strcmp(m->last.boot_id, now->boot_id) == 0;
	int64_t by = 0, still = 0;

	if (!same || (step_find(&m->last, now, &by, &still) && (by != 0 || still != 0)))
		m->npoints = 0;
	if (m->npoints > 0)
		memcpy(room, m->points, m->npoints * sizeof(*room));
	m->points = room;
	if (!now->measured || (m->npoints > 0 && now->boot - room[m->npoints - 1].boot < DRIFT_GAP))
		return;
	if (m->npoints == MEMORY_POINTS_MAX)
		memmove(room, room + 1, --m->npoints * sizeof(*room));
	room[m->npoints++] = (struct point){ now->boot, now->offset, now->bound, kernel_ppm() };
}

void
drift_tell(const struct probe_ctx *ctx, const struct clock_conf *conf, struct memory *m,
    const struct look *now)
{
	struct arena *a = ctx->arena;
	struct item it = { .target = CLOCK_TARGET, .rule = "clock.rate", .state = ITEM_FINE };
	char until[INSTANT_TEXT], covered[SPAN_TEXT];
	struct drift d;
	span holds;

	take_point(m, now, a);
	if (!now->measured || !drift_of(m->points, m->npoints, &d))
		return;
	holds = drift_holds(&d, now->offset, now->bound, conf->max_offset);
	instant_text((now->wall - now->offset + holds) / 1000, until);
	it.summary = arena_printf(a,
	    "Left alone, this clock would go wrong by %.2f s a day, give or take %.2f s; if the "
	    "time "
	    "servers vanished now, its limit would hold until %.10s %.5s UTC at least",
	    size_of(d.ppm) * 0.0864, d.range * 0.0864, until, until + 11);
	it.evidence = (struct evidence[]){
		{ "frequency error ppm", arena_printf(a, "%.3f", d.ppm) },
		{ "range ppm", arena_printf(a, "%.3f", d.range) },
		{ "remaining drift ppm", arena_printf(a, "%.3f", d.left) },
		{ "holdover s", arena_printf(a, "%.0f", (double)holds / (double)NS_S) },
		{ "measured over", arena_text(a, span_words(d.covered, covered)) },
	};
	it.nevidence = 5;
	probe_emit(ctx, &it);
}
