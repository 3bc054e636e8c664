/* SPDX-License-Identifier: Apache-2.0
 *
 * statement: one line of what is noted about a log: "fw1 chunk stream=... seg=1 off=0 len=65510
 * rec=301 sha256=...". A verb, then name=value fields with one space between them; no value holds a
 * space, since names of files are written with %XX. Pure: the bytes come from a disk.
 */
#ifndef PROBES_AUDIT_STATEMENT_H
#define PROBES_AUDIT_STATEMENT_H

#include "base/str.h"

#include <stdint.h>

#define STATEMENT_MAGIC "fw1"
#define STATEMENT_FIELDS 32
#define STATEMENT_MAX ((size_t)16384) /* bytes of a line */
#define HASH_SIZE 32
#define HASH_TEXT (2 * HASH_SIZE + 1)

struct statement {
	const char *verb;
	size_t n;
	struct {
		const char *name, *value;
	} field[STATEMENT_FIELDS];
};

/* Takes a line of n bytes (without its end, NUL behind it) apart in place. false: it is none. */
bool statement_parse(char *line, size_t n, struct statement *out);

/* The field's text, NULL when it is not there. */
const char *statement_text(const struct statement *s, const char *name);

/* Whole numbers without sign; false: not there, or not one. */
bool statement_u64(const struct statement *s, const char *name, uint64_t *out);
bool statement_i64(const struct statement *s, const char *name, int64_t *out);
bool statement_hash(const struct statement *s, const char *name, uint8_t out[HASH_SIZE]);

/* A name of a file: %XX undone, into out of size bytes. false: does not fit, or is not one. */
bool statement_name(const struct statement *s, const char *name, char *out, size_t size);

/* Appends " name=" and the value with %XX for all that is not a plain letter. */
void statement_put_name(struct str *out, const char *name, const char *value);
void statement_put_hash(struct str *out, const char *name, const uint8_t hash[HASH_SIZE]);

void hash_text(const uint8_t hash[HASH_SIZE], char out[HASH_TEXT]);
bool hash_parse(const char *text, uint8_t out[HASH_SIZE]);

#endif
