/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how an entry and its day are told.
 */
#include "tell.h"

#include "columns.h"
#include "dates.h"

#include "base/day.h"

#include <string.h>

#define EVIDENCE_MAX 12

void
tell_put(struct item *it, const char *key, const char *value)
{
	if (value != NULL && it->nevidence < EVIDENCE_MAX)
		it->evidence[it->nevidence++] = (struct evidence){ key, value };
}

struct item
tell_item(const struct entry *en, const char *rule, const char *summary, struct arena *a)
{
	struct item it = { .target = en->id, .rule = rule, .summary = summary };
	char day[INSTANT_TEXT];

	it.evidence = arena_array(a, EVIDENCE_MAX, sizeof(*it.evidence));
	tell_put(&it, "list", en->list->path);
	tell_put(&it, "line", arena_printf(a, "%u", en->line));
	if (en->fault != NULL)
		return it;
	tell_put(&it, "title", en->title);
	tell_put(&it, "kind", kind_name(en->kind));
	tell_put(&it, "owner", en->owner);
	tell_put(&it, "secondary", en->secondary);
	tell_put(&it, "note", en->note);
	tell_put(&it, "hours", en->hours);
	if (en->started != NO_DAY)
		tell_put(&it, "started",
		    arena_printf(a, "%.10s", instant_text(en->started * 86400 * INSTANT_S, day)));
	return it;
}

const char *
tell_path(const struct entry *en, struct arena *a)
{
	const char *list = en->list->path, *slash = strrchr(list, '/');

	if (en->file[0] == '/' || slash == NULL)
		return en->file;
	return arena_printf(a, "%.*s/%s", (int)(slash - list), list, en->file);
}

/* "Torque wrench 17 (calibration; Sana, else Omar); begun on Wed 3 March" */
static const char *
words(const struct entry *en, instant now, struct arena *a)
{
	char day[DAY_TEXT];
	const char *who = en->owner == NULL ? ""
			  : en->secondary == NULL
			      ? arena_printf(a, "; %.60s", en->owner)
			      : arena_printf(a, "; %.60s, else %.60s", en->owner, en->secondary);
	const char *begun =
	    en->started == NO_DAY
		? ""
		: arena_printf(a, "; begun on %s", day_long(date_begin(en->started), now, day));

	return arena_printf(a, "%.200s (%s%s)%s%s", en->title, kind_name(en->kind), who, begun,
	    en->auto_renew ? "; it renews itself" : "");
}

void
tell_date(const struct probe_ctx *ctx, const struct entry *en, instant now)
{
	struct item it;
	instant end;

	if (en->fault != NULL) {
		it = tell_item(en, "register.date",
		    arena_printf(ctx->arena,
			"%.100s: its line in the list cannot be read, so its day is not watched "
			"(line %u: %s)",
			en->title, en->line, en->fault),
		    ctx->arena);
		it.state = ITEM_UNKNOWN;
		probe_emit(ctx, &it);
		return;
	}
	it = tell_item(en, "register.date", words(en, now, ctx->arena), ctx->arena);
	it.lead = en->lead;
	it.auto_renew = en->auto_renew;
	if (en->at != NO_DAY) {
		end = date_end(en->at);
		it.deadline = (struct deadline){
			.kind = DEADLINE_KNOWN, .at = end, .earliest = end, .latest = end
		};
	}
	probe_emit(ctx, &it);
}
