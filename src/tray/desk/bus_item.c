/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the icon on the session bus.
 */
#include "tray/desk/bus_item.h"

#include "tray/speech.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define WATCHER "org.kde.StatusNotifierWatcher"
#define WATCHER_PATH "/StatusNotifierWatcher"
#define ITEM "org.kde.StatusNotifierItem"
#define ITEM_PATH "/StatusNotifierItem"

struct bus_item {
	GDBusConnection *bus;
	GDBusNodeInfo *info;
	struct bus_item_ops ops;
	char icons[1024], service[64];
	guint object, name, watch, hosts;
	bool watcher, host, told;
	/* shown */
	enum icon_kind kind;
	enum icon_paint paint;
	bool calls;
	char headline[SPEECH_MAX], under[SPEECH_MAX];
};

static const char xml[] =
    "<node><interface name='" ITEM "'>"
    "<property name='Category' type='s' access='read'/>"
    "<property name='Id' type='s' access='read'/>"
    "<property name='Title' type='s' access='read'/>"
    "<property name='Status' type='s' access='read'/>"
    "<property name='WindowId' type='i' access='read'/>"
    "<property name='IconThemePath' type='s' access='read'/>"
    "<property name='IconName' type='s' access='read'/>"
    "<property name='IconPixmap' type='a(iiay)' access='read'/>"
    "<property name='OverlayIconName' type='s' access='read'/>"
    "<property name='OverlayIconPixmap' type='a(iiay)' access='read'/>"
    "<property name='AttentionIconName' type='s' access='read'/>"
    "<property name='AttentionIconPixmap' type='a(iiay)' access='read'/>"
    "<property name='AttentionMovieName' type='s' access='read'/>"
    "<property name='ToolTip' type='(sa(iiay)ss)' access='read'/>"
    "<property name='ItemIsMenu' type='b' access='read'/>"
    "<property name='Menu' type='o' access='read'/>"
    "<property name='IconAccessibleDesc' type='s' access='read'/>"
    "<property name='AttentionAccessibleDesc' type='s' access='read'/>"
    "<method name='ContextMenu'><arg type='i' direction='in'/><arg type='i' direction='in'/>"
    "</method>"
    "<method name='Activate'><arg type='i' direction='in'/><arg type='i' direction='in'/></method>"
    "<method name='SecondaryActivate'><arg type='i' direction='in'/>"
    "<arg type='i' direction='in'/></method>"
    "<method name='Scroll'><arg type='i' direction='in'/><arg type='s' direction='in'/></method>"
    "<method name='ProvideXdgActivationToken'><arg type='s' direction='in'/></method>"
    "<signal name='NewTitle'/><signal name='NewIcon'/><signal name='NewAttentionIcon'/>"
    "<signal name='NewOverlayIcon'/><signal name='NewToolTip'/>"
    "<signal name='NewStatus'><arg type='s'/></signal>"
    "<signal name='NewIconThemePath'><arg type='s'/></signal>"
    "<signal name='NewMenu'/>"
    "</interface></node>";

static GVariant *
pixmaps(const struct bus_item *i)
{
	static const int sizes[] = { 16, 22, 24, 32, 44 };
	GVariantBuilder b;

	g_variant_builder_init(&b, G_VARIANT_TYPE("a(iiay)"));
	for (size_t k = 0; k < sizeof(sizes) / sizeof(*sizes); k++) {
		gsize n = (gsize)sizes[k] * (gsize)sizes[k] * 4;
		uint8_t *argb = g_malloc(n);

		icon_draw(i->kind, i->paint, sizes[k], argb);
		g_variant_builder_add(&b, "(ii@ay)", sizes[k], sizes[k],
		    g_variant_new_from_data(
			G_VARIANT_TYPE_BYTESTRING, argb, n, TRUE, g_free, argb));
	}
	return g_variant_builder_end(&b);
}

static GVariant *
nothing(void)
{
	return g_variant_new_array(G_VARIANT_TYPE("(iiay)"), NULL, 0);
}

