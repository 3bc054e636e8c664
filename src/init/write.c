/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the first configuration, written from what was found.
 */
#include "init/init.h"
#include "base/text.h"

#include <string.h>

#define ADVICE_CHARS 1000 /* of a line about rights */
#define PUZZLE_CHARS 400  /* of a line that was not understood */
#define SERVERS_WANTED 3  /* so many make a majority of two against one */
#define REASON_CHARS 400  /* of what was seen and not taken, and of the reason */

/* A name from this machine inside quotes of the configuration. */
static void
quoted(struct str *out, const char *s)
{
	struct str clean;

	str_init(&clean, 16384);
	text_clean(&clean, s, strlen(s), 4096);
	str_addc(out, '"');
	for (size_t i = 0; i < clean.len; i++) {
		if (clean.s[i] == '"' || clean.s[i] == '\\')
			str_addc(out, '\\');
		str_addc(out, clean.s[i]);
	}
	str_addc(out, '"');
	str_fini(&clean);
}

static void
list(struct str *out, const char *name, const struct found_list *l)
{
	str_addf(out, "    %s = [\n", name);
	for (size_t i = 0; i < l->n; i++) {
		str_add(out, "      ");
		quoted(out, l->v[i]);
		str_addf(out, "%s  # ", i + 1 < l->n ? "," : "");
		text_clean(out, l->at[i], strlen(l->at[i]), 200);
		str_addc(out, '\n');
	}
	str_add(out, "    ];\n");
}

/* What was seen and not taken, one a line with its reason. */
static void
reasons(struct str *out, const struct found_list *l, const char *head)
{
	if (l->n > 0)
		str_addf(out, "    # %s\n", head);
	for (size_t i = 0; i < l->n; i++) {
		str_add(out, "    #   ");
		text_clean(out, l->v[i], strlen(l->v[i]), REASON_CHARS);
		str_add(out, ": ");
		text_clean(out, l->at[i], strlen(l->at[i]), REASON_CHARS);
		str_addc(out, '\n');
	}
	if (l->more > 0)
		str_addf(out, "    #   … and %zu more\n", l->more);
}

static void
no_server(const struct found *f, struct str *out)
{
	if (f->keepers.n > 0)
		str_add(out,
		    "    # No time server was written: what keeps this clock is none that could "
		    "be\n"
		    "    # asked. To prove it from outside, name at least three of your network;\n"
		    "    # until then the time is unproven.\n");
	else
		str_add(out, "    # No time server stands in a configuration here (chrony, ntpd, "
			     "systemd-timesyncd, …).\n"
			     "    # Name at least three of your network; until then the time is "
			     "unproven.\n");
	str_add(out, "    # servers = [ \"ntp1.example\", \"ntp2.example\", \"ntp3.example\" ];\n");
}

static void
clock_check(const struct found *f, const char *host, const struct init_terms *t, struct str *out)
{
	str_add(out, "  {\n    id = \"clock\";\n    title = ");
	quoted(out, arena_printf(f->arena, "%s: clock", host));
	str_add(out, ";\n    probe = \"clock\";\n");
	if (f->servers.n > 0)
		list(out, "servers", &f->servers);
	else
		no_server(f, out);
	if (f->servers.more > 0)
		str_addf(out, "    # … and %zu time server%s more\n", f->servers.more,
		    f->servers.more == 1 ? "" : "s");
	if (f->servers.n > 0 && f->servers.n < SERVERS_WANTED)
		str_add(out,
		    "    # One that is wrong is found out by two others: name three, or a pool.\n");
	reasons(out, &f->keepers,
	    f->servers.n > 0 ? "What keeps this clock besides:" : "What keeps this clock:");
	reasons(out, &f->servers_left, "Seen in configurations, and not taken as a time server:");
	if (t->warn_offset != NULL)
		str_addf(out, "    warn_offset = \"%s\";\n", t->warn_offset);
	str_addf(out, "    max_offset = \"%s\";  # house limit: what your procedures allow\n",
	    t->max_offset != NULL ? t->max_offset : "1s");
	str_add(out, "    # Or the limit of a rule, in its place (forewarn.conf(5), CLOCKS): "
		     "gxp-1s, tsa-1s,\n"
		     "    # finra-50ms, rts25-1ms, rts25-100us, lab-record, office\n"
		     "    # preset = \"gxp-1s\";\n  }");
}

/* Whose authority nobody here knows: what they show now is held against what they show later. */
static void
own_endpoints(const struct found *f, struct str *out)
{
	list(out, "endpoints", &f->own);
	str_add(out,
	    "    trust = \"none\";  # none of these leads to an authority that this computer "
	    "knows: "
	    "another\n"
	    "                     # certificate than now is told. Or the file of that authority\n");
}

