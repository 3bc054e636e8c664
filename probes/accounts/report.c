/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is told of the administrators, of unsafe and of shared accounts, and of login times.
 */
#include "report.h"

#include "base/day.h"

#include <string.h>

struct count {
	size_t persons, services, others; /* usable: people, accounts of services, by other ways */
	const char *names, *list;         /* of the persons; all with way and last login */
	size_t listed;
	bool emergency; /* one that can be used stands ready */
};

static bool
is_named(const struct texts *list, const char *name)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->v[i], name) == 0)
			return true;
	return false;
}

static instant
login_of(const struct etc_account *a)
{
	return a->login == 0 || a->login > INT64_MAX / INSTANT_S ? INSTANT_NONE
								 : a->login * INSTANT_S;
}

const char *
report_no_logins(const struct look *l)
{
	if (l->logins.kept > 0)
		return "";
	return l->logins.unread != NULL ? l->logins.unread
					: "login times are not recorded on this computer";
}

/* "anna (sudo, last login 2026-11-27)" */
static void
list_one(struct count *n, const struct etc_account *a, const struct look *l, struct arena *arena)
{
	char when[INSTANT_TEXT];
	const char *last = "no login recorded";

	if (n->listed++ >= REPORT_ACCOUNTS_MAX)
		return;
	if (login_of(a) != INSTANT_NONE)
		last = arena_printf(arena, "last login %.10s", instant_text(login_of(a), when));
	else if (l->logins.kept == 0)
		last = "last login not known";
	n->list = arena_printf(arena, "%s%s%s (%s; %s%s)", n->list, n->list[0] != '\0' ? ", " : "",
	    a->name, ways_text(a, arena), last, a->usable ? "" : "; cannot log in");
}

static struct count
count_admins(const struct accounts_conf *c, const struct look *l, struct arena *arena)
{
	struct count n = { .names = "", .list = "" };

	for (size_t i = 0; i < l->etc.naccounts; i++) {
		const struct etc_account *a = &l->etc.accounts[i];

		if (a->ways == 0)
			continue;
		list_one(&n, a, l, arena);
		/* whether root's password is set is what makes it one more */
		if (!a->usable || (a->uid == 0 && a->password == ETC_UNSEEN))
			continue;
		if (is_named(&c->emergency, a->name))
			n.emergency = n.emergency || (a->ways & BY_RIGHT) != 0;
		else if ((a->ways & BY_RIGHT) == 0)
			n.others++;
		else if (ways_is_service(a, &c->service))
			n.services++;
		else if (n.persons++ < REPORT_NAMES_MAX)
			n.names = arena_printf(
			    arena, "%s%s%s", n.names, n.names[0] != '\0' ? ", " : "", a->name);
	}
	return n;
}

static const char *
admins_finding(const struct count *n, const struct accounts_conf *c)
{
	if (n->persons == 0)
		return n->services > 0 ? "service-only" : "none";
	if (n->persons == 1)
		return n->emergency ? "one" : "one-alone";
	if (c->most > 0 && n->persons + n->others > (size_t)c->most)
		return "too-many";
	return NULL;
}

static const char *
admins_summary(const struct count *n, const struct look *l, struct arena *a)
{
	const char *least = l->least != NULL ? "at least " : "";

	if (n->persons == 0 && n->services > 0)
		return "Only accounts of services can be administrator here, and no person";
	if (n->persons == 0)
		return "No account with which a person can log in can be administrator here";
	return arena_printf(a, "%s%zu of %zu accounts can be administrator here: %s%s%s",
	    l->least != NULL ? "At least " : "", n->persons, l->etc.naccounts, n->names,
	    n->persons > REPORT_NAMES_MAX ? " and others" : "",
	    n->others > 0 ? arena_printf(a, "; %s%zu more can become it", least, n->others) : "");
}

static void
directory_item(const struct probe_ctx *ctx, const struct look *l)
{
	const struct item it = { .target = "directory",
		.rule = "accounts.admins",
		.state = ITEM_UNKNOWN,
		.summary = arena_printf(ctx->arena,
		    "Accounts also come from a directory (%s), which is not asked: "
		    "administrators there are not counted",
		    l->directory) };

	if (l->directory != NULL)
		probe_emit(ctx, &it);
}

void
report_admins(const struct probe_ctx *ctx, const struct accounts_conf *c, const struct look *l)
{
	struct count n = count_admins(c, l, ctx->arena);
	struct metric persons = { .name = "administrators", .value = (double)n.persons };
	struct evidence ev[4] = { { "accounts", n.list }, { "passwords", "looked at" } };
	struct item it = { .target = "administrators",
		.rule = "accounts.admins",
		.finding = admins_finding(&n, c),
		.summary = admins_summary(&n, l, ctx->arena),
		.metrics = &persons,
		.nmetrics = 1,
		.evidence = ev,
		.nevidence = 2 };

	it.state = it.finding != NULL ? ITEM_FOUND : ITEM_FINE;
	if (l->no_shadow != NULL)
		ev[1].value = arena_printf(ctx->arena,
		    "not looked at (%s), so an account that is locked by its password counts",
		    l->no_shadow);
	if (l->least != NULL)
		ev[it.nevidence++] = (struct evidence){ "not seen", l->least };
	/* too few may be for want of sight; two are two */
	if (l->least != NULL && n.persons < 2) {
		it.state = ITEM_UNKNOWN;
		it.finding = NULL;
		it.summary = arena_printf(ctx->arena,
		    "%zu usable administrators were seen, and there may be more: %s", n.persons,
		    l->least);
	}
	probe_emit(ctx, &it);
	directory_item(ctx, l);
}