/* The tool tip is markup for its readers. */
static GVariant *
tooltip(const struct bus_item *i)
{
	char under[SPEECH_MAX], name[ICON_NAME];

	return g_variant_new("(s@a(iiay)ss)", icon_name(i->kind, i->paint, name), nothing(),
	    i->headline, speech_body(i->under, true, under));
}

static GVariant *
get(GDBusConnection *bus, const char *sender, const char *path, const char *interface,
    const char *name, GError **error, void *self)
{
	const struct bus_item *i = self;
	char icon[ICON_NAME];

	(void)bus, (void)sender, (void)path, (void)interface;
	icon_name(i->kind, i->paint, icon);
	if (strcmp(name, "Category") == 0)
		return g_variant_new_string("SystemServices");
	if (strcmp(name, "Id") == 0)
		return g_variant_new_string("forewarn");
	if (strcmp(name, "Title") == 0)
		return g_variant_new_string("forewarn");
	if (strcmp(name, "Status") == 0)
		return g_variant_new_string(i->calls ? "NeedsAttention" : "Active");
	if (strcmp(name, "WindowId") == 0)
		return g_variant_new_int32(0);
	if (strcmp(name, "IconThemePath") == 0)
		return g_variant_new_string(i->icons);
	if (strcmp(name, "IconName") == 0 || strcmp(name, "AttentionIconName") == 0)
		return g_variant_new_string(icon);
	if (strcmp(name, "IconPixmap") == 0 || strcmp(name, "AttentionIconPixmap") == 0)
		return pixmaps(i);
	if (strcmp(name, "OverlayIconPixmap") == 0)
		return nothing();
	if (strcmp(name, "OverlayIconName") == 0 || strcmp(name, "AttentionMovieName") == 0)
		return g_variant_new_string("");
	if (strcmp(name, "ToolTip") == 0)
		return tooltip(i);
	if (strcmp(name, "ItemIsMenu") == 0)
		return g_variant_new_boolean(TRUE);
	if (strcmp(name, "Menu") == 0)
		return g_variant_new_object_path(BUS_MENU_PATH);
	if (strcmp(name, "IconAccessibleDesc") == 0 || strcmp(name, "AttentionAccessibleDesc") == 0)
		return g_variant_new_string(i->headline);
	g_set_error(error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_PROPERTY, "no property %s", name);
	return NULL;
}

static void
call(GDBusConnection *bus, const char *sender, const char *path, const char *interface,
    const char *method, GVariant *args, GDBusMethodInvocation *in, void *self)
{
	struct bus_item *i = self;

	(void)bus, (void)sender, (void)path, (void)interface, (void)args;
	g_dbus_method_invocation_return_value(in, NULL);
	if (strcmp(method, "Activate") == 0 || strcmp(method, "SecondaryActivate") == 0)
		i->ops.activate(i->ops.self);
}

static void
tell_seen(struct bus_item *i)
{
	bool now = i->watcher && i->host;

	if (i->told && i->ops.seen != NULL)
		i->ops.seen(i->ops.self, now);
}

static void
on_host(GObject *bus, GAsyncResult *result, void *self)
{
	GVariant *v = g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, NULL), *in;
	struct bus_item *i;

	if (v == NULL)
		return; /* cancelled, or a watcher that does not say: then the last word holds */
	i = self;
	g_variant_get(v, "(v)", &in);
	if (g_variant_is_of_type(in, G_VARIANT_TYPE_BOOLEAN))
		i->host = g_variant_get_boolean(in);
	g_variant_unref(in);
	g_variant_unref(v);
	tell_seen(i);
}

