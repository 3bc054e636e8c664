/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns `forewarn secret`: a new signing secret or pair of keys, into a file that is nobody else's.
 */
#include "cli/cmd.h"
#include "base/file.h"
#include "base/names.h"
#include "face/options.h"
#include "face/places.h"
#include "sinks/webhook/secrets.h"
#include "tell/new_pair.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sysexits.h>
#include <unistd.h>

enum { SECRET_BYTES = 32 }; /* of the 24 to 64 that Standard Webhooks allows */

struct secret_args {
	const char *path; /* NULL: the standard output */
	bool pair;
};

struct new_secret {
	char text[POST_KEY_MAX + 2]; /* with its line end: what the file holds */
	const char *public;          /* NULL: there is none */
};

static int
make_secret(struct new_secret *s, struct err *e)
{
	uint8_t raw[SECRET_BYTES];
	char text[SECRETS_TEXT_MAX];

	if (getrandom(raw, sizeof(raw), 0) != sizeof(raw))
		return err_sys(e, "no randomness from the kernel");
	secrets_text("whsec_", raw, sizeof(raw), text);
	snprintf(s->text, sizeof(s->text), "%s\n", text);
	explicit_bzero(raw, sizeof(raw));
	explicit_bzero(text, sizeof(text));
	return 0;
}

static int
make_pair(struct new_secret *s, struct arena *a, struct err *e)
{
	struct post_pair p;

	if (new_pair(place_cell("forewarn-sink", a), a, &p, e) < 0)
		return -1;
	snprintf(s->text, sizeof(s->text), "%s\n", p.private);
	explicit_bzero((char *)(uintptr_t)p.private, strlen(p.private));
	s->public = p.public;
	return 0;
}

/* Whom the file is for: what root makes is the service's, where there is one. FILE_OWNER_KEPT: who
 * asked. -1: that could not be found out. */
static int
find_owner(uid_t *owner, struct err *e)
{
	*owner = FILE_OWNER_KEPT;
	if (geteuid() == 0 && names_user_called(FILE_SERVICE, owner) < 0)
		return err_set(e, ERR_SYS,
		    "whether there is an account " FILE_SERVICE " could not be found out");
	return 0;
}

static int
create(const char *path, const char *text, uid_t owner, struct err *e)
{
	const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
	char folder[PATH_MAX] = ".";
	int dir, rc;

	if (name[0] == '\0')
		return err_set(e, ERR_RANGE, "is no name of a file");
	if (slash != NULL && snprintf(folder, sizeof(folder), "%.*s", (int)(name - path), path) >=
				 (int)sizeof(folder))
		return err_set(e, ERR_LIMIT, "the name is too long");
	dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		return err_sys(e, "its folder");
	rc = file_create(dir, name, 0600, owner, text, strlen(text), e);
	close(dir);
	return rc;
}

/* Who may read it, and what has to be done with it. */
static void
say_made(const char *path, const struct new_secret *s, uid_t owner)
{
	char full[PATH_MAX], who[NAMES_MAX] = "you";

	names_user(owner != FILE_OWNER_KEPT ? owner : geteuid(), who);
	if (realpath(path, full) == NULL)
		snprintf(full, sizeof(full), "%s", path);
	printf("Written: %s. Nobody but %s may read it.\n", full, who);
	if (owner == FILE_OWNER_KEPT)
		printf(
		    "The account that forewarnd runs as must own it; the service's is " FILE_SERVICE
		    ":\n  sudo chown " FILE_SERVICE " %s\n",
		    full);
	printf(
	    "In the sink:\n  %s = \"%s\";\n", s->public != NULL ? "key_file" : "secret_file", full);
	if (s->public != NULL)
		printf("The receiver checks with the public key:\n  %s\n", s->public);
	else
		puts("The receiver needs the same secret: bring it there so that nobody else sees "
		     "it.");
}

static int
write_file(const char *path, const struct new_secret *s)
{
	struct err e = { 0 };
	uid_t owner;

	if (find_owner(&owner, &e) < 0 || create(path, s->text, owner, &e) < 0) {
		fprintf(stderr, "forewarn: %s: %s\n", path, e.msg);
		return EX_CANTCREAT;
	}
	say_made(path, s, owner);
	return 0;
}

/* To a terminal or another program; a file that others may read would give it away. */
static int
write_out(const struct new_secret *s)
{
	struct stat st;

	if (fstat(STDOUT_FILENO, &st) == 0 && S_ISREG(st.st_mode) && (st.st_mode & 077) != 0) {
		fputs("forewarn: others may read the file that this would go to: name one with "
		      "-o\n",
		    stderr);
		return EX_CANTCREAT;
	}
	fputs(s->text, stdout);
	if (s->public != NULL)
		fprintf(stderr, "The receiver checks with the public key: %s\n", s->public);
	return 0;
}

static int
secret_new(const struct secret_args *args)
{
	struct arena *a = arena_new(65536);
	struct new_secret s = { .public = NULL };
	struct err e = { 0 };
	int rc = args->pair ? make_pair(&s, a, &e) : make_secret(&s, &e);

	if (rc < 0) {
		fprintf(stderr, "forewarn: %s\n", e.msg);
		rc = EX_OSERR;
	} else
		rc = args->path != NULL ? write_file(args->path, &s) : write_out(&s);
	explicit_bzero(s.text, sizeof(s.text));
	arena_free(a);
	return rc;
}

int
cmd_secret(int argc, char **argv)
{
	const struct call *call = face_of("forewarn", "secret");
	struct secret_args args = { .path = NULL };
	int opt;

	while ((opt = face_next(call, argc, argv)) != -1)
		switch (opt) {
		case 'o':
			args.path = strcmp(optarg, "-") == 0 ? NULL : optarg;
			break;
		case 'e':
			args.pair = true;
			break;
		case 'h':
			return face_help(call);
		default:
			return EX_USAGE;
		}
	if (argc - optind != 1 || strcmp(argv[optind], "new") != 0)
		return cmd_usage("secret needs: new");
	return secret_new(&args);
}
