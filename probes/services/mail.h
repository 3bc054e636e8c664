/* SPDX-License-Identifier: Apache-2.0
 *
 * mail: a saved queue of Postfix: what `postqueue -j` said (postqueue(1)), a JSON object a line,
 * and a last line {"asked_at": SECONDS} by whoever saved it, without which the queue may be cut or
 * old. Pure.
 */
#ifndef PROBES_SERVICES_MAIL_H
#define PROBES_SERVICES_MAIL_H

#include "base/arena.h"
#include "base/span.h"

#include <stddef.h>

#define MAIL_LETTERS_MAX 100000 /* of one queue; more are counted in `bad` */

struct mail {
	size_t letters, bad;
	instant oldest, asked; /* INSTANT_NONE: none; not told */
	const char *reason;    /* why the oldest was not delivered; "" where it is not told */
};

void mail_parse(const char *text, struct arena *a, struct mail *out);

#endif
