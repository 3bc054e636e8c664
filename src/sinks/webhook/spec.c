/* SPDX-License-Identifier: Apache-2.0
 *
 * The face of the sink webhook: its options, and which URLs it takes.
 */
#include "sinks/host.h"
#include "sinks/sink.h"
#include "sinks/webhook/secrets.h"
#include "sinks/webhook/webhook.h"

#include <string.h>
#include <strings.h>

/* clang-format off */
static const struct opt webhook_opts[] = {
	OPT(struct webhook_conf, url, OPT_TEXT, .required = true,
	    .help = "where to post; https, or http to this machine only",
	    .example = "\"https://msp.example/hooks/forewarn\""),
	OPT(struct webhook_conf, format, OPT_CHOICE, .dflt = "cloudevents",
	    .choices = "cloudevents|alertmanager|pagerduty|slack|teams|ntfy|discord|template",
	    .help = "form of the body"),
	OPT(struct webhook_conf, template_file, OPT_TEXT, .trusted = true,
	    .help = "the file of format template", .example = "\"/etc/forewarn/chat.tmpl\""),
	OPT(struct webhook_conf, topic, OPT_TEXT,
	    .help = "the topic of format ntfy", .example = "\"lab-alerts\""),
	OPT(struct webhook_conf, firing_for, OPT_SPAN, .dflt = "4d", .min = 5 * SPAN_MIN, .max = 365 * SPAN_DAY,
	    .help = "format alertmanager: how long an alert fires without another word from us"),
	OPT(struct webhook_conf, secret_file, OPT_SECRET,
	    .help = "signing secret (whsec_...), one a line; several while it is changed",
	    .example = "\"/etc/forewarn/msp.secret\""),
	OPT(struct webhook_conf, key_file, OPT_SECRET,
	    .help = "Ed25519 signing key of this host (whsk_...)",
	    .example = "\"/etc/forewarn/host.key\""),
	OPT(struct webhook_conf, bearer_file, OPT_SECRET,
	    .help = "token to send as Authorization: Bearer", .example = "\"/etc/forewarn/token\""),
	OPT(struct webhook_conf, routing_key_file, OPT_SECRET,
	    .help = "the routing key of format pagerduty", .example = "\"/etc/forewarn/pd.key\""),
	OPT(struct webhook_conf, ca, OPT_TEXT, .dflt = "/etc/ssl/certs",
	    .help = "trusted authorities: a hashed folder, or a file"),
	OPT(struct webhook_conf, pin, OPT_TEXTS,
	    .help = "keys the receiver may have (SHA-256 of its public key); name a spare one too",
	    .example = "[ \"sha256//YhKJKSzoTt2b5FP18fvpHo7fJYqQCjAa3HWY3tvRMwE=\" ]"),
	OPT(struct webhook_conf, client_cert, OPT_TEXT,
	    .help = "certificate to show, with its chain (PEM)", .example = "\"/etc/forewarn/client.pem\""),
	OPT(struct webhook_conf, client_key, OPT_SECRET,
	    .help = "its private key (PEM)", .example = "\"/etc/forewarn/client.key\""),
	OPT(struct webhook_conf, proxy, OPT_TEXT,
	    .help = "proxy to go through; none is taken from the environment",
	    .example = "\"http://proxy.example:3128\""),
	OPT(struct webhook_conf, private_addresses, OPT_CHOICE, .dflt = "allow", .choices = "allow|deny",
	    .help = "whether the receiver may be on a private, loopback or link-local address"),
	OPT(struct webhook_conf, timeout, OPT_SPAN, .dflt = "20s", .min = SPAN_S, .max = 2 * SPAN_MIN,
	    .help = "for one letter and its answer"),
	OPT(struct webhook_conf, allow_plain, OPT_BOOL, .dflt = "false",
	    .help = "http to other machines too: anyone on the way can read and change it"),
	OPT_END
};
/* clang-format on */

int
webhook_url_parse(const char *url, struct webhook_url *out, struct err *e)
{
	char host[256];
	const char *p = url;
	size_t n;

	if (strlen(url) > WEBHOOK_URL_MAX)
		return err_set(
		    e, ERR_LIMIT, "%zu bytes (at most %d)", strlen(url), WEBHOOK_URL_MAX);
	for (; *p != '\0'; p++)
		if (*p <= ' ' || *p > '~')
			return err_set(e, ERR_PARSE,
			    "has a byte that no URL has (spaces and other letters are written as "
			    "%%20)");
	out->tls = strncasecmp(url, "https://", 8) == 0;
	if (!out->tls && strncasecmp(url, "http://", 7) != 0)
		return err_set(e, ERR_RANGE,
		    "\"%.100s\" does not begin with https:// (or http:// for this machine)", url);
	p = strchr(url, '/') + 2;
	n = strcspn(p, "/?#");
	if (memchr(p, '@', n) != NULL)
		return err_set(e, ERR_RANGE,
		    "has a user name in it (secrets belong in bearer_file, not in a URL)");
	if (*p == '[')
		n = strcspn(++p, "]");
	else
		n = strcspn(p, ":/?#");
	if (n == 0 || n >= sizeof(host))
		return err_set(e, ERR_PARSE, "names no host");
	memcpy(host, p, n);
	host[n] = '\0';
	out->loopback = host_is_loopback(host);
	return 0;
}

