/* SPDX-License-Identifier: Apache-2.0
 *
 * json: a writer (RFC 8259). Commas and escaping are its job; what is not UTF-8 becomes U+FFFD, a
 * number that is not finite becomes null. The output is always ASCII-safe for controls.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/span.h"
#include "base/str.h"

#include <stdbool.h>

struct json {
	struct str *out; /* the caller's */
	bool comma;      /* the next value needs one before it */
};

void json_init(struct json *j, struct str *out);

/* Names may be NULL inside an array and at the top. */
void json_object(struct json *j, const char *name);
void json_object_end(struct json *j);
void json_array(struct json *j, const char *name);
void json_array_end(struct json *j);
void json_text(struct json *j, const char *name, const char *value); /* NULL gives null */
void json_number(struct json *j, const char *name, double value);
void json_int(struct json *j, const char *name, int64_t value);
void json_bool(struct json *j, const char *name, bool value);
void json_null(struct json *j, const char *name);
void json_time(struct json *j, const char *name, instant t); /* INSTANT_NONE gives null */

#endif
