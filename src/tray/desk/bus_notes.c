/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the bubbles on the screen, and what their server can do.
 */
#include "tray/desk/bus_notes.h"

#include <gio/gio.h>
#include <libnotify/notify.h>
#include <stdio.h>
#include <string.h>

#define SERVER "org.freedesktop.Notifications"
#define SERVER_PATH "/org/freedesktop/Notifications"
#define PATIENCE 2000    /* ms for a sign of life */
#define TRY_AGAIN 30     /* s after a server did not give one */
#define PASSING_FOR 8000 /* ms that what passes is shown */

struct note {
	struct bus_notes *n;
	NotifyNotification *shown; /* NULL: not on the screen yet */
	struct bubble_step step;
	char icon[1024];
	bool waits; /* to be shown at the next sign of life */
	gulong closed;
};

struct bus_notes {
	GDBusConnection *bus;
	GCancellable *ends;
	struct bus_notes_ops ops;
	GHashTable *notes; /* key: struct note */
	guint watch, again;
	bool there, asked, pinging;
	/* what the server can do */
	bool body, markup, actions, one_button;
};

static void ping(struct bus_notes *n);

static void
drop(struct note *v)
{
	if (v->shown == NULL)
		return;
	g_signal_handler_disconnect(v->shown, v->closed);
	g_object_unref(v->shown);
	v->shown = NULL;
}

static void
free_note(void *p)
{
	drop(p);
	g_free(p);
}

static void
on_closed(NotifyNotification *shown, void *p)
{
	struct note *v = p;
	struct bus_notes *n = v->n;
	char key[BUBBLE_KEY];

	(void)shown;
	memcpy(key, v->step.key, sizeof(key));
	g_hash_table_remove(n->notes, key);
	n->ops.gone(n->ops.self, key);
}

static void
on_button(NotifyNotification *shown, char *action, void *p)
{
	struct note *v = p;
	struct bus_notes *n = v->n;
	char key[BUBBLE_KEY];
	bool ack = strcmp(action, "ack") == 0 || (strcmp(action, "default") == 0 && n->one_button &&
						     (v->step.buttons & BUTTON_ACK) != 0);

	(void)shown;
	memcpy(key, v->step.key, sizeof(key));
	n->ops.button(n->ops.self, key, ack ? BUTTON_ACK : BUTTON_OPEN);
}

/* A server without buttons of its own (dunst) has one deliberate click: there it means what is most
 * needed. Elsewhere a click somewhere on the bubble means nothing: some servers close it by that,
 * some show "default" as one more button. */
static void
buttons(const struct bus_notes *n, struct note *v)
{
	bool ack = (v->step.buttons & BUTTON_ACK) != 0, open = (v->step.buttons & BUTTON_OPEN) != 0;

	notify_notification_clear_actions(v->shown);
	if (!n->actions)
		return;
	if (ack)
		notify_notification_add_action(v->shown, n->one_button ? "default" : "ack",
		    tr("I saw this"), on_button, v, NULL);
	if (open)
		notify_notification_add_action(v->shown, n->one_button && !ack ? "default" : "open",
		    tr("Open"), on_button, v, NULL);
}

static void
hints(struct note *v)
{
	static const char *const category[LEVEL_N] = { [LEVEL_OK] = "x-forewarn.ok",
		[LEVEL_PLAN] = "x-forewarn.plan",
		[LEVEL_UNKNOWN] = "x-forewarn.unknown",
		[LEVEL_ACT] = "x-forewarn.act",
		[LEVEL_STOP] = "x-forewarn.stop" };

	notify_notification_clear_hints(v->shown);
	notify_notification_set_urgency(
	    v->shown, v->step.urgency == BUBBLE_CRITICAL ? NOTIFY_URGENCY_CRITICAL
		      : v->step.urgency == BUBBLE_LOW    ? NOTIFY_URGENCY_LOW
							 : NOTIFY_URGENCY_NORMAL);
	notify_notification_set_timeout(v->shown, v->step.stays     ? NOTIFY_EXPIRES_NEVER
						  : v->step.passing ? PASSING_FOR
								    : NOTIFY_EXPIRES_DEFAULT);
	notify_notification_set_category(v->shown, category[v->step.level]);
	notify_notification_set_hint(
	    v->shown, "desktop-entry", g_variant_new_string("forewarn-tray"));
	if (v->step.stays)
		notify_notification_set_hint(v->shown, "resident", g_variant_new_boolean(TRUE));
	if (v->step.passing)
		notify_notification_set_hint(v->shown, "transient", g_variant_new_boolean(TRUE));
}

static void
show(struct bus_notes *n, struct note *v)
{
	char body[SPEECH_MAX];
	GError *error = NULL;

	speech_body(v->step.body, n->markup, body);
	v->waits = false;
	if (v->shown == NULL) {
		v->shown = notify_notification_new(v->step.title, NULL, v->icon);
		v->closed = g_signal_connect(v->shown, "closed", G_CALLBACK(on_closed), v);
	}
	notify_notification_update(v->shown, v->step.title, n->body ? body : NULL, v->icon);
	hints(v);
	buttons(n, v);
	if (!notify_notification_show(v->shown, &error)) {
		g_printerr("forewarn-tray: a bubble: %s\n", error->message);
		g_clear_error(&error);
	}
}

