/* SPDX-License-Identifier: Apache-2.0
 *
 * What a clock check remembers: written and read back, cut and changed anywhere; servers that
 * refused; what people accepted.
 */
#include "probes/clock/memory.h"
#include "probes/clock/refusals.h"
#include "probes/clock/remember.h"
#include "tests/probe_harness.h"
#include "tests/t.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define WALL (1795000000LL * SPAN_S)

static char folder[] = "/tmp/forewarn-memory-XXXXXX";

static void
fill(struct memory *m)
{
	static struct event events[MEMORY_EVENTS_MAX];
	static struct refusal refusals[MEMORY_REFUSALS_MAX];
	static struct point points[MEMORY_POINTS_MAX];

	for (size_t i = 0; i < MEMORY_EVENTS_MAX; i++)
		events[i] = (struct event){ EVENT_MOVED, 1, (int64_t)i + 2, 3, 0, "a", "b" };
	for (size_t i = 0; i < MEMORY_REFUSALS_MAX; i++)
		refusals[i] = (struct refusal){ "192.0.2.1:123", "DENY", 1, 2, 3 };
	for (size_t i = 0; i < MEMORY_POINTS_MAX; i++)
		points[i] = (struct point){ (int64_t)i, 2, 3, -4.5 };
	*m = (struct memory){ .last = { .boot_id = "id",
				  .wall = WALL,
				  .zone = "Asia/Karachi",
				  .rules = 7,
				  .measured = true,
				  .offset = -5 },
		.events = events,
		.nevents = MEMORY_EVENTS_MAX,
		.refusals = refusals,
		.nrefusals = MEMORY_REFUSALS_MAX,
		.points = points,
		.npoints = MEMORY_POINTS_MAX,
		.kept = true };
}

static size_t
slurp(int dir, uint8_t *buf, size_t size)
{
	int fd = openat(dir, "clock", O_RDONLY);
	ssize_t n = read(fd, buf, size);

	close(fd);
	return n < 0 ? 0 : (size_t)n;
}

static void
there_and_back(struct harness *h)
{
	static uint8_t bytes[64 << 10], copy[64 << 10];
	struct memory m, got;
	struct err e = { 0 };
	size_t n;

	fill(&m);
	T_INT("written", memory_write(&h->ctx, &m, &e), 0);
	memory_read(&h->ctx, &got);
	T_TRUE("no trouble", got.trouble == NULL);
	T_TEXT("the look", got.last.zone, "Asia/Karachi");
	T_INT("its offset", got.last.offset, -5);
	T_INT("all events", (long)got.nevents, MEMORY_EVENTS_MAX);
	T_INT("in their order", got.events[5].to, 7);
	T_INT("all refusals", (long)got.nrefusals, MEMORY_REFUSALS_MAX);
	T_INT("all points", (long)got.npoints, MEMORY_POINTS_MAX);
	T_TRUE("with their frequency", got.points[143].frequency == -4.5);
	n = slurp(h->ctx.state_fd, bytes, sizeof(bytes));
	T_TRUE("sound", memory_unpack(bytes, n, &got, h->arena) == NULL);
	for (size_t i = 0; i < n; i++) {
		T_TRUE("cut", memory_unpack(bytes, i, &got, h->arena) != NULL);
		if (i % 7 != 0 && i > 64)
			continue;
		memcpy(copy, bytes, n);
		copy[i] ^= 0x20;
		T_TRUE("changed", memory_unpack(copy, n, &got, h->arena) != NULL);
		T_INT("nothing of it is believed", (long)got.nevents, 0);
	}
	bytes[n] = 0;
	T_TRUE("a byte more", memory_unpack(bytes, n + 1, &got, h->arena) != NULL);
	m.nevents = MEMORY_EVENTS_MAX + 1;
	m.events = calloc(m.nevents, sizeof(*m.events));
	for (size_t i = 0; i < m.nevents; i++)
		m.events[i].before = m.events[i].now = "";
	T_INT("one event too many is written", memory_write(&h->ctx, &m, &e), 0);
	memory_read(&h->ctx, &got);
	T_HAS("and refused", got.trouble, "damaged");
	free(m.events);
	memory_read(&h->ctx, &got);
	T_TRUE("set aside once", got.trouble == NULL && got.last.boot_id[0] == '\0');
}

