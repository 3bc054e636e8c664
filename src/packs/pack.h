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
struct pack_type {
	const char *type;
	struct texts rules;  /* of probes; none: nothing measures it, and `without` says why */
	const char *without; /* NULL: something does */
	bool barrier;        /* harmful only when it is called upon */
	const char *found;   /* the probe whose check `init` writes of what it finds; NULL: none */
	const char *example; /* options of a check that a person has to fill; NULL: none */
	const char *missing; /* why `init` cannot write it by itself; NULL: it can */
};

struct pack_letter {
	const char *letter; /* one, 'a' to 'z' */
	const char *type, *target;
	const char *plan, *act, *stop; /* when each level starts, in words; NULL: not used */
	span lead;                     /* of a dated thing; 0: rule B, or its own */
	const char *beside;            /* why it stands in no gate; NULL: it does */
	const struct pack_type *is;
};

struct scenario {
	const char *id, *failure, *gate_text, *trigger; /* trigger: NULL, "audit" or "demand" */
	struct texts hidden, prevent, detect, recover;
	struct texts controls, unconfirmed; /* the latter are never shown as fact */
	int64_t hours_low, hours_likely, hours_high;
	span lead;
	struct pack_gate gate;
	struct pack_letter *letters;
	size_t nletters;
	const char *place; /* "file:line" */
};

struct pack {
	struct arena *arena;
	const char *name, *title;
	struct texts asks; /* options that a duty sets and nobody may guess */
	struct pack_type *types;
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
/* The first letter of that type with levels or a lead; NULL: there is none. */
const struct pack_letter *pack_first(const struct pack *p, const char *type);

/* Names of the packs in the folder, in their order, with a NULL at the end; in the arena. */
const char **pack_names(const char *folder, struct arena *a);

#endif
