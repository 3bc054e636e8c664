/* SPDX-License-Identifier: Apache-2.0
 *
 * journal_keeping: how long journald keeps the entries of a folder, against the option `retention`.
 */
#ifndef PROBES_AUDIT_JOURNAL_KEEPING_H
#define PROBES_AUDIT_JOURNAL_KEEPING_H

#include "journal_list.h"

/* Tells a finding of rule audit.keeping, or why it is not known. Nothing where no retention is
 * given. Blocks on the disk for journald's configuration. */
void journal_keeping(struct journal *j);

#endif
