/* SPDX-License-Identifier: Apache-2.0
 *
 * The face of the hsm probe: its options, rules and words.
 */
#include "probes/hsm/spec.h"

#include "probes/x509/x509_use.h"

#include "base/week.h"

#include <string.h>

static const struct opt hsm_opts[] = {
	OPT(struct hsm_conf, module, OPT_TEXT, .required = true,
	    .example = "\"/usr/lib/softhsm/libsofthsm2.so\"",
	    .help = "full path of the token's PKCS#11 module"),
	OPT(struct hsm_conf, uri, OPT_TEXT, .dflt = "pkcs11:",
	    .help =
		"which token, as pkcs11:token=LABEL (RFC 7512); all initialised ones otherwise"),
	OPT(struct hsm_conf, environment, OPT_TEXTS,
	    .example = "[ \"SOFTHSM2_CONF=/etc/softhsm/softhsm2.conf\" ]",
	    .help = "variables the module needs, as NAME=value"),
	OPT(struct hsm_conf, expect, OPT_INT, .dflt = "0", .max = HSM_SLOTS_MAX,
	    .help = "number of tokens that must be there; 0 is at least one"),
	OPT(struct hsm_conf, use, OPT_TEXT, .example = "\"document-signing\"",
	    .help = "what the certificates are for: \"document-signing\", \"tls-server\", "
		    "\"code-signing\" or \"timestamping\"; held against their key usage"),
	OPT(struct hsm_conf, present, OPT_TEXT, .example = "\"Mon-Fri 08:00-17:00\"",
	    .help = "hours of the week in which the token must be plugged in; outside of them its "
		    "absence is \"unknown\""),
	OPT(struct hsm_conf, nss, OPT_TEXT, .example = "\"/etc/pki/nssdb\"",
	    .help =
		"folder of an NSS database (cert9.db), with libsoftokn3.so as the module; it is "
		"opened to be read only"),
	OPT(struct hsm_conf, login, OPT_BOOL, .dflt = "false",
	    .help =
		"log in with the PIN of pin_file, for cards that hide their certificates; once a "
		"run, never again after a refusal, and never near the last try"),
	OPT(struct hsm_conf, pin_file, OPT_SECRET, .example = "\"/etc/forewarn/token.pin\"",
	    .help = "file of mode 0600, or a systemd credential, with the PIN of the one token "
		    "that the uri names"),
	{ .name = "network",
	    .type = OPT_TEXTS,
	    .offset = offsetof(struct hsm_conf, foreign.network),
	    .example = "[ \"hsm.example:9004\" ]",
	    .help = "its device in the network, as host:port: only these ports may be connected to "
		    "(TCP, from Linux 6.7 on; hosts and UDP are not confined); none: no network" },
	FOREIGN_OPTS(struct hsm_conf),
	OPT_END,
};

static const struct finding pin_findings[] = {
	{ "count-low", LEVEL_ACT, "A few more wrong tries lock the token.",
	    "Find what tries a wrong PIN, then enter the right one once." },
	{ "final-try", LEVEL_STOP,
	    "One more wrong try locks the token; nothing can be signed then.",
	    "Stop every program that uses the token, then enter the right PIN by hand." },
	{ "locked", LEVEL_STOP, "Nothing can be signed with this token.",
	    "Ask the holder of the unlocking code, or the issuer, to unlock it." },
	{ "to-be-changed", LEVEL_PLAN, "The token may refuse to sign until its PIN is changed.",
	    "Change the PIN of the token." },
	{ 0 },
};

static const struct finding token_findings[] = {
	{ "absent", LEVEL_ACT, "Nothing can be signed with it, and its dates are unseen.",
	    "Plug the token in, and check that its reader is connected." },
	{ "absent-in-hours", LEVEL_STOP, "Nothing can be signed until it is plugged in.",
	    "Plug the token in, and check that its reader is connected." },
	{ "no-service", LEVEL_STOP, "Nothing can be signed until it runs.",
	    "Start the card service (pcscd) again, and see that it starts with the computer." },
	{ "no-match", LEVEL_ACT, "The certificate that is meant is not watched.",
	    "Correct the name or id in the settings, or put the certificate on the token." },
	{ "too-many", LEVEL_PLAN, "A program may sign with another token than the one you mean.",
	    "Take out the token that is not needed, or correct the number in the settings." },
	{ 0 },
};

