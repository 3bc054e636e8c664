/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the way of a report to a terminal, a pipe or a file.
 */
#include "cli/print.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sysexits.h>
#include <unistd.h>

#define WIDTH_DEFAULT 80
#define WIDTH_MAX 10000
#define OUTPUT_MODE 0600 /* what is wrong where is not for everybody */

static const char *const formats[PRINT_N] = { "text", "json", "plugin", "metrics", "html" };

int
print_find_format(const char *name)
{
	for (int i = 0; i < PRINT_N; i++)
		if (strcmp(formats[i], name) == 0)
			return i;
	return -1;
}

static int
terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	long n = columns != NULL ? strtol(columns, NULL, 10) : 0;
	struct winsize w;

	if (n > 0)
		return n < WIDTH_MAX ? (int)n : WIDTH_MAX;
	if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col > 0)
		return w.ws_col;
	return WIDTH_DEFAULT;
}

/* The characters of the terminal, before widths are counted as UTF-8 in any case. */
static bool
take_locale(void)
{
	bool utf8 = setlocale(LC_CTYPE, "") != NULL && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;

	if (!utf8)
		setlocale(LC_CTYPE, "C.UTF-8");
	return utf8;
}

struct text_style
print_style(bool all)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return (struct text_style){
		.width = terminal_width(),
		.colour = isatty(STDOUT_FILENO) && (no == NULL || no[0] == '\0') &&
			  (term == NULL || strcmp(term, "dumb") != 0),
		.utf8 = take_locale(),
		.all = all,
	};
}

static int
replace(const char *path, const struct str *text, struct err *e)
{
	const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
	char folder[PATH_MAX];
	struct stat st;
	int dir, rc;

	/* of a link or a device the place would be taken by a file */
	if (lstat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return err_set(e, ERR_RANGE, "is there and is not a regular file");
	if (name[0] == '\0' || strlen(path) >= sizeof(folder))
		return err_set(e, ERR_RANGE, "is not the name of a file");
	snprintf(folder, sizeof(folder), "%.*s", slash != NULL ? (int)(slash - path + 1) : 1,
	    slash != NULL ? path : ".");
	dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		return err_sys(e, "cannot open its folder");
	rc = file_replace(dir, name, OUTPUT_MODE, text->s, text->len, e);
	close(dir);
	return rc;
}

int
print_deliver(const struct str *text, const char *output)
{
	struct err e = { 0 };

	if (text->cut) {
		fprintf(stderr, "forewarn: writing the result: it is too long\n");
		return -1;
	}
	if (output != NULL && strcmp(output, "-") != 0) {
		if (replace(output, text, &e) == 0)
			return 0;
		fprintf(stderr, "forewarn: --output %s: %s\n", output, e.msg);
		return -1;
	}
	if (fwrite(text->s, 1, text->len, stdout) == text->len && fflush(stdout) == 0)
		return 0;
	fprintf(stderr, "forewarn: writing the result: %s\n", strerror(errno));
	return -1;
}

int
print_report(const struct report *r, const struct page *page, const struct print_how *how)
{
	struct text_style s;
	struct str out;
	bool whole;

	str_init(&out, how->format == PRINT_HTML ? HTML_MAX : SHOW_MAX);
	switch (how->format) {
	case PRINT_JSON:
		show_json(r, &out);
		break;
	case PRINT_PLUGIN:
		show_plugin(r, &out);
		break;
	case PRINT_METRICS:
		show_metrics(r, &out);
		break;
	case PRINT_HTML:
		html_page(page, &out);
		break;
	default:
		/* the table of characters is loaded for whoever needs widths only */
		s = print_style(how->all);
		s.colour = s.colour && how->output == NULL;
		show_text(r, &s, &out);
	}
	whole = print_deliver(&out, how->output) == 0;
	str_fini(&out);
	return whole ? level_exit(report_level(r)) : EX_IOERR;
}
