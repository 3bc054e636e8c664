/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the search for PKCS#11 modules: those that p11-kit is told of (pkcs11.conf(5), *.module),
 * and those that common tokens' software installs. Whether a token is in is for the hsm probe to
 * say, in a cell.
 */
#include "init/init.h"

#include <string.h>

static const char *const libraries[] = { "/usr/lib/*/pkcs11", "/usr/lib64/pkcs11",
	"/usr/lib/pkcs11", NULL };

/* SoftHSM, OpenSC, SafeNet eToken, IDPrime, WatchData ProxKey, ePass, Bit4id, YubiKey. */
static const char *const known[] = { "/usr/lib/*/softhsm/libsofthsm2.so",
	"/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so",
	"/usr/lib/*/opensc-pkcs11.so", "/usr/lib64/opensc-pkcs11.so", "/usr/lib/libeTPkcs11.so",
	"/usr/lib/libeToken.so", "/usr/lib/libIDPrimePKCS11.so",
	"/usr/lib/WatchData/ProxKey/lib/libwdpkcs_SignatureP11.so", "/usr/lib/libcastle.so*",
	"/usr/lib/*/libbit4xpki.so", "/usr/lib/*/libykcs11.so.2", NULL };

static void
add_module(struct found *f, const char *path, const char *at)
{
	found_add(f, &f->modules, path, at);
}

static void
add_matches(struct found *f, const char *pattern, const char *at)
{
	found_matches(f, pattern, at, add_module);
}

static void
module_line(struct found *f, const char *path, char *line)
{
	const char *module = found_value(line, "module");

	/* the trust store is no token, and p11-kit's own client asks another process */
	if (module == NULL || strstr(module, "p11-kit-trust") != NULL ||
	    strstr(module, "p11-kit-client") != NULL)
		return;
	if (module[0] == '/') {
		add_matches(f, module, path);
		return;
	}
	for (size_t i = 0; libraries[i] != NULL; i++)
		add_matches(f, arena_printf(f->arena, "%s/%s", libraries[i], module), path);
}

void
init_modules(struct found *f)
{
	found_folder(f, "/usr/share/p11-kit/modules", ".module", 0, module_line);
	found_folder(f, "/etc/pkcs11/modules", ".module", 0, module_line);
	for (size_t i = 0; known[i] != NULL; i++)
		add_matches(f, known[i], "a module that is installed here");
}
