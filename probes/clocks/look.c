/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns which way a machine is asked by.
 */
#include "look.h"

#include "look_ways.h"

#include <stdio.h>

void
look(struct look *l, const struct look_terms *t)
{
	switch (l->target->source) {
	case SOURCE_NTP:
		l->measured = look_ntp(l, t);
		break;
	case SOURCE_HTTP:
	case SOURCE_HTTPS:
		l->measured = look_http(l, t);
		break;
	case SOURCE_SMB:
		l->measured = look_smb(l, t);
		break;
	case SOURCE_SHARE:
		l->measured = look_share(l, t);
		break;
	}
	l->done = true;
}
