/* SPDX-License-Identifier: Apache-2.0
 *
 * What web servers and resolvers answer, and the probe's own notes.
 */
#include "probes/reach/dns.h"
#include "probes/reach/http.h"
#include "probes/reach/memory.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *known[] = { "login.example" };
	static const struct texts redirects = { known, 1 };
	static struct memory_place places[MEMORY_PLACES_MAX];
	const struct reach_target portal = { .at.host = "portal.example" };
	struct memory m = { places, 0 };
	uint8_t question[DNS_QUESTION_MAX];
	size_t n = dns_question(question, "portal.example", 0x4142);
	struct http_answer h;
	char *text = malloc(size + 1);

	if (text == NULL)
		abort();
	memcpy(text, data, size);
	text[size] = '\0';
	if (http_read((const char *)data, size, &portal, &redirects, "Sign in", &h) != HTTP_NOT &&
	    (h.status < 200 || h.status > 999))
		abort();
	if (dns_answer(question, n, data, size) != DNS_NOT && size < n)
		abort();
	if (dns_question(question, text, 1) > DNS_QUESTION_MAX)
		abort();
	if (memory_parse(text, &m))
		for (size_t i = 0; i < m.n; i++)
			if (places[i].n > MEMORY_TIMES || strlen(places[i].url) >= MEMORY_URL_MAX)
				abort();
	free(text);
	return 0;
}
