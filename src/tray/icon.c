/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the table of shapes, and drawing it.
 */
#include "tray/icon.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#define GRID 64.0 /* the drawing's own units, on each side */
#define POINTS 12
#define SMALL 24 /* pixels: from here down letters are drawn bolder */

struct point {
	double x, y;
};

/* A polygon that is blown up by `round`: one point and a radius are a disc. */
struct shape {
	struct point v[POINTS];
	size_t n;
	double round;
	bool hollow; /* only its rim */
};

struct stroke {
	struct point v[POINTS];
	size_t n; /* 1: a dot; 0: no further stroke */
};

struct drawing {
	const char *name;
	struct shape shape;
	struct stroke letter[2];
	double width; /* of the letter's strokes */
};

struct paint {
	uint32_t fill, rim, letter; /* 0xRRGGBB */
};

#define RIM 3.0      /* width of the rim of a filled shape */
#define HOLLOW 6.0   /* of a hollow one */
#define SYMBOLIC 5.0 /* of a symbolic one */

/* clang-format off */
static const struct drawing drawings[ICON_KINDS] = {
	[ICON_OK] = { "ok", { { { 32, 32 } }, 1, 28, false },
	    { { { { 19, 33 }, { 28, 42 }, { 45, 22 } }, 3 } }, 7 },
	[ICON_EXCEPTED] = { "excepted", { { { 14, 14 }, { 50, 14 }, { 50, 50 }, { 14, 50 } }, 4, 8, true },
	    { { { { 21, 26 }, { 43, 26 } }, 2 }, { { { 21, 39 }, { 43, 39 } }, 2 } }, 6.5 },
	[ICON_PLAN] = { "plan", { { { 14, 14 }, { 50, 14 }, { 50, 50 }, { 14, 50 } }, 4, 8, false },
	    { { { { 25, 48 }, { 25, 17 }, { 34, 17 }, { 39.5, 19.5 }, { 41.5, 25.5 },
		{ 39.5, 31.5 }, { 34, 34 }, { 25, 34 } }, 8 } }, 6.5 },
	[ICON_ACT] = { "act", { { { 32, 9 }, { 57, 54 }, { 7, 54 } }, 3, 5, false },
	    { { { { 32, 24 }, { 32, 38 } }, 2 }, { { { 32, 49 } }, 1 } }, 7 },
	[ICON_STOP] = { "stop", { { { 21.5, 6 }, { 42.5, 6 }, { 58, 21.5 }, { 58, 42.5 },
		{ 42.5, 58 }, { 21.5, 58 }, { 6, 42.5 }, { 6, 21.5 } }, 8, 3, false },
	    { { { { 22, 22 }, { 42, 42 } }, 2 }, { { { 42, 22 }, { 22, 42 } }, 2 } }, 8 },
	[ICON_UNKNOWN] = { "unknown", { { { 32, 5 }, { 59, 32 }, { 32, 59 }, { 5, 32 } }, 4, 3, false },
	    { { { { 24, 25 }, { 25.5, 20.5 }, { 30, 17.5 }, { 35, 17.5 }, { 39, 20.5 },
		{ 40, 25 }, { 38, 29.5 }, { 33.5, 32.5 }, { 32, 37 } }, 9 },
	      { { { 32, 46.5 } }, 1 } }, 6 },
	[ICON_SILENT] = { "silent", { { { 32, 32 } }, 1, 27, true },
	    { { { { 23, 22 }, { 41, 22 }, { 23, 42 }, { 41, 42 } }, 4 } }, 6.5 },
};

