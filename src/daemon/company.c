/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the summary: many alerts in one letter to people.
 */
#include "daemon/company.h"

#include "daemon/teller.h"
#include "judge/wording.h"

#define ARENA_MAX ((size_t)64 << 20)

struct gathering {
	const struct ground *on;
	const struct way *way;
	struct arena *a;
	struct store_letter *letters;
	size_t n;
	span put_off; /* CLOCK_BOOTTIME */
};

/* The worst first, what is over last; among equals in the order in which they were told. */
static void
sort_lines(const struct store_letter *letters, size_t n, struct event_line *lines)
{
	size_t k = 0;

	for (int closed = 0; closed <= 1; closed++)
		for (int level = LEVEL_N - 1; level >= LEVEL_OK; level--)
			for (size_t i = 0; i < n; i++) {
				const struct store_letter *l = &letters[i];

				if ((int)l->level == level && event_closes(l->kind) == closed)
					lines[k++] =
					    (struct event_line){ l->kind, l->level, l->title };
			}
}

static struct event
event_of(struct gathering *g)
{
	struct event_line *lines = arena_array(g->a, g->n, sizeof(*lines));
	struct event v = { .kind = EVENT_SUMMARY,
		.since = INSTANT_NONE,
		.start_by = INSTANT_NONE,
		.until = INSTANT_NONE,
		.lines = lines,
		.nlines = g->n };

	for (size_t i = 0; i < g->n; i++) {
		const struct store_letter *l = &g->letters[i];

		v.folded += l->folded;
		if (!event_closes(l->kind))
			v.level = level_worst(v.level, l->level);
	}
	v.previous = v.level;
	sort_lines(g->letters, g->n, lines);
	return v;
}

static int
write_summary(void *self, struct err *e)
{
	struct gathering *g = self;
	struct store *s = g->on->world->store;
	struct wording *w = arena_alloc(g->a, sizeof(*w));
	struct event v = event_of(g);

	wording_summary(v.lines, v.nlines, w);
	v.title = w->title;
	v.body = w->body;
	v.parts = w->parts;
	teller_place(g->on, &v);
	/* a key of its own: what overtakes another summary must not end it */
	if (teller_letters(g->on, &v, arena_printf(g->a, "summary/%s", v.id),
		UINT64_C(1) << g->way->bit, e) < 0)
		return -1;
	for (size_t i = 0; i < g->n; i++)
		if (store_letter_done(s, g->letters[i].row, e) < 0)
			return -1;
	ledger_line(
	    g->on->ledger, "%s: %zu alerts are one letter: %s", g->way->conf->id, g->n, w->title);
	return 0;
}

static int
write_put_off(void *self, struct err *e)
{
	struct gathering *g = self;

	return store_letters_put_off(g->on->world->store, g->way->conf->id, g->put_off, e);
}

static bool
any_due(const struct gathering *g, span now)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->letters[i].due <= now)
			return true;
	return false;
}

void
company_gather(const struct ground *on, const struct way *w, bool urgent, span *next_at)
{
	struct gathering g = { .on = on, .way = w, .put_off = *next_at };
	span now = world_boot(on->world);

	if (!w->for_people)
		return;
	g.a = arena_new(ARENA_MAX);
	if (store_letters_company(on->world->store, w->conf->id, urgent, COMPANY_MAX, g.a,
		&g.letters, &g.n, NULL) == 0 &&
	    any_due(&g, now)) {
		if (now < *next_at) {
			ledger_write(on->ledger, write_put_off, &g);
		} else {
			*next_at = now + COMPANY_NEXT;
			if (g.n > 1)
				ledger_write(on->ledger, write_summary, &g);
		}
	}
	arena_free(g.a);
}
