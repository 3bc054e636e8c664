/* SPDX-License-Identifier: Apache-2.0
 *
 * The face of the cert probe: its options, rules and words.
 */
#include "probes/cert/spec.h"

#include "probes/x509/x509_use.h"

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
	OPT(struct cert_conf, ocsp, OPT_BOOL, .dflt = "false",
	    .help =
		"whether issuers are asked if certificates were revoked, by the address in "
		"each that names one (OCSP, over plain HTTP); a certificate may name any address"),
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

static const struct finding ocsp_findings[] = {
	{ "revoked", LEVEL_STOP, "Whoever asks for it refuses what is signed or served with it.",
	    "Stop using it, order a new one with a new key, and ask the issuer for the reason." },
	{ "over", LEVEL_ACT, "Careful programs refuse a server that shows an answer out of date.",
	    "Look why the server does not get a new answer from the issuer." },
	{ "no-answer", LEVEL_ACT, "Careful programs refuse a server that shows such an answer.",
	    "Look why the server gets no good answer from the issuer." },
	{ "wrong-signature", LEVEL_ACT, "Programs refuse the answer, or believe a forged one.",
	    "Look where the server gets its answers from, and correct that." },
	{ "missing", LEVEL_ACT, "Programs that heed the demand refuse this server.",
	    "Turn on stapling in the server's settings, or order a certificate without it." },
	{ 0 },
};

static const struct finding responder_findings[] = {
	{ "revoked", LEVEL_STOP, "Whoever asks for it refuses what is signed or served with it.",
	    "Stop using it, order a new one with a new key, and ask the issuer for the reason." },
	{ "over", LEVEL_ACT, "Careful programs refuse what they cannot get a fresh answer for.",
	    "Tell the issuer that its answers are out of date." },
	{ "no-answer", LEVEL_ACT, "Careful programs refuse what its issuer does not know.",
	    "Ask the issuer what this answer means." },
	{ "wrong-signature", LEVEL_ACT, "Programs refuse the answer, or believe a forged one.",
	    "Find out who answers in the issuer's place." },
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
	{ .name = "cert.ocsp",
	    .title = "Issuer's answer about the certificate",
	    .by = BY_FINDING,
	    .findings = ocsp_findings,
	    .unknown_do = "Check that the issuer can be reached from here." },
	{ .name = "cert.responder",
	    .title = "Issuer's answer when it is asked",
	    .by = BY_FINDING,
	    .findings = responder_findings,
	    .unknown_do =
		"Check that the issuer can be reached from here, and watch its certificate too." },
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
