/* SPDX-License-Identifier: Apache-2.0
 *
 * The face of the cert probe: its options, rules and words, and how an endpoint is written.
 */
#include "probes/cert/spec.h"

#include "probes/x509/x509_use.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct opt cert_opts[] = {
	OPT(struct cert_conf, paths, OPT_TEXTS, .example = "[ \"/etc/ssl/export/*.pem\" ]",
	    .help = "certificate files, patterns, and folders with all that is below them; read by "
		    "content: PEM, DER, PKCS #7, PKCS #12, JKS, certificates inside of text, and "
		    "lists of "
		    "revoked certificates"),
	OPT(struct cert_conf, endpoints, OPT_TEXTS,
	    .example = "[ \"portal.example:443\", \"smtp://mail.example:587\" ]",
	    .help = "TLS servers: host:port, [v6]:port, name@host:port to ask for a name, smtp:// "
		    "imap:// pop3:// ftp:// sieve:// nntp:// xmpp:// xmpp-server:// ldap:// "
		    "postgres:// mysql:// rdp:// where TLS begins later"),
	OPT(struct cert_conf, trust, OPT_TEXT, .example = "\"/etc/ssl/certs\"",
	    .help = "file or folder of authorities that all chains must lead to; \"none\" pins "
		    "what servers show instead. Without it: what this computer trusts, for "
		    "endpoints"),
	OPT(struct cert_conf, use, OPT_TEXT, .example = "\"tls-server\"",
	    .help = "what the certificates are for: \"document-signing\", \"tls-server\", "
		    "\"code-signing\" or \"timestamping\"; held against their key usage"),
	OPT(struct cert_conf, passwords, OPT_TEXTS, .example = "[ \"/etc/forewarn/pfx.password\" ]",
	    .help = "files of mode 0600, each with the password of PKCS #12 files; each is tried"),
	OPT_END,
};

static const struct finding validity_findings[] = {
	{ "begins-later", LEVEL_PLAN, "Until then the previous certificate must stay in use.",
	    "Take the new one into use on its first day, not before." },
	{ "gap", LEVEL_ACT, "On these days no certificate is valid, and what uses it is refused.",
	    "Ask the issuer for one that begins before the previous one ends." },
	{ "not-yet-valid", LEVEL_STOP, "Whatever uses it is refused until its first day.",
	    "Put the previous certificate back, or check the clock of this computer." },
	{ "ends-before-begins", LEVEL_STOP, "It is never valid; whatever uses it is refused.",
	    "Ask the issuer for a new certificate with the right dates." },
	{ 0 },
};

static const struct finding endpoint_findings[] = {
	{ "name-mismatch", LEVEL_ACT, "Careful programs refuse to talk to this server.",
	    "Order a certificate that names this server, or correct the name in the settings." },
	{ "old-protocol", LEVEL_ACT, "Today's programs refuse a server whose encryption is so old.",
	    "Turn on newer protocols in the server's settings, or replace the server." },
	{ "old-name", LEVEL_PLAN,
	    "Today's programs look for names at another place of a certificate.",
	    "Order a certificate that has the name among its alternative names." },
	{ 0 },
};

static const struct finding chain_findings[] = {
	{ "incomplete", LEVEL_ACT, "Programs that do not know the missing link refuse this server.",
	    "Install the issuer's intermediate certificates on the server." },
	{ "own-authority", LEVEL_PLAN, "Whether programs trust these servers is not watched.",
	    "Add one of the two lines to the check." },
	{ "untrusted", LEVEL_ACT,
	    "Programs that follow your list of authorities refuse this server.",
	    "Get a certificate from a trusted authority, or add its authority to the list." },
	{ "out-of-date", LEVEL_STOP, "Programs refuse this server today.",
	    "Renew the certificate whose dates are over, and install the new chain." },
	{ "broken", LEVEL_STOP, "Programs refuse this server today.",
	    "Install the chain anew as the issuer delivers it." },
	{ 0 },
};

static const struct finding expiry_findings[] = {
	{ "gone", LEVEL_ACT,
	    "What used it may have no certificate now, or another one that is unseen.",
	    "Put it back, or find what stands in its place and watch that." },
	{ "gone-authority", LEVEL_PLAN, "What it issued may be refused where it was taken away.",
	    "Find out who took it away; put it back if anything still needs it." },
	{ "extra", LEVEL_PLAN, "Old programs may follow it to its end and then refuse the server.",
	    "Take it out of the file or the server's settings." },
	{ "still-served", LEVEL_ACT, "The renewal is of no use until the server shows it.",
	    "Reload the service, then check that it shows the new certificate." },
	{ 0 },
};

