/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns logging in to a token with the PIN of the settings: when it may be tried, and the note that
 * keeps a PIN which was refused from being tried again. Wrong PINs lock a token for good.
 */
#include "probes/hsm/work.h"

#include "base/file.h"
#include "cell/secret.h"
#include "probes/x509/x509_item.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOTE "pin" /* in the check's folder: SHA256_HEX, a space, and what came of the try */
#define NOTE_MAX ((size_t)256)
#define SHA256_HEX ((size_t)2 * SHA256_BYTES)
#define NO_ANSWER "no answer"
#define REFUSED "refused: "
#define CREDENTIALS "/run/credentials/" /* of systemd, made anew at each start of the service */

static struct secret pin; /* from probe_before until it was given to the token */
static struct err fault;  /* why there is none */
static struct stat file;  /* its file, before it was read */

/* Before the cell closes: afterwards neither this process nor the module may read the file. */
void
probe_before(const struct probe_ctx *ctx, const void *vconf)
{
	const struct hsm_conf *conf = vconf;

	(void)ctx;
	if (!conf->login)
		return;
	if (stat(conf->pin_file, &file) == 0 && secret_read(&pin, conf->pin_file, &fault) == 0 &&
	    pin.len > HSM_PIN_MAX) {
		err_set(&fault, ERR_LIMIT, "%s: a PIN has at most %d bytes", conf->pin_file,
		    HSM_PIN_MAX);
		secret_free(&pin);
	} else if (pin.text == NULL && fault.code == ERR_NONE)
		err_set(&fault, ERR_ABSENT, "%s is not there", conf->pin_file);
}

void
login_forget_pin(void)
{
	secret_free(&pin);
}

/* The file of a credential is another one after each start, though nobody changed the PIN. */
static bool
is_made_anew(const struct hsm_run *r)
{
	return strncmp(r->conf->pin_file, CREDENTIALS, strlen(CREDENTIALS)) == 0;
}

static const char *
until(const struct hsm_run *r)
{
	return is_made_anew(r) ? "it is not tried again until the settings change"
			       : "it is not tried again until that file or the settings change";
}

/* Tells this PIN for this token from another one without holding anything of it: the settings, and
 * the file by what changes when somebody writes it. */
static const char *
identity(const struct hsm_run *r)
{
	uint8_t sha[SHA256_BYTES];
	char *hex = arena_alloc(r->arena, SHA256_HEX + 1);
	const char *all =
	    arena_printf(r->arena, "%s\n%s\n%s\n%ju %ju %jd.%09ld %jd", r->conf->module,
		r->conf->uri, r->conf->pin_file, (uintmax_t)file.st_dev, (uintmax_t)file.st_ino,
		(intmax_t)file.st_mtim.tv_sec, file.st_mtim.tv_nsec, (intmax_t)file.st_size);

	if (is_made_anew(r))
		all = arena_printf(
		    r->arena, "%s\n%s\n%s", r->conf->module, r->conf->uri, r->conf->pin_file);
	for (size_t i = 0; i < r->conf->environment.n; i++)
		all = arena_printf(r->arena, "%s\n%s", all, r->conf->environment.v[i]);
	x509_sha256((struct der){ (const uint8_t *)all, strlen(all) }, sha);
	x509_hex((struct der){ sha, SHA256_BYTES }, hex);
	return hex;
}

static int
write_note(const struct hsm_run *r, const char *what, struct err *e)
{
	const char *line = arena_printf(r->arena, "%s %s", identity(r), what);

	return file_replace(r->ctx->state_fd, NOTE, 0600, line, strlen(line), e);
}

/* What came of an earlier try with this PIN; NULL: there was none, or it was right. */
static const char *
read_note(const struct hsm_run *r, const char **trouble)
{
	struct err e = { 0 };
	char *line;
	size_t len;

	if (file_read(r->ctx->state_fd, NOTE, FILE_NOFOLLOW, NOTE_MAX, r->arena, &line, &len, &e) <
	    0) {
		if (e.code != ERR_ABSENT)
			*trouble = arena_text(r->arena, e.msg);
		return NULL;
	}
	if (len <= SHA256_HEX || strncmp(line, identity(r), SHA256_HEX) != 0)
		return NULL;
	return line + SHA256_HEX + 1;
}