static void
ask_host(struct bus_item *i)
{
	g_dbus_connection_call(i->bus, WATCHER, WATCHER_PATH, "org.freedesktop.DBus.Properties",
	    "Get", g_variant_new("(ss)", WATCHER, "IsStatusNotifierHostRegistered"),
	    G_VARIANT_TYPE("(v)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, 5000, NULL, on_host, i);
}

static void
on_hosts(GDBusConnection *bus, const char *sender, const char *path, const char *interface,
    const char *signal, GVariant *args, void *self)
{
	(void)bus, (void)sender, (void)path, (void)interface, (void)signal, (void)args;
	ask_host(self);
}

static void
on_watcher(GDBusConnection *bus, const char *name, const char *owner, void *self)
{
	struct bus_item *i = self;

	(void)owner;
	i->watcher = i->host = i->told = true;
	g_dbus_connection_call(bus, name, WATCHER_PATH, WATCHER, "RegisterStatusNotifierItem",
	    g_variant_new("(s)", i->service), NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL,
	    NULL);
	ask_host(i);
	tell_seen(i);
}

static void
on_no_watcher(GDBusConnection *bus, const char *name, void *self)
{
	struct bus_item *i = self;

	(void)bus, (void)name;
	i->watcher = false;
	i->told = true;
	tell_seen(i);
}

struct bus_item *
bus_item_new(GDBusConnection *bus, const char *icons, const struct bus_item_ops *ops)
{
	static const GDBusInterfaceVTable table = { .method_call = call, .get_property = get };
	struct bus_item *i = g_new0(struct bus_item, 1);

	i->bus = bus;
	i->ops = *ops;
	i->kind = ICON_SILENT;
	snprintf(i->icons, sizeof(i->icons), "%s", icons);
	snprintf(i->service, sizeof(i->service), ITEM "-%d-1", (int)getpid());
	i->info = g_dbus_node_info_new_for_xml(xml, NULL);
	i->object = g_dbus_connection_register_object(
	    bus, ITEM_PATH, i->info->interfaces[0], &table, i, NULL, NULL);
	if (i->object == 0) {
		bus_item_free(i);
		return NULL;
	}
	i->name = g_bus_own_name_on_connection(
	    bus, i->service, G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL, NULL);
	i->hosts = g_dbus_connection_signal_subscribe(bus, WATCHER, WATCHER, NULL, WATCHER_PATH,
	    NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_hosts, i, NULL);
	i->watch = g_bus_watch_name_on_connection(
	    bus, WATCHER, G_BUS_NAME_WATCHER_FLAGS_NONE, on_watcher, on_no_watcher, i, NULL);
	return i;
}

void
bus_item_free(struct bus_item *i)
{
	if (i == NULL)
		return;
	if (i->watch != 0)
		g_bus_unwatch_name(i->watch);
	if (i->hosts != 0)
		g_dbus_connection_signal_unsubscribe(i->bus, i->hosts);
	if (i->name != 0)
		g_bus_unown_name(i->name);
	if (i->object != 0)
		g_dbus_connection_unregister_object(i->bus, i->object);
	g_dbus_node_info_unref(i->info);
	g_free(i);
}

static void
say(struct bus_item *i, const char *signal, GVariant *args)
{
	g_dbus_connection_emit_signal(i->bus, NULL, ITEM_PATH, ITEM, signal, args, NULL);
}

void
bus_item_set(struct bus_item *i, enum icon_kind k, enum icon_paint p, bool calls,
    const char *headline, const char *under)
{
	bool icon = k != i->kind || p != i->paint, status = calls != i->calls;
	bool words = strcmp(headline, i->headline) != 0 || strcmp(under, i->under) != 0;

	i->kind = k;
	i->paint = p;
	i->calls = calls;
	snprintf(i->headline, sizeof(i->headline), "%s", headline);
	snprintf(i->under, sizeof(i->under), "%s", under);
	if (icon) {
		say(i, "NewIcon", NULL);
		say(i, "NewAttentionIcon", NULL);
	}
	if (status)
		say(i, "NewStatus", g_variant_new("(s)", calls ? "NeedsAttention" : "Active"));
	if (icon || words)
		say(i, "NewToolTip", NULL);
}
