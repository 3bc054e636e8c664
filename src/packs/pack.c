/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how a pack is read and held against itself.
 */
#include "packs/pack.h"

#include "conf/files.h"
#include "conf/read.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_MAX ((size_t)64 << 20)
#define INCLUDES_MAX 8

struct top {
	const char *pack, *title, *prefix;
	struct texts includes, asks;
};

/* clang-format off */
static const struct opt top_opts[] = {
	OPT(struct top, pack, OPT_TEXT, .required = true, .help = "its name, that of its file"),
	OPT(struct top, title, OPT_TEXT, .required = true, .help = "what people call it"),
	OPT(struct top, prefix, OPT_TEXT, .required = true, .help = "what its ids begin with"),
	OPT(struct top, includes, OPT_TEXTS, .help = "other packs"),
	OPT(struct top, asks, OPT_TEXTS, .help = "options that nobody may guess"),
	OPT_END
};
static const struct opt list_opts[] = {
	{ .name = "scenarios" }, { .name = "types" }, OPT_END
};
static const struct opt type_opts[] = {
	OPT(struct pack_type, type, OPT_TEXT, .required = true, .help = "its name"),
	OPT(struct pack_type, rules, OPT_TEXTS, .help = "rules that measure it"),
	OPT(struct pack_type, without, OPT_TEXT, .help = "why none does"),
	OPT(struct pack_type, barrier, OPT_BOOL, .help = "harmful when it is called upon"),
	OPT(struct pack_type, found, OPT_TEXT, .help = "probe whose check init writes"),
	OPT(struct pack_type, example, OPT_TEXT, .help = "options of a check to be filled"),
	OPT(struct pack_type, missing, OPT_TEXT, .help = "why init cannot write it"),
	OPT_END
};
static const struct opt letter_opts[] = {
	OPT(struct pack_letter, letter, OPT_TEXT, .required = true, .help = "one letter"),
	OPT(struct pack_letter, type, OPT_TEXT, .required = true, .help = "one of types.conf"),
	OPT(struct pack_letter, target, OPT_TEXT, .required = true, .help = "what it looks at"),
	OPT(struct pack_letter, plan, OPT_TEXT, .help = "when plan starts"),
	OPT(struct pack_letter, act, OPT_TEXT, .help = "when act starts"),
	OPT(struct pack_letter, stop, OPT_TEXT, .help = "when stop starts"),
	OPT(struct pack_letter, lead, OPT_SPAN, .help = "how long its remedy takes"),
	OPT(struct pack_letter, beside, OPT_TEXT, .help = "why it stands in no gate"),
	OPT_END
};
static const struct opt scenario_opts[] = {
	OPT(struct scenario, id, OPT_TEXT, .required = true, .help = "stable, never reused"),
	OPT(struct scenario, failure, OPT_TEXT, .required = true, .help = "one past sentence"),
	{ .name = "gate", .type = OPT_TEXT, .offset = offsetof(struct scenario, gate_text),
	    .required = true, .help = "how the letters combine" },
	OPT(struct scenario, trigger, OPT_CHOICE, .choices = "audit|demand", .help = "what calls upon it"),
	OPT(struct scenario, hidden, OPT_TEXTS, .required = true, .help = "what makes it possible"),
	OPT(struct scenario, prevent, OPT_TEXTS, .required = true, .help = "what prevents it"),
	OPT(struct scenario, detect, OPT_TEXTS, .required = true, .help = "what shows it"),
	OPT(struct scenario, recover, OPT_TEXTS, .required = true, .help = "steps afterwards"),
	OPT(struct scenario, controls, OPT_TEXTS, .required = true, .help = "clauses"),
	OPT(struct scenario, unconfirmed, OPT_TEXTS, .help = "clauses not held against their text"),
	OPT(struct scenario, hours_low, OPT_INT, .required = true, .help = "hours of stopped work"),
	OPT(struct scenario, hours_likely, OPT_INT, .required = true, .help = "the same, likely"),
	OPT(struct scenario, hours_high, OPT_INT, .required = true, .help = "the same, at most"),
	OPT(struct scenario, lead, OPT_SPAN, .required = true, .help = "how long the remedy takes"),
	OPT_END
};
static const struct opt letters_opt[] = { { .name = "letters" }, OPT_END };
/* clang-format on */

/* One file being read. */
struct loading {
	struct pack *p;
	struct conf *c; /* the faults, and where lines came from */
	struct top top;
	const char *name;
	size_t cap_types, cap_scenarios;
};

static const struct pack_type *
type_called(const struct pack *p, const char *type)
{
	for (size_t i = 0; type != NULL && i < p->ntypes; i++)
		if (strcmp(p->types[i].type, type) == 0)
			return &p->types[i];
	return NULL;
}

