/* SPDX-License-Identifier: Apache-2.0 */
#include "tray/menu.h"

#include "tests/t.h"

#include <stdlib.h>

#define NOW (INT64_C(1793613600) * INSTANT_S) /* Mon 2 Nov 2026 10:00 UTC */
#define DAY (86400 * INSTANT_S)

static struct facts *
things(size_t n)
{
	static const enum level levels[] = { LEVEL_PLAN, LEVEL_ACT, LEVEL_STOP };
	struct facts *f = facts_new();

	f->reach = REACH_OK;
	f->v = arena_array(f->a, n + 1, sizeof(*f->v));
	for (size_t i = 0; i < n; i++)
		f->v[f->n++] = (struct fact){ .alert = arena_printf(f->a, "id%zu", i),
			.fingerprint = arena_printf(f->a, "lab/pc/c/%zu/r", i),
			.check = "c",
			.check_title = arena_printf(f->a, "Check %zu", i),
			.title = arena_printf(f->a, "Thing %zu", i),
			.body = "What it is and what is to be done about it before long.",
			.acked_by = "sana",
			.level = levels[i % 3],
			.open = true,
			.since = NOW,
			.start_by = i % 2 == 0 ? NOW + (instant)i * DAY : INSTANT_NONE };
	facts_done(f);
	return f;
}

static const struct menu_around around = { .user = "me", .paint = PAINT_LIGHT };

static const struct menu_row *
labelled(const struct menu *m, const char *label)
{
	for (size_t i = 0; i < m->n; i++)
		if (strncmp(m->v[i].label, label, strlen(label)) == 0)
			return &m->v[i];
	return NULL;
}

/* The row of that act for that argument. */
static const struct menu_row *
acting(const struct menu *m, enum menu_act act, const char *arg)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].act == act && strcmp(m->v[i].arg, arg) == 0)
			return &m->v[i];
	return NULL;
}

static void
shape(const struct menu *m, const char *row)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct menu_row *r = &m->v[i];
		const struct menu_row *above = r->parent != 0 ? menu_find(m, r->parent) : NULL;

		T_TRUE(row, r->id > 0);
		T_TRUE(row, menu_find(m, r->id) == r); /* no id twice */
		T_TRUE(row, r->parent == 0 || (above != NULL && above->has_rows));
	}
}

static void
rows(void)
{
	struct facts *f = things(3);
	struct menu *m = menu_new(f, &around, NOW), *again;

	shape(m, "three things");
	T_TRUE("stop can be taken", acting(m, MENU_ACK, "id2") != NULL);
	T_TRUE("stop is never muted", acting(m, MENU_MUTE_1H, "lab/pc/c/2/r") == NULL);
	T_TRUE("act is", acting(m, MENU_MUTE_DAY, "lab/pc/c/1/r") != NULL);
	T_TRUE("what can wait has no row of its own", acting(m, MENU_ACK, "id0") == NULL);
	T_TRUE("its day is under what fails next", labelled(m, "Start today  ·  Check 0") != NULL);
	T_TRUE("with the day to start", labelled(m, "Thing 2  ·  by Wed 4 Nov") != NULL);
	f->v[0].title = "Thing 2: start by Wed 4 November";
	again = menu_new(f, &around, NOW);
	T_TEXT("and not twice", labelled(again, "Thing 2")->label, f->v[0].title);
	menu_free(again);
	T_TRUE("no run is muted", acting(m, MENU_RUN_OVER, "") == NULL);
	menu_free(m);
	f->v[0].acked = true;
	m = menu_new(f, &around, NOW);
	T_TRUE("taken", labelled(m, "Taken by sana") != NULL);
	T_TRUE("not twice", acting(m, MENU_ACK, f->v[0].alert) == NULL);
	menu_free(m);
	facts_free(f);
	f = things(400);
	m = menu_new(f, &around, NOW);
	shape(m, "four hundred");
	T_TRUE("a menu is no list", m->n < 120);
	T_TRUE("the rest is counted", labelled(m, "260 more") != NULL);
	menu_free(m);
	facts_free(f);
}

/* A click on its way while the menu changes means the same thing, or nothing. */
static void
steady(void)
{
	struct facts *f = things(3), *g = things(9), *none = things(0);
	struct menu *m = menu_new(f, &around, NOW), *n = menu_new(g, &around, NOW);
	struct menu *again = menu_new(f, &around, NOW), *empty = menu_new(none, &around, NOW);
	int32_t id = acting(m, MENU_ACK, "id2")->id;

	T_TRUE("the same things, the same menu", menu_same(m, again));
	T_TRUE("others, another", !menu_same(m, n) && !menu_same(m, NULL));
	T_TEXT("the click means the same alert", menu_find(n, id)->arg, "id2");
	T_TRUE("or nothing, when it is over", menu_find(empty, id) == NULL);
	menu_free(m);
	menu_free(n);
	menu_free(again);
	menu_free(empty);
	facts_free(f);
	facts_free(g);
	facts_free(none);
}

static void
without(void)
{
	struct facts *f = facts_new();
	struct menu *m = menu_new(f, &around, NOW);

	T_TRUE("no daemon: own checks are offered", acting(m, MENU_OWN, "") != NULL);
	T_TRUE("and nothing is asked of it", acting(m, MENU_CHECK, "") == NULL);
	menu_free(m);
	m = menu_new(f, &(struct menu_around){ .user = "me", .busy = true }, NOW);
	T_TRUE("while they run, not again", acting(m, MENU_OWN, "") == NULL);
	menu_free(m);
	facts_free(f);
}

static void
mute(void)
{
	struct facts *f = things(1);
	const char *reason;
	instant until;

	T_TRUE("an hour", menu_mute(MENU_MUTE_1H, NOW, &until, &reason));
	T_INT("an hour", until - NOW, 3600 * INSTANT_S);
	menu_mute(MENU_MUTE_DAY, NOW, &until, &reason);
	T_INT("tomorrow at eight", until - NOW, 22 * 3600 * INSTANT_S);
	T_TRUE("the run", menu_mute(MENU_MUTE_RUN, NOW, &until, &reason));
	T_TRUE("other rows mute nothing", !menu_mute(MENU_ACK, NOW, &until, &reason));
	f->silenced = &(struct ctl_silenced){ 7, "p", { NOW, until, false, "me", reason }, true };
	f->nsilenced = 1;
	menu_mute(MENU_MUTE_RUN, NOW, &until, &reason);
	f->silenced->silence.reason = reason;
	f->silenced->silence.until = until;
	T_INT("its row", facts_run_silence(f, "me", NOW), 7);
	T_INT("another's is not mine", facts_run_silence(f, "omar", NOW), -1);
	T_INT("over by itself", facts_run_silence(f, "me", until), -1);
	facts_free(f);
}

int
main(void)
{
	setenv("TZ", "UTC", 1);
	rows();
	steady();
	without();
	mute();
	return t_end();
}