static struct ask_server
server(struct net_address *address, const char *kiss, size_t samples)
{
	struct ask_server s = { .addresses = address, .naddresses = 1, .nsamples = samples };

	snprintf(s.kiss, sizeof(s.kiss), "%s", kiss);
	return s;
}

static void
refusals(struct harness *h)
{
	struct memory m = { .kept = true };
	struct net_address one, two;
	struct ask_server s;
	char id[REFUSAL_ID];
	struct accept by = { .finding = id };
	int64_t wall = WALL;

	net_address_parse("192.0.2.1", 123, &one);
	net_address_parse("192.0.2.2", 123, &two);
	T_TRUE("nothing known", refusal_of(&m, &one, wall) == NULL);
	s = server(&one, "DENY", 0);
	refusals_note(&m, &s, 1, wall, h->arena);
	T_TRUE("denied: not asked", refusal_of(&m, &one, wall + SPAN_DAY) != NULL);
	T_TRUE("another one is", refusal_of(&m, &two, wall) == NULL);
	T_TRUE("not for ever", refusal_of(&m, &one, wall + REFUSAL_DENIED) == NULL);
	T_TRUE(
	    "the clock was set back a year", refusal_of(&m, &one, wall - 365 * SPAN_DAY) == NULL);
	s.held = refusal_of(&m, &one, wall);
	refusals_note(&m, &s, 1, wall + SPAN_H, h->arena);
	T_INT("held is not noted anew", m.refusals[0].until, wall + REFUSAL_DENIED);
	refusal_id(&m.refusals[0], id);
	h->handed = (struct handed){ .accepts = &by, .naccepts = 1 };
	refusals_accept(&m, &h->ctx);
	T_TRUE("accepted: asked again", refusal_of(&m, &one, wall) == NULL);
	h->handed = (struct handed){ .naccepts = 0 };

	s = server(&two, "RATE", 0);
	for (int64_t want = REFUSAL_RATE; want < REFUSAL_RATE_MAX; want *= 2) {
		refusals_note(&m, &s, 1, wall, h->arena);
		T_TRUE("a pause", refusal_of(&m, &two, wall + want - 1) != NULL);
		T_TRUE("that ends", refusal_of(&m, &two, wall + want) == NULL);
		wall += want;
	}
	for (int i = 0; i < 3; i++)
		refusals_note(&m, &s, 1, wall, h->arena);
	T_INT("at most a day", m.refusals[0].wait, REFUSAL_RATE_MAX);
	s = server(&two, "", 4);
	refusals_note(&m, &s, 1, wall, h->arena);
	T_INT("it answers: forgotten", (long)m.nrefusals, 0);
	for (int i = 0; i <= MEMORY_REFUSALS_MAX; i++) {
		char text[32];

		snprintf(text, sizeof(text), "192.0.2.%d", i);
		net_address_parse(text, 123, &one);
		s = server(&one, "RSTR", 0);
		refusals_note(&m, &s, 1, wall, h->arena);
	}
	T_INT("as many as there is room for", (long)m.nrefusals, MEMORY_REFUSALS_MAX);
}

/* The items alone: what the looks remember lies in the same arena. */
static void
forget(struct harness *h)
{
	h->nitems = 0;
}

