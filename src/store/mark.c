/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the file with the number of the last event and the open alerts, and the stamp in the lock.
 */
#include "store/mark.h"

#include "base/file.h"
#include "base/frame.h"
#include "base/str.h"
#include "store/opens.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum kind { KIND_HEAD = 1, KIND_NUMBER, KIND_ALERT, KIND_END };

#define FORM 2         /* of the whole file */
#define FORM_NO_NOTE 1 /* an alert is written without the note of who has taken it */
#define ALERT_TEXTS 8  /* of an alert; the last is that note */

/* ---- the stamp of the newest commit */

#define STAMP_SIZE 38

static int
stamp_text(int64_t v, char text[STAMP_SIZE + 1])
{
	return snprintf(
	    text, STAMP_SIZE + 1, "%020" PRId64 " %016" PRIx64 "\n", v, db_sum_int(DB_SUM, v));
}

/* -1: it is damaged, which a torn write may be the cause of. */
static int64_t
stamp_read(const char *bytes)
{
	char text[STAMP_SIZE + 1] = "", same[STAMP_SIZE + 1];
	int64_t v;

	memcpy(text, bytes, STAMP_SIZE);
	v = strtoll(text, NULL, 10);
	stamp_text(v, same);
	return v >= 0 && strcmp(text, same) == 0 ? v : -1;
}

