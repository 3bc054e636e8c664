/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns unpacking a file with the libraries of its kind.
 */
#include "unpack.h"

#include <bzlib.h>
#include <errno.h>
#include <lzma.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#define MAX_STEP ((size_t)1 << 30) /* zlib and bzip2 count in unsigned */
#define GZIP_HEADER 16             /* added to the window of zlib: a header of gzip is due */

/* What a decoder says after a step. */
enum step { STEP_ON, STEP_MEMBER, STEP_END, STEP_BAD, STEP_MEMORY };

struct unpack {
	enum pack pack;
	int fd;
	off_t at;             /* of the next byte to read from the file */
	unsigned char *input; /* UNPACK_INPUT bytes */
	size_t from, to;      /* of what is in it */
	bool eof;             /* of the file */
	bool done, cut;
	z_stream gzip;
	lzma_stream xz;
	ZSTD_DStream *zstd;
	bz_stream bzip2;
	bool bzip2_open;
};

enum pack
pack_find(const unsigned char *start, size_t n)
{
	if (n >= 3 && memcmp(start, "\x1f\x8b\x08", 3) == 0)
		return PACK_GZIP;
	if (n >= 6 && memcmp(start,
			  "\xfd"
			  "7zXZ\0",
			  6) == 0)
		return PACK_XZ;
	if (n >= 4 && memcmp(start, "\x28\xb5\x2f\xfd", 4) == 0)
		return PACK_ZSTD;
	if (n >= 5 && memcmp(start, "BZh", 3) == 0 && start[3] >= '1' && start[3] <= '9' &&
	    (start[4] == '1' || start[4] == 0x17))
		return PACK_BZIP2;
	return PACK_NONE;
}

static bool
begin(struct unpack *u)
{
	switch (u->pack) {
	case PACK_GZIP:
		return inflateInit2(&u->gzip, MAX_WBITS + GZIP_HEADER) == Z_OK;
	case PACK_XZ:
		return lzma_stream_decoder(&u->xz, UNPACK_MEMORY, LZMA_CONCATENATED) == LZMA_OK;
	case PACK_ZSTD:
		u->zstd = ZSTD_createDStream();
		return u->zstd != NULL && !ZSTD_isError(ZSTD_DCtx_setParameter(
					      u->zstd, ZSTD_d_windowLogMax, UNPACK_WINDOW));
	case PACK_BZIP2:
		u->bzip2_open = BZ2_bzDecompressInit(&u->bzip2, 0, 0) == BZ_OK;
		return u->bzip2_open;
	default:
		return false;
	}
}

struct unpack *
unpack_new(enum pack pack, int fd, struct err *e)
{
	struct unpack *u = calloc(1, sizeof(*u));

	if (u != NULL) {
		u->pack = pack;
		u->fd = fd;
		u->input = malloc(UNPACK_INPUT);
	}
	if (u == NULL || u->input == NULL || !begin(u)) {
		unpack_free(u);
		err_set(e, ERR_SYS, "no memory to unpack it");
		return NULL;
	}
	return u;
}

void
unpack_free(struct unpack *u)
{
	if (u == NULL)
		return;
	if (u->pack == PACK_GZIP)
		inflateEnd(&u->gzip);
	if (u->pack == PACK_XZ)
		lzma_end(&u->xz);
	ZSTD_freeDStream(u->zstd);
	if (u->bzip2_open)
		BZ2_bzDecompressEnd(&u->bzip2);
	free(u->input);
	free(u);
}

bool
unpack_cut(const struct unpack *u)
{
	return u->cut;
}

/* More of the file, behind what is left of it in the input. -1 with *e. */
static int
fill(struct unpack *u, struct err *e)
{
	ssize_t got;

	memmove(u->input, u->input + u->from, u->to - u->from);
	u->to -= u->from;
	u->from = 0;
	do {
		got = pread(u->fd, u->input + u->to, UNPACK_INPUT - u->to, u->at);
	} while (got < 0 && errno == EINTR);
	if (got < 0)
		return err_sys(e, "cannot read it");
	u->eof = got == 0;
	u->at += got;
	u->to += (size_t)got;
	return 0;
}

static enum step
step_gzip(struct unpack *u, unsigned char *out, size_t n, size_t *got)
{
	z_stream *z = &u->gzip;
	int rc;

	z->next_in = u->input + u->from;
	z->avail_in = (unsigned)(u->to - u->from);
	z->next_out = out;
	z->avail_out = (unsigned)n;
	rc = inflate(z, Z_NO_FLUSH);
	*got = n - z->avail_out;
	u->from = u->to - z->avail_in;
	if (rc == Z_STREAM_END)
		return inflateReset(z) == Z_OK ? STEP_MEMBER : STEP_BAD;
	return rc == Z_OK || rc == Z_BUF_ERROR ? STEP_ON
	       : rc == Z_MEM_ERROR             ? STEP_MEMORY
					       : STEP_BAD;
}

