/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how NSS's module is told which database to open.
 */
#include "probes/hsm/work.h"

#include "base/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* NSS has a member before the reserved one of PKCS#11, which stays NULL (NSS, pkcs11t.h). */
struct nss_args {
	CK_C_INITIALIZE_ARGS args; /* its reserved member is NSS's LibraryParameters */
	void *reserved;
};

/* softokn opens an empty database where it may not read the one that is there. */
const char *
nss_unreadable(const struct hsm_run *r)
{
	const char *path = arena_printf(r->arena, "%s/cert9.db", r->conf->nss);
	struct err e = { 0 };
	int fd = file_open(AT_FDCWD, path, FILE_FOLLOW, NULL, &e);

	if (fd < 0)
		return arena_printf(r->arena, "%s: %s", path, e.msg);
	close(fd);
	return NULL;
}

CK_RV
nss_initialize(struct hsm_run *r)
{
	struct nss_args a = { .args.flags = CKF_OS_LOCKING_OK };

	a.args.pReserved = arena_printf(r->arena,
	    "configdir='sql:%s' certPrefix='' keyPrefix='' secmod='secmod.db' flags=readOnly",
	    r->conf->nss);
	return r->f->C_Initialize(&a);
}
