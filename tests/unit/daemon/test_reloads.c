/* SPDX-License-Identifier: Apache-2.0
 *
 * Two hundred reloads at random while 20 checks come and go and the receiver is down at times: good
 * ones, some with faults, some that cannot be built, with checks renamed, taken out and added, the
 * site renamed, sinks added and taken out. What the receiver knows in the end is what is so.
 */
#include "base/str.h"
#include "tests/daemon_rig.h"
#include "tests/dice.h"

#include <stdlib.h>
#include <string.h>

#define START (1790000000 * INSTANT_S)
#define RELOADS 200
#define SLOTS 20
#define SEEDS 3
#define OPEN_MAX 4096

struct site {
	bool there[SLOTS];
	unsigned name[SLOTS]; /* of the check: how often it was renamed */
	unsigned site;        /* the same of the site */
	bool more_sinks;
};

static struct {
	struct dice dice;
	struct site in_force;
	enum rig_find is[SLOTS];
	bool down;
} world;

static size_t
draw(size_t n)
{
	return (size_t)(dice_u64(&world.dice) % n);
}

static enum rig_find
find(void *self, const char *check, instant now)
{
	int slot;

	(void)self, (void)now;
	return sscanf(check, "c%d-", &slot) == 1 && slot >= 0 && slot < SLOTS ? world.is[slot]
									      : RIG_OK;
}

static bool
receiver(void *self, const char *sink)
{
	(void)self;
	return strcmp(sink, "a") != 0 || !world.down;
}

static void
write_site(const struct site *s, const char *more)
{
	struct str out;
	bool any = false;

	str_init(&out, 1 << 16);
	str_addf(&out, "site = \"lab%u\"; checks = (", s->site);
	for (int i = 0; i < SLOTS; i++) {
		if (!s->there[i])
			continue;
		str_addf(&out,
		    "%s{ id = \"c%d-%u\"; probe = \"plugin\"; command = [ \"/bin/true\" ]; "
		    "every = \"1min\"; confirm = 1; }",
		    any ? "," : "", i, s->name[i]);
		any = true;
	}
	str_add(&out,
	    "); sinks = ( { id = \"a\"; type = \"webhook\"; url = \"http://127.0.0.1:9/\"; }");
	if (s->more_sinks)
		str_add(
		    &out, ", { id = \"b\"; type = \"webhook\"; url = \"http://127.0.0.1:10/\"; }");
	str_addf(&out, "%s );", more);
	rig_configure(out.s);
	str_fini(&out);
}

/* Another site than the one in force; check 0 stays, since a site without a check is refused. */
static void
change(struct site *s)
{
	size_t slot = 1 + draw(SLOTS - 1);

	switch (draw(5)) {
	case 0:
		s->there[slot] = !s->there[slot];
		break;
	case 1:
		s->name[slot]++;
		break;
	case 2:
		s->site++;
		break;
	case 3:
		s->more_sinks = !s->more_sinks;
		break;
	default:
		s->there[slot] = true;
	}
}

static void
one_reload(void)
{
	struct site next = world.in_force;

	change(&next);
	switch (draw(5)) {
	case 0:
		rig_configure("site = \"lab\"; checks = ( { id = 5; } );");
		break;
	case 1:
		write_site(&next,
		    ", { id = \"t\"; type = \"webhook\"; url = \"http://127.0.0.1:11/\"; "
		    "format = \"template\"; template_file = \"/nonexistent\"; }");
		break;
	default:
		write_site(&next, "");
		world.in_force = next;
	}
	daemon_reload(&rig.d);
}

static void
live(void)
{
	for (int i = 0; i < RELOADS; i++) {
		world.is[draw(SLOTS)] =
		    (enum rig_find[]){ RIG_OK, RIG_WARNING, RIG_CRITICAL, RIG_FAILS }[draw(4)];
		if (draw(10) == 0)
			world.down = !world.down;
		rig_pass((span)draw(240) * SPAN_S);
		one_reload();
	}
	world.down = false;
	write_site(&world.in_force, "");
	daemon_reload(&rig.d);
	rig_pass(8 * SPAN_H);
}

/* ---- what the receiver makes of it, by feed.md: one entry an open alert */

struct entry {
	char source[80], alert[EVENT_ID], subject[64];
};

static struct entry open_now[OPEN_MAX];
static size_t nopen, doubled, twice;

