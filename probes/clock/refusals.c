/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the list of servers that refused.
 */
#include "refusals.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static struct refusal *
find(const struct memory *m, const struct net_address *address)
{
	char text[NET_ADDRESS_TEXT];

	net_address_text(address, text);
	for (size_t i = 0; i < m->nrefusals; i++)
		if (strcmp(m->refusals[i].address, text) == 0)
			return &m->refusals[i];
	return NULL;
}

const struct refusal *
refusal_of(const struct memory *m, const struct net_address *address, int64_t wall)
{
	const struct refusal *r = find(m, address);

	/* a clock that was set back: the pause begins where the clock stands */
	if (r == NULL || wall >= r->until || r->until - wall > r->wait)
		return NULL;
	return r;
}

void
refusal_id(const struct refusal *r, char id[REFUSAL_ID])
{
	uint64_t h = UINT64_C(14695981039346656037) ^ (uint64_t)r->since;

	for (const char *p = r->address; *p != '\0'; p++)
		h = (h ^ (uint8_t)*p) * UINT64_C(1099511628211);
	snprintf(id, REFUSAL_ID, "%016" PRIx64, h);
}

static void
drop(struct memory *m, struct refusal *r)
{
	*r = m->refusals[--m->nrefusals];
}

void
refusals_accept(struct memory *m, const struct probe_ctx *ctx)
{
	const struct handed *h = ctx->handed;
	char id[REFUSAL_ID];

	for (size_t i = 0; i < m->nrefusals; i++) {
		refusal_id(&m->refusals[i], id);
		for (size_t k = 0; k < h->naccepts; k++)
			if (strcmp(h->accepts[k].finding, id) == 0) {
				drop(m, &m->refusals[i--]);
				break;
			}
	}
}

/* How long to wait now, after `before` (0: not before). */
static int64_t
pause_after(const char *code, int64_t before)
{
	if (strcmp(code, "RATE") != 0)
		return REFUSAL_DENIED;
	if (before == 0)
		return REFUSAL_RATE;
	return before * 2 < REFUSAL_RATE_MAX ? before * 2 : REFUSAL_RATE_MAX;
}

static void
note(struct memory *m, const struct ask_server *s, int64_t wall, struct arena *a)
{
	const struct net_address *address = &s->addresses[s->address];
	struct refusal *r = find(m, address);
	char text[NET_ADDRESS_TEXT];
	int64_t before;

	if (r == NULL && m->nrefusals == MEMORY_REFUSALS_MAX)
		return;
	if (r == NULL) {
		r = &m->refusals[m->nrefusals++];
		*r = (struct refusal){ .address = arena_text(a, net_address_text(address, text)),
			.since = wall };
	}
	before = r->code != NULL && strcmp(r->code, s->kiss) == 0 ? r->wait : 0;
	r->code = arena_text(a, s->kiss);
	r->wait = pause_after(r->code, before);
	r->until = wall + r->wait;
}

void
refusals_note(struct memory *m, const struct ask_server *s, size_t n, int64_t wall, struct arena *a)
{
	struct refusal *room = arena_array(a, MEMORY_REFUSALS_MAX, sizeof(*room));

	if (m->nrefusals > 0)
		memcpy(room, m->refusals, m->nrefusals * sizeof(*room));
	m->refusals = room;
	for (size_t i = 0; i < n; i++) {
		struct refusal *known =
		    s[i].naddresses == 0 ? NULL : find(m, &s[i].addresses[s[i].address]);

		if (s[i].naddresses == 0 || s[i].held != NULL)
			continue;
		if (strcmp(s[i].kiss, "DENY") == 0 || strcmp(s[i].kiss, "RSTR") == 0 ||
		    strcmp(s[i].kiss, "RATE") == 0)
			note(m, &s[i], wall, a);
		else if (known != NULL && s[i].nsamples > 0)
			drop(m, known);
	}
}
