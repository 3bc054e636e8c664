/* SPDX-License-Identifier: Apache-2.0
 *
 * side: the sidecar of a segment, 8 bytes a record: a keyed hash of each record that was sealed.
 * When the bytes of a chunk are not those that were noted any more, it tells which records were
 * changed, taken out, put in or moved. It explains; the SHA-256 of the chunk proves.
 *
 * ID.SEG.side  a block a chunk, in the order of the chunks: a hash for each record, then a sum over
 *              them and the chunk's SHA-256. ID is that of state.h, SEG the number of the segment.
 *              Numbers are in the byte order of the machine
 * side.key     the key of all logs of the check, 0600
 *
 * A block whose sum does not fit (never written, cut, damaged, of another key or chunk) proves
 * nothing, and that is all: it is not counted against the log. So nothing here is made durable
 * before the statements, and a killed run leaves at most blocks that do not fit yet.
 *
 * The hash is XXH3 of 64 bits with a secret (libxxhash, headers only): fast enough for each record
 * of each log, and made to be hard to guess without the secret, but no proof against who can read
 * the key.
 */
#ifndef PROBES_AUDIT_SIDE_H
#define PROBES_AUDIT_SIDE_H

#include "statement.h"

#include <stddef.h>
#include <sys/types.h>

#define SIDE_SECRET 192                /* bytes of the key */
#define SIDE_RECORDS ((size_t)16384)   /* in one chunk; a chunk of more has no block */
#define SIDE_MAX ((uint64_t)480 << 20) /* bytes of a sidecar; chunks behind it have no block */

struct side_key {
	uint8_t secret[SIDE_SECRET];
};

enum side_key_is { SIDE_KEY_NONE, SIDE_KEY_KNOWN, SIDE_KEY_NEW };

/* Reads the key of a check's folder, or makes one (getrandom): then the blocks that are there prove
 * nothing any more. SIDE_KEY_NONE: neither is possible. Blocks on the disk. */
enum side_key_is side_key_load(struct side_key *k, int dir);

/* One record, n bytes with its line end. */
uint64_t side_hash(const struct side_key *k, const char *rec, size_t n);

/* The end of the record that begins at p: behind its line end, or `end`. */
const char *side_record_end(const char *p, const char *end);

/* The hashes of a chunk's records, in *out, of at most max. Returns how many there are; more than
 * max: none of them is of use. */
size_t side_split(const struct side_key *k, const char *p, size_t n, uint64_t *out, size_t max);

/* Where the block of a chunk stands. */
struct side_place {
	uint64_t chunk, record; /* how many of each stand before it in its segment */
	uint64_t records;       /* in it */
	const uint8_t *sha;     /* of the chunk, HASH_SIZE bytes */
};

uint64_t side_sum(const struct side_key *k, const uint64_t *v, size_t n, const uint8_t *sha);

struct side {
	const struct side_key *key; /* NULL: there is none, nothing is written or found */
	int fd;                     /* -1: not open */
};

/* The sidecar of one segment in the folder of the state. make: it is to be written to. What is
 * missing or cannot be opened finds nothing. */
void side_open(struct side *f, const struct side_key *key, int dir, const char *id,
    uint64_t segment, bool make);
void side_close(struct side *f);
void side_remove(int dir, const char *id, uint64_t segment);

/* All blocks up to a place are there, by the length of the file. */
bool side_reaches(const struct side *f, uint64_t chunks, uint64_t records);

/* The block's hashes, with room for one more behind them. What cannot be written is left out. */
void side_put(const struct side *f, const struct side_place *at, uint64_t *v);

/* Blocks that follow one another, to be written in one go; zeros: none. */
struct side_run {
	const uint64_t *v;
	size_t n; /* numbers at v */
	off_t to; /* byte of the sidecar */
};
/* side_put at side_run_end: v stays as it is until then. Writes what is gathered when this block
 * does not follow it in memory and in the file. */
void side_run_add(
    const struct side *f, struct side_run *r, const struct side_place *at, uint64_t *v);
void side_run_end(const struct side *f, struct side_run *r);

/* false: the block proves nothing. v has room for at->records + 1, which is SIDE_RECORDS + 1 at
 * most. */
bool side_get(const struct side *f, const struct side_place *at, uint64_t *v);

#endif
