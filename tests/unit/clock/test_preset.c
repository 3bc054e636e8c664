/* SPDX-License-Identifier: Apache-2.0
 *
 * Presets: each name of the option has its row, and what is set wins over it.
 */
#include "tests/t.h"

#include "probes/clock/preset.h"

#include <stdlib.h>

static void
names(void)
{
	char all[] = PRESET_NAMES, *save = NULL;
	size_t n = 0;

	for (char *w = strtok_r(all, "|", &save); w != NULL; w = strtok_r(NULL, "|", &save)) {
		const struct preset *p = preset_find(w);

		n++;
		T_TRUE(w, p != NULL && p->max > 0 && p->warn <= p->max && p->source[0] != '\0');
	}
	T_INT("all of them", n, 7);
	T_TRUE("no other", preset_find("finra") == NULL && preset_find("") == NULL);
	T_TRUE("none is none", preset_find(NULL) == NULL);
}

static void
limits(void)
{
	static const struct {
		const char *row;
		struct clock_conf conf;
		span max, warn;
	} rows[] = {
		{ "nothing is set", { .preset = NULL }, SPAN_S, SPAN_S / 2 },
		{ "a preset", { .preset = "finra-50ms" }, 50 * SPAN_MS, 25 * SPAN_MS },
		{ "one with two limits", { .preset = "lab-record" }, 60 * SPAN_S, 10 * SPAN_S },
		{ "max_offset wins", { .preset = "lab-record", .max_offset = 2 * SPAN_S },
		    2 * SPAN_S, SPAN_S },
		{ "warn_offset wins", { .preset = "office", .warn_offset = 5 * SPAN_S },
		    270 * SPAN_S, 5 * SPAN_S },
		{ "both win", { .preset = "office", .max_offset = SPAN_S, .warn_offset = SPAN_MS },
		    SPAN_S, SPAN_MS },
		{ "without a preset", { .max_offset = SPAN_MS }, SPAN_MS, SPAN_MS / 2 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct clock_conf conf = rows[i].conf;

		preset_apply(&conf);
		T_INT(rows[i].row, conf.max_offset, rows[i].max);
		T_INT(rows[i].row, clock_warn_offset(&conf), rows[i].warn);
	}
}

int
main(void)
{
	names();
	limits();
	return t_end();
}
