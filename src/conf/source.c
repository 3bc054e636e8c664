/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the text of a file with its includes in place, and the table of where its lines came from.
 */
#include "conf/source.h"

#include "base/file.h"
#include "base/text.h"

#include <fcntl.h>
#include <string.h>

/* Where the walk through one file is. */
struct walk {
	struct source *s;
	const char *path, *data;
	int depth;
};

static const char *add_file(struct source *s, const char *path, int depth);

const char *
source_folder(const char *path, struct arena *a)
{
	const char *slash = strrchr(path, '/');

	if (slash == path)
		return "/";
	return slash == NULL ? "." : arena_textn(a, path, (size_t)(slash - path));
}

static unsigned
lines_in(const char *from, const char *to)
{
	unsigned n = 0;

	while (from < to && (from = memchr(from, '\n', (size_t)(to - from))) != NULL) {
		n++;
		from++;
	}
	return n;
}

static unsigned
line_of(const char *data, const char *at)
{
	return 1 + lines_in(data, at);
}

/* From the next byte of the text on, its lines are those of the file from `line` on. */
static void
begin_part(struct source *s, const char *file, unsigned line)
{
	s->parts = arena_grow(s->arena, s->parts, s->nparts, &s->cap_parts, sizeof(*s->parts));
	s->parts[s->nparts++] = (struct source_part){ s->line, s->text.len, file, line };
}

static void
add(struct source *s, const char *from, const char *to)
{
	str_addn(&s->text, from, (size_t)(to - from));
	s->line += lines_in(from, to);
}

/* Past what begins at p and in which no @include counts: a text in quotes, a comment. p itself
 * where nothing of that kind begins. As the scanner of libconfig has it. */
static const char *
past_quiet(const char *p)
{
	const char *end;

	if (*p == '#' || (p[0] == '/' && p[1] == '/'))
		return p + strcspn(p, "\n");
	if (p[0] == '/' && p[1] == '*') {
		end = strstr(p + 2, "*/");
		return end != NULL ? end + 2 : p + strlen(p);
	}
	if (*p != '"')
		return p;
	for (p++; *p != '\0' && *p != '"'; p++)
		if (p[0] == '\\' && p[1] != '\0')
			p++;
	return *p == '"' ? p + 1 : p;
}

/* The name in quotes of the @include at p, the begin of a line: it ends before *close. NULL: there
 * is none. */
static const char *
include_at(const char *p, const char **close)
{
	size_t gap;

	p += strspn(p, " \t");
	if (strncmp(p, "@include", 8) != 0)
		return NULL;
	p += 8;
	gap = strspn(p, " \t");
	if (gap == 0 || p[gap] != '"')
		return NULL;
	p += gap + 1;
	*close = strchr(p, '"');
	return *close != NULL ? p : NULL;
}

/* The file that is included, in its place. NULL, or the fault. */
static const char *
add_include(const struct walk *w, const char *open, const char *close)
{
	struct source *s = w->s;
	unsigned line = line_of(w->data, open);
	const char *name = arena_textn(s->arena, open, (size_t)(close - open)), *fault;

	if (name[0] != '/')
		name = arena_printf(s->arena, "%s/%s", s->folder, name);
	if (strpbrk(name, "*?[") != NULL)
		return arena_printf(s->arena,
		    "%s:%u: @include: \"%s\" has a wildcard (one file by name; conf.d/ is read by "
		    "itself)",
		    w->path, line, name);
	add(s, "\n", "\n" + 1);
	fault = add_file(s, name, w->depth + 1);
	if (fault != NULL)
		return arena_printf(s->arena, "%s:%u: @include: %s", w->path, line, fault);
	/* what follows on the line is no begin of a line, and may not be taken for one */
	add(s, "\n", "\n" + 1);
	begin_part(s, w->path, line);
	str_add(&s->text, "/**/");
	return NULL;
}

/* The text of one file, its includes in their places. NULL, or the fault. */
static const char *
add_text(const struct walk *w)
{
	const char *from = w->data, *p = w->data, *name, *close, *fault, *next;
	bool begins = true; /* p is the begin of a line */

	begin_part(w->s, w->path, 1);
	while (*p != '\0') {
		name = begins ? include_at(p, &close) : NULL;
		if (name != NULL) {
			add(w->s, from, p);
			if ((fault = add_include(w, name, close)) != NULL)
				return fault;
			from = next = close + 1;
		} else if ((next = past_quiet(p)) == p) {
			next = p + 1;
		}
		begins = next[-1] == '\n' && next == p + 1;
		p = next;
	}
	add(w->s, from, p);
	return NULL;
}

