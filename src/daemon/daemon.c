/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what concerns the processes of all parts alike.
 */
#include "daemon/daemon.h"

void
daemon_sweep(struct daemon *d)
{
	pid_t live[RUNS_PARALLEL + WAYS_MAX];
	size_t n = runs_pids(&d->runs, live);

	n += posts_pids(&d->posts, live + n);
	child_sweep(live, n);
}
