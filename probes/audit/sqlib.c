/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the loading of SQLite.
 */
#include "sqlib.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>

/* dlsym(3) returns an object pointer for what is a function (POSIX allows it). */
static bool
find(void *library, const char *name, void *to)
{
	void *symbol = dlsym(library, name);

	memcpy(to, &symbol, sizeof(symbol));
	return symbol != NULL;
}

const struct sqlib *
sqlib(struct err *e)
{
	static struct sqlib calls;
	static bool loaded;
	void *library;

	if (loaded)
		return &calls;
	library = dlopen(SQLIB_NAME, RTLD_NOW | RTLD_LOCAL);
	if (library == NULL) {
		err_set(e, ERR_ABSENT, "SQLite is needed to read it: %s", dlerror());
		return NULL;
	}
	loaded = true;
#define SQLIB_FIND(call) loaded = find(library, "sqlite3_" #call, &calls.call) && loaded;
	SQLIB_CALLS(SQLIB_FIND)
#undef SQLIB_FIND
	if (loaded)
		return &calls;
	err_set(e, ERR_ABSENT, "the SQLite that is installed is too old to read it");
	return NULL;
}
