/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how a result lies in the store: the frames that the worker sent, once more.
 */
#include "daemon/results.h"

#include "base/str.h"
#include "judge/judge.h"
#include "model/wire.h"
#include "probes/specs.h"
#include "watch/runner.h"

#include <stdio.h>
#include <string.h>

#define ARENA_MAX ((size_t)512 << 20)

static void
add_frame(struct str *all, const struct frame *f)
{
	uint8_t header[FRAME_HEADER];

	frame_header(f, header);
	str_addn(all, (const char *)header, FRAME_HEADER);
	str_addn(all, (const char *)f->data, f->len);
}

/* A number of the store, with the id of the check behind it. */
#define SUCCEEDED "succeeded:"
#define NUMBER_NAME (CONF_ID_MAX + sizeof(SUCCEEDED))

static const char *
number_of(const char *check, char buf[NUMBER_NAME])
{
	snprintf(buf, NUMBER_NAME, SUCCEEDED "%s", check);
	return buf;
}

static bool
measured_anything(const struct result *r)
{
	for (size_t i = 0; i < r->nitems; i++)
		if (r->items[i].state != ITEM_UNKNOWN)
			return true;
	return false;
}

int
results_succeeded(struct store *s, const struct result *r, instant *out, struct err *e)
{
	char name[NUMBER_NAME];

	*out = r->taken;
	if (measured_anything(r))
		return 0;
	return store_number(s, number_of(r->check, name), INSTANT_NONE, out, e);
}

int
results_put(struct store *s, const struct check_conf *k, const struct result *r, struct err *e)
{
	struct store_result sr = { r->taken, r->valid_until, r->took, NULL, 0 };
	struct wire_end end = { (uint32_t)r->nitems, r->host_clock };
	char name[NUMBER_NAME];
	struct frame f;
	struct str all;
	int rc;

	str_init(&all, RUN_BYTES_MAX);
	frame_init(&f, 0);
	if (r->cell != NULL) {
		frame_restart(&f, WIRE_CELL);
		wire_put_text(&f, r->cell);
		add_frame(&all, &f);
	}
	for (size_t i = 0; i < r->nitems; i++) {
		wire_put_item(&f, &r->items[i]);
		add_frame(&all, &f);
	}
	wire_put_end(&f, &end);
	add_frame(&all, &f);
	sr.frames = all.s;
	sr.len = all.len;
	rc = store_result_put(s, k->id, &sr, e);
	if (rc == 0 && measured_anything(r))
		rc = store_set_number(s, number_of(k->id, name), r->taken, e);
	frame_fini(&f);
	str_fini(&all);
	return rc;
}

static int
unpack(const struct store_result *sr, const struct rule *rules, struct arena *a, struct result *out,
    struct err *e)
{
	struct frame_reader reader;
	struct wire_end end = { 0 };
	struct frame f;
	size_t cap = 0;
	int rc;

	frame_reader_init(&reader);
	frame_reader_feed(&reader, sr->frames, sr->len);
	while ((rc = frame_reader_next(&reader, &f, e)) == 1) {
		if (f.kind == WIRE_END) {
			rc = wire_get_end(&f, &end, e);
			break;
		}
		if (f.kind == WIRE_CELL) {
			if ((rc = wire_get_text(&f, a, &out->cell, e)) < 0)
				break;
			continue;
		}
		out->items = arena_grow(a, out->items, out->nitems, &cap, sizeof(*out->items));
		if (wire_get_item(&f, rules, a, &out->items[out->nitems], e) < 0) {
			rc = -1;
			break;
		}
		out->nitems++;
	}
	out->host_clock = end.host_clock;
	frame_reader_fini(&reader);
	return rc;
}

int
results_get(struct store *s, const struct check_conf *k, struct arena *a, struct result *out,
    bool *there, struct err *e)
{
	struct store_result sr;

	if (store_result_get(s, k->id, a, &sr, there, e) < 0)
		return -1;
	if (!*there)
		return 0;
	*out = (struct result){ .check = k->id,
		.probe = k->probe,
		.taken = sr.taken,
		.valid_until = sr.valid_until,
		.took = sr.took };
	/* written by a version whose rules were others: as if there were none */
	if (unpack(&sr, probe_find(k->probe)->rules, a, out, NULL) < 0)
		*there = false;
	return 0;
}

struct judge_terms
results_terms(const struct ground *on, const struct check_conf *k)
{
	return (struct judge_terms){ k->lead, k->auto_renew, hostclock_ahead(on->hostclock),
		hostclock_doubt(on->hostclock, on->world) };
}

int
results_judged(const struct ground *on, const struct check_conf *k, struct arena *a,
    struct result *out, bool *there, struct err *e)
{
	const struct judge_terms terms = results_terms(on, k);

	if (results_get(on->world->store, k, a, out, there, e) < 0)
		return -1;
	if (*there)
		judge_result(out, probe_find(k->probe)->rules, &terms, world_now(on->world));
	return 0;
}

const struct item *
result_item(const struct result *r, const char *target, const char *rule)
{
	for (size_t i = 0; i < r->nitems; i++)
		if (strcmp(r->items[i].target, target) == 0 && strcmp(r->items[i].rule, rule) == 0)
			return &r->items[i];
	return NULL;
}

span
results_age(struct store *s, const char *check, instant now)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct store_result r;
	span age = SPAN_MAX;
	bool there;

	if (store_result_get(s, check, a, &r, &there, NULL) == 0 && there && r.taken <= now)
		age = instant_minus(now, r.taken);
	arena_free(a);
	return age;
}

span
results_left(struct store *s, const char *check, instant now)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct store_result r;
	span left = 0;
	bool there;

	if (store_result_get(s, check, a, &r, &there, NULL) == 0 && there && r.valid_until > now)
		left = instant_minus(r.valid_until, now);
	arena_free(a);
	return left;
}
