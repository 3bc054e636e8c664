/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns whether phc2sys of linuxptp sets this clock (phc2sys(8)); it has no configuration, and no
 * server that could be asked.
 */
#include "init/clocks/files.h"
#include "init/clocks/service.h"
#include "init/clocks/taken.h"

#include <string.h>

static const char *const none[] = { NULL };

static void
find(struct clocks *c)
{
	const char *const *link = files_matching(c, "/etc/systemd/system/*.wants/phc2sys*.service");

	for (; *link != NULL; link++)
		taken_keeper(c, strrchr(*link, '/') + 1,
		    "the clock of a network card, set by PTP or by the host; no time server",
		    (struct spot){ "", *link, 0 });
}

const struct service service_phc2sys = { .name = "phc2sys",
	.programs = none,
	.units = none,
	.files = none,
	.handed = true,
	.find = find };
