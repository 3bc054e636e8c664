/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns when the daemon looks at itself, and who hears of it.
 */
#include "daemon/self.h"

#include "base/notify.h"
#include "base/text.h"
#include "daemon/old_degraded.h"
#include "daemon/self_items.h"
#include "daemon/take.h"
#include "probes/specs.h"

#include <stdio.h>
#include <string.h>

#define ARENA_MAX ((size_t)4 << 20)
#define NOTICE_EVERY SPAN_MIN /* what is looked at without being told of a change */
#define VALID_FOR (3 * SELF_EVERY)
#define DEAD_PREFIX "sink-dead:" /* numbers of the store: since when; 0: it is not */
#define DEAD_NAME (CONF_ID_MAX + sizeof(DEAD_PREFIX))

void
self_init(struct self *s, const struct ground *on, struct digest *digest, struct posts *posts,
    const struct gauges *gauges, const struct runs *runs, const struct commanded *commanded)
{
	*s = (struct self){ .on = on,
		.digest = digest,
		.posts = posts,
		.gauges = gauges,
		.runs = runs,
		.commanded = commanded,
		.commanded_since = INSTANT_NONE,
		.jumped_at = INSTANT_NONE,
		.changed = true };
}

void
self_configured(struct self *s, const char *fault)
{
	bool was = s->config_fault[0] != '\0';

	s->changed = true;
	if (fault == NULL) {
		s->config_fault[0] = '\0';
		return;
	}
	snprintf(s->config_fault, sizeof(s->config_fault), "%s", fault);
	if (!was)
		s->config_since = world_now(s->on->world);
}

/* ---- sinks that are dead, over a restart */

static const char *
dead_name(const char *id, char name[DEAD_NAME])
{
	snprintf(name, DEAD_NAME, DEAD_PREFIX "%s", id);
	return name;
}

static int
write_remembered(void *self, struct err *e)
{
	struct self *s = self;

	for (size_t i = 0; i < s->on->ways->n; i++) {
		const struct way *w = &s->on->ways->v[i];
		char name[DEAD_NAME];
		int64_t since;

		if (store_number(s->on->world->store, dead_name(w->conf->id, name), 0, &since, e) <
		    0)
			return -1;
		if (since == 0)
			continue;
		if (old_degraded_end(s->on, w, since, e) < 0)
			return -1;
		posts_know_dead(s->posts, i, since);
	}
	return 0;
}

void
self_remember(struct self *s)
{
	ledger_write(s->on->ledger, write_remembered, s);
}

/* Before it is told, so that over a crash it is told late rather than ended early. */
static int
write_dead(void *self, struct err *e)
{
	const struct self *s = self;

	for (size_t i = 0; i < s->on->ways->n; i++) {
		struct sink_state state;
		char name[DEAD_NAME];

		posts_state(s->posts, i, &state);
		if (store_set_number(s->on->world->store,
			dead_name(s->on->ways->v[i].conf->id, name), state.dead ? state.since : 0,
			e) < 0)
			return -1;
	}
	return 0;
}

/* ---- the check */

static const struct check_conf *
check_of(const struct self *s)
{
	const struct conf *c = s->on->generation->conf;

	return &c->checks[c->nchecks - 1];
}

/* For the service manager: the worst of what was found, and how many there are. */
static void
tell_manager(struct self *s, const struct result *r)
{
	const struct item *worst = NULL;
	char line[sizeof(s->status)], clean[sizeof(s->status)];
	size_t n = 0, watched = s->on->generation->conf->nchecks - 1;

	for (size_t i = 0; i < r->nitems; i++) {
		const struct item *it = &r->items[i];

		if (it->verdict.level == LEVEL_OK)
			continue;
		n++;
		if (worst == NULL || it->verdict.level > worst->verdict.level)
			worst = it;
	}
	if (worst == NULL)
		snprintf(line, sizeof(line), "STATUS=Watches %zu check%s", watched,
		    watched == 1 ? "" : "s");
	else
		snprintf(line, sizeof(line), "STATUS=%s: %s%s", level_name(worst->verdict.level),
		    worst->summary, n > 1 ? " (and more: forewarn status)" : "");
	text_clean_buf(clean, sizeof(clean), line, strlen(line));
	if (strcmp(clean, s->status) == 0)
		return;
	memcpy(s->status, clean, sizeof(clean));
	notify_send(clean);
}

static int
take(struct self *s, struct arena *a)
{
	struct result r = { .check = BUILTIN_CHECK, .probe = BUILTIN_CHECK };
	span waits; /* it hangs on nothing */
	int rc;

	r.taken = world_now(s->on->world);
	r.valid_until = instant_plus(r.taken, VALID_FOR);
	self_items(s, a, &r);
	rc = take_result(s->on, s->digest, &r, check_of(s), &waits);
	if (rc == 0)
		tell_manager(s, &r);
	return rc;
}

/* What nobody reports is noticed. */
static bool
notices(struct self *s)
{
	bool full = ledger_was_full(s->on->ledger), sinks = posts_changed(s->posts);
	char name[STORE_ASIDE_NAME];

	return full || sinks || s->changed || s->commanded_since != s->commanded->since ||
	       s->jumped_at != s->on->hostclock->jumped_at || self_room_short(s) != s->room_short ||
	       store_aside(s->on->world->store, name) != s->aside;
}

bool
self_look(struct self *s)
{
	span now = world_boot(s->on->world);
	struct arena *a;
	bool taken;

	if (now < s->next && !s->changed && !s->posts->changed && !s->on->ledger->full &&
	    s->commanded_since == s->commanded->since &&
	    s->jumped_at == s->on->hostclock->jumped_at)
		return false;
	if (!notices(s) && now - s->last < SELF_EVERY && s->last != 0) {
		s->next = now + NOTICE_EVERY;
		return false;
	}
	a = arena_new(ARENA_MAX);
	s->changed = false;
	s->jumped_at = s->on->hostclock->jumped_at;
	s->commanded_since = s->commanded->since;
	s->next = now + NOTICE_EVERY;
	taken = ledger_write(s->on->ledger, write_dead, s) == 0 && take(s, a) == 0;
	s->last = taken ? now : 0;   /* 0: again at the next notice */
	s->on->ledger->full = false; /* that it is full still was just looked at */
	arena_free(a);
	return taken;
}

span
self_next(const struct self *s)
{
	return s->changed || s->posts->changed || s->on->ledger->full ? 0 : s->next;
}
