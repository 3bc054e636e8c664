/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the command lines of the tools, and what their statuses mean.
 */
#include "tool.h"

#include "base/str.h"
#include "cell/program.h"

#include <ftw.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define REPORT_TIME (300 * SPAN_MS) /* kept back to say that it was late */
#define ARGS_MAX 12
#define TREE_DEPTH 16 /* descriptors for removing what borg left in our scratch folder */

static const char *const folders[] = { "/usr/bin", "/usr/local/bin", "/bin", NULL };
static const char *const names[] = {
	[TOOL_RESTIC] = "restic", [TOOL_BORG] = "borg", [TOOL_PGBACKREST] = "pgbackrest"
};

struct call {
	const char *argv[ARGS_MAX], *env[ARGS_MAX];
	size_t nargv, nenv;
};

static void
arg(struct call *k, const char *text)
{
	if (k->nargv < ARGS_MAX)
		k->argv[k->nargv++] = text;
}

static void
env(struct call *k, const char *text)
{
	if (k->nenv < ARGS_MAX)
		k->env[k->nenv++] = text;
}

static const char *
find(const struct backup_conf *c, const char *name, struct arena *a, struct err *e)
{
	const char *base = c->program != NULL ? strrchr(c->program, '/') + 1 : "";

	if (strstr(base, name) != NULL)
		return c->program;
	for (size_t i = 0; folders[i] != NULL; i++) {
		const char *path = arena_printf(a, "%s/%s", folders[i], name);

		if (access(path, X_OK) == 0)
			return path;
	}
	err_set(e, ERR_ABSENT, "%s is not installed here", name);
	return NULL;
}

