/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the table of every call of every program.
 */
#include "face/options.h"

#include <stddef.h>

#define FACE_HELP                                                                                  \
	{                                                                                          \
		'h', true, "help", NULL, NULL, "print this help"                                   \
	}
#define FACE_VERSION                                                                               \
	{                                                                                          \
		'V', false, "version", NULL, NULL, "print the version"                             \
	}
#define FACE_SOCKET                                                                                \
	{                                                                                          \
		's', false, "socket", "PATH", NULL, "where forewarnd listens"                      \
	}
#define FACE_ALL                                                                                   \
	{                                                                                          \
		'a', true, "all", NULL, NULL, "list every fine item too"                           \
	}
#define FACE_CONFIG                                                                                \
	{                                                                                          \
		'c', true, "config", "FILE", NULL,                                                 \
		    "the configuration; /etc/forewarn/forewarn.conf "                              \
		    "unless given, a normal user's own if there is one"                            \
	}
#define FACE_AT                                                                                    \
	{                                                                                          \
		't', false, "at", "TIME", NULL,                                                    \
		    "judge as if it were then: 2027-03-31 or an RFC 3339 time"                     \
	}
#define FACE_FORMAT                                                                                \
	{                                                                                          \
		'f', true, "format", "FORM", "text json plugin metrics html",                      \
		    "text, json, plugin (Monitoring Plugins), metrics (OpenMetrics) or html (a "   \
		    "page for people)"                                                             \
	}
#define FACE_OUTPUT                                                                                \
	{                                                                                          \
		'o', true, "output", "FILE", NULL,                                                 \
		    "write to this file, replaced at once, readable by you alone; - is the "       \
		    "standard output"                                                              \
	}
#define FACE_END                                                                                   \
	{                                                                                          \
		0, false, NULL, NULL, NULL, NULL                                                   \
	}

static const struct face_opt check_opts[] = {
	FACE_CONFIG,
	FACE_FORMAT,
	FACE_OUTPUT,
	FACE_AT,
	FACE_ALL,
	{ 's', false, "state-dir", "DIR", NULL, "where checks keep what they must remember" },
	FACE_HELP,
	FACE_END,
};

static const struct face_opt status_opts[] = {
	FACE_FORMAT,
	FACE_OUTPUT,
	FACE_AT,
	FACE_ALL,
	FACE_SOCKET,
	FACE_HELP,
	FACE_END,
};

static const struct face_opt certs_opts[] = {
	FACE_CONFIG,
	{ 'f', true, "format", "FORM", "text tree json csv ics",
	    "text, tree (issuers above what they issued), json, csv (for a spreadsheet) or ics "
	    "(for "
	    "a calendar)" },
	FACE_OUTPUT,
	FACE_AT,
	{ 'a', true, "all", NULL, NULL, "list every place of a certificate" },
	FACE_SOCKET,
	{ 'S', false, "state-dir", "DIR", NULL, "where checks keep what they must remember" },
	FACE_HELP,
	FACE_END,
};

static const struct face_opt alerts_opts[] = {
	{ 'f', true, "format", "FORM", "text json", "of the list: text or json" },
	{ 'u', false, "until", "TIME", NULL,
	    "when it ends: 17:00, tomorrow, a day or an RFC 3339 time" },
	{ 'l', false, "for", "SPAN", NULL, "when it ends: a time span from now, as 2h or 3d" },
	{ 'r', false, "reason", "TEXT", NULL, "why" },
	{ 'n', false, "note", "TEXT", NULL,
	    "what whoever reads of the alert should know: goes out with it" },
	{ 'x', false, "stop-too", NULL, NULL, "be quiet about the level stop as well" },
	{ 'U', false, "upto", "LEVEL", "plan unknown act stop",
	    "the worst level that is approved; what is worse is told" },
	{ 'A', false, "approver", "NAME", NULL, "who approved it" },
	{ 'M', false, "measure", "TEXT", NULL, "what protects meanwhile" },
	FACE_SOCKET,
	FACE_HELP,
	FACE_END,
};

