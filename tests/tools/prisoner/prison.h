/* SPDX-License-Identifier: Apache-2.0
 *
 * prison: the forbidden acts that the prisoner tries from inside each kind of cell, and the little
 * world around the cell that they are tried on. An act is one function that behaves like a system
 * call: 0 or more is "it worked", -1 with errno is "refused". No act harms the machine when it
 * works: signals are 0, files lie in the scratch folder, calls that need a right get an argument
 * that the kernel refuses later (EINVAL, EFAULT and the like count as "reached", see reached()).
 */
#ifndef TESTS_PRISON_H
#define TESTS_PRISON_H

#include <stdint.h>
#include <sys/types.h>

/* What the warder (the process that starts the cell) has laid out in its scratch folder. All of it
 * belongs to the user that the warder runs as. */
struct prison {
	const char *dir; /* secret (0600), log, conf/, state/, run/sock, home/.bashrc */
	const char *tty; /* name of the warder's controlling terminal */
	int64_t warder;  /* its process id: stands for forewarnd or forewarn check */
	int64_t sibling; /* another process of the warder's user */
	int64_t port;    /* of a listener on 127.0.0.1 */
};

struct act {
	const char *name; /* as tests/data/cells/acts has it */
	int (*run)(const struct prison *p);
};

extern const struct act terminal_acts[], file_acts[], owner_acts[], process_acts[], limit_acts[],
    socket_acts[], kernel_acts[]; /* each ends with a NULL name */

/* dir/name in a static buffer, for one call. */
const char *in_prison(const struct prison *p, const char *name);

/* For a call that was made with senseless arguments: anything but a refusal of the call itself
 * (EPERM, EACCES, ENOSYS) means that the kernel's own code was reached. */
int reached(long rc);

#endif
