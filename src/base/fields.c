/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the walk along a table of fields: packing, unpacking, limits.
 */
#include "base/fields.h"

#include <string.h>

/* The k-th of those side by side. */
static size_t
place(const struct field *x, size_t k)
{
	static const size_t sizes[] = {
		[FIELDS_TEXT] = sizeof(char *),
		[FIELDS_MAYBE] = sizeof(char *),
		[FIELDS_WORDS] = sizeof(char *),
		[FIELDS_FLAG] = sizeof(bool),
		[FIELDS_U32] = sizeof(uint32_t),
		[FIELDS_U64] = sizeof(uint64_t),
		[FIELDS_I64] = sizeof(int64_t),
		[FIELDS_F64] = sizeof(double),
		[FIELDS_PART] = 0,
		[FIELDS_LIST] = 0,
	};

	return x->at + k * sizes[x->kind];
}

static size_t
times(const struct field *x)
{
	return x->times > 0 ? x->times : 1;
}

static size_t
count_of(const struct field *x, const char *from)
{
	if (x->count_size == sizeof(uint32_t))
		return *(const uint32_t *)(const void *)(from + x->count_at);
	return *(const size_t *)(const void *)(from + x->count_at);
}

/* A list's first struct. Its pointer is copied, since it is of a type that is not known here. */
static const char *
list_of(const struct field *x, const char *from)
{
	const char *v;

	memcpy(&v, from + x->at, sizeof(v));
	return v;
}

static bool
is_known(const struct field *x, const char *from)
{
	return x->known_by == 0 || *(const bool *)(const void *)(from + x->known_by - 1);
}

static void
put_list(struct frame *f, const struct field *x, const char *from)
{
	const char *v = list_of(x, from);
	size_t n = count_of(x, from);

	frame_put_u32(f, (uint32_t)n);
	for (size_t i = 0; i < n; i++)
		fields_put(f, x->table, v + i * x->size);
}

static void
put_one(struct frame *f, const struct field *x, const char *from, size_t at)
{
	const void *p = from + at;

	switch (x->kind) {
	case FIELDS_TEXT:
	case FIELDS_MAYBE:
	case FIELDS_WORDS:
		frame_put_text(f, *(const char *const *)p);
		break;
	case FIELDS_FLAG:
		frame_put_u32(f, *(const bool *)p);
		break;
	case FIELDS_U32:
		frame_put_u32(f, *(const uint32_t *)p);
		break;
	case FIELDS_U64:
		frame_put_i64(f, *(const int64_t *)p);
		break;
	case FIELDS_I64:
		frame_put_i64(f, *(const int64_t *)p);
		break;
	case FIELDS_F64:
		frame_put_f64(f, is_known(x, from) ? *(const double *)p : 0);
		break;
	case FIELDS_PART:
		fields_put(f, x->table, p);
		break;
	case FIELDS_LIST:
		put_list(f, x, from);
		break;
	case FIELDS_STOP:
		break;
	}
}

void
fields_put(struct frame *f, const struct field *table, const void *from)
{
	for (const struct field *x = table; x->kind != FIELDS_STOP; x++)
		for (size_t k = 0; k < times(x); k++)
			put_one(f, x, from, place(x, k));
}

static void
get_list(struct frame *f, const struct field *x, char *to, struct arena *a)
{
	uint32_t n = frame_get_u32(f);
	char *v;

	if (n > x->hi)
		f->bad = true;
	if (f->bad)
		n = 0;
	v = n > 0 ? arena_array(a, n, x->size) : NULL;
	memcpy(to + x->at, &v, sizeof(v));
	if (x->count_size == sizeof(uint32_t))
		*(uint32_t *)(void *)(to + x->count_at) = n;
	else
		*(size_t *)(void *)(to + x->count_at) = n;
	for (uint32_t i = 0; i < n && !f->bad; i++)
		fields_get(f, x->table, v + i * x->size, a);
}

static void
get_one(struct frame *f, const struct field *x, char *to, size_t at, struct arena *a)
{
	void *p = to + at;

	switch (x->kind) {
	case FIELDS_TEXT:
	case FIELDS_MAYBE:
	case FIELDS_WORDS:
		*(const char **)p = frame_get_text(f, a);
		if (x->kind == FIELDS_WORDS && *(const char **)p == NULL)
			*(const char **)p = "";
		break;
	case FIELDS_FLAG:
		*(bool *)p = frame_get_flag(f);
		break;
	case FIELDS_U32:
		*(uint32_t *)p = frame_get_u32(f);
		break;
	case FIELDS_U64:
		*(uint64_t *)p = (uint64_t)frame_get_i64(f);
		break;
	case FIELDS_I64:
		*(int64_t *)p = frame_get_i64(f);
		break;
	case FIELDS_F64:
		*(double *)p = frame_get_f64(f);
		break;
	case FIELDS_PART:
		fields_get(f, x->table, p, a);
		break;
	case FIELDS_LIST:
		get_list(f, x, to, a);
		break;
	case FIELDS_STOP:
		break;
	}
}

void
fields_get(struct frame *f, const struct field *table, void *to, struct arena *a)
{
	for (const struct field *x = table; x->kind != FIELDS_STOP; x++)
		for (size_t k = 0; k < times(x); k++)
			get_one(f, x, to, place(x, k), a);
}

static bool
text_fits(const struct field *x, const char *s)
{
	size_t n = s != NULL ? strlen(s) : 0;

	if (s == NULL)
		return x->kind != FIELDS_TEXT;
	return (int64_t)n >= x->lo && (x->hi == 0 || (int64_t)n <= x->hi) &&
	       (x->fits == NULL || x->fits(s));
}

/* The name of what is wrong in a struct or list within: the outer one's, as messages know it. */
static bool
within_fits(const struct field *x, const char *in)
{
	const char *v = x->kind == FIELDS_PART ? in + x->at : list_of(x, in);
	size_t n = x->kind == FIELDS_PART ? 1 : count_of(x, in);

	if (x->kind == FIELDS_LIST && (int64_t)n > x->hi)
		return false;
	for (size_t i = 0; i < n; i++)
		if (fields_fault(x->table, v + i * x->size) != NULL)
			return false;
	return x->fits == NULL || x->fits(v);
}

static bool
one_fits(const struct field *x, const char *in, size_t at)
{
	const void *p = in + at;

	switch (x->kind) {
	case FIELDS_TEXT:
	case FIELDS_MAYBE:
	case FIELDS_WORDS:
		return text_fits(x, *(const char *const *)p);
	case FIELDS_U32:
		return x->hi == 0 || *(const uint32_t *)p <= x->hi;
	case FIELDS_I64:
		return x->hi == 0 || (*(const int64_t *)p >= x->lo && *(const int64_t *)p <= x->hi);
	case FIELDS_F64:
		return x->fits == NULL || !is_known(x, in) || x->fits(p);
	case FIELDS_PART:
	case FIELDS_LIST:
		return within_fits(x, in);
	case FIELDS_FLAG:
	case FIELDS_U64:
	case FIELDS_STOP:
		break;
	}
	return true;
}

const char *
fields_fault(const struct field *table, const void *in)
{
	for (const struct field *x = table; x->kind != FIELDS_STOP; x++)
		for (size_t k = 0; k < times(x); k++)
			if (!one_fits(x, in, place(x, k)))
				return x->called != NULL ? x->called : x->name;
	return NULL;
}
