/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns leaving root: foreign code runs as a user who owns nothing.
 */
#include "cell/sandbox_private.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#define OWN_USER "forewarn" /* the account that packages make */
#define NOBODY "nobody"

static const struct passwd *
find(const char *name, struct err *e)
{
	const struct passwd *p;

	if (name == NULL && (p = getpwnam(OWN_USER)) != NULL)
		return p;
	p = getpwnam(name != NULL ? name : NOBODY);
	if (p == NULL)
		err_set(e, ERR_ABSENT, "there is no user \"%.64s\" here to run it as",
		    name != NULL ? name : NOBODY);
	return p;
}

/* A user namespace (user_namespaces(7)) that knows this user: where it does not, as under
 * `unshare -r`, its root is the plain user who made it. */
static bool
is_mapped(uid_t uid)
{
	unsigned long first, outside, n;
	bool found = false;
	FILE *f = fopen("/proc/self/uid_map", "re");

	if (f == NULL)
		return true;
	while (!found && fscanf(f, "%lu %lu %lu", &first, &outside, &n) == 3)
		found = uid >= first && uid - first < n;
	fclose(f);
	return found;
}

int
sandbox_user(const struct sandbox_terms *t, struct err *e)
{
	const char *name = t->foreign != NULL ? t->foreign->user : NULL;
	const struct passwd *p;
	pid_t parent = getppid();

	/* only root can become another; a user's own cells stay this user */
	if ((t->needs & FOREIGN) == 0 || geteuid() != 0 ||
	    (name != NULL && strcmp(name, "root") == 0))
		return 0;
	p = find(name, e);
	if (p == NULL)
		return -1;
	if (!is_mapped(p->pw_uid))
		return 0;
	/* the check's own folder, which root has made, becomes this user's */
	if ((t->needs & NEED_STATE) != 0 && t->state_fd >= 0 &&
	    fchown(t->state_fd, p->pw_uid, p->pw_gid) < 0)
		return err_sys(e, "giving its folder to the user %s", p->pw_name);
	if (initgroups(p->pw_name, p->pw_gid) < 0 ||
	    setresgid(p->pw_gid, p->pw_gid, p->pw_gid) < 0 ||
	    setresuid(p->pw_uid, p->pw_uid, p->pw_uid) < 0)
		return err_sys(e, "becoming the user %s", p->pw_name);
	/* the kernel forgets this promise when the user changes (prctl(2)) */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(127);
	return 0;
}