static enum step
step_xz(struct unpack *u, unsigned char *out, size_t n, size_t *got)
{
	lzma_stream *z = &u->xz;
	lzma_ret rc;

	z->next_in = u->input + u->from;
	z->avail_in = u->to - u->from;
	z->next_out = out;
	z->avail_out = n;
	/* where one member ends and whether another one follows, only the end of the file tells it
	 */
	rc = lzma_code(z, u->eof ? LZMA_FINISH : LZMA_RUN);
	*got = n - z->avail_out;
	u->from = u->to - z->avail_in;
	if (rc == LZMA_STREAM_END)
		return STEP_END;
	return rc == LZMA_OK || rc == LZMA_BUF_ERROR               ? STEP_ON
	       : rc == LZMA_MEMLIMIT_ERROR || rc == LZMA_MEM_ERROR ? STEP_MEMORY
								   : STEP_BAD;
}

static enum step
step_zstd(struct unpack *u, unsigned char *out, size_t n, size_t *got)
{
	ZSTD_inBuffer in = { u->input, u->to, u->from };
	ZSTD_outBuffer to = { out, n, 0 };
	size_t rc = ZSTD_decompressStream(u->zstd, &to, &in);

	*got = to.pos;
	u->from = in.pos;
	if (ZSTD_isError(rc))
		/* the codes of zstd_errors.h are not stable in old versions; the words are */
		return strstr(ZSTD_getErrorName(rc), "memory") != NULL ? STEP_MEMORY : STEP_BAD;
	return rc == 0 ? STEP_MEMBER : STEP_ON;
}

static enum step
step_bzip2(struct unpack *u, unsigned char *out, size_t n, size_t *got)
{
	bz_stream *z = &u->bzip2;
	int rc;

	z->next_in = (char *)u->input + u->from;
	z->avail_in = (unsigned)(u->to - u->from);
	z->next_out = (char *)out;
	z->avail_out = (unsigned)n;
	rc = BZ2_bzDecompress(z);
	*got = n - z->avail_out;
	u->from = u->to - z->avail_in;
	if (rc == BZ_OK)
		return STEP_ON;
	if (rc != BZ_STREAM_END)
		return rc == BZ_MEM_ERROR ? STEP_MEMORY : STEP_BAD;
	BZ2_bzDecompressEnd(z);
	*z = (bz_stream){ 0 };
	u->bzip2_open = BZ2_bzDecompressInit(z, 0, 0) == BZ_OK;
	return u->bzip2_open ? STEP_MEMBER : STEP_MEMORY;
}

static enum step
step(struct unpack *u, unsigned char *out, size_t n, size_t *got)
{
	switch (u->pack) {
	case PACK_GZIP:
		return step_gzip(u, out, n, got);
	case PACK_XZ:
		return step_xz(u, out, n, got);
	case PACK_ZSTD:
		return step_zstd(u, out, n, got);
	default:
		return step_bzip2(u, out, n, got);
	}
}

/* After a member: 1 another one follows, 0 none does (what stands there is filling, as gzip itself
 * takes it), -1 with *e. */
static int
next_member(struct unpack *u, struct err *e)
{
	if (u->to - u->from < PACK_START && !u->eof && fill(u, e) < 0)
		return -1;
	u->done = u->pack != PACK_ZSTD
		      ? pack_find(u->input + u->from, u->to - u->from) != u->pack
		      : u->eof && u->from == u->to; /* frames of zstd may also be ones to skip */
	return !u->done;
}

static int
failed(struct unpack *u, enum step s, struct err *e)
{
	u->done = true;
	if (s == STEP_MEMORY)
		return err_set(e, ERR_LIMIT, "it needs more than %zu MiB of memory to unpack",
		    UNPACK_MEMORY >> 20);
	if (s == STEP_BAD)
		return err_set(e, ERR_PARSE, "what is packed in it is damaged");
	u->cut = true;
	return err_set(e, ERR_PARSE, "it is cut: it ends in the middle of what is packed in it");
}

/* One step, with input where some is needed. 1 go on, 0 the end, -1 with *e. */
static int
advance(struct unpack *u, unsigned char *out, size_t n, size_t *got, struct err *e)
{
	size_t before;
	enum step s;

	*got = 0;
	if (u->from == u->to && !u->eof && fill(u, e) < 0)
		return -1;
	before = u->from;
	s = step(u, out, n < MAX_STEP ? n : MAX_STEP, got);
	if (s == STEP_MEMBER)
		return next_member(u, e);
	if (s == STEP_END) {
		u->done = true;
		return 0;
	}
	if (s != STEP_ON || (u->eof && *got == 0 && u->from == before))
		return failed(u, s, e);
	return 1;
}

ssize_t
unpack_read(struct unpack *u, void *buf, size_t n, struct err *e)
{
	size_t at = 0, got;
	int rc = 1;

	u->cut = false;
	while (at < n && !u->done && rc > 0) {
		rc = advance(u, (unsigned char *)buf + at, n - at, &got, e);
		at += got;
	}
	return rc < 0 ? -1 : (ssize_t)at;
}
