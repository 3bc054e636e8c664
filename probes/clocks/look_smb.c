/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns asking a file server: a few connections, one question each.
 */
#include "edge.h"
#include "look_ways.h"
#include "smb_answer.h"

#include "probes/clock/ticks.h"

#include <stdio.h>
#include <sys/random.h>

#define QUESTIONS 4
#define FEW 2 /* answers that agree before anything is believed: one may be wild */

/* One question on a connection of its own. */
static enum smb_fault
ask(struct stream *s, struct smb_answer *a, int64_t *sent, int64_t *received)
{
	uint8_t question[SMB_QUESTION], answer[SMB_NEEDED], id[16];
	enum smb_fault f = SMB_MORE;
	size_t n = 0;

	if (getrandom(id, sizeof(id), 0) != sizeof(id))
		return SMB_MORE;
	smb_question(question, id);
	*sent = ticks_wall();
	if (!stream_write(s, question, sizeof(question)))
		return SMB_MORE;
	while (f == SMB_MORE && n < sizeof(answer)) {
		long r = stream_read(s, answer + n, sizeof(answer) - n);

		if (r <= 0)
			return SMB_MORE;
		*received = ticks_wall();
		n += (size_t)r;
		f = smb_answer_parse(answer, n, a);
	}
	return f;
}

static bool
take(struct look *l, struct edge *e, const struct smb_answer *a, int64_t sent, int64_t received)
{
	snprintf(l->detail, sizeof(l->detail), "SMB %x.%x.%x", a->dialect >> 8,
	    a->dialect >> 4 & 15, a->dialect & 15);
	if (!edge_take(e, a->time, a->time + SMB_TICK, sent, received, ticks_mono()))
		return look_failed(l, "gives answers that contradict each other");
	l->lo = e->lo;
	l->hi = e->hi;
	l->mono = e->at;
	return true;
}

bool
look_smb(struct look *l, const struct look_terms *t)
{
	int64_t wall = ticks_wall(), mono = ticks_mono();
	struct edge e = { .n = 0 };

	for (int i = 0; i < QUESTIONS; i++) {
		struct smb_answer a;
		int64_t sent = 0, received = 0;
		enum smb_fault f = SMB_MORE;
		struct stream s;

		stream_init(&s);
		s.until = look_patience(t);
		l->requests++;
		if (stream_open(&s, l->target->at.host, l->target->at.port, t->family))
			f = ask(&s, &a, &sent, &received);
		stream_close(&s);
		if (f == SMB_OK) {
			net_address_text(&s.to, l->address);
			if (!take(l, &e, &a, sent, received))
				return false;
		} else if (e.n >= FEW) {
			break; /* what the first ones said holds */
		} else {
			return look_failed(l, "%s",
			    f == SMB_MORE && s.why[0] != '\0' ? s.why : smb_fault_words(f));
		}
	}
	return look_unset(wall, mono) || look_failed(l, "was asked while this clock was being set");
}
