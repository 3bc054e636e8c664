/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is known of the screen: locked, dark.
 */
#include "tray/desk/bus_screen.h"

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LOGIND "org.freedesktop.login1"
#define LOGIND_SESSION "org.freedesktop.login1.Session"
#define PORTAL "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define SETTINGS "org.freedesktop.portal.Settings"
#define XFCONF "org.xfce.Xfconf"
#define XFCONF_PATH "/org/xfce/Xfconf"
#define QUICK 3000 /* ms */

/* Whoever is there of these says so by the same signal. */
static const struct {
	const char *name, *path;
} savers[] = {
	{ "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver" },
	{ "org.gnome.ScreenSaver", "/org/gnome/ScreenSaver" },
	{ "org.xfce.ScreenSaver", "/org/xfce/ScreenSaver" },
	{ "org.mate.ScreenSaver", "/org/mate/ScreenSaver" },
	{ "org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver" },
};
#define SAVERS (sizeof(savers) / sizeof(*savers))

struct bus_screen {
	GDBusConnection *bus, *system;
	GCancellable *ends;
	struct bus_screen_ops ops;
	guint signals[SAVERS], settings, xfconf, hint;
	bool saver, hinted; /* locked, by whom */
	bool dark, xfce_dark;
};

static void
say(struct bus_screen *s)
{
	s->ops.changed(s->ops.self, s->saver || s->hinted, s->dark || s->xfce_dark);
}

static void
on_active_changed(GDBusConnection *bus, const char *sender, const char *path, const char *interface,
    const char *signal, GVariant *args, void *self)
{
	struct bus_screen *s = self;
	gboolean active;

	(void)bus, (void)sender, (void)path, (void)interface, (void)signal;
	if (!g_variant_is_of_type(args, G_VARIANT_TYPE("(b)")))
		return;
	g_variant_get(args, "(b)", &active);
	s->saver = active;
	say(s);
}

static void
on_active(GObject *bus, GAsyncResult *result, void *self)
{
	GVariant *v = g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, NULL);
	gboolean active;

	if (v == NULL)
		return; /* nobody of that name, or the tray ends */
	g_variant_get(v, "(b)", &active);
	g_variant_unref(v);
	if (active) {
		((struct bus_screen *)self)->saver = true;
		say(self);
	}
}

static void
watch_savers(struct bus_screen *s)
{
	for (size_t i = 0; i < SAVERS; i++) {
		s->signals[i] = g_dbus_connection_signal_subscribe(s->bus, NULL, savers[i].name,
		    "ActiveChanged", NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_active_changed, s,
		    NULL);
		g_dbus_connection_call(s->bus, savers[i].name, savers[i].path, savers[i].name,
		    "GetActive", NULL, G_VARIANT_TYPE("(b)"), G_DBUS_CALL_FLAGS_NO_AUTO_START,
		    QUICK, s->ends, on_active, s);
	}
}

/* The variant in the variant, however deep the portal has put it. */
static bool
prefers_dark(GVariant *v)
{
	GVariant *in;
	bool dark;

	if (g_variant_is_of_type(v, G_VARIANT_TYPE_UINT32))
		return g_variant_get_uint32(v) == 1;
	if (!g_variant_is_of_type(v, G_VARIANT_TYPE_VARIANT))
		return false;
	in = g_variant_get_variant(v);
	dark = prefers_dark(in);
	g_variant_unref(in);
	return dark;
}

static void
on_scheme(GObject *bus, GAsyncResult *result, void *self)
{
	GVariant *v = g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, NULL), *in;

	if (v == NULL)
		return;
	in = g_variant_get_child_value(v, 0);
	((struct bus_screen *)self)->dark = prefers_dark(in);
	g_variant_unref(in);
	g_variant_unref(v);
	say(self);
}

