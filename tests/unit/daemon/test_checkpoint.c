/* SPDX-License-Identifier: Apache-2.0
 *
 * What checks have kept: it goes out once a day in events that hold all of it, is counted when a
 * receiver has taken it, goes back with the next job as far as that has room, and is forgotten with
 * the thing it is of.
 */
#include "daemon/accepted.h"
#include "daemon/checkpoint.h"
#include "tests/daemon_rig.h"

#include <stdlib.h>
#include <string.h>

#define START (1790000000 * INSTANT_S)
#define THINGS (CHECKPOINT_HEADS + 1)
#define MANY 200 /* targets as long as they may be: more than a job takes */
#define CONF                                                                                       \
	"site = \"lab\"; checks = ( { id = \"a\"; probe = \"cert\"; paths = [ \"/dev/null\" ]; "   \
	"every = \"10min\"; } ); sinks = ( { id = \"msp\"; type = \"webhook\"; "                   \
	"url = \"http://127.0.0.1:10/\"; } );"

static struct item items[MANY];
static struct keep keeps[MANY];
static size_t n;
static bool taken;

static enum rig_find
find(void *self, const char *check, instant now)
{
	(void)self, (void)check, (void)now;
	return RIG_OK;
}

static void
dress(void *self, struct result *r)
{
	(void)self;
	for (size_t i = 0; i < n; i++) {
		items[i] = r->items[0];
		items[i].rule = "cert.expiry";
		items[i].target = keeps[i].target;
	}
	r->items = items;
	r->nitems = n;
	r->keeps = keeps;
	r->nkeeps = n;
}

static bool
receiver(void *self, const char *sink)
{
	(void)self, (void)sink;
	return taken;
}

static void
names(struct arena *a, size_t many, size_t len)
{
	n = many;
	for (size_t i = 0; i < n; i++) {
		char *target = arena_alloc(a, len + 1);

		memset(target, 'x', len);
		memcpy(target, arena_printf(a, "/%03zu", i), 4);
		target[len] = '\0';
		keeps[i] = (struct keep){ target, "fw1 kept", 0 };
	}
}

static size_t
told(void)
{
	return rig_count("msp", "forewarn.checkpoint", "a", 0);
}

static void
begin(void)
{
	rig_open(START);
	rig.nletters = 0;
	rig_configure(CONF);
	rig_start();
	rig_pass(30 * SPAN_MIN);
}

static void
once_a_day(struct arena *a)
{
	const struct handed *h;

	names(a, THINGS, 20);
	taken = true;
	begin();
	T_INT("one more than an event holds: two of them", told(), 2);
	rig_pass(SPAN_DAY - 40 * SPAN_MIN);
	T_INT("no more on that day", told(), 2);
	rig_pass(SPAN_H);
	T_INT("two the next day", told(), 4);
	h = accepted_handed(&rig.d.ground, "a", a);
	T_INT("all go back with the job", h->nkeeps, THINGS);
	T_INT("four letters of which each was of all", (int64_t)h->keeps[0].outside, 4);
	rig_stop();
	rig_close();
}

static void
nobody_takes_it(struct arena *a)
{
	const struct handed *h;

	names(a, 2, 20);
	taken = false;
	begin();
	h = accepted_handed(&rig.d.ground, "a", a);
	T_INT("nobody has it", (int64_t)h->keeps[0].outside, 0);
	T_TEXT("that text", h->keeps[1].text, "fw1 kept");
	n = 1;
	rig_pass(30 * SPAN_MIN);
	h = accepted_handed(&rig.d.ground, "a", a);
	T_INT("a thing that is gone is forgotten", h->nkeeps, 1);
	rig_stop();
	rig_close();
}

static void
room(struct arena *a)
{
	const struct handed *h;
	size_t bytes = 0;

	names(a, MANY, HANDED_TARGET_MAX);
	taken = true;
	begin();
	h = accepted_handed(&rig.d.ground, "a", a);
	for (size_t i = 0; i < h->nkeeps; i++)
		bytes += strlen(h->keeps[i].target) + strlen(h->keeps[i].text);
	T_TRUE("no more than a job takes", bytes <= HANDED_BYTES_MAX);
	T_TRUE("and not one less", bytes + HANDED_TARGET_MAX + 8 > HANDED_BYTES_MAX);
	rig_stop();
	rig_close();
}

int
main(void)
{
	struct arena *a = arena_new((size_t)64 << 20);

	rig.find = find;
	rig.dress = dress;
	rig.receiver = receiver;
	once_a_day(a);
	nobody_takes_it(a);
	room(a);
	arena_free(a);
	return t_end();
}
