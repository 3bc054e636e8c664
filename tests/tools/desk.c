/* SPDX-License-Identifier: Apache-2.0
 *
 * desk: plays the desktop's part on the session bus: a server of notifications, a watcher for
 * tray icons, a saver that locks the screen, logind (where the system bus is the same). Says each
 * call as a line on standard output, does what is said on standard input:
 *
 *   click ID ACTION   a button of a bubble      close ID REASON   a bubble goes
 *   hint 0|1          logind says it is locked
 *   locked 0|1        the saver says so         slow MS           answers to Notify wait so long
 *   menu              the whole menu of the item that registered, a line a row
 *   event ID          a click, by Event         group ID          a click, by EventGroup
 *   open              AboutToShow of the menu   props             every property of the item
 *
 * usage: desk [-n] [-w] [-s] [-l] [-c CAPABILITY…]   notifications, watcher, saver, logind
 */
#include <gio/gio.h>
#include <glib-unix.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NOTES "org.freedesktop.Notifications"
#define WATCHER "org.kde.StatusNotifierWatcher"
#define SAVER "org.freedesktop.ScreenSaver"
#define LOGIND "org.freedesktop.login1"
#define SESSION "/org/freedesktop/login1/session/_31"
#define MENU "com.canonical.dbusmenu"

static GDBusConnection *bus;
static const char *caps[32] = { "actions", "body", "body-markup", "persistence", NULL };
static guint32 last;
static unsigned slow;
static bool locked, hinted;
static char item[256], menu_path[256] = "/MenuBar";

static const char xml[] =
    "<node><interface name='" NOTES "'>"
    "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
    "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='as' direction='in'/><arg type='a{sv}' direction='in'/>"
    "<arg type='i' direction='in'/><arg type='u' direction='out'/></method>"
    "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
    "<method name='GetServerInformation'><arg type='s' direction='out'/>"
    "<arg type='s' direction='out'/><arg type='s' direction='out'/>"
    "<arg type='s' direction='out'/></method>"
    "<signal name='NotificationClosed'><arg type='u'/><arg type='u'/></signal>"
    "<signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>"
    "</interface><interface name='" WATCHER "'>"
    "<method name='RegisterStatusNotifierItem'><arg type='s' direction='in'/></method>"
    "<property name='RegisteredStatusNotifierItems' type='as' access='read'/>"
    "<property name='IsStatusNotifierHostRegistered' type='b' access='read'/>"
    "<property name='ProtocolVersion' type='i' access='read'/>"
    "</interface><interface name='" SAVER "'>"
    "<method name='GetActive'><arg type='b' direction='out'/></method>"
    "<signal name='ActiveChanged'><arg type='b'/></signal>"
    "</interface><interface name='" LOGIND ".Manager'>"
    "<method name='GetSessionByPID'><arg type='u' direction='in'/>"
    "<arg type='o' direction='out'/></method>"
    "</interface><interface name='" LOGIND ".User'>"
    "<property name='Display' type='(so)' access='read'/>"
    "</interface><interface name='" LOGIND ".Session'>"
    "<property name='LockedHint' type='b' access='read'/>"
    "</interface></node>";

static void
print_actions(GVariant *actions)
{
	GVariantIter i;
	const char *id, *label;

	g_variant_iter_init(&i, actions);
	while (g_variant_iter_next(&i, "&s", &id) && g_variant_iter_next(&i, "&s", &label))
		printf(" %s=%s", id, label);
}

static gboolean
answer_late(void *p)
{
	guint32 id = GPOINTER_TO_UINT(g_object_get_data(p, "id"));

	g_dbus_method_invocation_return_value(p, g_variant_new("(u)", id));
	return G_SOURCE_REMOVE;
}

static void
notify(GVariant *args, GDBusMethodInvocation *in)
{
	const char *app, *icon, *title, *body;
	guint32 replaces, id;
	gint32 timeout;
	GVariant *actions, *hints, *urgency;

	g_variant_get(args, "(&su&s&s&s@as@a{sv}i)", &app, &replaces, &icon, &title, &body,
	    &actions, &hints, &timeout);
	id = replaces != 0 ? replaces : ++last;
	urgency = g_variant_lookup_value(hints, "urgency", G_VARIANT_TYPE_BYTE);
	printf("notify %u replaces %u urgency %d timeout %d|%s|%s|", id, replaces,
	    urgency != NULL ? g_variant_get_byte(urgency) : -1, timeout, title, body);
	print_actions(actions);
	printf("\n");
	g_object_set_data(G_OBJECT(in), "id", GUINT_TO_POINTER(id));
	if (slow > 0)
		g_timeout_add(slow, answer_late, in);
	else
		g_dbus_method_invocation_return_value(in, g_variant_new("(u)", id));
	if (urgency != NULL)
		g_variant_unref(urgency);
	g_variant_unref(actions);
	g_variant_unref(hints);
}