static const struct paint paints[ICON_PAINTS][ICON_KINDS] = {
	[PAINT_LIGHT] = {
		[ICON_OK] =      { 0x1a7f37, 0x0f5a25, 0xffffff },
		[ICON_EXCEPTED] = { 0x3f5a73, 0x3f5a73, 0x3f5a73 },
		[ICON_PLAN] =    { 0x0b62c4, 0x084a94, 0xffffff },
		[ICON_ACT] =     { 0xf5b800, 0x7a5700, 0x1f1400 },
		[ICON_STOP] =    { 0xc5221f, 0x8c1512, 0xffffff },
		[ICON_UNKNOWN] = { 0x6b4fa0, 0x4c3776, 0xffffff },
		[ICON_SILENT] =  { 0x5f6368, 0x5f6368, 0x5f6368 },
	},
	[PAINT_DARK] = {
		[ICON_OK] =      { 0x57d27c, 0x57d27c, 0x05200d },
		[ICON_EXCEPTED] = { 0xa9c1d6, 0xa9c1d6, 0xa9c1d6 },
		[ICON_PLAN] =    { 0x6cb6ff, 0x6cb6ff, 0x041c38 },
		[ICON_ACT] =     { 0xffd24a, 0xffd24a, 0x2b1d00 },
		[ICON_STOP] =    { 0xff6b61, 0xff6b61, 0x2d0300 },
		[ICON_UNKNOWN] = { 0xc3a6ff, 0xc3a6ff, 0x1d0b3a },
		[ICON_SILENT] =  { 0xc0c6ce, 0xc0c6ce, 0xc0c6ce },
	},
	[PAINT_SYMBOLIC] = {
		[ICON_OK] =      { 0xbebebe, 0xbebebe, 0xbebebe },
		[ICON_EXCEPTED] = { 0xbebebe, 0xbebebe, 0xbebebe },
		[ICON_PLAN] =    { 0xbebebe, 0xbebebe, 0xbebebe },
		[ICON_ACT] =     { 0xbebebe, 0xbebebe, 0xbebebe },
		[ICON_STOP] =    { 0xbebebe, 0xbebebe, 0xbebebe },
		[ICON_UNKNOWN] = { 0xbebebe, 0xbebebe, 0xbebebe },
		[ICON_SILENT] =  { 0xbebebe, 0xbebebe, 0xbebebe },
	},
};
/* clang-format on */

enum icon_kind
icon_of(enum sign s)
{
	static const enum icon_kind kinds[SIGN_N] = {
		[SIGN_OK] = ICON_OK,
		[SIGN_EXCEPTED] = ICON_EXCEPTED,
		[SIGN_PLAN] = ICON_PLAN,
		[SIGN_UNKNOWN] = ICON_UNKNOWN,
		[SIGN_ACT] = ICON_ACT,
		[SIGN_STOP] = ICON_STOP,
	};

	return kinds[s];
}

const char *
icon_name(enum icon_kind k, enum icon_paint p, char buf[ICON_NAME])
{
	static const char *const after[ICON_PAINTS] = { "", "-dark", "-symbolic" };

	snprintf(buf, ICON_NAME, "forewarn-%s%s", drawings[k].name, after[p]);
	return buf;
}

