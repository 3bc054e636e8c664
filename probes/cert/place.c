/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how the certificates of one place are named and told.
 */
#include "probes/cert/place.h"

#include "probes/x509/x509_item.h"

#include <stdio.h>

void
cert_place_init(struct cert_place *p, const char *kind, const char *name, struct arena *a)
{
	*p = (struct cert_place){ .name = name, .kind = kind, .position = 1, .arena = a };
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
	char serial[2 * 20 + 1] = "";
	uint64_t h = hash(label);
	bool used = false;

	if (p->labels == NULL)
		p->labels = arena_array(p->arena, CERT_PER_FILE_MAX + 1, sizeof(*p->labels));
	for (size_t i = 2; i < p->position && !used; i++)
		used = p->labels[i] == h;
	p->labels[p->position] = h;
	if (!used)
		return arena_printf(run->item, "%s: %s", p->name, label);
	for (size_t i = 0; i < c->serial.len && i < 20; i++)
		snprintf(serial + 2 * i, 3, "%02x", c->serial.p[i]);
	return arena_printf(run->item, "%s: %s (serial %s)", p->name, label, serial);
}

int
cert_place_show(struct cert_run *run, struct cert_place *p, struct der der,
    const struct evidence *more, size_t nmore, struct err *e)
{
	struct x509_place place = {
		.rule_expiry = "cert.expiry",
		.rule_validity = "cert.validity",
		.target = p->name,
	};
	char position[24];
	struct x509 c;

	if (x509_parse(der.p, der.len, &c, e) < 0)
		return -1;
	if (p->position > 1 && !seen_add(&run->chain, c.whole)) {
		p->position++;
		return 0;
	}
	if (p->position > 1)
		place.target = target_of(run, p, &c);
	snprintf(position, sizeof(position), "%zu", p->position++);
	place.evidence[place.nevidence++] = (struct evidence){ p->kind, p->name };
	place.evidence[place.nevidence++] = (struct evidence){ "position", position };
	for (size_t i = 0; i < nmore && place.nevidence < EVIDENCE_EXTRA_MAX; i++)
		place.evidence[place.nevidence++] = more[i];
	x509_emit(run->ctx, run->item, &c, &place, run->now);
	arena_reset(run->item);
	return 0;
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
