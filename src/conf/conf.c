/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a configuration: its parts read in order, and what must fit between them.
 */
#include "conf/conf.h"

#include "base/str.h"
#include "conf/files.h"
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
	{ .name = "sinks" }, { .name = "downtimes" }, OPT_END
};
/* clang-format on */

struct loader {
	struct conf *c;
	const struct conf_kind *probes, *sinks;
	struct check_conf defaults; /* built-in, then the file's own */
	size_t cap_people, cap_checks, cap_sinks, cap_downtimes;
};

static bool
good_id(const char *id)
{
	size_t n = strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

	return n > 0 && id[n] == '\0' && n <= CONF_ID_MAX && isalnum((unsigned char)id[0]);
}

static void
check_id(struct conf *c, config_setting_t *s, const char *id)
{
	if (id != NULL && !good_id(id))
		read_fault(c, s, "id",
		    "\"%.80s\" is not 1 to %d letters, digits, . _ - (the first a letter or digit)",
		    id, CONF_ID_MAX);
}

static void
load_defaults(struct loader *l, config_setting_t *group)
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
load_person(struct loader *l, config_setting_t *group)
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
find_kind(struct conf *c, config_setting_t *group, const struct conf_kind *kinds, const char *what,
    const char *name)
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
load_options(
    struct conf *c, config_setting_t *group, const struct conf_kind *kind, const struct opt *common)
{
	size_t before = c->nfaults;
	const char *name = NULL;
	void *options = arena_alloc(c->arena, kind->size);
	struct err e = { 0 };

	opts_defaults(kind->opts, options, c->arena);
	read_options(c, group, kind->opts, options);
	read_unknown(c, group, common, kind->opts);
	if (kind->check != NULL && c->nfaults == before && kind->check(options, &name, &e) < 0) {
		config_setting_t *s = name != NULL ? config_setting_get_member(group, name) : NULL;

		read_fault(c, s != NULL ? s : group, name, "%s", e.msg);
	}
	return options;
}

static void
load_check(struct loader *l, config_setting_t *group)
{
	struct conf *c = l->c;
	struct check_conf k = l->defaults;

	k.place = read_place(c, group);
	read_options(c, group, conf_check_opts, &k);
	check_id(c, group, k.id);
	if (k.id != NULL && conf_check(c, k.id) != NULL)
		read_fault(c, group, "id", "\"%s\" is given twice (first at %s)", k.id,
		    conf_check(c, k.id)->place);
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
load_sink(struct loader *l, config_setting_t *group)
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
	c->sinks = arena_grow(c->arena, c->sinks, c->nsinks, &l->cap_sinks, sizeof(s));
	c->sinks[c->nsinks++] = s;
}

static void
load_downtime(struct loader *l, config_setting_t *group)
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
load_list(struct loader *l, config_setting_t *root, const char *name,
    void (*load)(struct loader *, config_setting_t *))
{
	config_setting_t *list = config_setting_get_member(root, name);

	if (list == NULL)
		return;
	if (config_setting_type(list) != CONFIG_TYPE_LIST) {
		read_fault(l->c, list, name, "needs a list of groups, as ( { … }, { … } )");
		return;
	}
	for (int i = 0; i < config_setting_length(list); i++) {
		config_setting_t *group = config_setting_get_elem(list, (unsigned)i);

		if (config_setting_type(group) == CONFIG_TYPE_GROUP)
			load(l, group);
		else
			read_fault(l->c, group, name, "entry %d is not a group { … }", i + 1);
	}
}

static void
load_top(void *self, config_setting_t *root)
{
	struct loader *l = self;
	config_setting_t *s;

	read_unknown(l->c, root, top_opts, NULL);
	s = config_setting_get_member(root, "site");
	if (s != NULL && config_setting_type(s) != CONFIG_TYPE_STRING)
		read_fault(l->c, s, "site", "needs a text in quotes");
	else if (s != NULL)
		l->c->site = arena_text(l->c->arena, config_setting_get_string(s));
	s = config_setting_get_member(root, "defaults");
	if (s != NULL && config_setting_type(s) == CONFIG_TYPE_GROUP)
		load_defaults(l, s);
	else if (s != NULL)
		read_fault(l->c, s, "defaults", "needs a group { … }");
	load_list(l, root, "people", load_person);
	load_list(l, root, "checks", load_check);
	load_list(l, root, "sinks", load_sink);
	load_list(l, root, "downtimes", load_downtime);
}

