/* SPDX-License-Identifier: Apache-2.0
 *
 * clocks: the clocks of machines on which nothing may be installed, as these tell them to anybody
 * who asks: by NTP, in the Date of a web server, in the first answer of a file server, in the time
 * of a new file on a share. One item a machine.
 *
 * Everywhere in this folder a difference is theirs - ours, in nanoseconds: positive means that the
 * clock of the machine is ahead of the clock of this computer. Only the item's metric is against
 * true time: the difference plus the error of our own clock, the bounds of both added.
 */
#ifndef CLOCKS_CLOCKS_H
#define CLOCKS_CLOCKS_H

#include "probes/net/written.h"
#include "probes/probe.h"

#define CLOCKS_SHARES_MAX 8   /* folders in `touch_in` of one check */
#define CLOCKS_TARGETS_MAX 64 /* of one check: each has a thread of its own */
#define CLOCKS_RULE "clocks.offset"

struct clocks_conf {
	struct texts targets;
	struct texts touch_in;
	struct texts servers;
	const char *trust;
	span max_offset;
	span warn_offset; /* 0: half of max_offset */
	const char *family;
};

enum clocks_source { SOURCE_NTP, SOURCE_HTTP, SOURCE_HTTPS, SOURCE_SMB, SOURCE_SHARE };

/* One text of `targets` or `touch_in`: "smb://balance3", "Balance 3 PC = smb://balance3:1445". */
struct clocks_target {
	enum clocks_source source;
	struct written at; /* its url is the item's target; of a share its folder */
};

/* -1 with *e set. Pure. */
int clocks_target_parse(const char *text, struct clocks_target *out, struct err *e);

/* One text of `touch_in`: "/mnt/icpms", "ICP-MS PC = /mnt/icpms". -1 with *e set. Pure. */
int clocks_share_parse(const char *text, struct clocks_target *out, struct err *e);

/* The limit that is in force for the level "do it now". */
span clocks_warn_offset(const struct clocks_conf *conf);

#endif
