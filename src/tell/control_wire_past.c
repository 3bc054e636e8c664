/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the tables of what the control socket says of the past.
 */
#include "base/fields.h"
#include "tell/control_wire.h"

static int
fault(const char *what, struct err *e)
{
	return err_set(e, ERR_PARSE, "%s that is cut or out of range", what);
}

static const struct field sample_fields[] = {
	FIELD_I64(struct sample, at),
	FIELD_F64(struct sample, value),
	FIELD_F64(struct sample, bound),
	FIELDS_END,
};

static const struct field samples_fields[] = {
	FIELD_U32(struct ctl_samples, metric),
	FIELD_LIST(struct ctl_samples, v, n, struct sample, sample_fields, CTL_SAMPLES_MAX),
	FIELDS_END,
};

void
ctl_put_samples(struct frame *f, const struct ctl_samples *s)
{
	frame_restart(f, CTL_SAMPLES);
	fields_put(f, samples_fields, s);
}

int
ctl_get_samples(struct frame *f, struct arena *a, struct ctl_samples *s, struct err *e)
{
	fields_get(f, samples_fields, s, a);
	if (!frame_ok(f) || fields_fault(samples_fields, s) != NULL)
		return fault("samples", e);
	for (uint32_t i = 1; i < s->n; i++)
		if (s->v[i - 1].at > s->v[i].at)
			return fault("samples", e);
	return 0;
}

static const struct field terms_fields[] = {
	FIELD_U32(struct ctl_terms, confirm),
	FIELD_I64(struct ctl_terms, every, .lo = 0, .hi = SPAN_MAX),
	FIELDS_END,
};

void
ctl_put_terms(struct frame *f, const struct ctl_terms *t)
{
	frame_restart(f, CTL_TERMS);
	fields_put(f, terms_fields, t);
}

int
ctl_get_terms(struct frame *f, struct ctl_terms *t, struct err *e)
{
	fields_get(f, terms_fields, t, NULL);
	if (!frame_ok(f) || fields_fault(terms_fields, t) != NULL || t->confirm == 0)
		return fault("terms", e);
	return 0;
}
