/* SPDX-License-Identifier: Apache-2.0
 *
 * fields: a struct to and from a frame by one table, so that packing, unpacking and limits cannot
 * differ. A table has a line a member, in the order in which they travel; FIELDS_END is its last:
 *
 *	static const struct field letter[] = {
 *		FIELD_I64(struct letter, row),
 *		FIELD_TEXT(struct letter, order, .hi = LETTER_ORDER_MAX),
 *		FIELDS_END,
 *	};
 *
 * A member of another type than its line says does not compile. Unpacking takes whatever fits the
 * types; fields_fault then holds it against the limits.
 */
#ifndef BASE_FIELDS_H
#define BASE_FIELDS_H

#include "base/frame.h"

#include <stddef.h>

enum field_kind {
	FIELDS_STOP,
	FIELDS_TEXT,  /* const char *: must be there, lo to hi bytes */
	FIELDS_MAYBE, /* const char *: NULL travels as NULL */
	FIELDS_WORDS, /* const char *: NULL comes out as "" */
	FIELDS_FLAG,  /* bool, as a u32 of 0 or 1 */
	FIELDS_U32,   /* uint32_t, or an enum: hi is the greatest there is */
	FIELDS_U64,   /* uint64_t */
	FIELDS_I64,   /* int64_t, a span or an instant: lo to hi */
	FIELDS_F64,   /* double */
	FIELDS_PART,  /* a struct within, by its own table */
	FIELDS_LIST,  /* a pointer to structs and, elsewhere, their number: at most hi */
};

struct field {
	enum field_kind kind;
	const char *name;   /* of the member */
	const char *called; /* by people, in a refusal; NULL: by its name */
	size_t at;          /* bytes from the start of the struct */
	int64_t lo, hi;     /* limits, both included; hi 0: none */
	size_t times;       /* so many of them side by side; 0 is 1 */
	/* A limit that no number says: of a text its pointer, else a pointer to the member. */
	bool (*fits)(const void *member);
	/* F64: 1 + the place of a flag; when that is not set it travels as 0 and has no limit. 0:
	 * it is always known. */
	size_t known_by;
	const struct field *table;   /* PART, LIST */
	size_t size;                 /* LIST: of one struct */
	size_t count_at, count_size; /* LIST: where their number is, and its bytes */
};

/* NOLINTBEGIN(bugprone-macro-parentheses): types stand in no parentheses */
#define FIELD_OF(s, member, type) _Generic(((s *)0)->member, type : offsetof(s, member))
#define FIELD_LINE(k, s, m, type, ...)                                                             \
	{                                                                                          \
		.kind = (k), .name = #m, .at = FIELD_OF(s, m, type), __VA_ARGS__                   \
	}
#define FIELD_TEXT(s, m, ...) FIELD_LINE(FIELDS_TEXT, s, m, const char *, __VA_ARGS__)
#define FIELD_MAYBE(s, m, ...) FIELD_LINE(FIELDS_MAYBE, s, m, const char *, __VA_ARGS__)
#define FIELD_WORDS(s, m, ...) FIELD_LINE(FIELDS_WORDS, s, m, const char *, __VA_ARGS__)
#define FIELD_FLAG(s, m, ...) FIELD_LINE(FIELDS_FLAG, s, m, bool, __VA_ARGS__)
#define FIELD_U32(s, m, ...) FIELD_LINE(FIELDS_U32, s, m, uint32_t, __VA_ARGS__)
#define FIELD_ENUM(s, m, type, n, ...) FIELD_LINE(FIELDS_U32, s, m, type, .hi = (n)-1, __VA_ARGS__)
#define FIELD_U64(s, m, ...) FIELD_LINE(FIELDS_U64, s, m, uint64_t, __VA_ARGS__)
#define FIELD_I64(s, m, ...) FIELD_LINE(FIELDS_I64, s, m, int64_t, __VA_ARGS__)
#define FIELD_F64(s, m, ...) FIELD_LINE(FIELDS_F64, s, m, double, __VA_ARGS__)
#define FIELD_PART(s, m, type, t, ...)                                                             \
	FIELD_LINE(FIELDS_PART, s, m, type, .table = (t), __VA_ARGS__)
/* A double that is only known when the flag is set. */
#define FIELD_IF(s, m, flag, ...)                                                                  \
	FIELD_LINE(FIELDS_F64, s, m, double, .known_by = 1 + FIELD_OF(s, flag, bool), __VA_ARGS__)
/* m, a type *, has n structs of the table, at most max. n: a uint32_t or a size_t. */
#define FIELD_LIST(s, m, n, type, t, max)                                                          \
	{                                                                                          \
		.kind = FIELDS_LIST, .name = #m, .at = FIELD_OF(s, m, type *), .table = (t),       \
		.size = sizeof(type), .hi = (max), .count_at = offsetof(s, n),                     \
		.count_size = sizeof(((s *)0)->n)                                                  \
	}
#define FIELDS_END                                                                                 \
	{                                                                                          \
		.kind = FIELDS_STOP                                                                \
	}

/* NOLINTEND(bugprone-macro-parentheses) */

void fields_put(struct frame *f, const struct field *table, const void *from);

/* Text and lists lie in the arena. What cannot be read makes the frame bad: a list of more than its
 * hi, a flag of neither 0 nor 1, bytes that end too soon. a may be NULL for a table without text
 * and lists. */
void fields_get(struct frame *f, const struct field *table, void *to, struct arena *a);

/* The name of the first field that is past its limits, NULL when all is well. */
const char *fields_fault(const struct field *table, const void *in);

#endif
