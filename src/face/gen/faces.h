/* SPDX-License-Identifier: Apache-2.0
 *
 * faces: questions to the table of all calls (face/options), for whoever makes something from it.
 */
#ifndef FACE_GEN_FACES_H
#define FACE_GEN_FACES_H

#include "face/options.h"

/* What the option belongs to when a call has words: whether it is offered after that word. An
 * option that no word takes is offered after all. */
bool face_offered(const struct call *f, const struct face_sub *sub, const struct face_opt *o);

/* FILE, DIR and PATH are completed as names of files. */
enum value_kind { VALUE_NONE, VALUE_TEXT, VALUE_WORDS, VALUE_FILE, VALUE_DIR };
enum value_kind face_value(const struct face_opt *o);

/* The faces of a program, one after another: NULL after the last. */
const struct call *face_after(const char *program, const struct call *f);

#endif
