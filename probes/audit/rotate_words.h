/* SPDX-License-Identifier: Apache-2.0
 *
 * rotate_words: the words of logrotate's configuration, and what each does to the terms.
 */
#ifndef PROBES_AUDIT_ROTATE_WORDS_H
#define PROBES_AUDIT_ROTATE_WORDS_H

#include "rotate_conf.h"

enum rotate_word {
	ROTATE_UNKNOWN, /* no word of logrotate, or its value is none */
	ROTATE_DONE,    /* it stands in the terms now, or does nothing to them */
	ROTATE_INCLUDE, /* the value is a file or a folder */
	ROTATE_SCRIPT   /* what follows up to endscript is a program */
};

/* Pure. at: where it stands; a value that is kept is copied into the arena. */
enum rotate_word rotate_word(struct rotate_terms *t, const char *word, const char *value,
    struct rotate_line at, struct arena *a);

#endif
