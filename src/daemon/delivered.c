/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns whether a test alert can have been seen where it is confirmed.
 */
#include "daemon/delivered.h"

#include "daemon/teller.h"

#include <string.h>

int
delivered_test(const struct asking *q, struct err *e)
{
	const struct posts *p = q->desk->posts;
	const struct store_letter after = { .sink = q->r->pattern, .key = TEST_KEY, .row = 0 };
	struct sink_state s;
	bool waits = false;

	for (size_t i = 0; i < p->n; i++) {
		if (strcmp(p->v[i].conf->id, q->r->pattern) != 0)
			continue;
		/* how the newest test went is not known after a restart, but that it waits is */
		if (posts_state(p, i, &s) < 0 ||
		    store_letters_behind(q->on->world->store, &after, &waits, NULL) < 0)
			return err_set(e, ERR_SYS, "the outbox cannot be read now");
		if (s.test == SINK_TEST_WAITS || (s.test == SINK_UNTESTED && waits))
			return err_set(e, ERR_DENIED,
			    "the test alert has not reached \"%s\" yet; `forewarn alerts` shows "
			    "why, confirm it when it has arrived",
			    q->r->pattern);
		if (s.test == SINK_TEST_NOT_TAKEN)
			return err_set(e, ERR_DENIED,
			    "the test alert did not reach \"%s\": %s; mend that, then try again: "
			    "forewarn alerts test",
			    q->r->pattern, s.test_answer);
	}
	return 0;
}
