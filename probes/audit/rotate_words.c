/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the table of logrotate's words.
 */
#include "rotate_words.h"

#include "base/arena.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum does {
	NOTHING,
	EVERY,
	SIZE,
	MINSIZE,
	MAXSIZE,
	KEPT,
	MAXAGE,
	DATEEXT,
	DATEFORMAT,
	SU,
	NOT_EMPTY,
	EMPTIES,
	INCLUDE,
	SCRIPT
};

static const struct {
	const char *word;
	enum does does;
	span with; /* of EVERY the span, of a switch 1 or 0 */
} words[] = {
	{ "hourly", EVERY, SPAN_H },
	{ "daily", EVERY, SPAN_DAY },
	{ "weekly", EVERY, 7 * SPAN_DAY },
	{ "monthly", EVERY, 31 * SPAN_DAY },
	{ "yearly", EVERY, 366 * SPAN_DAY },
	{ "size", SIZE, 0 },
	{ "minsize", MINSIZE, 0 },
	{ "maxsize", MAXSIZE, 0 },
	{ "rotate", KEPT, 0 },
	{ "maxage", MAXAGE, 0 },
	{ "dateext", DATEEXT, 1 },
	{ "nodateext", DATEEXT, 0 },
	{ "dateformat", DATEFORMAT, 0 },
	{ "su", SU, 1 },
	{ "notifempty", NOT_EMPTY, 1 },
	{ "ifempty", NOT_EMPTY, 0 },
	{ "include", INCLUDE, 0 },
	{ "prerotate", SCRIPT, 0 },
	{ "postrotate", SCRIPT, 0 },
	{ "firstaction", SCRIPT, 0 },
	{ "lastaction", SCRIPT, 0 },
	{ "preremove", SCRIPT, 0 },
	/* how the older file is made, named, packed and mailed */
	{ "addextension", NOTHING, 0 },
	{ "allowhardlink", NOTHING, 0 },
	{ "noallowhardlink", NOTHING, 0 },
	{ "compress", NOTHING, 0 },
	{ "nocompress", NOTHING, 0 },
	{ "compresscmd", NOTHING, 0 },
	{ "compressext", NOTHING, 0 },
	{ "compressoptions", NOTHING, 0 },
	{ "uncompresscmd", NOTHING, 0 },
	{ "copy", NOTHING, 0 },
	{ "nocopy", NOTHING, 0 },
	{ "copytruncate", EMPTIES, 1 },
	{ "nocopytruncate", EMPTIES, 0 },
	{ "create", NOTHING, 0 },
	{ "nocreate", NOTHING, 0 },
	{ "createolddir", NOTHING, 0 },
	{ "nocreateolddir", NOTHING, 0 },
	{ "datehourago", NOTHING, 0 },
	{ "nodatehourago", NOTHING, 0 },
	{ "dateyesterday", NOTHING, 0 },
	{ "nodateyesterday", NOTHING, 0 },
	{ "delaycompress", NOTHING, 0 },
	{ "nodelaycompress", NOTHING, 0 },
	{ "error", NOTHING, 0 },
	{ "extension", NOTHING, 0 },
	{ "ignoreduplicates", NOTHING, 0 },
	{ "mail", NOTHING, 0 },
	{ "nomail", NOTHING, 0 },
	{ "mailfirst", NOTHING, 0 },
	{ "maillast", NOTHING, 0 },
	{ "minage", NOTHING, 0 },
	{ "missingok", NOTHING, 0 },
	{ "nomissingok", NOTHING, 0 },
	{ "olddir", NOTHING, 0 },
	{ "noolddir", NOTHING, 0 },
	{ "renamecopy", NOTHING, 0 },
	{ "norenamecopy", NOTHING, 0 },
	{ "sharedscripts", NOTHING, 0 },
	{ "nosharedscripts", NOTHING, 0 },
	{ "shred", NOTHING, 0 },
	{ "noshred", NOTHING, 0 },
	{ "shredcycles", NOTHING, 0 },
	{ "start", NOTHING, 0 },
	{ "tabooext", NOTHING, 0 },
	{ "taboopat", NOTHING, 0 },
};

/* "100", "100k", "4M", "1G"; false: none of these, or more than fits. */
static bool
get_size(const char *text, uint64_t *out)
{
	static const char units[] = "kMG";
	unsigned shift = 0;
	const char *unit;
	char *end;

	if (text[0] < '0' || text[0] > '9')
		return false;
	errno = 0;
	*out = strtoull(text, &end, 10);
	if (*end != '\0' && (unit = strchr(units, *end)) != NULL) {
		shift = 10 * (unsigned)(unit - units + 1);
		end++;
	}
	if (errno != 0 || *end != '\0' || *out > UINT64_MAX >> shift)
		return false;
	*out <<= shift;
	return true;
}

static bool
get_number(const char *text, int64_t min, int64_t max, int64_t *out)
{
	char *end;

	errno = 0;
	*out = strtoll(text, &end, 10);
	return end != text && *end == '\0' && errno == 0 && *out >= min && *out <= max;
}

static bool
get_maxage(const char *value, span *out)
{
	int64_t days;

	if (!get_number(value, 0, SPAN_MAX / SPAN_DAY, &days))
		return false;
	*out = days * SPAN_DAY;
	return true;
}

/* A log is set aside by time or by size: what is said last holds. */
static bool
set(struct rotate_terms *t, enum does does, span with, const char *value, struct rotate_line at,
    struct arena *a)
{
	switch (does) {
	case EVERY:
		t->every = with;
		t->size = 0;
		t->every_at = at;
		return true;
	case SIZE:
		t->every = 0;
		t->every_at = at;
		return get_size(value, &t->size);
	case MINSIZE:
		return get_size(value, &t->minsize);
	case MAXSIZE:
		return get_size(value, &t->maxsize);
	case KEPT:
		t->kept_at = at;
		return get_number(value, -1, INT32_MAX, &t->kept);
	case MAXAGE:
		return get_maxage(value, &t->maxage);
	case DATEEXT:
		t->dateext = with != 0;
		return true;
	case DATEFORMAT:
		t->dateformat = arena_text(a, value);
		return true;
	case SU:
		t->su = true;
		return true;
	case EMPTIES:
		t->empties = with != 0;
		return true;
	case NOT_EMPTY:
		t->not_empty = with != 0;
		return true;
	default:
		return true;
	}
}

enum rotate_word
rotate_word(struct rotate_terms *t, const char *word, const char *value, struct rotate_line at,
    struct arena *a)
{
	struct rotate_terms was = *t;
	size_t i = 0, n = sizeof(words) / sizeof(words[0]);

	while (i < n && strcmp(words[i].word, word) != 0)
		i++;
	if (i == n)
		return ROTATE_UNKNOWN;
	if (words[i].does == INCLUDE || words[i].does == SCRIPT)
		return words[i].does == INCLUDE ? ROTATE_INCLUDE : ROTATE_SCRIPT;
	if (set(t, words[i].does, words[i].with, value, at, a))
		return ROTATE_DONE;
	*t = was; /* logrotate passes over such a line */
	return ROTATE_UNKNOWN;
}
