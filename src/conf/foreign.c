/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what the options of foreign code may be.
 */
#include "conf/foreign.h"

#include <stdlib.h>
#include <string.h>

#define USER_NAME_MAX 32 /* bytes (useradd(8)) */

int
foreign_port(const char *text, struct err *e)
{
	const char *colon = strrchr(text, ':');
	bool v6 = text[0] == '[' && colon != NULL && colon[-1] == ']';
	size_t digits = colon != NULL ? strspn(colon + 1, "0123456789") : 0;
	long port = digits > 0 && digits <= 5 ? strtol(colon + 1, NULL, 10) : 0;

	if (colon == NULL || colon == text || (!v6 && strchr(text, ':') != colon) ||
	    colon[1 + digits] != '\0' || port < 1 || port > 65535)
		return err_set(e, ERR_PARSE,
		    "\"%.200s\" is not host:port (a port from 1 to 65535; [v6]:port)", text);
	return (int)port;
}

unsigned
foreign_needs(const struct foreign *f)
{
	return f != NULL && f->network.n > 0 ? NEED_NET : 0;
}

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
	*opt = "network";
	if (f->network.n > FOREIGN_NETWORK_MAX)
		return err_set(
		    e, ERR_LIMIT, "%zu entries (at most %d)", f->network.n, FOREIGN_NETWORK_MAX);
	for (size_t i = 0; i < f->network.n; i++)
		if (foreign_port(f->network.v[i], e) < 0)
			return -1;
	return 0;
}
