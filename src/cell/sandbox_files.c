/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns which files a cell may still touch, and that signals and abstract sockets stay in it.
 */
#include "cell/sandbox_landlock.h"
#include "cell/sandbox_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What name resolution reads: its settings, its plug-ins, what other programs leave for it. Not
 * /etc as a whole: secrets of others may lie there. */
static const char *const resolver[] = { "/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf",
	"/etc/host.conf", "/etc/gai.conf", "/etc/services", "/etc/protocols", "/etc/localtime",
	"/etc/ld.so.cache", "/etc/ssl/openssl.cnf", "/etc/pki/tls/openssl.cnf",
	"/etc/crypto-policies", "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/share/zoneinfo",
	"/run/systemd/resolve", "/run/resolvconf", "/run/NetworkManager", "/run/nscd", "/proc/self",
	NULL };

/* Where any program may leave something. */
static const char *const scratch[] = { "/tmp", "/var/tmp", NULL };
static const char *const shared_memory[] = { "/dev/shm", NULL };
static const char *const devices[] = { "/dev/null", "/dev/zero", "/dev/full", "/dev/random",
	"/dev/urandom", NULL };
/* A PKCS#11 module that speaks to its token itself. */
static const char *const tokens[] = { "/dev/bus/usb", "/dev/hidraw0", "/dev/hidraw1",
	"/dev/hidraw2", "/dev/hidraw3", NULL };

static const char *also[SANDBOX_PATHS_MAX];
static size_t nalso;
static const char *makes[SANDBOX_PATHS_MAX];
static size_t nmakes;

void
sandbox_also_read(const char *path)
{
	if (nalso < SANDBOX_PATHS_MAX)
		also[nalso++] = path;
}

void
sandbox_also_make(const char *folder)
{
	if (nmakes < SANDBOX_PATHS_MAX)
		makes[nmakes++] = folder;
}

bool
sandbox_makes(void)
{
	return nmakes > 0;
}

static int
allow_paths(int ruleset, const char *const *paths, uint64_t rights, struct err *e)
{
	for (; *paths != NULL; paths++)
		if (landlock_allow_path(ruleset, *paths, 0, rights, e) < 0)
			return -1;
	return 0;
}

static int
allow_foreign(int ruleset, const struct sandbox_terms *t, const struct guarded *g, uint64_t all,
    struct err *e)
{
	const uint64_t device =
	    all & (FS_READ_FILE | FS_READ_DIR | FS_WRITE_FILE | FS_TRUNCATE | FS_IOCTL_DEV);
	const uint64_t writes = all & ~(uint64_t)FS_IOCTL_DEV;

	for (size_t i = 0; scratch[i] != NULL; i++)
		if (guarded_allow(g, ruleset, scratch[i], writes, true, e) < 0)
			return -1;
	for (size_t i = 0; t->foreign != NULL && i < t->foreign->writes.n; i++)
		if (guarded_allow(g, ruleset, t->foreign->writes.v[i], writes, true, e) < 0)
			return -1;
	if (allow_paths(ruleset, shared_memory, writes, e) < 0 ||
	    allow_paths(ruleset, devices, device, e) < 0)
		return -1;
	return (t->needs & NEED_MODULE) != 0 ? allow_paths(ruleset, tokens, device, e) : 0;
}

/* Names may be seen everywhere; what is in them, but for what is guarded. */
static int
allow_reading(int ruleset, const struct sandbox_terms *t, const struct guarded *g, struct err *e)
{
	const uint64_t look = FS_READ | ((t->needs & FOREIGN) != 0 ? FS_EXECUTE : 0);

	if (landlock_allow_path(ruleset, "/", 0, FS_READ_DIR, e) < 0)
		return -1;
	return guarded_allow(g, ruleset, "/", look, false, e);
}

