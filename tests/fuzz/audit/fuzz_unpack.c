/* SPDX-License-Identifier: Apache-2.0
 *
 * A packed file of any bytes. The first byte says which packer, unless its own mark does. What
 * comes out is bounded here, since a few bytes unpack to as many as one likes.
 */
#include "probes/unpack/unpack.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define OUT_MAX ((ssize_t)4 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char out[70001];
	static int fd = -1;
	struct err e = { 0 };
	struct unpack *u;
	enum pack pack;
	ssize_t got, all = 0;

	if (size < 2)
		return 0;
	if (fd < 0)
		fd = memfd_create("packed", MFD_CLOEXEC);
	if (ftruncate(fd, 0) < 0 || pwrite(fd, data + 1, size - 1, 0) != (ssize_t)size - 1)
		abort();
	pack = pack_find(data + 1, size - 1);
	if (pack == PACK_NONE)
		pack = (enum pack)(1 + data[0] % (PACK_N - 1));
	u = unpack_new(pack, fd, &e);
	if (u == NULL)
		return 0;
	do {
		/* odd sizes: ends of members fall anywhere in the buffer */
		got = unpack_read(u, out, 1 + (size_t)data[0] * 257, &e);
		all += got;
	} while (got > 0 && all < OUT_MAX);
	if (got < 0 && e.code == ERR_NONE)
		abort();
	/* after the end, and after a failure, nothing more comes */
	if (got <= 0 && unpack_read(u, out, sizeof(out), &e) > 0)
		abort();
	unpack_free(u);
	return 0;
}
