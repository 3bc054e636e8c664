/* SPDX-License-Identifier: Apache-2.0
 *
 * The four packs as they are shipped, held against themselves and against the probes there are; and
 * what is wrong in a pack, by its line.
 */
#include "packs/pack.h"
#include "probes/specs.h"
#include "tests/t.h"

#include <stdlib.h>
#include <unistd.h>

#define FOLDER "conf/packs"

static const struct {
	const char *name;
	size_t own, all;
} packs[] = { { "mro", 6, 14 }, { "lab", 7, 15 }, { "exporter", 7, 15 }, { "smb", 8, 8 } };

#define NPACKS (sizeof(packs) / sizeof(packs[0]))

static void
measured(const struct pack_type *t)
{
	for (size_t i = 0; i < t->rules.n; i++) {
		const char *rule = t->rules.v[i];
		const struct probe_spec *p;
		char probe[64];

		snprintf(probe, sizeof(probe), "%.*s", (int)strcspn(rule, "."), rule);
		p = probe_find(probe);
		T_TRUE(rule, p != NULL && rule_find(p->rules, rule) != NULL);
	}
}

static void
whole(const struct pack *p, const struct scenario *s)
{
	T_TRUE(s->id, s->failure[strlen(s->failure) - 1] == '.');
	T_TRUE(s->id, s->hidden.n > 0 && s->prevent.n > 0 && s->detect.n > 0 && s->recover.n > 0);
	T_TRUE(s->id, s->controls.n > 0 && s->lead > 0);
	for (size_t i = 0; i < s->controls.n; i++)
		T_TRUE(s->id, strchr(s->controls.v[i], '?') == NULL);
	for (size_t i = 0; i < s->unconfirmed.n; i++)
		T_TRUE(s->id, strchr(s->unconfirmed.v[i], '?') == NULL);
	for (size_t i = 0; i < s->nletters; i++)
		T_TRUE(s->id, s->letters[i].is != NULL);
	T_TRUE(s->id, pack_scenario(p, s->id) == s);
}

static void
shipped(void)
{
	size_t types_used = 0;

	for (size_t i = 0; i < NPACKS; i++) {
		struct pack *p = pack_load(FOLDER, packs[i].name, NULL);
		size_t own = 0;

		T_INT(packs[i].name, p->nfaults, 0);
		for (size_t k = 0; k < p->nfaults; k++)
			printf("%s\n", p->faults[k]);
		T_INT(packs[i].name, p->nscenarios, packs[i].all);
		for (size_t k = 0; k < p->nscenarios; k++) {
			whole(p, &p->scenarios[k]);
			own += strstr(p->scenarios[k].place, packs[i].name) != NULL;
		}
		T_INT(packs[i].name, own, packs[i].own);
		for (size_t k = 0; i == 0 && k < p->ntypes; k++)
			measured(&p->types[k]);
		types_used += p->ntypes;
		pack_free(p);
	}
	T_TRUE("types are there", types_used > 100);
}

/* What scenarios.md says of single ones. */
static void
as_meant(void)
{
	struct pack *lab = pack_load(FOLDER, "lab", NULL),
		    *ex = pack_load(FOLDER, "exporter", NULL);
	const struct scenario *s = pack_scenario(lab, "lab-03");
	unsigned twice = 0;

	T_INT("a gate in a gate", s->gate.need, 2);
	T_INT("with its letters", gate_letters(&s->gate, &twice), 0x1f);
	T_INT("each once", twice, 0);
	T_INT("hours", s->hours_likely, 24);
	T_INT("lead", s->lead, 10 * SPAN_DAY);
	T_INT("a span that nobody may guess", lab->asks.n, 1);
	T_TEXT("is asked for", lab->asks.v[0], "retention");
	T_TEXT("a gate of barriers alone has a trigger", pack_scenario(ex, "smb-07")->trigger,
	    "demand");
	s = pack_scenario(ex, "exp-01");
	T_INT("a sign stands in no gate", gate_letters(&s->gate, &twice), 1);
	T_TRUE("and says so", s->letters[1].beside != NULL);
	T_INT(
	    "an unconfirmed clause is kept apart", pack_scenario(lab, "lab-01")->unconfirmed.n, 1);
	pack_free(lab);
	pack_free(ex);
}

#define TYPES                                                                                      \
	"types = ( { type = \"x\"; rules = [ \"a.b\" ]; }, { type = \"y\"; barrier = true; "       \
	"without = \"none\"; } );"
#define TOP "pack = \"p\"; title = \"P\"; prefix = \"p\";\n"
#define REST                                                                                       \
	"failure = \"F.\"; hidden = [ \"h\" ]; prevent = [ \"p\" ]; detect = [ \"d\" ]; recover "  \
	"= [ \"r\" ]; controls = [ \"c\" ]; hours_low = 1; hours_likely = 2; hours_high = 3; lead" \
	" = \"1d\";"
#define LETTER(l, t) "{ letter = \"" l "\"; type = \"" t "\"; target = \"t\"; }"

