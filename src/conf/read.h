/* SPDX-License-Identifier: Apache-2.0
 *
 * read: one group of settings through an option table; faults gathered with file and line.
 */
#ifndef CONF_READ_H
#define CONF_READ_H

#include "conf/conf.h"
#include "conf/tree.h"

#define CONF_FAULT_MAX 8192 /* bytes of the text of one fault; what is longer is cut */

/* Adds "file:line: name: message" to c's faults. s may be NULL (the file as a whole). */
__attribute__((format(printf, 4, 5))) void read_fault(
    struct conf *c, const struct setting *s, const char *name, const char *fmt, ...);

/* The same for what somebody else could change. */
__attribute__((format(printf, 4, 5))) void read_doubt(
    struct conf *c, const struct setting *s, const char *name, const char *fmt, ...);

/* Is the text no longer than texts may be, and UTF-8? What an escape makes of it counts too. Else a
 * fault, and false. at: the setting whose place the fault names. */
bool read_is_text(
    struct conf *c, const struct setting *text, const struct setting *at, const char *name);

/* Is the text fit to be a name (opt.shown)? Else a fault, and false. It is UTF-8. */
bool read_is_name(struct conf *c, const struct setting *s, const char *name);

/* Fills the struct from the group: every option of the table that stands in it. Options that are
 * missing keep what the struct has (defaults go in before); required ones are faults. */
void read_options(struct conf *c, const struct setting *group, const struct opt *table, void *out);

/* Faults for every name in the group that is in none of the two tables. b may be NULL. */
void read_unknown(
    struct conf *c, const struct setting *group, const struct opt *a, const struct opt *b);

/* "file:line" of a setting, in the arena. */
const char *read_place(struct conf *c, const struct setting *s);

#endif
