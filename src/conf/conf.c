/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a configuration: its parts, read in order.
 */
#include "conf/conf.h"

#include "base/str.h"
#include "conf/files.h"
#include "conf/fit.h"
#include "conf/read.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_MAX ((size_t)256 << 20)

/* clang-format off */
/* Of the check options, those that `defaults` may set for all. */
static const char *const default_names[] = { "lead", "every", "timeout", "confirm", "remind",
	"auto_renew", "owner", "secondary", "quiet_when_running", NULL };

static const struct opt top_opts[] = {
	{ .name = "site" }, { .name = "people" }, { .name = "defaults" }, { .name = "checks" },
	{ .name = "sinks" }, { .name = "downtimes" }, { .name = "unconfined" }, OPT_END
};
/* clang-format on */

struct loader {
	struct conf *c;
	const struct conf_kind *probes, *sinks;
	struct check_conf defaults;      /* built-in, then the file's own */
	const char *site_at, *checks_at; /* "file:line" of the first of each; NULL: none yet */
	size_t cap_people, cap_checks, cap_sinks, cap_downtimes;
};

static bool
good_id(const char *id)
{
	size_t n = strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

	return n > 0 && id[n] == '\0' && n <= CONF_ID_MAX && isalnum((unsigned char)id[0]);
}

static void
check_id(struct conf *c, const struct setting *s, const char *id)
{
	if (id != NULL && !good_id(id))
		read_fault(c, s, "id",
		    "\"%.80s\" is not 1 to %d letters, digits, . _ - (the first a letter or digit)",
		    id, CONF_ID_MAX);
}

static void
load_defaults(struct loader *l, const struct setting *group)
{
	struct opt table[sizeof(default_names) / sizeof(default_names[0])];
	size_t n = 0;

	for (; default_names[n] != NULL; n++) {
		table[n] = *opt_find(conf_check_opts, default_names[n]);
		table[n].required = false;
	}
	table[n] = (struct opt)OPT_END;
	read_options(l->c, group, table, &l->defaults);
	read_unknown(l->c, group, table, NULL);
	l->c->owner = l->defaults.owner;
}

static void
load_person(struct loader *l, const struct setting *group)
{
	struct conf *c = l->c;
	struct person_conf p = { 0 };

	read_options(c, group, conf_person_opts, &p);
	read_unknown(c, group, conf_person_opts, NULL);
	check_id(c, group, p.id);
	if (p.id != NULL && conf_person(c, p.id) != NULL)
		read_fault(c, group, "id", "\"%s\" is given twice", p.id);
	c->people = arena_grow(c->arena, c->people, c->npeople, &l->cap_people, sizeof(p));
	c->people[c->npeople++] = p;
}

static const struct conf_kind *
find_kind(struct conf *c, const struct setting *group, const struct conf_kind *kinds,
    const char *what, const char *name)
{
	struct str names;
	const struct conf_kind *k;

	if (name == NULL)
		return NULL;
	for (k = kinds; k->name != NULL; k++)
		if (strcmp(k->name, name) == 0)
			return k;
	str_init(&names, 1024);
	for (k = kinds; k->name != NULL; k++)
		str_addf(&names, " %s", k->name);
	read_fault(c, group, strcmp(what, "sink") == 0 ? "type" : what,
	    "there is no %s \"%.64s\"; there are:%s", what, name, names.s);
	str_fini(&names);
	return NULL;
}

/* The options of one kind, beside the common ones, into memory of the configuration. */
static void *
load_options(struct conf *c, const struct setting *group, const struct conf_kind *kind,
    const struct opt *common)
{
	size_t before = c->nfaults;
	const char *name = NULL;
	void *options = arena_alloc(c->arena, kind->size);
	struct err e = { 0 };

	opts_defaults(kind->opts, options, c->arena);
	read_options(c, group, kind->opts, options);
	read_unknown(c, group, common, kind->opts);
	if (c->nfaults == before &&
	    ((kind->check != NULL && kind->check(options, &name, &e) < 0) ||
		(kind->files != NULL && kind->files(kind, options, &name, &e) < 0))) {
		const struct setting *s = name != NULL ? setting_find(group, name) : NULL;

		read_fault(c, s != NULL ? s : group, name, "%s", e.msg);
	}
	return options;
}

static void
load_check(struct loader *l, const struct setting *group)
{
	struct conf *c = l->c;
	struct check_conf k = l->defaults;

	k.place = read_place(c, group);
	read_options(c, group, conf_check_opts, &k);
	check_id(c, group, k.id);
	if (k.id != NULL && conf_check(c, k.id) != NULL)
		read_fault(c, group, "id", "\"%s\" is given twice (first at %s)", k.id,
		    conf_check(c, k.id)->place);
	if (k.id != NULL && strcmp(k.id, CONF_ID_OWN) == 0)
		read_fault(c, group, "id",
		    "\"" CONF_ID_OWN "\" is the check that forewarnd makes of itself; take "
		    "another name");
	if (k.title == NULL)
		k.title = k.id;
	k.kind = find_kind(c, group, l->probes, "probe", k.probe);
	if (k.kind != NULL)
		k.options = load_options(c, group, k.kind, conf_check_opts);
	if (c->nchecks == CONF_CHECKS_MAX) {
		read_fault(c, group, "checks", "more than %d", CONF_CHECKS_MAX);
		return;
	}
	c->checks = arena_grow(c->arena, c->checks, c->nchecks, &l->cap_checks, sizeof(k));
	c->checks[c->nchecks++] = k;
}

