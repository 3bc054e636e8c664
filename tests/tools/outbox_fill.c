/* SPDX-License-Identifier: Apache-2.0
 *
 * outbox_fill: puts letters into the outbox of a state folder whose daemon does not run, as a long
 * outage would leave them. usage: outbox_fill FOLDER SINK N
 */
#include "base/clk.h"
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>

int
main(int argc, char **argv)
{
	struct store_letter l = { .type = "application/cloudevents+json", .reason = "" };
	char event[64], key[64], body[1024];
	struct err e = { 0 };
	struct store *s;
	long n;

	if (argc != 4)
		return 64;
	n = strtol(argv[3], NULL, 10);
	s = store_open(argv[1], &e);
	if (s == NULL || store_begin(s, &e) < 0)
		goto failed;
	l.sink = argv[2];
	l.event = event;
	l.key = key;
	l.body = body;
	l.created = clk_system()->wall(clk_system());
	for (long i = 0; i < n; i++) {
		snprintf(event, sizeof(event), "fill%08ld", i);
		snprintf(key, sizeof(key), "lab/pc/check%ld/t/r", i);
		l.len = (size_t)snprintf(body, sizeof(body),
		    "{\"id\":\"%s\",\"data\":{\"body\":\"%0800ld\"}}", event, i);
		if (store_letter_put(s, &l, &e) < 0)
			goto failed;
	}
	if (store_commit(s, &e) < 0)
		goto failed;
	store_close(s);
	return 0;
failed:
	fprintf(stderr, "outbox_fill: %s\n", e.msg);
	return 1;
}
