/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns `forewarn init`: this machine is looked at, a first configuration written.
 */
#include "cli/cmd.h"
#include "base/file.h"
#include "base/names.h"
#include "base/text.h"
#include "face/options.h"
#include "face/places.h"
#include "cli/init_ask.h"
#include "cli/init_pack.h"
#include "cli/init_self.h"
#include "kinds/kinds.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#define ARENA_MAX ((size_t)1 << 30)
#define OUT_MAX ((size_t)64 << 20) /* bytes; found lists are short of it by far */

/* The daemon runs as a user of its own; what root writes it must be able to read, whatever the
 * umask, and nobody else need. Without that group (no service installed) it is root's alone or
 * as the umask says. */
static int
give_group(int fd)
{
	gid_t group;
	int there = geteuid() == 0 ? names_group_called("forewarn", &group) : 0;

	if (there < 0)
		errno = EIO; /* who the group is could not be found out */
	if (there != 1)
		return there;
	return fchown(fd, (uid_t)-1, group) < 0 || fchmod(fd, 0640) < 0 ? -1 : 0;
}

/* Some file systems do not know how to rename without replacing. */
static int
put_in_place(const char *tmp, const char *path)
{
	if (renameat2(AT_FDCWD, tmp, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL || link(tmp, path) < 0)
		return -1;
	return unlink(tmp);
}

static int
not_written(const char *path, const char *tmp)
{
	bool there = errno == EEXIST;

	fprintf(stderr, "forewarn: %s: %s%s\n", path, strerror(errno),
	    there ? "; it is never replaced, name another with -o" : "; nothing is left of it");
	unlink(tmp);
	return there ? EX_CANTCREAT : EX_IOERR;
}

/* Beside it first: half a configuration never stands under its name. */
static int
write_new(const char *path, const struct str *text, struct arena *a)
{
	const char *tmp = arena_printf(a, "%s.%ld.new", path, (long)getpid());
	struct stat st;
	ssize_t n;
	int fd;

	if (lstat(path, &st) == 0) {
		errno = EEXIST;
		return not_written(path, tmp);
	}
	fd = open(tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
	if (fd < 0) {
		fprintf(stderr, "forewarn: %s: %s\n", path, strerror(errno));
		return EX_CANTCREAT;
	}
	n = write(fd, text->s, text->len);
	if (n < 0 || (size_t)n != text->len || give_group(fd) < 0 || fsync(fd) < 0 ||
	    close(fd) < 0 || put_in_place(tmp, path) < 0)
		return not_written(path, tmp);
	return 0;
}

static void
show_clean(const char *line)
{
	struct str s;

	str_init(&s, 16384);
	text_clean(&s, line, strlen(line), 4000);
	puts(s.s);
	str_fini(&s);
}

/* The lines that stand in the file too, so that they can be taken from the screen. */
static void
say_rights(const struct found *f)
{
	if (f->closed == 0)
		return;
	printf("The account " FILE_SERVICE
	       " may not read %zu of these certificates. Run as root:\n",
	    f->closed);
	for (size_t i = 0; i < f->advice.n; i++)
		show_clean(f->advice.v[i]);
}

static void
say_puzzles(const struct found *f)
{
	size_t n = f->puzzles.n + f->puzzles.more;

	if (n > 0)
		printf("%zu thing%s seen that need%s a look: the end of the file names %s.\n", n,
		    n == 1 ? " was" : "s were", n == 1 ? "s" : "", n == 1 ? "it" : "them");
}

static void
say_backups(const struct found *f)
{
	size_t n = f->backups_left.n + f->backups_left.more;

	if (n > 0)
		printf("%zu maker%s of backups %s seen and not taken: the file says why.\n", n,
		    n == 1 ? "" : "s", n == 1 ? "was" : "were");
}

static void
say_left(const struct found *f)
{
	size_t n = f->servers_left.n + f->servers_left.more + f->keepers.n;

	if (n > 0)
		printf("%zu time source%s seen and not taken: the file says why.\n", n,
		    n == 1 ? " was" : "s were");
}

static void
say_found(const struct found *f, const struct found_list *tokens, const char *path)
{
	const struct {
		size_t n;
		const char *one, *many;
	} kinds[] = {
		{ f->servers.n, "time server", "time servers" },
		{ f->certs.n, "certificate file", "certificate files" },
		{ f->endpoints.n + f->own.n, "TLS port", "TLS ports" },
		{ f->modules.n, "PKCS#11 module", "PKCS#11 modules" },
		{ tokens->n, "token", "tokens" },
		{ f->logs.n, "audit or login log", "audit or login logs" },
		{ f->backups.n, "backup job", "backup jobs" },
		{ f->journals.n, "journal", "journals" },
	};
	const char *before = "Found:";

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (kinds[i].n == 0)
			continue;
		printf("%s %zu %s", before, kinds[i].n,
		    kinds[i].n == 1 ? kinds[i].one : kinds[i].many);
		before = ",";
	}
	for (size_t i = 0; i < f->self.n; i++, before = ",")
		printf("%s %s", before, f->self.at[i]);
	puts(before[0] == ',' ? "." : "Found nothing to watch but this computer's clock.");
	if (f->broken > 0)
		fprintf(stderr, "forewarn: %zu place%s could not be looked at: %s%s\n", f->broken,
		    f->broken == 1 ? "" : "s", f->broken_why, f->broken == 1 ? "" : ", …");
	say_rights(f);
	say_left(f);
	say_backups(f);
	say_puzzles(f);
	printf("Written: %s%s\n", path, before[0] == ',' ? "" : "; it says how to add a check");
}

/* The pack of that name. NULL: it was told. */
static struct pack *
load_pack(const char *name, struct arena *a)
{
	const char *folder = place_packs(a), **names = pack_names(folder, a);
	struct pack *p;
	bool known = false;

	for (size_t i = 0; names[i] != NULL; i++)
		known = known || strcmp(names[i], name) == 0;
	p = known ? pack_load(folder, name, kinds_lock) : NULL;
	if (p != NULL && p->nfaults == 0)
		return p;
	fprintf(stderr,
	    "forewarn: there is no pack \"%s\" in %s that can be read; there are:", name, folder);
	for (size_t i = 0; names[i] != NULL; i++)
		fprintf(stderr, " %s", names[i]);
	fputc('\n', stderr);
	for (size_t i = 0; p != NULL && i < p->nfaults && i < CONF_FAULTS_MAX; i++)
		fprintf(stderr, "%s\n", p->faults[i]);
	pack_free(p);
	return NULL;
}

/* The configuration as a text, with what the pack (or NULL) adds. */
static void
compose(
    const struct found *f, const struct found_list *tokens, const struct pack *p, struct str *out)
{
	char host[256] = "this machine";
	struct init_terms terms = { 0 };
	struct str checks, more;

	gethostname(host, sizeof(host) - 1);
	str_init(&checks, OUT_MAX);
	str_init(&more, OUT_MAX);
	if (p != NULL) {
		init_pack_terms(p, &terms);
		init_pack_write(p, f, tokens, &more);
		terms.more = more.s;
	}
	init_self_write(f, &checks);
	terms.checks = checks.s;
	init_write(f, tokens, host, &terms, out);
	out->cut = out->cut || more.cut || checks.cut;
	str_fini(&checks);
	str_fini(&more);
}

static int
init(const char *path, const char *root, const struct pack *p)
{
	struct found f = { .arena = arena_new(ARENA_MAX), .root = root };
	struct found_list tokens = { 0 };
	struct str out;
	int rc = 0;

	init_time(&f);
	init_certs(&f);
	init_rights(&f);
	init_modules(&f);
	init_logs(&f);
	init_backups(&f);
	if (root[0] == '\0') {
		init_self(&f);
		init_ports(&f);
		init_ask_ports(&f);
		init_ask_modules(&f, &tokens);
	}
	str_init(&out, OUT_MAX);
	compose(&f, &tokens, p, &out);
	if (out.cut)
		rc = EX_IOERR; /* never half a configuration */
	else if (strcmp(path, "-") == 0)
		rc = fwrite(out.s, 1, out.len, stdout) == out.len ? 0 : EX_IOERR;
	else if ((rc = write_new(path, &out, f.arena)) == 0)
		say_found(&f, &tokens, path);
	str_fini(&out);
	arena_free(f.arena);
	return rc;
}

/* The folder of the usual place. root's is for the daemon's account to look into; a user's is their
 * own. That it cannot be made is said when the file cannot. */
static void
make_folder(const char *path, struct arena *a)
{
	const char *folder = arena_printf(a, "%.*s", (int)(strrchr(path, '/') - path), path);
	int fd;

	if (geteuid() == 0) {
		mkdir(folder, 0755);
		return;
	}
	fd = file_open_folder(folder, NULL);
	if (fd >= 0)
		close(fd);
}

struct init_args {
	const char *path, *root, *pack; /* pack: NULL for none */
};

/* false: the call ends with *code. */
static bool
take_args(int argc, char **argv, struct init_args *args, int *code)
{
	const struct call *call = face_of("forewarn", "init");
	int o;

	*code = EX_USAGE;
	while ((o = face_next(call, argc, argv)) != -1) {
		if (o == 'o' && optarg != NULL)
			args->path = optarg;
		if (o == 'r' && optarg != NULL)
			args->root = optarg; /* an image, a test */
		if (o == 'p')
			args->pack = optarg;
		if (o == 'h')
			*code = face_help(call);
		if (o == 'h' || o == '?')
			return false;
	}
	if (optind < argc)
		*code = cmd_usage("init takes no \"%s\"", argv[optind]);
	return optind == argc;
}

int
cmd_init(int argc, char **argv)
{
	struct arena *a = arena_new(1 << 20);
	const char *usual = place_conf(a);
	struct init_args args = { usual, "", NULL };
	struct pack *p = NULL;
	int rc;

	if (!take_args(argc, argv, &args, &rc) ||
	    (args.pack != NULL && (p = load_pack(args.pack, a)) == NULL)) {
		arena_free(a);
		return rc;
	}
	if (args.path == usual)
		make_folder(args.path, a);
	rc = init(args.path, args.root, p);
	pack_free(p);
	arena_free(a);
	return rc;
}
