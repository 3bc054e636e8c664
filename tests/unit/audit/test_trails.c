/* SPDX-License-Identifier: Apache-2.0
 *
 * Random lives of a log. What programs do to logs (append, set aside under any of several kinds of
 * name, copy and empty, pack, delete the oldest), looked at now and then, raises nothing. What must
 * not happen to one (a record changed, taken out, put in, moved, the end cut off) is found, with
 * its kind and its record. TRAILS=N: that many of each.
 */
#include "tests/rig_audit.h"
#include "tests/t.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOOKS 8    /* in one life */
#define BETWEEN 10 /* times it is set aside between two looks, at most */

enum naming { NUMBERED, DATED, BY_PROGRAM, NAMINGS };

/* What became of the log so far. */
struct life {
	struct rig r;
	enum naming naming;
	unsigned day;    /* in dated names */
	unsigned aside;  /* times set aside since the last look */
	char done[1024]; /* in words */
};

static void
did(struct life *l, const char *what)
{
	size_t n = strlen(l->done);

	snprintf(l->done + n, sizeof(l->done) - n, " %s", what);
}

static void
rename_file(struct rig_file *f, const char *to)
{
	if (f->packed) {
		char packed[RIG_PATH + 4];

		snprintf(packed, sizeof(packed), "%s.gz", to);
		rename(f->path, packed);
		memcpy(f->path, packed, RIG_PATH);
	} else {
		rename(f->path, to);
		snprintf(f->path, sizeof(f->path), "%s", to);
	}
}

/* The name of the newest older file, after room was made for it. */
static void
older_name(struct life *l, char to[RIG_PATH])
{
	struct rig *r = &l->r;

	if (l->naming == NUMBERED) {
		for (size_t i = r->n; i-- > 1;) {
			snprintf(to, RIG_PATH, "%s/app.log.%zu", r->folder, i + 1);
			rename_file(&r->file[i], to);
		}
		snprintf(to, RIG_PATH, "%s/app.log.1", r->folder);
		return;
	}
	l->day++;
	snprintf(to, RIG_PATH,
	    l->naming == DATED ? "%s/app.log-2026%02u%02u" : "%s/app_2026-%02u-%02u.log", r->folder,
	    1 + l->day / 28, 1 + l->day % 28);
}

static void
set_aside(struct life *l)
{
	struct rig *r = &l->r;
	bool copies = rig_below(r, 3) == 0;
	char to[RIG_PATH];

	if (r->n == RIG_FILES || l->aside == BETWEEN)
		return;
	l->aside++;
	did(l, copies ? "copytruncate" : "rotate");
	older_name(l, to);
	memmove(&r->file[1], &r->file[0], r->n * sizeof(r->file[0]));
	r->n++;
	snprintf(r->file[1].path, RIG_PATH, "%s", to);
	r->file[0].n = 0;
	if (copies)
		rig_write(r, &r->file[1], true);
	else
		rename(r->file[0].path, to);
	rig_write(r, &r->file[0], copies);
}

static void
pack_one(struct life *l)
{
	struct rig *r = &l->r;
	size_t i;

	if (r->n < 2)
		return;
	i = 1 + rig_below(r, (unsigned)r->n - 1);
	if (!r->file[i].packed) {
		did(l, "pack");
		rig_pack(&r->file[i]);
	}
}

/* Never the text that was written to at the last look, nor what is newer. */
static void
trim(struct life *l)
{
	struct rig *r = &l->r;

	if (r->n < l->aside + 2)
		return;
	did(l, "trim");
	unlink(r->file[--r->n].path);
}

static bool
look(struct life *l, uint64_t seed)
{
	const struct item *it;
	char row[1200];

	rig_look(&l->r);
	it = rig_alarm(&l->r);
	snprintf(row, sizeof(row), "life %llu:%s", (unsigned long long)seed, l->done);
	T_TEXT(row, it == NULL ? NULL : it->summary, NULL);
	did(l, "LOOK");
	l->aside = 0;
	return it == NULL;
}

static void
legitimate(uint64_t seed)
{
	static struct life l;

	memset(&l, 0, sizeof(l));
	rig_init(&l.r, seed);
	l.r.conf.verify = rig_below(&l.r, 2) ? SPAN_DAY : 0;
	l.naming = (enum naming)rig_below(&l.r, NAMINGS);
	rig_append(&l.r, 1 + rig_below(&l.r, 400));
	for (int i = 0; look(&l, seed) && i < LOOKS; i++)
		for (unsigned k = rig_below(&l.r, 20); k > 0; k--)
			switch (rig_below(&l.r, 5)) {
			case 0:
				set_aside(&l);
				break;
			case 1:
				pack_one(&l);
				break;
			case 2:
				trim(&l);
				break;
			default:
				did(&l, "append");
				rig_append(&l.r, 1 + rig_below(&l.r, 30));
			}
	rig_fini(&l.r);
}

/* What was done to a file, and how it is to be told. */
struct crime {
	const char *class, *rule;
	size_t record, last; /* from 1; last 0: one record */
	bool in_order;       /* the file still has each record that it had */
};

static void
take_out(struct rig_file *f, size_t at, size_t k)
{
	memmove(&f->record[at], &f->record[at + k], (f->n - at - k) * sizeof(f->record[0]));
	f->n -= k;
}

