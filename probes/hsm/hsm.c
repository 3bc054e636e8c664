/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a run: the module is loaded, its slots are walked, the tokens that fit are counted.
 */
#include "probes/hsm/work.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TOKEN_ARENA_MAX ((size_t)768 << 20)
#define ITEM_ARENA_MAX ((size_t)4 << 20)
#define HIDES "the end dates on its tokens are unknown"

static const struct census_rules rules = {
	.expiry = "hsm.expiry",
	.validity = "hsm.validity",
	.identity = "hsm.identity",
	.strength = "hsm.strength",
	.use = "hsm.use",
};

static void
module_unknown(const struct hsm_run *r, const char *summary, const char *reason)
{
	const char *why = reason != NULL ? reason : "no reason given";

	hsm_unknown(r, "hsm.module", r->conf->module,
	    arena_printf(r->arena, "%s (%s): %s; " HIDES, summary, r->conf->module, why), reason);
}

/* Is it a shared object at all? The loader's own words do not say. */
static int
look_at(const char *path, struct err *e)
{
	char magic[4] = "";
	int fd = file_open(AT_FDCWD, path, FILE_FOLLOW, NULL, e);
	ssize_t n;

	if (fd < 0)
		return -1;
	n = read(fd, magic, sizeof(magic));
	close(fd);
	if (n != 4 || memcmp(magic, "\177ELF", 4) != 0)
		return err_set(e, ERR_PARSE, "is no shared object (ELF)");
	return 0;
}

/* A module says nothing but "general error" when it cannot read its own settings. */
static const char *
hidden_file(const struct hsm_run *r)
{
	for (size_t i = 0; i < r->conf->environment.n; i++) {
		const char *value = strchr(r->conf->environment.v[i], '=');

		if (value == NULL || value[1] != '/' || access(value + 1, R_OK) == 0)
			continue;
		if (errno == EACCES)
			return arena_printf(r->arena, "; this account may not read %s", value + 1);
		return arena_printf(
		    r->arena, "; %s cannot be read: %s", value + 1, strerror(errno));
	}
	return "";
}

static CK_RV
initialize(struct hsm_run *r)
{
	CK_C_INITIALIZE_ARGS args = { .flags = CKF_OS_LOCKING_OK };
	CK_RV rv;

	hsm_enter(r, "C_Initialize");
	if (r->conf->nss != NULL)
		return nss_initialize(r);
	rv = r->f->C_Initialize(&args);
	if (rv == CKR_CANT_LOCK || rv == CKR_ARGUMENTS_BAD)
		rv = r->f->C_Initialize(NULL);
	return rv == CKR_CRYPTOKI_ALREADY_INITIALIZED ? CKR_OK : rv;
}

static void
walk(struct hsm_run *r)
{
	CK_SLOT_ID slots[HSM_SLOTS_MAX] = { 0 }; /* a module may say more than it fills */
	char buf[CKR_TEXT];
	CK_ULONG n = 0;
	CK_RV rv = initialize(r);
	struct item it = { .target = r->conf->module,
		.rule = "hsm.module",
		.summary = "The token's software starts" };

	if (rv != CKR_OK) {
		module_unknown(r, "The token's software does not start",
		    arena_printf(
			r->arena, "C_Initialize: %s%s", ckr_name(rv, buf), hidden_file(r)));
		return;
	}
	rv = slots_list(r, slots, &n);
	if (rv != CKR_OK) {
		module_unknown(r, "The token's software does not list its readers",
		    arena_printf(r->arena, "C_GetSlotList: %s", ckr_name(rv, buf)));
		return;
	}
	probe_emit(r->ctx, &it);
	slots_show(r, slots, n);
	r->listed = true;
	absent_why(r);
	hsm_enter(r, "C_Finalize");
	r->f->C_Finalize(NULL);
}

static int
prepare(struct hsm_run *r, struct err *e)
{
	for (size_t i = 0; i < r->conf->environment.n; i++) {
		char *pair = arena_text(r->arena, r->conf->environment.v[i]);
		char *eq = strchr(pair, '=');

		if (hsm_environment_check(pair, e) < 0)
			return err_wrap(e, "environment");
		*eq = '\0';
		if (setenv(pair, eq + 1, 1) < 0)
			return err_sys(e, "environment");
	}
	if (hsm_uri_check(r->conf->uri, e) < 0)
		return err_wrap(e, "uri");
	r->uri = p11_kit_uri_new();
	if (r->uri == NULL ||
	    p11_kit_uri_parse(r->conf->uri, P11_KIT_URI_FOR_ANY, r->uri) != P11_KIT_URI_OK ||
	    p11_kit_uri_any_unrecognized(r->uri))
		return err_set(e, ERR_PARSE, "uri: p11-kit does not take \"%.200s\"", r->conf->uri);
	return 0;
}

/* The loader's words, shorter where they only mean this. */
static const char *
load_fault(void)
{
	const char *said = p11_kit_message();

	if (said != NULL && strstr(said, "C_GetFunctionList") != NULL)
		return "is a library, but no PKCS#11 module (it has no C_GetFunctionList)";
	return said;
}

int
probe_run(const struct probe_ctx *ctx, const void *conf, struct err *e)
{
	struct hsm_run r = { .ctx = ctx, .conf = conf, .now = ctx->clk->wall(ctx->clk) };
	struct err why = { 0 };
	struct hsm_conf own;
	int rc;

	if (r.conf->nss != NULL && strcmp(r.conf->uri, "pkcs11:") == 0) {
		own = *r.conf;
		own.uri = HSM_NSS_TOKEN;
		r.conf = &own;
	}

	r.arena = arena_new(TOKEN_ARENA_MAX);
	r.item = arena_new(ITEM_ARENA_MAX);
	r.census = census_new(ctx, &rules, r.now);
	r.entry = census_entry(r.census, r.conf->uri);
	if (r.conf->use != NULL)
		census_use(r.census, x509_use_parse(r.conf->use));
	rc = prepare(&r, e);
	if (rc == 0 && look_at(r.conf->module, &why) < 0)
		module_unknown(&r,
		    why.code == ERR_DENIED ? "This account may not read the token's software"
					   : "The token's software cannot be loaded",
		    why.msg);
	else if (rc == 0 && r.conf->nss != NULL && nss_unreadable(&r) != NULL)
		module_unknown(&r, "The NSS database cannot be read", nss_unreadable(&r));
	else if (rc == 0) {
		hsm_enter(&r, "loading");
		r.f = p11_kit_module_load(r.conf->module, P11_KIT_MODULE_UNMANAGED);
		if (r.f == NULL)
			module_unknown(&r, "The token's software cannot be loaded", load_fault());
		else
			walk(&r);
	}
	if (rc == 0)
		census_end(r.census);
	if (rc == 0 && r.listed)
		absent_tell(&r);
	login_forget_pin();
	census_free(r.census);
	if (r.uri != NULL)
		p11_kit_uri_free(r.uri);
	arena_free(r.item);
	arena_free(r.arena);
	return rc;
}
