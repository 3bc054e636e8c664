/* SPDX-License-Identifier: Apache-2.0
 *
 * The face of the clock probe: its options, rules and words, and how a server is written.
 */
#include "clock.h"

#include "preset.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define NTS_SCHEME "nts://"

static const struct opt clock_opts[] = {
	OPT(struct clock_conf, servers, OPT_TEXTS,
	    .help = "time servers: name, name:port, address or [v6]:port; port 123 unless given. "
		    "nts://name asks for time that proves whose it is (RFC 8915), port 4460. "
		    "With three or more, one that is wrong is found out. A name with several "
		    "addresses is up to four of them",
	    .example = "[ \"ntp1.lab\", \"ntp2.lab:11123\", \"[2001:db8::1]:123\" ]"),
	OPT(struct clock_conf, samples, OPT_INT, .dflt = "4", .min = 1, .max = CLOCK_SAMPLES_MAX,
	    .help = "measurements of each server at most; one in the network is asked three times, "
		    "two seconds apart, and again while that does not prove the clock right"),
	OPT(struct clock_conf, preset, OPT_CHOICE, .choices = PRESET_NAMES,
	    .help = "the limits of a rule, named in the evidence; max_offset and warn_offset win "
		    "over it",
	    .example = "\"gxp-1s\""),
	OPT(struct clock_conf, max_offset, OPT_SPAN, .min = SPAN_US, .max = 365 * SPAN_DAY,
	    .help = "the clock may be off by this much; beyond, work stops; 1s unless given here "
		    "or by preset",
	    .example = "\"1s\""),
	OPT(struct clock_conf, warn_offset, OPT_SPAN, .min = SPAN_US, .max = 365 * SPAN_DAY,
	    .help = "off by more than this, somebody must act; half of max_offset unless given",
	    .example = "\"500ms\""),
	OPT(struct clock_conf, family, OPT_CHOICE, .dflt = "any", .choices = "any|ipv4|ipv6",
	    .help = "which kind of address to ask"),
	OPT(struct clock_conf, trust, OPT_TEXT, .trusted = true,
	    .help = "file of the authorities (PEM) that may vouch for servers with nts://; without "
		    "it, those that this computer trusts",
	    .example = "\"/etc/ssl/lab-ca.pem\""),
	OPT_END,
};

