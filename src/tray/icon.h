/* SPDX-License-Identifier: Apache-2.0
 *
 * icon: the tray's icons, drawn from one table of shapes: as pixels for the panel and as SVG for
 * the icon theme, so that the two cannot differ. Each state has a shape, a letter and a colour of
 * its own; no one of them is the only signal. Pure.
 */
#ifndef TRAY_ICON_H
#define TRAY_ICON_H

#include "base/str.h"
#include "model/level.h"

#include <stdint.h>

enum icon_kind {
	ICON_OK,
	ICON_EXCEPTED, /* bad, known and approved to be so */
	ICON_PLAN,
	ICON_ACT,
	ICON_STOP,
	ICON_UNKNOWN, /* could not check */
	ICON_SILENT,  /* forewarnd does not answer or is not there */
	ICON_KINDS
};

enum icon_paint {
	PAINT_LIGHT,    /* for a light panel */
	PAINT_DARK,     /* for a dark one */
	PAINT_SYMBOLIC, /* one colour, which the theme replaces */
	ICON_PAINTS
};

enum icon_kind icon_of(enum sign s);

/* "forewarn-act", "forewarn-act-dark", "forewarn-act-symbolic" */
#define ICON_NAME 40
const char *icon_name(enum icon_kind k, enum icon_paint p, char buf[ICON_NAME]);

/* size x size pixels into out (4 bytes each): alpha, red, green, blue, not premultiplied, as
 * StatusNotifierItem's IconPixmap wants them. */
void icon_draw(enum icon_kind k, enum icon_paint p, int size, uint8_t *out);

void icon_svg(enum icon_kind k, enum icon_paint p, struct str *out);

#endif
