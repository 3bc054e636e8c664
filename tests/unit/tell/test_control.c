/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/control_wire.h"

#include "tests/t.h"

#include <stdlib.h>

/* One message of each kind that is read; which one a row is. */
static void
put(int i, struct frame *f)
{
	const struct event_counts counts = { .level = { 1, 2, 3, 4, 5 }, .outbox = 6, .oldest = 7 };

	switch (i) {
	case 0:
		ctl_put_request(f, &(struct ctl_request){ CTL_SILENCE, "a/*", "why", 12, true, 3,
				       LEVEL_ACT, "QM Lee", "a spare", "", "" });
		break;
	case 1:
		ctl_put_head(f, &(struct ctl_head){ "Lab", "pc", "1", 10, 9, UINT64_MAX, counts, 7,
				    INSTANT_NONE, true });
		break;
	case 2:
		ctl_put_check(f, &(struct ctl_check){ .id = "a",
				     .probe = "clock",
				     .title = "A",
				     .taken = 5,
				     .items = 2,
				     .lead = -1 });
		break;
	case 3:
		ctl_put_alert(f, &(struct ctl_alert){ .alert = "x",
				     .fingerprint = "a/b",
				     .level = LEVEL_STOP,
				     .gate = GATE_SILENCED,
				     .acked = true,
				     .start_by = 8 });
		break;
	case 4:
		ctl_put_silenced(
		    f, &(struct ctl_silenced){ 4, "p", { 1, 2, true, "by", "why" }, true });
		break;
	case 5:
		ctl_put_done(f, &(struct ctl_done){ 77, 5, 4, 3 });
		break;
	case 6:
		ctl_put_excepted(f, &(struct ctl_excepted){ 4, "p",
					{ 1, 2, LEVEL_ACT, "why", "who", "what protects" }, true });
		break;
	case 7:
		ctl_put_event(f, &(struct event){ .kind = EVENT_ESCALATED,
				     .alert = "x",
				     .level = LEVEL_STOP,
				     .previous = LEVEL_ACT,
				     .title = "t",
				     .start_by = 9,
				     .sequence = 1 });
		break;
	case 8:
		ctl_put_samples(f,
		    &(struct ctl_samples){ 3, (struct sample[]){ { 1, 2, 3 }, { 4, -5, 0 } }, 2 });
		break;
	case 9:
		ctl_put_terms(f, &(struct ctl_terms){ 2, SPAN_H });
		break;
	default:
		ctl_put_refused(f, "no");
	}
}

static int
get(int i, struct frame *f, struct arena *a)
{
	struct ctl_request r;
	struct ctl_head h;
	struct ctl_event v;
	struct ctl_check c;
	struct ctl_alert al;
	struct ctl_silenced s;
	struct ctl_excepted x;
	struct ctl_samples sa;
	struct ctl_terms t;
	const char *why;
	struct err e;
	struct ctl_done d;

	switch (i) {
	case 0:
		if (ctl_get_request(f, a, &r, &e) < 0)
			return -1;
		T_TEXT("the pattern", r.pattern, "a/*");
		T_INT("stop too", r.stop_too, true);
		T_TEXT("who approved", r.approver, "QM Lee");
		return 0;
	case 1:
		if (ctl_get_head(f, a, &h, &e) < 0)
			return -1;
		T_TRUE("a sequence of 64 bits", h.sequence == UINT64_MAX);
		T_INT("a test that nobody has confirmed", h.confirmed, INSTANT_NONE);
		T_TRUE("an instrument measures", h.measuring);
		T_INT("counts by level", h.counts.level[LEVEL_STOP], 5);
		return 0;
	case 2:
		if (ctl_get_check(f, a, &c, &e) < 0)
			return -1;
		T_TRUE("no owner is none", c.owner == NULL);
		T_INT("no lead is stated", c.lead, -1);
		return 0;
	case 3:
		if (ctl_get_alert(f, a, &al, &e) < 0)
			return -1;
		T_INT("its gate", al.gate, GATE_SILENCED);
		T_INT("its day to start", al.start_by, 8);
		return 0;
	case 4:
		return ctl_get_silenced(f, a, &s, &e);
	case 5:
		if (ctl_get_done(f, &d, &e) < 0)
			return -1;
		T_INT("the count", d.n, 77);
		T_INT("what it covers", d.things, 5);
		T_INT("of it open", d.open, 4);
		T_INT("until when", d.until, 3);
		return 0;
	case 6:
		if (ctl_get_excepted(f, a, &x, &e) < 0)
			return -1;
		T_TRUE("it matches something", x.matches);
		T_TEXT("what protects", x.exception.measure, "what protects");
		return 0;
	case 7:
		if (ctl_get_event(f, a, &v, &e) < 0)
			return -1;
		T_INT("what happened", v.kind, EVENT_ESCALATED);
		T_TEXT("what is not there is empty", v.check_title, "");
		T_INT("before", v.previous, LEVEL_ACT);
		T_INT("the day to start", v.start_by, 9);
		return 0;
	case 8:
		if (ctl_get_samples(f, a, &sa, &e) < 0)
			return -1;
		T_INT("of which metric", sa.metric, 3);
		T_INT("how many", sa.n, 2);
		T_INT("when", sa.v[1].at, 4);
		T_TRUE("what", sa.v[1].value == -5 && sa.v[0].bound == 3);
		return 0;
	case 9:
		if (ctl_get_terms(f, &t, &e) < 0)
			return -1;
		T_INT("in a row", t.confirm, 2);
		T_INT("how often", t.every, SPAN_H);
		return 0;
	default:
		return ctl_get_refused(f, a, &why, &e);
	}
}

