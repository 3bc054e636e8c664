/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the user's own pattern for a record (PCRE2).
 */
#include "record.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

#define MATCH_STEPS 100000 /* of one record; a pattern such as (a+)+$ would never end */
#define MATCH_DEPTH 1000
#define MATCH_KIB 4096
#define SUBJECT_MAX ((size_t)8192) /* bytes of a record that are looked at */

struct regex {
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *limits;
	uint32_t seq, time, user; /* the groups' numbers; 0: no such group */
};

static uint32_t
group(const pcre2_code *code, const char *name)
{
	int n = pcre2_substring_number_from_name(code, (PCRE2_SPTR)name);

	return n > 0 ? (uint32_t)n : 0;
}

struct regex *
regex_new(const char *pattern, struct err *e)
{
	struct regex *r = calloc(1, sizeof(*r));
	PCRE2_SIZE at = 0;
	PCRE2_UCHAR why[160];
	int code = 0;

	if (r == NULL) {
		err_set(e, ERR_SYS, "no memory for the pattern");
		return NULL;
	}
	r->code = pcre2_compile(
	    (PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, PCRE2_NEVER_BACKSLASH_C, &code, &at, NULL);
	if (r->code == NULL) {
		pcre2_get_error_message(code, why, sizeof(why));
		err_set(e, ERR_PARSE, "at character %zu: %s", (size_t)at + 1, (char *)why);
		regex_free(r);
		return NULL;
	}
	r->seq = group(r->code, "seq");
	r->time = group(r->code, "time");
	r->user = group(r->code, "user");
	r->data = pcre2_match_data_create_from_pattern(r->code, NULL);
	r->limits = pcre2_match_context_create(NULL);
	if (r->data == NULL || r->limits == NULL || (r->seq == 0 && r->time == 0)) {
		err_set(e, ERR_PARSE, "it has no group named seq or time");
		regex_free(r);
		return NULL;
	}
	pcre2_set_match_limit(r->limits, MATCH_STEPS);
	pcre2_set_depth_limit(r->limits, MATCH_DEPTH);
	pcre2_set_heap_limit(r->limits, MATCH_KIB);
	/* only a matter of speed: where memory may not be executable the interpreter does it */
	pcre2_jit_compile(r->code, PCRE2_JIT_COMPLETE);
	return r;
}

void
regex_free(struct regex *r)
{
	if (r == NULL)
		return;
	pcre2_match_context_free(r->limits);
	pcre2_match_data_free(r->data);
	pcre2_code_free(r->code);
	free(r);
}

bool
regex_has_time(const struct regex *r)
{
	return r->time != 0;
}

bool
regex_has_seq(const struct regex *r)
{
	return r->seq != 0;
}

static const char *
part(const struct regex *r, uint32_t g, const char *rec, size_t *len)
{
	const PCRE2_SIZE *v = pcre2_get_ovector_pointer(r->data);

	if (g == 0 || v[2 * g] == PCRE2_UNSET || v[2 * g + 1] < v[2 * g])
		return NULL;
	*len = v[2 * g + 1] - v[2 * g];
	return rec + v[2 * g];
}

int
regex_match(struct regex *r, const char *rec, size_t n, struct regex_match *m)
{
	int rc;

	*m = (struct regex_match){ 0 };
	rc = pcre2_match(
	    r->code, (PCRE2_SPTR)rec, n < SUBJECT_MAX ? n : SUBJECT_MAX, 0, 0, r->data, r->limits);
	if (rc == PCRE2_ERROR_NOMATCH)
		return 0;
	if (rc < 0)
		return -1;
	/* a group past the last one that took part is unset in the vector as well */
	m->seq = part(r, r->seq, rec, &m->seq_len);
	m->time = part(r, r->time, rec, &m->time_len);
	m->user = part(r, r->user, rec, &m->user_len);
	return 1;
}
