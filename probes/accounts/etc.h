/* SPDX-License-Identifier: Apache-2.0
 *
 * etc: the lines of passwd(5), group(5) and shadow(5). Pure; all text lives in the arena. A line
 * that breaks the form is left out and counted, since an administrator may stand in it.
 */
#ifndef PROBES_ACCOUNTS_ETC_H
#define PROBES_ACCOUNTS_ETC_H

#include "base/arena.h"
#include "conf/schema.h"

#include <stdbool.h>
#include <stdint.h>

#define ETC_LINES_MAX 65536 /* accounts, or groups; one more is left out and counted */
#define ETC_NAME_MAX 256    /* bytes of a name */

enum etc_password {
	ETC_UNSEEN, /* shadow could not be read, or has no line of it */
	ETC_SET,
	ETC_LOCKED, /* no password opens it: it begins with ! or * */
	ETC_EMPTY   /* any password opens it */
};

/* Ways to become root. */
enum {
	BY_ROOT = 1,    /* it has the number 0 */
	BY_SUDO = 2,    /* sudo lets it run everything as root */
	BY_POLKIT = 4,  /* polkit counts its group as administrators */
	BY_GROUP = 8,   /* its group reaches root's files: docker, disk */
	BY_COMMAND = 16 /* sudo lets it run a program that starts others */
};
#define BY_RIGHT (BY_ROOT | BY_SUDO | BY_POLKIT) /* an administrator; the others may become one */

struct etc_account {
	const char *name, *home, *shell;
	uint32_t uid, gid;
	enum etc_password password;
	int64_t expires;     /* days since 1970, the first on which it is closed; -1: never */
	unsigned ways;       /* BY_* */
	bool asks_nothing;   /* sudo asks it for no password */
	int64_t login;       /* newest recorded, seconds since 1970; 0: none */
	const char *how;     /* by which service; "" where that is not recorded */
	bool usable, unsure; /* can log in; that cannot be seen */
};

struct etc_group {
	const char *name;
	uint32_t gid;
	struct texts members;
};

struct etc {
	struct etc_account *accounts;
	struct etc_group *groups;
	size_t naccounts, ngroups;
	size_t bad;     /* lines that were not understood, or past the limit */
	bool directory; /* a line "+" asks a directory (compat of nsswitch.conf(5)) */
};

void etc_passwd(const char *text, struct arena *a, struct etc *out);
void etc_group(const char *text, struct arena *a, struct etc *out);

/* Fills password and expires of the accounts that are there. */
void etc_shadow(const char *text, struct etc *out);

struct etc_account *etc_find(const struct etc *e, const char *name);

/* Whether it is of the group: by its list, or by being the account's own. */
bool etc_is_member(const struct etc_account *a, const struct etc_group *g);

/* nsswitch.conf(5): the first source of accounts or groups that is no file; NULL: none. */
const char *etc_directory(const char *nsswitch, struct arena *a);

#endif
