/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the form of a noted line, there and back.
 */
#include "statement.h"

#include <ctype.h>
#include <string.h>

static const char hex[] = "0123456789abcdef";

static bool
name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* The word from *p to the next space; NULL at the end. Ends it with NUL. */
static char *
word(char **p, char *end)
{
	char *start = *p, *sp;

	if (start == NULL || start >= end)
		return NULL;
	sp = memchr(start, ' ', (size_t)(end - start));
	if (sp != NULL)
		*sp = '\0';
	*p = sp == NULL ? NULL : sp + 1;
	return start;
}

bool
statement_parse(char *line, size_t n, struct statement *out)
{
	char *p = line, *end = line + n, *w;

	memset(out, 0, sizeof(*out));
	if (n > STATEMENT_MAX || memchr(line, '\0', n) != NULL || n == 0 || line[n - 1] == ' ')
		return false;
	w = word(&p, end);
	if (w == NULL || strcmp(w, STATEMENT_MAGIC) != 0)
		return false;
	out->verb = word(&p, end);
	if (out->verb == NULL || out->verb[0] == '\0')
		return false;
	while ((w = word(&p, end)) != NULL) {
		char *eq = w;

		while (name_char(*eq))
			eq++;
		if (eq == w || *eq != '=' || out->n == STATEMENT_FIELDS)
			return false;
		*eq = '\0';
		out->field[out->n].name = w;
		out->field[out->n++].value = eq + 1;
	}
	return true;
}

const char *
statement_text(const struct statement *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->field[i].name, name) == 0)
			return s->field[i].value;
	return NULL;
}

static bool
parse_u64(const char *p, uint64_t *out)
{
	uint64_t v = 0;

	if (p == NULL || *p == '\0')
		return false;
	for (; *p != '\0'; p++) {
		uint64_t d = (uint64_t)(*p - '0');

		if (*p < '0' || *p > '9' || v > (UINT64_MAX - d) / 10)
			return false;
		v = v * 10 + d;
	}
	*out = v;
	return true;
}

bool
statement_u64(const struct statement *s, const char *name, uint64_t *out)
{
	return parse_u64(statement_text(s, name), out);
}

bool
statement_i64(const struct statement *s, const char *name, int64_t *out)
{
	const char *p = statement_text(s, name);
	bool minus = p != NULL && *p == '-';
	uint64_t v;

	if (!parse_u64(minus ? p + 1 : p, &v) || v > (uint64_t)INT64_MAX + (minus ? 1 : 0))
		return false;
	*out = minus ? (v > INT64_MAX ? INT64_MIN : -(int64_t)v) : (int64_t)v;
	return true;
}

static int
nibble(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

bool
hash_parse(const char *text, uint8_t out[HASH_SIZE])
{
	if (text == NULL || strlen(text) != 2 * HASH_SIZE)
		return false;
	for (size_t i = 0; i < HASH_SIZE; i++) {
		int hi = nibble(text[2 * i]), lo = nibble(text[2 * i + 1]);

		if (hi < 0 || lo < 0)
			return false;
		out[i] = (uint8_t)(hi << 4 | lo);
	}
	return true;
}

void
hash_text(const uint8_t hash[HASH_SIZE], char out[HASH_TEXT])
{
	for (size_t i = 0; i < HASH_SIZE; i++) {
		out[2 * i] = hex[hash[i] >> 4];
		out[2 * i + 1] = hex[hash[i] & 15];
	}
	out[2 * HASH_SIZE] = '\0';
}

bool
statement_hash(const struct statement *s, const char *name, uint8_t out[HASH_SIZE])
{
	return hash_parse(statement_text(s, name), out);
}

bool
statement_name(const struct statement *s, const char *name, char *out, size_t size)
{
	const char *p = statement_text(s, name);
	size_t n = 0;

	if (p == NULL)
		return false;
	for (; *p != '\0'; p++) {
		char c = *p;

		if (c == '%') {
			int hi = nibble(p[1]), lo = hi < 0 ? -1 : nibble(p[2]);

			if (lo < 0 || (hi == 0 && lo == 0))
				return false;
			c = (char)(hi << 4 | lo);
			p += 2;
		}
		if (n + 1 >= size)
			return false;
		out[n++] = c;
	}
	out[n] = '\0';
	return true;
}

void
statement_put_name(struct str *out, const char *name, const char *value)
{
	str_addf(out, " %s=", name);
	for (; *value != '\0'; value++) {
		unsigned char c = (unsigned char)*value;

		if (c < 0x80 && (isalnum(c) || strchr("/._-+:,@", c) != NULL))
			str_addc(out, *value);
		else
			str_addf(out, "%%%c%c", hex[c >> 4], hex[c & 15]);
	}
}

void
statement_put_hash(struct str *out, const char *name, const uint8_t hash[HASH_SIZE])
{
	char text[HASH_TEXT];

	hash_text(hash, text);
	str_addf(out, " %s=%s", name, text);
}
