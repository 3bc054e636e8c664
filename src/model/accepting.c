/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns which findings a person means who accepts, and the words of a refusal.
 */
#include "model/accepting.h"

#include "base/str.h"
#include "base/text.h"

#include <string.h>

#define MS 1000        /* us: evidence names a moment to the millisecond */
#define NAME_SHOWN 120 /* characters of a target in a refusal */

static const char *
evidence_of(const struct item *it, const char *key)
{
	for (size_t i = 0; i < it->nevidence; i++)
		if (strcmp(it->evidence[i].key, key) == 0)
			return it->evidence[i].value;
	return NULL;
}

const char *
accepting_finding(const struct item *it)
{
	/* a run that is unlike the others is found by the judge */
	bool found = it->state == ITEM_FOUND ||
		     (it->runs.way != RUNS_NONE && it->verdict.level != LEVEL_OK &&
			 it->verdict.level != LEVEL_UNKNOWN);
	const char *id = found ? evidence_of(it, FINDING_KEY) : NULL;

	return id != NULL && id[0] != '\0' && strlen(id) <= FINDING_ID_MAX ? id : NULL;
}

static bool
is_rule(const char *rule, const char *words)
{
	const char *dot = strchr(rule, '.');

	return strcmp(rule, words) == 0 || (dot != NULL && strcmp(dot + 1, words) == 0);
}

static bool
any_rule(const struct accept_words *w)
{
	return w->rule == NULL || w->rule[0] == '\0';
}

static bool
is_meant(const struct item *it, const struct accept_words *w)
{
	return accepting_finding(it) != NULL && strcmp(it->target, w->target) == 0 &&
	       (any_rule(w) || is_rule(it->rule, w->rule));
}

/* First noticed in a look that nobody has seen the result of. */
static bool
is_unseen(const struct item *it, instant before)
{
	const char *noticed = evidence_of(it, NOTICED_KEY);
	instant at;

	return before != INSTANT_NONE && noticed != NULL &&
	       instant_parse(noticed, &at, NULL) == 0 && at >= before - before % MS;
}

static bool
named_before(const struct result *r, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (accepting_finding(&r->items[k]) != NULL &&
		    strcmp(r->items[k].rule, r->items[i].rule) == 0 &&
		    strcmp(r->items[k].target, r->items[i].target) == 0)
			return true;
	return false;
}

/* Appends "audit.edited, audit.sequence" of one target, or "/a.log (audit.edited), ..." of all;
 * returns how many there are. */
static size_t
name_open(const struct result *r, const char *target, struct str *out)
{
	size_t n = 0;

	for (size_t i = 0; i < r->nitems; i++) {
		const struct item *it = &r->items[i];

		if (accepting_finding(it) == NULL ||
		    (target != NULL && strcmp(it->target, target) != 0) || named_before(r, i))
			continue;
		if (n++ >= ACCEPTING_NAMED_MAX)
			continue;
		str_add(out, n > 1 ? ", " : "");
		if (target == NULL) {
			text_clean(out, it->target, strlen(it->target), NAME_SHOWN);
			str_addf(out, " (%s)", it->rule);
		} else {
			str_add(out, it->rule);
		}
	}
	if (n > ACCEPTING_NAMED_MAX)
		str_addf(out, " and %zu more", n - ACCEPTING_NAMED_MAX);
	return n;
}

static bool
found_without_identity(const struct result *r, const char *target)
{
	for (size_t i = 0; i < r->nitems; i++)
		if (r->items[i].state == ITEM_FOUND && strcmp(r->items[i].target, target) == 0)
			return true;
	return false;
}

/* Nothing of it may be accepted: says what may. */
static int
refuse_none(const struct result *r, const struct accept_words *w, struct err *e)
{
	char target[4 * NAME_SHOWN], rule[HANDED_RULE_MAX];
	struct str open;

	text_clean_buf(target, sizeof(target), w->target, strlen(w->target));
	str_init(&open, ERR_TEXT_MAX);
	if (!any_rule(w) && name_open(r, w->target, &open) > 0)
		err_set(e, ERR_ABSENT, "nothing of rule %s is open of %s, but %s",
		    text_clean_buf(rule, sizeof(rule), w->rule, strlen(w->rule)), target, open.s);
	else if (found_without_identity(r, w->target))
		err_set(e, ERR_DENIED,
		    "what is wrong with %s ends by being mended, not by a word; an exception "
		    "approves it until a day",
		    target);
	else if (name_open(r, NULL, &open) > 0)
		err_set(
		    e, ERR_ABSENT, "nothing is open of %s; open in this check: %s", target, open.s);
	else
		err_set(e, ERR_ABSENT, "nothing is open of %s, nor else in this check", target);
	str_fini(&open);
	return -1;
}

static int
need_one_rule(const struct result *r, const struct accept_words *w, struct err *e)
{
	struct str open;
	size_t n;

	if (!any_rule(w))
		return 0;
	str_init(&open, ERR_TEXT_MAX);
	n = name_open(r, w->target, &open);
	if (n > 1)
		err_set(
		    e, ERR_RANGE, "%zu rules are open there: %s; say which with --rule", n, open.s);
	str_fini(&open);
	return n > 1 ? -1 : 0;
}

int
accepting_choose(const struct result *r, const struct accept_words *w, struct arena *a,
    struct accept **out, size_t *n, struct err *e)
{
	size_t unseen = 0;

	*n = 0;
	*out = arena_array(a, HANDED_ACCEPTS_MAX, sizeof(**out));
	if (need_one_rule(r, w, e) < 0)
		return -1;
	for (size_t i = 0; i < r->nitems; i++) {
		const struct item *it = &r->items[i];

		if (!is_meant(it, w))
			continue;
		if (is_unseen(it, w->before))
			unseen++;
		else if (*n < HANDED_ACCEPTS_MAX)
			(*out)[(*n)++] = (struct accept){ it->target, it->rule,
				accepting_finding(it), w->at, w->by, w->reason };
	}
	if (*n > 0)
		return 0;
	if (unseen > 0)
		return err_set(e, ERR_DENIED,
		    "that was found a moment ago, by this look itself: look at it, then accept it");
	return refuse_none(r, w, e);
}
