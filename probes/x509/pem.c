/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns finding and decoding the certificates of a text file.
 */
#include "probes/x509/pem.h"

#include <string.h>

#define BEGIN "-----BEGIN "
#define END "-----END "
#define DASHES "-----"

void
pem_init(struct pem *p, char *data, size_t len)
{
	*p = (struct pem){ data, len, 0, 1 };
}

bool
pem_likely(const char *data, size_t len)
{
	return memmem(data, len, BEGIN, sizeof(BEGIN) - 1) != NULL;
}

/* One line without its end and the white space around it; false at the end of the file. */
static bool
next_line(struct pem *p, char **line, size_t *len)
{
	char *s = p->data + p->at, *end = p->data + p->len, *stop = s;

	if (p->at >= p->len)
		return false;
	while (stop < end && *stop != '\n' && *stop != '\r')
		stop++;
	p->at = (size_t)(stop - p->data);
	if (p->at < p->len) {
		p->at++;
		if (*stop == '\r' && p->at < p->len && p->data[p->at] == '\n')
			p->at++;
	}
	while (s < stop && (*s == ' ' || *s == '\t'))
		s++;
	while (stop > s && (stop[-1] == ' ' || stop[-1] == '\t'))
		stop--;
	*line = s;
	*len = (size_t)(stop - s);
	p->line++;
	return true;
}

static bool
starts(const char *line, size_t len, const char *with)
{
	size_t n = strlen(with);

	return len >= n && memcmp(line, with, n) == 0;
}

/* The label of "-----BEGIN label-----"; false when the line is none. */
static bool
begins(const char *line, size_t len, char label[PEM_LABEL_MAX])
{
	size_t head = sizeof(BEGIN) - 1, tail = sizeof(DASHES) - 1, n;

	if (!starts(line, len, BEGIN) || len < head + tail ||
	    memcmp(line + len - tail, DASHES, tail) != 0)
		return false;
	n = len - head - tail;
	if (n >= PEM_LABEL_MAX)
		n = PEM_LABEL_MAX - 1;
	for (size_t i = 0; i < n; i++)
		label[i] = line[head + i] >= ' ' && line[head + i] < 0x7f ? line[head + i] : '?';
	label[n] = '\0';
	return true;
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

/* From behind the BEGIN line to behind the END line; before another BEGIN, if that comes first. */
static void
read_body(struct pem *p, struct pem_block *b, bool decode)
{
	struct base64 d = { .out = (uint8_t *)p->data + p->at };
	char label[PEM_LABEL_MAX];
	size_t before = p->at, len;
	char *line;

	for (; next_line(p, &line, &len); before = p->at) {
		if (starts(line, len, END))
			break;
		if (begins(line, len, label)) {
			p->at = before;
			p->line--;
			if (decode)
				broken(b, "another block begins before its END line");
			return;
		}
		/* RFC 1421 headers, as "Proc-Type: 4,CLEAR" */
		if (!decode || b->why != NULL || memchr(line, ':', len) != NULL)
			continue;
		if (!decode_line(&d, line, len))
			broken(b, "it holds characters that are not base64");
	}
	if (!decode)
		return;
	if (before >= p->len)
		broken(b, "its END line is missing");
	/* a lone sextet holds no byte: something is lost */
	else if (d.have >= 6)
		broken(b, "its base64 is cut short");
	b->der = (struct der){ d.out, d.n };
}

enum pem_kind
pem_next(struct pem *p, struct pem_block *b)
{
	char *line;
	size_t len;
	bool cert;

	memset(b, 0, sizeof(*b));
	do {
		if (!next_line(p, &line, &len))
			return b->kind = PEM_END;
	} while (!begins(line, len, b->label));
	b->line = p->line - 1;
	cert = strcmp(b->label, "CERTIFICATE") == 0 || strcmp(b->label, "X509 CERTIFICATE") == 0 ||
	       strcmp(b->label, "TRUSTED CERTIFICATE") == 0;
	b->kind = cert ? PEM_CERTIFICATE : PEM_OTHER;
	read_body(p, b, cert);
	return b->kind;
}