static void
cert_check(const struct found *f, const char *lead, struct str *out)
{
	if (f->certs.n + f->endpoints.n + f->own.n == 0)
		return;
	str_add(out, ",\n  {\n    id = \"certificates\";\n"
		     "    title = \"Certificates of this machine\";\n    probe = \"cert\";\n");
	if (f->certs.n > 0)
		list(out, "paths", &f->certs);
	if (f->certs.more > 0)
		str_addf(out, "    # … and %zu file%s more: name %s, or %s, yourself\n",
		    f->certs.more, f->certs.more == 1 ? "" : "s",
		    f->certs.more == 1 ? "it" : "them",
		    f->certs.more == 1 ? "its folder" : "their folders");
	if (f->stores > 0)
		str_add(out,
		    "    # passwords = [ \"/etc/forewarn/pfx.password\" ];  # files of mode 0600, "
		    "for PKCS #12\n");
	if (f->endpoints.n > 0)
		list(out, "endpoints", &f->endpoints);
	else if (f->own.n > 0)
		own_endpoints(f, out);
	str_addf(out,
	    "    lead = \"%s\";  # how long a renewal takes, from the first call to the last\n"
	    "  }",
	    lead != NULL ? lead : "14d");
}

/* Beside endpoints whose authority is known. */
static void
own_check(const struct found *f, struct str *out)
{
	if (f->own.n == 0 || f->endpoints.n == 0)
		return;
	str_add(out, ",\n  {\n    id = \"own-servers\";\n"
		     "    title = \"Servers with an authority of their own\";\n"
		     "    probe = \"cert\";\n");
	own_endpoints(f, out);
	str_add(out, "    lead = \"14d\";\n  }");
}

static void
token_checks(const struct found_list *tokens, const char *lead, struct str *out)
{
	for (size_t i = 0; i < tokens->n; i++) {
		str_addf(out, ",\n  {\n    id = \"token%zu\";\n", i + 1);
		str_addf(out, "    title = \"Signing token %zu\";  # ", i + 1);
		text_clean(out, tokens->at[i], strlen(tokens->at[i]), 200);
		str_add(out, "\n    probe = \"hsm\";\n    module = ");
		quoted(out, tokens->v[i]);
		str_addf(out,
		    ";\n    lead = \"%s\";  # identity check, post, registering at each portal\n"
		    "  }",
		    lead != NULL ? lead : "21d");
	}
}

static void
log_checks(const struct found *f, bool ask_retention, struct str *out)
{
	for (size_t i = 0; i < f->logs.n; i++) {
		const char *path = f->logs.v[i], *name = strrchr(path, '/') + 1;

		str_addf(out, ",\n  {\n    id = \"log-%s\";\n    title = ", name);
		quoted(out, arena_printf(f->arena, "Log %s", name));
		str_add(out, ";\n    probe = \"audit\";\n    paths = [ ");
		quoted(out, path);
		str_addf(out, " ];  # %s\n    rotated = [ ", f->logs.at[i]);
		quoted(out, arena_printf(f->arena, "%s.*", path));
		str_add(out, " ];\n");
		if (ask_retention)
			str_add(out, "    # How long your duty asks you to keep it; nobody may "
				     "guess that, so say it:\n"
				     "    # retention = \"5y\";\n");
		str_add(out, "  }");
	}
}

/* What needs no password is a check; the rest stands as comments, each tool once as an example. */
static void
backup_checks(const struct found *f, struct str *out)
{
	const struct found_list *examples = &f->backup_examples;

	if (f->backups.n > 0) {
		str_add(out, ",\n  {\n    id = \"backups\";\n    title = \"Backups of this "
			     "computer\";\n    probe = \"backup\";\n");
		list(out, "jobs", &f->backups);
		str_add(out, "  }");
	}
	if (f->backups_left.n > 0)
		str_add(out, "\n");
	reasons(out, &f->backups_left, "Backups that were seen, and are not watched yet:");
	for (size_t i = 0; i < examples->n; i++)
		str_addf(out, "  # , { %s }\n", examples->v[i]);
}

/* What the account of the service may not read. */
static void
rights(const struct found *f, struct str *out)
{
	if (f->closed == 0)
		return;
	str_addf(out,
	    "\n# The account forewarn, under which forewarnd runs, may not read %zu of the "
	    "certificates\n"
	    "# above: their end dates would go unseen. Run these lines as root. They open the way\n"
	    "# for this account alone, and no private key:\n",
	    f->closed);
	for (size_t i = 0; i < f->advice.n; i++) {
		str_add(out, "# ");
		text_clean(out, f->advice.v[i], strlen(f->advice.v[i]), ADVICE_CHARS);
		str_addc(out, '\n');
	}
	if (f->advice.more > 0)
		str_addf(out, "# … and %zu lines more\n", f->advice.more);
}

