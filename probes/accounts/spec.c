/* SPDX-License-Identifier: Apache-2.0
 *
 * The face of the accounts probe: its options, rules and words.
 */
#include "accounts.h"

static const struct opt accounts_opts[] = {
	OPT(struct accounts_conf, emergency, OPT_TEXTS,
	    .help = "accounts for the worst day, whose use outside a test is told",
	    .example = "[ \"breakglass\" ]"),
	OPT(struct accounts_conf, drills, OPT_TEXTS,
	    .help = "when an emergency account was tested: \"NAME FROM TO\", days or moments; "
		    "TO may be left out of a single day",
	    .example = "[ \"breakglass 2026-10-06\" ]"),
	OPT(struct accounts_conf, service, OPT_TEXTS,
	    .help = "accounts that no person uses, besides those whose number says so",
	    .example = "[ \"backup-job\" ]"),
	OPT(struct accounts_conf, shared, OPT_TEXTS, .dflt = "admin",
	    .help = "names that do not say which person uses them",
	    .example = "[ \"admin\", \"lab\", \"operator\" ]"),
	OPT(struct accounts_conf, most, OPT_INT, .dflt = "0", .min = 0, .max = 10000,
	    .help = "so many may be administrator at most; 0: no limit"),
	OPT(struct accounts_conf, passwords, OPT_BOOL, .dflt = "true",
	    .help = "look whether passwords are set or locked; only root may, and without it that "
		    "is told as not checked"),
	OPT(struct accounts_conf, root, OPT_TEXT, .dflt = "/",
	    .help = "folder that stands for /, of a computer whose disk is mounted here"),
	OPT_END,
};

#define ALONE "When that person is away, nobody can repair this computer or let anybody in"
#define LOCKED_OUT "Nobody can repair this computer or change who may work on it"
#define WORST_DAY "On the day when nobody else can log in, this account would not help"

static const struct finding admins_findings[] = {
	{ "none", LEVEL_STOP, LOCKED_OUT,
	    "Restore one administrator's account, with the computer's recovery start if need be" },
	{ "service-only", LEVEL_STOP, LOCKED_OUT,
	    "Give a person an administrator's account of their own" },
	{ "one-alone", LEVEL_ACT, ALONE,
	    "Give a second person the rights, and make an emergency account" },
	{ "one", LEVEL_PLAN, ALONE, "Give a second person the rights of an administrator" },
	{ "too-many", LEVEL_PLAN, "Each of them can change records and settings without a trace",
	    "Remove the rights of those who do not need them" },
	{ .key = NULL },
};

static const struct finding emergency_findings[] = {
	{ "missing", LEVEL_STOP, WORST_DAY,
	    "Make the emergency account again, or name the right one in the configuration" },
	{ "expired", LEVEL_STOP, WORST_DAY,
	    "Set a new end date of the emergency account, then test it" },
	{ "locked", LEVEL_STOP, WORST_DAY, "Open the emergency account again, then test it" },
	{ "no-rights", LEVEL_STOP, WORST_DAY,
	    "Give the emergency account the rights of an administrator, then test it" },
	{ "used", LEVEL_ACT, "Somebody had all rights, and no test was planned",
	    "Find out who used it and for what, change its password, then add that day to drills" },
	{ "overdue", LEVEL_ACT, "Whether it still works is not known",
	    "Run a test of the emergency account with two people, then add that day to drills" },
	{ "due", LEVEL_PLAN, "Whether it still works is not known",
	    "Plan a test of the emergency account with two people" },
	{ "never", LEVEL_PLAN, "Whether it works is not known",
	    "Plan a test of the emergency account with two people" },
	{ .key = NULL },
};

static const struct finding shared_findings[] = {
	{ "shared-used", LEVEL_ACT, "What was done under it cannot be tied to one person",
	    "Give each person an account of their own, and lock the shared one" },
	{ "shared", LEVEL_PLAN, "What is done under it cannot be tied to one person",
	    "Give each person an account of their own, and lock the shared one" },
	{ .key = NULL },
};

static const struct finding unsafe_findings[] = {
	{ "empty-password", LEVEL_STOP, "Anybody can log in to it",
	    "Set a password of that account, or lock it" },
	{ "second-root", LEVEL_STOP, "Whoever uses it has all rights, and no list names them",
	    "Find out who made it, and remove it" },
	{ "command-to-root", LEVEL_ACT,
	    "From such a program everything else can be started as root",
	    "Name only programs in sudoers that start no others, or let it ask for the password" },
	{ .key = NULL },
};

static const struct finding logins_findings[] = {
	{ "not-recorded", LEVEL_PLAN, "Nobody can tell who used this computer, or when",
	    "Install a recorder of logins (libpam-lastlog2 and libpam-wtmpdb on Debian 13)" },
	{ "silent", LEVEL_PLAN, "Logins may not be recorded any more, and their use goes unseen",
	    "Check that a login of today is recorded" },
	{ .key = NULL },
};

#define AS_ROOT "Run the check as root, or let its user read what is named"

static const struct rule accounts_rules[] = {
	{ .name = "accounts.admins",
	    .title = "people who can be administrator",
	    .by = BY_FINDING,
	    .findings = admins_findings,
	    .unknown_do = AS_ROOT },
	{ .name = "accounts.emergency",
	    .title = "emergency account",
	    .by = BY_FINDING,
	    .findings = emergency_findings,
	    .unknown_do = AS_ROOT },
	{ .name = "accounts.shared",
	    .title = "accounts that several people use",
	    .by = BY_FINDING,
	    .findings = shared_findings,
	    .unknown_do = AS_ROOT },
	{ .name = "accounts.unsafe",
	    .title = "accounts that anybody could use",
	    .by = BY_FINDING,
	    .findings = unsafe_findings,
	    .unknown_do =
		"Run the check as root, or set passwords = false to leave passwords out" },
	{ .name = "accounts.logins",
	    .title = "recording of logins",
	    .by = BY_FINDING,
	    .findings = logins_findings,
	    .unknown_do = AS_ROOT },
	{ .name = NULL },
};

static int
few(const struct texts *list, const char **opt, const char *name, struct err *e)
{
	*opt = name;
	return list->n > ACCOUNTS_NAMES_MAX
		   ? err_set(e, ERR_LIMIT, "%zu entries (at most %d)", list->n, ACCOUNTS_NAMES_MAX)
		   : 0;
}

static int
accounts_check(const void *conf, const char **opt, struct err *e)
{
	const struct accounts_conf *c = conf;
	struct accounts_drill drill;
	int rc = 0;

	if (few(&c->emergency, opt, "emergency", e) < 0 ||
	    few(&c->service, opt, "service", e) < 0 || few(&c->shared, opt, "shared", e) < 0 ||
	    few(&c->drills, opt, "drills", e) < 0)
		return -1;
	for (size_t i = 0; i < c->drills.n && rc == 0; i++) {
		struct arena *a = arena_new((size_t)1 << 20);

		rc = accounts_drill(c->drills.v[i], a, &drill, e);
		arena_free(a);
	}
	if (rc < 0)
		return -1;
	*opt = "root";
	return c->root[0] != '/'
		   ? err_set(e, ERR_RANGE, "\"%.200s\" is not an absolute path", c->root)
		   : 0;
}

const struct probe_spec accounts_spec = {
	.name = "accounts",
	.summary = "who can be administrator here, emergency and shared accounts, login times",
	.opts = accounts_opts,
	.conf_size = sizeof(struct accounts_conf),
	.needs = NEED_FILES,
	.rules = accounts_rules,
	.check = accounts_check,
};
