/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/t.h"

#include "probes/plugin/output.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define NONE                                                                                       \
	{                                                                                          \
		.set = false                                                                       \
	}
#define MB 0x1p20

static struct arena *arena;

static struct plugin_output
parsed(const char *text, size_t n)
{
	struct plugin_output o;

	arena_reset(arena);
	output_parse(text, n, arena, &o);
	return o;
}

/* One line of performance data, behind some text. */
static struct plugin_output
figures(const char *perfdata)
{
	char text[4096];
	int n = snprintf(text, sizeof(text), "fine |%s", perfdata);

	return parsed(text, (size_t)n);
}

static bool
same_end(double a, double b)
{
	return a == b || fabs(a - b) <= 1e-9 * fabs(b);
}

static bool
same_range(const struct range *a, const struct range *b)
{
	if (!a->set || !b->set)
		return a->set == b->set;
	return a->inverted == b->inverted && same_end(a->lo, b->lo) && same_end(a->hi, b->hi);
}

/* The figures of tests/data/nagios/perfdata.json ("perfdata_ok"), and some more. */
static const struct {
	const char *row, *text, *label;
	size_t n, at; /* figures in all; the one that is looked at */
	double value;
	enum unit unit;
	struct range warn, crit;
} good[] = {
	{ "milliseconds", "offset=412ms;100;500;;", "offset", 1, 0, 0.412, UNIT_SECONDS,
	    { true, false, 0, 0.1 }, { true, false, 0, 0.5 } },
	{ "a label with spaces", "'cert days left'=12;30:;7:;0;", "cert days left", 1, 0, 12,
	    UNIT_NONE, { true, false, 30, INFINITY }, { true, false, 7, INFINITY } },
	{ "the first of two", "/=382MB;15264;15269;; /var=218MB;9443;9448", "/", 2, 0, 382 * MB,
	    UNIT_BYTES, { true, false, 0, 15264 * MB }, { true, false, 0, 15269 * MB } },
	{ "the second of two", "/=382MB;15264;15269;; /var=218MB;9443;9448", "/var", 2, 1, 218 * MB,
	    UNIT_BYTES, { true, false, 0, 9443 * MB }, { true, false, 0, 9448 * MB } },
	{ "a doubled quote", "'it''s'=1c", "it's", 1, 0, 1, UNIT_COUNT, NONE, NONE },
	{ "every kind of range", "load=-0.5;~:1;@1:2;-3;3", "load", 1, 0, -0.5, UNIT_NONE,
	    { true, false, -INFINITY, 1 }, { true, true, 1, 2 } },
	{ "could not be measured", "x=U", "x", 1, 0, NAN, UNIT_NONE, NONE, NONE },
	{ "percent", "used=12.5%;80;90;0;100", "used", 1, 0, 0.125, UNIT_RATIO,
	    { true, false, 0, 0.8 }, { true, false, 0, 0.9 } },
	{ "an exponent", "x=1.5e-3s", "x", 1, 0, 0.0015, UNIT_SECONDS, NONE, NONE },
	{ "an e is a unit without digits", "x=2e", "x", 1, 0, 2, UNIT_NONE, NONE, NONE },
	{ "a unit of its own", "fan=2400rpm", "fan", 1, 0, 2400, UNIT_NONE, NONE, NONE },
	{ "a point in front", "x=.5", "x", 1, 0, 0.5, UNIT_NONE, NONE, NONE },
	{ "a point behind", "x=5.", "x", 1, 0, 5, UNIT_NONE, NONE, NONE },
	{ "a plus", "x=+5", "x", 1, 0, 5, UNIT_NONE, NONE, NONE },
	{ "an equals sign in quotes", "'a=b'=5", "a=b", 1, 0, 5, UNIT_NONE, NONE, NONE },
	{ "nothing but quotes in quotes", "''''=5", "'", 1, 0, 5, UNIT_NONE, NONE, NONE },
	{ "five fields and a last semicolon", "x=1;2;3;4;5;", "x", 1, 0, 1, UNIT_NONE,
	    { true, false, 0, 2 }, { true, false, 0, 3 } },
	{ "many spaces", "\t a=1   b=2\t", "b", 2, 1, 2, UNIT_NONE, NONE, NONE },
};

