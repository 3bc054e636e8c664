/* SPDX-License-Identifier: Apache-2.0
 *
 * pages: a program of the build. From the table of all calls (face/options) it makes the options in
 * the manual pages and the completions of the shells.
 */
#ifndef FACE_GEN_PAGES_H
#define FACE_GEN_PAGES_H

#include <stdio.h>

/* One program's completions to the standard output. */
void complete_bash(const char *program);
void complete_zsh(const char *program);
void complete_fish(const char *program);

/* A page in scdoc(5) from a file: lines that are a marker are replaced. -1: an unknown marker,
 * which was told. */
int manual_page(FILE *in);

#endif
