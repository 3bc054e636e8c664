/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the other programs that forewarn-tray starts, without waiting for them: the status page, and
 * the user's own checks where no daemon runs.
 */
#include "face/places.h"
#include "tray/desk/tray.h"

#include "base/file.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PAGE "status.html"

/* The page holds what only this user may read. */
static char *
page_folder(void)
{
	return g_build_filename(g_get_user_runtime_dir(), "forewarn", NULL);
}

static void
open_page(struct tray *t, const char *path)
{
	GError *error = NULL;
	GSubprocess *p =
	    g_subprocess_new(G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, "xdg-open", path, NULL);

	if (p == NULL)
		tray_say(t, tr("The report cannot be shown"), error->message);
	g_clear_error(&error);
	g_clear_object(&p);
}

static void
keep_page(struct tray *t, GBytes *page)
{
	char *folder = page_folder(), *path = g_build_filename(folder, PAGE, NULL);
	struct err e = { 0 };
	int dir = file_open_folder(folder, &e);
	gsize n;
	const void *bytes = g_bytes_get_data(page, &n);

	if (dir >= 0 && file_replace(dir, PAGE, 0600, bytes, n, &e) == 0)
		open_page(t, path);
	else
		tray_say(t, tr("The report cannot be written"), e.msg);
	if (dir >= 0)
		close(dir);
	g_free(path);
	g_free(folder);
}

/* 0 to 3 are levels, and none of them a failure. */
static bool
worked(GSubprocess *p)
{
	return g_subprocess_get_if_exited(p) && g_subprocess_get_exit_status(p) <= 3;
}

static void
on_page(GObject *p, GAsyncResult *result, void *self)
{
	GBytes *page = NULL, *wrong = NULL;
	struct tray *t = self;
	char why[ERR_TEXT_MAX] = "";

	if (g_subprocess_communicate_finish(G_SUBPROCESS(p), result, &page, &wrong, NULL) &&
	    worked(G_SUBPROCESS(p)) && page != NULL && g_bytes_get_size(page) > 0) {
		keep_page(t, page);
	} else {
		if (wrong != NULL)
			snprintf(why, sizeof(why), "%.*s",
			    (int)MIN(g_bytes_get_size(wrong), sizeof(why) - 1),
			    g_bytes_get_size(wrong) > 0
				? (const char *)g_bytes_get_data(wrong, NULL)
				: "");
		tray_say(t, tr("There is no report now"), why);
	}
	if (page != NULL)
		g_bytes_unref(page);
	if (wrong != NULL)
		g_bytes_unref(wrong);
	g_object_unref(p);
	if (t->once)
		g_main_loop_quit(t->loop);
}

void
tray_open_report(struct tray *t)
{
	const char *program = place_cell("forewarn", t->arena);
	GError *error = NULL;
	GSubprocess *p;
	const GSubprocessFlags flags =
	    G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE;

	p = t->facts->reach == REACH_OK
		? g_subprocess_new(flags, &error, program, "status", "--format", "html", "--socket",
		      t->socket, NULL)
		: g_subprocess_new(flags, &error, program, "check", "--format", "html", NULL);
	if (p == NULL)
		tray_say(t, tr("There is no report now"), error->message);
	else
		g_subprocess_communicate_async(p, NULL, NULL, on_page, t);
	g_clear_error(&error);
}

/* The plug-in form is one line: "OK - words | figures". */
static void
show_own(struct tray *t, const char *line)
{
	const char *words = strstr(line, " - ");
	size_t n = strcspn(words != NULL ? words + 3 : line, "|\n");
	char text[SPEECH_MAX];

	snprintf(text, sizeof(text), "%.*s", (int)MIN(n, sizeof(text) - 1),
	    words != NULL ? words + 3 : line);
	tray_say(t, tr("Your own checks"), text);
}

static void
on_own(GObject *p, GAsyncResult *result, void *self)
{
	char *out = NULL, *wrong = NULL;
	struct tray *t = self;

	g_subprocess_communicate_utf8_finish(G_SUBPROCESS(p), result, &out, &wrong, NULL);
	if (worked(G_SUBPROCESS(p)) && out != NULL && out[0] != '\0')
		show_own(t, out);
	else
		tray_say(t, tr("Your own checks did not run"),
		    wrong != NULL && wrong[0] != '\0'
			? wrong
			: tr("Run “forewarn init” in a terminal first."));
	g_free(out);
	g_free(wrong);
	g_object_unref(p);
	t->busy = false;
	tray_refresh(t);
}

void
tray_own_checks(struct tray *t)
{
	GError *error = NULL;
	GSubprocess *p =
	    g_subprocess_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
		&error, place_cell("forewarn", t->arena), "check", "--format", "plugin", NULL);

	if (p == NULL) {
		tray_say(t, tr("Your own checks did not run"), error->message);
	} else {
		t->busy = true;
		g_subprocess_communicate_utf8_async(p, NULL, NULL, on_own, t);
		tray_refresh(t);
	}
	g_clear_error(&error);
}