/* Without waiting: libnotify would. */
static void
take_off(struct bus_notes *n, struct note *v)
{
	int id = 0;

	if (v->shown != NULL)
		g_object_get(v->shown, "id", &id, NULL);
	if (id != 0)
		g_dbus_connection_call(n->bus, SERVER, SERVER_PATH, SERVER, "CloseNotification",
		    g_variant_new("(u)", (guint32)id), NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START,
		    PATIENCE, NULL, NULL, NULL);
}

static void
lose(struct bus_notes *n)
{
	g_hash_table_remove_all(n->notes);
	if (n->there || !n->asked)
		n->ops.server(n->ops.self, false);
	n->asked = true;
	n->there = false;
}

static gboolean
on_again(void *self)
{
	struct bus_notes *n = self;

	n->again = 0;
	ping(n);
	return G_SOURCE_REMOVE;
}

static bool
can(GVariant *caps, const char *what)
{
	GVariantIter *i;
	const char *cap;
	bool found = false;

	g_variant_get(caps, "(as)", &i);
	while (g_variant_iter_next(i, "&s", &cap))
		found = found || strcmp(cap, what) == 0;
	g_variant_iter_free(i);
	return found;
}

static void
show_waiting(struct bus_notes *n)
{
	GList *all = g_hash_table_get_values(n->notes);

	for (GList *l = all; l != NULL; l = l->next)
		if (((struct note *)l->data)->waits)
			show(n, l->data);
	g_list_free(all);
}

/* One that hangs still has on its screen what it showed; one that is not there has nothing. */
static void
no_life(struct bus_notes *n, const GError *error)
{
	bool absent = g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
		      g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER);

	n->pinging = false;
	if (absent || !n->there)
		lose(n);
	if (!absent && n->again == 0)
		n->again = g_timeout_add_seconds(TRY_AGAIN, on_again, n);
}

/* The answer is the sign of life, and says what the bubbles may hold. */
static void
on_caps(GObject *bus, GAsyncResult *result, void *self)
{
	GError *error = NULL;
	GVariant *caps = g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, &error);
	struct bus_notes *n = self;

	if (caps == NULL) {
		if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
			no_life(n, error);
		g_clear_error(&error);
		return;
	}
	n->pinging = false;
	n->body = can(caps, "body");
	n->markup = can(caps, "body-markup");
	n->actions = can(caps, "actions");
	n->one_button = n->actions && can(caps, "x-dunst-stack-tag");
	g_variant_unref(caps);
	n->asked = true;
	if (!n->there) {
		n->there = true;
		n->ops.server(n->ops.self, true);
	}
	show_waiting(n);
}

static void
ping(struct bus_notes *n)
{
	if (n->pinging)
		return;
	n->pinging = true;
	g_dbus_connection_call(n->bus, SERVER, SERVER_PATH, SERVER, "GetCapabilities", NULL,
	    G_VARIANT_TYPE("(as)"), G_DBUS_CALL_FLAGS_NONE, PATIENCE, n->ends, on_caps, n);
}

static void
on_server(GDBusConnection *bus, const char *name, const char *owner, void *self)
{
	struct bus_notes *n = self;

	(void)bus, (void)name, (void)owner;
	if (n->there)
		lose(n); /* another one: what the last one showed is not on its screen */
	ping(n);
}

static void
on_no_server(GDBusConnection *bus, const char *name, void *self)
{
	struct bus_notes *n = self;
	bool first = !n->asked;

	(void)bus, (void)name;
	lose(n);
	if (first)
		ping(n); /* many servers are only started by their first call */
}

struct bus_notes *
bus_notes_new(GDBusConnection *bus, const struct bus_notes_ops *ops)
{
	struct bus_notes *n = g_new0(struct bus_notes, 1);

	n->bus = bus;
	n->ops = *ops;
	n->ends = g_cancellable_new();
	n->notes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_note);
	notify_init("forewarn");
	n->watch = g_bus_watch_name_on_connection(
	    bus, SERVER, G_BUS_NAME_WATCHER_FLAGS_NONE, on_server, on_no_server, n, NULL);
	return n;
}

void
bus_notes_free(struct bus_notes *n)
{
	GHashTableIter i;
	void *v;

	if (n == NULL)
		return;
	g_hash_table_iter_init(&i, n->notes);
	while (g_hash_table_iter_next(&i, NULL, &v))
		take_off(n, v);
	g_cancellable_cancel(n->ends);
	if (n->again != 0)
		g_source_remove(n->again);
	g_bus_unwatch_name(n->watch);
	g_hash_table_destroy(n->notes);
	g_object_unref(n->ends);
	notify_uninit();
	g_free(n);
}

void
bus_notes_do(struct bus_notes *n, const struct bubble_step *s, const char *icon)
{
	struct note *v = g_hash_table_lookup(n->notes, s->key);

	if (!s->show) {
		if (v != NULL) {
			take_off(n, v);
			g_hash_table_remove(n->notes, s->key);
		}
		return;
	}
	if (v == NULL) {
		v = g_new0(struct note, 1);
		v->n = n;
		g_hash_table_insert(n->notes, g_strdup(s->key), v);
	}
	v->step = *s;
	snprintf(v->icon, sizeof(v->icon), "%s", icon);
	v->waits = true;
	ping(n);
}
