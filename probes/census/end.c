/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the order in which a census ends.
 */
#include "probes/census/census_private.h"

void
census_end(struct census *c)
{
	kin_find(c);
	compare_all(c);
	notes_write(c);
	tell_all(c);
}
