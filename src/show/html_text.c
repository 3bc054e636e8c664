/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the smallest pieces of the page: text from outside, signs, values.
 */
#include "show/html_private.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void
html_text(struct str *out, const char *s, size_t max)
{
	struct str clean;

	str_init(&clean, max * 4 + 8); /* UTF-8, and the ellipsis */
	text_clean(&clean, s, strlen(s), max);
	for (const char *p = clean.s; *p != '\0'; p++)
		switch (*p) {
		case '&':
			str_add(out, "&amp;");
			break;
		case '<':
			str_add(out, "&lt;");
			break;
		case '>':
			str_add(out, "&gt;");
			break;
		case '"':
			str_add(out, "&quot;");
			break;
		case '\'':
			str_add(out, "&#39;");
			break;
		default:
			str_addc(out, *p);
		}
	str_fini(&clean);
}

void
html_bdi(struct str *out, const char *s, size_t max)
{
	str_add(out, "<bdi>");
	html_text(out, s, max);
	str_add(out, "</bdi>");
}

const char *
html_word(enum sign s)
{
	static const char *const words[SIGN_N] = {
		[SIGN_OK] = "Fine",
		[SIGN_EXCEPTED] = "Excepted",
		[SIGN_PLAN] = "Plan",
		[SIGN_UNKNOWN] = "Not checked",
		[SIGN_ACT] = "Act now",
		[SIGN_STOP] = "Stop",
	};

	return words[s];
}

/* In a square of 64, as tray/icon.c has them: its shape, and its letter as strokes. */
static const struct {
	const char *shape, *letter;
} signs[SIGN_N] = {
	[SIGN_OK] = { "M32 4a28 28 0 1 0 .1 0Z", "M19 33 28 42 45 22" },
	[SIGN_PLAN] = { "M14 6H50a8 8 0 0 1 8 8V50a8 8 0 0 1-8 8H14a8 8 0 0 1-8-8V14a8 8 0 0 1 "
			"8-8Z",
	    "M25 48V17H34L39.5 19.5 41.5 25.5 39.5 31.5 34 34H25" },
	[SIGN_EXCEPTED] = { "M14 6H50a8 8 0 0 1 8 8V50a8 8 0 0 1-8 8H14a8 8 0 0 1-8-8V14a8 8 0 0 1 "
			    "8-8Z",
	    "M20 25H44M20 40H44" },
	[SIGN_UNKNOWN] = { "M32 3 61 32 32 61 3 32Z",
	    "M24 25 25.5 20.5 30 17.5H35L39 20.5 40 25 38 29.5 33.5 32.5 32 37M32 46.5v.1" },
	[SIGN_ACT] = { "M32 6 61 57H3Z", "M32 25V39M32 49v.1" },
	[SIGN_STOP] = { "M21 4H43L60 21V43L43 60H21L4 43V21Z", "M22 22 42 42M42 22 22 42" },
};

static void
put_sign(struct str *out, enum sign s, const char *class, const char *place)
{
	str_addf(out,
	    "<svg class=\"%s %s\"%s viewBox=\"0 0 64 64\" aria-hidden=\"true\"><path class=\"f\" "
	    "d=\"%s\"/><path class=\"l\" d=\"%s\"/></svg>",
	    class, sign_name(s), place, signs[s].shape, signs[s].letter);
}

void
html_sign(struct str *out, enum sign s, const char *class)
{
	put_sign(out, s, class, "");
}

void
html_sign_at(struct str *out, enum sign s, bool hollow, double x, double y, double size)
{
	char place[128];

	snprintf(place, sizeof(place), " x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"", x,
	    y, size, size);
	put_sign(out, s, hollow ? "sign hollow" : "sign", place);
}

/* Three digits, without an exponent. */
static const char *
digits(double v, const char *unit, char buf[HTML_VALUE])
{
	double size = fabs(v);
	char number[HTML_VALUE / 2];

	if (size >= 1e6) {
		snprintf(buf, HTML_VALUE, "%.2e%s", v, unit);
		return buf;
	}
	snprintf(number, sizeof(number), "%.*f", size >= 100 ? 0 : size >= 10 ? 1 : 2, v);
	if (strchr(number, '.') != NULL) {
		size_t n = strlen(number);

		while (number[n - 1] == '0')
			number[--n] = '\0';
		if (number[n - 1] == '.')
			number[n - 1] = '\0';
	}
	snprintf(buf, HTML_VALUE, "%s%s", strcmp(number, "-0") == 0 ? "0" : number, unit);
	return buf;
}

static const char *
seconds(double v, char buf[HTML_VALUE])
{
	double size = fabs(v);

	if (size >= 172800)
		return digits(v / 86400, " days", buf);
	if (size >= 7200)
		return digits(v / 3600, " h", buf);
	if (size >= 120)
		return digits(v / 60, " min", buf);
	if (size >= 1 || v == 0)
		return digits(v, " s", buf);
	return size >= 1e-3 ? digits(v * 1e3, " ms", buf) : digits(v * 1e6, " µs", buf);
}

const char *
html_value(double v, enum unit u, char buf[HTML_VALUE])
{
	static const char *const bytes[] = { " B", " kB", " MB", " GB", " TB", " PB" };
	size_t i = 0;

	if (isnan(v) || isinf(v)) {
		snprintf(buf, HTML_VALUE, "not measured");
		return buf;
	}
	switch (u) {
	case UNIT_SECONDS:
		return seconds(v, buf);
	case UNIT_BYTES:
		for (; fabs(v) >= 1000 && i + 1 < sizeof(bytes) / sizeof(bytes[0]); i++)
			v /= 1000;
		return digits(v, bytes[i], buf);
	case UNIT_RATIO:
		return digits(v * 100, " %", buf);
	case UNIT_PPM:
		return digits(v, " ppm", buf);
	default:
		return digits(v, "", buf);
	}
}

void
html_fold(struct str *out)
{
	str_add(out, "<details class=\"fold\"><summary>");
}

void
html_folded(struct str *out)
{
	str_add(out, "</summary></details>\n<div class=\"folded\">\n");
}

void
html_unfold(struct str *out)
{
	str_add(out, "</div>\n");
}