static struct crime
commit(struct rig *r, struct rig_file *f)
{
	size_t k = 1 + rig_below(r, 5), at = rig_below(r, (unsigned)(f->n - k - 1)), other;
	unsigned t;

	switch (rig_below(r, 5)) {
	case 0:
		f->record[at] = r->next++;
		return (struct crime){ "edited", "audit.edited", at + 1, 0, false };
	case 1:
		take_out(f, at, k);
		return (
		    struct crime){ "deleted", "audit.edited", at + 1, k > 1 ? at + k : 0, false };
	case 2:
		memmove(&f->record[at + k], &f->record[at], (f->n - at) * sizeof(f->record[0]));
		f->n += k;
		for (size_t i = 0; i < k; i++)
			f->record[at + i] = r->next++;
		return (struct crime){ "inserted", "audit.edited", at + 1, 0, true };
	case 3:
		other = at + 1 + rig_below(r, (unsigned)(f->n - at - 1));
		t = f->record[at];
		f->record[at] = f->record[other];
		f->record[other] = t;
		return (struct crime){ "reordered", "audit.edited", at + 1, other + 1, true };
	default:
		f->n -= k;
		return (struct crime){ "truncated", "audit.truncated", f->n + 1,
			k > 1 ? f->n + k : 0, false };
	}
}

/* Whether what was told is right: found, class, place. */
static bool
told(const struct rig *r, const struct crime *c, const char *row)
{
	const struct item *it = harness_item(&r->h, c->rule, NULL);
	const char *class, *where;
	char want[48];

	T_TRUE(row, rig_alarm(r) != NULL);
	if (it == NULL || it->state != ITEM_FOUND)
		return false;
	class = harness_evidence(it, "class");
	where = harness_evidence(it, c->last > 0 ? "records" : "record");
	if (c->last > 0)
		snprintf(want, sizeof(want), "%zu-%zu", c->record, c->last);
	else
		snprintf(want, sizeof(want), "%zu", c->record);
	return class != NULL && strcmp(class, c->class) == 0 && where != NULL &&
	       strcmp(where, want) == 0;
}

static bool
tampered(uint64_t seed)
{
	static struct life l;
	struct rig *r = &l.r;
	struct rig_file *f;
	struct crime c;
	char row[512];
	bool right, in_place;

	memset(&l, 0, sizeof(l));
	rig_init(r, seed);
	for (int i = 0; i < 3; i++) {
		rig_append(r, 20 + rig_below(r, rig_below(r, 2) ? 100 : 2500));
		if (i < 2)
			set_aside(&l);
	}
	if (rig_below(r, 2))
		rig_pack(&r->file[2]);
	rig_look(r);
	T_TEXT("before", rig_alarm(r) == NULL ? NULL : rig_alarm(r)->summary, NULL);
	f = &r->file[rig_below(r, 3)];
	c = commit(r, f);
	in_place = rig_below(r, 2);
	rig_write(r, f, in_place);
	rig_look(r);
	snprintf(row, sizeof(row), "crime %llu: %s at %zu of %s%s is found",
	    (unsigned long long)seed, c.class, c.record, f->path, in_place ? ", in place" : "");
	right = told(r, &c, row);
	if (!right)
		printf("%s (to %zu), but told: %s\n", row, c.last,
		    rig_alarm(r) == NULL ? "nothing" : rig_alarm(r)->summary);
	rig_fini(r);
	return right;
}

/* One record between two looks, and three hundred looks: the statements do not grow. */
static void
slow(void)
{
	static struct life l;
	struct stat st;
	char command[256];
	FILE *p;
	long bytes = -1;

	memset(&l, 0, sizeof(l));
	rig_init(&l.r, 7);
	for (int i = 0; i < 300; i++) {
		rig_append(&l.r, 1);
		rig_look(&l.r);
		if (rig_alarm(&l.r) != NULL)
			break;
	}
	T_TRUE("no alarm", rig_alarm(&l.r) == NULL);
	snprintf(command, sizeof(command), "stat -c %%s %s/state/*.statements", l.r.folder);
	p = popen(command, "r");
	if (p == NULL || fscanf(p, "%ld", &bytes) != 1 || pclose(p) != 0 || stat(l.r.path, &st) < 0)
		abort();
	T_TRUE("half a percent of the log and 4 KiB", bytes * 200 <= st.st_size + 200 * 4096);
	rig_append(&l.r, 5);
	l.r.file[0].record[150] = l.r.next++;
	rig_write(&l.r, &l.r.file[0], true);
	rig_look(&l.r);
	T_TRUE("a record of the open chunk was changed", rig_alarm(&l.r) != NULL);
	T_TEXT("which", rig_alarm(&l.r) == NULL ? NULL : rig_alarm(&l.r)->summary,
	    "app.log: record 151 is not what it was");
	rig_fini(&l.r);
}

int
main(void)
{
	const char *text = getenv("TRAILS");
	unsigned n = text != NULL ? (unsigned)atoi(text) : 100, right = 0;

	for (uint64_t seed = 1; seed <= n; seed++)
		legitimate(seed);
	for (uint64_t seed = 1; seed <= n; seed++)
		right += tampered(seed);
	slow();
	printf("class and record right in %u of %u\n", right, n);
	T_TRUE("class and record are right in 99 of 100", right * 100 >= n * 99);
	return t_end();
}
