/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading one file below the folder that stands for /.
 */
#include "look.h"

#include "base/file.h"

#include <fcntl.h>

const char *
look_file(const struct look *l, const char *path, struct arena *a, size_t cap, struct err *why)
{
	char *text;
	size_t n;

	return file_read(AT_FDCWD, arena_printf(a, "%s%s", l->root, path), FILE_FOLLOW, cap, a,
		   &text, &n, why) < 0
		   ? NULL
		   : text;
}