static const struct finding identity_findings[] = {
	{ "changed", LEVEL_ACT,
	    "Two certificates of one number: one of them was not issued rightly.",
	    "Ask the issuer which one is right, and who put the other one here." },
	{ "other", LEVEL_ACT, "What relies on this place now gets another identity.",
	    "Find out who exchanged it; accept it if it was meant." },
	{ "early", LEVEL_PLAN,
	    "An exchange that nobody planned may come from a lost or stolen key.",
	    "Ask who renewed it so early; accept it if it was meant." },
	{ 0 },
};

static const struct finding key_findings[] = {
	{ "other-key", LEVEL_ACT, "A program that loads both refuses to start.",
	    "Put the key and the certificate that were made together into one place." },
	{ "readable", LEVEL_ACT, "Whoever takes the key can pretend to be its owner.",
	    "Take the right to read from others (chmod o-r), and renew it if that was long so." },
	{ "readable-inside", LEVEL_PLAN,
	    "A folder above keeps others out, as long as that stays so.",
	    "Take the right to read from others (chmod o-r)." },
	{ 0 },
};

static const struct finding strength_findings[] = {
	{ "weak-key", LEVEL_ACT, "Today's programs refuse it, and the key can be guessed.",
	    "Order a new certificate with a longer key." },
	{ "weak-signature", LEVEL_ACT, "Today's programs refuse it, for it can be forged.",
	    "Order a new certificate; every issuer signs with stronger ones today." },
	{ 0 },
};

static const struct finding use_findings[] = {
	{ "wrong-use", LEVEL_ACT, "Who checks it strictly refuses what is done with it.",
	    "Order a certificate that is made for this use." },
	{ 0 },
};

static const struct finding crl_findings[] = {
	{ "half", LEVEL_PLAN,
	    "Once it is out of date, careful programs refuse what its issuer signed.",
	    "Get the new list from the issuer, or look why that no longer happens by itself." },
	{ "late", LEVEL_ACT,
	    "Once it is out of date, careful programs refuse what its issuer signed.",
	    "Get the new list from the issuer today." },
	{ "over", LEVEL_STOP,
	    "Careful programs refuse what its issuer signed; others miss what was revoked.",
	    "Get the new list from the issuer now." },
	{ "not-begun", LEVEL_ACT, "Until its first day programs do not use it.",
	    "Put the previous list back, or check the clock of this computer." },
	{ "wrong-signature", LEVEL_ACT, "Programs refuse the list, or believe a forged one.",
	    "Get the list anew from the issuer, and ask who put this one here." },
	{ "not-allowed", LEVEL_ACT, "Programs refuse the list.",
	    "Tell the issuer that its certificate does not allow it to sign lists." },
	{ 0 },
};

static const struct finding revoked_findings[] = {
	{ "revoked", LEVEL_STOP, "Whoever asks for it refuses what is signed or served with it.",
	    "Stop using it, order a new one with a new key, and ask the issuer for the reason." },
	{ 0 },
};

/* can only be fine or unknown */
static const struct finding no_findings[] = { { 0 } };

