/* SPDX-License-Identifier: Apache-2.0
 *
 * rules: what the audit probe's findings mean, and what to do about each.
 */
#ifndef PROBES_AUDIT_RULES_H
#define PROBES_AUDIT_RULES_H

#include "model/rule.h"

extern const struct rule audit_rules[]; /* ends with one that has no name */

#endif