/* ---- accounts that should not be as they are */

static void
unsafe(const struct probe_ctx *ctx, const char *name, const char *finding, const char *summary)
{
	const struct item it = { .target = name,
		.rule = "accounts.unsafe",
		.state = ITEM_FOUND,
		.finding = finding,
		.summary = summary };

	probe_emit(ctx, &it);
}

static size_t
unsafe_one(const struct probe_ctx *ctx, const struct etc_account *a)
{
	const char *finding = NULL, *says = NULL;

	if (a->uid == 0 && strcmp(a->name, "root") != 0) {
		finding = "second-root";
		says =
		    arena_printf(ctx->arena, "The account %s is root under another name", a->name);
	} else if (a->password == ETC_EMPTY) {
		finding = "empty-password";
		says = arena_printf(ctx->arena, "The account %s has no password", a->name);
	} else if ((a->ways & BY_COMMAND) != 0 && (a->ways & BY_RIGHT) == 0 && a->asks_nothing) {
		finding = "command-to-root";
		says = arena_printf(ctx->arena,
		    "The account %s may run, as root and without a password, a program that starts "
		    "others",
		    a->name);
	}
	if (finding != NULL)
		unsafe(ctx, a->name, finding, says);
	return finding != NULL;
}

void
report_unsafe(const struct probe_ctx *ctx, const struct look *l)
{
	struct item it = { .target = "passwords", .rule = "accounts.unsafe" };
	size_t found = 0;

	for (size_t i = 0; i < l->etc.naccounts; i++)
		found += unsafe_one(ctx, &l->etc.accounts[i]);
	if (l->no_shadow != NULL) {
		it.state = ITEM_UNKNOWN;
		it.summary = arena_printf(ctx->arena,
		    "Passwords are not looked at (%s): an account without one would go unseen",
		    l->no_shadow);
	} else if (found > 0)
		return;
	else
		it.summary = arena_printf(
		    ctx->arena, "None of %zu accounts is without a password", l->etc.naccounts);
	probe_emit(ctx, &it);
}

/* ---- names that several people use */

static void
shared_one(const struct probe_ctx *ctx, const struct etc_account *a, const struct look *l)
{
	bool lately =
	    login_of(a) != INSTANT_NONE && instant_minus(l->now, login_of(a)) < ACCOUNTS_LIVE;
	char day[DAY_TEXT];
	struct item it = { .target = a->name,
		.rule = "accounts.shared",
		.state = ITEM_FOUND,
		.finding = lately ? "shared-used" : "shared" };

	it.summary =
	    lately ? arena_printf(ctx->arena, "The shared name %s was used on %s", a->name,
			 day_short(login_of(a), l->now, day))
		   : arena_printf(ctx->arena, "The name %s does not say who uses it", a->name);
	probe_emit(ctx, &it);
}

void
report_shared(const struct probe_ctx *ctx, const struct accounts_conf *c, const struct look *l)
{
	struct item it = { .target = "names", .rule = "accounts.shared" };
	size_t found = 0;

	for (size_t i = 0; i < l->etc.naccounts; i++) {
		const struct etc_account *a = &l->etc.accounts[i];

		if (a->usable && a->uid != 0 && is_named(&c->shared, a->name)) {
			shared_one(ctx, a, l);
			found++;
		}
	}
	it.summary = arena_printf(ctx->arena,
	    "None of %zu accounts has one of the %zu shared names", l->etc.naccounts, c->shared.n);
	if (found == 0)
		probe_emit(ctx, &it);
}

/* ---- whether logins are recorded */

void
report_logins(const struct probe_ctx *ctx, const struct look *l)
{
	const struct logins *in = &l->logins;
	char day[DAY_TEXT];
	struct item it = { .target = "login times", .rule = "accounts.logins" };
	instant newest = in->newest > 0 && in->newest < INT64_MAX / INSTANT_S
			     ? in->newest * INSTANT_S
			     : INSTANT_NONE;

	if (in->kept == 0 || newest == INSTANT_NONE) {
		it.state = in->unread != NULL ? ITEM_UNKNOWN : ITEM_FOUND;
		it.finding = in->unread != NULL ? NULL : "not-recorded";
		it.summary = in->unread != NULL ? arena_printf(ctx->arena,
						      "Login times cannot be read: %s", in->unread)
						: "Login times are not recorded here";
	} else {
		bool silent = instant_minus(l->now, newest) >= ACCOUNTS_LIVE;

		it.state = silent ? ITEM_FOUND : ITEM_FINE;
		it.finding = silent ? "silent" : NULL;
		it.summary = arena_printf(ctx->arena, "The newest login that is recorded is of %s",
		    day_short(newest, l->now, day));
	}
	it.evidence = &(struct evidence){ "recorded in", in->sources };
	it.nevidence = in->sources[0] != '\0';
	probe_emit(ctx, &it);
}
