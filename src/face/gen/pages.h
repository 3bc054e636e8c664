/* SPDX-License-Identifier: Apache-2.0
 *
 * pages: a program of the build. From the table of all calls (app/options) it makes the options in
 * the manual pages and the completions of the shells.
 */
#ifndef FACE_GEN_PAGES_H
#define FACE_GEN_PAGES_H

#include "face/options.h"

#include <stdio.h>

/* One program's completions to the standard output. */
void complete_bash(const char *program);
void complete_zsh(const char *program);
void complete_fish(const char *program);

/* A page in scdoc(5) from a file: lines that are a marker are replaced. -1: an unknown marker,
 * which was told. */
int manual_page(FILE *in);

/* What the option belongs to when a call has words: whether it is offered after that word. An
 * option that no word takes is offered after all. */
bool face_offered(const struct call_face *f, const struct face_sub *sub, const struct face_opt *o);

/* FILE, DIR and PATH are completed as names of files. */
enum value_kind { VALUE_NONE, VALUE_TEXT, VALUE_WORDS, VALUE_FILE, VALUE_DIR };
enum value_kind face_value(const struct face_opt *o);

/* The faces of a program, one after another: NULL after the last. */
const struct call_face *face_after(const char *program, const struct call_face *f);

#endif