static const struct finding server_findings[] = {
	{ "disagrees", LEVEL_PLAN,
	    "A computer that takes its time from this server alone gets a wrong clock",
	    "Tell who runs the server which others it disagrees with, or take it out of the list" },
	{ "no-right-time", LEVEL_PLAN,
	    "The server cannot be asked until it has the right time itself; fewer are left to "
	    "compare",
	    "Ask who runs the server to connect it to its own source of time" },
	{ "no-answer", LEVEL_PLAN, "With fewer servers, one that is wrong is harder to find out",
	    "Check that the server runs and that the network lets time requests (UDP) through" },
	{ "refused", LEVEL_PLAN,
	    "This server will not help to notice a wrong clock; fewer are left to compare",
	    "Ask who runs the server to allow this computer, then accept this so that it is asked "
	    "again; or take the server out of the list" },
	{ "asked-too-often", LEVEL_PLAN,
	    "While the server asks for fewer requests, it does not help to notice a wrong clock",
	    "Raise `every` of the checks that ask this server, or use a server of your own" },
	{ "bad-answer", LEVEL_PLAN,
	    "This server does not help to notice a wrong clock; fewer are left to compare",
	    "Check that a time server runs at this address and port, and nothing else" },
	{ "no-address", LEVEL_PLAN, "The server cannot be asked; fewer are left to compare",
	    "Check the spelling of the name, and that this computer can look up names" },
	{ "no-lookup", LEVEL_PLAN, "The server cannot be asked; fewer are left to compare",
	    "Check that the name server of this computer answers" },
	{ "no-network", LEVEL_PLAN, "No time server can be asked",
	    "Connect this computer to the network of its time servers" },
	{ "not-proven", LEVEL_PLAN,
	    "Its time could be anybody's and is not used; fewer servers are left to compare",
	    "Ask who runs the server; check that the file in `trust` has its authority" },
	{ "certificate", LEVEL_PLAN, "Its time is not used; fewer servers are left to compare",
	    "Ask who runs the server to renew its certificate" },
	{ "clock-or-certificate", LEVEL_ACT,
	    "If this clock shows a wrong date, records made now carry it",
	    "Compare the date of this computer with a watch; if it is right, ask who runs the "
	    "server to renew its certificate" },
	{ "same-server", LEVEL_PLAN,
	    "Two names of one server look like two servers that agree; they are counted once",
	    "Keep one of the two names and put another server in place of the other" },
	{ "own-clock", LEVEL_PLAN,
	    "Where this server's own clock drifts, this computer's drifts with it and nobody sees "
	    "it",
	    "Ask who runs the server to connect it to a source of time" },
	{ "this-computer", LEVEL_PLAN, "A clock that is compared with itself is always right",
	    "Put time servers on other computers into `servers`" },
	{ "one-source", LEVEL_PLAN,
	    "If that one source is wrong, these servers are wrong together and still agree",
	    "Add a time server that follows another source" },
	{ "all-silent", LEVEL_PLAN,
	    "Where time requests do not get through, a wrong clock goes unseen",
	    "Ask who runs the network to let time requests (UDP port 123) out and the answers in" },
	{ "other-address", LEVEL_PLAN,
	    "Anybody could answer in place of the server, so such answers cannot be trusted",
	    "Put the answering address into `servers`, if it is the server's; else tell who runs "
	    "the "
	    "network" },
	{ "week-count", LEVEL_PLAN,
	    "Who takes the time from this server gets a date of another decade",
	    "Ask who runs the server to renew the program of its satellite receiver" },
	{ "spread-second", LEVEL_PLAN,
	    "Until that second is over for all, the servers differ by up to one second",
	    "Keep servers that spread the second over hours, or such that do not, but not both" },
	{ "windows-margin", LEVEL_PLAN,
	    "By what it allows for, this server cannot prove that this clock is right",
	    "Give that Windows server a source of time; without one it allows for 10 s" },
	{ "coarse-clock", LEVEL_PLAN,
	    "Its steps are too coarse to prove that this clock is within its limit",
	    "Add a time server that reads its clock more finely" },
	{ "wide-margin", LEVEL_PLAN,
	    "By what it allows for, this server cannot prove that this clock is right",
	    "Ask who runs the server why it is so unsure, or add one nearer to the source" },
	{ "unsteady", LEVEL_PLAN, "A server that is wrong now and then may be so for everybody",
	    "Tell who runs the server which of its answers did not fit" },
	{ .key = NULL },
};

static const struct finding kernel_findings[] = {
	{ "not-kept-right", LEVEL_PLAN,
	    "A clock that nothing corrects drifts by several seconds a day",
	    "Set up a time service (chrony or systemd-timesyncd) with the same time servers" },
	{ .key = NULL },
};

static const struct finding step_findings[] = {
	{ "moved-back", LEVEL_STOP,
	    "Records of that time are out of order, and some carry a time that came twice",
	    "Find out who set the clock and why, mark the records of that time, then accept this" },
	{ "moved", LEVEL_ACT, "Records made around that time carry times that do not fit together",
	    "Find out who set the clock and why, then accept this" },
	{ "put-right", LEVEL_PLAN, "Records made before that carry the wrong time",
	    "Mark the records that were made while the clock was wrong" },
	{ "stood-still", LEVEL_PLAN,
	    "Records made between its start and the correction of its clock carry a wrong time",
	    "Find out whether this guest was paused or set back to a snapshot" },
	{ .key = NULL },
};

static const struct finding zone_findings[] = {
	{ "zone-changed", LEVEL_ACT, "Times that programs show and write in local time have jumped",
	    "Set the time zone back, or write down why it was changed and accept this" },
	{ "zone-rules", LEVEL_PLAN,
	    "Local times may differ from what they were under the rules of before",
	    "Compare the local time that instruments show with this computer's" },
	{ .key = NULL },
};

static const struct finding leap_findings[] = {
	{ "announced", LEVEL_PLAN, "Computers that do not know of it are a second wrong afterwards",
	    "Plan no measurement over that second, and look at each clock after it" },
	{ .key = NULL },
};

static const struct finding rtc_findings[] = {
	{ "off", LEVEL_PLAN,
	    "After its next start this computer has a wrong time until a time service corrects it",
	    "Write the right time to it (hwclock --systohc) once this clock is right" },
	{ .key = NULL },
};

