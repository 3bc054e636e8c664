/* SPDX-License-Identifier: Apache-2.0
 *
 * spec: what the hsm probe can be told, and how far it reads. The command links spec.c and uri.c
 * too.
 *
 * hsm: certificates, keys and PIN flags of PKCS#11 tokens, as far as they show without a PIN.
 * C_Login is only called where the option login says so, C_WaitForSlotEvent never. Slot numbers are
 * never part of a name: modules renumber them.
 */
#ifndef PROBES_HSM_SPEC_H
#define PROBES_HSM_SPEC_H

#include "probes/probe.h"

#define HSM_OBJECTS_MAX 4096                 /* of one class on one token */
#define HSM_ATTRIBUTE_MAX ((size_t)64 << 10) /* bytes of one attribute */
#define HSM_SLOTS_MAX 256
#define HSM_URI_MAX 4096
#define HSM_NSS_MAX 1024 /* bytes of the path of an NSS database */
#define HSM_NSS_TOKEN                                                                              \
	"pkcs11:token=NSS%20Certificate%20DB" /* beside it softokn has one of ciphers */
#define HSM_PIN_MAX 255                       /* bytes */

struct hsm_conf {
	const char *module;
	const char *uri;
	struct texts environment;
	int64_t expect;
	const char *use;
	const char *present;  /* hours of the week; NULL: none are given */
	const char *nss;      /* folder of an NSS database; NULL: the module needs none */
	bool login;           /* with the PIN of pin_file */
	const char *pin_file; /* NULL: none */
	struct foreign foreign;
};

/* RFC 7512, the part that names tokens, objects and libraries. Stricter than p11-kit, which passes
 * over unknown and doubled words in silence and then finds nothing, or everything. Pure. */
int hsm_uri_check(const char *uri, struct err *e);

/* "NAME=value" with a name that does not steer the loader. Pure. */
int hsm_environment_check(const char *text, struct err *e);

#endif
