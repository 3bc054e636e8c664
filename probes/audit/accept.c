/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns which findings end because a person accepted them, and what of them stays known.
 */
#include "accept.h"

#include "finding.h"
#include "state.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define UNCLEAR_RULE "understood"
#define UNCLEAR_KEY "not-understood"
#define PREFIX "audit."

static void
id_of(const struct state *s, const struct str *text, char id[FINDING_ID])
{
	uint8_t hash[HASH_SIZE];
	char hex[HASH_TEXT];

	digest_of(s->digest, text->s, text->len, hash);
	hash_text(hash, hex);
	memcpy(id, hex, FINDING_ID - 1);
	id[FINDING_ID - 1] = '\0';
}

void
accept_id(const struct state *s, const struct kept_finding *f, char id[FINDING_ID])
{
	struct str text;

	str_init(&text, STATEMENT_MAX);
	str_addf(&text, "%s %s %s %" PRId64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %s",
	    s->id, f->rule, f->key, f->since, f->segment, f->record, f->offset, f->count, f->text);
	id_of(s, &text, id);
	str_fini(&text);
}

void
accept_unclear_id(const struct state *s, char id[FINDING_ID])
{
	struct str text;

	str_init(&text, STATEMENT_MAX);
	str_addf(&text, "%s " UNCLEAR_RULE " %" PRIu64, s->id, s->understood.how);
	id_of(s, &text, id);
	str_fini(&text);
}

/* The mark holds the number of the options (understood_how) as its record. */
const struct kept_finding *
accept_unclear(const struct state *s)
{
	for (size_t i = 0; i < s->nfound; i++) {
		const struct kept_finding *f = &s->found[i];

		if (f->accepted != 0 && strcmp(f->rule, UNCLEAR_RULE) == 0 &&
		    f->record == s->understood.how)
			return f;
	}
	return NULL;
}

size_t
accept_open(const struct state *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->nfound; i++)
		n += s->found[i].accepted == 0 && !finding_is_standing(&s->found[i]);
	return n;
}

const struct kept_finding *
accept_newest(const struct state *s)
{
	const struct kept_finding *newest = NULL;

	for (size_t i = 0; i < s->nfound; i++)
		if (s->found[i].accepted != 0 && strcmp(s->found[i].rule, UNCLEAR_RULE) != 0 &&
		    !finding_is_standing(&s->found[i]) &&
		    (newest == NULL || s->found[i].accepted > newest->accepted))
			newest = &s->found[i];
	return newest;
}

/* For whoever reads the notes of this log later. */
static void
say(struct state *s, const struct accept *v, const struct kept_finding *f)
{
	struct str line;

	str_init(&line, STATEMENT_MAX);
	str_addf(&line,
	    "fw1 accepted stream=%s at=%" PRId64 " seg=%" PRIu64 " record=%" PRIu64 " off=%" PRIu64
	    " finding=%s",
	    s->id, v->at, f->segment, f->record, f->offset, v->finding);
	statement_put_name(&line, "rule", f->rule);
	statement_put_name(&line, "key", f->key);
	statement_put_name(&line, "text", f->text);
	statement_put_name(&line, "by", v->by);
	statement_put_name(&line, "reason", v->reason);
	state_say(s, line.s, line.len);
	str_fini(&line);
}

static void
mark(struct state *s, struct kept_finding *f, const struct accept *v)
{
	f->accepted = v->at != 0 ? v->at : 1;
	snprintf(f->by, sizeof(f->by), "%s", v->by);
	s->dirty = true;
}

/* The changed bytes are still there and still followed: each comparison shows them again. So does
 * each run what is measured anew. */
static bool
is_shown_again(const struct state *s, const struct kept_finding *f)
{
	const struct segment *g = known_segment(s, f->segment);

	if (finding_is_standing(f))
		return true;
	return strcmp(f->rule, "edited") == 0 && g != NULL && g->flawed && g->state != SEG_LOST;
}

static void
end_one(struct state *s, size_t i, const struct accept *v)
{
	struct kept_finding *f = &s->found[i];

	say(s, v, f);
	if (is_shown_again(s, f))
		mark(s, f, v);
	else
		finding_end(s, f);
}

static void
accept_not_understood(struct log *l, const struct accept *v)
{
	struct finding_place p = { .record = l->s.understood.how };
	char id[FINDING_ID];

	accept_unclear_id(&l->s, id);
	if (strcmp(id, v->finding) != 0 || accept_unclear(&l->s) != NULL)
		return;
	finding_add(&l->s, l->now, UNCLEAR_RULE, UNCLEAR_KEY, &p,
	    "That only the bytes of this log are judged was accepted");
	say(&l->s, v, &l->s.found[l->s.nfound - 1]);
	mark(&l->s, &l->s.found[l->s.nfound - 1], v);
}

/* Of one segment only the newest mark stands for what is there now. */
static bool
marked_later(const struct state *s, size_t i)
{
	for (size_t k = i + 1; k < s->nfound; k++)
		if (s->found[k].accepted != 0 && s->found[k].segment == s->found[i].segment &&
		    strcmp(s->found[k].rule, s->found[i].rule) == 0)
			return true;
	return false;
}

void
accept_tidy(struct state *s)
{
	for (size_t i = s->nfound; i-- > 0;) {
		struct kept_finding *f = &s->found[i];
		bool holds = strcmp(f->rule, UNCLEAR_RULE) == 0
				 ? f->record == s->understood.how
				 : is_shown_again(s, f) && !marked_later(s, i);

		if (f->accepted != 0 && !holds)
			finding_end(s, f);
	}
}

void
accept_apply(struct log *l, const struct handed *handed)
{
	for (size_t k = 0; k < handed->naccepts; k++) {
		const struct accept *v = &handed->accepts[k];

		if (strcmp(v->target, l->path) != 0 ||
		    strncmp(v->rule, PREFIX, sizeof(PREFIX) - 1) != 0)
			continue;
		if (strcmp(v->rule, PREFIX UNCLEAR_RULE) == 0)
			accept_not_understood(l, v);
		for (size_t i = l->s.nfound; i-- > 0;) {
			const struct kept_finding *f = &l->s.found[i];
			char id[FINDING_ID];

			if (f->accepted != 0 || strcmp(f->rule, v->rule + sizeof(PREFIX) - 1) != 0)
				continue;
			accept_id(&l->s, f, id);
			if (strcmp(id, v->finding) == 0)
				end_one(&l->s, i, v);
		}
	}
}
