/* SPDX-License-Identifier: Apache-2.0
 *
 * work: what the parts of a run share. Every call into the module is announced by enter, so that a
 * module that never returns is named with the call it hangs in.
 */
#ifndef PROBES_HSM_WORK_H
#define PROBES_HSM_WORK_H

#include "probes/census/census.h"
#include "probes/hsm/spec.h"
#include "probes/x509/der.h"
#include "probes/x509/x509.h"

#include <p11-kit/p11-kit.h>
#include <p11-kit/uri.h>

#define CKR_TEXT 48

/* "CKR_DEVICE_ERROR"; buf is for codes without a name. */
const char *ckr_name(CK_RV rv, char buf[CKR_TEXT]);

/* Why no token is seen. */
enum absence {
	ABSENCE_UNFIT,   /* tokens are seen, but none that the URI names */
	ABSENCE_TOKEN,   /* a reader is there, without a token */
	ABSENCE_READER,  /* the card service has no reader */
	ABSENCE_UNSEEN,  /* the module lists no reader, and no service can be asked why */
	ABSENCE_UNUSED,  /* the card service has readers, and the module lists none of them */
	ABSENCE_SERVICE, /* the card service does not run */
	ABSENCE_RIGHTS,  /* the card service refuses this account */
	ABSENCE_N
};

struct hsm_run {
	const struct probe_ctx *ctx;
	const struct hsm_conf *conf;
	instant now;
	P11KitUri *uri;
	CK_FUNCTION_LIST *f;
	struct arena *arena; /* of one token */
	struct arena *item;  /* of one item */
	size_t tokens;       /* that matched */
	size_t present;      /* tokens that told what they are, also those that did not match */
	enum absence absence;
	size_t slots_failed; /* readers whose token did not tell what it is */
	bool slots_cut;      /* more than HSM_SLOTS_MAX readers */
	bool listed;         /* all readers were asked */
	struct census *census;
	uint32_t entry; /* the URI, in the census */
};

void hsm_enter(const struct hsm_run *r, const char *call);
void hsm_unknown(const struct hsm_run *r, const char *rule, const char *target, const char *summary,
    const char *reason);

struct token {
	const char *name; /* "token customs" */
	uint32_t place;   /* in the census */
	const char *label, *serial, *manufacturer, *model;
	CK_FLAGS flags;
};

/* A certificate or a public key as it lies on the token; value.len 0 when it gives none. */
struct object {
	const char *label;
	struct der id, value; /* CKA_VALUE; of a key its point or modulus */
	char kind;            /* keys: 'E', 'R', '?' */
	const char *fault;    /* why there is no value */
	struct der end_date;  /* of a certificate: CKA_END_DATE; len 0: none */
	bool other_kind;      /* of a certificate: it is no X.509 one of a public key */
	struct x509_key own;  /* of a certificate, by pair_read: its key; kind '\0': unreadable */
};

struct objects {
	struct object *v;
	size_t n;
	bool cut; /* more than HSM_OBJECTS_MAX */
};

/* All objects of a class, with what tells them apart. -1 with *why naming the call and its code. */
int objects_read(struct hsm_run *r, CK_SESSION_HANDLE session, CK_OBJECT_CLASS class,
    struct objects *out, const char **why);

/* Pure. The point without the OCTET STRING some modules leave around it (PKCS#11 2.3.3 wants it,
 * others give the bare point). */
struct der ec_point_bare(struct der point);

/* Pure. Text fields of CK_TOKEN_INFO are padded with spaces and not ended (PKCS#11, 3.2). */
const char *token_text(struct arena *a, const CK_UTF8CHAR *text, size_t len);

/* An item of a token, with what the token says of itself as evidence. finding NULL: it is fine. */
void hsm_emit(struct hsm_run *r, const struct token *t, const char *rule, const char *target,
    const char *finding, const char *summary);
/* "token customs: signing". c: the certificate that the object holds, NULL where it is none. */
const char *hsm_target(
    struct hsm_run *r, const struct token *t, const struct object *o, const struct x509 *c);

/* pair.c: which key belongs to which certificate, by the bytes of the key first and by CKA_ID, as
 * programs pair them (PKCS#11, 4.6.3), second. pair_read comes before the others: it fills own. */
void pair_read(struct objects *certs);
void pair_tell(struct hsm_run *r, const struct token *t, const char *target,
    const struct object *cert, const struct objects *keys);
void pair_tell_lone(struct hsm_run *r, const struct token *t, const struct objects *certs,
    const struct objects *keys);

/* dates.c. Pure: the beginning of that day in UTC; false: it is no CK_DATE of a day that there is.
 */
bool ck_date(struct der raw, instant *out);
/* Says when the token's own end date is not the certificate's. */
void dates_tell(struct hsm_run *r, const struct token *t, const char *target,
    const struct object *o, const struct x509 *c);

/* login.c: with the option login gives the token the PIN, at most once a run, and not where that
 * could lock it. true: nothing that the token has is hidden from this session for want of it. */
bool login_try(struct hsm_run *r, const struct token *t, CK_SESSION_HANDLE session);
/* Wipes the PIN, which is needed no more. */
void login_forget_pin(void);

/* nss.c, for the option nss. Why the database cannot be read; NULL: it can. */
const char *nss_unreadable(const struct hsm_run *r);
/* C_Initialize with the place of the database. */
CK_RV nss_initialize(struct hsm_run *r);

/* One token: its items. */
void token_show(struct hsm_run *r, CK_SLOT_ID slot, const char *name, const CK_TOKEN_INFO *info);

/* slots.c: the readers that have a token, at most HSM_SLOTS_MAX, into slots. */
CK_RV slots_list(struct hsm_run *r, CK_SLOT_ID *slots, CK_ULONG *n);
/* absent.c: finds out why no token is seen, before C_Finalize. */
void absent_why(struct hsm_run *r);
/* After the census has ended: the count of tokens, and those that are not there. */
void absent_tell(struct hsm_run *r);

/* Every token among them that fits. */
void slots_show(struct hsm_run *r, const CK_SLOT_ID *slots, CK_ULONG n);

#endif
