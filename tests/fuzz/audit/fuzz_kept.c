/* SPDX-License-Identifier: Apache-2.0
 *
 * auditd.conf and journald.conf of any bytes: what is taken of them lies within their limits, and a
 * judgement over it ends.
 */
#include "probes/audit/keeping.h"
#include "probes/audit/kept_conf.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
judge(const struct keeping_terms *t)
{
	struct keeping_seen v = { .now = 1700000000 * INSTANT_S,
		.retention = 365 * SPAN_DAY,
		.rate = { 1e3, 1e6 },
		.past = 3,
		.held = 1 << 20,
		.aside = 1690000000 * INSTANT_S,
		.eldest = 1680000000 * INSTANT_S };
	struct keeping k;

	keeping_judge(t, &v, &k);
	if (k.least < 0 || k.most < k.least || (k.key != NULL && k.words[0] == '\0'))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct kept_journald j = { .files = 0 };
	struct keeping_terms t;
	struct kept_auditd a;

	kept_auditd_read(&a, text, size);
	if (memchr(a.log_file, '\0', sizeof(a.log_file)) == NULL)
		abort();
	t = kept_auditd(&a);
	judge(&t);
	kept_journald_read(&j, "a", text, size / 2);
	kept_journald_read(&j, "b", text + size / 2, size - size / 2);
	t = kept_journald(&j, (uint64_t)1 << 36, (uint64_t)1 << 34, (uint64_t)1 << 30);
	if (t.total == 0)
		abort();
	judge(&t);
	return 0;
}