static const struct face_opt accept_opts[] = {
	{ 'r', true, "reason", "TEXT", NULL, "why it was meant to be; needed" },
	{ 'b', true, "by", "NAME", NULL, "who says so; needed" },
	{ 'R', false, "rule", "RULE", NULL,
	    "which finding, where several are open there: audit.edited, or edited alone" },
	FACE_CONFIG,
	{ 'd', false, "state-dir", "DIR", NULL,
	    "where checks keep what they must remember: there, without asking a daemon" },
	FACE_SOCKET,
	FACE_HELP,
	FACE_END,
};

static const struct face_sub alerts_subs[] = {
	{ "ack", "WHICH", FACE_CHECKS, "uln",
	    "\"I saw this\": no reminders until it is over or worse" },
	{ "silence", "WHICH", FACE_CHECKS, "ulrx",
	    "be quiet about it, but for stop; needs an end and a reason" },
	{ "unsilence", "N", FACE_TEXT, NULL, "end a silence by its number" },
	{ "except", "WHICH", FACE_CHECKS, "ulUrAM",
	    "approved to be as it is: not told and not counted until that day begins; needs an "
	    "end, a level, a reason, an approver and a measure" },
	{ "unexcept", "N", FACE_TEXT, NULL, "end an exception by its number" },
	{ "test", "[TEXT]", FACE_TEXT, NULL,
	    "a test alert through every sink, and what each receiver answers: waits up to 20 s" },
	{ "confirm", "[SINK]", FACE_TEXT, NULL,
	    "a person has seen the test alert, there or on this screen" },
	{ "look", "[CHECK]", FACE_CHECKS, NULL, "look again now, at all or at one" },
	{ NULL, NULL, FACE_NONE, NULL, NULL },
};

static const struct face_opt init_opts[] = {
	{ 'o', true, "output", "FILE", NULL,
	    "where to; - is the standard output; unless given, where the other calls look for "
	    "it" },
	{ 'r', false, "root", "DIR", NULL, "look at another tree than this machine's: an image" },
	{ 'p', false, "pack", "NAME", NULL,
	    "levels and ways to fail of a sector: mro, lab, exporter or smb" },
	FACE_HELP,
	FACE_END,
};

static const struct face_opt help_only[] = { FACE_HELP, FACE_END };

static const struct face_sub config_subs[] = {
	{ "check", "FILE", FACE_FILES, NULL, "read it as the daemon would; every fault is a line" },
	{ "example", NULL, FACE_NONE, NULL,
	    "print a commented configuration with every option there is" },
	{ "manual", NULL, FACE_NONE, NULL, "print what every option means, as Markdown" },
	{ "ids", "[FILE]", FACE_FILES, NULL, "print the ids of its checks, a line each" },
	{ NULL, NULL, FACE_NONE, NULL, NULL },
};

static const struct face_opt secret_opts[] = {
	{ 'o', true, "output", "FILE", NULL,
	    "a new file, readable by its owner alone; the standard output unless given" },
	{ 'e', false, "ed25519", NULL, NULL,
	    "a pair of keys: the private one for key_file, and the public one for receivers" },
	FACE_HELP,
	FACE_END,
};

static const struct face_sub secret_subs[] = {
	{ "new", NULL, FACE_NONE, "oe", "make a secret for secret_file of a webhook" },
	{ NULL, NULL, FACE_NONE, NULL, NULL },
};

static const struct face_opt register_opts[] = {
	{ 'f', true, "format", "FORM", "text json ics",
	    "of show: text, json or ics (for a calendar)" },
	FACE_OUTPUT,
	FACE_AT,
	FACE_ALL,
	{ 'd', false, "dates", "ORDER", "auto d/m/y m/d/y",
	    "what stands first in 03/04/2027; auto: as the list shows it" },
	{ 'k', false, "kind", "KIND", NULL, "what the entries are that do not say it themselves" },
	FACE_HELP,
	FACE_END,
};

static const struct face_sub register_subs[] = {
	{ "check", "FILE…", FACE_FILES, "dk", "list every line that cannot be read, and why" },
	{ "show", "FILE…", FACE_FILES, "fotadk", "show what the lists say, as a check would" },
	{ NULL, NULL, FACE_NONE, NULL, NULL },
};

