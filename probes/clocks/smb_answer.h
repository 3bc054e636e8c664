/* SPDX-License-Identifier: Apache-2.0
 *
 * smb_answer: the first question to a file server and what its answer says of its clock
 * ([MS-SMB2] 2.2.3, 2.2.4; no login is needed for it). Pure.
 */
#ifndef CLOCKS_SMB_ANSWER_H
#define CLOCKS_SMB_ANSWER_H

#include <stddef.h>
#include <stdint.h>

#define SMB_QUESTION 112                /* bytes, with the four of the transport */
#define SMB_NEEDED 116                  /* bytes of an answer that are looked at */
#define SMB_ANSWER_MAX ((size_t)131072) /* that it may say it has */

/* A Windows server may read a clock that only ticks 64 times a second ([MS-SMB2] does not say which
 * it reads), so its clock stood within this much after what it says. Nanoseconds. */
#define SMB_TICK 15625000LL

enum smb_fault {
	SMB_OK,
	SMB_MORE,    /* fewer than SMB_NEEDED bytes so far */
	SMB_NONE,    /* not SMB, or no answer to this question */
	SMB_OLD,     /* only the first form of SMB, which is answered with another question */
	SMB_REFUSED, /* a status that is not 0 */
	SMB_NO_TIME, /* it leaves its time out */
	SMB_DATE,    /* before 1970 or after 2261 */
	SMB_FAULT_N
};

struct smb_answer {
	uint16_t dialect; /* 0x0202 ... */
	int64_t time;     /* ns since 1970 */
};

/* id: 16 random bytes that name the asker for this connection. */
void smb_question(uint8_t out[SMB_QUESTION], const uint8_t id[16]);

/* *out is to be used for SMB_OK. */
enum smb_fault smb_answer_parse(const uint8_t *data, size_t n, struct smb_answer *out);

/* In words that go on after the name of the machine. */
const char *smb_fault_words(enum smb_fault f);

#endif
