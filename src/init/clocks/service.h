/* SPDX-License-Identifier: Apache-2.0
 *
 * service: one time service, as data and two functions. A service is one file of this folder with
 * one struct service in it, and one line of list.def.
 */
#ifndef INIT_CLOCKS_SERVICE_H
#define INIT_CLOCKS_SERVICE_H

#include "init/clocks/clocks.h"

struct service {
	const char *name;            /* as people call it */
	const char *const *programs; /* paths of its program; one that is there: it is installed */
	const char *const *units;    /* units that start it with the machine (systemd.unit(5)) */
	const char *const *files; /* patterns of its configuration; NULL ends each of the lists */
	/* paths that tell that a program of the same path is another service's; NULL: none */
	const char *const *not_with;
	bool always; /* its program is always at one of `programs`: a configuration alone is a
			leftover */
	bool handed; /* no service beside others: what a person laid here, a helper; always read */
	/* Reads its configuration below c->root, from its main file on. */
	void (*find)(struct clocks *c);
	/* What it asks where nothing else was named by anybody (NULL: nothing). */
	void (*built_in)(struct clocks *c);
	/* Reads the bytes of one file of it (data ends with a NUL behind len). Opens what that
	 * includes. NULL: it has none. */
	void (*text)(struct clocks *c, const char *path, char *data, size_t len);
};

#define SERVICE(name) +1
enum {
	SERVICES_N = 0
#include "init/clocks/list.def"
};
#undef SERVICE

/* SERVICES_N of them; NULL ends them too. */
extern const struct service *const services[];

#endif
