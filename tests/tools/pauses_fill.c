/* SPDX-License-Identifier: Apache-2.0
 *
 * pauses_fill: puts silences into the state folder of a daemon that does not run.
 * usage: pauses_fill FOLDER N
 */
#include "base/clk.h"
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>

int
main(int argc, char **argv)
{
	struct store_silence v = { .pattern = "lab/none/*",
		.silence = { .by = "test", .reason = "to fill it" } };
	struct err e = { 0 };
	struct store *s;
	long n;

	if (argc != 3)
		return 64;
	v.silence.from = clk_system()->wall(clk_system());
	v.silence.until = instant_plus(v.silence.from, SPAN_DAY);
	n = strtol(argv[2], NULL, 10);
	s = store_open(argv[1], &e);
	if (s == NULL || store_begin(s, &e) < 0)
		goto failed;
	for (long i = 0; i < n; i++)
		if (store_silence_put(s, &v, &e) < 0)
			goto failed;
	if (store_commit(s, &e) < 0)
		goto failed;
	store_close(s);
	return 0;
failed:
	fprintf(stderr, "pauses_fill: %s\n", e.msg);
	return 1;
}
