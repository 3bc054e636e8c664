/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what the options of foreign code may be.
 */
#include "conf/foreign.h"

#include <string.h>

#define USER_NAME_MAX 32 /* bytes (useradd(8)) */

int
foreign_check(const struct foreign *f, const char **opt, struct err *e)
{
	*opt = "user";
	if (f->user != NULL && (f->user[0] == '\0' || strlen(f->user) > USER_NAME_MAX))
		return err_set(
		    e, ERR_RANGE, "is not the name of a user (1 to %d bytes)", USER_NAME_MAX);
	*opt = "writes";
	if (f->writes.n > FOREIGN_WRITES_MAX)
		return err_set(
		    e, ERR_LIMIT, "%zu entries (at most %d)", f->writes.n, FOREIGN_WRITES_MAX);
	for (size_t i = 0; i < f->writes.n; i++)
		if (f->writes.v[i][0] != '/')
			return err_set(e, ERR_RANGE,
			    "\"%.200s\" is not an absolute path (a file or folder must be named "
			    "from / on)",
			    f->writes.v[i]);
	return 0;
}
