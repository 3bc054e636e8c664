/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns by which name each token goes, and the file that remembers these names.
 */
#include "probes/hsm/known.h"

#include "base/fields.h"
#include "base/file.h"
#include "probes/x509/x509_item.h"

#include <string.h>

#define FILE_NAME "tokens"
#define FILE_MAX ((size_t)1 << 20)
#define VERSION 1
#define TEXT_MAX 128

struct notes {
	uint32_t version;
	struct known_token *v;
	size_t n;
};

static const struct field token_fields[] = {
	FIELD_TEXT(struct known_token, name, .hi = TEXT_MAX),
	FIELD_WORDS(struct known_token, label, .hi = TEXT_MAX),
	FIELD_WORDS(struct known_token, serial, .hi = TEXT_MAX),
	FIELD_WORDS(struct known_token, now, .hi = TEXT_MAX),
	FIELD_I64(struct known_token, since),
	FIELDS_END,
};

static const struct field notes_fields[] = {
	FIELD_U32(struct notes, version, .lo = VERSION, .hi = VERSION),
	FIELD_LIST(struct notes, v, n, struct known_token, token_fields, KNOWN_MAX),
	FIELDS_END,
};

static bool
is_called(const struct known_token *t, const struct found_token *f)
{
	return strcmp(t->label, f->label) == 0;
}

/* The known token of that label and serial number which no token of this run has yet. */
static struct known_token *
find_same(struct known *k, const struct found_token *f)
{
	for (size_t i = 0; i < k->n; i++)
		if (!k->v[i].seen && is_called(&k->v[i], f) &&
		    strcmp(k->v[i].serial, f->serial) == 0)
			return &k->v[i];
	return NULL;
}

static struct known_token *
find_name(struct known *k, const char *name)
{
	for (size_t i = 0; i < k->n; i++)
		if (strcmp(k->v[i].name, name) == 0)
			return &k->v[i];
	return NULL;
}

static bool
is_label_known(const struct known *k, const struct found_token *f)
{
	for (size_t i = 0; i < k->n; i++)
		if (is_called(&k->v[i], f))
			return true;
	return false;
}

static size_t
count_label(const struct found_token *found, size_t n, const char *label)
{
	size_t same = 0;

	for (size_t i = 0; i < n; i++)
		same += strcmp(found[i].label, label) == 0;
	return same;
}

static void
forget_oldest(struct known *k)
{
	size_t at = 0;

	while (at < k->n - 1 && k->v[at].seen)
		at++;
	memmove(&k->v[at], &k->v[at + 1], (k->n - at - 1) * sizeof(*k->v));
	k->n--;
}

static void
learn(struct known *k, struct found_token *f, const char *name, struct arena *a)
{
	if (k->n == KNOWN_MAX)
		forget_oldest(k);
	k->v = arena_grow(a, k->v, k->n, &k->cap, sizeof(*k->v));
	k->v[k->n++] = (struct known_token){
		.name = name, .label = f->label, .serial = f->serial, .now = "", .seen = true
	};
	f->name = name;
}

/* Of one label and one serial number, or of no serial number: they are counted. */
static const char *
name_by_serial(struct known *k, const struct found_token *f, const char *plain, struct arena *a)
{
	const char *name =
	    f->serial[0] == '\0' ? plain : arena_printf(a, "%s (serial %s)", plain, f->serial);
	const char *one = name;

	for (size_t i = 2; find_name(k, name) != NULL; i++)
		name = arena_printf(a, "%s, %zu", one, i);
	return name;
}

static void
name_new(struct known *k, struct found_token *f, bool alone, instant now, struct arena *a)
{
	const char *plain = arena_printf(a, "token %s", f->label[0] != '\0' ? f->label : f->serial);
	struct known_token *had = find_name(k, plain);

	if (alone && had != NULL && !had->seen && is_called(had, f)) {
		if (strcmp(had->now, f->serial) != 0)
			had->since = now;
		had->now = f->serial;
		had->seen = true;
		f->name = had->name;
	} else if (alone && !is_label_known(k, f) && had == NULL)
		learn(k, f, plain, a);
	else
		learn(k, f, name_by_serial(k, f, plain, a), a);
}

void
known_name(struct known *k, struct found_token *found, size_t n, instant now, struct arena *a)
{
	for (size_t i = 0; i < n; i++) {
		struct known_token *same = find_same(k, &found[i]);

		found[i].name = NULL;
		if (same == NULL)
			continue;
		same->seen = true;
		same->now = "";
		same->since = 0;
		found[i].name = same->name;
	}
	for (size_t i = 0; i < n; i++)
		if (found[i].name == NULL)
			name_new(k, &found[i], count_label(found, n, found[i].label) == 1, now, a);
}

const char *
known_change_id(const struct known_token *t, struct arena *a)
{
	const char *both = arena_printf(a, "%s\n%s", t->serial, t->now);
	uint8_t sha[SHA256_BYTES];
	char *hex = arena_alloc(a, 2 * SHA256_BYTES + 1);

	x509_sha256((struct der){ (const uint8_t *)both, strlen(both) }, sha);
	x509_hex((struct der){ sha, SHA256_BYTES / 4 }, hex);
	return hex;
}

void
known_read(struct known *k, int state_fd, struct arena *a)
{
	struct notes notes = { 0 };
	struct frame f = { 0 };
	struct err e = { 0 };
	char *data;

	*k = (struct known){ 0 };
	if (state_fd < 0)
		return;
	if (file_read(state_fd, FILE_NAME, FILE_NOFOLLOW, FILE_MAX, a, &data, &f.len, &e) < 0) {
		if (e.code != ERR_ABSENT)
			k->trouble = arena_text(a, e.msg);
		return;
	}
	f.data = (uint8_t *)data;
	fields_get(&f, notes_fields, &notes, a);
	if (!frame_ok(&f) || fields_fault(notes_fields, &notes) != NULL) {
		k->trouble = "it is damaged";
		return;
	}
	*k = (struct known){ .v = notes.v, .n = notes.n, .cap = notes.n };
}

/* The tokens of this run last: the longest unseen one is forgotten first. */
static void
order(struct known *k, struct arena *a)
{
	struct known_token *v = arena_array(a, k->n + 1, sizeof(*v));
	size_t n = 0;

	for (int seen = 0; seen < 2; seen++)
		for (size_t i = 0; i < k->n; i++)
			if (k->v[i].seen == (seen == 1))
				v[n++] = k->v[i];
	k->v = v;
	k->cap = k->n + 1;
}

void
known_write(struct known *k, int state_fd, struct arena *a)
{
	struct notes notes = { .version = VERSION };
	struct err e = { 0 };
	struct frame f;

	if (state_fd < 0)
		return;
	order(k, a);
	notes.v = k->v;
	notes.n = k->n;
	frame_init(&f, 0);
	fields_put(&f, notes_fields, &notes);
	if (file_replace(state_fd, FILE_NAME, 0600, f.data, f.len, &e) < 0)
		k->trouble = arena_text(a, e.msg);
	frame_fini(&f);
}
