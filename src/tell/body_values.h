/* SPDX-License-Identifier: Apache-2.0
 *
 * body_values: what {{name}} stands for in a template. One table; packaging/feed.md lists it.
 */
#ifndef TELL_BODY_VALUES_H
#define TELL_BODY_VALUES_H

#include "tell/body.h"

struct template_value {
	const char *name;
	bool number; /* digits only: may stand outside quotes */
	/* one of the two */
	size_t text_at; /* a text member of struct event ... */
	void (*get)(const struct event *v, const struct body_terms *t, struct str *out);
	size_t max; /* ... and its ceiling in characters */
};

/* Sorted by name; the last has a NULL name. */
extern const struct template_value template_values[];

const struct template_value *template_value_find(const char *name, size_t len);

/* Appends the value, clean, not escaped; only "details" has line ends in it. */
void template_value_get(const struct template_value *x, const struct event *v,
    const struct body_terms *t, struct str *out);

#endif