static void
on_setting(GDBusConnection *bus, const char *sender, const char *path, const char *interface,
    const char *signal, GVariant *args, void *self)
{
	struct bus_screen *s = self;
	const char *space, *name;
	GVariant *v;

	(void)bus, (void)sender, (void)path, (void)interface, (void)signal;
	if (!g_variant_is_of_type(args, G_VARIANT_TYPE("(ssv)")))
		return;
	g_variant_get(args, "(&s&sv)", &space, &name, &v);
	if (strcmp(space, "org.freedesktop.appearance") == 0 && strcmp(name, "color-scheme") == 0) {
		s->dark = prefers_dark(v);
		say(s);
	}
	g_variant_unref(v);
}

static void
on_xfce_dark(GObject *bus, GAsyncResult *result, void *self)
{
	GError *error = NULL;
	GVariant *v = g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, &error), *in;
	char *name = error != NULL ? g_dbus_error_get_remote_error(error) : NULL;
	bool unset = name != NULL && strstr(name, "PropertyNotFound") != NULL;

	g_clear_error(&error);
	g_free(name);
	if (v == NULL && unset) {
		((struct bus_screen *)self)->xfce_dark = true; /* as XFCE has it */
		say(self);
	}
	if (v == NULL)
		return;
	g_variant_get(v, "(v)", &in);
	if (g_variant_is_of_type(in, G_VARIANT_TYPE_BOOLEAN)) {
		((struct bus_screen *)self)->xfce_dark = g_variant_get_boolean(in);
		say(self);
	}
	g_variant_unref(in);
	g_variant_unref(v);
}

static void
ask_xfce(struct bus_screen *s)
{
	g_dbus_connection_call(s->bus, XFCONF, XFCONF_PATH, XFCONF, "GetProperty",
	    g_variant_new("(ss)", "xfce4-panel", "/panels/dark-mode"), G_VARIANT_TYPE("(v)"),
	    G_DBUS_CALL_FLAGS_NO_AUTO_START, QUICK, s->ends, on_xfce_dark, s);
}

static void
on_xfconf(GDBusConnection *bus, const char *sender, const char *path, const char *interface,
    const char *signal, GVariant *args, void *self)
{
	const char *channel, *property;

	(void)bus, (void)sender, (void)path, (void)interface, (void)signal;
	if (!g_variant_is_of_type(args, G_VARIANT_TYPE("(ssv)")))
		return;
	g_variant_get(args, "(&s&sv)", &channel, &property, NULL);
	if (strcmp(property, "/panels/dark-mode") == 0)
		ask_xfce(self);
}

static void
watch_colour(struct bus_screen *s)
{
	s->settings = g_dbus_connection_signal_subscribe(s->bus, PORTAL, SETTINGS, "SettingChanged",
	    PORTAL_PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_setting, s, NULL);
	g_dbus_connection_call(s->bus, PORTAL, PORTAL_PATH, SETTINGS, "Read",
	    g_variant_new("(ss)", "org.freedesktop.appearance", "color-scheme"),
	    G_VARIANT_TYPE("(v)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, QUICK, s->ends, on_scheme, s);
	s->xfconf = g_dbus_connection_signal_subscribe(s->bus, XFCONF, XFCONF, "PropertyChanged",
	    XFCONF_PATH, "xfce4-panel", G_DBUS_SIGNAL_FLAGS_NONE, on_xfconf, s, NULL);
	ask_xfce(s);
}

static void
take_hint(struct bus_screen *s, GVariant *v)
{
	if (!g_variant_is_of_type(v, G_VARIANT_TYPE_BOOLEAN))
		return;
	s->hinted = g_variant_get_boolean(v);
	say(s);
}

static void
on_session(GDBusConnection *bus, const char *sender, const char *path, const char *interface,
    const char *signal, GVariant *args, void *self)
{
	GVariant *changed, *v;

	(void)bus, (void)sender, (void)path, (void)interface, (void)signal;
	if (!g_variant_is_of_type(args, G_VARIANT_TYPE("(sa{sv}as)")))
		return;
	changed = g_variant_get_child_value(args, 1);
	v = g_variant_lookup_value(changed, "LockedHint", NULL);
	if (v != NULL) {
		take_hint(self, v);
		g_variant_unref(v);
	}
	g_variant_unref(changed);
}

static void
on_hint(GObject *bus, GAsyncResult *result, void *self)
{
	GVariant *v = g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, NULL), *in;

	if (v == NULL)
		return;
	g_variant_get(v, "(v)", &in);
	take_hint(self, in);
	g_variant_unref(in);
	g_variant_unref(v);
}

static void
watch_session(struct bus_screen *s, const char *path)
{
	s->hint = g_dbus_connection_signal_subscribe(s->system, LOGIND,
	    "org.freedesktop.DBus.Properties", "PropertiesChanged", path, LOGIND_SESSION,
	    G_DBUS_SIGNAL_FLAGS_NONE, on_session, s, NULL);
	g_dbus_connection_call(s->system, LOGIND, path, "org.freedesktop.DBus.Properties", "Get",
	    g_variant_new("(ss)", LOGIND_SESSION, "LockedHint"), G_VARIANT_TYPE("(v)"),
	    G_DBUS_CALL_FLAGS_NO_AUTO_START, QUICK, s->ends, on_hint, s);
}

/* A unit of the user's manager is in no session: then it is the one with the user's screen. */
static void
on_display(GObject *bus, GAsyncResult *result, void *self)
{
	GVariant *v = g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, NULL), *in;
	const char *path;

	if (v == NULL)
		return;
	g_variant_get(v, "(v)", &in);
	if (g_variant_is_of_type(in, G_VARIANT_TYPE("(so)"))) {
		g_variant_get(in, "(s&o)", NULL, &path);
		if (strcmp(path, "/") != 0)
			watch_session(self, path);
	}
	g_variant_unref(in);
	g_variant_unref(v);
}

