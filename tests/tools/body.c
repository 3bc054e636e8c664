/* SPDX-License-Identifier: Apache-2.0
 *
 * Prints the body of a made-up event.  usage: body FORMAT KIND [rich|bare|hostile|void|slow|unset]
 * KIND is a name of kinds[], or "all" for one body a line. For "template" the template is read from
 * the file named by BODY_TEMPLATE. BODY_AT (RFC 3339) moves the event's time. The first line of
 * stderr is the content type.
 */
#include "tell/body.h"
#include "tests/events.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int
print(const char *format, const struct body_terms *t, struct event *v)
{
	const char *type = "", *at = getenv("BODY_AT");
	struct err e = { 0 };
	struct str out;
	instant now;
	int rc;

	if (at != NULL && instant_parse(at, &now, &e) == 0)
		events_move(v, now);
	str_init(&out, BODY_MAX);
	rc = body_check(format, t, &e);
	if (rc == 0)
		rc = body_write(format, t, v, &out, &type, &e);
	fprintf(stderr, "%s\n", rc < 0 ? e.msg : type);
	if (rc == 0)
		puts(out.s);
	str_fini(&out);
	return rc < 0;
}

int
main(int argc, char **argv)
{
	struct body_terms t = { .topic = "lab-alerts", .template_name = getenv("BODY_TEMPLATE") };
	static char text[65536];
	int rc = 0;

	if (argc < 3) {
		fputs("usage: body FORMAT KIND [rich|bare|hostile|void|slow|unset]\n", stderr);
		return 64;
	}
	if (t.template_name != NULL) {
		FILE *f = fopen(t.template_name, "r");

		if (f == NULL)
			return 66;
		text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
		fclose(f);
		t.template_text = text;
	}
	for (int k = 0; k < EVENT_KINDS; k++) {
		struct event v;

		if (strcmp(argv[2], "all") == 0 && !body_carries(argv[1], (enum event_kind)k))
			continue;
		if (strcmp(argv[2], "all") != 0 && strcmp(argv[2], events_kinds[k]) != 0)
			continue;
		events_make(&v, (enum event_kind)k, argc > 3 ? argv[3] : "rich");
		rc |= print(argv[1], &t, &v);
	}
	return rc;
}
