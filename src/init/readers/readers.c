/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the list of programs.
 */
#include "init/readers/readers.h"

#include <stddef.h>

#define READER(name) extern const struct reader reader_##name;
#include "init/readers/list.def"
#undef READER

#define READER(name) &reader_##name,
const struct reader *const readers[] = {
#include "init/readers/list.def"
	NULL
};