/* What was seen and not understood: a person has to look. */
static void
puzzles(const struct found *f, struct str *out)
{
	const struct found_list *l = &f->puzzles;

	if (l->n > 0)
		str_add(out, "\n# Seen in configurations, and not watched:\n");
	for (size_t i = 0; i < l->n; i++) {
		str_add(out, "# ");
		text_clean(out, l->v[i], strlen(l->v[i]), PUZZLE_CHARS);
		str_addf(out, "%s\n", l->at[i]);
	}
	if (l->more > 0)
		str_addf(out, "# … and %zu lines more\n", l->more);
}

/* Where nothing but the clock was found. */
static const char no_more[] =
    "\n\n"
    "  # Nothing more was found here. A check is added like this, after a comma; the kinds\n"
    "  # are listed by `forewarn probes`, the options of one by `forewarn probes cert`:\n"
    "  # , { id = \"portals\"; title = \"Portal certificates\"; probe = \"cert\";\n"
    "  #     endpoints = [ \"portal.example:443\" ]; lead = \"21d\"; }\n"
    "  # , { id = \"backup\"; title = \"Backup of the night\"; probe = \"plugin\";\n"
    "  #     command = [ \"/usr/lib/nagios/plugins/check_file_age\", \"-f\", \"/srv/backup\" ]; }";

/* What a person should know besides, at the end. */
static void
remarks(const struct found *f, struct str *out)
{
	rights(f, out);
	puzzles(f, out);
	for (size_t i = 0; i < f->journals.n; i++)
		str_addf(out, "\n# Seen, not watched yet: %s (%s).\n", f->journals.v[i],
		    f->journals.at[i]);
	if (f->unreadable > 0)
		str_addf(out,
		    "\n# %zu configuration files could not be read by this user; run forewarn init "
		    "as\n"
		    "# root to look into them too.\n",
		    f->unreadable);
	if (f->broken > 0) {
		str_addf(out, "\n# %zu places could not be looked at, the first: ", f->broken);
		text_clean(out, f->broken_why, strlen(f->broken_why), 200);
		str_add(out, "\n");
	}
}

void
init_write(const struct found *f, const struct found_list *tokens, const char *host,
    const struct init_terms *terms, struct str *out)
{
	str_add(out,
	    "# forewarn: what was found on this machine. Look through it, name the owners, then:\n"
	    "#   forewarn config check THIS-FILE      forewarn check -c THIS-FILE\n"
	    "# All options: forewarn probes NAME.\n\n"
	    "site = ");
	quoted(out, host);
	str_add(out,
	    ";\n\n"
	    "# Every dated thing needs an owner and somebody else for when they are away:\n"
	    "# people = (\n"
	    "#   { id = \"sana\"; name = \"Sana (IT)\"; contact = \"phone or mail\"; },\n"
	    "#   { id = \"omar\"; name = \"Omar\"; }\n"
	    "# );\n"
	    "# and in each check below: owner = \"sana\"; secondary = \"omar\";\n\n"
	    "defaults = { every = \"10min\"; timeout = \"10s\"; };\n\n"
	    "checks = (\n");
	clock_check(f, host, terms, out);
	cert_check(f, terms->cert_lead, out);
	own_check(f, out);
	token_checks(tokens, terms->token_lead, out);
	log_checks(f, terms->ask_retention, out);
	if (terms->checks != NULL)
		str_add(out, terms->checks);
	backup_checks(f, out);
	if (f->certs.n + f->endpoints.n + f->own.n + tokens->n + f->logs.n + f->self.n +
		f->backups.n ==
	    0)
		str_add(out, no_more);
	if (terms->more != NULL)
		str_add(out, terms->more);
	str_add(out,
	    "\n"
	    "  # once forewarnd runs: whether alerts reach a person, who confirms a test of them\n"
	    "  # , { id = \"alarm\"; title = \"The alarm itself\"; probe = \"alert\"; }\n"
	    ");\n\n"
	    "# Where forewarnd tells it: the panel of whoever is logged in (forewarn-tray), and "
	    "more.\n"
	    "sinks = (\n"
	    "  { id = \"desktop\"; type = \"desktop\"; }\n"
	    "  # , { id = \"msp\"; type = \"webhook\"; url = \"https://desk.example/forewarn\";\n"
	    "  #     secret_file = \"/etc/forewarn/msp.secret\"; }\n"
	    "  # , { id = \"mail\"; type = \"mail\"; } and others: forewarn probes, OPTIONS.md\n"
	    ");\n");
	remarks(f, out);
}
