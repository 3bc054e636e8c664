/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading dpkg's status.
 */
#include "dpkg.h"

#include <string.h>

/* What stands behind "NAME:" in a line, in the arena; NULL when the line is another. */
static const char *
value(const char *line, size_t n, const char *name, struct arena *a)
{
	size_t len = strlen(name);

	if (n <= len || memcmp(line, name, len) != 0 || line[len] != ':')
		return NULL;
	for (line += len + 1, n -= len + 1; n > 0 && line[0] == ' '; n--)
		line++;
	return arena_textn(a, line, n);
}

/* "want flag state": install ok installed, hold ok installed, install ok half-configured */
static void
take_status(const char *status, struct dpkg_package *p)
{
	const char *state = strrchr(status, ' ');

	state = state != NULL ? state + 1 : status;
	p->held = strncmp(status, "hold ", 5) == 0;
	p->installed = strcmp(state, "installed") == 0 || strncmp(state, "triggers-", 9) == 0;
	p->broken = strncmp(state, "half-", 5) == 0 || strcmp(state, "unpacked") == 0 ||
		    strstr(status, " reinstreq ") != NULL;
}

static void
finish(struct dpkg *d, struct dpkg_package *p, struct arena *a, size_t *cap)
{
	if (p->name != NULL && d->n == DPKG_PACKAGES_MAX)
		d->surplus = true;
	else if (p->name != NULL) {
		if (p->source == NULL)
			p->source = p->name;
		d->v = arena_grow(a, d->v, d->n, cap, sizeof(*d->v));
		d->v[d->n++] = *p;
	}
	*p = (struct dpkg_package){ .name = NULL };
}

void
dpkg_parse(const char *status, struct arena *a, struct dpkg *out)
{
	struct dpkg_package p = { .name = NULL };
	size_t cap = 0;

	*out = (struct dpkg){ .n = 0 };
	for (const char *line = status; *line != '\0';) {
		size_t n = strcspn(line, "\n");
		const char *v;

		if (n == 0)
			finish(out, &p, a, &cap);
		else if (line[0] == ' ' || line[0] == '\t') /* the field before goes on */
			;
		else if ((v = value(line, n, "Package", a)) != NULL)
			p.name = v;
		else if ((v = value(line, n, "Status", a)) != NULL)
			take_status(v, &p);
		else if ((v = value(line, n, "Version", a)) != NULL)
			p.version = v;
		else if ((v = value(line, n, "Source", a)) != NULL)
			p.source = arena_textn(a, v, strcspn(v, " "));
		line += n + (line[n] == '\n');
	}
	finish(out, &p, a, &cap);
}

const struct dpkg_package *
dpkg_find(const struct dpkg *d, const char *name)
{
	for (size_t i = 0; i < d->n; i++)
		if (strcmp(d->v[i].name, name) == 0)
			return &d->v[i];
	return NULL;
}
