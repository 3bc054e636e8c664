/* SPDX-License-Identifier: Apache-2.0
 *
 * reboot: whether a restart waits, by what is true now: /run/reboot-required, or a kernel of the
 * same flavour that is installed and newer than the one that runs.
 */
#ifndef PROBES_PATCHES_REBOOT_H
#define PROBES_PATCHES_REBOOT_H

#include "base/arena.h"

#define REBOOT_KERNELS_MAX 256 /* files vmlinuz-* that are compared */

enum reboot {
	REBOOT_NONE,
	REBOOT_WAITS,
	REBOOT_NOT_OURS, /* a container, or a computer whose kernel lies elsewhere */
	REBOOT_UNKNOWN
};

/* *why: in words, in the arena. Reads below root ("" for /). */
enum reboot reboot_look(const char *root, struct arena *a, const char **why);

/* deb-version(7) without epoch, as kernels are named: below, at or above 0 as strcmp. Pure. */
int reboot_compare(const char *a, const char *b);

/* What stands behind the last hyphen of a kernel's release: "amd64", "cloud-amd64". Pure. */
const char *reboot_flavour(const char *release);

#endif
