/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the text of a head that is kept outside, and the findings when the notes fall behind it.
 */
#include "remembered.h"

#include "finding.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define VERB "kept"
#define RULE_TEXT 64

struct remembered {
	instant born, at;
	uint64_t bytes, records;
	uint8_t chain[HASH_SIZE];
	const char *was; /* "rule:key,rule:key", NULL: nothing was open */
};

/* false: it is of another form, or of another log. text is taken apart. */
static bool
read_text(const struct state *s, char *text, struct statement *st, struct remembered *out)
{
	const char *id;

	if (!statement_parse(text, strlen(text), st) || strcmp(st->verb, VERB) != 0)
		return false;
	id = statement_text(st, "stream");
	out->was = statement_text(st, "was");
	out->records = 0; /* an earlier version did not say */
	statement_u64(st, "rec", &out->records);
	return id != NULL && strcmp(id, s->id) == 0 && statement_i64(st, "born", &out->born) &&
	       statement_i64(st, "at", &out->at) && statement_u64(st, "bytes", &out->bytes) &&
	       statement_hash(st, "chain", out->chain);
}

/* The first so many bytes of the notes are those that were kept. */
static bool
follows(struct state *s, const struct remembered *kept)
{
	uint8_t chain[HASH_SIZE] = { 0 };
	struct statements r;
	char *line;
	size_t n;
	int rc;

	/* the last chunk is in no statement yet, but its records are counted */
	if (s->valid < kept->bytes || s->records < kept->records)
		return false;
	if (s->valid == kept->bytes)
		return memcmp(s->chain, kept->chain, HASH_SIZE) == 0;
	statements_open(&r, s, 0);
	r.end = kept->bytes;
	while ((rc = statements_next(&r, &line, &n)) == 1)
		digest_chain(s->digest, chain, line, n);
	statements_close(&r);
	return rc == 0 && memcmp(chain, kept->chain, HASH_SIZE) == 0;
}

/* The names as the face's tables have them, which live as long as the program. NULL: it has none
 * of that kind any more. */
static const struct finding *
known_kind(const char *rule, const char *key)
{
	char name[RULE_TEXT + 8];
	const struct rule *r;

	snprintf(name, sizeof(name), "audit.%s", rule);
	r = rule_find(probe_self->rules, name);
	return r != NULL && r->findings != NULL ? finding_find(r, key) : NULL;
}

static void
put_back_one(struct log *l, const char *rule, const char *key, const char *day)
{
	const struct finding *f = known_kind(rule, key);
	const char *kept = arena_text(l->s.arena, rule);

	/* a plan is measured anew in each run */
	if (f == NULL || f->level < LEVEL_ACT || finding_known(&l->s, kept, f->key, NULL) != NULL)
		return;
	finding_add(&l->s, l->now, kept, f->key, &(struct finding_place){ 0 },
	    "This was found before %s; where, and what else was known of it, is no longer noted",
	    day);
}

/* What was open would be over with the notes, and nobody has mended it. */
static void
put_back(struct log *l, const struct remembered *kept, const char *day)
{
	char list[HANDED_KEEP_TEXT_MAX + 1], *next = list, *one;

	snprintf(list, sizeof(list), "%s", kept->was != NULL ? kept->was : "");
	for (size_t n = 0; n < REMEMBERED_OPEN_MAX && (one = strsep(&next, ",")) != NULL; n++) {
		char *key = strchr(one, ':');

		if (key == NULL)
			return;
		*key++ = '\0';
		put_back_one(l, one, key, day);
	}
}

/* The head is the one that is kept already: then the text keeps its moment. Reads no statement. */
static bool
is_kept(const struct state *s, const struct keep *k)
{
	char text[HANDED_KEEP_TEXT_MAX + 1];
	struct remembered kept;
	struct statement st;

	if (k == NULL)
		return false;
	snprintf(text, sizeof(text), "%s", k->text);
	return read_text(s, text, &st, &kept) && kept.born == s->born && kept.bytes == s->valid &&
	       kept.records == s->records && memcmp(kept.chain, s->chain, HASH_SIZE) == 0;
}

