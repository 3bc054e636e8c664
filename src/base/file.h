/* SPDX-License-Identifier: Apache-2.0
 *
 * file: reading with a cap, replacing atomically. Opening never blocks on a FIFO, never touches a
 * device, and says in one line what the thing is and what is allowed.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>
#include <sys/stat.h>

enum file_links {
	FILE_FOLLOW,  /* links are followed; what they lead to must be a regular file */
	FILE_NOFOLLOW /* a link as the last component is refused */
};

/* Opens a regular file for reading, relative to dirfd (or AT_FDCWD). The descriptor is
 * close-on-exec and the caller's. *st may be NULL. -1 with *e set: absent, denied, a directory,
 * FIFO, device, socket, link or link loop. The message does not repeat the path. */
int file_open(int dirfd, const char *path, enum file_links links, struct stat *st, struct err *e);

/* Reads a regular file of at most cap bytes into the arena (NUL behind the last byte). A longer one
 * is ERR_LIMIT; nothing is cut silently. -1 with *e set. */
int file_read(int dirfd, const char *path, enum file_links links, size_t cap, struct arena *a,
    char **data, size_t *len, struct err *e);

#define FILE_SERVICE "forewarn" /* the account of the service (packaging/systemd) */

/* Whether an opened file keeps a secret: ours or root's, and nobody else may read it; for root that
 * of the service's account is right too. A systemd
 * credential (below /run/credentials/) shows the mask of its access list as group bits of root. -1
 * with *e set: what to run, with the path. */
int file_secret_check(const struct stat *st, const char *path, struct err *e);

/* Replaces dirfd/name with the bytes: temporary file, fsync, rename, fsync of the folder. Either
 * the old or the new content is there, whatever happens. mode as for open(2). -1 with *e set. */
int file_replace(
    int dirfd, const char *name, mode_t mode, const void *data, size_t len, struct err *e);

#define FILE_OWNER_KEPT ((uid_t)-1)

/* Makes dirfd/name with the bytes, all of them or nothing; what is there is never replaced
 * (ERR_RANGE). owner: to whom it belongs from the beginning, or FILE_OWNER_KEPT. dirfd is an open
 * folder. -1 with *e set, and nothing is left. */
int file_create(int dirfd, const char *name, mode_t mode, uid_t owner, const void *data, size_t len,
    struct err *e);

/* Makes the folder and its missing parents (mode 0700) and opens it; -1 with *e set. */
int file_open_folder(const char *path, struct err *e);

#endif
