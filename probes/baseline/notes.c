/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the file in which a check notes what it knows.
 */
#include "notes.h"

#include "base/file.h"
#include "base/str.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "forewarn baseline 1\n"

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
	    strtoull(last + 2, NULL, 16) !=
		files_hash(text, (size_t)(last - text), FILES_HASH_START))
		return NULL;
	return last;
}

static bool
take_number(char **rest, int64_t *out)
{
	const char *word = strsep(rest, " ");
	char *end;

	if (word == NULL || word[0] == '\0')
		return false;
	*out = strtoll(word, &end, 10);
	return *end == '\0';
}

static bool
take_sha(char **rest, char out[SHA_TEXT])
{
	const char *word = strsep(rest, " ");
	size_t n = word != NULL ? strlen(word) : 0;

	if (n != SHA_TEXT - 1 && (n != 1 || strchr(SHA_NONE SHA_UNREAD, word[0]) == NULL))
		return false;
	memcpy(out, word, n + 1);
	return true;
}

/* *f: NULL for a folder that the check does not have any more. */
static bool
take_folder(char *rest, struct folders *all, struct folder **f)
{
	char list[SHA_TEXT];
	int64_t approved, since;

	if (!take_number(&rest, &approved) || !take_number(&rest, &since) ||
	    !take_sha(&rest, list) || rest == NULL)
		return false;
	*f = NULL;
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->v[i].path, rest) == 0)
			*f = &all->v[i];
	if (*f == NULL)
		return true;
	(*f)->approved = approved != 0;
	(*f)->since = since;
	(*f)->is_new = false;
	memcpy((*f)->list, list, sizeof(list));
	return true;
}

static bool
take_file(char *rest, struct folder *f, struct arena *a)
{
	struct known k = { 0 }, *mine;
	int64_t inode;

	if (!take_sha(&rest, k.base) || !take_sha(&rest, k.now) || !take_number(&rest, &k.size) ||
	    !take_number(&rest, &k.written) || !take_number(&rest, &k.touched) ||
	    !take_number(&rest, &inode) || !take_number(&rest, &k.since) ||
	    !take_number(&rest, &k.hashed) || rest == NULL || rest[0] == '\0' ||
	    strlen(rest) > BASELINE_NAME_MAX)
		return false;
	if (f == NULL)
		return true;
	k.inode = (uint64_t)inode;
	mine = files_add(f, rest, a);
	k.name = mine->name;
	*mine = k;
	return f->n <= 2 * (size_t)BASELINE_FILES_MAX;
}

static bool
take_line(char *line, struct folders *all, struct folder **f, bool *any, struct arena *a)
{
	if (line[0] == '\0' || line[1] != ' ')
		return false;
	if (line[0] == 'D') {
		*any = true;
		return take_folder(line + 2, all, f);
	}
	if (line[0] == 'A' && *any) {
		if (*f != NULL)
			(*f)->by = arena_text(a, line + 2);
		return true;
	}
	return line[0] == 'F' && *any && take_file(line + 2, *f, a);
}

static void
forget(struct folders *all)
{
	for (size_t i = 0; i < all->n; i++)
		all->v[i] =
		    (struct folder){ .path = all->v[i].path, .is_new = true, .list = SHA_NONE };
}

int
notes_parse(char *text, struct folders *all, struct arena *a)
{
	char *end = covered(text);
	struct folder *f = NULL;
	bool any = false;

	forget(all);
	if (end == NULL)
		return -1;
	*end = '\0';
	for (text += strlen(HEAD); *text != '\0';)
		if (!take_line(strsep(&text, "\n"), all, &f, &any, a)) {
			forget(all);
			return -1;
		}
	for (size_t i = 0; i < all->n; i++)
		files_sort(&all->v[i]);
	return 0;
}

const char *
notes_read(const struct probe_ctx *ctx, struct folders *all)
{
	struct err e = { 0 };
	char *text;
	size_t len;

	forget(all);
	if (ctx->state_fd < 0)
		return NULL;
	if (file_read(ctx->state_fd, NOTES_FILE, FILE_NOFOLLOW, NOTES_MAX, ctx->arena, &text, &len,
		&e) < 0)
		return e.code == ERR_ABSENT ? NULL : arena_text(ctx->arena, e.msg);
	return strlen(text) != len || notes_parse(text, all, ctx->arena) < 0 ? "they are damaged"
									     : NULL;
}

static void
write_file(struct str *out, const struct known *k)
{
	str_addf(out, "F %s %s %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64, k->base, k->now,
	    k->size, k->written, k->touched, (int64_t)k->inode);
	str_addf(out, " %" PRId64 " %" PRId64 " %s\n", k->since, k->hashed, k->name);
}

int
notes_write(const struct probe_ctx *ctx, const struct folders *all, struct err *e)
{
	struct str s;
	int rc = 0;

	if (ctx->state_fd < 0)
		return 0;
	str_init(&s, NOTES_MAX);
	str_add(&s, HEAD);
	for (size_t i = 0; i < all->n; i++) {
		const struct folder *f = &all->v[i];

		if (f->is_new) /* never seen */
			continue;
		str_addf(
		    &s, "D %d %" PRId64 " %s %s\n", (int)f->approved, f->since, f->list, f->path);
		if (f->by != NULL)
			str_addf(&s, "A %s\n", f->by);
		for (size_t k = 0; k < f->n; k++)
			write_file(&s, &f->v[k]);
	}
	str_addf(&s, "E %016" PRIx64 "\n", files_hash(s.s, s.len, FILES_HASH_START));
	rc = s.cut ? err_set(e, ERR_LIMIT, "there are too many files")
		   : file_replace(ctx->state_fd, NOTES_FILE, 0600, s.s, s.len, e);
	str_fini(&s);
	return rc;
}
