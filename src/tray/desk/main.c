/* SPDX-License-Identifier: Apache-2.0
 *
 * forewarn-tray: what forewarn is to most of its users. An icon that answers "is this computer fit
 * to measure today?", and bubbles that say what, when, so what, do now, who. A client of the
 * control socket, in the user's own session.
 */
#include "base/names.h"
#include "face/places.h"
#include "face/options.h"
#include "tray/desk/tray.h"

#include <getopt.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static void
on_bus_gone(GDBusConnection *bus, gboolean asked, GError *error, void *self)
{
	struct tray *t = self;

	(void)bus, (void)asked, (void)error;
	t->rc = EX_TEMPFAIL; /* started again by whoever started it, on the new bus */
	g_main_loop_quit(t->loop);
}

static gboolean
on_signal(void *self)
{
	g_main_loop_quit(((struct tray *)self)->loop);
	return G_SOURCE_CONTINUE;
}

static void
on_second(GDBusConnection *bus, const char *name, void *self)
{
	struct tray *t = self;

	(void)name;
	if (bus != NULL && !g_dbus_connection_is_closed(bus))
		fprintf(stderr, "forewarn-tray: one runs in this session already\n");
	g_main_loop_quit(t->loop);
}

/* What lies beside the program as built, else what is installed. */
static const char *
beside(struct tray *t, const char *name, const char *otherwise)
{
	char self[4096];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	const char *path;
	char *slash;

	if (n <= 0)
		return otherwise;
	self[n] = '\0';
	slash = strrchr(self, '/');
	path = arena_printf(t->arena, "%.*s/%s", (int)(slash - self), self, name);
	return access(path, F_OK) == 0 ? path : otherwise;
}

static const char *
user_name(struct tray *t)
{
	char name[NAMES_MAX] = "";

	names_user(geteuid(), name);
	return arena_text(t->arena, name);
}

static int
run(struct tray *t)
{
	GError *error = NULL;
	guint name;

	t->bus = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, &error);
	if (t->bus == NULL) {
		fprintf(stderr, "forewarn-tray: no session bus: %s\n", error->message);
		g_clear_error(&error);
		return EX_UNAVAILABLE;
	}
	g_dbus_connection_set_exit_on_close(t->bus, FALSE);
	g_signal_connect(t->bus, "closed", G_CALLBACK(on_bus_gone), t);
	name = g_bus_own_name_on_connection(
	    t->bus, TRAY_NAME, G_BUS_NAME_OWNER_FLAGS_DO_NOT_QUEUE, NULL, on_second, t, NULL);
	t->rc = tray_desk_open(t);
	if (t->rc == 0) {
		tray_recall(t);
		tray_connect(t);
		g_unix_signal_add(SIGTERM, on_signal, t);
		g_unix_signal_add(SIGINT, on_signal, t);
		g_unix_signal_add(SIGHUP, on_signal, t);
		g_main_loop_run(t->loop);
	}
	tray_disconnect(t);
	tray_desk_close(t);
	g_bus_unown_name(name);
	if (!g_dbus_connection_is_closed(t->bus))
		g_dbus_connection_flush_sync(t->bus, NULL, NULL);
	g_object_unref(t->bus);
	return t->rc;
}

/* Window-less: for the menu of programs, and for desktops that show no icon. */
static int
open_only(struct tray *t)
{
	const struct ctl_request r = { .kind = CTL_ALERTS, .until = INSTANT_NONE };
	struct link *l = link_open(t->socket, &r, NULL);

	t->facts->reach = l != NULL ? REACH_OK : REACH_ABSENT;
	link_free(l);
	t->once = true;
	tray_open_report(t);
	if (t->rc == 0)
		g_main_loop_run(t->loop);
	return t->rc;
}

static int
find_panel(const char *name)
{
	static const char *const names[] = { "light", "dark", "symbolic" };

	for (int i = 0; i < 3; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return strcmp(name, "auto") == 0 ? -1 : -2;
}

/* Exit code, or -1: go on. */
static int
options_of(struct tray *t, int argc, char **argv, bool *open)
{
	const struct call *call = face_of("forewarn-tray", NULL);
	int opt;

	while ((opt = face_next(call, argc, argv)) != -1)
		switch (opt) {
		case 'o':
			*open = true;
			break;
		case 'p':
			t->panel = find_panel(optarg);
			break;
		case 's':
			t->socket = optarg;
			break;
		case 'h':
			return face_help(call);
		case 'V':
			puts("forewarn-tray " FOREWARN_VERSION);
			return 0;
		default:
			return EX_USAGE;
		}
	if (optind == argc && t->panel >= -1)
		return -1;
	fputs(
	    "forewarn-tray: --panel is light, dark, symbolic or auto, and no more words\n", stderr);
	return EX_USAGE;
}

static int
stand(struct tray *t, bool open)
{
	int rc;

	signal(SIGPIPE, SIG_IGN);
	t->user = user_name(t);
	t->icons = beside(t, "icons", "");
	t->folder = place_state_dir(t->arena);
	t->facts = facts_new();
	t->bubbles = bubbles_new();
	t->loop = g_main_loop_new(NULL, FALSE);
	rc = open ? open_only(t) : run(t);
	g_main_loop_unref(t->loop);
	bubbles_free(t->bubbles);
	facts_free(t->facts);
	return rc;
}

int
main(int argc, char **argv)
{
	struct tray t = { .clk = clk_system(), .arena = arena_new((size_t)1 << 20), .panel = -1 };
	bool open = false;
	int rc;

	speech_start(beside(&t, "locale", FOREWARN_LOCALEDIR));
	t.socket = place_socket(t.arena);
	rc = options_of(&t, argc, argv, &open);
	if (rc < 0)
		rc = stand(&t, open);
	arena_free(t.arena);
	return rc;
}