static double
from_segment(struct point p, struct point a, struct point b)
{
	double dx = b.x - a.x, dy = b.y - a.y, len = dx * dx + dy * dy;
	double t = len > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / len : 0;

	t = fmin(1, fmax(0, t));
	return hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

/* Below 0 inside. */
static double
from_shape(const struct shape *s, struct point p)
{
	double d = hypot(p.x - s->v[0].x, p.y - s->v[0].y);
	bool inside = false;

	for (size_t i = 0, j = s->n - 1; s->n > 1 && i < s->n; j = i++) {
		const struct point *a = &s->v[i], *b = &s->v[j];

		d = fmin(d, from_segment(p, *a, *b));
		if ((a->y > p.y) != (b->y > p.y) &&
		    p.x < (b->x - a->x) * (p.y - a->y) / (b->y - a->y) + a->x)
			inside = !inside;
	}
	return (inside ? -d : d) - s->round;
}

static double
from_letter(const struct drawing *g, struct point p)
{
	double d = GRID;

	for (size_t k = 0; k < 2; k++) {
		const struct stroke *s = &g->letter[k];

		if (s->n == 1)
			d = fmin(d, from_segment(p, s->v[0], s->v[0]));
		for (size_t i = 1; i < s->n; i++)
			d = fmin(d, from_segment(p, s->v[i - 1], s->v[i]));
	}
	return d;
}

/* How much of a pixel at that distance from an edge lies inside; d in pixels. */
static double
covered(double d)
{
	return fmin(1, fmax(0, 0.5 - d));
}

struct pixel {
	double a, c[3];
};

static void
lay_over(struct pixel *p, uint32_t rgb, double a)
{
	double sum = a + p->a * (1 - a);

	for (int i = 0; i < 3; i++) {
		double c = (double)(rgb >> (16 - 8 * i) & 0xff);

		p->c[i] = sum > 0 ? (c * a + p->c[i] * p->a * (1 - a)) / sum : 0;
	}
	p->a = sum;
}

static struct pixel
pixel_at(
    const struct drawing *g, const struct paint *c, enum icon_paint paint, int size, int x, int y)
{
	double scale = size / GRID, bold = size <= SMALL ? 1.2 : 1;
	struct point p = { (x + 0.5) / scale, (y + 0.5) / scale };
	double edge = from_shape(&g->shape, p);
	double rim = g->shape.hollow ? HOLLOW : paint == PAINT_SYMBOLIC ? SYMBOLIC : RIM;
	struct pixel out = { 0, { 0 } };

	if (!g->shape.hollow && paint != PAINT_SYMBOLIC)
		lay_over(&out, c->fill, covered(edge * scale));
	lay_over(&out, c->rim, covered((fabs(edge + rim / 2) - rim / 2) * scale));
	lay_over(&out, c->letter, covered((from_letter(g, p) - g->width * bold / 2) * scale));
	return out;
}

void
icon_draw(enum icon_kind k, enum icon_paint paint, int size, uint8_t *out)
{
	for (int y = 0; y < size; y++)
		for (int x = 0; x < size; x++) {
			struct pixel p =
			    pixel_at(&drawings[k], &paints[paint][k], paint, size, x, y);

			*out++ = (uint8_t)(p.a * 255 + 0.5);
			for (int i = 0; i < 3; i++)
				*out++ = (uint8_t)(p.c[i] + 0.5);
		}
}

/* Where the edge from a to b lies once it is moved outwards; corners run clockwise. */
static void
moved(struct point a, struct point b, double by, struct point out[2])
{
	double len = hypot(b.x - a.x, b.y - a.y);
	double nx = by * (b.y - a.y) / len, ny = -by * (b.x - a.x) / len;

	out[0] = (struct point){ a.x + nx, a.y + ny };
	out[1] = (struct point){ b.x + nx, b.y + ny };
}

/* SVG strokes along the middle of a line, and the rim lies inside the shape: so the path is the
 * shape less half a rim. */
static void
svg_shape(const struct drawing *g, const struct paint *c, enum icon_paint paint, struct str *out)
{
	bool empty = g->shape.hollow || paint == PAINT_SYMBOLIC;
	double rim = g->shape.hollow ? HOLLOW : paint == PAINT_SYMBOLIC ? SYMBOLIC : RIM;
	double by = g->shape.round - rim / 2;
	char fill[16] = "none";

	if (!empty)
		snprintf(fill, sizeof(fill), "#%06x", c->fill);
	if (g->shape.n == 1) {
		str_addf(out, "<circle cx=\"%g\" cy=\"%g\" r=\"%g\"", g->shape.v[0].x,
		    g->shape.v[0].y, by);
	} else {
		str_add(out, "<path d=\"");
		for (size_t i = 0; i < g->shape.n; i++) {
			struct point e[2];

			moved(g->shape.v[i], g->shape.v[(i + 1) % g->shape.n], by, e);
			if (i == 0)
				str_addf(out, "M%.2f %.2f", e[0].x, e[0].y);
			else
				str_addf(out, "A%g %g 0 0 1 %.2f %.2f", by, by, e[0].x, e[0].y);
			str_addf(out, "L%.2f %.2f", e[1].x, e[1].y);
		}
		str_add(out, "Z\" stroke-linejoin=\"round\"");
	}
	str_addf(out, " fill=\"%s\" stroke=\"#%06x\" stroke-width=\"%g\"/>\n", fill, c->rim, rim);
}

void
icon_svg(enum icon_kind k, enum icon_paint paint, struct str *out)
{
	const struct drawing *g = &drawings[k];
	const struct paint *c = &paints[paint][k];

	str_addf(out,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"64\" height=\"64\" "
	    "viewBox=\"0 0 64 64\">\n<title>forewarn: %s</title>\n",
	    g->name);
	svg_shape(g, c, paint, out);
	for (size_t s = 0; s < 2 && g->letter[s].n > 0; s++) {
		const struct stroke *l = &g->letter[s];

		str_addf(out, "<path d=\"M%g %g", l->v[0].x, l->v[0].y);
		for (size_t i = 1; i < l->n; i++)
			str_addf(out, "L%g %g", l->v[i].x, l->v[i].y);
		str_addf(out,
		    "%s\" fill=\"none\" stroke=\"#%06x\" stroke-width=\"%g\" "
		    "stroke-linecap=\"round\" stroke-linejoin=\"round\"/>\n",
		    l->n == 1 ? "h0" : "", c->letter, g->width);
	}
	str_add(out, "</svg>\n");
}