static int
samples_of(uint32_t n, bool ascending, struct arena *a)
{
	struct sample *v = arena_array(a, n, sizeof(*v));
	struct ctl_samples s;
	struct frame f;
	int rc;

	for (uint32_t i = 0; i < n; i++)
		v[i].at = ascending ? i : -(instant)i;
	frame_init(&f, 0);
	ctl_put_samples(&f, &(struct ctl_samples){ 0, v, n });
	rc = ctl_get_samples(
	    &(struct frame){ .kind = f.kind, .data = f.data, .len = f.len }, a, &s, NULL);
	frame_fini(&f);
	return rc;
}

static void
samples(struct arena *a)
{
	T_INT("as many samples as there may be", samples_of(CTL_SAMPLES_MAX, true, a), 0);
	T_INT("one more", samples_of(CTL_SAMPLES_MAX + 1, true, a), -1);
	T_INT("none", samples_of(0, true, a), 0);
	T_INT("backwards", samples_of(2, false, a), -1);
}

static int
terms_of(uint32_t confirm, span every)
{
	struct ctl_terms t;
	struct frame f;
	int rc;

	frame_init(&f, 0);
	ctl_put_terms(&f, &(struct ctl_terms){ confirm, every });
	rc = ctl_get_terms(&f, &t, NULL);
	frame_fini(&f);
	return rc;
}

static void
terms(void)
{
	T_INT("one run", terms_of(1, 0), 0);
	T_INT("none", terms_of(0, 0), -1);
	T_INT("backwards in time", terms_of(1, -1), -1);
	T_INT("never again", terms_of(1, SPAN_MAX), 0);
}

int
main(void)
{
	struct arena *a = arena_new((size_t)16 << 20);
	struct frame f;

	samples(a);
	terms();
	frame_init(&f, 0);
	for (int i = 0; i < 11; i++) {
		size_t whole;

		put(i, &f);
		whole = f.len;
		T_INT("as it was put", get(i, &f, a), 0);
		for (size_t n = 0; n < whole; n++) {
			uint8_t *exact = malloc(n + 1);
			struct frame cut = { .kind = f.kind, .data = exact, .len = n };

			if (exact == NULL)
				abort();
			memcpy(exact, f.data, n);
			T_INT("each truncation is refused", get(i, &cut, a), -1);
			free(exact);
		}
	}
	put(3, &f);
	f.data[f.len - 8 * 8 - 4 * 7] ^= 0xff; /* level, told, gate, three flags, turn */
	T_INT("a level that is none",
	    get(3, &(struct frame){ .kind = f.kind, .data = f.data, .len = f.len }, a), -1);
	put(0, &f);
	f.kind = CTL_DONE;
	T_INT("a request of no kind",
	    get(0, &(struct frame){ .kind = f.kind, .data = f.data, .len = f.len }, a), -1);
	frame_fini(&f);
	arena_free(a);
	return t_end();
}