static void
gone(guint32 id, guint32 reason)
{
	g_dbus_connection_emit_signal(bus, NULL, "/org/freedesktop/Notifications", NOTES,
	    "NotificationClosed", g_variant_new("(uu)", id, reason), NULL);
}

static void
call(GDBusConnection *c, const char *sender, const char *path, const char *interface,
    const char *method, GVariant *args, GDBusMethodInvocation *in, void *self)
{
	const char *service;
	guint32 id;

	(void)c, (void)path, (void)interface, (void)self;
	if (strcmp(method, "GetCapabilities") == 0) {
		g_dbus_method_invocation_return_value(in, g_variant_new("(^as)", caps));
	} else if (strcmp(method, "GetServerInformation") == 0) {
		g_dbus_method_invocation_return_value(
		    in, g_variant_new("(ssss)", "desk", "forewarn", "1", "1.2"));
	} else if (strcmp(method, "Notify") == 0) {
		notify(args, in);
	} else if (strcmp(method, "CloseNotification") == 0) {
		g_variant_get(args, "(u)", &id);
		printf("close %u\n", id);
		g_dbus_method_invocation_return_value(in, NULL);
		gone(id, 3);
	} else if (strcmp(method, "GetSessionByPID") == 0) {
		/* a unit of the user's manager belongs to no session */
		g_dbus_method_invocation_return_dbus_error(
		    in, LOGIND ".NoSessionForPID", "no session");
	} else if (strcmp(method, "GetActive") == 0) {
		g_dbus_method_invocation_return_value(in, g_variant_new("(b)", locked));
	} else {
		g_variant_get(args, "(&s)", &service);
		snprintf(item, sizeof(item), "%s", service[0] == '/' ? sender : service);
		printf("register %s\n", service);
		g_dbus_method_invocation_return_value(in, NULL);
	}
}

static GVariant *
get(GDBusConnection *c, const char *sender, const char *path, const char *interface,
    const char *name, GError **error, void *self)
{
	const char *const items[] = { item, NULL };

	(void)c, (void)sender, (void)path, (void)interface, (void)error, (void)self;
	if (strcmp(name, "RegisteredStatusNotifierItems") == 0)
		return g_variant_new_strv(items, item[0] != '\0');
	if (strcmp(name, "LockedHint") == 0)
		return g_variant_new_boolean(hinted);
	if (strcmp(name, "Display") == 0)
		return g_variant_new("(so)", "1", SESSION);
	if (strcmp(name, "ProtocolVersion") == 0)
		return g_variant_new_int32(0);
	return g_variant_new_boolean(TRUE);
}

static GVariant *
ask(const char *path, const char *interface, const char *method, GVariant *args)
{
	GError *error = NULL;
	GVariant *v = g_dbus_connection_call_sync(bus, item, path, interface, method, args, NULL,
	    G_DBUS_CALL_FLAGS_NO_AUTO_START, 5000, NULL, &error);

	if (v == NULL)
		printf("error %s\n", error->message);
	g_clear_error(&error);
	return v;
}

static void
print_row(GVariant *row, int depth)
{
	GVariant *props, *rows, *in;
	const char *label = "-", *icon = "";
	gboolean enabled = TRUE;
	gint32 id;
	gsize n;

	g_variant_get(row, "(i@a{sv}@av)", &id, &props, &rows);
	g_variant_lookup(props, "label", "&s", &label);
	g_variant_lookup(props, "icon-name", "&s", &icon);
	g_variant_lookup(props, "enabled", "b", &enabled);
	if (id != 0)
		printf("row %d %d %s %s|%s\n", id, depth, enabled ? "on" : "off", icon, label);
	n = g_variant_n_children(rows);
	for (gsize i = 0; i < n; i++) {
		GVariant *box = g_variant_get_child_value(rows, i);

		in = g_variant_get_variant(box);
		print_row(in, depth + 1);
		g_variant_unref(in);
		g_variant_unref(box);
	}
	g_variant_unref(props);
	g_variant_unref(rows);
}

static void
print_menu(void)
{
	static const char *const none[] = { NULL };
	GVariant *v = ask(menu_path, MENU, "GetLayout", g_variant_new("(ii^as)", 0, -1, none)),
		 *row;

	if (v == NULL)
		return;
	row = g_variant_get_child_value(v, 1);
	print_row(row, 0);
	printf("end of menu\n");
	g_variant_unref(row);
	g_variant_unref(v);
}

static void
print_props(void)
{
	GVariant *v = ask("/StatusNotifierItem", "org.freedesktop.DBus.Properties", "GetAll",
		     g_variant_new("(s)", "org.kde.StatusNotifierItem")),
		 *all, *box;
	GVariantIter i;
	const char *name;
	char *text;

	if (v == NULL)
		return;
	all = g_variant_get_child_value(v, 0);
	g_variant_iter_init(&i, all);
	while (g_variant_iter_next(&i, "{&sv}", &name, &box)) {
		text = g_variant_print(box, TRUE);
		printf("prop %s %.200s\n", name, text);
		g_free(text);
		g_variant_unref(box);
	}
	printf("end of props\n");
	g_variant_unref(all);
	g_variant_unref(v);
}

