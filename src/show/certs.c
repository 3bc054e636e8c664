/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how items of several checks become the rows of the inventory.
 */
#include "show/certs_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PLACE_GAP "; " /* between the places in one piece of evidence */

/* One check's word about one certificate, or about a place that it could not look at. */
struct seeing {
	const struct item *it;
	const struct report_check *check;
	const char *sha; /* NULL: a place */
};

const char *
certs_state_name(enum certs_state s)
{
	static const char *const names[CERTS_STATE_N] = { "seen", "gone", "not looked at" };

	return names[s];
}

static const char *
evidence_of(const struct item *it, const char *key)
{
	for (size_t i = 0; i < it->nevidence; i++)
		if (strcmp(it->evidence[i].key, key) == 0)
			return it->evidence[i].value;
	return NULL;
}

static bool
ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	return n >= m && strcmp(text + n - m, end) == 0;
}

static bool
finding_begins(const struct item *it, const char *with)
{
	return it->state == ITEM_FOUND && it->finding != NULL &&
	       strncmp(it->finding, with, strlen(with)) == 0;
}

/* --- what is taken in --- */

/* A place that shows nothing: it could not be read, or a token is not plugged in. */
static bool
is_unseen_place(const struct item *it)
{
	return it->state == ITEM_UNKNOWN || finding_begins(it, "absent") ||
	       finding_begins(it, "no-match");
}

static int
by_target(const void *a, const void *b)
{
	const struct seeing *x = a, *y = b;

	if (x->check != y->check)
		return x->check < y->check ? -1 : 1;
	return strcmp(x->it->target, y->it->target);
}

/* By certificate, in the order of the checks; places come last. */
static int
by_sha(const void *a, const void *b)
{
	const struct seeing *x = a, *y = b;
	int d;

	if (x->sha == NULL || y->sha == NULL)
		return x->sha == y->sha ? by_target(a, b) : x->sha == NULL ? 1 : -1;
	d = strcmp(x->sha, y->sha);
	return d != 0 ? d : by_target(a, b);
}

static size_t
collect(const struct report *r, struct seeing *v)
{
	size_t n = 0, ncerts;

	for (size_t i = 0; i < r->nchecks; i++)
		for (size_t k = 0; k < r->checks[i].result->nitems; k++) {
			const struct item *it = &r->checks[i].result->items[k];

			if (ends_with(it->rule, CERTS_RULE) && evidence_of(it, "sha256") != NULL)
				v[n++] =
				    (struct seeing){ it, &r->checks[i], evidence_of(it, "sha256") };
		}
	qsort(v, n, sizeof(*v), by_target);
	ncerts = n;
	for (size_t i = 0; i < r->nchecks; i++)
		for (size_t k = 0; k < r->checks[i].result->nitems; k++) {
			const struct item *it = &r->checks[i].result->items[k];
			const struct seeing s = { it, &r->checks[i], NULL };

			/* a place whose certificate was seen has a row already */
			if (is_unseen_place(it) && evidence_of(it, "sha256") == NULL &&
			    bsearch(&s, v, ncerts, sizeof(*v), by_target) == NULL)
				v[n++] = s;
		}
	qsort(v, n, sizeof(*v), by_sha);
	return n;
}

/* --- one row --- */

/* "and 12 more", which stands last where a probe had no room for all. */
static bool
is_count(const char *text, size_t *n)
{
	char end = '\0';

	return sscanf(text, "and %zu mor%c", n, &end) == 2 && end == 'e';
}

static void
add_places(struct certs_row *row, const struct item *it, struct arena *a)
{
	static const char *const keys[] = { "path", "endpoint", "place" };
	const char *text = evidence_of(it, "places"), *end;
	size_t more;

	for (; text != NULL && (end = strstr(text, PLACE_GAP)) != NULL;
	     text = end + strlen(PLACE_GAP))
		certs_put(a, &row->places, &row->nplaces, &row->cap_places,
		    arena_textn(a, text, (size_t)(end - text)));
	if (text != NULL && row->nplaces > 0 && is_count(text, &more)) {
		row->unlisted += more;
		return;
	}
	for (size_t i = 0; text == NULL && i < sizeof(keys) / sizeof(keys[0]); i++)
		text = evidence_of(it, keys[i]);
	certs_put(
	    a, &row->places, &row->nplaces, &row->cap_places, text != NULL ? text : it->target);
}

static enum certs_state
state_of(const struct item *it, bool place)
{
	if (finding_begins(it, "gone"))
		return CERTS_GONE;
	if (place || it->state == ITEM_UNKNOWN || evidence_of(it, "last_seen") != NULL)
		return CERTS_UNSEEN;
	return CERTS_SEEN;
}

static instant
moment_of(const struct item *it, const char *key)
{
	const char *text = evidence_of(it, key);
	instant t;

	return text != NULL && instant_parse(text, &t, NULL) == 0 ? t : INSTANT_NONE;
}

static instant
sooner(instant a, instant b)
{
	return a == INSTANT_NONE || (b != INSTANT_NONE && b < a) ? b : a;
}

