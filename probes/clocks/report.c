/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the item of one machine: the figures against true time, the words, what could not be read.
 */
#include "report.h"

#include "probes/clock/ticks.h"
#include "probes/clock/words.h"

#define EVIDENCE_MAX 12

static const char *const sources[] = {
	[SOURCE_NTP] = "NTP",
	[SOURCE_HTTP] = "HTTP, Date",
	[SOURCE_HTTPS] = "HTTPS, Date (the certificate is not looked at)",
	[SOURCE_SMB] = "SMB2, time in the first answer",
	[SOURCE_SHARE] = "time of a new file on its share",
};

void
report_add(const struct look *l, const struct own *own, int64_t *lo, int64_t *hi)
{
	int64_t between = own_age(own, l->mono);

	*lo = l->lo + own->lo - between;
	*hi = l->hi + own->hi + between;
}

static const char *
seconds(struct arena *a, int64_t ns)
{
	return arena_printf(a, "%.9f", (double)ns / (double)NS_S);
}

static int64_t
middle(int64_t lo, int64_t hi)
{
	return lo + (hi - lo) / 2;
}

static int64_t
radius(int64_t lo, int64_t hi)
{
	return (hi - lo + 1) / 2;
}

static struct metric
offset(const struct clocks_conf *conf, int64_t lo, int64_t hi)
{
	double warn = span_seconds(clocks_warn_offset(conf)), max = span_seconds(conf->max_offset);

	return (struct metric){ .name = "offset",
		.unit = UNIT_SECONDS,
		.value = (double)middle(lo, hi) / (double)NS_S,
		.bound = (double)radius(lo, hi) / (double)NS_S,
		.warn = { .set = true, .lo = -warn, .hi = warn },
		.crit = { .set = true, .lo = -max, .hi = max } };
}

static void
put(struct item *it, const char *key, const char *value)
{
	if (it->nevidence < EVIDENCE_MAX)
		it->evidence[it->nevidence++] = (struct evidence){ key, value };
}

static void
evidence(struct arena *a, const struct look *l, const struct own *own, struct item *it)
{
	put(it, "read by", sources[l->target->source]);
	if (l->address[0] != '\0')
		put(it, "address", l->address);
	put(it, "requests", arena_printf(a, "%u", l->requests));
	if (l->detail[0] != '\0')
		put(it, "answer", l->detail);
	if (l->measured) {
		put(it, "against this computer s", seconds(a, middle(l->lo, l->hi)));
		put(it, "its bound s", seconds(a, radius(l->lo, l->hi)));
	}
	if (own->measured) {
		put(it, "this computer against true time s", seconds(a, middle(own->lo, own->hi)));
		put(it, "bound of this computer s", seconds(a, radius(own->lo, own->hi)));
	}
}

/* What is known when nobody measured our own clock. */
static const char *
half_known(
    struct arena *a, const struct clocks_conf *conf, const struct look *l, const struct own *own)
{
	int64_t m = middle(l->lo, l->hi), size = m < 0 ? -m : m;
	char words[SPAN_TEXT];

	if (size + radius(l->lo, l->hi) <= clocks_warn_offset(conf))
		return arena_printf(a,
		    "The clock of %s shows the same time as this computer, whose own clock nobody "
		    "checked (%s)",
		    l->target->at.name, own->why);
	return arena_printf(a,
	    "The clock of %s is %s %s this computer's, which nobody checked (%s); which of the two "
	    "is wrong is not known",
	    l->target->at.name, span_words(size, words), m < 0 ? "behind" : "ahead of", own->why);
}

void
report_machine(const struct probe_ctx *ctx, const struct clocks_conf *conf, const struct look *l,
    const struct own *own)
{
	struct arena *a = ctx->arena;
	struct evidence list[EVIDENCE_MAX];
	struct metric m;
	struct item it = { .target = l->target->at.url,
		.rule = CLOCKS_RULE,
		.state = ITEM_UNKNOWN,
		.evidence = list };
	char words[CLOCK_WORDS];
	int64_t lo, hi;

	if (l->measured && own->measured) {
		report_add(l, own, &lo, &hi);
		clock_words(middle(lo, hi), radius(lo, hi), clocks_warn_offset(conf), words);
		it.state = ITEM_FINE;
		it.summary = arena_printf(a, "The clock of %s is %s", l->target->at.name, words);
		m = offset(conf, lo, hi);
		it.metrics = &m;
		it.nmetrics = 1;
	} else if (l->measured) {
		it.summary = half_known(a, conf, l, own);
	} else {
		it.summary = arena_printf(a, "%s %s, so an error of its clock would go unseen",
		    l->target->at.name, l->done ? l->why : "gave no answer in time");
	}
	evidence(a, l, own, &it);
	probe_emit(ctx, &it);
}
