/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the names of what became of a letter.
 */
#include "model/letter.h"

const char *
post_outcome_name(enum post_outcome o)
{
	static const char *const names[POST_OUTCOMES] = { "delivered", "later", "refused", "paused",
		"auth", "held", "partly" };

	return o < POST_OUTCOMES ? names[o] : "?";
}