static const struct face_opt preview_opts[] = {
	FACE_CONFIG,
	{ 'd', false, "days", "N", NULL, "so many days before now, 1 to 730; 90 unless given" },
	{ 'f', true, "format", "FORM", "text json", "text or json" },
	FACE_SOCKET,
	FACE_HELP,
	FACE_END,
};

static const struct face_opt playbook_opts[] = {
	{ 'o', true, "output", "FILE", NULL, "a new file; the standard output unless given" },
	FACE_HELP,
	FACE_END,
};

static const struct face_sub playbook_subs[] = {
	{ "new", "ID", FACE_TEXT, "o", "print one for the scenario of that id, as lab-03" },
	{ NULL, NULL, FACE_NONE, NULL, NULL },
};

static const struct face_opt probes_opts[] = {
	{ 'P', false, "prove", NULL, NULL,
	    "show the alarm of each rule on an input that comes with forewarn and must raise it" },
	FACE_HELP,
	FACE_END,
};

static const struct face_opt daemon_opts[] = {
	FACE_CONFIG,
	{ 's', false, "state-dir", "DIR", NULL, "where it keeps what it must not forget" },
	{ 'S', false, "socket", "PATH", NULL, "where it listens for forewarn status and alerts" },
	FACE_HELP,
	FACE_VERSION,
	FACE_END,
};

static const struct face_opt tray_opts[] = {
	{ 'o', false, "open", NULL, NULL, "open the status page in the browser and end" },
	{ 'p', false, "panel", "WHICH", "auto light dark symbolic",
	    "the panel's colour; symbolic is one colour, which the theme replaces; auto, unless "
	    "given: what the desktop says" },
	FACE_SOCKET,
	FACE_HELP,
	FACE_VERSION,
	FACE_END,
};

static const struct face_opt metrics_opts[] = {
	{ 'a', false, "address", "ADDRESS", NULL, "where to listen; 127.0.0.1 unless given" },
	{ 'p', false, "port", "N", NULL, "and at which port, 1 to 65535; 9847 unless given" },
	FACE_SOCKET,
	FACE_HELP,
	FACE_VERSION,
	FACE_END,
};

#define EXIT_END                                                                                   \
	{                                                                                          \
		0, NULL                                                                            \
	}

/* base/memory */
#define EXIT_MEMORY                                                                                \
	{                                                                                          \
		71, "no memory is left"                                                            \
	}

static const struct face_exit check_exits[] = { { 0, "ok or plan" }, { 1, "act" }, { 2, "stop" },
	{ 3, "unknown: something could not be checked" }, { 64, "usage" }, EXIT_MEMORY,
	{ 74, "output that cannot be written" }, { 78, "bad configuration" }, EXIT_END };
static const struct face_exit status_exits[] = { { 0, "ok or plan" }, { 1, "act" }, { 2, "stop" },
	{ 3, "unknown, or no daemon answers" }, { 64, "usage" }, EXIT_MEMORY,
	{ 74, "output that cannot be written" }, EXIT_END };
static const struct face_exit certs_exits[] = { { 0, "listed, whatever their state" },
	{ 3, "forewarnd did not answer as it should" }, { 64, "usage" }, EXIT_MEMORY,
	{ 74, "output that cannot be written" }, { 78, "bad configuration" }, EXIT_END };
static const struct face_exit alerts_exits[] = { { 0, "nothing is open; for the rest, done" },
	{ 1, "act; for the rest, nothing matched or refused; test: a sink did not take it" },
	{ 2, "stop" }, { 3, "unknown, or no daemon answers" }, { 64, "usage" }, EXIT_MEMORY,
	EXIT_END };
static const struct face_exit accept_exits[] = { { 0, "accepted" },
	{ 1, "refused: nothing that is open was meant, or rights are missing" },
	{ 3, "the check could not look" }, { 64, "usage" }, EXIT_MEMORY,
	{ 78, "bad configuration" }, EXIT_END };
static const struct face_exit init_exits[] = { { 0, "written" }, { 64, "usage" }, EXIT_MEMORY,
	{ 73, "the file is there or cannot be made" }, { 74, "it could not be written" },
	EXIT_END };
static const struct face_exit config_exits[] = { { 0, "without faults" }, { 64, "usage" },
	EXIT_MEMORY, { 74, "output that cannot be written" }, { 78, "with faults" }, EXIT_END };
