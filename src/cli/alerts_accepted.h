/* SPDX-License-Identifier: Apache-2.0
 *
 * alerts_accepted: the findings that people accepted, in the list of `forewarn alerts`.
 */
#ifndef CLI_ALERTS_ACCEPTED_H
#define CLI_ALERTS_ACCEPTED_H

#include "base/json.h"
#include "tell/control_wire.h"

#define ALERTS_ACCEPTED_FOR (7 * SPAN_DAY) /* in the text; JSON has all that are kept */

void alerts_accepted_text(const struct ctl_accepted *v, size_t n, instant now, struct str *out);
void alerts_accepted_json(const struct ctl_accepted *v, size_t n, struct json *j);

#endif
