/* SPDX-License-Identifier: Apache-2.0
 *
 * Packed files: one member and several, cut at every byte, with bytes turned over, with filling
 * behind them, and with more memory asked for than is allowed.
 */
#include "probes/unpack/unpack.h"

#include "tests/t.h"

#include <bzlib.h>
#include <lzma.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#define ROOM ((size_t)1 << 20)

static const char *const names[PACK_N] = { "none", "gzip", "xz", "zstd", "bzip2" };
static unsigned char text[200000];

static size_t
gzip(const void *s, size_t n, unsigned char *out)
{
	z_stream z = { 0 };

	deflateInit2(&z, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
	z.next_in = (unsigned char *)(uintptr_t)s;
	z.avail_in = (unsigned)n;
	z.next_out = out;
	z.avail_out = ROOM;
	deflate(&z, Z_FINISH);
	deflateEnd(&z);
	return z.total_out;
}

static size_t
xz(const void *s, size_t n, unsigned char *out, uint32_t dict)
{
	lzma_options_lzma opt;
	lzma_filter filters[] = { { LZMA_FILTER_LZMA2, &opt }, { LZMA_VLI_UNKNOWN, NULL } };
	size_t at = 0;

	lzma_lzma_preset(&opt, 0);
	opt.dict_size = dict;
	if (lzma_stream_buffer_encode(filters, LZMA_CHECK_CRC64, NULL, s, n, out, &at, ROOM) !=
	    LZMA_OK)
		abort();
	return at;
}

static size_t
zstd(const void *s, size_t n, unsigned char *out, int window)
{
	ZSTD_CCtx *c = ZSTD_createCCtx();
	ZSTD_outBuffer to = { out, ROOM, 0 };
	ZSTD_inBuffer in = { s, n, 0 };

	ZSTD_CCtx_setParameter(c, ZSTD_c_windowLog, window);
	ZSTD_CCtx_setParameter(c, ZSTD_c_checksumFlag, 1);
	/* in two calls: else the size is known before, and the window made as small as it */
	ZSTD_compressStream2(c, &to, &in, ZSTD_e_continue);
	while (ZSTD_compressStream2(c, &to, &in, ZSTD_e_end) > 0)
		;
	ZSTD_freeCCtx(c);
	return to.pos;
}

static size_t
pack(enum pack how, const void *s, size_t n, unsigned char *out)
{
	unsigned room = ROOM;

	switch (how) {
	case PACK_GZIP:
		return gzip(s, n, out);
	case PACK_XZ:
		return xz(s, n, out, 1 << 20);
	case PACK_ZSTD:
		return zstd(s, n, out, 20);
	default:
		BZ2_bzBuffToBuffCompress(
		    (char *)out, &room, (char *)(uintptr_t)s, (unsigned)n, 1, 0, 0);
		return room;
	}
}

/* What comes out of n packed bytes: how many bytes, -1 damaged, -2 cut, -3 another error. */
static int fd;
static unsigned char out[2 * sizeof(text)];

static ssize_t
unpacked(enum pack how, const unsigned char *s, size_t n)
{
	struct err e = { 0 };
	struct unpack *u;
	ssize_t got, all = 0;

	if (ftruncate(fd, 0) < 0 || pwrite(fd, s, n, 0) != (ssize_t)n)
		abort();
	u = unpack_new(how, fd, &e);
	while ((got = unpack_read(u, out + all, 70000, &e)) > 0 &&
	       all + got + 70000 <= (ssize_t)sizeof(out))
		all += got;
	if (got > 0)
		all += got;
	if (got < 0)
		all = unpack_cut(u) ? -2 : e.code == ERR_PARSE ? -1 : -3;
	unpack_free(u);
	return all;
}

static void
one_kind(enum pack how)
{
	static unsigned char packed[2 * ROOM];
	size_t n = pack(how, text, sizeof(text), packed), small;
	size_t damaged = 0, other = 0;

	T_INT(names[how], pack_find(packed, n), how);
	T_INT(names[how], unpacked(how, packed, n), sizeof(text));
	T_TRUE("the same bytes", memcmp(out, text, sizeof(text)) == 0);
	small = pack(how, "second", 6, packed + n);
	T_INT("members one after another", unpacked(how, packed, n + small), sizeof(text) + 6);
	T_TRUE("the second one behind the first", memcmp(out + sizeof(text), "second", 6) == 0);
	T_INT("the second one cut", unpacked(how, packed, n + small - 1), -2);
	memset(packed + n, 0, 512);
	if (how == PACK_GZIP || how == PACK_BZIP2)
		T_INT("filling behind it, as on a tape", unpacked(how, packed, n + 512),
		    sizeof(text));
	small = pack(how, text, 300, packed);
	for (size_t i = 1; i < small; i++)
		other += unpacked(how, packed, i) != -2;
	T_INT("cut anywhere: said as that", other, 0);
	for (size_t i = 0; i < small; i++) {
		packed[i] ^= 0x10;
		damaged += unpacked(how, packed, small) < 0;
		packed[i] ^= 0x10;
	}
	/* what stands in a header beside the text is covered by no sum */
	T_TRUE("a byte that was changed is noticed", damaged * 10 > small * 8);
	small = pack(how, "", 0, packed);
	T_INT("nothing, packed", unpacked(how, packed, small), 0);
}

static void
memory(void)
{
	static unsigned char packed[ROOM];
	size_t n = xz("a", 1, packed, 64 << 20);

	T_INT("xz -9", unpacked(PACK_XZ, packed, n), 1);
	n = xz("a", 1, packed, 192 << 20);
	T_INT("xz that asks for more than is allowed", unpacked(PACK_XZ, packed, n), -3);
	n = zstd(text, sizeof(text), packed, UNPACK_WINDOW);
	T_INT("the largest window of zstd", unpacked(PACK_ZSTD, packed, n), sizeof(text));
	n = zstd(text, sizeof(text), packed, UNPACK_WINDOW + 1);
	T_INT("and one more", unpacked(PACK_ZSTD, packed, n), -3);
}

static void
starts(void)
{
	T_INT("two bytes tell nothing", pack_find((const unsigned char *)"\x1f\x8b\x08", 2),
	    PACK_NONE);
	T_INT("three do", pack_find((const unsigned char *)"\x1f\x8b\x08", 3), PACK_GZIP);
	T_INT("a text", pack_find((const unsigned char *)"BZh0 a", 6), PACK_NONE);
	T_INT("a text about it", pack_find((const unsigned char *)"BZh9 a", 6), PACK_NONE);
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (unsigned char)("0123456789 abcdef\n"[i * i / 7 % 18]);
	fd = memfd_create("packed", MFD_CLOEXEC);
	for (int k = PACK_GZIP; k < PACK_N; k++)
		one_kind((enum pack)k);
	memory();
	starts();
	close(fd);
	return t_end();
}
