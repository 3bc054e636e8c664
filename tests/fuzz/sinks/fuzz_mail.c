/* SPDX-License-Identifier: Apache-2.0
 *
 * Any text as a letter: what comes out must be lines that mail servers take, and the head must be
 * ours alone.
 */
#include "sinks/mail/mail.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define HEAD_LINES_MAX 40

static void
check(const char *m)
{
	const char *end = strstr(m, "\r\n\r\n");
	int head = 0;

	if (end == NULL)
		abort();
	for (const char *p = m; *p != '\0';) {
		size_t n = strcspn(p, "\r\n");

		if (n > 78 || strncmp(p + n, "\r\n", 2) != 0)
			abort();
		for (size_t i = 0; i < n; i++)
			if (p[i] < ' ' || p[i] > '~')
				abort();
		head += p < end;
		p += n + 2;
	}
	if (head > HEAD_LINES_MAX)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *to[] = { "sana@lab.example", "omar@lab.example" };
	struct mail_conf c = { .from = "forewarn@lab.example", .to = { to, 2 } };
	struct arena *a = arena_new((size_t)8 << 20);
	char *text;

	if (size > 65536)
		size = 65536;
	text = arena_textn(a, (const char *)data, size);
	check(mail_message(&c, "0123456789abcdef", text, 0, a));
	arena_free(a);
	return 0;
}
