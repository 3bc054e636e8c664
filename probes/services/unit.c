/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading what systemctl shows of units.
 */
#include "unit.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static bool
stamp(const char *text, instant *out)
{
	int64_t seconds;
	int used = 0;

	if (sscanf(text, "@%12" SCNd64 "%n", &seconds, &used) != 1 || text[used] != '\0' ||
	    seconds < 0)
		return false;
	*out = seconds > 0 ? seconds * INSTANT_S : INSTANT_NONE;
	return true;
}

bool
unit_moment(const char *text, instant *out)
{
	struct civil c = { .micros = 0 }, back;
	int used = 0;

	*out = INSTANT_NONE;
	if (text[0] == '\0' || strcmp(text, "n/a") == 0 || strcmp(text, "0") == 0)
		return true;
	if (text[0] == '@')
		return stamp(text, out);
	/* the zone must be the one that was asked for */
	if (sscanf(text, "%*3s %4d-%2d-%2d %2d:%2d:%2d UTC%n", &c.year, &c.month, &c.day, &c.hour,
		&c.minute, &c.second, &used) != 6 ||
	    used == 0 || text[used] != '\0')
		return false;
	*out = civil_instant(&c);
	instant_civil(*out, &back);
	if (back.day == c.day && back.month == c.month && back.hour == c.hour &&
	    back.minute == c.minute && back.second == c.second)
		return true;
	*out = INSTANT_NONE;
	return false;
}

static void
later(struct systemd_unit *u, const char *value, instant *t)
{
	instant at;

	if (!unit_moment(value, &at))
		u->bad_time = true;
	else if (at != INSTANT_NONE && (*t == INSTANT_NONE || at > *t))
		*t = at;
}

static void
take(struct systemd_unit *u, const char *name, const char *value)
{
	const struct {
		const char *name;
		const char **to;
	} texts[] = { { "Id", &u->id }, { "Names", &u->names }, { "LoadState", &u->load },
		{ "ActiveState", &u->active }, { "SubState", &u->sub },
		{ "UnitFileState", &u->file }, { "Result", &u->result }, { "Unit", &u->triggers },
		{ "Triggers", &u->triggers } };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (strcmp(name, texts[i].name) == 0) {
			*texts[i].to = value;
			return;
		}
	if (strcmp(name, "ExecMainExitTimestamp") == 0 ||
	    strcmp(name, "InactiveEnterTimestamp") == 0)
		later(u, value, &u->ended);
	else if (strcmp(name, "LastTriggerUSec") == 0)
		later(u, value, &u->triggered);
}

static void
fresh(struct systemd_unit *u)
{
	*u = (struct systemd_unit){ .load = "",
		.active = "",
		.sub = "",
		.file = "",
		.result = "",
		.triggers = "",
		.ended = INSTANT_NONE,
		.triggered = INSTANT_NONE };
}

static void
finish(struct units *out, struct systemd_unit *u, struct arena *a)
{
	if (u->id != NULL && u->id[0] != '\0') {
		if (u->names == NULL)
			u->names = u->id;
		if (out->n == UNITS_MAX)
			out->bad++;
		else {
			out->v = arena_grow(a, out->v, out->n, &out->cap, sizeof(*out->v));
			out->v[out->n++] = *u;
		}
	}
	fresh(u);
}

void
units_parse(const char *text, struct arena *a, struct units *out)
{
	char *all = arena_text(a, text), *line;
	struct systemd_unit u;

	fresh(&u);
	while ((line = strsep(&all, "\n")) != NULL) {
		char *value = strchr(line, '=');

		if (line[0] == '\0')
			finish(out, &u, a);
		else if (value == NULL)
			out->bad++;
		else {
			*value++ = '\0';
			take(&u, line, value);
		}
	}
	finish(out, &u, a);
}

/* Whether a word is among words with spaces between them. */
static bool
has_word(const char *words, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = words; (p = strstr(p, word)) != NULL; p++)
		if ((p == words || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
			return true;
	return false;
}

const struct systemd_unit *
units_find(const struct units *u, const char *name)
{
	if (name[0] == '\0')
		return NULL;
	for (size_t i = 0; i < u->n; i++)
		if (strcmp(u->v[i].id, name) == 0 || has_word(u->v[i].names, name))
			return &u->v[i];
	return NULL;
}