/* A link is not followed: whoever can put one there would choose where we write. */
static int
allow_making(int ruleset, const struct guarded *g, uint64_t all, struct err *e)
{
	struct stat st;

	for (size_t i = 0; i < nmakes; i++)
		if (lstat(makes[i], &st) == 0 && S_ISDIR(st.st_mode) &&
		    guarded_allow(g, ruleset, makes[i], all & FS_MAKE, true, e) < 0)
			return -1;
	return 0;
}

static int
add_rules(int ruleset, const struct sandbox_terms *t, uint64_t all, struct err *e)
{
	const bool reads = (t->needs & (NEED_FILES | FOREIGN)) != 0;
	struct guarded g = { .n = 0 };
	int rc = 0;

	if (reads || nmakes > 0) {
		rc = guarded_read(&g, t->fence.guarded, e);
		if (rc == 0 && reads)
			rc = allow_reading(ruleset, t, &g, e);
		if (rc == 0 && (t->needs & FOREIGN) != 0)
			rc = allow_foreign(ruleset, t, &g, all, e);
		if (rc == 0)
			rc = allow_making(ruleset, &g, all, e);
		guarded_free(&g);
	}
	if (rc == 0 && (t->needs & (NEED_NET | NEED_FILES)) == NEED_NET)
		rc = allow_paths(ruleset, resolver, FS_READ, e);
	for (size_t i = 0; rc == 0 && i < nalso; i++)
		rc = landlock_allow_path(ruleset, also[i], 0, FS_READ, e);
	if (rc == 0 && (t->needs & NEED_STATE) != 0 && t->state_fd >= 0)
		rc = landlock_allow(
		    ruleset, t->state_fd, all & ~(uint64_t)(FS_EXECUTE | FS_IOCTL_DEV), e);
	return rc;
}

static bool
has_ports(const struct sandbox_terms *t)
{
	return t->foreign != NULL && t->foreign->network.n > 0;
}

static int
allow_ports(int ruleset, const struct sandbox_terms *t, long abi, struct err *e)
{
	for (size_t i = 0; abi >= 4 && has_ports(t) && i < t->foreign->network.n; i++) {
		int port = foreign_port(t->foreign->network.v[i], e);

		if (port < 0 || landlock_allow_port(ruleset, port, e) < 0)
			return -1;
	}
	return 0;
}

/* All that this ABI can take away, but for what the cell needs as a whole. */
static struct landlock_attr
handled(const struct sandbox_terms *t, long abi)
{
	const unsigned needs = t->needs;
	struct landlock_attr attr = { .handled_access_fs = FS_ABI1 };

	if (abi >= 2)
		attr.handled_access_fs |= FS_REFER;
	if (abi >= 3)
		attr.handled_access_fs |= FS_TRUNCATE;
	if (abi >= 4 && (needs & FOREIGN) == 0)
		attr.handled_access_net =
		    NET_BIND_TCP | ((needs & NEED_NET) != 0 ? 0 : NET_CONNECT_TCP);
	else if (abi >= 4 && has_ports(t))
		attr.handled_access_net = NET_BIND_TCP | NET_CONNECT_TCP;
	if (abi >= 5)
		attr.handled_access_fs |= FS_IOCTL_DEV;
	if (abi >= LANDLOCK_SCOPES)
		attr.scoped = SCOPE_ABSTRACT_UNIX | SCOPE_SIGNAL;
	return attr;
}

int
sandbox_files(const struct sandbox_terms *t, int most, int *in_force, struct err *e)
{
	long abi = landlock_abi();
	struct landlock_attr attr;
	int ruleset, rc;

	*in_force = 0;
	if (abi > most)
		abi = most;
	if (abi < 1)
		return 0;
	attr = handled(t, abi);
	ruleset = landlock_begin(&attr, e);
	if (ruleset < 0)
		return -1;
	rc = add_rules(ruleset, t, attr.handled_access_fs, e);
	if (rc == 0)
		rc = allow_ports(ruleset, t, abi, e);
	if (rc == 0)
		rc = landlock_restrict(ruleset, e);
	close(ruleset);
	if (rc == 0)
		*in_force = (int)abi;
	return rc;
}