/* What a status of the tool means; NULL: nothing that is known. */
static const char *
meaning(enum backup_tool tool, int rc)
{
	static const struct {
		enum backup_tool tool;
		int rc;
		const char *words;
	} known[] = {
		{ TOOL_RESTIC, 10, "there is no repository there" },
		{ TOOL_RESTIC, 11, "the repository is locked" },
		{ TOOL_RESTIC, 12, "the password is wrong" },
		{ TOOL_BORG, 13, "there is no repository there" },
		{ TOOL_BORG, 52, "the passphrase is wrong" },
		{ TOOL_BORG, 73, "the repository is locked" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (known[i].tool == tool && known[i].rc == rc)
			return known[i].words;
	return NULL;
}

static int
failed(const struct program_run *r, enum backup_tool tool, struct arena *a, struct err *e)
{
	const char *said = program_last_words(r, a), *why;

	if (r->late)
		return err_set(e, ERR_TIMEOUT, "%s did not answer in time", names[tool]);
	if (r->cut)
		return err_set(e, ERR_LIMIT, "%s printed more than %zu MiB", names[tool],
		    BACKUP_PROGRAM_MAX >> 20);
	if (!WIFEXITED(r->status))
		return err_set(e, ERR_SYS, "%s was ended by a signal", names[tool]);
	if (WEXITSTATUS(r->status) == 0)
		return 0;
	why = meaning(tool, WEXITSTATUS(r->status));
	return err_set(e, ERR_SYS, "%s: %.200s", names[tool],
	    why != NULL    ? why
	    : said != NULL ? said
			   : "it ended with an error and said nothing");
}

static int
run(const struct probe_ctx *ctx, enum backup_tool tool, struct call *k, char **text, size_t *n,
    struct err *e)
{
	struct texts argv = { k->argv, k->nargv }, environment = { k->env, k->nenv };
	const struct program p = { .command = &argv,
		.environment = &environment,
		.input = "", /* restic 0.14 would read a password from ours */
		.output_max = BACKUP_PROGRAM_MAX };
	struct program_run r;

	probe_note(ctx, arena_printf(ctx->arena, "running %s", names[tool]));
	if (program_start(&r, &p, ctx->arena, e) < 0)
		return -1;
	program_wait(&r, ctx->clk, ctx->deadline - REPORT_TIME);
	if (failed(&r, tool, ctx->arena, e) < 0)
		return -1;
	*text = arena_textn(ctx->arena, r.text, r.len);
	*n = r.len;
	return 0;
}

static int
restic(const struct probe_ctx *ctx, const struct backup_conf *c, const struct backup_place *p,
    const char *const *args, char **text, size_t *n, struct err *e)
{
	struct call k = { .nargv = 0 };
	const char *program = find(c, "restic", ctx->arena, e), *who;

	if (program == NULL)
		return -1;
	if (c->password_file == NULL)
		return err_set(e, ERR_RANGE, "restic needs password_file");
	if (tool_password(ctx, c->password_file, &who, e) < 0)
		return -1;
	arg(&k, program);
	for (; *args != NULL; args++)
		arg(&k, *args);
	env(&k, arena_printf(ctx->arena, "RESTIC_REPOSITORY=%s", p->where));
	env(&k, arena_printf(ctx->arena, "RESTIC_PASSWORD_FILE=%s", c->password_file));
	env(&k, "TZ=UTC");
	env(&k, "HOME=/nonexistent");
	return run(ctx, TOOL_RESTIC, &k, text, n, e);
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)where;
	/* what cannot be removed stays in /tmp, which the machine empties */
	(void)!(type == FTW_DP ? rmdir(path) : unlink(path));
	return 0;
}

/* A new folder where foreign programs may write; a folder that holds what is kept from them is
 * none. NULL with *e. */
static char *
scratch_folder(struct arena *a, struct err *e)
{
	static const char *const places[] = { "/tmp", "/var/tmp", "/dev/shm", NULL };

	for (size_t i = 0; places[i] != NULL; i++) {
		char *path = arena_printf(a, "%s/forewarn-borg-XXXXXX", places[i]);

		if (mkdtemp(path) != NULL)
			return path;
	}
	err_sys(e, "a scratch folder for borg");
	return NULL;
}

static int
borg(const struct probe_ctx *ctx, const struct backup_conf *c, const struct backup_place *p,
    char **text, size_t *n, struct err *e)
{
	struct call k = { .nargv = 0 };
	const char *program = find(c, "borg", ctx->arena, e), *who;
	char *scratch;
	int rc;

	if (program == NULL ||
	    (c->password_file != NULL && tool_password(ctx, c->password_file, &who, e) < 0))
		return -1;
	/* borg keeps notes on every repository and refuses what does not agree with them */
	scratch = scratch_folder(ctx->arena, e);
	if (scratch == NULL)
		return -1;
	arg(&k, program);
	/* not info: it makes a cache with chmod(2), which no cell may call */
	arg(&k, "list");
	arg(&k, "--json");
	arg(&k, "--format={start}{end}{hostname}");
	arg(&k, "--last");
	arg(&k, arena_printf(ctx->arena, "%d", TOOL_LAST));
	arg(&k, "--bypass-lock");
	arg(&k, p->where);
	env(&k, arena_printf(ctx->arena, "BORG_BASE_DIR=%s", scratch));
	/* borg takes it apart by the rules of a shell, but starts none */
	env(&k, c->password_file != NULL
		    ? arena_printf(ctx->arena, "BORG_PASSCOMMAND=cat '%s'", c->password_file)
		    : "BORG_PASSPHRASE=");
	env(&k, "BORG_RELOCATED_REPO_ACCESS_IS_OK=yes");
	env(&k, "BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK=yes");
	env(&k, "BORG_EXIT_CODES=modern");
	env(&k, "TZ=UTC");
	rc = run(ctx, TOOL_BORG, &k, text, n, e);
	nftw(scratch, remove_one, TREE_DEPTH, FTW_DEPTH | FTW_PHYS);
	return rc;
}

static int
pgbackrest(const struct probe_ctx *ctx, const struct backup_conf *c, const struct backup_place *p,
    char **text, size_t *n, struct err *e)
{
	struct call k = { .nargv = 0 };
	const char *program = find(c, "pgbackrest", ctx->arena, e);

	if (program == NULL)
		return -1;
	arg(&k, program);
	arg(&k, arena_printf(ctx->arena, "--stanza=%s", p->where));
	arg(&k, "--output=json");
	arg(&k, "--log-level-file=off");
	arg(&k, "info");
	env(&k, "TZ=UTC");
	return run(ctx, TOOL_PGBACKREST, &k, text, n, e);
}

int
tool_catalogue(const struct probe_ctx *ctx, const struct backup_conf *c,
    const struct backup_place *p, char **text, size_t *n, struct err *e)
{
	static const char *const snapshots[] = { "snapshots", "--json", "--no-lock", "--no-cache",
		NULL };

	if (p->tool == TOOL_RESTIC)
		return restic(ctx, c, p, snapshots, text, n, e);
	return p->tool == TOOL_BORG ? borg(ctx, c, p, text, n, e)
				    : pgbackrest(ctx, c, p, text, n, e);
}

int
tool_restic_stats(const struct probe_ctx *ctx, const struct backup_conf *c,
    const struct backup_place *p, const char *id, char **text, size_t *n, struct err *e)
{
	const char *const stats[] = { "stats", "--json", "--no-lock", "--no-cache", "--mode",
		"restore-size", id, NULL };

	return restic(ctx, c, p, stats, text, n, e);
}

int
tool_password(const struct probe_ctx *ctx, const char *file, const char **who, struct err *e)
{
	const struct passwd *p = getpwuid(geteuid());
	struct stat st;

	*who = arena_printf(ctx->arena, "the account %s (%u)", p != NULL ? p->pw_name : "of number",
	    (unsigned)geteuid());
	if (stat(file, &st) < 0)
		return err_sys(e, "%s", file);
	if (!S_ISREG(st.st_mode) || access(file, R_OK) < 0)
		return err_set(
		    e, ERR_DENIED, "%s may not read %s, the file of the password", *who, file);
	if ((st.st_mode & S_IRWXO) != 0)
		return err_set(e, ERR_DENIED,
		    "%s holds a password and everybody may read it; run: chmod o= %s", file, file);
	return 0;
}
