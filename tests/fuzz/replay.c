/* SPDX-License-Identifier: Apache-2.0
 *
 * replay: feeds a fuzz target every file it is named, and every truncation of it (of a large one:
 * the first and last TRUNCATIONS and as many between), each in memory that ends where the data
 * ends.
 */
#include "base/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TRUNCATIONS 2000
#define FILE_CAP ((size_t)8 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned long runs;

static void
feed(const char *data, size_t n)
{
	uint8_t *exact = malloc(n == 0 ? 1 : n);

	if (exact == NULL)
		abort();
	memcpy(exact, data, n);
	LLVMFuzzerTestOneInput(exact, n);
	free(exact);
	runs++;
}

static int
replay(const char *path)
{
	struct arena *a = arena_new(4 * FILE_CAP);
	struct err e;
	char *data;
	size_t len;

	if (file_read(AT_FDCWD, path, FILE_FOLLOW, FILE_CAP, a, &data, &len, &e) < 0) {
		fprintf(stderr, "%s: %s\n", path, e.msg);
		arena_free(a);
		return 1;
	}
	for (size_t n = 0; n <= len; n++) {
		bool edge = n < TRUNCATIONS || len - n < TRUNCATIONS;

		if (edge || n % (len / TRUNCATIONS + 1) == 0)
			feed(data, n);
	}
	arena_free(a);
	return 0;
}

int
main(int argc, char **argv)
{
	int failed = 0;

	for (int i = 1; i < argc; i++)
		failed |= replay(argv[i]);
	if (runs == 0)
		feed("", 0);
	printf("%lu inputs\n", runs);
	return failed;
}