static void
test_good(void)
{
	for (size_t i = 0; i < COUNT(good); i++) {
		struct plugin_output o = figures(good[i].text);
		const struct metric *m = o.nmetrics > good[i].at ? &o.metrics[good[i].at] : NULL;

		T_INT(good[i].row, o.nmetrics, good[i].n);
		T_INT(good[i].row, o.bad, 0);
		if (m == NULL)
			continue;
		T_TEXT(good[i].row, m->name, good[i].label);
		T_INT(good[i].row, m->unit, good[i].unit);
		if (isnan(good[i].value))
			T_TRUE(good[i].row, isnan(m->value));
		else
			T_NEAR(good[i].row, m->value, good[i].value, 1e-12);
		T_TRUE(good[i].row, same_range(&m->warn, &good[i].warn));
		T_TRUE(good[i].row, same_range(&m->crit, &good[i].crit));
		T_NEAR(good[i].row, m->bound, 0, 0);
	}
	T_INT("no figures", figures("").nmetrics, 0);
	T_INT("no figures are no fault", figures("").bad, 0);
}

/* The first five are "perfdata_bad" of perfdata.json. */
static const struct {
	const char *row, *text;
	size_t good, bad;
} bad[] = {
	{ "a decimal comma", "test=1,23456", 0, 1 },
	{ "units in ranges", "test=123456;10%;20%", 0, 1 },
	{ "no label", "=5", 0, 1 },
	{ "no value", "x", 0, 1 },
	{ "a quote that is never closed", "'open=1", 0, 1 },
	{ "what stands behind an open quote stays", "'open=1 b=2", 1, 1 },
	{ "a quote within a label", "it's=1 b=2 c=3", 2, 1 },
	{ "an empty label", "''=1", 0, 1 },
	{ "something behind the closing quote", "'a'b=1", 0, 1 },
	{ "an empty value", "x=", 0, 1 },
	{ "only a unit", "x=ms", 0, 1 },
	{ "not a number", "x=nan", 0, 1 },
	{ "infinite", "x=inf", 0, 1 },
	{ "too large for a number", "x=1e400", 0, 1 },
	{ "too large in its unit", "x=1e308PB", 0, 1 },
	{ "hexadecimal", "x=0x10", 0, 1 },
	{ "two points", "x=1.2.3", 0, 1 },
	{ "a range that ends before it begins", "x=1;20:10", 0, 1 },
	{ "a range of a colon alone", "x=1;:", 0, 1 },
	{ "a range of an at sign alone", "x=1;@", 0, 1 },
	{ "a lowest value that is none", "x=1;;;a", 0, 1 },
	{ "a highest value that is none", "x=1;;;;a", 0, 1 },
	{ "a sixth field", "x=1;2;3;4;5;6", 0, 1 },
	{ "one bad among good", "a=1 x b=2", 2, 1 },
	{ "U with a unit", "x=Us", 0, 1 },
};

static void
test_bad(void)
{
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct plugin_output o = figures(bad[i].text);

		T_INT(bad[i].row, o.nmetrics, bad[i].good);
		T_INT(bad[i].row, o.bad, bad[i].bad);
		T_TRUE(bad[i].row, o.first_bad != NULL && strstr(bad[i].text, o.first_bad));
	}
	T_TEXT("the first bad one is kept", figures("a=1 x= y=").first_bad, "x=");
}

/* "ranges" of perfdata.json: values that alert, values that do not; the rest is ours. */
static const struct {
	const char *text;
	double alert[2], ok[2];
} ranges[] = {
	{ "10", { -1, 11 }, { 0, 10 } },
	{ "10:", { 9, 9 }, { 10, 1e9 } },
	{ "~:10", { 11, 11 }, { -1e9, 10 } },
	{ "10:20", { 9, 21 }, { 10, 20 } },
	{ "@10:20", { 10, 20 }, { 9, 21 } },
	{ ":10", { -1, 11 }, { 0, 10 } },
	{ "-20:-10", { -21, -9 }, { -20, -10 } },
	{ "@10", { 0, 10 }, { -1, 11 } },
	{ "5:5", { 4.9, 5.1 }, { 5, 5 } },
};

static bool
alerts(const struct range *r, double v)
{
	return (v >= r->lo && v <= r->hi) == r->inverted;
}