static const struct face_exit probes_exits[] = { { 0, "done; with --prove every alarm was shown" },
	{ 1, "some alarm of --prove was not shown" }, { 64, "usage" }, EXIT_MEMORY,
	{ 74, "output that cannot be written" }, EXIT_END };
static const struct face_exit secret_exits[] = { { 0, "made" }, { 64, "usage" },
	{ 71, "no keys could be made, or no memory is left" },
	{ 73, "the file is there, cannot be made, or others may "
	      "read it" },
	{ 74, "output that cannot be written" }, EXIT_END };
static const struct face_exit register_exits[] = { { 0, "every line can be read; show: shown" },
	{ 3, "the lists could not be looked at" }, { 64, "usage" }, EXIT_MEMORY,
	{ 74, "output that cannot be written" }, { 78, "a line, or a list, cannot be read" },
	EXIT_END };
static const struct face_exit preview_exits[] = { { 0, "previewed, whatever was told" },
	{ 3, "nothing could be previewed, or no daemon answers" }, { 64, "usage" }, EXIT_MEMORY,
	{ 74, "output that cannot be written" }, { 78, "bad configuration" }, EXIT_END };
static const struct face_exit playbook_exits[] = { { 0, "written" }, { 64, "usage" }, EXIT_MEMORY,
	{ 73, "the file is there or cannot be made" }, { 74, "output that cannot be written" },
	EXIT_END };
static const struct face_exit daemon_exits[] = { { 0, "ended by SIGTERM or SIGINT" },
	{ 64, "usage" }, { 69, "its socket is taken" }, { 70, "the state cannot be used" },
	{ 71, "no memory is left, or the system let it wait no more" }, { 78, "bad configuration" },
	EXIT_END };
static const struct face_exit tray_exits[] = { { 0, "ended, or one runs in this session already" },
	{ 64, "usage" }, { 69, "there is no session bus; with --open: no report" },
	{ 75, "the session bus has ended" }, EXIT_END };
static const struct face_exit metrics_exits[] = { { 0, "ended by SIGTERM or SIGINT" },
	{ 64, "usage" }, { 69, "the address is taken" }, EXIT_MEMORY, EXIT_END };

