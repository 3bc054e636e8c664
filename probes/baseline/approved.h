/* SPDX-License-Identifier: Apache-2.0
 *
 * approved: the list of a folder's files with their SHA-256 as sha256sum(1) writes it, which a
 * person approved: "HEX  NAME" or "HEX *NAME" a line, names from the folder on or with its path;
 * lines that begin with # are for people.
 */
#ifndef BASELINE_APPROVED_H
#define BASELINE_APPROVED_H

#include "files.h"

/* Makes the list the approved state of the folder. -1 with *e set (which line), and the folder is
 * as it was. text is changed. Pure. */
int approved_take(char *text, struct folder *f, struct arena *a, instant now, struct err *e);

#endif