/* What one look says of the certificate itself; a later check fills what the first did not know. */
static void
add_facts(struct certs_row *row, const struct item *it)
{
	const struct {
		const char *key;
		const char **to;
	} facts[] = { { "name", &row->name }, { "subject", &row->subject },
		{ "issuer", &row->issuer }, { "serial", &row->serial }, { "key", &row->key },
		{ "key_sha256", &row->key_sha256 }, { "names_sha256", &row->names_sha256 },
		{ "signature", &row->signature }, { "lifetime", &row->lifetime } };

	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
		if (*facts[i].to == NULL)
			*facts[i].to = evidence_of(it, facts[i].key);
	row->authority = row->authority || evidence_of(it, "authority") != NULL;
	if (row->begins == INSTANT_NONE)
		row->begins = moment_of(it, "notBefore");
	if (row->ends == INSTANT_NONE)
		row->ends = it->deadline.kind != DEADLINE_NONE ? it->deadline.at
							       : moment_of(it, "notAfter");
}

/* What is said of it beside its dates. Where one check finds something, what another one finds fine
 * is not said: "another stands in its place" is true where the other stands. */
static void
note(struct certs_row *row, const struct item *it, enum certs_state state, struct arena *a)
{
	const struct verdict *v = &it->verdict;

	if (v->level == LEVEL_OK && row->level != LEVEL_OK)
		return;
	if (v->level != LEVEL_OK && row->level == LEVEL_OK)
		row->nnotes = 0;
	if (state != CERTS_SEEN || it->state != ITEM_FINE || it->deadline.kind == DEADLINE_NONE)
		certs_put(a, &row->notes, &row->nnotes, &row->cap_notes, it->summary);
	if (v->watched != NULL && v->watched->note != NULL)
		certs_put(a, &row->notes, &row->nnotes, &row->cap_notes, v->watched->note);
}

static void
add(struct certs_row *row, const struct seeing *s, struct arena *a)
{
	const struct verdict *v = &s->it->verdict;
	enum certs_state state = state_of(s->it, s->sha == NULL);
	enum sign sign = sign_of(v->level, v->excepted);

	add_facts(row, s->it);
	if (row->nchecks == 0 || row->checks[row->nchecks - 1] != s->check) {
		row->checks = arena_grow(
		    a, row->checks, row->nchecks, &row->cap_checks, sizeof(*row->checks));
		row->checks[row->nchecks++] = s->check;
	}
	/* one check that sees it is enough: it is there */
	if (state == CERTS_SEEN || row->state == CERTS_STATE_N ||
	    (state == CERTS_UNSEEN && row->state == CERTS_GONE))
		row->state = state;
	note(row, s->it, state, a);
	row->level = level_worst(row->level, v->level);
	row->sign = sign > row->sign ? sign : row->sign;
	row->start_by = sooner(row->start_by, v->start_by);
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Where it is; of what is gone or was not looked at, where it was. */
static void
put_places(struct certs_row *row, const struct seeing *v, size_t n, struct arena *a)
{
	for (size_t i = 0; i < n; i++)
		if (state_of(v[i].it, v[i].sha == NULL) == row->state)
			add_places(row, v[i].it, a);
	qsort(row->places, row->nplaces, sizeof(*row->places), by_bytes);
}

static bool
same_row(const struct seeing *a, const struct seeing *b)
{
	return a->sha != NULL ? b->sha != NULL && strcmp(a->sha, b->sha) == 0
			      : b->sha == NULL && by_target(a, b) == 0;
}

static int
by_start(const void *a, const void *b)
{
	const struct certs_row *x = a, *y = b;
	const instant of[2][2] = { { x->start_by, y->start_by }, { x->ends, y->ends } };
	int d;

	/* of what has no day to start, trouble comes before notes */
	if (x->start_by == INSTANT_NONE && y->start_by == INSTANT_NONE && x->sign != y->sign)
		return (int)y->sign - (int)x->sign;
	for (int i = 0; i < 2; i++) {
		if (of[i][0] == of[i][1])
			continue;
		if (of[i][0] == INSTANT_NONE || of[i][1] == INSTANT_NONE)
			return of[i][0] == INSTANT_NONE ? 1 : -1;
		return of[i][0] < of[i][1] ? -1 : 1;
	}
	d = strcmp(x->name, y->name);
	if (d != 0 || x->sha256 == NULL || y->sha256 == NULL)
		return d;
	return strcmp(x->sha256, y->sha256);
}

void
certs_make(const struct report *r, struct arena *a, struct certs *out)
{
	struct seeing *v;
	size_t all = 0, n;

	for (size_t i = 0; i < r->nchecks; i++)
		all += r->checks[i].result->nitems;
	v = arena_array(a, all + 1, sizeof(*v));
	n = collect(r, v);
	*out = (struct certs){ .report = r, .rows = arena_array(a, n + 1, sizeof(*out->rows)) };
	for (size_t i = 0, end; i < n; i = end) {
		struct certs_row *row = &out->rows[out->n++];

		*row = (struct certs_row){ .sha256 = v[i].sha,
			.state = CERTS_STATE_N,
			.begins = INSTANT_NONE,
			.ends = INSTANT_NONE,
			.start_by = INSTANT_NONE };
		for (end = i; end < n && same_row(&v[i], &v[end]); end++)
			add(row, &v[end], a);
		put_places(row, v + i, end - i, a);
		if (row->name == NULL)
			row->name = v[i].it->target;
		out->count[row->state]++;
		out->due += row->start_by != INSTANT_NONE && row->start_by <= r->now;
	}
	qsort(out->rows, out->n, sizeof(*out->rows), by_start);
	certs_relate(out, a);
}
