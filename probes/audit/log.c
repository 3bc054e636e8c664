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
log_widen(struct log *l)
{
	size_t before = l->files.n;

	files_widen(&l->files, l->conf, l->index, l->s.arena);
	for (size_t k = 0; k < before; k++) /* the files have moved in memory */
		if (l->files.v[k].seg != NULL)
			l->files.v[k].seg->file = &l->files.v[k];
	for (size_t k = before; k < l->files.n; k++) {
		files_touch(&l->files.v[k]);
		l->files.passed += l->files.v[k].unreadable;
	}
}

void
log_drop_segment(struct log *l, size_t i)
{
	side_remove(l->s.dir, l->s.id, l->s.segs[i].id);
	known_drop_segment(&l->s, i);
	log_relink(l);
}
