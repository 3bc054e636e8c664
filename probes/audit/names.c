/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the names of formats and of kinds of time, as a configuration writes them.
 */
#include "record.h"

#include <string.h>

static const char *const format_names[FORMAT_N] = { "auto", "auditd", "rfc3164", "rfc5424", "jsonl",
	"regex", "csv", "w3c", "plain", "sqlite", "journal", "evtx", "utf-16", "xz", "zstd",
	"bzip2", "zip", "binary" };

const char *
format_name(enum format f)
{
	return format_names[f];
}

enum format
format_find(const char *name)
{
	int f = 0;

	while (f < FORMAT_N && strcmp(name, format_names[f]) != 0)
		f++;
	return (enum format)f;
}

static const char *const stamp_names[STAMP_N] = { "none", "iso", "rfc3164", "apache", "epoch",
	"dmony", "dmy", "mdy", "either" };

const char *
stamp_name(enum stamp_kind kind)
{
	return stamp_names[kind];
}

enum stamp_kind
stamp_find(const char *name)
{
	int k = STAMP_NONE;

	while (k < STAMP_EITHER && strcmp(name, stamp_names[k]) != 0)
		k++;
	return k == STAMP_EITHER ? STAMP_N : (enum stamp_kind)k;
}
