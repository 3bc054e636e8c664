/* SPDX-License-Identifier: Apache-2.0 */
#include "app/print.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sysexits.h>
#include <unistd.h>

#define WIDTH_DEFAULT 80
#define WIDTH_MAX 10000

static const char *const formats[PRINT_N] = { "text", "json", "plugin", "metrics" };

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

int
print_report(const struct report *r, enum print_format format, bool all)
{
	struct text_style s = print_style(all);
	struct str out;
	bool whole;

	str_init(&out, SHOW_MAX);
	switch (format) {
	case PRINT_JSON:
		show_json(r, &out);
		break;
	case PRINT_PLUGIN:
		show_plugin(r, &out);
		break;
	case PRINT_METRICS:
		show_metrics(r, &out);
		break;
	default:
		show_text(r, &s, &out);
	}
	whole = !out.cut && fwrite(out.s, 1, out.len, stdout) == out.len && fflush(stdout) == 0;
	if (!whole)
		fprintf(stderr, "forewarn: writing the result: %s\n",
		    out.cut ? "it is too long" : strerror(errno));
	str_fini(&out);
	return whole ? level_exit(report_level(r)) : EX_IOERR;
}
