/* SPDX-License-Identifier: Apache-2.0
 *
 * trail: what the trails that are no text log have in common (dated files, a table of a database, a
 * journal): their notes, and findings that are measured anew in each run. Such a finding is told as
 * long as the thing is as it is; whoever accepts it ends it until that thing is another one.
 */
#ifndef PROBES_AUDIT_TRAIL_H
#define PROBES_AUDIT_TRAIL_H

#include "facts.h"
#include "source.h"
#include "state.h"

#include "probes/probe.h"

#define TRAIL_FOUND_MAX 64            /* findings of one trail told in a run; the rest is counted */
#define TRAIL_BLOCK ((size_t)1 << 20) /* bytes read at once */
#define TRAIL_ID 17                   /* 16 hex digits, with the NUL */

/* A finding that was told before. */
struct trail_mark {
	char id[TRAIL_ID];
	instant noticed;
	bool accepted;
};

struct trail {
	const struct probe_ctx *ctx;
	const struct audit_conf *conf;
	const char *path;  /* as configured */
	const char *notes; /* names the notes; NULL: path does */
	struct state s;
	span until;  /* on ctx->clk->mono: reading stops then */
	instant now; /* wall */
	struct trail_mark *marks;
	size_t nmarks, marks_cap;
	char *block; /* TRAIL_BLOCK bytes to read into */
	size_t told; /* findings of this run */
	size_t more; /* that were not told one by one */
	bool behind; /* the notes do not follow from the head that is kept outside, and nobody has
		      * accepted that */
};

/* The trail of conf->paths.v[path], and that it is looked at now. */
struct trail trail_of(const struct probe_ctx *ctx, const struct audit_conf *conf, size_t path);

/* One statement of the notes, in the order they were made; its texts are borrowed. */
typedef void trail_take(void *self, const struct statement *st);

/* Loads the notes and hands each statement of another kind than this header's to take. Damaged
 * notes are put aside with a finding. -1 with *e: they cannot be read, and an unknown item was
 * told. */
int trail_open(struct trail *t, struct digester *d, trail_take *take, void *self, struct err *e);

/* Makes durable what was said (state_sayf); tells what could not be kept. */
void trail_close(struct trail *t);

/* A finding with its words. identity: what makes it this one and no other (a hash, a day), so that
 * a later change is a new finding. class and facts go into the evidence. */
struct trail_finding {
	const char *target, *rule, *key, *class, *identity;
	struct evidence_list *facts;
	const char *summary;
	struct deadline deadline; /* kind DEADLINE_NONE: none */
};
/* False: it was accepted, and is not told. */
bool trail_tell(struct trail *t, const struct trail_finding *f);

/* Ends the run's findings: how many more there are. */
void trail_tell_more(struct trail *t);

void trail_unknown(struct trail *t, const char *target, const char *rule, const char *summary);
/* The trail as a whole is fine. */
void trail_fine(
    struct trail *t, const char *target, struct evidence_list *facts, const char *summary);

/* How long ago something was added (s.grown), against a `silence` that is a span. */
void trail_silence(struct trail *t, const char *target);

/* SHA-256 of all bytes of the file, unpacked. 1; 0: time is over; -1 with *e. */
int trail_hash(
    struct trail *t, const char *path, uint8_t hash[HASH_SIZE], uint64_t *bytes, struct err *e);

/* Time is over. */
bool trail_is_late(const struct trail *t);

#endif