static const struct finding rate_findings[] = { { .key = NULL } };

static const struct rule clock_rules[] = {
	{
	    .name = "clock.offset",
	    .title = "time on this clock",
	    .by = BY_METRIC,
	    .so_what = "Records made now carry a wrong time",
	    .do_now = "Finish the run, then have the time service corrected. Do not change the "
		      "clock during a run",
	    .unknown_do = "Check that this computer reaches three or more of the time "
			  "servers in `servers`",
	    .so_ahead = "From then on, records carry a wrong time",
	    .do_ahead = "Get the time service corrected before that, and not during a run",
	    .lead = 4 * SPAN_H,
	},
	{
	    .name = "clock.server",
	    .title = "time server",
	    .by = BY_FINDING,
	    .findings = server_findings,
	    .unknown_do = "Compare the servers by hand and take out the one that is wrong",
	},
	{
	    .name = "clock.certificate",
	    .title = "certificate of a time server",
	    .by = BY_DEADLINE,
	    .so_what = "From that moment the time of this server cannot be proven and is not used",
	    .do_now = "Ask who runs the server when its certificate is renewed",
	    .unknown_do = "Check that the server answers",
	},
	{
	    .name = "clock.kernel",
	    .title = "what keeps this clock right",
	    .by = BY_FINDING,
	    .findings = kernel_findings,
	    .unknown_do = "Look at the time service's own report (chronyc tracking, timedatectl)",
	},
	{
	    .name = "clock.step",
	    .title = "clock that was set",
	    .by = BY_FINDING,
	    .findings = step_findings,
	    .unknown_do = "Ask who works at this computer whether its clock was set",
	},
	{
	    .name = "clock.zone",
	    .title = "time zone",
	    .by = BY_FINDING,
	    .findings = zone_findings,
	    .unknown_do = "Look at the time zone by hand (timedatectl)",
	},
	{
	    .name = "clock.leap",
	    .title = "leap second",
	    .by = BY_FINDING,
	    .findings = leap_findings,
	    .unknown_do = "Ask who runs the time servers whether a leap second is due",
	},
	{
	    .name = "clock.rtc",
	    .title = "clock of the board",
	    .by = BY_FINDING,
	    .findings = rtc_findings,
	    .unknown_do = "Read the clock of the board by hand (hwclock)",
	},
	{
	    .name = "clock.rate",
	    .title = "rate of this clock",
	    .by = BY_FINDING,
	    .findings = rate_findings,
	    .unknown_do = "Wait until the clock has been measured for an hour",
	},
	{ .name = NULL },
};

static int
port_parse(const char *text, uint16_t *port, struct err *e)
{
	unsigned long v = 0;
	size_t n = strlen(text);

	for (const char *p = text; n <= 5 && *p != '\0'; p++) {
		if (*p < '0' || *p > '9')
			return err_set(e, ERR_RANGE, "\"%s\" is no port (1 to 65535)", text);
		v = v * 10 + (unsigned long)(*p - '0');
	}
	if (n == 0 || n > 5 || v == 0 || v > 65535)
		return err_set(e, ERR_RANGE, "\"%.20s\" is no port (1 to 65535)", text);
	*port = (uint16_t)v;
	return 0;
}

/* Splits a text without scheme: *n bytes of name from *name, the port's text or NULL. */
static int
split(const char *text, const char **name, size_t *n, const char **port, struct err *e)
{
	const char *colon = strchr(text, ':'), *end;

	*name = text;
	*n = strlen(text);
	*port = NULL;
	if (text[0] == '[') {
		end = strchr(text, ']');
		if (end == NULL || (end[1] != '\0' && end[1] != ':'))
			return err_set(e, ERR_PARSE,
			    "\"%.80s\" lacks its ], or has more than a "
			    "port after it",
			    text);
		*name = text + 1;
		*n = (size_t)(end - *name);
		if (memchr(*name, ':', *n) == NULL)
			return err_set(
			    e, ERR_PARSE, "only an IPv6 address stands in [ ]: \"%.80s\"", text);
		*port = end[1] == ':' ? end + 2 : NULL;
	} else if (colon != NULL && strchr(colon + 1, ':') == NULL) {
		*n = (size_t)(colon - text);
		*port = colon + 1;
	} /* more than one colon and no bracket: a bare IPv6 address */
	return 0;
}

