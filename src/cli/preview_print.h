/* SPDX-License-Identifier: Apache-2.0
 *
 * preview_print: a preview as text or as JSON (forewarn.preview/1).
 */
#ifndef CLI_PREVIEW_PRINT_H
#define CLI_PREVIEW_PRINT_H

#include "cli/previewed.h"
#include "base/str.h"

/* file: the configuration, as it was named. */
void preview_text(const struct previewed *p, const char *file, struct str *out);
void preview_json(const struct previewed *p, const char *file, struct str *out);

#endif