/* One look after another through remember_tell; the looks' own clocks are this machine's. */
static void
told(struct harness *h)
{
	struct clock_conf c = { .max_offset = SPAN_S };
	struct surroundings s = { .boot_id = "a", .zone = "Asia/Karachi", .rules = 1 };
	struct surroundings other = { .boot_id = "a", .zone = "Europe/Berlin", .rules = 2 };
	struct surroundings third = { .boot_id = "a", .zone = "Europe/Berlin", .rules = 3 };
	struct told t = { .measured = true, .bound = SPAN_MS };
	struct memory m = { .kept = true, .last = { .boot_id = "", .zone = "" } };
	struct accept by = { 0 };
	char id[64];

	remember_tell(&h->ctx, &c, &m, &t, &s);
	T_INT("the first look has nothing to compare", (long)h->nitems, 0);
	remember_tell(&h->ctx, &c, &m, &t, &s);
	T_INT("the next has", harness_item(h, "clock.step", NULL)->state, ITEM_FINE);
	T_HAS("since when", harness_item(h, "clock.step", NULL)->summary, "was not set since 20");
	T_INT("the zone", harness_item(h, "clock.zone", NULL)->state, ITEM_FINE);
	m.last.wall += 540 * SPAN_S; /* as if the clock had been nine minutes ahead then */
	forget(h);
	remember_tell(&h->ctx, &c, &m, &t, &s);
	T_TEXT(
	    "a clock that was wrong", harness_item(h, "clock.step", NULL)->finding, "moved-back");
	T_HAS("by how much", harness_item(h, "clock.step", NULL)->summary,
	    "was moved back by 9 min between 20");
	forget(h);
	remember_tell(&h->ctx, &c, &m, &t, &s);
	T_TEXT("it stays", harness_item(h, "clock.step", NULL)->finding, "moved-back");
	snprintf(id, sizeof(id), "%s",
	    harness_evidence(harness_item(h, "clock.step", NULL), FINDING_KEY));
	by.finding = id;
	h->handed = (struct handed){ .accepts = &by, .naccepts = 1 };
	forget(h);
	remember_tell(&h->ctx, &c, &m, &t, &s);
	T_INT("until it is accepted", harness_item(h, "clock.step", NULL)->state, ITEM_FINE);
	h->handed = (struct handed){ .naccepts = 0 };
	forget(h);
	remember_tell(&h->ctx, &c, &m, &t, &other);
	T_TEXT("another zone", harness_item(h, "clock.zone", NULL)->finding, "zone-changed");
	T_HAS("from where to where", harness_item(h, "clock.zone", NULL)->summary,
	    "from Asia/Karachi to Europe/Berlin");
	T_INT("is no step", harness_item(h, "clock.step", NULL)->state, ITEM_FINE);
	m.nevents = 0;
	forget(h);
	remember_tell(&h->ctx, &c, &m, &t, &third);
	T_TEXT("its rules", harness_item(h, "clock.zone", NULL)->finding, "zone-rules");
	m.events[0].to -= 8 * SPAN_DAY;
	forget(h);
	remember_tell(&h->ctx, &c, &m, &t, &third);
	T_INT("are told for a week", harness_item(h, "clock.zone", NULL)->state, ITEM_FINE);
	for (int i = 0; i <= MEMORY_EVENTS_MAX; i++) {
		m.last.wall += 540 * SPAN_S;
		remember_tell(&h->ctx, &c, &m, &t, &third);
	}
	T_INT("as many events as there is room for", (long)m.nevents, MEMORY_EVENTS_MAX);
	m.last.boot_id = "b";
	m.nevents = 0;
	forget(h);
	remember_tell(&h->ctx, &c, &m, &t, &third);
	T_HAS("after a start", harness_item(h, "clock.step", NULL)->summary, "started anew");
}

int
main(void)
{
	struct harness h;

	if (mkdtemp(folder) == NULL)
		return 1;
	harness_init(&h);
	h.ctx.state_fd = open(folder, O_RDONLY | O_DIRECTORY);
	there_and_back(&h);
	refusals(&h);
	told(&h);
	unlinkat(h.ctx.state_fd, "clock", 0);
	unlinkat(h.ctx.state_fd, "clock.damaged", 0);
	close(h.ctx.state_fd);
	rmdir(folder);
	harness_fini(&h);
	return t_end();
}
