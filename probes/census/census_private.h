/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts of a census, for the files of this folder.
 */
#ifndef PROBES_CENSUS_CENSUS_PRIVATE_H
#define PROBES_CENSUS_CENSUS_PRIVATE_H

#include "probes/census/census.h"
#include "probes/census/spool.h"
#include "probes/x509/x509_item.h"

#define NOBODY UINT32_MAX /* no certificate, no place, no sighting */
#define PLACE_EVIDENCE_MAX 4

struct entry {
	const char *text;
	bool whole;
	size_t authorities; /* certificates of authorities that it shows */
};

struct place {
	const char *name;
	uint32_t entry;
	uint8_t kind; /* enum census_kind */
	bool whole;
	uint32_t first, shown; /* its certificate of position 1; how many */
	struct evidence *more;
	size_t nmore;
	const struct evidence *note;
};

/* Hashes, as far as the notes have them too; 0: there is nothing to hash. They find what may be of
 * one kin; within a run the bytes decide. */
struct traits {
	uint64_t key, subject, names, issued; /* issued: issuer and serial */
};

/* What stands between a certificate and the one that follows it. */
enum follow {
	FOLLOW_NONE,
	FOLLOW_TAKEN, /* the other one is valid and stands in its place */
	FOLLOW_LATER, /* the other one begins while this one still lives */
	FOLLOW_GAP,   /* the other one begins after this one has ended */
};

/* One certificate of this run. */
struct cert {
	uint8_t sha[SHA256_BYTES];
	struct traits traits;
	instant from, until;
	uint64_t at; /* in the spool */
	uint32_t len;
	uint32_t sight;   /* the first of its sightings */
	uint32_t next_by; /* who follows it; NOBODY */
	uint32_t before;  /* whom it follows; NOBODY */
	uint8_t follow;   /* enum follow */
	bool ca, self;
	bool filed, served;    /* seen in a file or on a token; first of what a server shows */
	bool known, was_quiet; /* by the notes; and another one stood in its place already */
	bool unnamed;          /* it got its target in this run */
	const char *target;    /* of the notes; NULL: by its places */
};

struct sight {
	uint32_t cert, place, position, next;
	const char *target, *label; /* target NULL: the place's name */
	bool extra, needless;       /* as census_extra and census_needless say */
};

/* A line of the notes: a certificate at a place. Text is hex, or as it came. */
struct noted {
	const char *place, *entry, *target, *label,
	    *name; /* name: what the certificate is called */
	const char *sha;
	uint32_t kind, position;
	bool ca, quiet; /* quiet: another one stood in its place */
	uint64_t key, subject, names, issued;
	instant from, until;
	instant seen; /* when it was there for the last time; 0: at the last look */
	instant gone; /* noticed when; 0: it is not known to be gone */
};

/* The numbers stand in the notes. */
enum change_kind { CHANGE_BYTES, CHANGE_OTHER, CHANGE_EARLY, CHANGE_PINNED, CHANGE_N };

/* A place that shows another certificate, until that is accepted. */
struct change {
	const char *place, *entry, *was, *name, *now; /* was, now: SHA-256; name: the former's */
	uint32_t kind;                                /* enum change_kind */
	instant since, until;                         /* until: the former's end */
};

/* A certificate that the notes have and the run has not. */
struct lost {
	struct noted *v; /* its lines, next to each other */
	size_t n;
	bool gone;    /* all its places were looked at */
	bool settled; /* nothing to tell: it was followed, or accepted */
};

struct census {
	const struct probe_ctx *ctx;
	const struct census_rules *rules;
	instant now;
	enum x509_use use;
	bool pinned; /* what servers show */
	struct arena *arena, *item;
	struct spool spool;
	struct entry *entries;
	struct place *places;
	struct cert *certs;
	struct sight *sights;
	size_t nentries, nplaces, ncerts, nsights;
	size_t cap_entries, cap_places, cap_certs, cap_sights;
	uint32_t *cert_slots, *place_slots, *target_slots; /* open hash tables; NOBODY: free */
	size_t ncert_slots, nplace_slots;
	/* of the notes */
	bool noted;           /* there were notes */
	instant looked;       /* at the last look */
	uint64_t body;        /* hash of what is in them */
	struct noted *absent; /* lines of certificates that this run did not see */
	size_t nabsent, cap_absent;
	struct lost *lost;
	size_t nlost;
	struct change *changes;
	size_t nchanges, cap_changes;
	const char *trouble; /* the notes could not be read or kept */
};

uint64_t census_hash(const void *bytes, size_t n, uint64_t seed);
/* The certificate of that SHA-256, or NOBODY. */
uint32_t census_find(const struct census *c, const uint8_t sha[SHA256_BYTES]);
uint32_t census_find_place(const struct census *c, const char *name);
/* Parses it again, from the spool into the arena; false: it cannot be read back. */
bool census_parse(const struct census *c, const struct cert *h, struct arena *a, struct x509 *out);
void census_traits(const struct x509 *x, struct traits *out);
const char *census_target(const struct census *c, const struct cert *h);
/* Another one stands in its place, and no server shows it. */
bool census_is_quiet(const struct cert *h);

/* kin.c: who follows whom among the certificates of this run. */
void kin_find(struct census *c);
/* The newest certificate of this run that follows one of the notes; NOBODY. */
uint32_t kin_of_noted(const struct census *c, const struct noted *n);

bool kin_matches(const struct cert *h, const struct noted *n);

/* notes.c */
void notes_read(struct census *c, void (*line)(struct census *c, const struct noted *n));
void notes_write(struct census *c);

/* compare.c: holds the run against the notes. */
void compare_all(struct census *c);

/* accepted.c */
#define CENSUS_ID 17 /* 16 hex digits */
/* The identity of what can be accepted. */
void census_change_id(const struct change *ch, char id[CENSUS_ID]);
void census_lost_id(const struct lost *l, char id[CENSUS_ID]);
bool census_is_accepted(
    const struct census *c, const char *rule, const char *target, const char *id);

/* tell.c */
void tell_all(struct census *c);
/* tell_lost.c: what is not seen, and what was exchanged. */
void tell_absent(struct census *c);
/* tell_judge.c: how strong it is and what for; base has its target, evidence and words. */
void tell_strength(struct census *c, const struct cert *h, const struct x509 *x, struct item base);

/* Text in the arena: RFC 3339; "2026-11-30 14:28 UTC". */
const char *census_moment(struct arena *a, instant t);
const char *census_minute(struct arena *a, instant t);

#endif
