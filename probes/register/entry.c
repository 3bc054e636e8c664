/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what a row means.
 */
#include "entry.h"

#include "columns.h"
#include "dates.h"
#include "text.h"

#include "base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const enum col date_cols[] = { COL_AT, COL_STARTED, COL_REVIEWED, COL_AWAY_FROM,
	COL_AWAY_TO };

#define NDATE_COLS (sizeof(date_cols) / sizeof(date_cols[0]))

/* How the dates of a list are to be read: as the check says, else as they show it together. */
static enum date_order
order_of(const struct list *l, const struct register_conf *conf)
{
	enum date_order order = ORDER_UNKNOWN;

	if (strcmp(conf->dates, "d/m/y") == 0)
		return ORDER_DAY_FIRST;
	if (strcmp(conf->dates, "m/d/y") == 0)
		return ORDER_MONTH_FIRST;
	for (size_t i = 0; i < l->n; i++)
		for (size_t k = 0; k < NDATE_COLS; k++)
			if (l->rows[i].cells[date_cols[k]] != NULL)
				order = date_order_seen(order, l->rows[i].cells[date_cols[k]]);
	return order;
}

static int64_t *
date_of(struct entry *en, enum col k)
{
	return k == COL_AT          ? &en->at
	       : k == COL_STARTED   ? &en->started
	       : k == COL_REVIEWED  ? &en->reviewed
	       : k == COL_AWAY_FROM ? &en->away_from
				    : &en->away_to;
}

static void
take_dates(struct entry *en, const struct row *r, enum date_order order, struct arena *a)
{
	for (size_t i = 0; i < NDATE_COLS; i++) {
		const char *cell = r->cells[date_cols[i]], *why;
		int64_t *to = date_of(en, date_cols[i]);

		*to = NO_DAY;
		why = cell != NULL ? date_read(cell, order, to) : NULL;
		if (why != NULL && en->fault == NULL)
			en->fault = arena_printf(a, "%s \"%.40s\" %s",
			    date_cols[i] == COL_AT ? "date" : col_name(date_cols[i]), cell, why);
	}
	if (en->fault == NULL && en->away_from != NO_DAY && en->away_to != NO_DAY &&
	    en->away_to < en->away_from)
		en->fault = "away_to is before away_from";
}

/* "30", "30 days", "6 weeks". */
static void
take_lead(struct entry *en, const char *cell, struct arena *a)
{
	char unit[FOLDED_MAX];
	int64_t days, times = 0;
	size_t digits;

	if (cell == NULL || en->fault != NULL)
		return;
	digits = strspn(cell, "0123456789");
	days = digits > 0 && digits <= 4 ? strtoll(cell, NULL, 10) : -1;
	text_fold(cell + digits, unit);
	if (unit[0] == '\0' || text_is_one_of(unit, "d day days t tag tage j jour jours"))
		times = 1;
	else if (text_is_one_of(unit, "w week weeks woche wochen semaine semaines"))
		times = 7;
	if (days < 0 || times == 0)
		en->fault = arena_printf(a, "lead_d \"%.40s\" is no number of days", cell);
	else if (days * times > REGISTER_LEAD_MAX)
		en->fault = arena_printf(a, "lead_d \"%.40s\" is more than 3650 days", cell);
	else
		en->lead = days * times * SPAN_DAY;
}

/* Whole hours of stopped work: low, likely, high, in this order; likely alone, or all three. */
static void
take_hours(struct entry *en, const struct row *r, struct arena *a)
{
	long long h[3];
	size_t given = 0;

	for (size_t i = 0; i < 3; i++) {
		const char *cell = r->cells[COL_HOURS_LOW + i];

		if (cell == NULL)
			continue;
		given++;
		h[i] = strspn(cell, "0123456789") == strlen(cell) && strlen(cell) <= 6
			   ? strtoll(cell, NULL, 10)
			   : -1;
		if ((h[i] < 0 || h[i] > REGISTER_HOURS_MAX) && en->fault == NULL)
			en->fault = arena_printf(a, "%s \"%.40s\" is no number of hours",
			    col_name((enum col)(COL_HOURS_LOW + i)), cell);
	}
	if (given == 0 || en->fault != NULL)
		return;
	if (r->cells[COL_HOURS_LIKELY] == NULL || given == 2)
		en->fault = "hours are given as likely alone, or as low, likely and high";
	else if (given == 1)
		en->hours = arena_printf(a, "%lld", h[1]);
	else if (h[0] > h[1] || h[1] > h[2])
		en->fault = "hours are not low, likely, high in this order";
	else
		en->hours = arena_printf(a, "%lld %lld %lld", h[0], h[1], h[2]);
}

static void
take_renewal(struct entry *en, const char *cell, struct arena *a)
{
	char folded[FOLDED_MAX];

	if (cell == NULL || en->fault != NULL)
		return;
	text_fold(cell, folded);
	en->auto_renew = text_is_one_of(folded, "yes y true 1 x ja j oui o vrai wahr");
	if (!en->auto_renew && !text_is_one_of(folded, "no n false 0 nein non faux falsch"))
		en->fault = arena_printf(a, "auto_renew \"%.40s\" is neither yes nor no", cell);
}

