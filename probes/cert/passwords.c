/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the passwords of PKCS #12 files: read from files that only their owner may read, wiped when
 * the files are through.
 */
#include "probes/cert/files.h"

#include "base/file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int
read_one(const char *path, char *room, struct err *e)
{
	struct stat st;
	int fd = file_open(AT_FDCWD, path, FILE_NOFOLLOW, &st, e);
	ssize_t n;

	if (fd < 0)
		return -1;
	if (file_secret_check(&st, path, e) < 0) {
		close(fd);
		return -1;
	}
	n = read(fd, room, FORM_PASSWORD_MAX + 2);
	close(fd);
	if (n < 0)
		return err_sys(e, "reading it");
	while (n > 0 && (room[n - 1] == '\n' || room[n - 1] == '\r'))
		n--;
	if (n > FORM_PASSWORD_MAX)
		return err_set(e, ERR_LIMIT, "a password has at most %d bytes", FORM_PASSWORD_MAX);
	if (n == 0 || memchr(room, '\0', (size_t)n) != NULL)
		return err_set(e, ERR_PARSE, "there is no password in it");
	room[n] = '\0';
	return 0;
}

void
passwords_read(struct files_run *f)
{
	const struct texts *files = &f->run->conf->passwords;

	for (size_t i = 0; i < files->n; i++) {
		char *room = calloc(1, FORM_PASSWORD_MAX + 3);
		struct err e = { 0 };

		if (room != NULL && read_one(files->v[i], room, &e) == 0) {
			f->passwords.v[f->passwords.n++] = room;
			continue;
		}
		explicit_bzero(room, room != NULL ? FORM_PASSWORD_MAX + 3 : 0);
		free(room);
		cert_unknown(f->run, "cert.read", files->v[i],
		    arena_printf(
			f->arena, "The password in %s could not be read: %s", files->v[i], e.msg),
		    e.msg);
		arena_reset(f->arena);
	}
}

void
passwords_wipe(struct files_run *f)
{
	for (size_t i = 0; i < f->passwords.n; i++) {
		char *room = (char *)(uintptr_t)f->passwords.v[i];

		explicit_bzero(room, FORM_PASSWORD_MAX + 3);
		free(room);
	}
	f->passwords.n = 0;
}
