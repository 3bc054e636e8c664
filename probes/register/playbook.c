/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is seen of a playbook: its file, its six headings, when it was read again, its hash.
 */
#include "tell.h"

#include "dates.h"
#include "headings.h"
#include "text.h"

#include "base/day.h"
#include "base/file.h"
#include "probes/x509/x509_item.h"

#include <ctype.h>
#include <fcntl.h>
#include <string.h>

/* Which heading a line is; HEADINGS: none. "## Keys", "2. Keys", "Keys:" and "Keys" alone. */
static size_t
heading_of(const char *line, size_t n)
{
	char text[FOLDED_MAX], folded[FOLDED_MAX];
	size_t k = 0;

	while (n > 0 && (isdigit((unsigned char)*line) || strchr("#.) \t*", *line) != NULL))
		line++, n--;
	if (n >= sizeof(text))
		return HEADINGS;
	memcpy(text, line, n);
	text[n] = '\0';
	text_fold(text, folded);
	while (k < HEADINGS && !text_is_one_of(folded, headings[k].words))
		k++;
	return k;
}

/* A line that says something: not blank, and none of the questions that a new playbook has. */
static bool
says(const char *line, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (isalnum((unsigned char)line[i]) || (unsigned char)line[i] >= 0x80)
			return line[0] != '>';
	return false;
}

/* Names of the headings that are not there, or have nothing written under them; NULL: none. */
static const char *
missing(const char *text, struct arena *a)
{
	bool filled[HEADINGS] = { false };
	const char *names = NULL;
	size_t at = HEADINGS;

	while (*text != '\0') {
		size_t n = strcspn(text, "\r\n"), k = heading_of(text, n);

		if (k != HEADINGS)
			at = k;
		else if (at != HEADINGS && says(text, n))
			filled[at] = true;
		text += n;
		text += *text != '\0';
	}
	for (size_t k = 0; k < HEADINGS; k++)
		if (!filled[k])
			names = names == NULL ? headings[k].name
					      : arena_printf(a, "%s, %s", names, headings[k].name);
	return names;
}

struct seen {
	const char *key; /* of the finding; NULL: none */
	const char *summary;
	const char *sha256; /* of the file; NULL: there is none */
	bool unknown;
};

/* What is wrong with the text, worst first. */
static void
look_at_text(struct seen *s, const struct entry *en, const char *bytes, size_t n, struct arena *a)
{
	char *hex = arena_alloc(a, 2 * SHA256_BYTES + 1);
	uint8_t sum[SHA256_BYTES];
	const char *encoding, *lacks;
	struct err e = { 0 };
	char *text;
	size_t len;

	x509_sha256((struct der){ (const uint8_t *)bytes, n }, sum);
	s->sha256 = x509_hex((struct der){ sum, sizeof(sum) }, hex);
	if (text_from_bytes(bytes, n, a, &text, &len, &encoding, &e) < 0) {
		s->unknown = true;
		s->summary = arena_printf(
		    a, "The playbook %.200s is not looked into: it is %s", en->title, e.msg);
		return;
	}
	lacks = missing(text, a);
	if (lacks != NULL) {
		s->key = "incomplete";
		s->summary =
		    arena_printf(a, "The playbook %.200s says nothing under: %s", en->title, lacks);
	} else if (en->hash != NULL && strcmp(en->hash, s->sha256) != 0) {
		s->key = "changed";
		s->summary = arena_printf(
		    a, "The playbook %.200s is not the one that was approved", en->title);
	}
}

static void
look_at_file(struct seen *s, const struct entry *en, struct arena *a)
{
	struct err e = { 0 };
	char *bytes;
	size_t n;

	if (file_read(AT_FDCWD, tell_path(en, a), FILE_FOLLOW, PLAYBOOK_MAX, a, &bytes, &n, &e) ==
	    0) {
		look_at_text(s, en, bytes, n, a);
		return;
	}
	s->unknown = e.code != ERR_ABSENT;
	s->key = e.code == ERR_ABSENT ? "missing" : NULL;
	s->summary = s->unknown
			 ? arena_printf(a, "The playbook %.200s is not read: %s", en->title, e.msg)
			 : arena_printf(a, "The playbook %.200s is not there", en->title);
}

/* What the entry says of it, where the file shows nothing worse. */
static void
look_at_entry(struct seen *s, const struct entry *en, instant now, struct arena *a)
{
	instant reviewed = en->reviewed != NO_DAY ? date_begin(en->reviewed) : INSTANT_NONE;
	span old = en->reviewed != NO_DAY ? instant_minus(now, reviewed) : 0;
	char day[DAY_TEXT];

	s->key = en->reviewed == NO_DAY ? "never-reviewed"
		 : old >= REVIEW_LATE   ? "review-late"
		 : old >= REVIEW_DUE    ? "review-due"
		 : en->file == NULL     ? "address-only"
		 : en->hash == NULL     ? "not-approved"
					: NULL;
	s->summary =
	    en->reviewed == NO_DAY
		? arena_printf(
		      a, "No day is entered on which the playbook %.200s was read again", en->title)
	    : en->file == NULL && strcmp(s->key, "address-only") == 0
		? arena_printf(a, "Of the playbook %.200s only an address is known", en->title)
		: arena_printf(a, "The playbook %.200s was last read again on %s%s", en->title,
		      day_short(reviewed, now, day),
		      en->file != NULL && en->hash == NULL ? ", and no approved hash is entered"
							   : "");
}

void
tell_playbook(const struct probe_ctx *ctx, const struct entry *en, instant now)
{
	struct arena *a = ctx->arena;
	struct seen s = { 0 };
	struct item it;

	if (en->file != NULL)
		look_at_file(&s, en, a);
	if (s.key == NULL && !s.unknown)
		look_at_entry(&s, en, now, a);
	it = tell_item(en, "register.playbook", s.summary, a);
	it.state = s.unknown ? ITEM_UNKNOWN : s.key != NULL ? ITEM_FOUND : ITEM_FINE;
	it.finding = s.key;
	tell_put(&it, "file", en->file);
	tell_put(&it, "address", en->url);
	tell_put(&it, "sha256", s.sha256);
	probe_emit(ctx, &it);
}
