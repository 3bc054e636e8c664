/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what forewarn-tray keeps from one login to the next: which day it told what. Without it a
 * new login would tell the day's bubbles again; nothing else depends on it.
 */
#include "tray/desk/tray.h"

#include "base/file.h"

#include <fcntl.h>
#include <unistd.h>

#define MEMORY "tray"
#define MEMORY_MAX ((size_t)1 << 20)

void
tray_remember(struct tray *t)
{
	struct err e = { 0 };
	struct str out;
	int dir;

	if (t->folder[0] == '\0' || (dir = file_open_folder(t->folder, &e)) < 0)
		return;
	str_init(&out, MEMORY_MAX);
	bubbles_save(t->bubbles, &out);
	file_replace(dir, MEMORY, 0600, out.s, out.len, &e);
	str_fini(&out);
	close(dir);
}

void
tray_recall(struct tray *t)
{
	struct arena *a = arena_new(2 * MEMORY_MAX);
	struct err e = { 0 };
	char *text;
	size_t len;
	int dir = t->folder[0] != '\0' ? open(t->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;

	if (dir >= 0 && file_read(dir, MEMORY, FILE_NOFOLLOW, MEMORY_MAX, a, &text, &len, &e) == 0)
		bubbles_load(t->bubbles, text);
	if (dir >= 0)
		close(dir);
	arena_free(a);
}
