/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the file in which the probe remembers.
 */
#include "memory.h"

#include "base/file.h"
#include "base/str.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define FILE_NAME "places"
#define HEAD "forewarn places 1\n"

/* "since n ms ... url" */
static bool
parse_line(char *line, struct memory_place *p)
{
	char *end;
	size_t n;

	*p = (struct memory_place){ .since = strtoll(line, &end, 10) };
	if (end == line || *end != ' ')
		return false;
	n = strtoul(end, &end, 10);
	if (*end != ' ' || n > MEMORY_TIMES)
		return false;
	while (p->n < n && *end == ' ' && end[1] >= '0' && end[1] <= '9')
		p->ms[p->n++] = (uint32_t)strtoul(end, &end, 10);
	if (p->n != n || *end != ' ' || end[1] == '\0' || strlen(end + 1) >= MEMORY_URL_MAX)
		return false;
	memcpy(p->url, end + 1, strlen(end + 1) + 1);
	return true;
}

bool
memory_parse(char *text, struct memory *m)
{
	char *line;

	m->n = 0;
	if (strncmp(text, HEAD, strlen(HEAD)) != 0)
		return false;
	text += strlen(HEAD);
	while ((line = strsep(&text, "\n")) != NULL && *line != '\0')
		if (m->n == MEMORY_PLACES_MAX || !parse_line(line, &m->v[m->n++]))
			return false;
	return true;
}

void
memory_read(const struct probe_ctx *ctx, struct memory *m)
{
	struct err e;
	char *text;
	size_t len;

	*m = (struct memory){ arena_array(ctx->arena, MEMORY_PLACES_MAX, sizeof(*m->v)), 0 };
	if (ctx->state_fd >= 0 &&
	    file_read(ctx->state_fd, FILE_NAME, FILE_NOFOLLOW, MEMORY_BYTES_MAX, ctx->arena, &text,
		&len, &e) == 0 &&
	    !memory_parse(text, m))
		m->n = 0;
}

int
memory_write(const struct probe_ctx *ctx, const struct memory *m, struct err *e)
{
	struct str s;
	int rc;

	if (ctx->state_fd < 0)
		return 0;
	str_init(&s, MEMORY_BYTES_MAX);
	str_add(&s, HEAD);
	for (size_t i = 0; i < m->n; i++) {
		const struct memory_place *p = &m->v[i];

		if (!p->used)
			continue;
		str_addf(&s, "%" PRId64 " %zu", (int64_t)p->since, p->n);
		for (size_t k = 0; k < p->n; k++)
			str_addf(&s, " %" PRIu32, p->ms[k]);
		str_addf(&s, " %s\n", p->url);
	}
	rc = file_replace(ctx->state_fd, FILE_NAME, 0600, s.s, s.len, e);
	str_fini(&s);
	return rc;
}

struct memory_place *
memory_of(struct memory *m, const char *url)
{
	struct memory_place *p;

	for (size_t i = 0; i < m->n; i++)
		if (strcmp(m->v[i].url, url) == 0) {
			m->v[i].used = true;
			return &m->v[i];
		}
	if (m->n == MEMORY_PLACES_MAX || strlen(url) >= MEMORY_URL_MAX)
		return NULL;
	p = &m->v[m->n++];
	*p = (struct memory_place){ .used = true };
	memcpy(p->url, url, strlen(url) + 1);
	return p;
}

void
memory_add(struct memory_place *p, int64_t took_ns)
{
	if (p->n == MEMORY_TIMES)
		memmove(p->ms, p->ms + 1, --p->n * sizeof(p->ms[0]));
	p->ms[p->n++] = (uint32_t)(took_ns / 1000000 < 0xffffff ? took_ns / 1000000 : 0xffffff);
}

static int
by_size(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

uint32_t
memory_usual(const struct memory_place *p)
{
	uint32_t v[MEMORY_TIMES];

	if (p->n < MEMORY_FEW)
		return 0;
	memcpy(v, p->ms, p->n * sizeof(v[0]));
	qsort(v, p->n, sizeof(v[0]), by_size);
	return v[p->n / 2];
}
