/* SPDX-License-Identifier: Apache-2.0 */
#include "model/wire.h"
#include "tests/t.h"

#include <stdlib.h>

static const struct finding findings[] = {
	{ "locked", LEVEL_STOP, "so", "do" },
	{ .key = NULL },
};
static const struct rule rules[] = {
	{ .name = "x.pin", .title = "t", .by = BY_FINDING, .findings = findings },
	{ .name = NULL },
};

static struct metric metrics[] = { {
    .name = "offset",
    .unit = UNIT_SECONDS,
    .value = -0.25,
    .bound = 0.01,
    .warn = { true, false, -0.5, 0.5 },
} };
static struct evidence evidence[] = { { "serial", "01ab" }, { "label", "\033]bad\xff" } };

static struct item
good(void)
{
	return (struct item){
		.target = "token customs",
		.rule = "x.pin",
		.state = ITEM_FOUND,
		.finding = "locked",
		.summary = "The PIN is locked",
		.metrics = metrics,
		.nmetrics = 1,
		.deadline = { DEADLINE_KNOWN, 5, 5, 5, SPAN_DAY },
		.lead = 3 * SPAN_DAY,
		.auto_renew = true,
		.evidence = evidence,
		.nevidence = 2,
	};
}

static int
there_and_back(const struct item *in, struct item *out, struct arena *a, struct err *e)
{
	struct frame f;
	int rc;

	frame_init(&f, 0);
	wire_put_item(&f, in);
	rc = wire_get_item(&f, rules, a, out, e);
	frame_fini(&f);
	return rc;
}

static void
round_trip(struct arena *a)
{
	struct item in = good(), out;
	struct err e = { 0 };

	T_INT("an item travels", there_and_back(&in, &out, a, &e), 0);
	T_TEXT("its target", out.target, "token customs");
	T_TEXT("its finding", out.finding, "locked");
	T_TEXT("hostile bytes as they are", out.evidence[1].value, "\033]bad\xff");
	T_NEAR("its value", out.metrics[0].value, -0.25, 0);
	T_TRUE("its range", out.metrics[0].warn.set && !out.metrics[0].crit.set);
	T_INT("its deadline", out.deadline.at, 5);
	T_INT("its own lead", out.lead, 3 * SPAN_DAY);
	T_TRUE("and that a program renews it", out.auto_renew);
}

static void
refused(struct arena *a)
{
	struct item bad[8], out;
	static const char *const why[] = { "unknown rule", "unknown finding", "contradict",
		"contradict", "cannot be read", "cannot be read", "cannot be read",
		"cannot be read" };
	static struct metric negative = { .name = "m", .bound = -1 };

	for (size_t i = 0; i < 8; i++)
		bad[i] = good();
	bad[0].rule = "y.pin";
	bad[1].finding = "melted";
	bad[2].state = ITEM_FINE;
	bad[3].finding = NULL;
	bad[4].target = NULL;
	bad[5].deadline.earliest = 6;
	bad[6].metrics = &negative;
	bad[7].state = (enum item_state)7;
	for (size_t i = 0; i < 8; i++) {
		struct err e = { 0 };

		T_INT(why[i], there_and_back(&bad[i], &out, a, &e), -1);
		T_HAS("and says why", e.msg, why[i]);
	}
}

static void
job_runs(struct arena *a)
{
	static struct job_run many[RUNS_MAX + 1];
	struct item in = good(), out;
	struct err e = { 0 };

	for (size_t i = 0; i <= RUNS_MAX; i++)
		many[i] = (struct job_run){ (instant)i, 1e9, NAN, 60, 0.5, i == 3 };
	in.runs = (struct job_runs){ RUNS_RULE_B, true, 1e8, many, RUNS_MAX };
	T_INT("as many runs as allowed", there_and_back(&in, &out, a, &e), 0);
	T_INT("all of them", out.runs.n, RUNS_MAX);
	T_TRUE("in their way", out.runs.way == RUNS_RULE_B && out.runs.partial);
	T_TRUE("what was measured and what not",
	    out.runs.v[3].bytes == 1e9 && isnan(out.runs.v[3].files) && out.runs.v[3].accepted);
	T_INT("by their ends", out.runs.v[RUNS_MAX - 1].end, RUNS_MAX - 1);
	in.runs.n++;
	T_INT("one more is refused", there_and_back(&in, &out, a, &e), -1);
	in.runs.n = 1;
	many[0].bytes = -1;
	T_INT("so is less than nothing", there_and_back(&in, &out, a, &e), -1);
	many[0].bytes = INFINITY;
	T_INT("and more than can be", there_and_back(&in, &out, a, &e), -1);
	in.runs = (struct job_runs){ .way = RUNS_WAY_N };
	T_INT("and a way that is none", there_and_back(&in, &out, a, &e), -1);
}

