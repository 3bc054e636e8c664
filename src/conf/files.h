/* SPDX-License-Identifier: Apache-2.0
 *
 * files: which files make a configuration, and in which order.
 */
#ifndef CONF_FILES_H
#define CONF_FILES_H

#include "conf/conf.h"
#include "conf/tree.h"

/* Calls use for the root of the file and of each conf.d/NAME.conf beside it, by name. Faults of
 * reading and syntax go to c. instead: a text that counts where none of these files is there; NULL:
 * then it is a fault. -1 with *e set: they could not be parsed, whatever stands in them. */
int conf_each_file(struct conf *c, const char *path, const char *instead, conf_lock *lock,
    void (*use)(void *self, const struct setting *root), void *self, struct err *e);

#endif
