/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the words of a refusal, and who gets it.
 */
#include "daemon/rights.h"

#define ONLY_ROOT "only root and the user forewarnd runs as may do that"
#define ONLY_OWNER                                                                                 \
	"only root, the user forewarnd runs as and the owner of a check (option login of a "       \
	"person) may do that"

bool
rights_own(const struct asking *q, const char *check)
{
	const struct conf *c = q->on->generation->conf;
	const struct check_conf *k = conf_check(c, check);

	return q->may_act || (k != NULL && conf_owns(c, k, q->by));
}

int
rights_need_owner(const struct asking *q, struct err *e)
{
	const struct conf *c = q->on->generation->conf;

	if (q->may_act)
		return 0;
	for (size_t i = 0; i < c->nchecks; i++)
		if (rights_own(q, c->checks[i].id))
			return 0;
	return err_set(e, ERR_DENIED, ONLY_OWNER);
}

int
rights_need_root(const struct asking *q, struct err *e)
{
	if (q->may_act)
		return 0;
	return rights_need_owner(q, e) < 0 ? -1 : err_set(e, ERR_DENIED, ONLY_ROOT);
}