static void
drop(GVariant *v)
{
	if (v != NULL)
		g_variant_unref(v);
}

static void
obey(const char *line)
{
	char word[64] = "";
	unsigned a = 0, b = 0;

	if (sscanf(line, "click %u %63s", &a, word) == 2)
		g_dbus_connection_emit_signal(bus, NULL, "/org/freedesktop/Notifications", NOTES,
		    "ActionInvoked", g_variant_new("(us)", a, word), NULL);
	else if (sscanf(line, "close %u %u", &a, &b) == 2)
		gone(a, b);
	else if (sscanf(line, "slow %u", &a) == 1)
		slow = a;
	else if (sscanf(line, "locked %u", &a) == 1) {
		locked = a != 0;
		g_dbus_connection_emit_signal(bus, NULL, "/org/freedesktop/ScreenSaver", SAVER,
		    "ActiveChanged", g_variant_new("(b)", locked), NULL);
	} else if (sscanf(line, "hint %u", &a) == 1) {
		hinted = a != 0;
		g_dbus_connection_emit_signal(bus, NULL, SESSION, "org.freedesktop.DBus.Properties",
		    "PropertiesChanged",
		    g_variant_new_parsed(
			"(%s, {'LockedHint': <%b>}, @as [])", LOGIND ".Session", (gboolean)hinted),
		    NULL);
	} else if (sscanf(line, "event %u", &a) == 1)
		drop(ask(menu_path, MENU, "Event",
		    g_variant_new("(isvu)", a, "clicked", g_variant_new_int32(0), 0)));
	else if (sscanf(line, "group %u", &a) == 1)
		drop(ask(menu_path, MENU, "EventGroup",
		    g_variant_new_parsed("([(%i, 'clicked', <0>, uint32 0)],)", (gint32)a)));
	else if (strncmp(line, "menu", 4) == 0)
		print_menu();
	else if (strncmp(line, "props", 5) == 0)
		print_props();
	else if (strncmp(line, "open", 4) == 0)
		drop(ask(menu_path, MENU, "AboutToShow", g_variant_new("(i)", 0)));
}

static gboolean
on_line(gint fd, GIOCondition what, void *self)
{
	static char buf[4096];
	static size_t have;
	ssize_t n = read(fd, buf + have, sizeof(buf) - 1 - have);
	char *end;

	(void)what, (void)self;
	if (n <= 0)
		exit(0);
	have += (size_t)n;
	buf[have] = '\0';
	while ((end = memchr(buf, '\n', have)) != NULL) {
		*end = '\0';
		obey(buf);
		have -= (size_t)(end + 1 - buf);
		memmove(buf, end + 1, have + 1);
	}
	return G_SOURCE_CONTINUE;
}

static void
offer(GDBusNodeInfo *info, const char *interface, const char *path)
{
	static const GDBusInterfaceVTable table = { .method_call = call, .get_property = get };

	g_dbus_connection_register_object(bus, path,
	    g_dbus_node_info_lookup_interface(info, interface), &table, NULL, NULL, NULL);
}

static void
own(const char *name)
{
	g_bus_own_name_on_connection(
	    bus, name, G_BUS_NAME_OWNER_FLAGS_REPLACE, NULL, NULL, NULL, NULL);
}

int
main(int argc, char **argv)
{
	GDBusNodeInfo *info = g_dbus_node_info_new_for_xml(xml, NULL);
	int opt;

	setvbuf(stdout, NULL, _IOLBF, 0);
	bus = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, NULL);
	if (bus == NULL)
		return 69;
	while ((opt = getopt(argc, argv, "nwslc")) != -1)
		switch (opt) {
		case 'n':
			offer(info, NOTES, "/org/freedesktop/Notifications");
			own(NOTES);
			break;
		case 'w':
			offer(info, WATCHER, "/StatusNotifierWatcher");
			own(WATCHER);
			break;
		case 's':
			offer(info, SAVER, "/org/freedesktop/ScreenSaver");
			own(SAVER);
			break;
		case 'l':
			offer(info, LOGIND ".Manager", "/org/freedesktop/login1");
			offer(info, LOGIND ".User", "/org/freedesktop/login1/user/self");
			offer(info, LOGIND ".Session", SESSION);
			own(LOGIND);
			break;
		default:
			for (size_t i = 0; i < 32; i++)
				caps[i] = optind < argc && i < 31 ? argv[optind++] : NULL;
		}
	g_unix_fd_add(STDIN_FILENO, G_IO_IN | G_IO_HUP, on_line, NULL);
	g_main_loop_run(g_main_loop_new(NULL, FALSE));
	return 0;
}
