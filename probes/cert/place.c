/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how the certificates of one place are named.
 */
#include "probes/cert/place.h"

#include "probes/x509/x509_item.h"

#include <stdio.h>

void
cert_place_init(struct cert_place *p, struct cert_run *run, uint32_t entry, enum census_kind kind,
    const char *name, struct arena *a)
{
	*p = (struct cert_place){ .name = name,
		.number = census_place(run->census, entry, kind, name),
		.position = 1,
		.arena = a };
}

/* FNV-1a: only tells apart the names within one file; a collision adds a serial to a name. */
static uint64_t
hash(const char *s)
{
	uint64_t h = 14695981039346656037u;

	while (*s != '\0')
		h = (h ^ (unsigned char)*s++) * 1099511628211u;
	return h;
}

/* Two authorities of one name in one file: the serial tells them apart. */
static const char *
target_of(struct cert_run *run, struct cert_place *p, const struct x509 *c)
{
	const char *label = x509_label(c, run->item);
	char serial[2 * X509_SERIAL_SHOWN + 1];
	uint64_t h = hash(label);
	bool used = false;

	if (p->labels == NULL)
		p->labels = arena_array(p->arena, CERT_PER_FILE_MAX + 1, sizeof(*p->labels));
	for (size_t i = 2; i < p->position && !used; i++)
		used = p->labels[i] == h;
	p->labels[p->position] = h;
	if (!used)
		return arena_printf(run->item, "%s: %s", p->name, label);
	x509_serial(c->serial, serial);
	return arena_printf(run->item, "%s: %s (serial %s)", p->name, label, serial);
}

int
cert_place_show(
    struct cert_run *run, struct cert_place *p, struct der der, const char *called, struct err *e)
{
	const char *target = called != NULL ? called : p->name;
	struct x509 c;
	int rc;

	if (x509_parse(der.p, der.len, &c, e) < 0)
		return -1;
	if (p->position > 1 && called == NULL)
		target = target_of(run, p, &c);
	rc = census_show(run->census, p->number, p->position, target, NULL, der, e);
	if (rc == 0)
		p->position++;
	arena_reset(run->item);
	return rc;
}

void
cert_unknown(const struct cert_run *run, const char *rule, const char *target, const char *summary,
    const char *reason)
{
	struct evidence ev = { "reason", reason };
	struct item it = {
		.target = target,
		.rule = rule,
		.state = ITEM_UNKNOWN,
		.summary = summary,
		.evidence = &ev,
		.nevidence = reason != NULL,
	};

	probe_emit(run->ctx, &it);
}