int
clock_server_parse(const char *text, struct clock_server *out, struct err *e)
{
	const char *name, *port;
	size_t n;

	memset(out, 0, sizeof(*out));
	out->port = CLOCK_PORT;
	out->nts = strncmp(text, NTS_SCHEME, strlen(NTS_SCHEME)) == 0;
	if (out->nts) {
		text += strlen(NTS_SCHEME);
		out->port = CLOCK_NTS_PORT;
	} else if (strstr(text, "://") != NULL) {
		return err_set(e, ERR_RANGE,
		    "\"%.80s\": a server is a name, an address, or starts with nts://", text);
	}
	if (split(text, &name, &n, &port, e) < 0)
		return -1;
	if (n == 0)
		return err_set(e, ERR_RANGE, "\"%.80s\" names no server", text);
	if (n > CLOCK_NAME_MAX)
		return err_set(
		    e, ERR_LIMIT, "a name of %zu characters (at most %d)", n, CLOCK_NAME_MAX);
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)name[i];

		if (!isalnum(c) && strchr("-._:%", c) == NULL)
			return err_set(e, ERR_RANGE,
			    "\"%.80s\" holds a character that no server's name has", text);
	}
	memcpy(out->name, name, n);
	return port == NULL ? 0 : port_parse(port, &out->port, e);
}

static int
by_name(const void *a, const void *b)
{
	const struct clock_server *const *x = a, *const *y = b;
	int d = strcasecmp((*x)->name, (*y)->name);

	return d != 0 ? d : (*x)->port - (*y)->port;
}

/* A server that stands there twice would make a majority of its own. */
static int
refuse_doubles(const struct clock_server **sorted, size_t n, struct err *e)
{
	if (n > 1)
		qsort(sorted, n, sizeof(*sorted), by_name);
	for (size_t i = 1; i < n; i++)
		if (by_name(&sorted[i - 1], &sorted[i]) == 0)
			return err_set(e, ERR_RANGE, "\"%s\" port %u is there twice",
			    sorted[i]->name, sorted[i]->port);
	return 0;
}

static int
check_servers(const struct texts *servers, struct err *e)
{
	struct clock_server *all = calloc(servers->n + 1, sizeof(*all));
	const struct clock_server **sorted = calloc(servers->n + 1, sizeof(*sorted));
	int r = 0;

	if (all == NULL || sorted == NULL) {
		free(all);
		free(sorted);
		return err_set(e, ERR_LIMIT, "no memory for %zu servers", servers->n);
	}
	for (size_t i = 0; r == 0 && i < servers->n; i++) {
		sorted[i] = &all[i];
		r = clock_server_parse(servers->v[i], &all[i], e);
	}
	if (r == 0)
		r = refuse_doubles(sorted, servers->n, e);
	free(all);
	free(sorted);
	return r;
}

static int
clock_check(const void *vconf, const char **opt, struct err *e)
{
	struct clock_conf conf = *(const struct clock_conf *)vconf;
	bool given = conf.max_offset > 0 || conf.preset == NULL;
	char warn[SPAN_TEXT], max[SPAN_TEXT];

	preset_apply(&conf);
	*opt = "warn_offset";
	if (conf.warn_offset > conf.max_offset)
		return err_set(e, ERR_RANGE, "%s is more than %s%s (%s)",
		    span_text(conf.warn_offset, warn), given ? "max_offset" : "that of preset ",
		    given ? "" : conf.preset, span_text(conf.max_offset, max));
	*opt = "servers";
	return check_servers(&conf.servers, e);
}

/* The worker that speaks TLS is another one: a check without it need not carry that. */
static const char *
clock_program(const void *vconf)
{
	const struct clock_conf *conf = vconf;

	for (size_t i = 0; i < conf->servers.n; i++)
		if (strncmp(conf->servers.v[i], NTS_SCHEME, strlen(NTS_SCHEME)) == 0)
			return "nts";
	return NULL;
}

const struct probe_spec clock_spec = {
	.name = "clock",
	.summary = "the time on this clock against time servers, with its uncertainty",
	.opts = clock_opts,
	.conf_size = sizeof(struct clock_conf),
	.needs = NEED_NET | NEED_STATE,
	.rules = clock_rules,
	.check = clock_check,
	.program = clock_program,
};
