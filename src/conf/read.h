/* SPDX-License-Identifier: Apache-2.0
 *
 * read: one libconfig group through an option table; faults gathered with file and line. The only
 * file beside conf.c that knows libconfig.
 */
#ifndef CONF_READ_H
#define CONF_READ_H

#include "conf/conf.h"

#include <libconfig.h>

/* Adds "file:line: name: message" to c's faults. s may be NULL (the file as a whole). */
__attribute__((format(printf, 4, 5))) void read_fault(
    struct conf *c, const config_setting_t *s, const char *name, const char *fmt, ...);

/* The same for what somebody else could change. */
__attribute__((format(printf, 4, 5))) void read_doubt(
    struct conf *c, const config_setting_t *s, const char *name, const char *fmt, ...);

/* Is the text UTF-8? What an escape makes of it counts too. Else a fault, and false. */
bool read_is_text(struct conf *c, const config_setting_t *s, const char *name, const char *text);

/* Fills the struct from the group: every option of the table that stands in it. Options that are
 * missing keep what the struct has (defaults go in before); required ones are faults. */
void read_options(struct conf *c, config_setting_t *group, const struct opt *table, void *out);

/* Faults for every name in the group that is in none of the two tables. b may be NULL. */
void read_unknown(
    struct conf *c, config_setting_t *group, const struct opt *a, const struct opt *b);

/* libconfig names an included file as it was written; this is its path. NULL: the main file. */
const char *read_file_name(struct conf *c, const char *file);

/* "file:line" of a setting, in the arena. */
const char *read_place(struct conf *c, const config_setting_t *s);

#endif