static size_t
entry_of(const struct rig_letter *l)
{
	for (size_t i = 0; i < nopen; i++)
		if (strcmp(open_now[i].source, l->source) == 0 &&
		    strcmp(open_now[i].alert, l->alert) == 0)
			return i;
	return nopen;
}

static void
receive(const struct rig_letter *l)
{
	size_t at = entry_of(l);

	if (strcmp(l->type, "forewarn.alert.resolved") == 0) {
		if (at < nopen)
			open_now[at] = open_now[--nopen];
		return;
	}
	doubled += strcmp(l->type, "forewarn.alert.raised") == 0 && at < nopen;
	if (at < nopen || nopen == OPEN_MAX)
		return;
	snprintf(open_now[at].source, sizeof(open_now[at].source), "%s", l->source);
	snprintf(open_now[at].alert, sizeof(open_now[at].alert), "%s", l->alert);
	snprintf(open_now[at].subject, sizeof(open_now[at].subject), "%s", l->subject);
	nopen++;
}

static void
read_feed(void)
{
	uint64_t last = 0;

	nopen = doubled = twice = 0;
	for (size_t i = 0; i < rig.nletters; i++) {
		const struct rig_letter *l = &rig.letters[i];

		if (strcmp(l->sink, "a") != 0 || !l->taken)
			continue;
		twice += l->sequence == last;
		last = l->sequence;
		if (l->alert[0] != '\0' && strncmp(l->type, "forewarn.alert.", 15) == 0)
			receive(l);
	}
}

/* How many alerts of that check are open at the receiver, under any source; *right: under this one.
 */
static size_t
known_of(const char *check, const char *source, size_t *right)
{
	size_t n = 0;

	*right = 0;
	for (size_t i = 0; i < nopen; i++)
		if (strcmp(open_now[i].subject, check) == 0) {
			n++;
			*right += strcmp(open_now[i].source, source) == 0;
		}
	return n;
}

struct opens {
	const char *check;
	size_t n;
};

static void
count_open(void *self, const struct store_standing *row)
{
	struct opens *o = self;

	o->n += row->st.open && strcmp(row->check, o->check) == 0;
}

/* Alerts of the check that are open here: what it says, and that it could not be checked. */
static size_t
open_here(const char *check)
{
	struct opens o = { check, 0 };

	store_standings(rig.d.world.store, NULL, count_open, &o, NULL);
	return o.n;
}

static void
compare(uint64_t seed)
{
	char row[64], source[80];
	size_t expected = 0, right;

	snprintf(source, sizeof(source), "/lab%u/host", world.in_force.site);
	for (int i = 0; i < SLOTS; i++) {
		bool bad = world.in_force.there[i] && world.is[i] != RIG_OK;
		char check[32];
		size_t want;

		snprintf(check, sizeof(check), "c%d-%u", i, world.in_force.name[i]);
		snprintf(row, sizeof(row), "seed %llu: %s is known as it is",
		    (unsigned long long)seed, check);
		want = open_here(check);
		T_TRUE(row, (want > 0) == bad);
		T_INT(row, known_of(check, source, &right), want);
		T_INT(row, right, want);
		expected += want;
	}
	known_of("forewarn", source, &right);
	snprintf(row, sizeof(row), "seed %llu: no ghost", (unsigned long long)seed);
	T_INT(row, nopen, expected + right);
	snprintf(row, sizeof(row), "seed %llu: none is raised twice", (unsigned long long)seed);
	T_INT(row, doubled, 0);
	T_INT(row, twice, 0);
}

static void
one_life(uint64_t seed)
{
	memset(&world, 0, sizeof(world));
	world.dice.s = seed;
	for (int i = 0; i < SLOTS; i++)
		world.in_force.there[i] = i % 2 == 0;
	rig_open(START);
	rig.nletters = 0;
	write_site(&world.in_force, "");
	rig_start();
	rig_pass(10 * SPAN_MIN);
	live();
	read_feed();
	compare(seed);
	T_TRUE("much was told", rig.nletters > RELOADS);
	rig_stop();
	rig_close();
}

int
main(void)
{
	rig.find = find;
	rig.receiver = receiver;
	for (uint64_t seed = 1; seed <= SEEDS; seed++)
		one_life(seed);
	return t_end();
}
