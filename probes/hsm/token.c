/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the items of one token: its PIN flags, certificates and keys.
 */
#include "probes/hsm/work.h"

#include "probes/x509/x509_item.h"

#include <stdio.h>
#include <string.h>

/* The worst flag that is raised. A flag that is not raised proves nothing, and the words say so. */
static void
show_pin(struct hsm_run *r, const struct token *t)
{
	static const struct {
		CK_FLAGS flag;
		const char *finding, *summary;
	} flags[] = {
		{ CKF_USER_PIN_LOCKED, "locked", "The PIN of this token is locked" },
		{ CKF_USER_PIN_FINAL_TRY, "final-try",
		    "This token takes one more wrong PIN before it locks" },
		{ CKF_USER_PIN_COUNT_LOW, "count-low",
		    "A wrong PIN was entered since the last right one" },
		{ CKF_USER_PIN_TO_BE_CHANGED, "to-be-changed",
		    "The PIN of this token is still the one it was delivered with, or has "
		    "expired" },
	};

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if ((t->flags & flags[i].flag) != 0) {
			hsm_emit(r, t, "hsm.pin", t->name, flags[i].finding, flags[i].summary);
			return;
		}
	hsm_emit(r, t, "hsm.pin", t->name, NULL, "The token raises no warning about its PIN");
}

static bool
wanted(struct hsm_run *r, const struct object *o)
{
	CK_OBJECT_CLASS class = CKO_CERTIFICATE;
	CK_ATTRIBUTE at[] = { { CKA_CLASS, &class, sizeof(class) },
		{ CKA_ID, (void *)(uintptr_t)o->id.p, o->id.len },
		{ CKA_LABEL, (void *)(uintptr_t)o->label, strlen(o->label) } };

	return p11_kit_uri_match_attributes(r->uri, at, 3) == 1;
}

/* Two certificates of one label, the old and the new one: the serial tells them apart. */
static const char *
unique(struct hsm_run *r, const char **used, size_t n, const char *target, const struct x509 *c)
{
	char serial[2 * 20 + 1] = "";
	bool twice = false;

	for (size_t i = 0; i < n && !twice; i++)
		twice = used[i] != NULL && strcmp(used[i], target) == 0;
	if (!twice)
		return target;
	for (size_t i = 0; c != NULL && i < c->serial.len && i < 20; i++)
		snprintf(serial + 2 * i, 3, "%02x", c->serial.p[i]);
	return arena_printf(
	    r->arena, "%s (%s%s, %zu)", target, c != NULL ? "serial " : "no serial", serial, n + 1);
}

/* false: its date is unknown, which was said. */
static bool
show_certificate(struct hsm_run *r, const struct token *t, const struct object *o,
    const struct objects *keys, const char **used, size_t n)
{
	struct err e = { 0 };
	struct x509 c;
	bool good =
	    !o->other_kind && o->value.len > 0 && x509_parse(o->value.p, o->value.len, &c, &e) == 0;

	used[n] = unique(r, used, n, hsm_target(r, t, o, good ? &c : NULL), good ? &c : NULL);
	if (o->other_kind) {
		hsm_unknown(r, "hsm.expiry", used[n],
		    "This is an attribute certificate or another kind that is not read; its end "
		    "date is unknown",
		    NULL);
		return true;
	}
	if (!good) {
		hsm_unknown(r, "hsm.expiry", used[n],
		    "The token gives no readable bytes for this certificate; its end date is "
		    "unknown",
		    o->value.len > 0   ? e.msg
		    : o->fault != NULL ? o->fault
				       : "no bytes");
		return false;
	}
	if (census_show(r->census, t->place, n + 1, used[n], o->label, o->value, &e) < 0)
		hsm_unknown(r, "hsm.expiry", used[n], "This certificate was not taken in", e.msg);
	pair_tell(r, t, used[n], o, keys);
	dates_tell(r, t, used[n], o, &c);
	return true;
}

/* A token that is watched and shows nothing is not fine: its certificates may lie behind its PIN.
 */
