/* SPDX-License-Identifier: Apache-2.0
 *
 * What a hostile client sends to the daemon's socket: a stream of frames, as requests; and what a
 * hostile daemon would send to the command.
 */
#include "tell/control_wire.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
take(struct frame *f, struct arena *a)
{
	struct ctl_request r;
	struct ctl_head h;
	struct ctl_check c;
	struct ctl_alert v;
	struct ctl_silenced s;
	struct ctl_event ev;
	struct ctl_samples sa;
	struct ctl_terms t;
	struct frame copy = *f;

	if (ctl_get_request(&copy, a, &r, NULL) == 0 &&
	    (r.kind < CTL_STATUS || r.kind > CTL_PAST || r.pattern == NULL))
		abort();
	copy = *f;
	ctl_get_head(&copy, a, &h, NULL);
	copy = *f;
	if (ctl_get_check(&copy, a, &c, NULL) == 0 && (c.id == NULL || c.lead < -1))
		abort();
	copy = *f;
	if (ctl_get_alert(&copy, a, &v, NULL) == 0 &&
	    (v.level >= LEVEL_N || v.turn >= STAND_TURNS || v.gate >= GATE_N))
		abort();
	copy = *f;
	ctl_get_silenced(&copy, a, &s, NULL);
	copy = *f;
	if (ctl_get_samples(&copy, a, &sa, NULL) == 0 && sa.n > CTL_SAMPLES_MAX)
		abort();
	copy = *f;
	if (ctl_get_terms(&copy, &t, NULL) == 0 && (t.confirm == 0 || t.every < 0))
		abort();
	copy = *f;
	if (ctl_get_event(&copy, a, &ev, NULL) == 0 &&
	    (ev.kind >= EVENT_KINDS || ev.level >= LEVEL_N || ev.title == NULL))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new((size_t)256 << 20);
	struct frame_reader r;
	struct frame f;

	frame_reader_init(&r);
	frame_reader_feed(&r, data, size);
	while (frame_reader_next(&r, &f, NULL) == 1)
		take(&f, a);
	frame_reader_fini(&r);
	arena_free(a);
	return 0;
}
