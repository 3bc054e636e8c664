/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the menu on the session bus.
 */
#include "tray/desk/bus_menu.h"

#include "tray/desk/bus_item.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#define MENU "com.canonical.dbusmenu"

struct bus_menu {
	GDBusConnection *bus;
	GDBusNodeInfo *info;
	struct bus_menu_ops ops;
	struct menu *m;
	guint object, revision;
	char icons[1024];
	bool rtl;
};

static const char xml[] =
    "<node><interface name='" MENU "'>"
    "<property name='Version' type='u' access='read'/>"
    "<property name='TextDirection' type='s' access='read'/>"
    "<property name='Status' type='s' access='read'/>"
    "<property name='IconThemePath' type='as' access='read'/>"
    "<method name='GetLayout'><arg type='i' direction='in'/><arg type='i' direction='in'/>"
    "<arg type='as' direction='in'/><arg type='u' direction='out'/>"
    "<arg type='(ia{sv}av)' direction='out'/></method>"
    "<method name='GetGroupProperties'><arg type='ai' direction='in'/>"
    "<arg type='as' direction='in'/><arg type='a(ia{sv})' direction='out'/></method>"
    "<method name='GetProperty'><arg type='i' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='v' direction='out'/></method>"
    "<method name='Event'><arg type='i' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='v' direction='in'/><arg type='u' direction='in'/></method>"
    "<method name='EventGroup'><arg type='a(isvu)' direction='in'/>"
    "<arg type='ai' direction='out'/></method>"
    "<method name='AboutToShow'><arg type='i' direction='in'/><arg type='b' direction='out'/>"
    "</method>"
    "<method name='AboutToShowGroup'><arg type='ai' direction='in'/>"
    "<arg type='ai' direction='out'/><arg type='ai' direction='out'/></method>"
    "<signal name='ItemsPropertiesUpdated'><arg type='a(ia{sv})'/><arg type='a(ias)'/></signal>"
    "<signal name='LayoutUpdated'><arg type='u'/><arg type='i'/></signal>"
    "<signal name='ItemActivationRequested'><arg type='i'/><arg type='u'/></signal>"
    "</interface></node>";

/* A single underscore would mark a key. */
static GVariant *
label(const char *text)
{
	GString *s = g_string_new(NULL);
	GVariant *v;

	for (; *text != '\0'; text++) {
		if (*text == '_')
			g_string_append_c(s, '_');
		g_string_append_c(s, *text);
	}
	v = g_variant_new_string(s->str);
	g_string_free(s, TRUE);
	return v;
}

static GVariant *
properties(const struct menu_row *r)
{
	GVariantBuilder b;

	g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
	if (r == NULL) {
		g_variant_builder_add(
		    &b, "{sv}", "children-display", g_variant_new_string("submenu"));
		return g_variant_builder_end(&b);
	}
	if (r->line) {
		g_variant_builder_add(&b, "{sv}", "type", g_variant_new_string("separator"));
	} else {
		g_variant_builder_add(&b, "{sv}", "label", label(r->label));
		g_variant_builder_add(&b, "{sv}", "enabled", g_variant_new_boolean(r->enabled));
	}
	g_variant_builder_add(&b, "{sv}", "visible", g_variant_new_boolean(TRUE));
	if (r->icon != NULL)
		g_variant_builder_add(&b, "{sv}", "icon-name", g_variant_new_string(r->icon));
	if (r->has_rows)
		g_variant_builder_add(
		    &b, "{sv}", "children-display", g_variant_new_string("submenu"));
	return g_variant_builder_end(&b);
}

static GVariant *
layout(const struct bus_menu *b, const struct menu_row *r, int depth)
{
	int32_t id = r != NULL ? r->id : 0;
	GVariantBuilder rows;

	g_variant_builder_init(&rows, G_VARIANT_TYPE("av"));
	for (size_t i = 0; depth != 0 && b->m != NULL && i < b->m->n; i++)
		if (b->m->v[i].parent == id)
			g_variant_builder_add(&rows, "v", layout(b, &b->m->v[i], depth - 1));
	return g_variant_new("(i@a{sv}@av)", id, properties(r), g_variant_builder_end(&rows));
}

static const struct menu_row *
find(const struct bus_menu *b, int32_t id)
{
	return b->m != NULL ? menu_find(b->m, id) : NULL;
}

static void
get_layout(struct bus_menu *b, GVariant *args, GDBusMethodInvocation *in)
{
	const struct menu_row *r;
	int32_t id, depth;

	g_variant_get(args, "(iias)", &id, &depth, NULL);
	r = find(b, id);
	if (id != 0 && r == NULL) {
		g_dbus_method_invocation_return_error(
		    in, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS, "no row %d", id);
		return;
	}
	g_dbus_method_invocation_return_value(
	    in, g_variant_new("(u@(ia{sv}av))", b->revision, layout(b, r, depth)));
}

/* Of the rows asked for; of all when none is. */
static GVariant *
group(const struct bus_menu *b, GVariant *args)
{
	GVariantBuilder out;
	GVariantIter *ids;
	int32_t id;

	g_variant_builder_init(&out, G_VARIANT_TYPE("a(ia{sv})"));
	g_variant_get(args, "(aias)", &ids, NULL);
	if (g_variant_iter_n_children(ids) == 0)
		for (size_t i = 0; b->m != NULL && i < b->m->n; i++)
			g_variant_builder_add(
			    &out, "(i@a{sv})", b->m->v[i].id, properties(&b->m->v[i]));
	while (g_variant_iter_next(ids, "i", &id))
		if (id == 0 || find(b, id) != NULL)
			g_variant_builder_add(&out, "(i@a{sv})", id, properties(find(b, id)));
	g_variant_iter_free(ids);
	return g_variant_new("(a(ia{sv}))", &out);
}