/* "sha256//" and the base64 of 32 bytes, as curl reads it. */
static bool
good_pin(const char *p)
{
	static const char head[] = "sha256//";

	if (strncmp(p, head, sizeof(head) - 1) != 0)
		return false;
	p += sizeof(head) - 1;
	return strlen(p) == 44 && p[43] == '=' &&
	       strspn(p, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") == 43;
}

static int
check_pins(const struct webhook_conf *c, bool tls, struct err *e)
{
	if (c->pin.n > WEBHOOK_PINS_MAX)
		return err_set(e, ERR_LIMIT, "%zu pins (at most %d)", c->pin.n, WEBHOOK_PINS_MAX);
	for (size_t i = 0; i < c->pin.n; i++)
		if (!good_pin(c->pin.v[i]))
			return err_set(e, ERR_PARSE,
			    "entry %zu is not sha256// and the base64 of 32 bytes", i + 1);
	if (c->pin.n > 0 && !tls)
		return err_set(e, ERR_RANGE, "is of no use with http");
	return 0;
}

/* One of the files that must be named from / on: the cell has no working folder of its own. */
static int
check_paths(const struct webhook_conf *c, const char **opt, struct err *e)
{
	const char *const names[] = { "template_file", "secret_file", "key_file", "bearer_file",
		"routing_key_file", "ca", "client_cert", "client_key" };
	const char *const paths[] = { c->template_file, c->secret_file, c->key_file, c->bearer_file,
		c->routing_key_file, c->ca, c->client_cert, c->client_key };

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		*opt = names[i];
		if (path_check(paths[i], e) < 0)
			return -1;
	}
	return 0;
}

/* Options that only make sense together. */
static int
check_pairs(const struct webhook_conf *c, bool tls, const char **opt, struct err *e)
{
	const struct {
		const char *format, *option, *value;
	} own[] = { { "pagerduty", "routing_key_file", c->routing_key_file },
		{ "template", "template_file", c->template_file }, { "ntfy", "topic", c->topic } };

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
		bool this = strcmp(c->format, own[i].format) == 0;

		*opt = this ? "format" : own[i].option;
		if (this && own[i].value == NULL)
			return err_set(e, ERR_RANGE, "%s needs %s", own[i].format, own[i].option);
		if (!this && own[i].value != NULL)
			return err_set(e, ERR_RANGE, "is for format %s only", own[i].format);
	}
	*opt = c->client_cert == NULL ? "client_key" : "client_cert";
	if ((c->client_cert == NULL) != (c->client_key == NULL))
		return err_set(e, ERR_RANGE, "needs %s too",
		    c->client_cert == NULL ? "client_cert" : "client_key");
	if (c->client_cert != NULL && !tls)
		return err_set(e, ERR_RANGE, "is of no use with http");
	return 0;
}

static int
webhook_check(const void *conf, const char **opt, struct err *e)
{
	const struct webhook_conf *c = conf;
	struct webhook_url u = { 0 };

	*opt = "url";
	if (webhook_url_parse(c->url, &u, e) < 0)
		return -1;
	if (!u.tls && !u.loopback && !c->allow_plain)
		return err_set(e, ERR_RANGE,
		    "http to another machine can be read and changed on the way (https, or "
		    "allow_plain = true)");
	if (u.loopback && strcmp(c->private_addresses, "deny") == 0)
		return err_set(e, ERR_RANGE, "is this machine, and private_addresses is deny");
	*opt = "pin";
	if (check_pins(c, u.tls, e) < 0)
		return -1;
	if (check_paths(c, opt, e) < 0)
		return -1;
	return check_pairs(c, u.tls, opt, e);
}

static struct sink_body
webhook_body(const void *conf)
{
	const struct webhook_conf *c = conf;

	return (struct sink_body){
		.format = c->format,
		.file = c->template_file,
		.topic = c->topic,
		.firing_for = strcmp(c->format, "alertmanager") == 0 ? c->firing_for : 0,
	};
}

const struct sink_spec webhook_sink = {
	.name = "webhook",
	.summary = "HTTP POST to an MSP, a chat or an alerting service, signed (Standard Webhooks)",
	.opts = webhook_opts,
	.conf_size = sizeof(struct webhook_conf),
	.needs = NEED_NET,
	.check = webhook_check,
	.body = webhook_body,
	.secret = secrets_check,
};
