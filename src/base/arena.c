/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns blocks of memory that are freed together.
 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define BLOCK_MIN ((size_t)4096)

struct block {
	struct block *next;
	size_t size, used;
	alignas(max_align_t) char data[];
};

struct arena {
	struct block *head;
	size_t ceiling, total, used;
};

static _Noreturn void
out_of_memory(const char *why, size_t ceiling)
{
	fprintf(stderr, "out of memory: %s (ceiling %zu bytes)\n", why, ceiling);
	_exit(EX_OSERR);
}

struct arena *
arena_new(size_t ceiling)
{
	struct arena *a = calloc(1, sizeof(*a));

	if (a == NULL)
		out_of_memory("no memory for an arena", ceiling);
	a->ceiling = ceiling;
	return a;
}

void
arena_free(struct arena *a)
{
	if (a == NULL)
		return;
	while (a->head != NULL) {
		struct block *b = a->head;

		a->head = b->next;
		free(b);
	}
	free(a);
}

void
arena_reset(struct arena *a)
{
	while (a->head != NULL && a->head->next != NULL) {
		struct block *b = a->head;

		a->head = b->next;
		a->total -= b->size;
		free(b);
	}
	if (a->head != NULL)
		a->head->used = 0;
	a->used = 0;
}

size_t
arena_used(const struct arena *a)
{
	return a->used;
}

static struct block *
block_add(struct arena *a, size_t size)
{
	size_t want = a->head != NULL ? a->head->size * 2 : BLOCK_MIN;
	struct block *b;

	if (want > 1u << 20)
		want = 1u << 20;
	if (want < size)
		want = size;
	if (size > a->ceiling || a->total > a->ceiling - size)
		out_of_memory("an arena is full", a->ceiling);
	b = malloc(sizeof(*b) + want);
	if (b == NULL)
		out_of_memory("malloc", a->ceiling);
	b->size = want;
	b->used = 0;
	b->next = a->head;
	a->head = b;
	a->total += want;
	return b;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	struct block *b = a->head;
	void *p;

	if (size > SIZE_MAX / 2)
		out_of_memory("an absurd size", a->ceiling);
	size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	if (b == NULL || b->size - b->used < size)
		b = block_add(a, size);
	p = b->data + b->used;
	b->used += size;
	a->used += size;
	return memset(p, 0, size);
}

void *
arena_array(struct arena *a, size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / 2 / size)
		out_of_memory("an absurd array", a->ceiling);
	return arena_alloc(a, n * size);
}

void *
arena_grow(struct arena *a, void *array, size_t n, size_t *cap, size_t size)
{
	void *bigger;

	if (n < *cap)
		return array;
	*cap = *cap == 0 ? 8 : *cap * 2;
	bigger = arena_array(a, *cap, size);
	if (n > 0)
		memcpy(bigger, array, n * size);
	return bigger;
}

char *
arena_textn(struct arena *a, const char *text, size_t len)
{
	char *s = arena_alloc(a, len + 1);

	memcpy(s, text, len);
	return s;
}

char *
arena_text(struct arena *a, const char *text)
{
	return arena_textn(a, text, strlen(text));
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *s;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		n = 0;
	s = arena_alloc(a, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(s, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return s;
}