static const struct finding key_findings[] = {
	{ "other-key", LEVEL_ACT, "Signatures made with this key do not fit the certificate.",
	    "Install the certificate that belongs to the key, or remove the wrong one." },
	{ "other-id", LEVEL_PLAN, "Programs look for the key under the certificate's id.",
	    "Give key and certificate one id, with the vendor's program." },
	{ "no-certificate", LEVEL_PLAN, "The key cannot be used where a certificate is asked for.",
	    "Put its certificate on the token, or remove the key if nobody needs it." },
	{ 0 },
};

static const struct finding validity_findings[] = {
	{ "begins-later", LEVEL_PLAN, "Until then the previous certificate must stay in use.",
	    "Sign with the new one from its first day, and tell it to all who check your "
	    "signatures." },
	{ "gap", LEVEL_ACT, "On these days nothing can be signed.",
	    "Ask the issuer for one that begins before the previous one ends." },
	{ "not-yet-valid", LEVEL_STOP, "Signatures made with it are refused until its first day.",
	    "Sign with the previous certificate, or check the clock of this computer." },
	{ "ends-before-begins", LEVEL_STOP, "It is never valid; signatures with it are refused.",
	    "Ask the issuer for a new certificate with the right dates." },
	{ 0 },
};

static const struct finding expiry_findings[] = {
	{ "gone", LEVEL_ACT, "Nothing can be signed with it, unless it was moved to another token.",
	    "Find out who deleted it; put it back, or watch the token that has it now." },
	{ "gone-authority", LEVEL_PLAN,
	    "Programs may no longer find the issuer of your certificate.",
	    "Put the issuer's certificate back on the token if a program asks for it." },
	{ 0 },
};

static const struct finding identity_findings[] = {
	{ "changed", LEVEL_ACT,
	    "Two certificates of one number: one of them was not issued rightly.",
	    "Ask the issuer which one is right, and who put the other one here." },
	{ "other", LEVEL_ACT, "Whoever checks signatures sees another identity now.",
	    "Find out who exchanged it; accept it if it was meant." },
	{ "early", LEVEL_PLAN,
	    "An exchange that nobody planned may come from a lost or stolen key.",
	    "Ask who renewed it so early; accept it if it was meant." },
	{ 0 },
};

static const struct finding serial_findings[] = {
	{ "other-token", LEVEL_PLAN, "Whoever signs with it uses another device than before.",
	    "Ask who exchanged or erased the token; accept it if it was meant." },
	{ 0 },
};

static const struct finding dates_findings[] = {
	{ "other-day", LEVEL_PLAN, "Programs that show the token's date warn on a wrong day.",
	    "Write the certificate on the token anew, with the vendor's program." },
	{ 0 },
};