static void
get_property(struct bus_menu *b, GVariant *args, GDBusMethodInvocation *in)
{
	GVariant *all, *v;
	const char *name;
	int32_t id;

	g_variant_get(args, "(i&s)", &id, &name);
	all = g_variant_ref_sink(properties(find(b, id)));
	v = g_variant_lookup_value(all, name, NULL);
	if (v != NULL)
		g_dbus_method_invocation_return_value(in, g_variant_new("(v)", v));
	else
		g_dbus_method_invocation_return_error(
		    in, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS, "row %d has no %s", id, name);
	if (v != NULL)
		g_variant_unref(v);
	g_variant_unref(all);
}

/* False: there is no such row any more. */
static bool
event(struct bus_menu *b, int32_t id, const char *what)
{
	const struct menu_row *r = find(b, id);
	char *arg;

	if (id == 0) {
		if (strcmp(what, "opened") == 0)
			b->ops.opening(b->ops.self);
		return true;
	}
	if (r == NULL)
		return false;
	if (strcmp(what, "clicked") == 0 && r->act != MENU_NONE) {
		arg = g_strdup(r->arg); /* what it sets off may make another menu */
		b->ops.act(b->ops.self, r->act, arg);
		g_free(arg);
	}
	return true;
}

static GVariant *
event_group(struct bus_menu *b, GVariant *args)
{
	GVariantBuilder lost;
	GVariantIter *events;
	const char *what;
	int32_t id;

	g_variant_builder_init(&lost, G_VARIANT_TYPE("ai"));
	g_variant_get(args, "(a(isvu))", &events);
	while (g_variant_iter_next(events, "(i&svu)", &id, &what, NULL, NULL))
		if (!event(b, id, what))
			g_variant_builder_add(&lost, "i", id);
	g_variant_iter_free(events);
	return g_variant_new("(ai)", &lost);
}

static void
call(GDBusConnection *bus, const char *sender, const char *path, const char *interface,
    const char *method, GVariant *args, GDBusMethodInvocation *in, void *self)
{
	struct bus_menu *b = self;
	GVariant *out = NULL;
	const char *what;
	int32_t id;

	(void)bus, (void)sender, (void)path, (void)interface;
	if (strcmp(method, "GetLayout") == 0) {
		get_layout(b, args, in);
		return;
	}
	if (strcmp(method, "GetProperty") == 0) {
		get_property(b, args, in);
		return;
	}
	if (strcmp(method, "GetGroupProperties") == 0) {
		out = group(b, args);
	} else if (strcmp(method, "Event") == 0) {
		g_variant_get(args, "(i&svu)", &id, &what, NULL, NULL);
		event(b, id, what);
	} else if (strcmp(method, "EventGroup") == 0) {
		out = event_group(b, args);
	} else if (strcmp(method, "AboutToShow") == 0) {
		g_variant_get(args, "(i)", &id);
		if (id == 0)
			b->ops.opening(b->ops.self);
		out = g_variant_new("(b)", FALSE);
	} else if (strcmp(method, "AboutToShowGroup") == 0) {
		b->ops.opening(b->ops.self);
		out = g_variant_new("(@ai@ai)", g_variant_new_array(G_VARIANT_TYPE_INT32, NULL, 0),
		    g_variant_new_array(G_VARIANT_TYPE_INT32, NULL, 0));
	}
	g_dbus_method_invocation_return_value(in, out);
}

static GVariant *
get(GDBusConnection *bus, const char *sender, const char *path, const char *interface,
    const char *name, GError **error, void *self)
{
	const struct bus_menu *b = self;
	const char *theme[] = { b->icons, NULL };

	(void)bus, (void)sender, (void)path, (void)interface, (void)error;
	if (strcmp(name, "Version") == 0)
		return g_variant_new_uint32(3);
	if (strcmp(name, "TextDirection") == 0)
		return g_variant_new_string(b->rtl ? "rtl" : "ltr");
	if (strcmp(name, "Status") == 0)
		return g_variant_new_string("normal");
	return g_variant_new_strv(theme, b->icons[0] != '\0' ? 1 : 0);
}

struct bus_menu *
bus_menu_new(GDBusConnection *bus, const char *icons, bool rtl, const struct bus_menu_ops *ops)
{
	static const GDBusInterfaceVTable table = { .method_call = call, .get_property = get };
	struct bus_menu *b = g_new0(struct bus_menu, 1);

	b->bus = bus;
	b->ops = *ops;
	b->rtl = rtl;
	b->revision = 1;
	snprintf(b->icons, sizeof(b->icons), "%s", icons);
	b->info = g_dbus_node_info_new_for_xml(xml, NULL);
	b->object = g_dbus_connection_register_object(
	    bus, BUS_MENU_PATH, b->info->interfaces[0], &table, b, NULL, NULL);
	if (b->object != 0)
		return b;
	bus_menu_free(b);
	return NULL;
}

void
bus_menu_free(struct bus_menu *b)
{
	if (b == NULL)
		return;
	if (b->object != 0)
		g_dbus_connection_unregister_object(b->bus, b->object);
	menu_free(b->m);
	g_dbus_node_info_unref(b->info);
	g_free(b);
}

void
bus_menu_set(struct bus_menu *b, struct menu *m)
{
	bool same = menu_same(b->m, m);

	menu_free(b->m);
	b->m = m;
	if (same)
		return;
	b->revision++;
	g_dbus_connection_emit_signal(b->bus, NULL, BUS_MENU_PATH, MENU, "LayoutUpdated",
	    g_variant_new("(ui)", b->revision, 0), NULL);
}
