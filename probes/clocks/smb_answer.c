/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the bytes of NEGOTIATE: the question, and where its answer holds the time.
 */
#include "smb_answer.h"

#include <stdbool.h>
#include <string.h>

/* Of the transport ([MS-SMB2] 2.1), the header (2.2.1.2) and the body (2.2.3, 2.2.4). */
enum {
	AT_HEADER = 4,
	AT_STATUS = AT_HEADER + 8,
	AT_COMMAND = AT_HEADER + 12,
	AT_CREDITS = AT_HEADER + 14,
	AT_FLAGS = AT_HEADER + 16,
	AT_MESSAGE = AT_HEADER + 24,
	AT_BODY = AT_HEADER + 64,
	AT_DIALECT_COUNT = AT_BODY + 2,
	AT_SECURITY = AT_BODY + 4,
	AT_CLIENT = AT_BODY + 12,
	AT_DIALECTS = AT_BODY + 36,
	AT_DIALECT = AT_BODY + 4,
	AT_TIME = AT_BODY + 40,
};

#define HEADER_SIZE 64
#define QUESTION_BODY 36
#define ANSWER_BODY 65
#define FLAG_ANSWER 1
#define SIGNING 1
#define TICKS_1970 116444736000000000ULL /* 100 ns from 1601 to 1970 */
#define TICKS_MAX (TICKS_1970 + 92233720368547758ULL)

/* 3.1.1 would need more than this to be asked for, and tells no more of the time */
static const uint16_t dialects[] = { 0x0202, 0x0210, 0x0300, 0x0302 };

_Static_assert(AT_DIALECTS + sizeof(dialects) == SMB_QUESTION, "the question's size");
_Static_assert(AT_TIME + 8 == SMB_NEEDED, "the last byte that is looked at");

static void
put16(uint8_t *p, uint16_t v)
{
	p[0] = (uint8_t)v;
	p[1] = (uint8_t)(v >> 8);
}

static uint16_t
get16(const uint8_t *p)
{
	return (uint16_t)(p[0] | p[1] << 8);
}

static uint64_t
get64(const uint8_t *p)
{
	uint64_t v = 0;

	for (int i = 7; i >= 0; i--)
		v = v << 8 | p[i];
	return v;
}

void
smb_question(uint8_t out[SMB_QUESTION], const uint8_t id[16])
{
	memset(out, 0, SMB_QUESTION);
	out[3] = SMB_QUESTION - AT_HEADER;
	memcpy(out + AT_HEADER, "\xfeSMB", 4);
	put16(out + AT_HEADER + 4, HEADER_SIZE);
	put16(out + AT_CREDITS, 1);
	put16(out + AT_BODY, QUESTION_BODY);
	put16(out + AT_DIALECT_COUNT, sizeof(dialects) / sizeof(dialects[0]));
	put16(out + AT_SECURITY, SIGNING);
	memcpy(out + AT_CLIENT, id, 16);
	for (size_t i = 0; i < sizeof(dialects) / sizeof(dialects[0]); i++)
		put16(out + AT_DIALECTS + 2 * i, dialects[i]);
}

static bool
is_dialect(uint16_t v)
{
	for (size_t i = 0; i < sizeof(dialects) / sizeof(dialects[0]); i++)
		if (dialects[i] == v)
			return true;
	return false;
}

static bool
is_answer(const uint8_t *d, size_t len)
{
	return len >= SMB_NEEDED - AT_HEADER && len <= SMB_ANSWER_MAX &&
	       get16(d + AT_HEADER + 4) == HEADER_SIZE && get16(d + AT_COMMAND) == 0 &&
	       (d[AT_FLAGS] & FLAG_ANSWER) != 0 && get64(d + AT_MESSAGE) == 0;
}

enum smb_fault
smb_answer_parse(const uint8_t *d, size_t n, struct smb_answer *out)
{
	uint64_t ticks;

	memset(out, 0, sizeof(*out));
	if (n >= 1 && d[0] != 0)
		return SMB_NONE;
	if (n >= 8 && memcmp(d + AT_HEADER, "\xffSMB", 4) == 0)
		return SMB_OLD;
	if (n >= 8 && memcmp(d + AT_HEADER, "\xfeSMB", 4) != 0)
		return SMB_NONE;
	/* a refusal is shorter than an answer */
	if (n >= AT_COMMAND && memcmp(d + AT_STATUS, "\0\0\0\0", 4) != 0)
		return SMB_REFUSED;
	if (n < SMB_NEEDED)
		return SMB_MORE;
	if (!is_answer(d, (size_t)d[1] << 16 | (size_t)d[2] << 8 | d[3]) ||
	    get16(d + AT_BODY) != ANSWER_BODY)
		return SMB_NONE;
	out->dialect = get16(d + AT_DIALECT);
	if (!is_dialect(out->dialect))
		return SMB_NONE;
	ticks = get64(d + AT_TIME);
	if (ticks == 0)
		return SMB_NO_TIME;
	if (ticks < TICKS_1970 || ticks > TICKS_MAX)
		return SMB_DATE;
	out->time = (int64_t)(ticks - TICKS_1970) * 100;
	return SMB_OK;
}

const char *
smb_fault_words(enum smb_fault f)
{
	static const char *const words[SMB_FAULT_N] = {
		[SMB_OK] = "tells its time",
		[SMB_MORE] = "ended its answer too early",
		[SMB_NONE] = "answers, but not as a file server does",
		[SMB_OLD] = "speaks only the first form of SMB, which is not asked for the time",
		[SMB_REFUSED] = "refuses to talk before a login",
		[SMB_NO_TIME] = "answers as a file server, but leaves its time out",
		[SMB_DATE] = "answers with a date that cannot be",
	};

	return words[f];
}