static void
conclude(struct hsm_run *r, const struct token *t, size_t shown, size_t all)
{
	if (shown > 0)
		hsm_emit(r, t, "hsm.token", t->name, NULL,
		    arena_printf(r->arena, "The token is there and shows %zu certificate%s%s",
			shown, shown == 1 ? "" : "s",
			(t->flags & CKF_WRITE_PROTECTED) != 0 && r->conf->nss == NULL
			    ? "; it is write-protected, so that no renewal can be put on it"
			    : ""));
	else if (all > 0)
		hsm_emit(r, t, "hsm.token", t->name, "no-match",
		    arena_printf(r->arena,
			"The token is there, but none of its certificates (%zu) is what the URI "
			"names",
			all));
	else
		hsm_unknown(r, "hsm.token", t->name,
		    "The token is there and shows no certificate without a PIN; end dates on it "
		    "are unknown",
		    NULL);
}

static void
show_objects(struct hsm_run *r, const struct token *t, CK_SESSION_HANDLE session, bool open)
{
	struct objects certs = { 0 }, keys = { 0 };
	const char *why = NULL, **used;
	size_t shown = 0, hidden = 0;

	if (objects_read(r, session, CKO_CERTIFICATE, &certs, &why) < 0) {
		hsm_unknown(r, "hsm.token", t->name,
		    "The certificates on this token could not be listed; their end dates are "
		    "unknown",
		    why);
		return;
	}
	if (objects_read(r, session, CKO_PUBLIC_KEY, &keys, &why) < 0)
		keys.n = 0;
	pair_read(&certs);
	used = arena_array(r->arena, certs.n + 1, sizeof(*used));
	for (size_t i = 0; i < certs.n; i++)
		if (wanted(r, &certs.v[i])) {
			hidden += !show_certificate(r, t, &certs.v[i], &keys, used, shown);
			shown++;
		}
	pair_tell_lone(r, t, &certs, &keys);
	if (certs.cut)
		hsm_unknown(r, "hsm.expiry", t->name,
		    arena_printf(r->arena,
			"The token lists more than %d certificates; the rest was "
			"not read",
			HSM_OBJECTS_MAX),
		    NULL);
	if (hidden == 0 && !certs.cut && open)
		census_place_whole(r->census, t->place);
	conclude(r, t, shown, certs.n);
}

void
token_show(struct hsm_run *r, CK_SLOT_ID slot, const char *name, const CK_TOKEN_INFO *info)
{
	struct token t = {
		.name = name,
		.label = token_text(r->arena, info->label, sizeof(info->label)),
		.serial = token_text(r->arena, info->serialNumber, sizeof(info->serialNumber)),
		.manufacturer =
		    token_text(r->arena, info->manufacturerID, sizeof(info->manufacturerID)),
		.model = token_text(r->arena, info->model, sizeof(info->model)),
		.flags = info->flags,
	};
	CK_SESSION_HANDLE session;
	char buf[CKR_TEXT];
	CK_RV rv;

	t.place = census_place(r->census, r->entry, CENSUS_TOKEN, t.name);
	census_place_evidence(r->census, t.place, "token", t.label);
	census_place_evidence(r->census, t.place, "token_serial", t.serial);
	census_place_evidence(r->census, t.place, "module", r->conf->module);
	if (r->conf->nss != NULL)
		census_place_evidence(r->census, t.place, "nss", r->conf->nss);
	show_pin(r, &t);
	hsm_enter(r, "C_OpenSession");
	rv = r->f->C_OpenSession(slot, CKF_SERIAL_SESSION, NULL, NULL, &session);
	if (rv != CKR_OK) {
		hsm_unknown(r, "hsm.token", t.name,
		    "The token could not be opened; the end dates on it are unknown",
		    arena_printf(r->arena, "C_OpenSession: %s", ckr_name(rv, buf)));
		return;
	}
	show_objects(r, &t, session, login_try(r, &t, session));
	hsm_enter(r, "C_CloseSession");
	r->f->C_CloseSession(session);
}