const char *
entry_hex(const char *cell, struct arena *a)
{
	char *out = arena_alloc(a, strlen(cell) + 1);
	size_t n = 0;

	for (; *cell != '\0'; cell++)
		if (isxdigit((unsigned char)*cell))
			out[n++] = (char)tolower((unsigned char)*cell);
		else if (strchr(": -", *cell) == NULL)
			return NULL;
	return n == 64 || n == 40 ? out : NULL;
}

static const char *
take_hex(struct entry *en, const struct row *r, enum col k, struct arena *a)
{
	const char *hex = r->cells[k] != NULL ? entry_hex(r->cells[k], a) : NULL;

	if (r->cells[k] != NULL && hex == NULL && en->fault == NULL)
		en->fault =
		    arena_printf(a, "%s is neither 64 nor 40 digits of 0-9 and a-f", col_name(k));
	return hex;
}

static const char *
one_line(const char *cell, struct arena *a)
{
	char buf[REGISTER_CELL_MAX + 1];

	return cell != NULL ? arena_text(a, text_clean_buf(buf, sizeof(buf), cell, strlen(cell)))
			    : NULL;
}

static void
take_kind(struct entry *en, const char *cell, const struct register_conf *conf, struct arena *a)
{
	en->kind = kind_find(cell != NULL ? cell : conf->kind);
	if (en->kind == KIND_N && en->fault == NULL)
		en->fault = arena_printf(a,
		    "kind \"%.40s\" is none of those that `forewarn probes register` lists", cell);
}

/* What there would be nothing to watch of. */
static const char *
lacks(const struct entry *en)
{
	if (en->at == NO_DAY && kind_needs_date(en->kind))
		return "there is no date";
	if (en->kind == KIND_PLAYBOOK && en->file == NULL && en->url == NULL)
		return "names neither a file nor an address of the playbook";
	if (en->kind == KIND_PORTAL && en->fingerprint == NULL && en->at == NO_DAY)
		return "there is neither a date nor the fingerprint that the portal knows";
	return NULL;
}

static void
take_row(struct entry *en, const struct list *l, const struct row *r, enum date_order order,
    const struct register_conf *conf, struct arena *a)
{
	*en = (struct entry){ .list = l, .line = r->line, .fault = r->fault };
	en->broken = r->fault != NULL;
	en->title = one_line(r->cells[COL_TITLE], a);
	en->id = r->cells[COL_ID] != NULL ? one_line(r->cells[COL_ID], a) : en->title;
	if (en->title == NULL)
		en->title = en->id;
	if (en->id == NULL && en->fault == NULL)
		en->fault = "names neither an id nor a title";
	if (en->id != NULL && strlen(en->id) > REGISTER_ID_MAX) {
		en->fault = "its id is longer than 200 bytes";
		en->id = NULL;
	}
	take_kind(en, r->cells[COL_KIND], conf, a);
	take_dates(en, r, order, a);
	take_lead(en, r->cells[COL_LEAD], a);
	take_renewal(en, r->cells[COL_AUTO_RENEW], a);
	take_hours(en, r, a);
	en->owner = one_line(r->cells[COL_OWNER], a);
	en->secondary = one_line(r->cells[COL_SECONDARY], a);
	en->note = one_line(r->cells[COL_NOTE], a);
	en->file = r->cells[COL_FILE];
	en->url = one_line(r->cells[COL_URL], a);
	en->hash = take_hex(en, r, COL_HASH, a);
	en->fingerprint = take_hex(en, r, COL_FINGERPRINT, a);
	if (en->fault == NULL)
		en->fault = lacks(en);
}

/* By id, then as they stand. */
static int
by_id(const void *pa, const void *pb)
{
	const struct entry *const *a = pa, *const *b = pb;
	int c = strcmp((*a)->id, (*b)->id);

	return c != 0 ? c : *a < *b ? -1 : 1;
}

static void
refuse_twins(struct entries *all, struct arena *a)
{
	struct entry **v = arena_array(a, all->n + 1, sizeof(struct entry *)), *first = NULL;
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].id != NULL)
			v[n++] = &all->v[i];
	qsort(v, n, sizeof(struct entry *), by_id);
	for (size_t i = 0; i < n; i++) {
		if (first == NULL || strcmp(first->id, v[i]->id) != 0) {
			first = v[i];
			continue;
		}
		v[i]->fault = arena_printf(a, "\"%.60s\" stands in line %u%s%s too", v[i]->id,
		    first->line, first->list != v[i]->list ? " of " : "",
		    first->list != v[i]->list ? first->list->path : "");
		v[i]->twin = true;
	}
}

void
entries_of(struct entries *out, const struct list *lists, size_t nlists,
    const struct register_conf *conf, struct arena *a)
{
	size_t n = 0;

	for (size_t i = 0; i < nlists; i++)
		n += lists[i].n;
	*out = (struct entries){ .v = arena_array(a, n + 1, sizeof(struct entry)) };
	for (size_t i = 0; i < nlists; i++) {
		enum date_order order = order_of(&lists[i], conf);

		for (size_t k = 0; k < lists[i].n; k++)
			take_row(&out->v[out->n++], &lists[i], &lists[i].rows[k], order, conf, a);
	}
	refuse_twins(out, a);
	for (size_t i = 0; i < out->n; i++)
		out->bad += out->v[i].fault != NULL;
}
