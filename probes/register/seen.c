/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what a check remembers of its lists, and what is missing in them.
 */
#include "seen.h"

#include "base/file.h"
#include "base/str.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "forewarn register 1\n"
#define HASH_START UINT64_C(14695981039346656037)

/* FNV-1a: against damage, not against somebody who means it. */
static uint64_t
hash(const void *bytes, size_t n, uint64_t h)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < n; i++)
		h = (h ^ p[i]) * UINT64_C(1099511628211);
	return h;
}

static size_t
list_called(const struct list *lists, size_t nlists, const char *path)
{
	size_t i = 0;

	while (i < nlists && strcmp(lists[i].path, path) != 0)
		i++;
	return i;
}

/* The end of what the last line's hash covers; NULL: the hash is another one. */
static char *
covered(char *text)
{
	char *end = text + strlen(text), *last;

	if (strncmp(text, HEAD, strlen(HEAD)) != 0 || end[-1] != '\n')
		return NULL;
	for (last = end - 1; last > text && last[-1] != '\n'; last--)
		;
	if (last[0] != 'E' || last[1] != ' ' ||
	    strtoull(last + 2, NULL, 16) != hash(text, (size_t)(last - text), HASH_START))
		return NULL;
	return last;
}

/* One line behind the first. -1: it is none of ours. */
static int
take_line(char *line, size_t *list, const struct list *lists, size_t nlists, struct memory *m,
    struct arena *a)
{
	struct remembered r = { .missing = INSTANT_NONE };
	char *id = line + 2;

	if (line[0] == '\0' || line[1] != ' ')
		return -1;
	if (line[0] == 'L') {
		*list = list_called(lists, nlists, id);
		if (*list < nlists)
			m->known[*list] = true;
		return 0;
	}
	if (line[0] == 'G')
		r.missing = strtoll(line + 2, &id, 10);
	if (strchr("IG", line[0]) == NULL || *list == SIZE_MAX || (line[0] == 'G' && *id++ != ' '))
		return -1;
	if (*list == nlists)
		return 0; /* of a list that the check does not have any more */
	r.list = *list;
	r.id = id;
	m->v = arena_grow(a, m->v, m->n, &m->cap, sizeof(*m->v));
	m->v[m->n++] = r;
	return 0;
}

int
seen_parse(char *text, const struct list *lists, size_t nlists, struct memory *m, struct arena *a)
{
	char *end = covered(text), *line;
	size_t list = SIZE_MAX;

	*m = (struct memory){ .known = arena_array(a, nlists + 1, sizeof(*m->known)) };
	if (end == NULL)
		return -1;
	*end = '\0';
	for (text += strlen(HEAD); *text != '\0';) {
		line = strsep(&text, "\n");
		if (take_line(line, &list, lists, nlists, m, a) < 0)
			return -1;
	}
	return 0;
}

static int
compare_ids(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct present {
	const char **v;
	size_t n;
};

static void
find_present(struct present *p, const struct entries *all, struct arena *a)
{
	p->v = arena_array(a, all->n + 1, sizeof(*p->v));
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].id != NULL)
			p->v[p->n++] = all->v[i].id;
	qsort(p->v, p->n, sizeof(*p->v), compare_ids);
}

/* The identity of what is missing in a list: another one when more is. */
static void
identity(const struct memory *m, size_t list, char id[17])
{
	uint64_t h = HASH_START;

	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].list == list && m->v[i].missing != INSTANT_NONE) {
			h = hash(m->v[i].id, strlen(m->v[i].id) + 1, h);
			h = hash(&m->v[i].missing, sizeof(m->v[i].missing), h);
		}
	snprintf(id, 17, "%016" PRIx64, h);
}

static bool
is_accepted(const struct handed *h, const char *target, const char *id)
{
	for (size_t i = 0; i < h->naccepts; i++)
		if (strcmp(h->accepts[i].rule, "register.rows") == 0 &&
		    strcmp(h->accepts[i].target, target) == 0 &&
		    strcmp(h->accepts[i].finding, id) == 0)
			return true;
	return false;
}

