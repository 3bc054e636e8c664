/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how much of the history goes into one answer: what was measured of an item with a limit, for
 * whoever draws it.
 */
#include "daemon/asking.h"

#include "judge/history.h"

#define READ_MAX 20000    /* samples of one series: of a check every 10 s, all there are */
#define READ_TOTAL 400000 /* in one answer, a tenth of a second; what comes later is not drawn */

static int
series(struct asking *q, const char *fp, const struct metric *m, uint32_t at, struct arena *a,
    struct err *e)
{
	struct ctl_samples s = { .metric = at };
	size_t n, left = READ_TOTAL - q->read;

	if (store_samples(q->on->world->store, fp, m->name, left < READ_MAX ? left : READ_MAX, a,
		&s.v, &n, e) < 0)
		return -1;
	q->read += n;
	if (n < 2)
		return 0;
	s.n = (uint32_t)history_outline(s.v, n, CTL_SAMPLES_MAX);
	ctl_put_samples(&q->f, &s);
	asking_send(q);
	q->series++;
	return 0;
}

int
asking_series(struct asking *q, const struct check_conf *k, const struct item *it, struct err *e)
{
	const char *fp =
	    generation_fingerprint(q->on->generation, k->id, it->target, it->rule, q->a);
	struct arena *a = arena_new((size_t)16 << 20);
	int rc = 0;

	for (size_t i = 0;
	     rc == 0 && i < it->nmetrics && q->series < CTL_SERIES_MAX && q->read < READ_TOTAL; i++)
		if (it->metrics[i].warn.set || it->metrics[i].crit.set) {
			rc = series(q, fp, &it->metrics[i], (uint32_t)i, a, e);
			arena_reset(a);
		}
	arena_free(a);
	return rc;
}
