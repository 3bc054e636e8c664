/* SPDX-License-Identifier: Apache-2.0
 *
 * pack: failure scenarios of a sector as data (conf/packs, installed to share/forewarn/packs). A
 * pack is read strictly: an unknown name, a letter without its type, a gate without its letter are
 * faults with file and line. Knows no probe: types.conf says which rules measure a type of letter.
 */
#ifndef PACKS_PACK_H
#define PACKS_PACK_H

#include "conf/conf.h"
#include "packs/gate.h"

#define PACK_NAME_MAX 32       /* bytes of a pack's name */
#define PACK_SCENARIOS_MAX 200 /* of one pack with what it includes */
#define PACK_LETTERS_MAX 26    /* of one scenario */

/* A type of letter, and what measures it. */
struct letter_type {
	const char *type;
	struct texts rules;  /* of probes; none: nothing measures it, and `without` says why */
	const char *without; /* NULL: something does */
	bool barrier;        /* harmful only when it is called upon */
};

struct letter {
	const char *letter; /* one, 'a' to 'z' */
	const char *type, *target;
	const char *plan, *act, *stop; /* when each level starts, in words; NULL: not used */
	span lead;                     /* of a dated thing; 0: rule B, or its own */
	const char *beside;            /* why it stands in no gate; NULL: it does */
	const struct letter_type *is;
};

struct scenario {
	const char *id, *failure, *gate_text, *trigger; /* trigger: NULL, "audit" or "demand" */
	struct texts hidden, prevent, detect, recover;
	struct texts controls, unconfirmed; /* the latter are never shown as fact */
	int64_t hours_low, hours_likely, hours_high;
	span lead;
	struct gate gate;
	struct letter *letters;
	size_t nletters;
	const char *place; /* "file:line" */
};

struct pack {
	struct arena *arena;
	const char *name, *title;
	struct texts asks; /* options that a duty sets and nobody may guess */
	struct letter_type *types;
	size_t ntypes;
	struct scenario *scenarios; /* its own, then those of what it includes */
	size_t nscenarios;
	const char **faults; /* of reading, "file:line: name: what, what is allowed" */
	size_t nfaults;
};

/* Reads folder/types.conf, folder/NAME.conf and what that includes. lock as in conf.h. Blocks.
 * Never NULL: ask nfaults, and pack_free in any case. */
struct pack *pack_load(const char *folder, const char *name, conf_lock *lock);
void pack_free(struct pack *p);

const struct scenario *pack_scenario(const struct pack *p, const char *id); /* NULL: none */

#endif
