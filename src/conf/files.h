/* SPDX-License-Identifier: Apache-2.0
 *
 * files: which files make a configuration, in which order, and their syntax.
 */
#ifndef CONF_FILES_H
#define CONF_FILES_H

#include "conf/conf.h"

#include <libconfig.h>

#define CONF_INCLUDE_DEPTH 10 /* libconfig's own limit on nested @include */

/* Calls use for the root of the file and of each conf.d/NAME.conf beside it, by name. Faults of
 * reading and syntax go to c. instead: a text that counts where none of these files is there; NULL:
 * then it is a fault. */
void conf_each_file(struct conf *c, const char *path, const char *instead,
    void (*use)(void *self, config_setting_t *root), void *self);

#endif