static void
test_ranges(void)
{
	struct range r;

	for (size_t i = 0; i < COUNT(ranges); i++) {
		const char *s = ranges[i].text;

		T_TRUE(s, output_range(s, strlen(s), 1, &r) && r.set);
		for (int k = 0; k < 2; k++) {
			T_TRUE(s, alerts(&r, ranges[i].alert[k]));
			T_TRUE(s, !alerts(&r, ranges[i].ok[k]));
		}
	}
	T_TRUE("nothing is no range and no fault", output_range("", 0, 1, &r) && !r.set);
	T_TRUE("both ends open", output_range("~:", 2, 1, &r) && r.lo < -1e300 && r.hi > 1e300);
	T_TRUE("a unit scales both ends", output_range("1:2", 3, 1024, &r));
	T_NEAR("lower end", r.lo, 1024, 0);
	T_NEAR("upper end", r.hi, 2048, 0);
	T_TRUE("a lower end past all numbers", !output_range("1e308:", 6, 0x1p50, &r));
	T_TRUE("it is not set then", !r.set);
	T_TRUE("ten to the", !output_range("1e", 2, 1, &r));
	T_TRUE("a space", !output_range("1 ", 2, 1, &r));
}

static const struct {
	const char *text;
	enum unit unit;
	double scale; /* 0: no unit */
} units[] = {
	{ "", UNIT_NONE, 1 },
	{ "s", UNIT_SECONDS, 1 },
	{ "ms", UNIT_SECONDS, 1e-3 },
	{ "us", UNIT_SECONDS, 1e-6 },
	{ "ns", UNIT_SECONDS, 1e-9 },
	{ "%", UNIT_RATIO, 1e-2 },
	{ "c", UNIT_COUNT, 1 },
	{ "B", UNIT_BYTES, 1 },
	{ "KB", UNIT_BYTES, 1024 },
	{ "kB", UNIT_BYTES, 1024 },
	{ "MB", UNIT_BYTES, MB },
	{ "GB", UNIT_BYTES, 0x1p30 },
	{ "TB", UNIT_BYTES, 0x1p40 },
	{ "PB", UNIT_BYTES, 0x1p50 },
	{ "KiB", UNIT_BYTES, 1024 },
	{ "MiB", UNIT_BYTES, MB },
	{ "GiB", UNIT_BYTES, 0x1p30 },
	{ "TiB", UNIT_BYTES, 0x1p40 },
	{ "PiB", UNIT_BYTES, 0x1p50 },
	{ "S", UNIT_NONE, 1 },
	{ "W", UNIT_NONE, 1 },
	{ "\xc2\xb0"
	  "C",
	    UNIT_NONE, 1 },
	{ "sixteen-bytes-ab", UNIT_NONE, 1 },
	{ "seventeen-bytes-a", UNIT_NONE, 0 },
	{ "m2", UNIT_NONE, 0 },
	{ "m.", UNIT_NONE, 0 },
	{ "m,", UNIT_NONE, 0 },
	{ "m;", UNIT_NONE, 0 },
	{ "m'", UNIT_NONE, 0 },
	{ "m\"", UNIT_NONE, 0 },
	{ "m=", UNIT_NONE, 0 },
	{ "m|", UNIT_NONE, 0 },
	{ "m%", UNIT_NONE, 0 },
	{ "m ", UNIT_NONE, 0 },
	{ "m\033", UNIT_NONE, 0 },
};

static void
test_units(void)
{
	for (size_t i = 0; i < COUNT(units); i++) {
		const char *s = units[i].text;
		enum unit u = UNIT_N;
		double scale = 0;
		bool is = output_unit(s, strlen(s), &u, &scale);

		T_INT(s, is, units[i].scale != 0);
		if (!is)
			continue;
		T_INT(s, u, units[i].unit);
		T_NEAR(s, scale, units[i].scale, 0);
	}
}

