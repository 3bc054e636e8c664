/* SPDX-License-Identifier: Apache-2.0
 *
 * page: the status page of a report: its words (judge/wording.h), and what forewarnd knows besides.
 */
#ifndef CLI_PAGE_H
#define CLI_PAGE_H

#include "cli/overlay.h"
#include "show/html.h"

/* What was asked of forewarnd for a page. */
struct page_known {
	struct ctl_head head;
	const struct overlay *over;
	const struct ctl_route *routes;
	size_t nroutes;
};

/* made: now, by this computer's clock. known: NULL without forewarnd. The report and all text in it
 * is lent. */
void page_make(const struct report *r, instant made, const struct page_known *known, bool all,
    struct arena *a, struct page *out);

#endif
