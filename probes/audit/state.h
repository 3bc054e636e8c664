/* SPDX-License-Identifier: Apache-2.0
 *
 * state: keeps what is known of one log (known.h) from run to run, in files in the check's own
 * folder.
 *
 * ID.statements  one statement a line, only ever appended to (seal: open, chunk, rotate, retire,
 *                gone, restored, finding); the leaves of a later tree
 * ID.head        replaced atomically; how many bytes of the statements are valid, their chain hash,
 *                and all that a run needs which finds nothing new. Ends with a hash of itself
 *
 * ID.SEG.side    the hashes of a segment's records (side.h)
 *
 * ID is the first half of SHA-256 of the log's path. A crash anywhere leaves the old head; what was
 * written behind its valid bytes is overwritten by the next run.
 */
#ifndef PROBES_AUDIT_STATE_H
#define PROBES_AUDIT_STATE_H

#include "known.h"

/* The name under which a log of that path is noted. */
void state_id(struct digester *d, const char *path, char id[STATE_ID]);

/* Loads what is there. 0: loaded, or nothing was there (known says which); -1 with *e: what is
 * there is damaged or cannot be read (code ERR_PARSE: damaged). */
int state_load(
    struct state *s, int dir, const char *path, struct arena *a, struct digester *d, struct err *e);
/* What killed runs have left in a check's folder of files they were writing. Once a run, before it
 * writes any. */
void state_sweep(int dir);
void state_fini(struct state *s);

/* Puts damaged files aside and starts anew. */
int state_restart(struct state *s, struct err *e);

/* Adds a statement (without line end); a failure to write shows at state_save. */
void state_say(struct state *s, const char *line, size_t n);
__attribute__((format(printf, 2, 3))) void state_sayf(struct state *s, const char *fmt, ...);

/* Makes the statements durable, then the head. -1 with *e: the old head stands. */
int state_save(struct state *s, struct err *e);

/* Reads the statements from a place on; line ends with NUL. */
struct statements {
	struct state *s;
	uint64_t at, end; /* of the next line; of all */
	char *buf;
	size_t len, used, cap;
};
void statements_open(struct statements *r, struct state *s, uint64_t from);
void statements_close(struct statements *r);
/* 1: a line of *n bytes, borrowed until the next call; 0: the end; -1: cannot be read. */
int statements_next(struct statements *r, char **line, size_t *n);

/* The whole chain again: true if the statements are those the head knows. */
bool state_sound(struct state *s);

#endif
