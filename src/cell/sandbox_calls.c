/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns which system calls a cell may still make. The filters themselves are made at build time by
 * gen/filters.c.
 */
#include "cell/sandbox.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdint.h>
#include <sys/prctl.h>

#include "filters.h"

int
sandbox_calls(unsigned needs, struct err *e)
{
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filters[needs & FILTER_BITS]) == 0)
		return 0;
	/* a kernel without filters is a reason to go on, not to go blind */
	return errno == EINVAL || errno == ENOSYS ? 0 : err_sys(e, "seccomp");
}
