/* SPDX-License-Identifier: Apache-2.0
 *
 * str: text that grows, with a ceiling. Past the ceiling it takes nothing more and says so in
 * `cut`; it never fails in between, so that building text is a straight line. Without memory the
 * process ends (base/memory).
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>

struct str {
	char *s; /* ends with NUL; never NULL after str_init */
	size_t len, cap, max;
	bool cut;
};

void str_init(struct str *b, size_t max);
void str_fini(struct str *b);
void str_clear(struct str *b);
void str_add(struct str *b, const char *text);
void str_addn(struct str *b, const char *bytes, size_t n);
void str_addc(struct str *b, char c);
__attribute__((format(printf, 2, 3))) void str_addf(struct str *b, const char *fmt, ...);

#endif
