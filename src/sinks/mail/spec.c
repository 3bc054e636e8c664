/* SPDX-License-Identifier: Apache-2.0
 *
 * The face of the sink mail: its options, and which addresses it takes.
 */
#include "sinks/host.h"
#include "sinks/mail/mail.h"
#include "sinks/sink.h"

#include <string.h>

/* clang-format off */
static const struct opt mail_opts[] = {
	OPT(struct mail_conf, server, OPT_TEXT, .required = true,
	    .help = "the mail server, a host name or address", .example = "\"mail.example\""),
	OPT(struct mail_conf, port, OPT_INT, .dflt = "0", .min = 0, .max = 65535,
	    .help = "its port; 0: 465 with tls implicit, 587 with required, else 25"),
	OPT(struct mail_conf, tls, OPT_CHOICE, .dflt = "required",
	    .choices = "required|implicit|opportunistic|none",
	    .help = "required: STARTTLS or nothing is sent; implicit: from the start; none: to this machine only"),
	OPT(struct mail_conf, from, OPT_TEXT, .required = true,
	    .help = "sender, a bare address", .example = "\"forewarn@lab.example\""),
	OPT(struct mail_conf, to, OPT_TEXTS, .required = true,
	    .help = "receivers, bare addresses", .example = "[ \"sana@lab.example\" ]"),
	OPT(struct mail_conf, user, OPT_TEXT, .help = "name to log in with", .example = "\"forewarn\""),
	OPT(struct mail_conf, password_file, OPT_SECRET, .help = "its password",
	    .example = "\"/etc/forewarn/mail.secret\""),
	OPT(struct mail_conf, ca, OPT_TEXT, .dflt = "/etc/ssl/certs",
	    .help = "trusted authorities: a hashed folder, or a file"),
	OPT(struct mail_conf, timeout, OPT_SPAN, .dflt = "30s", .min = SPAN_S, .max = 5 * SPAN_MIN,
	    .help = "for one message"),
	OPT_END
};
/* clang-format on */

/* Pure. A bare address, as name@host.example. -1 with *e set. */
static int
check_address(const char *s, struct err *e)
{
	const char *at = strrchr(s, '@');
	size_t n = strlen(s);

	for (size_t i = 0; i < n; i++)
		if (s[i] <= ' ' || s[i] > '~' || strchr("<>()[],;:\\\"", s[i]) != NULL)
			n = 0;
	if (n == 0 || n > MAIL_ADDRESS_MAX || at == NULL || at == s || at[1] == '\0' ||
	    strchr(s, '@') != at)
		return err_set(
		    e, ERR_PARSE, "\"%.100s\" is not a bare address, as name@host.example", s);
	return 0;
}

static int
check_addresses(const struct mail_conf *c, const char **opt, struct err *e)
{
	*opt = "from";
	if (check_address(c->from, e) < 0)
		return -1;
	*opt = "to";
	if (c->to.n > MAIL_TO_MAX)
		return err_set(e, ERR_LIMIT, "%zu receivers (at most %d)", c->to.n, MAIL_TO_MAX);
	for (size_t i = 0; i < c->to.n; i++)
		if (check_address(c->to.v[i], e) < 0)
			return -1;
	return 0;
}

static int
mail_check(const void *conf, const char **opt, struct err *e)
{
	const struct mail_conf *c = conf;
	bool loopback = host_is_loopback(c->server);

	*opt = "server";
	if (host_check(c->server, e) < 0 || check_addresses(c, opt, e) < 0)
		return -1;
	*opt = "tls";
	if (strcmp(c->tls, "none") == 0 && !loopback)
		return err_set(e, ERR_RANGE,
		    "none is for a server on this machine only (required, implicit or "
		    "opportunistic)");
	if (strcmp(c->tls, "opportunistic") == 0 && c->user != NULL && !loopback)
		return err_set(e, ERR_RANGE,
		    "opportunistic would send the password in the clear to whoever hides STARTTLS "
		    "(required or implicit)");
	*opt = c->user == NULL ? "password_file" : "user";
	if ((c->user == NULL) != (c->password_file == NULL))
		return err_set(
		    e, ERR_RANGE, "needs %s too", c->user == NULL ? "user" : "password_file");
	*opt = "ca";
	if (path_check(c->ca, e) < 0)
		return -1;
	*opt = "password_file";
	return path_check(c->password_file, e);
}

static struct sink_body
mail_body(const void *conf)
{
	(void)conf;
	return (struct sink_body){ .format = "text" };
}

const struct sink_spec mail_sink = {
	.name = "mail",
	.summary = "mail through a server (SMTP with TLS)",
	.opts = mail_opts,
	.conf_size = sizeof(struct mail_conf),
	.needs = NEED_NET,
	.check = mail_check,
	.body = mail_body,
};
