/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the level and the sign of a whole report.
 */
#include "show/report.h"

#include "base/fence.h"

#include <string.h>

size_t
report_unconfined(const struct report *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->nchecks; i++) {
		const char *cell = r->checks[i].result->cell;

		if (cell != NULL && strncmp(cell, FENCE_NONE, strlen(FENCE_NONE)) == 0)
			n++;
	}
	return n;
}

enum level
report_level(const struct report *r)
{
	enum level worst = r->nchecks == 0 ? LEVEL_UNKNOWN : LEVEL_OK;

	for (size_t i = 0; i < r->nchecks; i++)
		worst = level_worst(worst, r->checks[i].result->level);
	return worst;
}

static enum sign
check_sign(const struct result *x)
{
	enum sign worst = x->nitems == 0 ? sign_of(x->level, false) : SIGN_OK;

	for (size_t i = 0; i < x->nitems; i++) {
		const struct verdict *v = &x->items[i].verdict;
		enum sign s = sign_of(v->level, v->excepted);

		worst = s > worst ? s : worst;
	}
	return worst;
}

enum sign
report_sign(const struct report *r)
{
	enum sign worst = r->nchecks == 0 ? SIGN_UNKNOWN : SIGN_OK;

	for (size_t i = 0; i < r->nchecks; i++) {
		enum sign s = check_sign(r->checks[i].result);

		worst = s > worst ? s : worst;
	}
	return worst;
}

size_t
report_excepted(const struct report *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->nchecks; i++)
		for (size_t k = 0; k < r->checks[i].result->nitems; k++)
			n += r->checks[i].result->items[k].verdict.excepted;
	return n;
}
