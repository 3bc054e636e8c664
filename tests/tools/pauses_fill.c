/* SPDX-License-Identifier: Apache-2.0
 *
 * pauses_fill: puts silences, or findings that were accepted and wait for their check, into the
 * state folder of a daemon that does not run. usage: pauses_fill FOLDER N [accepts]
 */
#include "base/clk.h"
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int
put(struct store *s, bool accepts, instant now, struct err *e)
{
	const struct store_silence silence = { .pattern = "lab/none/*",
		.silence = { .by = "test",
		    .reason = "to fill it",
		    .from = now,
		    .until = instant_plus(now, SPAN_DAY) } };
	const struct store_accept accept = { .check = "none",
		.accept = { "/none", "audit.edited", "0123456789abcdef", now, "test",
		    "to fill it" },
		.login = "test",
		.summary = "" };

	return accepts ? store_accept_put(s, &accept, e) : store_silence_put(s, &silence, e);
}

int
main(int argc, char **argv)
{
	bool accepts = argc == 4 && strcmp(argv[3], "accepts") == 0;
	instant now = clk_system()->wall(clk_system());
	struct err e = { 0 };
	struct store *s;
	long n;

	if (argc != 3 && !accepts)
		return 64;
	n = strtol(argv[2], NULL, 10);
	s = store_open(argv[1], &e);
	if (s == NULL || store_begin(s, &e) < 0)
		goto failed;
	for (long i = 0; i < n; i++)
		if (put(s, accepts, now, &e) < 0)
			goto failed;
	if (store_commit(s, &e) < 0)
		goto failed;
	store_close(s);
	return 0;
failed:
	fprintf(stderr, "pauses_fill: %s\n", e.msg);
	return 1;
}
