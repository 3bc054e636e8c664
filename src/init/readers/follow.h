/* SPDX-License-Identifier: Apache-2.0
 *
 * follow: reads the configuration of one program from its main file on, through all that it
 * includes, and hands out what it names. Opens regular files only and changes nothing.
 */
#ifndef INIT_READERS_FOLLOW_H
#define INIT_READERS_FOLLOW_H

#include "init/readers/listener.h"

#define FOLLOW_DEPTH_MAX 16               /* files that include files, folders within folders */
#define FOLLOW_INCLUDES_MAX 4000          /* statements of one program that include */
#define FOLLOW_FILES_MAX 4000             /* files and folders of all programs together */
#define FOLLOW_FILE_MAX ((size_t)1 << 20) /* bytes of one */

/* root: "" for this machine. *files counts what was opened, over all programs. Blocks on the disk.
 */
void follow(const struct reader *r, const char *root, size_t *files, const struct listener *l);

#endif