/* Ends what a person said was meant to be. */
static void
apply_accepts(struct memory *m, const struct handed *h, const struct list *lists, size_t nlists)
{
	size_t kept = 0;
	bool *accepted;
	char id[17];

	if (h == NULL || h->naccepts == 0)
		return;
	accepted = calloc(nlists + 1, sizeof(*accepted));
	for (size_t i = 0; accepted != NULL && i < nlists; i++) {
		identity(m, i, id);
		accepted[i] = is_accepted(h, lists[i].path, id);
	}
	for (size_t i = 0; accepted != NULL && i < m->n; i++)
		if (m->v[i].missing == INSTANT_NONE || !accepted[m->v[i].list])
			m->v[kept++] = m->v[i];
	if (accepted != NULL)
		m->n = kept;
	free(accepted);
}

/* Leaves in the memory what is in no list now: missing, or in one that cannot be read. */
static void
compare(struct memory *m, const struct list *lists, const struct present *p, instant now)
{
	size_t kept = 0;

	for (size_t i = 0; i < m->n; i++) {
		struct remembered r = m->v[i];

		if (bsearch(&r.id, p->v, p->n, sizeof(*p->v), compare_ids) != NULL)
			continue;
		if (lists[r.list].fault == NULL && r.missing == INSTANT_NONE)
			r.missing = now;
		m->v[kept++] = r;
	}
	m->n = kept;
}

/* What was told of an entry must not end because nobody sees the entry. */
static void
tell_unseen(const struct probe_ctx *ctx, const struct memory *m, const struct list *lists)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct remembered *r = &m->v[i];
		bool gone = r->missing != INSTANT_NONE;
		struct item it = {
			.target = r->id, .rule = "register.date", .state = ITEM_UNKNOWN
		};

		it.summary = arena_printf(ctx->arena,
		    gone ? "%.200s is in no list any more, so its day is not watched"
			 : "The list of %.200s cannot be read, so its day is not watched",
		    r->id);
		probe_emit(ctx, &it);
		if (lists[r->list].fault == NULL)
			continue;
		it.rule = "register.people";
		it.summary = arena_printf(ctx->arena,
		    "The list of %.200s cannot be read, so who can act is not known", r->id);
		probe_emit(ctx, &it);
	}
}

/* What is missing in the list, as evidence and in words. */
static void
tell_missing(struct item *it, const struct memory *m, size_t list, struct arena *a)
{
	char *id = arena_alloc(a, 17), *since = arena_alloc(a, INSTANT_TEXT);
	instant first = INSTANT_NONE;
	const char *names = NULL;
	size_t n = 0;

	for (size_t i = 0; i < m->n; i++) {
		if (m->v[i].list != list || m->v[i].missing == INSTANT_NONE)
			continue;
		if (first == INSTANT_NONE || m->v[i].missing < first)
			first = m->v[i].missing;
		if (n++ < SEEN_NAMED)
			names = names == NULL ? m->v[i].id
					      : arena_printf(a, "%s, %s", names, m->v[i].id);
	}
	if (n == 0)
		return;
	identity(m, list, id);
	it->evidence = arena_array(a, 3, sizeof(*it->evidence));
	it->evidence[it->nevidence++] = (struct evidence){ FINDING_KEY, id };
	it->evidence[it->nevidence++] =
	    (struct evidence){ NOTICED_KEY, instant_text(first, since) };
	it->evidence[it->nevidence++] = (struct evidence){ "gone", names };
	it->state = ITEM_FOUND;
	it->finding = "gone";
	it->summary = arena_printf(a, "%zu entr%s not in the list any more: %.200s%s", n,
	    n == 1 ? "y is" : "ies are", names, n > SEEN_NAMED ? ", …" : "");
}