/* Why the PIN must not be given to this token; NULL: it may. */
static const char *
forbidden(const struct hsm_run *r, const struct token *t)
{
	if (r->tokens > 1)
		return "more than one token fits, and the PIN is that of one of them";
	if (pin.text == NULL)
		return fault.msg;
	if ((t->flags & CKF_USER_PIN_LOCKED) != 0)
		return "the PIN of this token is locked";
	if ((t->flags & CKF_USER_PIN_FINAL_TRY) != 0)
		return "one more wrong PIN would lock the token";
	if ((t->flags & CKF_USER_PIN_COUNT_LOW) != 0)
		return "a wrong PIN was entered since the last right one; enter the right one once";
	if ((t->flags & CKF_PROTECTED_AUTHENTICATION_PATH) != 0)
		return "the PIN of this token is entered at its reader";
	if (r->ctx->state_fd < 0)
		return "there is no folder in which a refused PIN could be noted";
	return NULL;
}

static bool
not_tried(struct hsm_run *r, const struct token *t, const char *why)
{
	hsm_unknown(r, "hsm.login", t->name,
	    arena_printf(
		r->arena, "The PIN was not tried, and what lies behind it is not seen: %s", why),
	    NULL);
	return false;
}

/* What an earlier or this try came to, unless it was right. */
static bool
tell_outcome(struct hsm_run *r, const struct token *t, const char *outcome)
{
	const char *path = r->conf->pin_file;

	if (strncmp(outcome, REFUSED, strlen(REFUSED)) == 0)
		hsm_emit(r, t, "hsm.login", t->name, "refused",
		    arena_printf(r->arena, "The PIN in %s was refused (%s); %s", path,
			outcome + strlen(REFUSED), until(r)));
	else
		hsm_unknown(r, "hsm.login", t->name,
		    arena_printf(
			r->arena, "The PIN in %s was tried without success; %s", path, until(r)),
		    outcome);
	return false;
}

static bool
is_refusal(CK_RV rv)
{
	return rv == CKR_PIN_INCORRECT || rv == CKR_PIN_INVALID || rv == CKR_PIN_LEN_RANGE ||
	       rv == CKR_PIN_LOCKED || rv == CKR_PIN_EXPIRED;
}

/* The note comes first: a module that hangs or dies in this call has counted the try all the same.
 */
static bool
try_pin(struct hsm_run *r, const struct token *t, CK_SESSION_HANDLE session)
{
	const char *outcome;
	struct err e = { 0 };
	char buf[CKR_TEXT];
	CK_RV rv;

	if (write_note(r, NO_ANSWER, &e) < 0)
		return not_tried(r, t, arena_printf(r->arena, "it cannot be noted: %s", e.msg));
	hsm_enter(r, "C_Login");
	rv = r->f->C_Login(session, CKU_USER, (CK_UTF8CHAR *)pin.text, pin.len);
	secret_free(&pin);
	if (rv == CKR_OK || rv == CKR_USER_ALREADY_LOGGED_IN) {
		unlinkat(r->ctx->state_fd, NOTE, 0);
		hsm_emit(r, t, "hsm.login", t->name, NULL, "The PIN of the settings is right");
		return true;
	}
	outcome = is_refusal(rv) ? arena_printf(r->arena, REFUSED "%s", ckr_name(rv, buf))
				 : arena_printf(r->arena, "C_Login: %s", ckr_name(rv, buf));
	/* where this fails the note says that there was no answer, which keeps it from a new try */
	write_note(r, outcome, &e);
	return tell_outcome(r, t, outcome);
}

bool
login_try(struct hsm_run *r, const struct token *t, CK_SESSION_HANDLE session)
{
	const char *why = NULL, *outcome;

	if (!r->conf->login || (t->flags & CKF_LOGIN_REQUIRED) == 0)
		return true;
	why = forbidden(r, t);
	if (why != NULL)
		return not_tried(r, t, why);
	outcome = read_note(r, &why);
	if (why != NULL)
		return not_tried(r, t, why);
	return outcome != NULL ? tell_outcome(r, t, outcome) : try_pin(r, t, session);
}