static const struct rule cert_rules[] = {
	{ .name = "cert.expiry",
	    .title = "End date of the certificate",
	    .by = BY_DEADLINE | BY_FINDING,
	    .findings = expiry_findings,
	    .so_what = "Connections and signatures that use it are refused after that day.",
	    .do_now = "Order the renewal and install the new certificate.",
	    .unknown_do = "Look at the certificate by hand, then correct the check." },
	{ .name = "cert.validity",
	    .title = "First and last day fit",
	    .by = BY_FINDING,
	    .findings = validity_findings,
	    .unknown_do = "Look at the certificate by hand, then correct the check." },
	{ .name = "cert.identity",
	    .title = "It is still the same certificate",
	    .by = BY_FINDING,
	    .findings = identity_findings,
	    .unknown_do = "Look at the folder of this check's notes and at the free space there." },
	{ .name = "cert.key",
	    .title = "Private key of the certificate",
	    .by = BY_FINDING,
	    .findings = key_findings,
	    .unknown_do = "Look at the key by hand, then correct the check." },
	{ .name = "cert.strength",
	    .title = "Strength of key and signature",
	    .by = BY_FINDING,
	    .findings = strength_findings,
	    .unknown_do = "Look at the certificate by hand, then correct the check." },
	{ .name = "cert.use",
	    .title = "What the certificate may be used for",
	    .by = BY_FINDING,
	    .findings = use_findings,
	    .unknown_do = "Look at the certificate by hand, then correct the check." },
	{ .name = "cert.crl",
	    .title = "List of revoked certificates",
	    .by = BY_FINDING,
	    .findings = crl_findings,
	    .unknown_do = "Look at the list by hand, then correct the check." },
	{ .name = "cert.revoked",
	    .title = "Certificate is not revoked",
	    .by = BY_FINDING,
	    .findings = revoked_findings,
	    .unknown_do = "Ask the issuer whether the certificate was revoked." },
	{ .name = "cert.read",
	    .title = "Certificate file can be read",
	    .by = BY_FINDING,
	    .findings = no_findings,
	    .unknown_do = "Check the path and the rights of the file, or correct the check." },
	{ .name = "cert.endpoint",
	    .title = "Server shows its certificate",
	    .by = BY_FINDING,
	    .findings = endpoint_findings,
	    .unknown_do = "Check that the server runs and can be reached from here." },
	{ .name = "cert.chain",
	    .title = "Chain leads to a trusted authority",
	    .by = BY_FINDING,
	    .findings = chain_findings,
	    .unknown_do =
		"Name the authority in the check, or install the missing link on the server." },
	{ 0 },
};

static const struct {
	const char *prefix;
	enum cert_start start;
	const char *port;
} schemes[] = {
	{ "tls://", START_TLS, "443" },
	{ "https://", START_TLS, "443" },
	{ "smtp://", START_SMTP, "25" },
	{ "imap://", START_IMAP, "143" },
	{ "pop3://", START_POP3, "110" },
	{ "ftp://", START_FTP, "21" },
	{ "sieve://", START_SIEVE, "4190" },
	{ "nntp://", START_NNTP, "119" },
	{ "xmpp://", START_XMPP, "5222" },
	{ "xmpp-server://", START_XMPP_SERVER, "5269" },
	{ "ldap://", START_LDAP, "389" },
	{ "postgres://", START_POSTGRES, "5432" },
	{ "postgresql://", START_POSTGRES, "5432" },
	{ "mysql://", START_MYSQL, "3306" },
	{ "rdp://", START_RDP, "3389" },
};

static bool
is_address(const char *text)
{
	unsigned char buf[16];

	return inet_pton(AF_INET, text, buf) == 1 || inet_pton(AF_INET6, text, buf) == 1;
}

/* Copies a host name or address; letters, digits and "-._" as names have, ":" for addresses. */
static int
take_host(const char *p, size_t len, bool bracketed, char out[CERT_HOST_MAX], struct err *e)
{
	if (len == 0)
		return err_set(e, ERR_PARSE, "lacks a host (as \"portal.example:443\")");
	if (len >= CERT_HOST_MAX)
		return err_set(e, ERR_LIMIT, "a host name of %zu characters (at most %d)", len,
		    CERT_HOST_MAX - 1);
	memcpy(out, p, len);
	out[len] = '\0';
	if (bracketed) {
		if (strchr(out, ':') == NULL || !is_address(out))
			return err_set(e, ERR_PARSE, "\"[%s]\" is no IPv6 address", out);
		return 0;
	}
	for (size_t i = 0; i < len; i++) {
		bool plain = (p[i] >= 'a' && p[i] <= 'z') || (p[i] >= 'A' && p[i] <= 'Z') ||
			     (p[i] >= '0' && p[i] <= '9') || p[i] == '-' || p[i] == '.' ||
			     p[i] == '_';

		if (p[i] == ':')
			return err_set(e, ERR_PARSE,
			    "has too many \":\" (an IPv6 address is written as \"[::1]:443\")");
		if (!plain)
			return err_set(e, ERR_PARSE,
			    "a host name has letters, digits, \"-\", \".\" and \"_\" (others in "
			    "their xn-- form)");
	}
	return 0;
}

