/* SPDX-License-Identifier: Apache-2.0
 *
 * unpack: the bytes within a packed file: gzip (RFC 1952), xz, zstd (RFC 8878), bzip2; members one
 * after another are one text. Reads the file from its start, by pread. Blocks on the disk only.
 */
#ifndef PROBES_UNPACK_UNPACK_H
#define PROBES_UNPACK_UNPACK_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define UNPACK_MEMORY ((size_t)160 << 20) /* bytes that a decoder may take: xz -9 takes 65 MiB */
#define UNPACK_WINDOW 27                  /* log2 of the window of zstd: as zstd itself allows */
#define UNPACK_INPUT ((size_t)65536)

enum pack { PACK_NONE, PACK_GZIP, PACK_XZ, PACK_ZSTD, PACK_BZIP2, PACK_N };

#define PACK_START 6 /* bytes of a file that tell what it is packed with */
enum pack pack_find(const unsigned char *start, size_t n);

struct unpack;

/* fd is borrowed. NULL with *e: no memory. */
struct unpack *unpack_new(enum pack pack, int fd, struct err *e);
void unpack_free(struct unpack *u);

/* Fills buf as far as there are bytes; less than n only at the end. -1 with *e: ERR_SYS cannot be
 * read, ERR_PARSE damaged or cut (unpack_cut says which), ERR_LIMIT more memory than is allowed. */
ssize_t unpack_read(struct unpack *u, void *buf, size_t n, struct err *e);

/* The last unpack_read failed since the file ends in the middle of what is packed. */
bool unpack_cut(const struct unpack *u);

#endif
