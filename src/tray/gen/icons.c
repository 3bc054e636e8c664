/* SPDX-License-Identifier: Apache-2.0
 *
 * Writes the icon theme. usage: icons FOLDER (of hicolor)
 */
#include "base/file.h"
#include "tray/icon.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define SVG_MAX 8192

static int
write_one(const char *folder, const char *name, enum icon_kind k, enum icon_paint p)
{
	char path[4096], own[ICON_NAME], file[ICON_NAME + 8];
	struct err e = { 0 };
	struct str svg;
	int dir, rc = -1;

	snprintf(path, sizeof(path), "%s/%s/%s", folder,
	    p == PAINT_SYMBOLIC ? "symbolic" : "scalable", name != NULL ? "apps" : "status");
	str_init(&svg, SVG_MAX);
	icon_svg(k, p, &svg);
	dir = file_open_folder(path, &e);
	snprintf(file, sizeof(file), "%s.svg", name != NULL ? name : icon_name(k, p, own));
	if (dir >= 0)
		rc = file_replace(dir, file, 0644, svg.s, svg.len, &e);
	if (dir >= 0)
		close(dir);
	str_fini(&svg);
	if (rc < 0)
		fprintf(stderr, "icons: %s: %s\n", path, e.msg);
	return rc;
}

int
main(int argc, char **argv)
{
	if (argc != 2)
		return 64;
	for (enum icon_kind k = ICON_OK; k < ICON_KINDS; k++)
		for (enum icon_paint p = PAINT_LIGHT; p < ICON_PAINTS; p++)
			if (write_one(argv[1], NULL, k, p) < 0)
				return 1;
	return write_one(argv[1], "forewarn", ICON_OK, PAINT_LIGHT) < 0 ||
	       write_one(argv[1], "forewarn-symbolic", ICON_OK, PAINT_SYMBOLIC) < 0;
}
