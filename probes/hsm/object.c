/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading objects from a token, attribute by attribute.
 */
#include "probes/hsm/work.h"

#include <string.h>

#define BATCH 64

struct der
ec_point_bare(struct der point)
{
	struct der in = point, inner;

	/* a bare point begins with 02, 03 or 04 as well: only an exact fit is a wrapping */
	if (der_take(&in, DER_OCTET_STRING, &inner, NULL) && in.len == 0 && inner.len > 0 &&
	    inner.p[0] >= 2 && inner.p[0] <= 4)
		return inner;
	return point;
}

static const char *
failure(struct hsm_run *r, const char *call, CK_RV rv)
{
	char buf[CKR_TEXT];

	return arena_printf(r->arena, "%s: %s", call, ckr_name(rv, buf));
}

/* Length first, then the value; a module may lie about both. */
static bool
attribute(struct hsm_run *r, CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object,
    CK_ATTRIBUTE_TYPE type, struct der *out, const char **fault)
{
	CK_ATTRIBUTE at = { type, NULL, 0 };
	uint8_t *buf;
	CK_ULONG len;
	CK_RV rv;

	*out = (struct der){ 0 };
	hsm_enter(r, "C_GetAttributeValue");
	rv = r->f->C_GetAttributeValue(session, object, &at, 1);
	len = at.ulValueLen;
	if (rv != CKR_OK) {
		*fault = failure(r, "C_GetAttributeValue", rv);
		return false;
	}
	if (len == 0)
		return true;
	if (len == (CK_ULONG)-1 || len > HSM_ATTRIBUTE_MAX) {
		*fault = len == (CK_ULONG)-1
			     ? "the token keeps it back"
			     : arena_printf(r->arena, "a value of %lu bytes (at most %zu)", len,
				   HSM_ATTRIBUTE_MAX);
		return false;
	}
	buf = arena_alloc(r->arena, len);
	at.pValue = buf;
	rv = r->f->C_GetAttributeValue(session, object, &at, 1);
	if (rv != CKR_OK || at.ulValueLen > len) {
		*fault = rv != CKR_OK ? failure(r, "C_GetAttributeValue", rv)
				      : "its length grew between two questions";
		return false;
	}
	*out = (struct der){ buf, at.ulValueLen };
	return true;
}

static void
read_key(struct hsm_run *r, CK_SESSION_HANDLE session, CK_OBJECT_HANDLE h, struct object *o)
{
	struct der raw;
	CK_KEY_TYPE type;

	o->kind = '?';
	if (!attribute(r, session, h, CKA_KEY_TYPE, &raw, &o->fault) || raw.len != sizeof(type))
		return;
	memcpy(&type, raw.p, sizeof(type));
	if (type == CKK_RSA && attribute(r, session, h, CKA_MODULUS, &raw, &o->fault)) {
		o->kind = 'R';
		o->value = der_magnitude(raw);
	} else if (type == CKK_EC && attribute(r, session, h, CKA_EC_POINT, &raw, &o->fault)) {
		o->kind = 'E';
		o->value = ec_point_bare(raw);
	}
}

static void
read_certificate(struct hsm_run *r, CK_SESSION_HANDLE session, CK_OBJECT_HANDLE h, struct object *o)
{
	CK_CERTIFICATE_TYPE type;
	const char *ignore;
	struct der raw;

	attribute(r, session, h, CKA_VALUE, &o->value, &o->fault);
	attribute(r, session, h, CKA_END_DATE, &o->end_date, &ignore);
	if (!attribute(r, session, h, CKA_CERTIFICATE_TYPE, &raw, &ignore) ||
	    raw.len != sizeof(type))
		return;
	memcpy(&type, raw.p, sizeof(type));
	o->other_kind = type == CKC_X_509_ATTR_CERT || type == CKC_WTLS;
}

static void
read_object(struct hsm_run *r, CK_SESSION_HANDLE session, CK_OBJECT_HANDLE h, CK_OBJECT_CLASS class,
    struct object *o)
{
	const char *ignore;
	struct der label;

	memset(o, 0, sizeof(*o));
	o->label = "";
	if (attribute(r, session, h, CKA_LABEL, &label, &ignore) && label.len > 0)
		o->label = token_text(r->arena, label.p, label.len);
	attribute(r, session, h, CKA_ID, &o->id, &ignore);
	if (class == CKO_CERTIFICATE)
		read_certificate(r, session, h, o);
	else
		read_key(r, session, h, o);
}

/* The class stands in the template: some modules answer an empty one wrongly. */
static CK_RV
find_all(struct hsm_run *r, CK_SESSION_HANDLE session, CK_OBJECT_CLASS class,
    CK_OBJECT_HANDLE *list, size_t *n, const char **call)
{
	CK_ATTRIBUTE template = { CKA_CLASS, &class, sizeof(class) };
	CK_ULONG got;
	CK_RV rv;

	*n = 0;
	hsm_enter(r, *call = "C_FindObjectsInit");
	rv = r->f->C_FindObjectsInit(session, &template, 1);
	if (rv != CKR_OK)
		return rv;
	hsm_enter(r, *call = "C_FindObjects");
	do {
		CK_ULONG room = HSM_OBJECTS_MAX + 1 - *n < BATCH ? HSM_OBJECTS_MAX + 1 - *n : BATCH;

		got = 0;
		rv = r->f->C_FindObjects(session, list + *n, room, &got);
		if (rv != CKR_OK || got > room)
			break;
		*n += got;
	} while (got > 0 && *n <= HSM_OBJECTS_MAX);
	hsm_enter(r, "C_FindObjectsFinal");
	r->f->C_FindObjectsFinal(session);
	return rv != CKR_OK ? rv : got > BATCH ? CKR_GENERAL_ERROR : CKR_OK;
}

int
objects_read(struct hsm_run *r, CK_SESSION_HANDLE session, CK_OBJECT_CLASS class,
    struct objects *out, const char **why)
{
	CK_OBJECT_HANDLE *list = arena_array(r->arena, HSM_OBJECTS_MAX + 1, sizeof(*list));
	const char *call;
	CK_RV rv = find_all(r, session, class, list, &out->n, &call);

	if (rv != CKR_OK) {
		*why = failure(r, call, rv);
		return -1;
	}
	out->cut = out->n > HSM_OBJECTS_MAX;
	if (out->cut)
		out->n = HSM_OBJECTS_MAX;
	out->v = arena_array(r->arena, out->n, sizeof(*out->v));
	for (size_t i = 0; i < out->n; i++)
		read_object(r, session, list[i], class, &out->v[i]);
	return 0;
}
