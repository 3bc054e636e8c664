/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the links between segments and files while a log is looked at.
 */
#include "log.h"

void
log_unsure(struct log *l, const char *path, const struct err *why)
{
	if (l->unsure)
		return;
	l->unsure = true;
	l->why = *why;
	if (path != NULL && path != l->path)
		err_wrap(&l->why, "%.300s", path);
}

void
log_relink(struct log *l)
{
	for (size_t i = 0; i < l->s.nsegs; i++)
		if (l->s.segs[i].file != NULL)
			l->s.segs[i].file->seg = &l->s.segs[i];
}

void
log_drop_segment(struct log *l, size_t i)
{
	side_remove(l->s.dir, l->s.id, l->s.segs[i].id);
	known_drop_segment(&l->s, i);
	log_relink(l);
}
