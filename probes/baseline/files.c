/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is known of the files of a folder.
 */
#include "files.h"

#include <fnmatch.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* FNV-1a: tells states apart; against damage, not against somebody who means it. */
uint64_t
files_hash(const void *bytes, size_t n, uint64_t h)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < n; i++)
		h = (h ^ p[i]) * UINT64_C(1099511628211);
	return h;
}

const char *
name_of(const char *folder, const char *name, struct arena *a)
{
	char out[BASELINE_NAME_MAX + 4];
	size_t at = strlen(folder);

	if (at > BASELINE_NAME_MAX)
		return NULL;
	memcpy(out, folder, at);
	if (at > 0)
		out[at++] = '/';
	for (const unsigned char *p = (const unsigned char *)name; *p != '\0'; p++) {
		if (at >= BASELINE_NAME_MAX)
			return NULL;
		if (*p < 0x20 || *p == 0x7f || *p == '%')
			at += (size_t)snprintf(out + at, 4, "%%%02X", *p);
		else
			out[at++] = (char)*p;
	}
	return at <= BASELINE_NAME_MAX ? arena_textn(a, out, at) : NULL;
}

static bool
matches(const struct texts *skip, const char *way)
{
	const char *slash = strrchr(way, '/');

	for (size_t i = 0; i < skip->n; i++)
		if (fnmatch(skip->v[i], way, 0) == 0 ||
		    (slash != NULL && fnmatch(skip->v[i], slash + 1, 0) == 0))
			return true;
	return false;
}

bool
name_is_skipped(const struct texts *skip, const char *name)
{
	char way[BASELINE_NAME_MAX + 1];

	if (skip->n == 0 || strlen(name) > BASELINE_NAME_MAX)
		return false;
	for (size_t i = 0; i < strlen(name); i++) {
		if (name[i] == '/') {
			way[i] = '\0';
			if (matches(skip, way))
				return true;
		}
		way[i] = name[i];
	}
	return matches(skip, name);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct known *)a)->name, ((const struct known *)b)->name);
}

struct known *
files_find(const struct folder *f, const char *name)
{
	const struct known key = { .name = name };

	return f->sorted == 0 ? NULL : bsearch(&key, f->v, f->sorted, sizeof(*f->v), by_name);
}

struct known *
files_add(struct folder *f, const char *name, struct arena *a)
{
	struct known *k;

	f->v = arena_grow(a, f->v, f->n, &f->cap, sizeof(*f->v));
	k = &f->v[f->n++];
	*k = (struct known){ .name = arena_text(a, name),
		.base = SHA_NONE,
		.now = SHA_UNREAD,
		.since = INSTANT_NONE,
		.hashed = INSTANT_NONE };
	return k;
}

void
files_sort(struct folder *f)
{
	if (f->n > 0)
		qsort(f->v, f->n, sizeof(*f->v), by_name);
	f->sorted = f->n;
}

bool
files_changed(const struct known *k)
{
	return strcmp(k->base, k->now) != 0;
}

void
files_read(struct folder *f, struct known *k, const char *sha, instant now)
{
	/* what is approved with its name alone is not: the first bytes of it count as a change */
	bool found = f->is_new || (!f->approved && strcmp(k->base, SHA_UNREAD) == 0);
	bool other = strcmp(k->now, sha) != 0;

	memmove(k->now, sha, strlen(sha) + 1);
	if (found)
		memcpy(k->base, k->now, sizeof(k->base));
	if (!files_changed(k))
		k->since = INSTANT_NONE;
	else if (other || k->since == INSTANT_NONE)
		k->since = now;
}

void
files_settle(struct folder *f, const struct texts *skip, instant now)
{
	size_t kept = 0;

	for (size_t i = 0; i < f->n; i++) {
		struct known *k = &f->v[i];

		if (name_is_skipped(skip, k->name))
			continue;
		if (!k->seen && f->fault == NULL)
			files_read(f, k, SHA_NONE, now);
		if (strcmp(k->base, SHA_NONE) != 0 || strcmp(k->now, SHA_NONE) != 0)
			f->v[kept++] = *k;
	}
	f->n = kept;
	files_sort(f);
}

void
files_finding(const struct folder *f, char id[FINDING_TEXT])
{
	uint64_t h = files_hash(&f->since, sizeof(f->since), FILES_HASH_START);

	for (size_t i = 0; i < f->n; i++) {
		const struct known *k = &f->v[i];

		if (f->approved && !files_changed(k))
			continue;
		h = files_hash(k->name, strlen(k->name) + 1, h);
		h = files_hash(k->now, strlen(k->now) + 1, h);
		h = files_hash(&k->since, sizeof(k->since), h);
	}
	snprintf(id, FINDING_TEXT, "%016" PRIx64, h);
}

void
files_accept(struct folder *f, const char *by, instant at, struct arena *a)
{
	size_t kept = 0;

	for (size_t i = 0; i < f->n; i++) {
		struct known *k = &f->v[i];

		memcpy(k->base, k->now, sizeof(k->base));
		k->since = INSTANT_NONE;
		if (strcmp(k->now, SHA_NONE) != 0)
			f->v[kept++] = *k;
	}
	f->n = kept;
	f->approved = true;
	f->since = at;
	f->by = name_of("", by, a);
	files_sort(f);
}
