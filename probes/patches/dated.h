/* SPDX-License-Identifier: Apache-2.0
 *
 * dated: the dates that stand inside files of packages and archives, never those of the files.
 */
#ifndef PROBES_PATCHES_DATED_H
#define PROBES_PATCHES_DATED_H

#include "base/arena.h"
#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

#define CHANGELOG_READ ((size_t)1 << 20)   /* bytes of a packed changelog that are read */
#define CHANGELOG_HEAD ((size_t)256 << 10) /* unpacked bytes in which its first entry must end */

/* "Sat, 28 Nov 2026 02:53:00 UTC" or with "+0530" (RFC 5322, 3.3); INSTANT_NONE when it is none.
 * Pure. */
instant dated_mail(const char *text);

/* The date of the first entry of a changelog (deb-changelog(5): the line " -- NAME <MAIL>  DATE");
 * INSTANT_NONE without one. Pure. */
instant dated_changelog(const char *text);

/* That of /usr/share/doc/PACKAGE/changelog{.Debian,}.gz below root; INSTANT_NONE where it cannot be
 * told. package: a name of dpkg; one with a slash in it has none. */
instant dated_package(const char *root, const char *package, struct arena *a);

/* The first CHANGELOG_HEAD bytes of a gzip file, from its bytes; NULL when it is none. Pure. */
const char *dated_unpack(const void *bytes, size_t n, struct arena *a);

/* A field of a Release file: what stands behind "NAME: " at the beginning of a line before the
 * first list of files; NULL without it. Pure. */
const char *dated_field(const char *release, const char *name, struct arena *a);

#endif