static void
on_own_session(GObject *bus, GAsyncResult *result, void *self)
{
	GError *error = NULL;
	GVariant *v = g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, &error);
	const char *path;

	if (v != NULL) {
		g_variant_get(v, "(&o)", &path);
		watch_session(self, path);
		g_variant_unref(v);
	} else if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
		g_dbus_connection_call(G_DBUS_CONNECTION(bus), LOGIND,
		    "/org/freedesktop/login1/user/self", "org.freedesktop.DBus.Properties", "Get",
		    g_variant_new("(ss)", "org.freedesktop.login1.User", "Display"),
		    G_VARIANT_TYPE("(v)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, QUICK,
		    ((struct bus_screen *)self)->ends, on_display, self);
	}
	g_clear_error(&error);
}

static void
on_system_bus(GObject *source, GAsyncResult *result, void *self)
{
	GDBusConnection *system = g_bus_get_finish(result, NULL);
	struct bus_screen *s = self;

	(void)source;
	if (system == NULL)
		return; /* no system bus, no logind: the savers remain */
	s->system = system;
	g_dbus_connection_set_exit_on_close(system, FALSE);
	g_dbus_connection_call(system, LOGIND, "/org/freedesktop/login1",
	    "org.freedesktop.login1.Manager", "GetSessionByPID",
	    g_variant_new("(u)", (guint32)getpid()), G_VARIANT_TYPE("(o)"),
	    G_DBUS_CALL_FLAGS_NO_AUTO_START, QUICK, s->ends, on_own_session, s);
}

struct bus_screen *
bus_screen_new(GDBusConnection *bus, const struct bus_screen_ops *ops)
{
	struct bus_screen *s = g_new0(struct bus_screen, 1);

	s->bus = bus;
	s->ops = *ops;
	s->ends = g_cancellable_new();
	watch_savers(s);
	watch_colour(s);
	g_bus_get(G_BUS_TYPE_SYSTEM, s->ends, on_system_bus, s);
	return s;
}

void
bus_screen_free(struct bus_screen *s)
{
	if (s == NULL)
		return;
	g_cancellable_cancel(s->ends);
	for (size_t i = 0; i < SAVERS; i++)
		g_dbus_connection_signal_unsubscribe(s->bus, s->signals[i]);
	g_dbus_connection_signal_unsubscribe(s->bus, s->settings);
	g_dbus_connection_signal_unsubscribe(s->bus, s->xfconf);
	if (s->hint != 0)
		g_dbus_connection_signal_unsubscribe(s->system, s->hint);
	g_clear_object(&s->system);
	g_object_unref(s->ends);
	g_free(s);
}
