/* SPDX-License-Identifier: Apache-2.0
 *
 * post_wire: what the daemon and a sink cell say to each other on CELL_FD. Down: one POST_JOB, then
 * as many POST_LETTER as it names. Or one POST_NEW_PAIR: the cell makes a pair of keys and answers
 * with one POST_PAIR or POST_FAIL. Up: one POST_ANSWER a letter, in any order, then POST_END; or
 * POST_FAIL when the job itself could not be read. A stream without its end means that the cell
 * died: letters without an answer may have been sent, and are sent again.
 */
#ifndef MODEL_POST_WIRE_H
#define MODEL_POST_WIRE_H

#include "base/fence.h"
#include "base/frame.h"
#include "model/letter.h"

enum post_kind {
	POST_JOB = 16, /* below are cell/job and model/wire */
	POST_LETTER,
	POST_ANSWER,
	POST_END,
	POST_FAIL,
	POST_NEW_PAIR, /* nothing in it */
	POST_PAIR,
	POST_CELL, /* what confines it, in words, before the first answer */
};

#define POST_LETTERS_MAX 1024 /* in one batch */
#define POST_NAME_MAX 64      /* bytes of a type or a sink's id */

struct post_job {
	const char *type; /* name of the sink's kind */
	const char *sink; /* id */
	span deadline;    /* on CLOCK_MONOTONIC, which both processes share */
	uint32_t letters; /* that follow: 1 to POST_LETTERS_MAX */
	struct fence fence;
};

/* The sink's options follow in the same frame (conf/schema: opts_put), since the type says which
 * table reads them. Text lies in the arena; -1 with *e set. */
void post_put_job(struct frame *f, const struct post_job *job);
int post_get_job(struct frame *f, struct arena *a, struct post_job *job, struct err *e);

/* A letter or answer past its limits makes the frame bad, so that frame_send refuses it. */
void post_put_letter(struct frame *f, const struct letter *l);
int post_get_letter(struct frame *f, struct arena *a, struct letter *l, struct err *e);

void post_put_answer(struct frame *f, const struct answer *w);
int post_get_answer(struct frame *f, struct arena *a, struct answer *w, struct err *e);

void post_put_end(struct frame *f, uint32_t answers);
int post_get_end(struct frame *f, uint32_t *answers, struct err *e);

#define POST_KEY_MAX 128 /* bytes of a key as text */

/* The words of cell/sandbox.h. */
void post_put_cell(struct frame *f, const char *words);
int post_get_cell(struct frame *f, struct arena *a, const char **words, struct err *e);

/* A private key as the option key_file takes it, and the public key for who checks. */
struct post_pair {
	const char *private, *public;
};

void post_put_new_pair(struct frame *f);
void post_put_pair(struct frame *f, const struct post_pair *p);
int post_get_pair(struct frame *f, struct arena *a, struct post_pair *p, struct err *e);

void post_put_fail(struct frame *f, const char *why);
int post_get_fail(struct frame *f, struct arena *a, const char **why, struct err *e);

#endif
