/* SPDX-License-Identifier: Apache-2.0
 *
 * samples_fill: puts samples into the state folder of a daemon that does not run, read from the
 * standard input, one a line: seconds before now, value, bound; a value of "-" was not measured.
 * usage: samples_fill FOLDER FINGERPRINT METRIC
 */
#include "base/clk.h"
#include "store/store.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static int
fill(struct store *s, const char *fingerprint, const char *metric, struct err *e)
{
	instant now = clk_system()->wall(clk_system());
	char value[64];
	double ago, bound;

	while (scanf("%lf %63s %lf", &ago, value, &bound) == 3) {
		const struct sample v = { instant_plus(now, -span_from_seconds(ago)),
			value[0] == '-' && value[1] == '\0' ? NAN : strtod(value, NULL), bound };

		if (store_sample_put(s, fingerprint, metric, &v, e) < 0)
			return -1;
	}
	return 0;
}

int
main(int argc, char **argv)
{
	struct err e = { 0 };
	struct store *s;

	if (argc != 4)
		return 64;
	s = store_open(argv[1], &e);
	if (s == NULL || store_begin(s, &e) < 0 || fill(s, argv[2], argv[3], &e) < 0 ||
	    store_commit(s, &e) < 0) {
		fprintf(stderr, "samples_fill: %s\n", e.msg);
		return 1;
	}
	store_close(s);
	return 0;
}
