/* SPDX-License-Identifier: Apache-2.0
 *
 * patches: how long security updates wait, what keeps them from being installed, whether the lists
 * they are known from are new, whether a restart waits, and until when there will be any (apt).
 */
#ifndef PROBES_PATCHES_PATCHES_H
#define PROBES_PATCHES_PATCHES_H

#include "probes/probe.h"

#define PATCHES_FILE_MAX                                                                           \
	((size_t)64 << 20) /* bytes of one file that is read whole (dpkg's status) */
#define PATCHES_OUTPUT_MAX ((size_t)1 << 20) /* bytes of what apt-get says */

#define LISTS_DUE (3 * SPAN_DAY)     /* age of the lists: plan */
#define LISTS_OVERDUE (7 * SPAN_DAY) /* act */
#define LISTS_STOP (14 * SPAN_DAY)

#define REBOOT_DUE (7 * SPAN_DAY) /* a restart waits: plan */
#define REBOOT_OVERDUE (14 * SPAN_DAY)
#define REBOOT_STOP (30 * SPAN_DAY)

#define SUPPORT_DUE (365 * SPAN_DAY) /* to the end of support: plan */
#define SUPPORT_OVERDUE (180 * SPAN_DAY)
#define SUPPORT_TABLE_OLD (365 * SPAN_DAY) /* what a table of dates says nothing after */

#define UNATTENDED_DUE (7 * SPAN_DAY) /* since the last run of unattended-upgrades */

struct patches_conf {
	const char *root;           /* folder that stands for / */
	const char *simulation;     /* saved output of apt-get -s dist-upgrade; NULL: it is run */
	const char *simulation_all; /* the same with what is held or phased; NULL: none */
	span due, overdue, stop_after; /* of the oldest security update */
	bool lts;                      /* LTS counts as support */
	struct foreign foreign;
};

#endif
