/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns finding and decoding the certificates of a text file.
 */
#include "probes/x509/pem.h"

#include <string.h>

#define BEGIN "-----BEGIN "
#define END "-----END "
#define DASHES "-----"
#define LABEL_LOOK 256 /* bytes in which a label must end */

void
pem_init(struct pem *p, char *data, size_t len)
{
	*p = (struct pem){ .data = data, .len = len, .line = 1, .end = PEM_UNKNOWN };
}

bool
pem_likely(const char *data, size_t len)
{
	return memmem(data, len, BEGIN, sizeof(BEGIN) - 1) != NULL;
}

static bool
is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

/* Steps to a place further on and counts the lines between; CR LF is one line end. */
static void
step_to(struct pem *p, size_t to)
{
	for (; p->at < to; p->at++)
		if (p->data[p->at] == '\n' ||
		    (p->data[p->at] == '\r' && (p->at + 1 >= p->len || p->data[p->at + 1] != '\n')))
			p->line++;
}

/* Text may stand before a block on its line when it ends as a quoted, tagged or named value does,
 * or as the block before. A comment's sign does not: the block is switched off. */
static bool
may_precede(const char *data, const char *begin)
{
	const char *end = begin;

	if (begin - data >= 5 && memcmp(begin - 5, DASHES, 5) == 0)
		return true;
	while (end > data && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	return end == data || is_line_end(end[-1]) || strchr("\"'>=:|", end[-1]) != NULL;
}

/* The dashes behind a label, on its line; NULL: it is none. */
static const char *
label_end(const char *s, const char *end)
{
	const char *most = end - s < LABEL_LOOK ? end : s + LABEL_LOOK;

	for (const char *c = s; c + 5 <= most && !is_line_end(*c); c++)
		if (memcmp(c, DASHES, 5) == 0)
			return c;
	return NULL;
}

/* The next "-----BEGIN label-----" from p->at on and before `limit`; where it ends in *after. */
static bool
find_begin(const struct pem *p, size_t limit, size_t *at, size_t *after, char label[PEM_LABEL_MAX])
{
	const size_t head = sizeof(BEGIN) - 1;
	const char *s = p->data + p->at, *end = p->data + limit;

	while ((s = memmem(s, (size_t)(end - s), BEGIN, head)) != NULL) {
		const char *close = label_end(s + head, end);
		size_t n;

		if (close == NULL || !may_precede(p->data, s)) {
			s += head;
			continue;
		}
		n = (size_t)(close - s) - head;
		if (n >= PEM_LABEL_MAX)
			n = PEM_LABEL_MAX - 1;
		for (size_t i = 0; i < n; i++)
			label[i] = s[head + i] >= ' ' && s[head + i] < 0x7f ? s[head + i] : '?';
		label[n] = '\0';
		*at = (size_t)(s - p->data);
		*after = (size_t)(close + 5 - p->data);
		return true;
	}
	return false;
}

/* The next "-----END ", looked for once however many blocks begin before it. */
static bool
find_end(struct pem *p)
{
	const char *end;

	if (p->end != PEM_UNKNOWN && p->end >= p->at)
		return p->end < p->len;
	end = memmem(p->data + p->at, p->len - p->at, END, sizeof(END) - 1);
	p->end = end != NULL ? (size_t)(end - p->data) : p->len;
	return end != NULL;
}

static int
sextet(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == '+')
		return 62;
	return c == '/' ? 63 : -1;
}

struct base64 {
	uint8_t *out;
	size_t n;
	uint32_t bits;
	unsigned have, pads;
};

/* Output never overtakes input, so both may be the same memory. */
static bool
decode_line(struct base64 *d, const char *line, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		int v = sextet(line[i]);

		if (line[i] == ' ' || line[i] == '\t')
			continue;
		if (line[i] == '=') {
			if (++d->pads > 2)
				return false;
			continue;
		}
		if (v < 0 || d->pads > 0)
			return false;
		d->bits = d->bits << 6 | (uint32_t)v;
		d->have += 6;
		if (d->have >= 8) {
			d->have -= 8;
			d->out[d->n++] = (uint8_t)(d->bits >> d->have);
		}
	}
	return true;
}

static void
broken(struct pem_block *b, const char *why)
{
	b->kind = PEM_BROKEN;
	if (b->why == NULL)
		b->why = why;
}

/* The lines between two places; what is no base64 makes the block broken. */
static void
decode(struct pem *p, struct pem_block *b, struct base64 *d, size_t to)
{
	while (p->at < to) {
		char *line = p->data + p->at, *end = p->data + to, *stop = line;

		while (stop < end && !is_line_end(*stop))
			stop++;
		/* RFC 1421 headers, as "Proc-Type: 4,CLEAR" */
		if (b->why == NULL && memchr(line, ':', (size_t)(stop - line)) == NULL &&
		    !decode_line(d, line, (size_t)(stop - line)))
			broken(b, "it holds characters that are not base64");
		step_to(p, (size_t)(stop - p->data) + (stop < end));
	}
}

/* Is `label` what stands from s to `close`? Without a close: no. */
static bool
same_label(const char *label, const char *s, const char *close)
{
	size_t n = strlen(label);

	return close != NULL && (size_t)(close - s) == n && memcmp(s, label, n) == 0;
}

/* From behind the BEGIN to behind the END; before another BEGIN, if that comes first. */
static void
read_body(struct pem *p, struct pem_block *b, bool wanted)
{
	struct base64 d = { .out = (uint8_t *)p->data + p->at };
	bool ended = find_end(p), next;
	size_t stop = p->end, at, after;
	char label[PEM_LABEL_MAX];
	const char *close;

	next = find_begin(p, stop, &at, &after, label);

	if (next)
		stop = at;
	if (wanted)
		decode(p, b, &d, stop);
	step_to(p, stop);
	if (wanted && next)
		broken(b, "another block begins before its END line");
	else if (wanted && !ended)
		broken(b, "its END line is missing");
	/* a lone sextet holds no byte: something is lost */
	else if (wanted && d.have >= 6)
		broken(b, "its base64 is cut short");
	b->der = (struct der){ d.out, wanted ? d.n : 0 };
	if (next || !ended)
		return;
	stop += sizeof(END) - 1;
	close = label_end(p->data + stop, p->data + p->len);
	if (wanted && !same_label(b->label, p->data + stop, close))
		broken(b, "its END line is of another kind");
	step_to(p, close != NULL ? (size_t)(close - p->data) + 5 : stop);
}

enum pem_kind
pem_next(struct pem *p, struct pem_block *b)
{
	size_t at, after;
	bool cert, bundle, list;

	memset(b, 0, sizeof(*b));
	if (!find_begin(p, p->len, &at, &after, b->label)) {
		step_to(p, p->len);
		return b->kind = PEM_END;
	}
	step_to(p, at);
	b->line = p->line;
	step_to(p, after);
	cert = strcmp(b->label, "CERTIFICATE") == 0 || strcmp(b->label, "X509 CERTIFICATE") == 0 ||
	       strcmp(b->label, "TRUSTED CERTIFICATE") == 0;
	bundle = strcmp(b->label, "PKCS7") == 0 || strcmp(b->label, "CMS") == 0;
	list = strcmp(b->label, "X509 CRL") == 0;
	b->kind = cert ? PEM_CERTIFICATE : bundle ? PEM_BUNDLE : list ? PEM_LIST : PEM_OTHER;
	read_body(p, b, cert || bundle || list);
	return b->kind;
}