/* People may stand in a later file than the checks that name them, so this comes last. */
static void
check_people(struct conf *c)
{
	for (size_t i = 0; i < c->nchecks; i++) {
		const struct check_conf *k = &c->checks[i];
		const char *const who[] = { k->owner, k->secondary };
		const char *const what[] = { "owner", "secondary" };

		for (size_t n = 0; n < 2; n++)
			if (who[n] != NULL && conf_person(c, who[n]) == NULL)
				read_fault(c, NULL, NULL,
				    "%s: %s: \"%.64s\" is not the id of one of the people",
				    k->place, what[n], who[n]);
		if (k->owner != NULL && k->secondary != NULL && strcmp(k->owner, k->secondary) == 0)
			read_fault(c, NULL, NULL,
			    "%s: secondary: is the owner too; it must be somebody else", k->place);
	}
}

static void
check_owners(struct conf *c)
{
	for (size_t i = 0; i < c->nsinks; i++)
		for (size_t n = 0; n < c->sinks[i].owners.n; n++)
			if (conf_person(c, c->sinks[i].owners.v[n]) == NULL)
				read_fault(c, NULL, NULL,
				    "%s: owners: \"%.64s\" is not the id of one of the people",
				    c->sinks[i].place, c->sinks[i].owners.v[n]);
}

/* What hangs on itself would never be told. */
static void
check_parents(struct conf *c)
{
	for (size_t i = 0; i < c->nchecks; i++) {
		const struct check_conf *k = &c->checks[i], *up = k;
		size_t steps = 0;

		while (up != NULL && up->parent != NULL && steps++ <= c->nchecks) {
			const char *wanted = up->parent;

			up = conf_check(c, wanted);
			if (up == NULL && steps == 1)
				read_fault(c, NULL, NULL,
				    "%s: parent: \"%.64s\" is not the id of one of the checks",
				    k->place, wanted);
		}
		if (steps > c->nchecks)
			read_fault(c, NULL, NULL,
			    "%s: parent: the checks hang on each other in a circle", k->place);
	}
}

struct conf *
conf_load(const char *path, const struct conf_kind *probes, const struct conf_kind *sinks)
{
	return conf_load_or(path, NULL, probes, sinks);
}

struct conf *
conf_load_or(const char *path, const char *text, const struct conf_kind *probes,
    const struct conf_kind *sinks)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct conf *c = arena_alloc(a, sizeof(*c));
	struct loader l = { .c = c, .probes = probes, .sinks = sinks };

	c->arena = a;
	opts_defaults(conf_check_opts, &l.defaults, a);
	conf_each_file(c, path, text, load_top, &l);
	check_people(c);
	check_owners(c);
	check_parents(c);
	return c;
}

void
conf_free(struct conf *c)
{
	if (c != NULL)
		arena_free(c->arena);
}

static bool
logs_in_as(const struct conf *c, const char *id, const char *login)
{
	const struct person_conf *p = id != NULL ? conf_person(c, id) : NULL;

	for (size_t i = 0; p != NULL && i < p->login.n; i++)
		if (strcmp(p->login.v[i], login) == 0)
			return true;
	return false;
}

bool
conf_owns(const struct conf *c, const struct check_conf *k, const char *login)
{
	return logs_in_as(c, k->owner, login) || logs_in_as(c, k->secondary, login);
}

const struct person_conf *
conf_person(const struct conf *c, const char *id)
{
	for (size_t i = 0; i < c->npeople; i++)
		if (c->people[i].id != NULL && strcmp(c->people[i].id, id) == 0)
			return &c->people[i];
	return NULL;
}

const struct check_conf *
conf_check(const struct conf *c, const char *id)
{
	for (size_t i = 0; i < c->nchecks; i++)
		if (c->checks[i].id != NULL && strcmp(c->checks[i].id, id) == 0)
			return &c->checks[i];
	return NULL;
}

const struct sink_conf *
conf_sink(const struct conf *c, const char *id)
{
	for (size_t i = 0; i < c->nsinks; i++)
		if (c->sinks[i].id != NULL && strcmp(c->sinks[i].id, id) == 0)
			return &c->sinks[i];
	return NULL;
}