static void
load_sink(struct loader *l, const struct setting *group)
{
	struct conf *c = l->c;
	struct sink_conf s = { .place = read_place(c, group) };
	struct week_hours hours;
	struct err e = { 0 };

	read_options(c, group, conf_sink_opts, &s);
	check_id(c, group, s.id);
	if (s.id != NULL && conf_sink(c, s.id) != NULL)
		read_fault(c, group, "id", "\"%s\" is given twice (first at %s)", s.id,
		    conf_sink(c, s.id)->place);
	if (s.open_hours != NULL && week_hours_parse(s.open_hours, &hours, &e) < 0)
		read_fault(c, group, "open_hours", "%s", e.msg);
	s.kind = find_kind(c, group, l->sinks, "sink", s.type);
	if (s.kind != NULL)
		s.options = load_options(c, group, s.kind, conf_sink_opts);
	if (c->nsinks == CONF_SINKS_MAX) {
		read_fault(c, group, "sinks", "more than %d", CONF_SINKS_MAX);
		return;
	}
	c->sinks = arena_grow(c->arena, c->sinks, c->nsinks, &l->cap_sinks, sizeof(s));
	c->sinks[c->nsinks++] = s;
}

static void
load_downtime(struct loader *l, const struct setting *group)
{
	struct conf *c = l->c;
	struct downtime_conf d = { 0 };
	struct err e = { 0 };

	read_options(c, group, conf_downtime_opts, &d);
	read_unknown(c, group, conf_downtime_opts, NULL);
	if (d.weekly != NULL && week_moment_parse(d.weekly, &d.begins, &e) < 0)
		read_fault(c, group, "weekly", "%s", e.msg);
	c->downtimes =
	    arena_grow(c->arena, c->downtimes, c->ndowntimes, &l->cap_downtimes, sizeof(d));
	c->downtimes[c->ndowntimes++] = d;
}

static void
load_list(struct loader *l, const struct setting *root, const char *name,
    void (*load)(struct loader *, const struct setting *))
{
	const struct setting *list = setting_find(root, name);

	if (list == NULL)
		return;
	if (list->kind != SETTING_LIST) {
		read_fault(l->c, list, name, "needs a list of groups, as ( { … }, { … } )");
		return;
	}
	for (size_t i = 0; i < list->n; i++) {
		const struct setting *group = &list->all[i];

		if (group->kind == SETTING_GROUP)
			load(l, group);
		else
			read_fault(l->c, group, name, "entry %zu is not a group { … }", i + 1);
	}
}

/* In one file libconfig refuses a second one; here it is one of another file. */
static void
load_site(struct loader *l, const struct setting *root)
{
	const struct setting *s = setting_find(root, "site");

	if (s == NULL)
		return;
	if (s->kind != SETTING_TEXT)
		read_fault(l->c, s, "site", "needs a text in quotes");
	else if (l->site_at != NULL)
		read_fault(l->c, s, "site", "is given twice (first at %s)", l->site_at);
	else if (read_is_text(l->c, s, s, "site") && read_is_name(l->c, s, "site"))
		l->c->site = arena_text(l->c->arena, s->text);
	if (l->site_at == NULL)
		l->site_at = read_place(l->c, s);
}

static void
load_unconfined(struct loader *l, const struct setting *root)
{
	const struct setting *s = setting_find(root, "unconfined");

	if (s != NULL && s->kind != SETTING_BOOL)
		read_fault(l->c, s, "unconfined", "needs true or false");
	else if (s != NULL)
		l->c->unconfined = s->number != 0;
}

static void
load_top(void *self, const struct setting *root)
{
	struct loader *l = self;
	const struct setting *s;

	read_unknown(l->c, root, top_opts, NULL);
	load_site(l, root);
	load_unconfined(l, root);
	s = setting_find(root, "defaults");
	if (s != NULL && s->kind == SETTING_GROUP)
		load_defaults(l, s);
	else if (s != NULL)
		read_fault(l->c, s, "defaults", "needs a group { … }");
	load_list(l, root, "people", load_person);
	s = setting_find(root, "checks");
	if (s != NULL && l->checks_at == NULL)
		l->checks_at = read_place(l->c, s);
	load_list(l, root, "checks", load_check);
	load_list(l, root, "sinks", load_sink);
	load_list(l, root, "downtimes", load_downtime);
}

struct conf *
conf_load(const char *path, const struct conf_kind *probes, const struct conf_kind *sinks,
    conf_lock *lock)
{
	return conf_load_or(path, NULL, probes, sinks, lock);
}

struct conf *
conf_load_or(const char *path, const char *text, const struct conf_kind *probes,
    const struct conf_kind *sinks, conf_lock *lock)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct conf *c = arena_alloc(a, sizeof(*c));
	struct loader l = { .c = c, .probes = probes, .sinks = sinks };
	struct err e;

	c->arena = a;
	c->path = path != NULL ? arena_text(a, path) : NULL;
	opts_defaults(conf_check_opts, &l.defaults, a);
	l.defaults.lead = CONF_LEAD_UNSTATED;
	if (conf_each_file(c, path, text, lock, load_top, &l, &e) < 0) {
		/* what else there would be to say of one half of it may be wrong */
		c->nfaults = c->ndoubts = 0;
		read_fault(
		    c, NULL, NULL, "%s: the configuration could not be read: %s", path, e.msg);
	} else {
		fit_check(c, l.checks_at != NULL ? l.checks_at : arena_printf(a, "%s:1", path));
	}
	return c;
}

void
conf_free(struct conf *c)
{
	if (c != NULL)
		arena_free(c->arena);
}
