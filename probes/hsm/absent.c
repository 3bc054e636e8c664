/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is said of tokens that are not seen, and why they are not: no service, no rights, no
 * reader and no token are four different things.
 */
#include "probes/hsm/work.h"

#include "base/week.h"

#include <dlfcn.h>
#include <link.h>
#include <string.h>

#define UNSEEN "; the end dates on it are unknown"

static const struct {
	const char *known; /* of a token that was seen before */
	const char *none;  /* where none was ever seen */
} words[ABSENCE_N] = {
	[ABSENCE_UNFIT] = { "It is not plugged in", "No token that fits is plugged in" UNSEEN },
	[ABSENCE_TOKEN] = { "It is not plugged in", "No token is in the reader" UNSEEN },
	[ABSENCE_READER] = { "No reader is connected", "No reader is connected" UNSEEN },
	[ABSENCE_UNSEEN] = { "The token's software sees no reader",
	    "The token's software sees no reader" UNSEEN },
	[ABSENCE_UNUSED] = { "The token's software uses none of the readers that are connected",
	    "The token's software uses none of the readers that are connected" UNSEEN },
	[ABSENCE_SERVICE] = { "The card service (pcscd) does not run",
	    "The card service (pcscd) does not run, so no token is seen" UNSEEN },
	[ABSENCE_RIGHTS] = { "This account may not use the card service (pcscd)",
	    "This account may not use the card service (pcscd), so no token is seen" UNSEEN },
};

/* --- why none is seen --- */

/* PC/SC as libpcsclite has it (winscard.h, pcsclite.h), which is loaded by modules and not by us.
 */
typedef long (*establish_fn)(unsigned long scope, const void *, const void *, long *context);
typedef long (*list_fn)(long context, const char *groups, char *readers, unsigned long *len);
typedef long (*release_fn)(long context);

#define SCOPE_SYSTEM 2ul
#define NO_SERVICE 0x8010001dul         /* SCARD_E_NO_SERVICE */
#define NO_ACCESS 0x80100027ul          /* SCARD_E_NO_ACCESS */
#define SECURITY_VIOLATION 0x8010006aul /* SCARD_W_SECURITY_VIOLATION: refused by polkit */
#define NO_READERS 0x8010002eul         /* SCARD_E_NO_READERS_AVAILABLE */

static int
find_pcsclite(struct dl_phdr_info *info, size_t size, void *path)
{
	const char *base = strrchr(info->dlpi_name, '/');

	(void)size;
	if (base == NULL || strncmp(base, "/libpcsclite.so", 15) != 0)
		return 0;
	*(const char **)path = info->dlpi_name;
	return 1;
}

/* A code of PC/SC, whose upper half some versions extend by the sign. */
static unsigned long
code_of(long rc)
{
	return (unsigned long)rc & 0xfffffffful;
}

static enum absence
ask_readers(void *lib, long context)
{
	list_fn list = (list_fn)dlsym(lib, "SCardListReaders");
	unsigned long len = 0, code;

	if (list == NULL)
		return ABSENCE_UNSEEN;
	code = code_of(list(context, NULL, NULL, &len));
	/* an empty list of names is one zero byte */
	if (code == NO_READERS || (code == 0 && len <= 1))
		return ABSENCE_READER;
	return code == 0 ? ABSENCE_UNUSED : ABSENCE_UNSEEN;
}

/* Asks the service of the cards itself, by the library that the module has loaded for it. */
static enum absence
ask_pcsc(const struct hsm_run *r, const char *path)
{
	void *lib = dlopen(path, RTLD_LAZY | RTLD_NOLOAD);
	establish_fn establish =
	    lib != NULL ? (establish_fn)dlsym(lib, "SCardEstablishContext") : NULL;
	release_fn release = lib != NULL ? (release_fn)dlsym(lib, "SCardReleaseContext") : NULL;
	enum absence why = ABSENCE_UNSEEN;
	unsigned long code;
	long context = 0;

	if (establish == NULL || release == NULL)
		return why;
	hsm_enter(r, "SCardEstablishContext");
	code = code_of(establish(SCOPE_SYSTEM, NULL, NULL, &context));
	if (code == 0) {
		why = ask_readers(lib, context);
		release(context);
	} else if (code == NO_SERVICE)
		why = ABSENCE_SERVICE;
	else if (code == NO_ACCESS || code == SECURITY_VIOLATION)
		why = ABSENCE_RIGHTS;
	return why;
}