/* text: room for HANDED_KEEP_TEXT_MAX + 1, which out borrows. */
static enum remembered_behind
behind(struct state *s, const struct keep *k, char *text, struct remembered *out)
{
	struct statement st;

	if (k == NULL)
		return REMEMBERED_FOLLOWS;
	snprintf(text, HANDED_KEEP_TEXT_MAX + 1, "%s", k->text);
	if (!read_text(s, text, &st, out))
		return REMEMBERED_FOLLOWS;
	if (!s->known || s->born != out->born)
		return REMEMBERED_GONE;
	return follows(s, out) ? REMEMBERED_FOLLOWS : REMEMBERED_PUT_BACK;
}

enum remembered_behind
remembered_judge(struct state *s, const struct keep *k, instant *at)
{
	char text[HANDED_KEEP_TEXT_MAX + 1];
	struct remembered kept = { .at = 0 };
	enum remembered_behind b = behind(s, k, text, &kept);

	*at = kept.at;
	return b;
}

const char *
remembered_key(enum remembered_behind b)
{
	return b == REMEMBERED_GONE ? "vanished" : "put-back";
}

const char *
remembered_words(enum remembered_behind b, instant at, struct arena *a)
{
	char day[INSTANT_TEXT];

	instant_text(at - at % INSTANT_S, day);
	if (b == REMEMBERED_GONE)
		return arena_printf(
		    a, "The notes about it, last seen at %s, are gone; it is watched anew", day);
	return arena_printf(a,
	    "The notes about it are older than those of %s: this computer, or the folder of the "
	    "notes, was put back to an earlier state",
	    day);
}

void
remembered_compare(struct log *l, const struct keep *k)
{
	char text[HANDED_KEEP_TEXT_MAX + 1], day[INSTANT_TEXT];
	struct remembered kept;
	const struct kept_finding *said;
	enum remembered_behind b = behind(&l->s, k, text, &kept);

	/* notes that were damaged were set aside by this probe, which says so */
	if (b == REMEMBERED_FOLLOWS || finding_known(&l->s, "state", "damaged", NULL) != NULL)
		return;
	/* forewarnd may have ended before it could keep what this probe handed it then */
	said = finding_known(&l->s, "state", remembered_key(b), NULL);
	if (said != NULL && said->since > kept.at)
		return;
	finding_add(&l->s, l->now, "state", remembered_key(b), &(struct finding_place){ 0 }, "%s",
	    remembered_words(b, kept.at, l->s.arena));
	put_back(l, &kept, instant_text(kept.at - kept.at % INSTANT_S, day));
}

static bool
named_before(const struct state *s, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (s->found[k].accepted == 0 && strcmp(s->found[k].rule, s->found[i].rule) == 0 &&
		    strcmp(s->found[k].key, s->found[i].key) == 0)
			return true;
	return false;
}

static void
put_open(struct str *out, const struct state *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->nfound && n < REMEMBERED_OPEN_MAX; i++)
		if (s->found[i].accepted == 0 && !named_before(s, i))
			str_addf(out, "%s%s:%s", n++ == 0 ? " was=" : ",", s->found[i].rule,
			    s->found[i].key);
}

void
remembered_keep(const struct probe_ctx *ctx, const char *path, const struct state *s, instant now,
    const struct keep *k)
{
	struct str out;

	if (is_kept(s, k)) {
		probe_keep(ctx, path, k->text);
		return;
	}
	str_init(&out, HANDED_KEEP_TEXT_MAX);
	str_addf(&out,
	    "fw1 " VERB " stream=%s born=%" PRId64 " at=%" PRId64 " bytes=%" PRIu64 " rec=%" PRIu64,
	    s->id, s->born, now, s->valid, s->records);
	statement_put_hash(&out, "chain", s->chain);
	put_open(&out, s);
	if (!out.cut)
		probe_keep(ctx, path, out.s);
	str_fini(&out);
}