/* Without it a lost commit is not noticed; nothing else hangs on it. */
static void
put_stamp(const struct store *s)
{
	char path[DB_PATH], text[STAMP_SIZE + 1];
	int n = stamp_text(s->committed, text), fd = -1;

	if (s->stamp_at > 0)
		fd = open(db_path(s, STORE_OPEN, path), O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return;
	n = (int)pwrite(fd, text, (size_t)n, s->stamp_at);
	(void)n;
	close(fd);
}

/* ---- writing */

static void
add_frame(struct str *all, const struct frame *f)
{
	uint8_t header[FRAME_HEADER];

	if (f->bad || all->len + FRAME_HEADER + f->len > MARK_BYTES_MAX - 64)
		return; /* one alert less is better than no file */
	frame_header(f, header);
	str_addn(all, (const char *)header, FRAME_HEADER);
	str_addn(all, (const char *)f->data, f->len);
}

struct writing {
	struct str all;
	struct frame f;
};

static void
add_head(struct writing *w, int64_t committed, int64_t ahead)
{
	frame_restart(&w->f, KIND_HEAD);
	frame_put_u32(&w->f, FORM);
	frame_put_i64(&w->f, committed);
	frame_put_i64(&w->f, ahead);
	add_frame(&w->all, &w->f);
}

static void
add_number(void *self, const char *rest, int64_t v)
{
	struct writing *w = self;
	char name[256];

	snprintf(name, sizeof(name), STORE_KEPT "%s", rest);
	frame_restart(&w->f, KIND_NUMBER);
	frame_put_text(&w->f, name);
	frame_put_i64(&w->f, v);
	add_frame(&w->all, &w->f);
}

static void
add_open(void *self, const struct store_standing *row)
{
	const char *text[ALERT_TEXTS] = { row->fingerprint, row->check, row->target, row->rule,
		row->title, row->body, row->acked_by, row->note };
	struct writing *w = self;

	if (!row->st.open)
		return;
	frame_restart(&w->f, KIND_ALERT);
	for (size_t i = 0; i < ALERT_TEXTS; i++)
		frame_put_text(&w->f, text[i]);
	standing_pack(&w->f, &row->st);
	add_frame(&w->all, &w->f);
}

static int
replace(struct store *s, struct writing *w)
{
	char text[STAMP_SIZE + 1];
	uint64_t sum = db_sum(DB_SUM, w->all.s, w->all.len);
	int dir = open(s->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc = -1;

	frame_restart(&w->f, KIND_END);
	frame_put_i64(&w->f, (int64_t)sum);
	add_frame(&w->all, &w->f);
	s->stamp_at = (off_t)w->all.len;
	stamp_text(s->committed, text);
	str_add(&w->all, text);
	if (dir >= 0 && !w->all.cut)
		rc = file_replace(dir, STORE_OPEN, 0600, w->all.s, w->all.len, NULL);
	if (dir >= 0)
		close(dir);
	return rc;
}

static int
write_with(struct store *s, int (*fill)(struct store *s, struct writing *w))
{
	int64_t ahead = s->sequence + STORE_AHEAD;
	struct writing w;
	int rc;

	str_init(&w.all, MARK_BYTES_MAX);
	frame_init(&w.f, 0);
	add_head(&w, s->committed, ahead);
	rc = fill(s, &w);
	if (rc == 0)
		rc = replace(s, &w);
	if (rc == 0)
		s->ahead = ahead;
	else
		s->stamp_at = 0; /* the file there is another */
	frame_fini(&w.f);
	str_fini(&w.all);
	return rc;
}

static int
fill_from_database(struct store *s, struct writing *w)
{
	if (store_numbers(s, STORE_KEPT, add_number, w, NULL) < 0)
		return -1;
	return store_standings(s, NULL, add_open, w, NULL);
}

/* What is in the file stays in it: the alerts of this transaction are not committed yet. */
static int
fill_from_file(struct store *s, struct writing *w)
{
	struct arena *a = arena_new(4 * MARK_BYTES_MAX);
	struct mark m;

	mark_read(s, a, &m);
	for (size_t i = 0; i < m.nnumbers; i++)
		add_number(w, m.numbers[i].name + strlen(STORE_KEPT), m.numbers[i].v);
	for (size_t i = 0; i < m.nrows; i++)
		add_open(w, &m.rows[i]);
	arena_free(a);
	return 0;
}

void
mark_before_commit(struct store *s)
{
	if (s->sequence > s->ahead)
		write_with(s, fill_from_file);
}

static void
count_open(void *self, const struct store_standing *row)
{
	opens_note(self, row);
}

/* After a rollback what was noted meanwhile is not so. */
static void
know_opens(struct store *s)
{
	struct opens *o = &s->opens;

	if (o->known)
		return;
	opens_forget(s);
	o->known = true;
	o->changed = true;
	if (store_standings(s, NULL, count_open, s, NULL) < 0)
		o->known = false;
}

void
mark_after_commit(struct store *s)
{
	s->committed = s->sequence;
	put_stamp(s);
	know_opens(s);
	if (s->opens.changed && write_with(s, fill_from_database) == 0)
		s->opens.changed = false;
}

/* ---- reading */

static bool
read_alert(struct frame *f, uint32_t form, struct arena *a, struct store_standing *row)
{
	const char **text[ALERT_TEXTS] = { &row->fingerprint, &row->check, &row->target, &row->rule,
		&row->title, &row->body, &row->acked_by, &row->note };

	row->note = "";
	for (size_t i = 0; i < (form == FORM_NO_NOTE ? ALERT_TEXTS - 1 : ALERT_TEXTS); i++) {
		*text[i] = frame_get_text(f, a);
		if (*text[i] == NULL)
			return false;
	}
	return standing_unpack(f, &row->st) && row->st.open;
}

static bool
read_one(struct frame *f, uint32_t form, struct arena *a, struct mark *m)
{
	struct mark_number n;

	switch ((enum kind)f->kind) {
	case KIND_NUMBER:
		n.name = frame_get_text(f, a);
		n.v = frame_get_i64(f);
		m->numbers =
		    arena_grow(a, m->numbers, m->nnumbers, &m->cap_numbers, sizeof(*m->numbers));
		m->numbers[m->nnumbers++] = n;
		return frame_ok(f) && n.name != NULL &&
		       strncmp(n.name, STORE_KEPT, strlen(STORE_KEPT)) == 0;
	case KIND_ALERT:
		m->rows = arena_grow(a, m->rows, m->nrows, &m->cap_rows, sizeof(*m->rows));
		return read_alert(f, form, a, &m->rows[m->nrows++]);
	default:
		return false;
	}
}

/* The sum is over all frames before the last. */
static bool
is_whole(const char *data, size_t len)
{
	const size_t end = FRAME_HEADER + sizeof(int64_t);
	struct frame f = { .data = (uint8_t *)(uintptr_t)data + len - sizeof(int64_t),
		.len = sizeof(int64_t) };

	return len > end && frame_get_i64(&f) == (int64_t)db_sum(DB_SUM, data, len - end);
}

static bool
read_frames(const char *data, size_t len, struct arena *a, struct mark *m)
{
	struct frame_reader r;
	struct frame f;
	uint32_t form = 0;
	bool ok;

	frame_reader_init(&r);
	frame_reader_feed(&r, data, len);
	ok = frame_reader_next(&r, &f, NULL) == 1 && f.kind == KIND_HEAD;
	if (ok)
		form = frame_get_u32(&f);
	ok = form == FORM || form == FORM_NO_NOTE;
	if (ok) {
		m->committed = frame_get_i64(&f);
		m->ahead = frame_get_i64(&f);
	}
	while (ok && frame_reader_next(&r, &f, NULL) == 1 && f.kind != KIND_END)
		ok = read_one(&f, form, a, m);
	frame_reader_fini(&r);
	return ok && m->committed >= 0 && m->ahead > m->committed && m->ahead < INT64_MAX / 2;
}

void
mark_read(const struct store *s, struct arena *a, struct mark *m)
{
	char path[DB_PATH], *data;
	int64_t stamp;
	size_t len;

	struct err e = { 0 };

	*m = (struct mark){ 0 };
	if (file_read(AT_FDCWD, db_path(s, STORE_OPEN, path), FILE_NOFOLLOW, MARK_BYTES_MAX, a,
		&data, &len, &e) == 0 &&
	    len > STAMP_SIZE) {
		len -= STAMP_SIZE;
		m->there = is_whole(data, len) && read_frames(data, len, a, m);
	}
	if (!m->there) {
		*m = (struct mark){ .damaged = e.code != ERR_ABSENT };
		return;
	}
	stamp = stamp_read(data + len);
	m->damaged = stamp < 0;
	if (m->committed < stamp)
		m->committed = stamp;
}

/* ---- putting back */

/* Whether the file knows more of the alert than the database. */
static bool
is_newer(const struct store_standing *file, const struct store_standing *has)
{
	if (file->st.alert != has->st.alert)
		return file->st.alert > has->st.alert;
	return file->st.told_at > has->st.told_at;
}

static int
put_back_alerts(struct store *s, const struct mark *m, struct err *e)
{
	struct arena *a = arena_new(MARK_BYTES_MAX);
	int rc = 0;

	for (size_t i = 0; i < m->nrows && rc == 0; i++) {
		struct store_standing has;
		bool there;

		arena_reset(a);
		rc = store_standing_get(s, m->rows[i].fingerprint, a, &has, &there, e);
		if (rc < 0 || (there && !is_newer(&m->rows[i], &has)))
			continue;
		rc = store_standing_put(s, &m->rows[i], e);
		s->damage.rows_saved++;
	}
	arena_free(a);
	return rc;
}

static int
put_back_numbers(struct store *s, const struct mark *m, struct err *e)
{
	int64_t has;

	for (size_t i = 0; i < m->nnumbers; i++) {
		if (store_number(s, m->numbers[i].name, INT64_MIN, &has, e) < 0)
			return -1;
		if (has == INT64_MIN &&
		    store_set_number(s, m->numbers[i].name, m->numbers[i].v, e) < 0)
			return -1;
	}
	return 0;
}

/* At most the mark was given out. A number between the newest commit, if that is known, and the
 * mark is the true one, and leaves no hole. */
static int
put_back_sequence(struct store *s, const struct mark *m, struct err *e)
{
	int64_t has, most = m->there ? m->ahead : m->committed + STORE_AHEAD;

	if (store_number(s, STORE_SEQUENCE, 0, &has, e) < 0)
		return -1;
	if (m->committed == 0 || (!m->damaged && has >= m->committed && has <= most))
		return 0;
	return store_set_number(s, STORE_SEQUENCE, most, e);
}

int
mark_restore(struct store *s, const struct mark *m, struct err *e)
{
	if (put_back_sequence(s, m, e) < 0 || put_back_numbers(s, m, e) < 0)
		return -1;
	return put_back_alerts(s, m, e);
}