void
absent_why(struct hsm_run *r)
{
	const char *pcsclite = NULL;
	CK_ULONG readers = 0;

	if (r->tokens > 0 || r->present > 0)
		return;
	hsm_enter(r, "C_GetSlotList");
	if (r->f->C_GetSlotList(CK_FALSE, NULL, &readers) == CKR_OK && readers > 0)
		r->absence = ABSENCE_TOKEN;
	else {
		dl_iterate_phdr(find_pcsclite, &pcsclite);
		r->absence = pcsclite != NULL ? ask_pcsc(r, pcsclite) : ABSENCE_UNSEEN;
	}
}

/* --- what is said --- */

/* Tokens may be plugged in: nobody can see them. */
static bool
is_blind(enum absence why)
{
	return why == ABSENCE_SERVICE || why == ABSENCE_RIGHTS;
}

/* People pull a token every evening; in the hours of `present` its absence is a finding. */
static void
tell_absent(struct hsm_run *r, const char *target, const char *summary)
{
	struct evidence ev[] = { { "module", r->conf->module }, { "uri", r->conf->uri },
		{ "present", r->conf->present } };
	struct item it = { .target = target,
		.rule = "hsm.token",
		.state = ITEM_UNKNOWN,
		.summary = summary,
		.evidence = ev,
		.nevidence = r->conf->present != NULL ? 3 : 2 };
	struct week_hours hours;
	struct err e;

	if (r->conf->present != NULL && week_hours_parse(r->conf->present, &hours, &e) == 0 &&
	    week_is_open(&hours, r->now) && r->absence != ABSENCE_RIGHTS) {
		it.state = ITEM_FOUND;
		it.finding = r->absence == ABSENCE_SERVICE ? "no-service" : "absent-in-hours";
	}
	probe_emit(r->ctx, &it);
}

/* A token that was there at an earlier look, by name. */
static size_t
tell_missing(struct hsm_run *r)
{
	char at[INSTANT_TEXT];
	const char *name;
	instant seen;
	size_t n;

	for (n = 0; (name = census_missing(r->census, n, &seen)) != NULL; n++)
		tell_absent(r, name,
		    arena_printf(r->arena,
			"%s; its dates are judged as they were seen on %.10s %.5s UTC",
			words[r->absence].known, instant_text(seen, at), at + 11));
	return n;
}

void
absent_tell(struct hsm_run *r)
{
	size_t want = r->conf->expect > 0 ? (size_t)r->conf->expect : 1;
	size_t missing = r->slots_failed > 0 ? 0 : tell_missing(r);
	struct evidence ev[] = { { "module", r->conf->module }, { "uri", r->conf->uri } };
	struct item it = {
		.target = r->conf->uri, .rule = "hsm.token", .evidence = ev, .nevidence = 2
	};

	/* a slot that did not answer may hold the missing one: then it is not known to be absent */
	if (r->slots_failed > 0 && r->tokens < want)
		return;
	if (r->tokens == 0 && (r->conf->expect == 0 || is_blind(r->absence))) {
		if (missing == 0)
			tell_absent(r, r->conf->uri, words[r->absence].none);
		return;
	}
	if (r->tokens == want || r->conf->expect == 0)
		it.summary = arena_printf(r->arena, "%zu token%s found as configured", r->tokens,
		    r->tokens == 1 ? "" : "s");
	else {
		it.state = ITEM_FOUND;
		it.finding = r->tokens < want ? "absent" : "too-many";
		it.summary = arena_printf(r->arena, "%zu token%s found where %zu should be",
		    r->tokens, r->tokens == 1 ? "" : "s", want);
	}
	probe_emit(r->ctx, &it);
}
