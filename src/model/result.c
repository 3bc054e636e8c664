/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the names of units.
 */
#include "model/result.h"

const char *
unit_name(enum unit u)
{
	static const char *const names[UNIT_N] = {
		[UNIT_NONE] = "",
		[UNIT_SECONDS] = "seconds",
		[UNIT_BYTES] = "bytes",
		[UNIT_RATIO] = "ratio",
		[UNIT_PPM] = "ppm",
		[UNIT_COUNT] = "",
	};

	return names[u];
}