/* The first byte that no UTF-8 has there; NULL: there is none. */
static const char *
not_utf8(const char *data, size_t len)
{
	uint32_t letter;
	size_t n;

	for (size_t i = 0; i < len; i += n)
		if ((n = utf8_decode(data + i, len - i, &letter)) == 0)
			return data + i;
	return NULL;
}

/* Is this a text? libconfig itself has no words for what it is. */
static const char *
add_bytes(const struct walk *w, size_t len)
{
	const char *nul = memchr(w->data, 0, len), *odd;

	if (nul != NULL)
		return arena_printf(w->s->arena, "%s:%u: is not a text file (a NUL at byte %td)",
		    w->path, line_of(w->data, nul), nul - w->data);
	if ((odd = not_utf8(w->data, len)) != NULL)
		return arena_printf(w->s->arena, "%s:%u: is not UTF-8 (byte 0x%02X)", w->path,
		    line_of(w->data, odd), (unsigned char)*odd);
	return add_text(w);
}

static const char *
add_file(struct source *s, const char *path, int depth)
{
	struct walk w = { .s = s, .path = path, .depth = depth };
	struct arena *a;
	const char *fault;
	struct err e;
	char *data;
	size_t len;

	if (s->nfiles == CONF_FILES_MAX)
		return arena_printf(
		    s->arena, "%s: @include: more than %d files in all", path, CONF_FILES_MAX);
	if (depth > CONF_INCLUDE_DEPTH)
		return arena_printf(
		    s->arena, "%s: @include: nested more than %d deep", path, CONF_INCLUDE_DEPTH);
	s->files = arena_grow(s->arena, s->files, s->nfiles, &s->cap_files, sizeof(*s->files));
	s->files[s->nfiles++] = path;
	a = arena_new(4 * CONF_FILE_MAX);
	if (file_read(AT_FDCWD, path, FILE_FOLLOW, CONF_FILE_MAX, a, &data, &len, &e) < 0) {
		fault = arena_printf(s->arena, "%s: %s", path, e.msg);
	} else {
		w.data = data;
		fault = add_bytes(&w, len);
	}
	arena_free(a);
	return fault;
}

static void
init(struct source *s, const char *path, struct arena *a)
{
	*s = (struct source){
		.path = path, .arena = a, .folder = source_folder(path, a), .line = 1
	};
	str_init(&s->text, CONF_TEXT_MAX + 1);
}

/* The text is whole, or the fault is known. To libconfig a comment that ends with the text and not
 * with its line is a syntax error: an end of line is added, which is no line of its own. */
static void
finish(struct source *s, const char *fault)
{
	s->fault = fault;
	if (fault == NULL && s->text.len > CONF_TEXT_MAX)
		s->fault = arena_printf(s->arena, "%s: with all that is included over %zu bytes",
		    s->path, CONF_TEXT_MAX);
	str_addc(&s->text, '\n');
}

void
source_read(struct source *s, const char *path, struct arena *a)
{
	init(s, path, a);
	finish(s, add_file(s, path, 0));
}

void
source_from(struct source *s, const char *path, const char *text, struct arena *a)
{
	struct walk w = { .s = s, .path = path, .data = text };

	init(s, path, a);
	finish(s, add_text(&w));
}

void
source_fini(struct source *s)
{
	str_fini(&s->text);
}

/* The part that has the line: the last that does not begin behind it. */
static const struct source_part *
part_of(const struct source *s, unsigned line)
{
	size_t low = 0, high = s->nparts;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (s->parts[middle].first <= line)
			low = middle;
		else
			high = middle;
	}
	return &s->parts[low];
}

const char *
source_file(const struct source *s, unsigned line, unsigned *line_there)
{
	const struct source_part *p = part_of(s, line < s->line ? line : s->line);

	*line_there =
	    p->line + (line > p->first ? (line < s->line ? line : s->line) - p->first : 0);
	return p->file;
}

const char *
source_line(const struct source *s, unsigned line, size_t *len)
{
	const struct source_part *part = part_of(s, line);
	const char *p = s->text.s + part->at;

	if (line > s->line)
		return NULL;
	for (unsigned n = part->first; n < line; n++) {
		p = strchr(p, '\n');
		if (p == NULL)
			return NULL;
		p++;
	}
	*len = strcspn(p, "\n");
	return p;
}
