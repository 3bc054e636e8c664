/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the tables of the messages between the daemon and a sink cell.
 */
#include "model/post_wire.h"

#include "base/fields.h"

#include <math.h>
#include <string.h>

#define EVENT_LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
#define OFFSET_MAX 1e11 /* seconds: some three thousand years */

/* Letters, digits, _ and -: it stands in headers and file names. */
static bool
event_fits(const void *event)
{
	return strspn(event, EVENT_LETTERS) == strlen(event);
}

/* What goes into a header must not be able to end it. */
static bool
type_fits(const void *type)
{
	for (const char *s = type; *s != '\0'; s++)
		if (*s < ' ' || *s > '~')
			return false;
	return true;
}

static bool
offset_fits(const void *offset)
{
	return fabs(*(const double *)offset) <= OFFSET_MAX;
}

/* A refused field is named to people: in their words, not by its member. */
static const struct field letter_fields[] = {
	FIELD_I64(struct letter, row),
	FIELD_TEXT(struct letter, event, .called = "event id", .lo = 1, .hi = LETTER_EVENT_MAX,
	    .fits = event_fits),
	FIELD_TEXT(struct letter, order, .called = "order key", .hi = LETTER_ORDER_MAX),
	FIELD_TEXT(struct letter, type, .called = "content type", .lo = 1, .hi = LETTER_TYPE_MAX,
	    .fits = type_fits),
	FIELD_TEXT(struct letter, body, .hi = LETTER_BODY_MAX),
	FIELD_FLAG(struct letter, clock_known),
	FIELD_IF(struct letter, offset, clock_known, .fits = offset_fits),
	FIELD_U32(struct letter, attempt),
	FIELD_FLAG(struct letter, clock_was_known),
	FIELD_IF(struct letter, last_offset, clock_was_known, .fits = offset_fits),
	FIELD_IF(struct letter, drift, clock_was_known, .fits = offset_fits),
	FIELDS_END,
};

static const struct field answer_fields[] = {
	FIELD_I64(struct answer, row),
	FIELD_ENUM(struct answer, outcome, enum post_outcome, POST_OUTCOMES),
	FIELD_I64(struct answer, retry_after, .called = "wait", .hi = RETRY_AFTER_MAX),
	FIELD_U32(struct answer, status, .hi = 999),
	FIELD_TEXT(struct answer, reason, .hi = LETTER_REASON_MAX),
	FIELD_FLAG(struct answer, clock_seen),
	FIELD_IF(struct answer, offset, clock_seen, .fits = offset_fits),
	FIELDS_END,
};

static const struct field job_fields[] = {
	FIELD_TEXT(struct post_job, type, .lo = 1, .hi = POST_NAME_MAX),
	FIELD_TEXT(struct post_job, sink, .lo = 1, .hi = POST_NAME_MAX),
	FIELD_I64(struct post_job, deadline),
	FIELD_U32(struct post_job, letters),
	FIELD_MAYBE(struct post_job, fence.guarded),
	FIELD_FLAG(struct post_job, fence.unconfined),
	FIELDS_END,
};

static bool
letters_fit(const struct post_job *job)
{
	return job->letters > 0 && job->letters <= POST_LETTERS_MAX;
}

void
post_put_job(struct frame *f, const struct post_job *job)
{
	frame_restart(f, POST_JOB);
	fields_put(f, job_fields, job);
	f->bad = f->bad || !letters_fit(job) || fields_fault(job_fields, job) != NULL;
}

int
post_get_job(struct frame *f, struct arena *a, struct post_job *job, struct err *e)
{
	fields_get(f, job_fields, job, a);
	if (f->kind != POST_JOB || f->bad || fields_fault(job_fields, job) != NULL)
		return err_set(e, ERR_PARSE, "a job that cannot be read");
	if (!letters_fit(job))
		return err_set(
		    e, ERR_LIMIT, "a job of %u letters (1 to %d)", job->letters, POST_LETTERS_MAX);
	return 0;
}