static void
tell(const struct probe_ctx *ctx, const struct memory *m, const struct list *l, size_t list)
{
	struct item it = { .target = l->path, .rule = "register.rows" };

	it.summary = m->known[list] ? "All entries of the last look are there"
				    : "The entries are known from this look on";
	if (l->fault != NULL) {
		it.state = ITEM_UNKNOWN;
		it.summary = "Whether entries are missing is not known: the list cannot be read";
	}
	tell_missing(&it, m, list, ctx->arena);
	probe_emit(ctx, &it);
}

static void
write_list(struct str *out, size_t list, const struct list *lists, const struct entries *all,
    const struct memory *m)
{
	str_addf(out, "L %s\n", lists[list].path);
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].list == &lists[list] && all->v[i].id != NULL && !all->v[i].twin)
			str_addf(out, "I %s\n", all->v[i].id);
	for (size_t i = 0; i < m->n; i++) {
		if (m->v[i].list != list)
			continue;
		if (m->v[i].missing == INSTANT_NONE)
			str_addf(out, "I %s\n", m->v[i].id);
		else
			str_addf(out, "G %" PRId64 " %s\n", m->v[i].missing, m->v[i].id);
	}
}

/* before: the file as it was; NULL: there was none. A list that was never read is not noted. */
static void
save(const struct probe_ctx *ctx, const struct list *lists, size_t nlists,
    const struct entries *all, const struct memory *m, const char *before)
{
	struct item it = { .target = "notes", .rule = "register.rows", .state = ITEM_UNKNOWN };
	struct err e = { 0 };
	struct str out;

	str_init(&out, SEEN_FILE_MAX);
	str_add(&out, HEAD);
	for (size_t i = 0; i < nlists; i++)
		if ((lists[i].fault == NULL || m->known[i]) && strchr(lists[i].path, '\n') == NULL)
			write_list(&out, i, lists, all, m);
	str_addf(&out, "E %016" PRIx64 "\n", hash(out.s, out.len, HASH_START));
	if ((before == NULL || strcmp(before, out.s) != 0) &&
	    (out.cut || file_replace(ctx->state_fd, SEEN_FILE, 0600, out.s, out.len, &e) < 0)) {
		it.summary = arena_printf(ctx->arena,
		    "Which entries there are could not be noted for the next look: %s",
		    out.cut ? "there are too many" : e.msg);
		probe_emit(ctx, &it);
	}
	str_fini(&out);
}

void
seen_run(const struct probe_ctx *ctx, const struct list *lists, size_t nlists,
    const struct entries *all, instant now)
{
	struct item it = { .target = "notes", .rule = "register.rows", .state = ITEM_UNKNOWN };
	struct present p = { 0 };
	char *text = NULL, *copy;
	struct err e = { 0 };
	struct memory m;
	size_t len;

	if (ctx->state_fd < 0)
		return;
	m = (struct memory){ .known = arena_array(ctx->arena, nlists + 1, sizeof(*m.known)) };
	if (file_read(ctx->state_fd, SEEN_FILE, FILE_NOFOLLOW, SEEN_FILE_MAX, ctx->arena, &text,
		&len, &e) < 0)
		text = NULL;
	copy = text != NULL ? arena_textn(ctx->arena, text, len) : NULL;
	if ((text == NULL && e.code != ERR_ABSENT) ||
	    (text != NULL && seen_parse(text, lists, nlists, &m, ctx->arena) < 0)) {
		it.summary =
		    "What the lists held at the last look cannot be read; it is noted anew";
		probe_emit(ctx, &it);
		m.n = 0;
	}
	find_present(&p, all, ctx->arena);
	apply_accepts(&m, ctx->handed, lists, nlists);
	compare(&m, lists, &p, now);
	for (size_t i = 0; i < nlists; i++)
		tell(ctx, &m, &lists[i], i);
	tell_unseen(ctx, &m, lists);
	save(ctx, lists, nlists, all, &m, copy);
}
