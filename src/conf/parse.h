/* SPDX-License-Identifier: Apache-2.0
 *
 * parse: a text of settings through libconfig, into the frames of conf/tree.h. libconfig 1.5 ends
 * the process where memory is short: this runs in a process of its own (conf/apart.h).
 */
#ifndef CONF_PARSE_H
#define CONF_PARSE_H

#include "base/err.h"

/* Parses the text and writes its tree, or where its syntax is broken, to fd. Blocks. -1 with *e
 * set: it could not be written, or (ERR_LIMIT) there was no memory for it. Where memory is short
 * libconfig crashes, or leaves things out and says nothing. */
int parse_send(const char *text, int fd, struct err *e);

#endif
