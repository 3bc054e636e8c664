/* SPDX-License-Identifier: Apache-2.0
 *
 * hook_script: an answer of tests/tools/hookd, as a line of its script says. Words between ";": a
 * status first, then any of
 *   Name: value        a header
 *   delay MS           before the answer
 *   body BYTES         headers BYTES
 *   date SECONDS       off its clock          nodate
 *   close BYTES        of the answer, then the end      reset BYTES
 *   drip               a byte every 50 ms     silent    never an answer
 *   say TEXT           the body, any bytes but ; and line end
 */
#ifndef TESTS_HOOK_SCRIPT_H
#define TESTS_HOOK_SCRIPT_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct scripted_answer {
	int status;
	long delay, body, headers, date, cut; /* cut: bytes of the answer before the end; -1 all */
	bool reset, drip, silent, nodate;
	char extra[8][256];
	int nextra;
	char say[256];
};

/* Ends the program at a word that it does not know. */
static inline void
script_parse(char *line, struct scripted_answer *a)
{
	char *word;

	*a = (struct scripted_answer){ .status = 200, .cut = -1 };
	while ((word = strsep(&line, ";\n")) != NULL) {
		word += strspn(word, " ");
		if (word[0] >= '1' && word[0] <= '9')
			a->status = atoi(word);
		else if (strncmp(word, "say ", 4) == 0)
			snprintf(a->say, sizeof(a->say), "%s", word + 4);
		else if (strchr(word, ':') != NULL && a->nextra < 8)
			snprintf(a->extra[a->nextra++], sizeof(a->extra[0]), "%s", word);
		else if (sscanf(word, "delay %ld", &a->delay) == 1 ||
			 sscanf(word, "body %ld", &a->body) == 1 ||
			 sscanf(word, "headers %ld", &a->headers) == 1 ||
			 sscanf(word, "date %ld", &a->date) == 1 ||
			 sscanf(word, "close %ld", &a->cut) == 1)
			continue;
		else if (sscanf(word, "reset %ld", &a->cut) == 1)
			a->reset = true;
		else if (strcmp(word, "drip") == 0)
			a->drip = true;
		else if (strcmp(word, "silent") == 0)
			a->silent = true;
		else if (strcmp(word, "nodate") == 0)
			a->nodate = true;
		else if (word[0] != '\0')
			exit(64);
	}
}

#endif
