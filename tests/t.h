/* SPDX-License-Identifier: Apache-2.0
 *
 * t: a test is a table whose rows read as sentences. Each check prints file:line, the row's name,
 * got and want when it fails; t_end prints "N passed, N failed" and gives main its exit code.
 */
#ifndef TESTS_T_H
#define TESTS_T_H

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int t_passed, t_failed;

static inline bool
t_note(bool ok, const char *file, int line, const char *row)
{
	if (ok)
		t_passed++;
	else {
		t_failed++;
		printf("%s:%d: %s: ", file, line, row);
	}
	return ok;
}

/* row: a sentence that names the case. */
#define T_TRUE(row, cond)                                                                          \
	do {                                                                                       \
		if (!t_note((cond), __FILE__, __LINE__, (row)))                                    \
			printf("not true: %s\n", #cond);                                           \
	} while (0)

#define T_INT(row, got, want)                                                                      \
	do {                                                                                       \
		long long t_g = (long long)(got), t_w = (long long)(want);                         \
		if (!t_note(t_g == t_w, __FILE__, __LINE__, (row)))                                \
			printf("%s is %lld, want %lld\n", #got, t_g, t_w);                         \
	} while (0)

#define T_NEAR(row, got, want, within)                                                             \
	do {                                                                                       \
		double t_g = (got), t_w = (want);                                                  \
		if (!t_note(fabs(t_g - t_w) <= (within), __FILE__, __LINE__, (row)))               \
			printf("%s is %.17g, want %.17g\n", #got, t_g, t_w);                       \
	} while (0)

#define T_TEXT(row, got, want)                                                                     \
	do {                                                                                       \
		const char *t_g = (got), *t_w = (want);                                            \
		bool t_same = t_g == t_w || (t_g != NULL && t_w != NULL && strcmp(t_g, t_w) == 0); \
		if (!t_note(t_same, __FILE__, __LINE__, (row)))                                    \
			printf("%s is \"%s\", want \"%s\"\n", #got, t_g ? t_g : "(null)",          \
			    t_w ? t_w : "(null)");                                                 \
	} while (0)

/* got contains want. */
#define T_HAS(row, got, want)                                                                      \
	do {                                                                                       \
		const char *t_g = (got), *t_w = (want);                                            \
		if (!t_note(t_g != NULL && strstr(t_g, t_w) != NULL, __FILE__, __LINE__, (row)))   \
			printf("%s is \"%s\", lacks \"%s\"\n", #got, t_g ? t_g : "(null)", t_w);   \
	} while (0)

static inline int
t_end(void)
{
	printf("%d passed, %d failed\n", t_passed, t_failed);
	return t_failed != 0 || t_passed == 0;
}

#endif