static int
take_port(const char *p, char out[6], struct err *e)
{
	size_t len = strlen(p);
	long v = 0;

	for (size_t i = 0; i < len && i < 6; i++)
		v = p[i] >= '0' && p[i] <= '9' ? v * 10 + (p[i] - '0') : 100000;
	if (len == 0 || len > 5 || v < 1 || v > 65535)
		return err_set(e, ERR_RANGE, "\"%.16s\" is no port (1 to 65535)", p);
	snprintf(out, 6, "%ld", v);
	return 0;
}

/* "name@" before the host. */
static int
take_name(const char **p, struct cert_endpoint *out, struct err *e)
{
	const char *at = strchr(*p, '@');
	const char *s = *p;
	size_t len;
	bool bracketed;

	if (at == NULL)
		return 0;
	len = (size_t)(at - s);
	bracketed = len >= 2 && s[0] == '[' && at[-1] == ']';
	if (take_host(bracketed ? s + 1 : s, bracketed ? len - 2 : len, bracketed, out->name, e) <
	    0)
		return err_wrap(e, "the name before \"@\"");
	*p = at + 1;
	return 0;
}

int
cert_endpoint_parse(const char *text, struct cert_endpoint *out, struct err *e)
{
	const char *p = text, *colon, *port = NULL;
	bool bracketed;
	size_t len;

	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (strncmp(p, schemes[i].prefix, strlen(schemes[i].prefix)) == 0) {
			p += strlen(schemes[i].prefix);
			out->start = schemes[i].start;
			port = schemes[i].port;
			break;
		}
	if (strstr(p, "://") != NULL)
		return err_set(e, ERR_PARSE,
		    "an unknown scheme (allowed: tls:// https:// smtp:// imap:// pop3:// ftp:// "
		    "sieve:// nntp:// xmpp:// xmpp-server:// ldap:// postgres:// mysql:// "
		    "rdp://)");
	if (take_name(&p, out, e) < 0)
		return -1;
	bracketed = p[0] == '[';
	colon = bracketed ? strchr(p, ']') : strrchr(p, ':');
	if (bracketed && colon == NULL)
		return err_set(e, ERR_PARSE, "\"[\" without \"]\"");
	len = colon != NULL ? (size_t)(colon - p) : strlen(p);
	if (take_host(bracketed ? p + 1 : p, bracketed ? len - 1 : len, bracketed, out->host, e) <
	    0)
		return -1;
	if (bracketed && colon[1] != '\0' && colon[1] != ':')
		return err_set(e, ERR_PARSE, "\"%.16s\" behind the address", colon + 1);
	if (bracketed)
		colon = colon[1] == ':' ? colon + 1 : NULL;
	if (colon == NULL && port == NULL)
		return err_set(e, ERR_PARSE, "lacks a port (as \"portal.example:443\")");
	if (take_port(colon != NULL ? colon + 1 : port, out->port, e) < 0)
		return -1;
	if (out->name[0] == '\0')
		memcpy(out->name, out->host, sizeof(out->name));
	out->numeric = is_address(out->host);
	out->name_numeric = is_address(out->name);
	return 0;
}

static int
cert_check(const void *conf, const char **opt, struct err *e)
{
	const struct cert_conf *c = conf;
	struct cert_endpoint ep;

	*opt = "paths";
	if (c->paths.n == 0 && c->endpoints.n == 0)
		return err_set(e, ERR_RANGE, "neither paths nor endpoints are given");
	*opt = "endpoints";
	for (size_t i = 0; i < c->endpoints.n; i++)
		if (cert_endpoint_parse(c->endpoints.v[i], &ep, e) < 0)
			return err_wrap(e, "\"%.100s\"", c->endpoints.v[i]);
	*opt = "use";
	if (c->use != NULL && x509_use_parse(c->use) == USE_N)
		return err_set(e, ERR_RANGE, "\"%.40s\" is none of " X509_USE_WORDS, c->use);
	*opt = "passwords";
	if (c->passwords.n > CERT_PASSWORDS_MAX)
		return err_set(e, ERR_LIMIT, "names %zu files (at most %d)", c->passwords.n,
		    CERT_PASSWORDS_MAX);
	return 0;
}

const struct probe_spec cert_spec = {
	.name = "cert",
	.summary = "end dates of certificates in files and behind TLS servers (RFC 5280)",
	.opts = cert_opts,
	.conf_size = sizeof(struct cert_conf),
	.needs = NEED_FILES | NEED_NET | NEED_STATE,
	.rules = cert_rules,
	.check = cert_check,
};
