/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/post_wire.h"

#include <math.h>
#include <string.h>

#define EVENT_LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
#define OFFSET_MAX 1e11 /* seconds: some three thousand years */

static bool
is_name(const char *s)
{
	size_t n = s != NULL ? strlen(s) : 0;

	return n > 0 && n <= POST_NAME_MAX;
}

/* What goes into a header must not be able to end it. */
static bool
is_type(const char *s)
{
	size_t n = s != NULL ? strlen(s) : 0;

	for (size_t i = 0; i < n; i++)
		if (s[i] < ' ' || s[i] > '~')
			return false;
	return n > 0 && n <= LETTER_TYPE_MAX;
}

static const char *
letter_fault(const struct letter *l)
{
	size_t n = l->event != NULL ? strlen(l->event) : 0;

	if (n == 0 || n > LETTER_EVENT_MAX || strspn(l->event, EVENT_LETTERS) != n)
		return "event id";
	if (l->order == NULL || strlen(l->order) > LETTER_ORDER_MAX)
		return "order key";
	if (!is_type(l->type))
		return "content type";
	if (l->body == NULL || strlen(l->body) > LETTER_BODY_MAX)
		return "body";
	if (l->clock_known && !(fabs(l->offset) <= OFFSET_MAX))
		return "offset";
	return NULL;
}

static const char *
answer_fault(const struct answer *w)
{
	if (w->outcome >= POST_OUTCOMES)
		return "outcome";
	if (w->retry_after < 0 || w->retry_after > RETRY_AFTER_MAX)
		return "wait";
	if (w->status > 999)
		return "status";
	if (w->reason == NULL || strlen(w->reason) > LETTER_REASON_MAX)
		return "reason";
	if (w->clock_seen && !(fabs(w->offset) <= OFFSET_MAX))
		return "offset";
	return NULL;
}

void
post_put_job(struct frame *f, const struct post_job *job, const struct opt *opts, const void *conf)
{
	frame_restart(f, POST_JOB);
	frame_put_text(f, job->type);
	frame_put_text(f, job->sink);
	frame_put_i64(f, job->deadline);
	frame_put_u32(f, job->letters);
	opts_put(f, opts, conf);
	if (job->letters == 0 || job->letters > POST_LETTERS_MAX || !is_name(job->type) ||
	    !is_name(job->sink))
		f->bad = true;
}

int
post_get_job(struct frame *f, struct arena *a, struct post_job *job, struct err *e)
{
	job->type = frame_get_text(f, a);
	job->sink = frame_get_text(f, a);
	job->deadline = frame_get_i64(f);
	job->letters = frame_get_u32(f);
	if (f->kind != POST_JOB || f->bad || !is_name(job->type) || !is_name(job->sink))
		return err_set(e, ERR_PARSE, "a job that cannot be read");
	if (job->letters == 0 || job->letters > POST_LETTERS_MAX)
		return err_set(
		    e, ERR_LIMIT, "a job of %u letters (1 to %d)", job->letters, POST_LETTERS_MAX);
	return 0;
}

int
post_get_options(
    struct frame *f, struct arena *a, const struct opt *opts, void *conf, struct err *e)
{
	if (opts_get(f, opts, conf, a, e) < 0)
		return -1;
	if (!frame_ok(f))
		return err_set(e, ERR_PARSE, "a job with more in it than was asked for");
	return 0;
}

void
post_put_letter(struct frame *f, const struct letter *l)
{
	frame_restart(f, POST_LETTER);
	frame_put_i64(f, l->row);
	frame_put_text(f, l->event);
	frame_put_text(f, l->order);
	frame_put_text(f, l->type);
	frame_put_text(f, l->body);
	frame_put_u32(f, l->clock_known);
	frame_put_f64(f, l->clock_known ? l->offset : 0);
	frame_put_u32(f, l->attempt);
	if (letter_fault(l) != NULL)
		f->bad = true;
}

int
post_get_letter(struct frame *f, struct arena *a, struct letter *l, struct err *e)
{
	const char *fault;

	l->row = frame_get_i64(f);
	l->event = frame_get_text(f, a);
	l->order = frame_get_text(f, a);
	l->type = frame_get_text(f, a);
	l->body = frame_get_text(f, a);
	l->clock_known = frame_get_flag(f);
	l->offset = frame_get_f64(f);
	l->attempt = frame_get_u32(f);
	if (f->kind != POST_LETTER || !frame_ok(f))
		return err_set(e, ERR_PARSE, "a letter that cannot be read");
	if ((fault = letter_fault(l)) != NULL)
		return err_set(e, ERR_RANGE, "a letter whose %s is not allowed", fault);
	return 0;
}

void
post_put_answer(struct frame *f, const struct answer *w)
{
	frame_restart(f, POST_ANSWER);
	frame_put_i64(f, w->row);
	frame_put_u32(f, w->outcome);
	frame_put_i64(f, w->retry_after);
	frame_put_u32(f, w->status);
	frame_put_text(f, w->reason);
	frame_put_u32(f, w->clock_seen);
	frame_put_f64(f, w->clock_seen ? w->offset : 0);
	if (answer_fault(w) != NULL)
		f->bad = true;
}

int
post_get_answer(struct frame *f, struct arena *a, struct answer *w, struct err *e)
{
	const char *fault;

	w->row = frame_get_i64(f);
	w->outcome = frame_get_u32(f);
	w->retry_after = frame_get_i64(f);
	w->status = frame_get_u32(f);
	w->reason = frame_get_text(f, a);
	w->clock_seen = frame_get_flag(f);
	w->offset = frame_get_f64(f);
	if (f->kind != POST_ANSWER || !frame_ok(f))
		return err_set(e, ERR_PARSE, "an answer that cannot be read");
	if ((fault = answer_fault(w)) != NULL)
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
