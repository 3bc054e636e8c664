/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns which system calls a cell may still make. The filters themselves are made at build time by
 * gen/filters.c.
 */
#include "cell/sandbox_private.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>

#include "filters.h"

int
sandbox_calls(const struct sandbox_terms *t, bool kill, bool *held, struct err *e)
{
	const unsigned pure = FILTER_PURE | (kill ? FILTER_KILL : 0U);
	const unsigned place = t->pure ? pure : filter_place(t->needs, kill);

	*held = prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filters[place]) == 0;
	/* a kernel without filters: what that means is for the caller to say */
	if (*held || errno == EINVAL || errno == ENOSYS)
		return 0;
	return err_sys(e, "seccomp");
}
