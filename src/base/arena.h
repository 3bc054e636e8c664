/* SPDX-License-Identifier: Apache-2.0
 *
 * arena: memory that is freed at once. What is born together dies together: one arena a result,
 * one a configuration. Allocation never returns NULL: an arena past its ceiling, or a machine
 * without memory, ends the process with one line and EX_OSERR. In a cell that is one UNKNOWN; in
 * the parent the ceilings of files and frames keep it from happening.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

/* ceiling in bytes. */
struct arena *arena_new(size_t ceiling);
void arena_free(struct arena *a);

/* Frees all but one block: what was handed out before is gone. */
void arena_reset(struct arena *a);
size_t arena_used(const struct arena *a);

/* Zeroed, aligned for any type. */
void *arena_alloc(struct arena *a, size_t size);
void *arena_array(struct arena *a, size_t n, size_t size);

/* An array of n elements made room for one more: the same place or a copy twice as large. *cap is
 * kept by the call; start with NULL, 0, 0. */
void *arena_grow(struct arena *a, void *array, size_t n, size_t *cap, size_t size);

char *arena_text(struct arena *a, const char *text);
char *arena_textn(struct arena *a, const char *text, size_t len);
__attribute__((format(printf, 2, 3))) char *arena_printf(struct arena *a, const char *fmt, ...);

#endif