static void
load_type(struct loading *l, const struct setting *group)
{
	struct pack_type t = { 0 };

	read_options(l->c, group, type_opts, &t);
	read_unknown(l->c, group, type_opts, NULL);
	if (type_called(l->p, t.type) != NULL)
		read_fault(l->c, group, "type", "\"%s\" is given twice", t.type);
	if ((t.rules.n == 0) != (t.without != NULL))
		read_fault(l->c, group, "rules", "has rules, or says why there is none");
	if (t.type == NULL)
		return;
	l->p->types =
	    arena_grow(l->p->arena, l->p->types, l->p->ntypes, &l->cap_types, sizeof(*l->p->types));
	l->p->types[l->p->ntypes++] = t;
}

static void
load_letter(struct loading *l, struct scenario *s, const struct setting *group)
{
	struct pack_letter x = { 0 };

	read_options(l->c, group, letter_opts, &x);
	read_unknown(l->c, group, letter_opts, NULL);
	if (x.letter == NULL || strlen(x.letter) != 1 || x.letter[0] < 'a' || x.letter[0] > 'z') {
		read_fault(l->c, group, "letter", "is one letter from a to z");
		return;
	}
	for (size_t i = 0; i < s->nletters; i++)
		if (s->letters[i].letter[0] == x.letter[0])
			read_fault(l->c, group, "letter", "\"%s\" is given twice", x.letter);
	x.is = type_called(l->p, x.type);
	if (x.type != NULL && x.is == NULL)
		read_fault(l->c, group, "type", "\"%s\" is not in types.conf", x.type);
	if (s->nletters < PACK_LETTERS_MAX)
		s->letters[s->nletters++] = x;
}

/* The gate has each letter once that is not beside it, and no other; what only hurts when it is
 * called upon has something that calls. */
static void
check_gate(struct loading *l, const struct setting *group, struct scenario *s)
{
	unsigned twice = 0, in, barriers = 0;
	struct err e = { 0 };

	if (s->gate_text == NULL)
		return;
	if (gate_parse(s->gate_text, l->p->arena, &s->gate, &e) < 0) {
		read_fault(l->c, group, "gate", "%s", e.msg);
		return;
	}
	in = gate_letters(&s->gate, &twice);
	if (twice != 0)
		read_fault(l->c, group, "gate", "a letter stands in it twice");
	for (size_t i = 0; i < s->nletters; i++) {
		const struct pack_letter *x = &s->letters[i];
		unsigned bit = 1u << (x->letter[0] - 'a');

		if (((in & bit) != 0) == (x->beside != NULL))
			read_fault(l->c, group, "gate",
			    "the letter %s stands in the gate, or says beside what it is",
			    x->letter);
		if (x->is != NULL && x->is->barrier)
			barriers |= bit & in;
		twice |= bit;
	}
	if ((in & ~twice) != 0)
		read_fault(l->c, group, "gate", "has a letter that the scenario does not have");
	if (in != 0 && (in & ~barriers) == 0 && s->trigger == NULL)
		read_fault(l->c, group, "trigger",
		    "all letters hurt only when they are called upon: \"audit\" or \"demand\"");
}

static void
check_scenario(struct loading *l, const struct setting *group, const struct scenario *s)
{
	const char *prefix = l->top.prefix;
	size_t n = prefix != NULL ? strlen(prefix) : 0;

	if (s->id == NULL || prefix == NULL || strncmp(s->id, prefix, n) != 0 || s->id[n] != '-')
		read_fault(l->c, group, "id", "begins with \"%s-\"", prefix != NULL ? prefix : "");
	else if (pack_scenario(l->p, s->id) != NULL)
		read_fault(l->c, group, "id", "\"%s\" is given twice (first at %s)", s->id,
		    pack_scenario(l->p, s->id)->place);
	if (s->hours_low < 0 || s->hours_low > s->hours_likely || s->hours_likely > s->hours_high)
		read_fault(l->c, group, "hours_low", "low, likely and high in this order");
	if (s->nletters == 0)
		read_fault(l->c, group, "letters", "needs one at least");
}

static void
load_scenario(struct loading *l, const struct setting *group)
{
	const struct setting *letters = setting_find(group, "letters");
	struct scenario s = { .place = read_place(l->c, group) };

	read_options(l->c, group, scenario_opts, &s);
	read_unknown(l->c, group, scenario_opts, letters_opt);
	s.letters = arena_array(l->p->arena, PACK_LETTERS_MAX, sizeof(*s.letters));
	for (size_t i = 0; letters != NULL && i < letters->n; i++)
		load_letter(l, &s, &letters->all[i]);
	check_scenario(l, group, &s);
	check_gate(l, group, &s);
	if (l->p->nscenarios == PACK_SCENARIOS_MAX) {
		read_fault(l->c, group, "scenarios", "more than %d", PACK_SCENARIOS_MAX);
		return;
	}
	l->p->scenarios = arena_grow(l->p->arena, l->p->scenarios, l->p->nscenarios,
	    &l->cap_scenarios, sizeof(*l->p->scenarios));
	l->p->scenarios[l->p->nscenarios++] = s;
}

