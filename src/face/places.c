/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns where things are: state, sockets, other programs. Apart from the rest of what the calls
 * share, for programs that know no probe.
 */
#include "face/places.h"

#include "base/err.h"
#include "base/file.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *
xdg(struct arena *a, const char *variable, const char *below_home, const char *name)
{
	const char *base = getenv(variable), *home = getenv("HOME");

	if (base != NULL && base[0] == '/')
		return arena_printf(a, "%s/forewarn%s", base, name);
	return arena_printf(a, "%s/%s/forewarn%s", home != NULL ? home : "", below_home, name);
}

const char *
place_state_dir(struct arena *a)
{
	const char *given = getenv("FOREWARN_STATE_DIR"), *system = "/var/lib/forewarn";
	struct stat st;

	if (given != NULL && given[0] != '\0')
		return arena_text(a, given);
	/* that of the service is the service's: what root left in it, its account could not read */
	if (geteuid() == 0 && (stat(system, &st) < 0 || st.st_uid == 0))
		return system;
	return xdg(a, "XDG_STATE_HOME", ".local/state", "");
}

/* Where there is no runtime folder (su, cron, a container): beside the state of this user. The
 * folder is made by who comes first, forewarnd or who asks it; no other user may enter. */
static const char *
socket_beside_state(struct arena *a)
{
	const char *dir = place_state_dir(a);
	struct err e;
	int fd = file_open_folder(dir, &e);

	if (fd >= 0)
		close(fd);
	return arena_printf(a, "%s/control", dir);
}

const char *
place_socket(struct arena *a)
{
	const char *given = getenv("FOREWARN_SOCKET"), *system = "/run/forewarn/control";
	const char *runtime = getenv("XDG_RUNTIME_DIR");
	const char *unit = getenv("RUNTIME_DIRECTORY"); /* systemd.exec(5) */

	if (given != NULL && given[0] != '\0')
		return arena_text(a, given);
	if (unit != NULL && unit[0] == '/' && strchr(unit, ':') == NULL)
		return arena_printf(a, "%s/control", unit);
	if (geteuid() == 0 || access(system, F_OK) == 0)
		return system;
	if (runtime == NULL || runtime[0] != '/')
		return socket_beside_state(a);
	return arena_printf(a, "%s/forewarn/control", runtime);
}

const char *
place_conf(struct arena *a)
{
	const char *system = "/etc/forewarn/forewarn.conf", *own;
	const char *unit = getenv("CONFIGURATION_DIRECTORY"); /* systemd.exec(5) */

	if (unit != NULL && unit[0] == '/' && strchr(unit, ':') == NULL)
		return arena_printf(a, "%s/forewarn.conf", unit);
	if (geteuid() == 0)
		return system;
	own = xdg(a, "XDG_CONFIG_HOME", ".config", "/forewarn.conf");
	return access(own, F_OK) == 0 || access(system, F_OK) < 0 ? own : system;
}

/* What is built lies beside this program; NULL: it does not. */
static const char *
beside(const char *name, int mode, struct arena *a)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	const char *path;
	char *slash;

	if (n <= 0)
		return NULL;
	self[n] = '\0';
	slash = strrchr(self, '/');
	path = arena_printf(a, "%.*s/%s", (int)(slash - self), self, name);
	return access(path, mode) == 0 ? path : NULL;
}

const char *
place_cell(const char *program, struct arena *a)
{
	const char *path = beside(program, X_OK, a);

	return path != NULL ? path : arena_printf(a, "%s/%s", FOREWARN_LIBEXECDIR, program);
}

const char *
place_packs(struct arena *a)
{
	return beside("packs/types.conf", R_OK, a) != NULL ? beside("packs", R_OK, a)
							   : FOREWARN_PACKDIR;
}

const char *
place_worker(const char *probe, struct arena *a)
{
	return place_cell(arena_printf(a, "probe-%s", probe), a);
}

const char *
place_prove(const char *probe, struct arena *a)
{
	const char *name = arena_printf(a, "prove/%s", probe), *path = beside(name, F_OK, a);

	return path != NULL ? path : arena_printf(a, "%s/%s", FOREWARN_PROVEDIR, probe);
}
