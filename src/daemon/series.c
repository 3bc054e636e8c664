/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how much of the history goes into one answer: what was measured of an item with a limit, for
 * whoever draws it or judges it anew.
 */
#include "daemon/answers.h"
#include "daemon/results.h"
#include "judge/history.h"
#include "model/wire.h"

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

/* ---- all of it, of one check */

#define PAST_ARENA ((size_t)64 << 20) /* bytes; holds READ_TOTAL samples in an array that grew */

/* A series goes out whole or not at all: who counts in it must not take a part for the whole. */
static int
past_of_metric(struct asking *q, const char *fp, const struct metric *m, uint32_t at,
    struct arena *a, struct err *e)
{
	size_t n, left = READ_TOTAL - q->read;
	struct sample *v;

	if (q->things > 0) { /* full: nothing more is read, so that the daemon is not held up */
		q->things++;
		return 0;
	}
	if (store_samples(q->on->world->store, fp, m->name, left, a, &v, &n, e) < 0)
		return -1;
	if (n == left) { /* there may be more */
		q->things++;
		return 0;
	}
	q->read += n;
	for (size_t i = 0; i < n; i += CTL_SAMPLES_MAX) {
		size_t part = n - i < CTL_SAMPLES_MAX ? n - i : CTL_SAMPLES_MAX;

		ctl_put_samples(&q->f, &(struct ctl_samples){ at, v + i, (uint32_t)part });
		asking_send(q);
	}
	return 0;
}

static int
past_of_item(struct asking *q, const struct check_conf *k, const struct item *it, struct arena *a,
    struct err *e)
{
	const char *fp =
	    generation_fingerprint(q->on->generation, k->id, it->target, it->rule, q->a);

	wire_put_item(&q->f, it);
	asking_send(q);
	for (size_t i = 0; i < it->nmetrics; i++) {
		if (past_of_metric(q, fp, &it->metrics[i], (uint32_t)i, a, e) < 0)
			return -1;
		arena_reset(a);
	}
	return 0;
}

int
answer_past(struct asking *q, struct err *e)
{
	const struct check_conf *k = conf_check(q->on->generation->conf, q->r->pattern);
	struct arena *a;
	struct result r;
	bool there;
	int rc = 0;

	if (k == NULL)
		return 0;
	if (results_get(q->on->world->store, k, q->a, &r, &there, e) < 0)
		return -1;
	ctl_put_terms(
	    &q->f, &(struct ctl_terms){ k->confirm < 1 ? 1 : (uint32_t)k->confirm, k->every });
	asking_send(q);
	q->done = 1;
	a = arena_new(PAST_ARENA);
	for (size_t i = 0; there && rc == 0 && i < r.nitems; i++)
		rc = past_of_item(q, k, &r.items[i], a, e);
	arena_free(a);
	return rc;
}
