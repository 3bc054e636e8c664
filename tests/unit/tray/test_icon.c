/* SPDX-License-Identifier: Apache-2.0 */
#include "tray/icon.h"

#include "tests/t.h"

#define BIG 44

static const int sizes[] = { 16, 22, 24, 32, BIG };

/* What the eye has at most of the panel's ground: relative luminance of a colour, 0 to 1. */
static double
luminance(const uint8_t *rgb)
{
	static const double share[] = { 0.2126, 0.7152, 0.0722 };
	double sum = 0;

	for (int i = 0; i < 3; i++) {
		double c = rgb[i] / 255.0;

		sum += share[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
	}
	return sum;
}

static double
contrast(double a, double b)
{
	return (fmax(a, b) + 0.05) / (fmin(a, b) + 0.05);
}

static void
seen(enum icon_kind k, enum icon_paint p, int size)
{
	uint8_t px[BIG * BIG * 4];
	size_t n = (size_t)(size * size), full = 0, clear = 0, stands_out = 0;
	double ground = p == PAINT_DARK ? 0.03 : 0.9;
	char name[ICON_NAME];

	icon_draw(k, p, size, px);
	icon_name(k, p, name);
	for (size_t i = 0; i < n; i++) {
		full += px[4 * i] > 230;
		clear += px[4 * i] < 10;
		stands_out += px[4 * i] > 230 && contrast(luminance(px + 4 * i + 1), ground) >= 3;
	}
	T_TRUE(name, px[0] == 0 && px[4 * (n - 1)] == 0); /* corners are free */
	T_TRUE(name, clear > n / 20);
	T_TRUE(name, p == PAINT_SYMBOLIC || full > n / 8);
	/* readable on its panel: a shape of which enough has a contrast of 3 (WCAG 2, 1.4.11) */
	T_TRUE(name, p == PAINT_SYMBOLIC || stands_out > n / 10);
}

/* Without colour they still differ: as greys, and by their outlines. */
static void
differ(enum icon_kind a, enum icon_kind b, int size)
{
	uint8_t pa[BIG * BIG * 4], pb[BIG * BIG * 4];
	int other = 0;
	char na[ICON_NAME], nb[ICON_NAME], row[2 * ICON_NAME + 8];

	icon_draw(a, PAINT_SYMBOLIC, size, pa);
	icon_draw(b, PAINT_SYMBOLIC, size, pb);
	for (int i = 0; i < size * size; i++)
		other += pa[4 * i] > pb[4 * i] + 100 || pb[4 * i] > pa[4 * i] + 100;
	snprintf(row, sizeof(row), "%s and %s", icon_name(a, PAINT_LIGHT, na),
	    icon_name(b, PAINT_LIGHT, nb));
	T_TRUE(row, other > size * size / 14);
}

static void
svg(void)
{
	struct str out;

	for (enum icon_kind k = ICON_OK; k < ICON_KINDS; k++)
		for (enum icon_paint p = PAINT_LIGHT; p < ICON_PAINTS; p++) {
			str_init(&out, 8192);
			icon_svg(k, p, &out);
			T_TRUE("an SVG is whole", !out.cut && out.len > 200);
			T_HAS("it ends", out.s, "</svg>");
			T_HAS("its title", out.s, "<title>forewarn: ");
			str_fini(&out);
		}
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++)
		for (enum icon_kind k = ICON_OK; k < ICON_KINDS; k++) {
			for (enum icon_paint p = PAINT_LIGHT; p < ICON_PAINTS; p++)
				seen(k, p, sizes[i]);
			for (enum icon_kind o = ICON_OK; o < k; o++)
				differ(k, o, sizes[i]);
		}
	T_INT("could not check is no kind of fine", icon_of(SIGN_UNKNOWN), ICON_UNKNOWN);
	T_INT("nor is what was approved", icon_of(SIGN_EXCEPTED), ICON_EXCEPTED);
	svg();
	return t_end();
}
