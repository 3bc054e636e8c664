/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the readers of a module: which of them have a token that fits, and by which name each token
 * goes.
 */
#include "probes/hsm/known.h"
#include "probes/hsm/work.h"

#include <string.h>

/* The tokens of a run that fit the URI, side by side with their names. */
struct fitting {
	CK_SLOT_ID slot[HSM_SLOTS_MAX];
	CK_TOKEN_INFO info[HSM_SLOTS_MAX];
	struct found_token found[HSM_SLOTS_MAX];
	size_t n;
};

CK_RV
slots_list(struct hsm_run *r, CK_SLOT_ID *slots, CK_ULONG *n)
{
	CK_RV rv;

	hsm_enter(r, "C_GetSlotList");
	rv = r->f->C_GetSlotList(CK_TRUE, NULL, n);
	if (rv != CKR_OK)
		return rv;
	*n = HSM_SLOTS_MAX;
	rv = r->f->C_GetSlotList(CK_TRUE, slots, n);
	r->slots_cut = rv == CKR_OK && *n > HSM_SLOTS_MAX;
	if (r->slots_cut)
		*n = HSM_SLOTS_MAX;
	return rv;
}

static void
look_at_slot(struct hsm_run *r, CK_SLOT_ID slot, struct fitting *to)
{
	CK_TOKEN_INFO *info = &to->info[to->n];
	char buf[CKR_TEXT];
	CK_RV rv;

	memset(info, 0, sizeof(*info));
	hsm_enter(r, "C_GetTokenInfo");
	rv = r->f->C_GetTokenInfo(slot, info);
	if (rv == CKR_TOKEN_NOT_PRESENT)
		return;
	if (rv != CKR_OK) {
		r->slots_failed++;
		hsm_unknown(r, "hsm.token",
		    arena_printf(r->arena, "%s, reader %zu", r->conf->module, r->slots_failed),
		    "A token does not tell what it is; the end dates on it are unknown",
		    arena_printf(r->arena, "C_GetTokenInfo: %s", ckr_name(rv, buf)));
		return;
	}
	r->present++;
	if ((info->flags & CKF_TOKEN_INITIALIZED) == 0 ||
	    p11_kit_uri_match_token_info(r->uri, info) != 1)
		return;
	to->slot[to->n] = slot;
	to->found[to->n++] = (struct found_token){
		.label = token_text(r->ctx->arena, info->label, sizeof(info->label)),
		.serial = token_text(r->ctx->arena, info->serialNumber, sizeof(info->serialNumber)),
	};
}

static bool
is_accepted(const struct handed *h, const char *target, const char *id)
{
	for (size_t i = 0; i < h->naccepts; i++)
		if (strcmp(h->accepts[i].rule, "hsm.serial") == 0 &&
		    strcmp(h->accepts[i].target, target) == 0 &&
		    strcmp(h->accepts[i].finding, id) == 0)
			return true;
	return false;
}

/* Another token under a known name is said until a person accepts it. */
static void
tell_changed(struct hsm_run *r, struct known_token *t)
{
	char at[INSTANT_TEXT];
	const char *id = known_change_id(t, r->arena);
	struct evidence ev[] = { { FINDING_KEY, id },
		{ NOTICED_KEY, arena_text(r->arena, instant_text(t->since, at)) },
		{ "token_serial", t->now }, { "before_serial", t->serial } };
	struct item it = { .target = t->name,
		.rule = "hsm.serial",
		.state = ITEM_FOUND,
		.finding = "other-token",
		.evidence = ev,
		.nevidence = 4 };

	if (is_accepted(r->ctx->handed, t->name, id)) {
		t->serial = t->now;
		t->now = "";
		t->since = 0;
		return;
	}
	it.summary = arena_printf(r->arena,
	    "It has another serial number (%s) than before (%s), under the same label",
	    t->now[0] != '\0' ? t->now : "none", t->serial[0] != '\0' ? t->serial : "none");
	probe_emit(r->ctx, &it);
}

static void
name_tokens(struct hsm_run *r, struct fitting *to)
{
	struct known k;

	known_read(&k, r->ctx->state_fd, r->ctx->arena);
	if (k.trouble != NULL)
		hsm_unknown(r, "hsm.serial", "notes of this check",
		    "Whether a token was exchanged for another one cannot be told", k.trouble);
	known_name(&k, to->found, to->n, r->now, r->ctx->arena);
	for (size_t i = 0; i < k.n; i++)
		if (k.v[i].seen && k.v[i].since != 0)
			tell_changed(r, &k.v[i]);
	k.trouble = NULL;
	known_write(&k, r->ctx->state_fd, r->ctx->arena);
	if (k.trouble != NULL)
		hsm_unknown(r, "hsm.serial", "notes of this check",
		    "Which tokens were seen could not be noted; one that is exchanged will not be "
		    "noticed",
		    k.trouble);
}

void
slots_show(struct hsm_run *r, const CK_SLOT_ID *slots, CK_ULONG n)
{
	struct fitting *to = arena_alloc(r->ctx->arena, sizeof(*to));

	for (CK_ULONG i = 0; i < n; i++)
		look_at_slot(r, slots[i], to);
	if (r->slots_cut)
		hsm_unknown(r, "hsm.token", r->conf->module,
		    arena_printf(r->arena,
			"The token's software lists more than %d readers; the rest was not looked "
			"at",
			HSM_SLOTS_MAX),
		    NULL);
	name_tokens(r, to);
	r->tokens = to->n;
	for (size_t i = 0; i < to->n; i++) {
		token_show(r, to->slot[i], to->found[i].name, &to->info[i]);
		arena_reset(r->arena);
	}
}