static void
load_list(struct loading *l, const struct setting *root, const char *name,
    void (*load)(struct loading *, const struct setting *))
{
	const struct setting *list = setting_find(root, name);

	if (list == NULL || list->kind != SETTING_LIST) {
		read_fault(l->c, list != NULL ? list : root, name, "needs a list of groups");
		return;
	}
	for (size_t i = 0; i < list->n; i++)
		if (list->all[i].kind == SETTING_GROUP)
			load(l, &list->all[i]);
		else
			read_fault(l->c, &list->all[i], name, "is not a group { … }");
}

static void
use_types(void *self, const struct setting *root)
{
	struct loading *l = self;

	read_unknown(l->c, root, &list_opts[1], NULL);
	load_list(l, root, "types", load_type);
}

static void
use_pack(void *self, const struct setting *root)
{
	struct loading *l = self;

	l->top = (struct top){ 0 };
	read_options(l->c, root, top_opts, &l->top);
	read_unknown(l->c, root, top_opts, list_opts);
	if (l->top.pack != NULL && strcmp(l->top.pack, l->name) != 0)
		read_fault(l->c, root, "pack", "is not \"%s\", as its file is called", l->name);
	load_list(l, root, "scenarios", load_scenario);
}

/* One file; false: a fault was told. */
static bool
load_file(struct loading *l, const char *folder, const char *name, conf_lock *lock,
    void (*use)(void *self, const struct setting *root))
{
	const char *path = arena_printf(l->p->arena, "%s/%s.conf", folder, name);
	struct err e = { 0 };

	l->name = name;
	l->c->path = path;
	if (conf_each_file(l->c, path, NULL, lock, use, l, &e) < 0)
		read_fault(l->c, NULL, NULL, "%s: %s", path, e.msg);
	return l->c->nfaults == 0;
}

struct pack *
pack_load(const char *folder, const char *name, conf_lock *lock)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct pack *p = arena_alloc(a, sizeof(*p));
	struct conf *c = arena_alloc(a, sizeof(*c));
	struct loading l = { .p = p, .c = c };
	struct top own;

	p->arena = c->arena = a;
	if (strlen(name) > PACK_NAME_MAX ||
	    strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789") != strlen(name))
		read_fault(c, NULL, NULL, "there is no pack of that name");
	else if (load_file(&l, folder, "types", lock, use_types) &&
		 load_file(&l, folder, arena_text(a, name), lock, use_pack)) {
		own = l.top;
		p->name = own.pack;
		p->title = own.title;
		p->asks = own.asks;
		for (size_t i = 0; i < own.includes.n && i < INCLUDES_MAX; i++)
			load_file(&l, folder, own.includes.v[i], lock, use_pack);
	}
	p->faults = c->faults;
	p->nfaults = c->nfaults;
	return p;
}

void
pack_free(struct pack *p)
{
	if (p != NULL)
		arena_free(p->arena);
}

const struct scenario *
pack_scenario(const struct pack *p, const char *id)
{
	for (size_t i = 0; i < p->nscenarios; i++)
		if (p->scenarios[i].id != NULL && strcmp(p->scenarios[i].id, id) == 0)
			return &p->scenarios[i];
	return NULL;
}

const struct pack_letter *
pack_first(const struct pack *p, const char *type)
{
	for (size_t i = 0; i < p->nscenarios; i++)
		for (size_t k = 0; k < p->scenarios[i].nletters; k++) {
			const struct pack_letter *x = &p->scenarios[i].letters[k];

			if (strcmp(x->type, type) == 0 && (x->stop != NULL || x->lead > 0))
				return x;
		}
	return NULL;
}

static int
is_pack(const struct dirent *d)
{
	size_t n = strlen(d->d_name);

	return n > 5 && strcmp(d->d_name + n - 5, ".conf") == 0 && d->d_name[0] != '.' &&
	       strcmp(d->d_name, "types.conf") != 0;
}

const char **
pack_names(const char *folder, struct arena *a)
{
	struct dirent **found = NULL;
	int n = scandir(folder, &found, is_pack, alphasort);
	const char **names = arena_array(a, n > 0 ? (size_t)n + 1 : 1, sizeof(*names));

	for (int i = 0; i < n; i++) {
		names[i] =
		    arena_textn(a, found[i]->d_name, strlen(found[i]->d_name) - strlen(".conf"));
		free(found[i]);
	}
	free(found);
	return names;
}