static void
test_limits(void)
{
	char text[16384] = "fine |";
	size_t at = strlen(text);
	struct plugin_output o;

	memset(text + at, 'a', OUTPUT_LABEL_MAX);
	memcpy(text + at + OUTPUT_LABEL_MAX, "=1", 3);
	o = parsed(text, at + OUTPUT_LABEL_MAX + 2);
	T_INT("the longest label", o.nmetrics, 1);
	T_INT("the longest label is whole", o.nmetrics == 1 ? strlen(o.metrics[0].name) : 0,
	    OUTPUT_LABEL_MAX);
	memcpy(text + at + OUTPUT_LABEL_MAX, "a=1", 4);
	o = parsed(text, at + OUTPUT_LABEL_MAX + 3);
	T_INT("a label one byte too long", o.nmetrics, 0);
	T_INT("a label one byte too long is counted", o.bad, 1);

	T_INT("the longest unit", figures("x=1sixteen-bytes-ab").nmetrics, 1);
	T_INT("a unit one byte too long", figures("x=1seventeen-bytes-a").bad, 1);

	at = (size_t)snprintf(text, sizeof(text), "fine |x=%064d", 1);
	T_INT("the longest number", parsed(text, at).nmetrics, 1);
	at = (size_t)snprintf(text, sizeof(text), "fine |x=%065d", 1);
	T_INT("a number one byte too long", parsed(text, at).bad, 1);

	at = (size_t)snprintf(text, sizeof(text), "fine |");
	for (int i = 0; i < OUTPUT_METRICS_MAX; i++)
		at += (size_t)snprintf(text + at, sizeof(text) - at, "m%d=%d ", i, i);
	o = parsed(text, at);
	T_INT("as many figures as there may be", o.nmetrics, OUTPUT_METRICS_MAX);
	T_INT("none is too many", o.surplus, 0);
	T_TEXT("the last is the last", o.metrics[OUTPUT_METRICS_MAX - 1].name, "m255");
	at += (size_t)snprintf(text + at, sizeof(text) - at, "m=1");
	o = parsed(text, at);
	T_INT("one figure more", o.nmetrics, OUTPUT_METRICS_MAX);
	T_INT("one figure more is counted", o.surplus, 1);
	T_INT("and is not called bad", o.bad, 0);
}

/* Figures in both places, for every way to share them out: the array grows from where it stands. */
static void
test_two_places(void)
{
	for (int first = 0; first <= 20; first++)
		for (int second = 0; second <= 20; second++) {
			char text[1024], name[24];
			size_t at = (size_t)snprintf(text, sizeof(text), "fine |");
			struct plugin_output o;
			bool right = true;

			for (int i = 0; i < first + second; i++)
				at += (size_t)snprintf(text + at, sizeof(text) - at, "%s m%d=%d",
				    i == first ? "\nlong\n |" : "", i, i);
			o = parsed(text, at);
			T_INT("figures of both places", o.nmetrics, first + second);
			for (size_t i = 0; i < o.nmetrics; i++) {
				snprintf(name, sizeof(name), "m%zu", i);
				right = right && strcmp(o.metrics[i].name, name) == 0 &&
					o.metrics[i].value == (double)i;
			}
			T_TRUE("none is lost or doubled", right);
		}
}

static const struct {
	const char *row, *text, *first, *more;
	size_t figures;
} texts[] = {
	{ "nothing", "", "", "", 0 },
	{ "one line", "OK - 5 days\n", "OK - 5 days", "", 0 },
	{ "without a line end", "OK", "OK", "", 0 },
	{ "a line and a figure", "OK | a=1\n", "OK", "", 1 },
	{ "only a figure", "|a=1", "", "", 1 },
	{ "an empty first line", "\nOK\n", "", "OK", 0 },
	{ "long text", "OK\none\ntwo\n", "OK", "one\ntwo", 0 },
	{ "figures on many lines", "OK | a=1\none\ntwo | b=2\nc=3\nd=4\n", "OK", "one\ntwo", 4 },
	{ "figures only behind the long text", "OK\none | b=2\n", "OK", "one", 1 },
	{ "lines of another system", "OK\r\none\r\n", "OK", "one", 0 },
	{ "a third bar is a bad figure", "OK | a=1\none | b=2 | c=3", "OK", "one", 3 },
	{ "only a bar", "|", "", "", 0 },
	{ "bytes that are no text", "\xff\xfe | a=1", "\xff\xfe", "", 1 },
};

static void
test_texts(void)
{
	struct plugin_output o;

	for (size_t i = 0; i < COUNT(texts); i++) {
		o = parsed(texts[i].text, strlen(texts[i].text));
		T_TEXT(texts[i].row, o.first, texts[i].first);
		T_TEXT(texts[i].row, o.more, texts[i].more);
		T_INT(texts[i].row, o.nmetrics, texts[i].figures);
	}
	o = parsed("O\0K |a\0=1 b=2", 13);
	T_TEXT("a zero byte is a space", o.first, "O K");
	T_INT("also among the figures", o.nmetrics, 1);
}

int
main(void)
{
	arena = arena_new((size_t)16 << 20);
	test_good();
	test_bad();
	test_ranges();
	test_units();
	test_limits();
	test_two_places();
	test_texts();
	arena_free(arena);
	return t_end();
}
