/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the parts of a table: their notes, sealing new rows, comparing old ones.
 */
#include "table_parts.h"

#include "table.h"

#include "base/file.h"

#include <inttypes.h>
#include <string.h>

#define TAIL_MAX 4096 /* bytes of ID.tail */

/* Rows while they are read: two numbers a row, their values in one digest. */
struct rows {
	uint64_t *v; /* room for TABLE_PART_ROWS and one */
	size_t n;
	size_t bytes;
	int64_t first, last;
	bool ends; /* nothing follows */
	uint8_t hash[HASH_SIZE];
};

/* ---- notes */

static struct table_part *
part_add(struct table_notes *n, const struct table_part *p)
{
	const struct table_part *before = n->nparts > 0 ? &n->parts[n->nparts - 1] : NULL;
	struct table_part *out;
	uint64_t rows = before != NULL ? before->before + before->rec : 0;

	n->parts =
	    arena_grow(n->t->ctx->arena, n->parts, n->nparts, &n->parts_cap, sizeof(*n->parts));
	out = &n->parts[n->nparts++];
	*out = *p;
	out->before = rows;
	return out;
}

static bool
read_part(const struct statement *st, struct table_part *p)
{
	*p = (struct table_part){ 0 };
	return statement_i64(st, "first", &p->first) && statement_i64(st, "last", &p->last) &&
	       statement_u64(st, "rec", &p->rec) && statement_hash(st, "sha256", p->hash) &&
	       p->rec > 0 && p->rec <= TABLE_PART_ROWS && p->first <= p->last;
}

void
parts_take(struct table_notes *n, const struct statement *st)
{
	struct table_part p;

	if (strcmp(st->verb, "rows") == 0 && n->nparts < TABLE_PARTS_MAX && read_part(st, &p) &&
	    (n->nparts == 0 || p.first > n->parts[n->nparts - 1].last))
		part_add(n, &p);
}

static const char *
tail_name(const struct table_notes *n)
{
	return arena_printf(n->t->ctx->arena, "%s" TABLE_MARK, n->t->s.id);
}

void
parts_take_tail(struct table_notes *n)
{
	struct statement st;
	struct table_part p;
	struct err e = { 0 };
	char *text;
	size_t len;

	if (!n->t->s.known || file_read(n->t->ctx->state_fd, tail_name(n), FILE_NOFOLLOW, TAIL_MAX,
				  n->t->ctx->arena, &text, &len, &e) < 0)
		return;
	len = strcspn(text, "\n");
	text[len] = '\0';
	/* what a run that was ended has left may stand in the statements by now */
	if (statement_parse(text, len, &st) && read_part(&st, &p) &&
	    (n->nparts == 0 || p.first > n->parts[n->nparts - 1].last)) {
		part_add(n, &p);
		n->tail = true;
	}
}

static void
write_part(const struct table_notes *n, const struct table_part *p, struct str *out)
{
	str_addf(out, "fw1 rows stream=%s first=%" PRId64 " last=%" PRId64 " rec=%" PRIu64,
	    n->t->s.id, p->first, p->last, p->rec);
	statement_put_hash(out, "sha256", p->hash);
}

static void
say_part(struct table_notes *n, const struct table_part *p)
{
	struct str line;

	str_init(&line, STATEMENT_MAX);
	write_part(n, p, &line);
	state_say(&n->t->s, line.s, line.len);
	str_fini(&line);
}

static int
save_tail(struct table_notes *n, const struct table_part *p, struct err *e)
{
	struct str line;
	int rc;

	str_init(&line, STATEMENT_MAX);
	write_part(n, p, &line);
	str_addc(&line, '\n');
	rc = file_replace(n->t->ctx->state_fd, tail_name(n), 0600, line.s, line.len, e);
	str_fini(&line);
	return rc;
}

static struct side_place
place_of(const struct table_notes *n, size_t i)
{
	return (struct side_place){ .chunk = i,
		.record = 2 * n->parts[i].before,
		.records = 2 * n->parts[i].rec,
		.sha = n->parts[i].hash };
}

const uint64_t *
part_rows(const struct table_notes *n, size_t i)
{
	uint64_t *v = arena_array(n->t->ctx->arena, 2 * (size_t)n->parts[i].rec + 1, sizeof(*v));
	struct side_place at = place_of(n, i);

	return side_get(&n->side, &at, v) ? v : NULL;
}

/* ---- reading */