static const struct finding login_findings[] = {
	{ "refused", LEVEL_ACT, "Certificates behind the PIN are not seen; more tries may lock it.",
	    "Write the right PIN into the file, or take login out of the settings." },
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

/* can only be fine or unknown */
static const struct finding no_findings[] = { { 0 } };

static const struct rule hsm_rules[] = {
	{ .name = "hsm.expiry",
	    .title = "End date of the certificate on the token",
	    .by = BY_DEADLINE | BY_FINDING,
	    .findings = expiry_findings,
	    .so_what = "Nothing that is signed with it is accepted after that day.",
	    .do_now = "Order the renewal, and register the new certificate where it is used.",
	    .unknown_do = "Look at the token with the vendor's program." },
	{ .name = "hsm.validity",
	    .title = "First and last day fit",
	    .by = BY_FINDING,
	    .findings = validity_findings,
	    .unknown_do = "Look at the token with the vendor's program." },
	{ .name = "hsm.identity",
	    .title = "It is still the same certificate",
	    .by = BY_FINDING,
	    .findings = identity_findings,
	    .unknown_do = "Look at the folder of this check's notes and at the free space there." },
	{ .name = "hsm.strength",
	    .title = "Strength of key and signature",
	    .by = BY_FINDING,
	    .findings = strength_findings,
	    .unknown_do = "Look at the certificate by hand, then correct the check." },
	{ .name = "hsm.use",
	    .title = "What the certificate may be used for",
	    .by = BY_FINDING,
	    .findings = use_findings,
	    .unknown_do = "Look at the certificate by hand, then correct the check." },
	{ .name = "hsm.pin",
	    .title = "PIN of the token",
	    .by = BY_FINDING,
	    .findings = pin_findings,
	    .unknown_do = "Look at the token with the vendor's program." },
	{ .name = "hsm.token",
	    .title = "Token is plugged in",
	    .by = BY_FINDING,
	    .findings = token_findings,
	    .unknown_do = "Look at the token, its reader and the card service (pcscd)." },
	{ .name = "hsm.serial",
	    .title = "It is still the same token",
	    .by = BY_FINDING,
	    .findings = serial_findings,
	    .unknown_do = "Look at the folder of this check's notes and at the free space there." },
	{ .name = "hsm.dates",
	    .title = "The token's own end date is right",
	    .by = BY_FINDING,
	    .findings = dates_findings,
	    .unknown_do = "Look at the token with the vendor's program." },
	{ .name = "hsm.login",
	    .title = "The PIN of the settings",
	    .by = BY_FINDING,
	    .findings = login_findings,
	    .unknown_do = "Look at the PIN's file and at the token with the vendor's program." },
	{ .name = "hsm.key",
	    .title = "Key and certificate belong together",
	    .by = BY_FINDING,
	    .findings = key_findings,
	    .unknown_do = "Look at the token with the vendor's program." },
	{ .name = "hsm.module",
	    .title = "The token's software works",
	    .by = BY_FINDING,
	    .findings = no_findings,
	    .unknown_do = "Check the path of the module and what it needs, or install it again." },
	{ 0 },
};

int
hsm_environment_check(const char *text, struct err *e)
{
	const char *eq = strchr(text, '=');
	size_t n = eq != NULL ? (size_t)(eq - text) : 0;
	static const char letters[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789";

	if (n == 0)
		return err_set(e, ERR_PARSE, "is not of the form NAME=value");
	if (strspn(text, letters) != n || (text[0] >= '0' && text[0] <= '9'))
		return err_set(e, ERR_PARSE, "a name has letters, digits and \"_\"");
	if (strncmp(text, "LD_", 3) == 0 || strncmp(text, "GLIBC_", 6) == 0 ||
	    strncmp(text, "MALLOC_", 7) == 0 || strncmp(text, "P11_KIT_", 8) == 0)
		return err_set(
		    e, ERR_RANGE, "%.*s steers the loader, not the module; refused", (int)n, text);
	return 0;
}

/* It stands between quotes in the parameters of softokn. */
static int
hsm_nss_check(const char *path, struct err *e)
{
	if (path[0] != '/')
		return err_set(e, ERR_RANGE, "a full path is needed, beginning with \"/\"");
	if (strlen(path) > HSM_NSS_MAX)
		return err_set(
		    e, ERR_LIMIT, "a path of %zu bytes (at most %d)", strlen(path), HSM_NSS_MAX);
	if (strpbrk(path, "'\"\\") != NULL)
		return err_set(e, ERR_RANGE, "a quote or a backslash cannot stand in this path");
	return 0;
}

static int
hsm_check(const void *conf, const char **opt, struct err *e)
{
	const struct hsm_conf *c = conf;
	struct week_hours hours;

	*opt = "module";
	if (c->module == NULL || c->module[0] != '/')
		return err_set(e, ERR_RANGE, "a full path is needed, beginning with \"/\"");
	*opt = "uri";
	if (hsm_uri_check(c->uri, e) < 0)
		return -1;
	*opt = "use";
	if (c->use != NULL && x509_use_parse(c->use) == USE_N)
		return err_set(e, ERR_RANGE, "\"%.40s\" is none of " X509_USE_WORDS, c->use);
	*opt = "present";
	if (c->present != NULL && week_hours_parse(c->present, &hours, e) < 0)
		return -1;
	*opt = "nss";
	if (c->nss != NULL && hsm_nss_check(c->nss, e) < 0)
		return -1;
	*opt = "pin_file";
	if (c->pin_file != NULL && !c->login)
		return err_set(e, ERR_RANGE, "is of no use without login = true");
	*opt = "login";
	if (c->login && c->pin_file == NULL)
		return err_set(e, ERR_RANGE, "needs a pin_file");
	*opt = "environment";
	for (size_t i = 0; i < c->environment.n; i++)
		if (hsm_environment_check(c->environment.v[i], e) < 0)
			return err_wrap(e, "\"%.100s\"", c->environment.v[i]);
	return foreign_check(&c->foreign, opt, e);
}

static const struct foreign *
hsm_foreign(const void *conf)
{
	const struct hsm_conf *c = conf;

	return &c->foreign;
}

const struct probe_spec hsm_spec = {
	.name = "hsm",
	.summary = "certificates, keys and PIN flags of PKCS#11 tokens, by default without a login",
	.opts = hsm_opts,
	.conf_size = sizeof(struct hsm_conf),
	.needs = NEED_MODULE | NEED_FILES | NEED_STATE,
	.rules = hsm_rules,
	.foreign = hsm_foreign,
	.check = hsm_check,
};
