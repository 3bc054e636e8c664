/* SPDX-License-Identifier: Apache-2.0
 *
 * names: who a number is, asked of the system's name service (nsswitch.conf(5)). What answers there
 * is foreign code that may ask a directory over the network, and glibc itself crashes in it where
 * memory is short: so each question is asked by a forked child that has NAMES_WAIT to answer.
 * Blocks for that long at most.
 */
#ifndef BASE_NAMES_H
#define BASE_NAMES_H

#include <stdbool.h>
#include <sys/types.h>

#define NAMES_MAX 256   /* bytes of a name with its NUL; a longer one counts as none */
#define NAMES_WAIT 5000 /* ms */

/* Each returns 1: there it is; 0: there is none of it; -1: that could not be found out. */
int names_user(uid_t uid, char name[NAMES_MAX]);
int names_group(gid_t gid, char name[NAMES_MAX]);
int names_user_called(const char *name, uid_t *uid);
int names_group_called(const char *name, gid_t *gid);

/* 1: the group is the user's own by its name, and nobody else is in it. */
int names_private_group(uid_t uid, gid_t gid);

/* The question in a child: look fills the answer in. For tests. */
struct names_answer {
	int is; /* as what they return */
	unsigned id;
	char name[NAMES_MAX];
};
struct names_question {
	unsigned user, group;
	const char *name;
};
void names_ask(void (*look)(const struct names_question *q, struct names_answer *a),
    const struct names_question *q, int wait, struct names_answer *a);

#endif
