/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the level of a whole report.
 */
#include "show/report.h"

enum level
report_level(const struct report *r)
{
	enum level worst = r->nchecks == 0 ? LEVEL_UNKNOWN : LEVEL_OK;

	for (size_t i = 0; i < r->nchecks; i++)
		worst = level_worst(worst, r->checks[i].result->level);
	return worst;
}
