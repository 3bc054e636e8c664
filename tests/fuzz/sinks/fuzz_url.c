/* SPDX-License-Identifier: Apache-2.0 */
#include "sinks/webhook/sign.h"
#include "sinks/webhook/webhook.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What people write into a configuration and into key files. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	struct sign_keys k = { 0 };
	struct webhook_url u;
	struct err e;

	if (text == NULL)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	webhook_url_parse(text, &u, &e);
	sign_add_secrets(&k, text, &e);
	sign_set_key(&k, text, &e);
	sign_fini(&k);
	free(text);
	return 0;
}
