/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the question whether a log's rights became looser, and the words for it.
 */
#include "surroundings.h"

#include "finding.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define RULE "rights"
#define OTHERS_WRITE ((uint32_t)(S_IWGRP | S_IWOTH))

static const char *
last_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

static bool
is_same_file(const struct sight *a, const struct sight *b)
{
	return a->ino == b->ino && a->btime == b->btime;
}

/* Bits of `now` that let others write and that `before` had not. */
static uint32_t
looser(const struct sight *before, const struct sight *now)
{
	uint32_t news = now->mode & ~before->mode & OTHERS_WRITE;

	/* the next file of a log is made by another program, perhaps for its group */
	return is_same_file(before, now) ? news : news & S_IWOTH;
}

static void
say_mode(struct log *l, const struct sight *was, const struct sight *now)
{
	finding_add(&l->s, l->now, RULE, "mode", &(struct finding_place){ 0 },
	    "%s may be written to by %s now (its mode was %04o and is %04o)", last_name(l->path),
	    looser(was, now) & S_IWOTH ? "everybody" : "its group", was->mode & 07777U,
	    now->mode & 07777U);
}

static void
say_owner(struct log *l, const struct sight *was, const struct sight *now)
{
	finding_add(&l->s, l->now, RULE, "owner", &(struct finding_place){ 0 },
	    "%s belongs to another user now (number %" PRIu32 ", it was %" PRIu32 ")",
	    last_name(l->path), now->uid, was->uid);
}

static void
say_flags(struct log *l, const struct sight *was)
{
	finding_add(&l->s, l->now, RULE, "flags", &(struct finding_place){ 0 },
	    "%s has lost its flag \"%s\"", last_name(l->path),
	    was->immutable ? "immutable" : "append only");
}

static void
end(struct log *l, const char *key)
{
	struct kept_finding *f = finding_known(&l->s, RULE, key, NULL);

	if (f != NULL)
		finding_end(&l->s, f);
}

/* What is again as it was at first sight is mended. */
static void
end_mended(struct log *l, const struct sight *now)
{
	const struct sight *first = &l->s.sights.first;

	if (looser(first, now) == 0)
		end(l, "mode");
	if (first->uid == now->uid)
		end(l, "owner");
	if (now->append >= first->append && now->immutable >= first->immutable)
		end(l, "flags");
}

/* What grew tighter is how it is to stay. */
static void
adopt_tighter(struct sight *first, const struct sight *now)
{
	first->mode &= now->mode | ~OTHERS_WRITE;
	first->append |= now->append;
	first->immutable |= now->immutable;
}

void
surroundings_judge(struct log *l, const struct sight *now)
{
	struct sights *s = &l->s.sights;
	const struct sight was = s->last;
	bool same = is_same_file(&was, now);

	l->s.dirty = l->s.dirty || !s->known || memcmp(&was, now, sizeof(was)) != 0;
	s->last = *now;
	if (!s->known) {
		s->known = true;
		s->first = *now;
		return;
	}
	/* it is told once, until it is mended: a group that has it beside everybody is no news */
	if (looser(&was, now) != 0 && finding_known(&l->s, RULE, "mode", NULL) == NULL)
		say_mode(l, &was, now);
	if (same && now->uid != was.uid && finding_known(&l->s, RULE, "owner", NULL) == NULL)
		say_owner(l, &was, now);
	if (same && (now->append < was.append || now->immutable < was.immutable) &&
	    finding_known(&l->s, RULE, "flags", NULL) == NULL)
		say_flags(l, &was);
	if (!same)
		s->first = (struct sight){ now->ino, now->btime, s->first.mode, now->uid,
			now->append, now->immutable };
	adopt_tighter(&s->first, now);
	end_mended(l, now);
}

void
surroundings_look(struct log *l)
{
	struct statx sx;
	struct sight now = { .ino = 0 };

	if (statx(AT_FDCWD, l->path, AT_SYMLINK_NOFOLLOW | AT_STATX_SYNC_AS_STAT,
		STATX_BASIC_STATS | STATX_BTIME, &sx) < 0 ||
	    !S_ISREG(sx.stx_mode))
		return;
	now.ino = sx.stx_ino;
	now.btime = sx.stx_mask & STATX_BTIME ? sx.stx_btime.tv_sec : 0;
	now.mode = sx.stx_mode & 07777U;
	now.uid = sx.stx_uid;
	now.append = (sx.stx_attributes & STATX_ATTR_APPEND) != 0;
	now.immutable = (sx.stx_attributes & STATX_ATTR_IMMUTABLE) != 0;
	surroundings_judge(l, &now);
}
