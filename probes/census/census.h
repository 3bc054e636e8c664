/* SPDX-License-Identifier: Apache-2.0
 *
 * census: what the places of one check show (files, servers, tokens), certificate by certificate,
 * and what they showed at the last look. A run says where it looked and what it saw; census_end
 * then tells: one item a certificate with all its places, the certificate that took another one's
 * place, and the one that is not where it was. Notes are kept in the check's own folder.
 *
 * Identity is the certificate (SHA-256), not its place. A certificate keeps its target as long as
 * it is seen, and who succeeds it takes the target over, so that silences, exceptions and the table
 * of dates go on.
 */
#ifndef PROBES_CENSUS_CENSUS_H
#define PROBES_CENSUS_CENSUS_H

#include "probes/probe.h"
#include "probes/x509/x509_alg.h"

#define CENSUS_CERTS_MAX 1000000u  /* certificates of one check */
#define CENSUS_PLACES_MAX 1000000u /* places of one check */

/* The probe's rules that the census tells under, each with the findings that it can name:
 * expiry: "gone" "gone-authority" "still-served" "extra"; validity: "not-yet-valid"
 * "ends-before-begins" "begins-later" "gap"; identity: "changed" "other" "early"; strength:
 * "weak-key" "weak-signature"; use: "wrong-use". */
struct census_rules {
	const char *expiry, *validity, *identity, *strength, *use;
};

#define CENSUS_LIST_MIN 20 /* authorities in one entry that make it a list of trusted ones */

enum census_kind { CENSUS_FILE, CENSUS_SERVER, CENSUS_TOKEN, CENSUS_KIND_N };

struct census;

/* ctx and rules must live on. What cannot be read of the notes is told when it ends. */
struct census *census_new(
    const struct probe_ctx *ctx, const struct census_rules *rules, instant now);
void census_free(struct census *c);
/* What certificates that are no authorities are for. */
void census_use(struct census *c, enum x509_use use);

/* What servers show is trusted by itself: another certificate is a change until it is accepted. */
void census_pin(struct census *c);

/* An entry of the configuration: a path, a folder, a pattern, an endpoint, an URI. Places that the
 * notes have of other entries are forgotten. The number of the entry. */
uint32_t census_entry(struct census *c, const char *text);
/* All its places were seen: what is not among them is not there any more. */
void census_entry_whole(struct census *c, uint32_t entry);

/* A place of an entry, not looked at yet. A place that is named again is the same one. */
uint32_t census_place(struct census *c, uint32_t entry, enum census_kind kind, const char *name);
/* Text for the evidence of each certificate there, as { "protocol", "TLSv1.3" }; copied. */
void census_place_evidence(struct census *c, uint32_t place, const char *key, const char *value);
/* The same with text that lives as long as the program, for what is said of many places. */
void census_place_note(struct census *c, uint32_t place, const struct evidence *constant);
/* It was looked at, and all that is there was shown: what it showed before and does not show now is
 * gone from there. */
void census_place_whole(struct census *c, uint32_t place);

/* A certificate at a place. position: from 1; behind the first are its issuers, or what else the
 * file holds. target: what it is called unless the census knows it by another name. label: the
 * token's, or NULL. All are copied. 0, or -1 with *e: the bytes are no certificate; nothing is
 * shown then. */
int census_show(struct census *c, uint32_t place, size_t position, const char *target,
    const char *label, struct der der, struct err *e);

/* The certificate of that position, shown before, is not needed where it was shown: programs reach
 * a trusted authority without it. */
void census_extra(struct census *c, uint32_t place, size_t position);
/* A path from what stands beside it in the file need not lead over this authority: it ends the
 * chain under a name that programs know as trusted, or nothing there was issued under its name. */
void census_needless(struct census *c, uint32_t place, size_t position);

/* Compares, emits, writes the notes. Once. */
void census_end(struct census *c);
/* After that: the places that the notes have and this run did not name, one by one, each with the
 * moment of the last look that found it there. NULL: no more. *seen may be NULL. */
const char *census_missing(struct census *c, size_t n, instant *seen);

/* A certificate of this run. */
struct census_seen {
	struct x509 x;
	const char *target; /* what it is called */
	bool quiet;         /* another one stands in its place, and no server shows it */
};
/* After census_end: each certificate once; what is handed over is borrowed until take returns. */
void census_each(
    struct census *c, void (*take)(void *self, const struct census_seen *s), void *self);

/* Tells the names of subjects and issuers apart. */
uint64_t census_name_hash(struct der name);

/* How many certificates were shown by this place now, and at the last look (0: never looked). */
size_t census_shown(const struct census *c, uint32_t place);

#endif