static void
faults(void)
{
	static const struct {
		const char *row, *types, *pack, *says;
	} cases[] = {
		{ "a good one", TYPES,
		    TOP "scenarios = ( { id = \"p-1\"; gate = \"any(a)\"; " REST
			"\nletters = ( " LETTER("a", "x") " ); } );",
		    NULL },
		{ "an unknown name", TYPES,
		    TOP "scenarios = ( { id = \"p-1\"; gate = \"any(a)\"; colour = 1; " REST
			"letters = ( " LETTER("a", "x") " ); } );",
		    "p.conf:2: colour" },
		{ "another prefix", TYPES,
		    TOP "scenarios = ( { id = \"q-1\"; gate = \"any(a)\"; " REST
			"letters = ( " LETTER("a", "x") " ); } );",
		    "p.conf:2: id: begins with \"p-\"" },
		{ "a letter that is not there", TYPES,
		    TOP "scenarios = ( { id = \"p-1\"; gate = \"any(a, b)\"; " REST
			"letters = ( " LETTER("a", "x") " ); } );",
		    "has a letter that the scenario does not have" },
		{ "a letter in no gate", TYPES,
		    TOP "scenarios = ( { id = \"p-1\"; gate = \"any(a)\"; " REST
			"letters = ( " LETTER("a", "x") ", " LETTER("b", "x") " ); } );",
		    "the letter b stands in the gate, or says beside" },
		{ "a letter twice in the gate", TYPES,
		    TOP "scenarios = ( { id = \"p-1\"; gate = \"any(a, all(a))\"; " REST
			"letters = ( " LETTER("a", "x") " ); } );",
		    "a letter stands in it twice" },
		{ "an unknown type", TYPES,
		    TOP "scenarios = ( { id = \"p-1\"; gate = \"any(a)\"; " REST
			"letters = ( " LETTER("a", "z") " ); } );",
		    "p.conf:2: type: \"z\" is not in types.conf" },
		{ "barriers without a trigger", TYPES,
		    TOP "scenarios = ( { id = \"p-1\"; gate = \"any(a)\"; " REST
			"letters = ( " LETTER("a", "y") " ); } );",
		    "trigger: all letters hurt only when" },
		{ "no gate", TYPES,
		    TOP "scenarios = ( { id = \"p-1\"; gate = \"some(a)\"; " REST
			"letters = ( " LETTER("a", "x") " ); } );",
		    "is no gate from character 1 on" },
		{ "a gate that wants too many", TYPES,
		    TOP "scenarios = ( { id = \"p-1\"; gate = \"k2(a)\"; " REST
			"letters = ( " LETTER("a", "x") " ); } );",
		    "wants more than there are" },
		{ "the same id twice", TYPES,
		    TOP "scenarios = ( { id = \"p-1\"; gate = \"any(a)\"; " REST
			"letters = ( " LETTER(
			    "a", "x") " ); },\n{ id = \"p-1\"; gate = \"any(a)\"; " REST
				      "letters = ( " LETTER("a", "x") " ); } );",
		    "p.conf:3: id: \"p-1\" is given twice (first at" },
		{ "a type with nothing", "types = ( { type = \"x\"; } );", TOP "scenarios = ( );",
		    "types.conf:1: rules: has rules, or says why" },
		{ "another name than its file", TYPES,
		    "pack = \"q\"; title = \"P\"; prefix = \"p\";\nscenarios = ( "
		    ");",
		    "pack: is not \"p\"" },
	};
	char dir[] = "/tmp/test_packs.XXXXXX", path[100];

	if (mkdtemp(dir) == NULL)
		abort();
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *const files[] = { "types", cases[i].types, "p", cases[i].pack };
		struct pack *p;

		for (int k = 0; k < 4; k += 2) {
			FILE *f;

			snprintf(path, sizeof(path), "%s/%s.conf", dir, files[k]);
			f = fopen(path, "w");
			fputs(files[k + 1], f);
			fclose(f);
		}
		p = pack_load(dir, "p", NULL);
		if (cases[i].says == NULL)
			T_INT(cases[i].row, p->nfaults, 0);
		else
			T_HAS(cases[i].row, p->nfaults > 0 ? p->faults[0] : "", cases[i].says);
		pack_free(p);
	}
	for (int k = 0; k < 2; k++) {
		snprintf(path, sizeof(path), "%s/%s.conf", dir, k == 0 ? "types" : "p");
		unlink(path);
	}
	rmdir(dir);
}

static void
names(void)
{
	struct pack *p = pack_load(FOLDER, "../../etc/passwd", NULL);

	T_INT("no way out of the folder", p->nfaults, 1);
	pack_free(p);
	p = pack_load(FOLDER, "rocket", NULL);
	T_TRUE("a pack that is not there", p->nfaults > 0);
	pack_free(p);
}

int
main(void)
{
	shipped();
	as_meant();
	faults();
	names();
	return t_end();
}
