/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the question whether the programs that write to a log write to the file that is there.
 */
#include "writing.h"

#include "finding.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define RULE "writer"
#define NAMED_MAX 3 /* programs that are named one by one */

static const char *
last_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* "cds (process 812)": what a program calls itself is its own choice. */
static const char *
who(const struct writer *w, struct arena *a)
{
	char name[4 * WRITERS_NAME];

	text_clean_buf(name, sizeof(name), w->program, strlen(w->program));
	return arena_printf(a, "%s (process %d)", name[0] != '\0' ? name : "a program", w->pid);
}

/* The file has, or had, the name of the log or of an older file of it. */
static bool
is_of(const struct log *l, const struct writer *w)
{
	size_t folder = (size_t)(last_name(l->path) - l->path);

	return strncmp(w->path, l->path, folder) == 0 &&
	       (strcmp(w->path, l->path) == 0 ||
		   files_rotated_name(l->path + folder, w->path + folder));
}

static bool
is_own(const struct log *l, const struct writer *w)
{
	return !w->deleted && strcmp(w->path, l->path) == 0 && l->files.kind == OWN_FILE &&
	       l->files.v[0].hints.ino == w->ino;
}

/* It is emptied in place (copytruncate), and then its place in it is past the end. */
static bool
leaves_holes(const struct log *l, const struct writer *w)
{
	const struct rotate_rule *r = l->settings != NULL && l->settings->read
					  ? rotate_find(&l->settings->logrotate, l->path)
					  : NULL;

	return is_own(l, w) && !w->append && r != NULL && r->terms.empties;
}

/* The log was renamed and a new one begun, and long after that the old one is still written to.
 * What copies or packs the log writes to a file that is younger than the log. */
static bool
is_left_behind(const struct log *l, const struct writer *w)
{
	const struct hints *own = l->files.kind == OWN_FILE ? &l->files.v[0].hints : NULL;

	return own != NULL && !w->deleted && w->ino != own->ino && !files_packed_name(w->path) &&
	       w->born != 0 && own->btime != 0 && w->born < own->btime &&
	       instant_minus(w->written, own->btime) > WRITING_LEFT;
}

/* What is told of all programs: names, or that there is none. */
static void
tell_who(struct log *l, const struct writers *ws)
{
	struct arena *a = l->s.arena;
	const char *names = NULL;
	size_t n = 0;

	for (size_t i = 0; i < ws->n; i++) {
		const struct writer *w = &ws->v[i];

		if (!is_own(l, w) || n++ >= NAMED_MAX)
			continue;
		names = arena_printf(a, "%s%s%s%s", names != NULL ? names : "",
		    names != NULL ? ", " : "", who(w, a), w->append ? "" : " without O_APPEND");
	}
	if (n > NAMED_MAX)
		names = arena_printf(a, "%s and %zu more", names, n - NAMED_MAX);
	if (names != NULL)
		l->outlook.writes = names;
	else if (ws->seen == WRITERS_ALL)
		l->outlook.writes =
		    "no program that can be seen has it open for writing by this name";
}

/* The finding of one program; NULL: it writes as it should. */
static const char *
judge(struct log *l, const struct writer *w, char words[STATE_TEXT])
{
	const char *name = last_name(w->path), *program = who(w, l->s.arena);

	if (w->since) {
		snprintf(words, STATE_TEXT,
		    "%s still writes to %.255s, which was deleted: these records are in no file "
		    "that anybody finds",
		    program, name);
		return "deleted";
	}
	if (is_left_behind(l, w)) {
		snprintf(words, STATE_TEXT,
		    "%s still writes to %.255s, an older file: what it records does not come into "
		    "the log",
		    program, name);
		return "left-behind";
	}
	if (!leaves_holes(l, w))
		return NULL;
	snprintf(words, STATE_TEXT,
	    "%s writes to %.255s at a place of its own (without O_APPEND), while logrotate empties "
	    "it (copytruncate)",
	    program, name);
	return "no-append";
}

bool
writing_judge(struct log *l, const struct writers *ws)
{
	const char *key = NULL;
	char words[STATE_TEXT];

	l->outlook.looked = ws->all ? ws->at : 0;
	if (ws->seen == WRITERS_NONE)
		return finding_has_rule(&l->s, RULE);
	/* a file that is lost goes before one that is only old */
	for (int lost = 1; lost >= 0 && key == NULL; lost--)
		for (size_t i = 0; i < ws->n && key == NULL; i++) {
			const struct writer *w = &ws->v[i];

			if (!is_of(l, w) || w->since != (lost == 1))
				continue;
			key = judge(l, w, words);
			if (lost == 1)
				l->outlook.rescue =
				    arena_printf(l->s.arena, "/proc/%d/fd/%d", w->pid, w->fd);
		}
	tell_who(l, ws);
	finding_stands(&l->s, l->now, RULE, key, words);
	return key != NULL;
}