static void
rows_init(struct rows *r, const struct table_notes *n)
{
	r->v = arena_array(n->t->ctx->arena, 2 * (TABLE_PART_ROWS + 1), sizeof(*r->v));
}

/* The rows from `first` on, up to `last` and to the limits of a part (full: those do not count). 1;
 * 0: time is over; -1 with *e. */
static int
read_rows(struct table_notes *n, struct table *b, struct rows *r, int64_t first, int64_t last,
    bool full, struct err *e)
{
	int64_t rowid;
	int rc = table_rows(b, first, last, e);

	r->n = r->bytes = 0;
	r->ends = false;
	digest_begin(n->t->s.digest);
	while (rc >= 0 && (full || (r->n < TABLE_PART_ROWS && r->bytes < TABLE_PART_BYTES)) &&
	       (rc = table_next(b, &rowid, e)) == 1) {
		digest_add(n->t->s.digest, b->values.s, b->values.len);
		r->bytes += b->values.len;
		r->first = r->n == 0 ? rowid : r->first;
		r->last = rowid;
		if (r->n < TABLE_PART_ROWS) {
			r->v[2 * r->n] = (uint64_t)rowid;
			r->v[2 * r->n + 1] = n->side.key == NULL ? 0
								 : side_hash(n->side.key,
								       b->values.s, b->values.len);
		}
		r->n++;
	}
	digest_end(n->t->s.digest, r->hash);
	table_rest(b);
	r->ends = rc == 0;
	if (rc < 0)
		return e->code == ERR_TIMEOUT ? 0 : -1;
	return trail_is_late(n->t) ? 0 : 1;
}

int
part_compare(struct table_notes *n, struct table *b, size_t i, part_changed *changed, struct err *e)
{
	struct table_part *p = &n->parts[i];
	int64_t from = i > 0 ? n->parts[i - 1].last + 1 : INT64_MIN;
	static struct rows r;
	int rc;

	if (r.v == NULL)
		rows_init(&r, n);
	rc = read_rows(n, b, &r, from, p->last, true, e);
	if (rc != 1)
		return rc;
	p->flawed = r.n != p->rec || memcmp(r.hash, p->hash, HASH_SIZE) != 0;
	if (p->flawed)
		changed(n, i, r.v, r.n < TABLE_PART_ROWS ? r.n : TABLE_PART_ROWS, r.hash);
	return 1;
}

/* ---- sealing */

static void
seal(struct table_notes *n, const struct rows *r)
{
	struct table_part *p =
	    part_add(n, &(struct table_part){ .first = r->first, .last = r->last, .rec = r->n });
	struct side_place at;

	memcpy(p->hash, r->hash, HASH_SIZE);
	at = place_of(n, n->nparts - 1);
	side_put(&n->side, &at, r->v);
}

int
parts_seal(struct table_notes *n, struct table *b, struct err *e)
{
	struct table_part *last = n->nparts > 0 ? &n->parts[n->nparts - 1] : NULL;
	uint64_t before = last != NULL ? last->before + last->rec : 0;
	struct rows r;
	int rc = 1;

	/* a part that was changed stays as it was noted, and the new rows begin another */
	if (n->tail && last->flawed)
		say_part(n, last);
	else if (n->tail)
		n->nparts--;
	n->tail = false;
	rows_init(&r, n);
	do {
		int64_t from = n->nparts > 0 ? n->parts[n->nparts - 1].last + 1 : INT64_MIN;

		rc = read_rows(n, b, &r, from, INT64_MAX, false, e);
		if (rc != 1 || r.n == 0)
			break;
		seal(n, &r);
		if (!r.ends)
			say_part(n, &n->parts[n->nparts - 1]);
	} while (!r.ends && n->nparts < TABLE_PARTS_MAX);
	last = n->nparts > 0 ? &n->parts[n->nparts - 1] : NULL;
	/* also of an empty table: by that file it is known as one */
	if (rc == 1 && last == NULL &&
	    file_replace(n->t->ctx->state_fd, tail_name(n), 0600, "", 0, e) < 0)
		rc = -1;
	if (rc == 1 && last != NULL && r.n > 0 && r.ends) {
		n->tail = true;
		rc = save_tail(n, last, e) < 0 ? -1 : 1;
	}
	if (last != NULL && last->before + last->rec > before) {
		n->t->s.grown = n->t->now;
		n->t->s.dirty = true;
	}
	return rc;
}
