/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the pieces at the start of records of auditd and syslog: numbers, names of computers,
 * priorities.
 */
#include "record.h"

#include <string.h>

#define NODE_MAX 300 /* bytes of "node=... " before a record of auditd */

static inline bool
starts_with(const char *s, size_t n, const char *word)
{
	size_t len = strlen(word);

	return n >= len && memcmp(s, word, len) == 0;
}

/* "<PRI>" (RFC 3164 4.1.1, RFC 5424 6.2.1), with the version that follows it. */
size_t
record_pri(const char *s, size_t n)
{
	size_t i = 1;

	if (n < 3 || s[0] != '<')
		return 0;
	while (i < n && i < 4 && s[i] >= '0' && s[i] <= '9')
		i++;
	if (i == 1 || i >= n || s[i] != '>')
		return 0;
	i++;
	if (i + 1 < n && s[i] == '1' && s[i + 1] == ' ')
		i += 2;
	return i;
}

/* Digits of an unsigned number; 0 when there are none or too many. */
static size_t
digits(const char *s, size_t n, uint64_t *out)
{
	size_t i = 0;

	*out = 0;
	while (i < n && s[i] >= '0' && s[i] <= '9') {
		if (i >= 19)
			return 0;
		*out = *out * 10 + (uint64_t)(s[i] - '0');
		i++;
	}
	return i;
}

/* A number for the name of a computer (FNV-1a); never 0, which is none. */
static uint64_t
node_of(const char *name, size_t n)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)name[i]) * UINT64_C(1099511628211);
	return h != 0 ? h : 1;
}

/* "type=X msg=audit(SECONDS.MMM:SERIAL):", perhaps behind "node=NAME " (audit-userspace). */
void
record_auditd(const char *rec, size_t n, struct record_info *out)
{
	const char *p = rec, *end = rec + n, *sp;
	uint64_t sec, ms, serial;
	size_t k;

	if (starts_with(p, n, "node=")) {
		sp = memchr(p, ' ', n < NODE_MAX ? n : NODE_MAX);
		if (sp == NULL)
			return;
		out->node = node_of(p, (size_t)(sp - p));
		p = sp + 1;
	}
	if (!starts_with(p, (size_t)(end - p), "type="))
		return;
	p += 5;
	out->own_counter = starts_with(p, (size_t)(end - p), "DAEMON_");
	out->starts = starts_with(p, (size_t)(end - p), "DAEMON_START ");
	sp = memchr(p, ' ', end - p < NODE_MAX ? (size_t)(end - p) : NODE_MAX);
	if (sp == NULL || !starts_with(sp, (size_t)(end - sp), " msg=audit("))
		return;
	p = sp + 11;
	k = digits(p, (size_t)(end - p), &sec);
	if (k == 0 || k > 11 || end - p <= (ptrdiff_t)k || p[k] != '.')
		return;
	p += k + 1;
	k = digits(p, (size_t)(end - p), &ms);
	if (k != 3 || end - p <= (ptrdiff_t)k || p[k] != ':')
		return;
	p += k + 1;
	k = digits(p, (size_t)(end - p), &serial);
	if (k == 0 || serial > UINT32_MAX || end - p <= (ptrdiff_t)k || p[k] != ')')
		return;
	out->has_time = out->has_seq = out->zoned = true;
	out->at = (instant)sec * INSTANT_S + (instant)ms * 1000;
	out->seq = serial;
}

bool
record_is_auditd(const char *rec, size_t n)
{
	struct record_info info = { 0 };

	record_auditd(rec, n, &info);
	return info.has_seq;
}

bool
record_number(struct slice s, uint64_t *out)
{
	size_t k = digits(s.p, s.n, out);

	return k > 0 && k == s.n;
}