void
post_put_letter(struct frame *f, const struct letter *l)
{
	frame_restart(f, POST_LETTER);
	fields_put(f, letter_fields, l);
	f->bad = f->bad || fields_fault(letter_fields, l) != NULL;
}

int
post_get_letter(struct frame *f, struct arena *a, struct letter *l, struct err *e)
{
	const char *fault;

	fields_get(f, letter_fields, l, a);
	if (f->kind != POST_LETTER || !frame_ok(f))
		return err_set(e, ERR_PARSE, "a letter that cannot be read");
	if ((fault = fields_fault(letter_fields, l)) != NULL)
		return err_set(e, ERR_RANGE, "a letter whose %s is not allowed", fault);
	return 0;
}

void
post_put_answer(struct frame *f, const struct answer *w)
{
	frame_restart(f, POST_ANSWER);
	fields_put(f, answer_fields, w);
	f->bad = f->bad || fields_fault(answer_fields, w) != NULL;
}

int
post_get_answer(struct frame *f, struct arena *a, struct answer *w, struct err *e)
{
	const char *fault;

	fields_get(f, answer_fields, w, a);
	if (f->kind != POST_ANSWER || !frame_ok(f))
		return err_set(e, ERR_PARSE, "an answer that cannot be read");
	if ((fault = fields_fault(answer_fields, w)) != NULL)
		return err_set(e, ERR_RANGE, "an answer whose %s is not allowed", fault);
	return 0;
}

void
post_put_end(struct frame *f, uint32_t answers)
{
	frame_restart(f, POST_END);
	frame_put_u32(f, answers);
}

int
post_get_end(struct frame *f, uint32_t *answers, struct err *e)
{
	*answers = frame_get_u32(f);
	if (f->kind != POST_END || !frame_ok(f) || *answers > POST_LETTERS_MAX)
		return err_set(e, ERR_PARSE, "an end that cannot be read");
	return 0;
}

static const struct field pair_fields[] = {
	FIELD_TEXT(struct post_pair, private, .lo = 1, .hi = POST_KEY_MAX),
	FIELD_TEXT(struct post_pair, public, .lo = 1, .hi = POST_KEY_MAX),
	FIELDS_END,
};

void
post_put_new_pair(struct frame *f)
{
	frame_restart(f, POST_NEW_PAIR);
}

void
post_put_pair(struct frame *f, const struct post_pair *p)
{
	frame_restart(f, POST_PAIR);
	fields_put(f, pair_fields, p);
}

int
post_get_pair(struct frame *f, struct arena *a, struct post_pair *p, struct err *e)
{
	fields_get(f, pair_fields, p, a);
	if (f->kind != POST_PAIR || !frame_ok(f) || fields_fault(pair_fields, p) != NULL)
		return err_set(e, ERR_PARSE, "a pair of keys that cannot be read");
	return 0;
}

void
post_put_cell(struct frame *f, const char *words)
{
	frame_restart(f, POST_CELL);
	frame_put_text(f, words);
}

int
post_get_cell(struct frame *f, struct arena *a, const char **words, struct err *e)
{
	*words = frame_get_text(f, a);
	if (f->kind != POST_CELL || !frame_ok(f) || *words == NULL ||
	    strlen(*words) >= FENCE_TEXT_MAX)
		return err_set(e, ERR_PARSE, "what confines it cannot be read");
	return 0;
}

void
post_put_fail(struct frame *f, const char *why)
{
	frame_restart(f, POST_FAIL);
	frame_put_text(f, why);
}

int
post_get_fail(struct frame *f, struct arena *a, const char **why, struct err *e)
{
	*why = frame_get_text(f, a);
	if (f->kind != POST_FAIL || !frame_ok(f) || *why == NULL || strlen(*why) > ERR_TEXT_MAX)
		return err_set(e, ERR_PARSE, "a failure that cannot be read");
	return 0;
}