const struct call all_calls[] = {
	{ "forewarn", "check", "[ID…]", FACE_CHECKS,
	    "run the checks once: what will fail, when, and by which day to start",
	    "Runs the checks of the configuration once, all or those named, and shows what will "
	    "fail, when, and by which day to start. It needs no daemon.",
	    NULL, check_opts, NULL, check_exits },
	{ "forewarn", "status", "[ID…]", FACE_CHECKS,
	    "what the running daemon (forewarnd) knows, without a new look",
	    "Shows what the running daemon knows, as forewarn check does, without a new look.",
	    NULL, status_opts, NULL, status_exits },
	{ "forewarn", "certs", "[ID…]", FACE_CHECKS,
	    "every certificate that the checks see: where, until when, whose",
	    "Lists the certificates of all checks, or of those named, by the day to start renewing "
	    "them. One certificate is one row, whatever number of places and checks shows it; one "
	    "that is gone, and what could not be looked at, is a row that says so.",
	    "It asks forewarnd, which answers without a new look. Where none runs, or with "
	    "--config, the checks are run once, as forewarn check does.",
	    certs_opts, NULL, certs_exits },
	{ "forewarn", "alerts", NULL, FACE_NONE,
	    "what is open and who has it; take it, mute it, except it, test the way",
	    "Without a word after it: what is open, and who has taken it.",
	    "WHICH is the id of an alert or of a check, or a pattern of fingerprints "
	    "(site/host/check/target/rule) with * and ?.",
	    alerts_opts, alerts_subs, alerts_exits },
	{ "forewarn", "accept", "CHECK TARGET", FACE_CHECKS,
	    "what vanished or changed was meant to: end that finding, on record",
	    "Ends what a check has found of one target, because it was meant to be so: every "
	    "finding of that rule that was shown. What changes later is found anew. Who accepted "
	    "it, when and why is kept by the check, by the daemon and in what it tells others.",
	    "Where forewarnd runs, it is asked, and only root and the user it runs as may do that; "
	    "else it is noted in the check's own folder. Only what stays reported until it is "
	    "mended can be accepted; forewarn alerts except is for the rest.",
	    accept_opts, NULL, accept_exits },
	{ "forewarn", "init", NULL, FACE_NONE,
	    "look at this machine and write a commented configuration",
	    "Looks at this machine (time servers, certificates of its services, PKCS#11 tokens, "
	    "audit and login logs) and writes a commented configuration. Nothing else is changed; "
	    "a file that is there is never replaced.",
	    NULL, init_opts, NULL, init_exits },
	{ "forewarn", "config", NULL, FACE_NONE, "read a configuration and list every fault",
	    "Reads a configuration and lists its faults, each with file, line, name and what is "
	    "allowed; or prints what may stand in one.",
	    NULL, help_only, config_subs, config_exits },
	{ "forewarn", "probes", "[NAME]", FACE_PROBES,
	    "the kinds of measurement, or one kind's options",
	    "Lists the kinds of measurement; with a name, that kind's options with their units and "
	    "defaults, and what it judges. With --prove each rule of that kind (without a name: of "
	    "every kind) is shown at work: a file, or what a server or token once answered, goes "
	    "through the same worker, cell and judge as a check.",
	    NULL, probes_opts, NULL, probes_exits },
	{ "forewarn", "secret", NULL, FACE_NONE, "make a signing secret for a webhook",
	    "Makes a secret as Standard Webhooks has them (whsec_...), from the kernel's random "
	    "source, or a pair of Ed25519 keys (whsk_..., whpk_...).",
	    "What root makes belongs to the account forewarn, where there is one. A file that "
	    "is there is never replaced.",
	    secret_opts, secret_subs, secret_exits },
	{ "forewarn", "register", NULL, FACE_NONE,
	    "read a list of dated things: every bad line, or its calendar",
	    "Reads lists of what has a date or an owner (calibrations, licences, contracts, "
	    "people, "
	    "playbooks), as a check of the kind register does, and without its notes: tables as "
	    "spreadsheets export them, lists of ours, or folders of these.",
	    NULL, register_opts, register_subs, register_exits },
	{ "forewarn", "preview", "[ID…]", FACE_CHECKS,
	    "how often other limits would have told you, by the recorded past",
	    "Holds the limits of a configuration against what forewarnd has recorded: how often "
	    "they would have told somebody, at which level and on which days, beside the limits in "
	    "force.",
	    "Each check is run once, without its notes, to know its limits. What cannot be "
	    "previewed is listed with the reason, never as nothing.",
	    preview_opts, NULL, preview_exits },
	{ "forewarn", "playbook", NULL, FACE_NONE, "begin a playbook for a way to fail",
	    "Writes a playbook for a scenario of a pack, as Markdown: the six headings that each "
	    "playbook has, the steps that are known, and a question under each of the others.",
	    "A file that is there is never replaced. The playbook is watched once it is an entry "
	    "of "
	    "a register.",
	    playbook_opts, playbook_subs, playbook_exits },
	{ "forewarnd", NULL, NULL, FACE_NONE, "watches around the clock and tells in time",
	    "Runs every check at its interval, tells people by the configured sinks, and answers "
	    "forewarn status and forewarn alerts. It stays in the foreground, for a service "
	    "manager. SIGHUP reads the configuration anew (a bad one changes nothing), SIGTERM "
	    "ends it.",
	    NULL, daemon_opts, NULL, daemon_exits },
	{ "forewarn-metrics", NULL, NULL, FACE_NONE, "answers scrapes with what forewarnd knows",
	    "Answers GET /metrics with what forewarnd knows, as OpenMetrics, in the foreground. "
	    "Without forewarnd the answer is 503: an absent value and not an old one.",
	    NULL, metrics_opts, NULL, metrics_exits },
	{ "forewarn-tray", NULL, NULL, FACE_NONE,
	    "forewarn's icon in the panel and its notifications, for one user",
	    "Shows in the panel whether this computer is fit to measure today, and says in "
	    "notifications what is wrong, when it hurts, which work stops, what to do now and whom "
	    "to call.",
	    NULL, tray_opts, NULL, tray_exits },
	{ .program = NULL },
};
