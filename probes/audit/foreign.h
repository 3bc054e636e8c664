/* SPDX-License-Identifier: Apache-2.0
 *
 * foreign: files that are no text of one record a line. Pure; the bytes are foreign.
 */
#ifndef PROBES_AUDIT_FOREIGN_H
#define PROBES_AUDIT_FOREIGN_H

#include "record.h"

#define BINARY_SHARE 5 /* percent of the bytes that are control bytes: not a text */
#define BINARY_MIN 64  /* bytes below which nothing is called binary */

/* What a file is that begins with these n bytes: one of FORMAT_FOREIGN and up, or FORMAT_AUTO when
 * it may be text. NULs alone make nothing foreign: a crash leaves them in a text. Sources:
 * sqlite.org/fileformat.html 1.3, systemd JOURNAL_FILE_FORMAT, [MS-EVEN6] ElfFile, Unicode 23.8,
 * RFC 8878 3.1.1, the file formats of xz 2.1.1.1, bzip2 and zip 4.3.7. */
enum format format_foreign(const char *s, size_t n);

/* "an SQLite database"; format: FORMAT_FOREIGN or above. */
const char *foreign_words(enum format f);

#endif