/* A run that gave no result is kept and sent on like one; nothing else passes by that name. */
static void
run_rule(struct arena *a)
{
	const struct item plain = { .target = "c",
		.rule = "x" RUN_RULE,
		.state = ITEM_UNKNOWN,
		.summary = "Could not check" };
	static struct metric metric = { .name = "m" };
	struct item in = plain, out;
	struct err e = { 0 };

	T_INT("why there is no result", there_and_back(&in, &out, a, &e), 0);
	T_TEXT("its words", out.summary, "Could not check");
	in.state = ITEM_FINE;
	T_INT("it is never fine", there_and_back(&in, &out, a, &e), -1);
	in = plain;
	in.metrics = &metric;
	in.nmetrics = 1;
	T_INT("it measures nothing", there_and_back(&in, &out, a, &e), -1);
	in = plain;
	in.deadline = (struct deadline){ DEADLINE_KNOWN, 5, 5, 5, 0 };
	T_INT("it has no date", there_and_back(&in, &out, a, &e), -1);
	in = plain;
	in.rule = RUN_RULE;
	T_INT("nor a name of nothing", there_and_back(&in, &out, a, &e), -1);
}

static void
limits(struct arena *a)
{
	struct item in = good(), out;
	struct evidence many[WIRE_EVIDENCE_MAX + 1];
	struct err e = { 0 };
	char *longest = arena_alloc(a, WIRE_TEXT_MAX + 2);

	for (size_t i = 0; i <= WIRE_EVIDENCE_MAX; i++)
		many[i] = evidence[0];
	in.evidence = many;
	in.nevidence = WIRE_EVIDENCE_MAX;
	T_INT("as much evidence as allowed", there_and_back(&in, &out, a, &e), 0);
	in.nevidence++;
	T_INT("one more is refused", there_and_back(&in, &out, a, &e), -1);
	in = good();
	memset(longest, 'x', WIRE_TEXT_MAX);
	in.summary = longest;
	T_INT("a summary as long as allowed", there_and_back(&in, &out, a, &e), 0);
	longest[WIRE_TEXT_MAX] = 'x';
	T_INT("one byte more is refused", there_and_back(&in, &out, a, &e), -1);
}

/* Every truncation, and every byte changed: refused or whole, never a crash. */
static void
hostile(struct arena *a)
{
	struct item in = good(), out;
	struct frame f;
	struct err e;
	size_t cut_taken = 0, len;

	frame_init(&f, 0);
	wire_put_item(&f, &in);
	len = f.len;
	for (size_t n = 0; n < len; n++) {
		f.len = n;
		f.at = 0;
		f.bad = false;
		cut_taken += wire_get_item(&f, rules, a, &out, &e) == 0;
	}
	T_INT("no truncation passes", cut_taken, 0);
	for (size_t n = 0; n < len; n++)
		for (int bit = 0; bit < 8; bit++) {
			f.len = len;
			f.at = 0;
			f.bad = false;
			f.data[n] ^= (uint8_t)(1 << bit);
			wire_get_item(&f, rules, a, &out, &e);
			f.data[n] ^= (uint8_t)(1 << bit);
		}
	f.len = len;
	f.at = 0;
	f.bad = false;
	T_INT("the whole one still does", wire_get_item(&f, rules, a, &out, &e), 0);
	frame_put_u32(&f, 0);
	f.at = 0;
	T_INT("with more behind it does not", wire_get_item(&f, rules, a, &out, &e), -1);
	frame_fini(&f);
}

static void
streams(struct arena *a)
{
	struct frame f, got;
	struct frame_reader r;
	struct err e = { 0 };
	uint8_t bytes[64], header[FRAME_HEADER];
	const char *text;
	size_t n;

	frame_init(&f, WIRE_NOTE);
	wire_put_text(&f, "hello");
	frame_header(&f, header);
	memcpy(bytes, header, sizeof(header));
	memcpy(bytes + sizeof(header), f.data, f.len);
	n = sizeof(header) + f.len;
	frame_reader_init(&r);
	for (size_t i = 0; i + 1 < n; i++) {
		frame_reader_feed(&r, bytes + i, 1);
		T_INT("not before its last byte", frame_reader_next(&r, &got, &e), 0);
	}
	frame_reader_feed(&r, bytes + n - 1, 1);
	T_INT("a frame that came byte by byte", frame_reader_next(&r, &got, &e), 1);
	T_INT("is read", wire_get_text(&got, a, &text, &e), 0);
	T_TEXT("as it was sent", text, "hello");
	frame_reader_feed(&r, "\xff\xff\xff\xff\0\0\0\1", 8);
	T_INT("a length over the limit is refused", frame_reader_next(&r, &got, &e), -1);
	frame_reader_fini(&r);
	frame_fini(&f);
}

int
main(void)
{
	struct arena *a = arena_new((size_t)256 << 20);

	round_trip(a);
	refused(a);
	job_runs(a);
	run_rule(a);
	limits(a);
	hostile(a);
	streams(a);
	arena_free(a);
	return t_end();
}
