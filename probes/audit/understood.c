/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the counts of what was understood of a log, and what they come to.
 */
#include "understood.h"

#include "audit.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define FNV_BASIS UINT64_C(14695981039346656037) /* FNV-1a, 64 bits */
#define FNV_PRIME UINT64_C(1099511628211)
#define HOW_VERSION "2" /* one more when the scanners learn to read more */

enum demand
understood_demand(const struct audit_conf *conf)
{
	bool format = strcmp(conf->format, "auto") != 0 && strcmp(conf->format, "plain") != 0;

	if (format || conf->time_field != NULL || conf->number_field != NULL)
		return DEMAND_GIVEN;
	if (strcmp(conf->time_format, "none") == 0)
		return DEMAND_NOTHING;
	return strcmp(conf->time_format, "auto") == 0 ? DEMAND_AUTO : DEMAND_GIVEN;
}

static uint64_t
mix(uint64_t h, const char *text)
{
	/* with the NUL at the end, so that "a" "bc" is not "ab" "c" */
	for (size_t i = 0, n = text != NULL ? strlen(text) + 1 : 0; i < n; i++)
		h = (h ^ (unsigned char)text[i]) * FNV_PRIME;
	return h;
}

uint64_t
understood_how(const struct audit_conf *conf)
{
	uint64_t h = mix(mix(FNV_BASIS, HOW_VERSION), conf->format);

	h = mix(mix(h, conf->time_format), conf->regex);
	/* apart, so that a field given as the time is not one given as the number */
	h = mix(mix(mix(h, "time"), conf->time_field), "number");
	h = mix(mix(h, conf->number_field), conf->zone);
	h = conf->continued ? mix(h, "continued") : h;
	return h != 0 ? h : 1;
}

static bool
enough(uint64_t part, uint64_t of)
{
	return part * 100 >= of * UNDERSTOOD_SHARE;
}

static unsigned
ones(uint64_t v)
{
	return (unsigned)__builtin_popcountll(v);
}

unsigned
understood_lately(const struct understood *u, unsigned *of)
{
	*of = u->records < 64 ? (unsigned)u->records : 64;
	return ones(u->last[0]);
}

static void
judge_fall(struct understood *u)
{
	unsigned of, last = understood_lately(u, &of), lately = 0;

	for (size_t i = 0; i < UNDERSTOOD_WORDS; i++)
		lately += ones(u->last[i]);
	if (u->records >= UNDERSTOOD_GOOD_MIN && enough(u->fit, u->records))
		u->good = true;
	if (u->good && ((of >= UNDERSTOOD_FEW_LAST && last * 64 < UNDERSTOOD_FEW_LAST * of) ||
			   (u->records >= 256 && lately < UNDERSTOOD_FEW_LATELY)))
		u->fell = true;
	else if (last >= UNDERSTOOD_BACK_LAST)
		u->fell = false;
}

static bool
carries_on(struct understood *u, const struct record_info *info)
{
	if (u->records == 0 || (u->last[0] & 1) == 0 || u->carried >= CARRIED_MAX)
		return false;
	if (!info->blank)
		return false;
	u->carried++;
	return true;
}

void
understood_take(
    struct understood *u, const struct record_info *info, const struct order_place *place)
{
	if (!info->fits && carries_on(u, info))
		return;
	u->carried = 0;
	u->records++;
	u->times += info->has_time;
	u->numbers += info->has_seq;
	u->fit += info->fits;
	if (info->fits)
		u->since = (struct order_place){ 0 };
	else if (u->since.segment == 0)
		u->since = *place;
	for (size_t i = UNDERSTOOD_WORDS - 1; i > 0; i--)
		u->last[i] = u->last[i] << 1 | u->last[i - 1] >> 63;
	u->last[0] = u->last[0] << 1 | info->fits;
	if (u->records % 64 == 0)
		judge_fall(u);
}

void
understood_hole(
    struct understood *u, const struct record_info *info, const struct order_place *place)
{
	struct hole *h = &u->hole;

	if (h->place.segment == 0)
		*h = (struct hole){ *place, info->before_nuls, info->nuls };
	else if (h->place.segment == place->segment && info->before_nuls == 0 &&
		 h->place.offset + h->before + h->bytes == place->offset)
		h->bytes += info->nuls;
}

void
understood_settle(struct understood *u)
{
	judge_fall(u);
}

enum understanding
understood_judge(const struct understood *u, enum demand demand)
{
	if (demand == DEMAND_NOTHING)
		return UNDERSTANDING_FINE;
	if (u->fell)
		return UNDERSTANDING_FELL;
	if (enough(u->fit, u->records))
		return UNDERSTANDING_FINE;
	return demand == DEMAND_GIVEN ? UNDERSTANDING_UNFIT : UNDERSTANDING_FEW;
}

const char *
share_text(uint64_t part, uint64_t of, char buf[SHARE_TEXT])
{
	uint64_t tenths = of > 0 ? part * 1000 / of : 0;

	if (part == 0)
		return "none";
	if (part == of)
		return "all";
	if (tenths == 0)
		return "less than 0.1 %";
	snprintf(buf, SHARE_TEXT, "%" PRIu64 ".%" PRIu64 " %%", tenths / 10, tenths % 10);
	return buf;
}

void
understood_text(const struct understood *u, enum demand demand, struct str *out)
{
	char times[SHARE_TEXT], numbers[SHARE_TEXT];

	if (demand == DEMAND_NOTHING && u->times + u->numbers == 0)
		str_addf(out, "no times are looked for (time_format = \"none\")");
	else if (u->records == 0)
		str_addf(out, "no record to understand yet");
	else
		str_addf(out, "times in %s of the records, numbers in %s",
		    share_text(u->times, u->records, times),
		    share_text(u->numbers, u->records, numbers));
}
