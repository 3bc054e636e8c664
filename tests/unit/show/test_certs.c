/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "show/certs.h"
#include "show/wrap.h"
#include "tests/t.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#define HOSTILE "=1\033]0;own\007 <x>,\"b\\;\" \xe2\x80\xae\xff 'q'\nEND:VCALENDAR"
#define CERTS_MAX 64

static const instant now = 1800000000 * INSTANT_S;

/* A certificate as a probe sends it. NULL and 0: left out. */
struct as {
	const char *sha, *name, *subject, *issuer, *key, *names, *places;
	bool authority;
	int begins, ends; /* days from now */
	const char *finding;
	bool note; /* it needs nobody */
};

static struct evidence evidence[CERTS_MAX][12];
static struct item items[CERTS_MAX];
static char moments[CERTS_MAX][2][INSTANT_TEXT];
static struct result results[2] = { { .check = "first" }, { .check = "second" } };
static struct report_check checks[2];
static size_t used;

static void
put(struct item *it, const char *key, const char *value)
{
	if (value != NULL)
		it->evidence[it->nevidence++] = (struct evidence){ key, value };
}

static void
add(size_t check, struct as as)
{
	struct item *it = &items[used];
	instant ends = now + as.ends * 86400 * INSTANT_S;

	*it = (struct item){ .target = as.places != NULL ? as.places : as.name,
		.rule = "x.expiry",
		.summary = as.note ? "needs nobody" : "as it is",
		.state = as.finding != NULL ? ITEM_FOUND : ITEM_FINE,
		.finding = as.finding,
		.evidence = evidence[used],
		.verdict = { .start_by = INSTANT_NONE } };
	put(it, "sha256", as.sha);
	put(it, "name", as.name);
	put(it, "subject", as.subject);
	put(it, "issuer", as.issuer);
	put(it, "key_sha256", as.key);
	put(it, "names_sha256", as.names);
	put(it, "places", as.places);
	put(it, "authority", as.authority ? "yes" : NULL);
	put(it, "notBefore", instant_text(now + as.begins * 86400 * INSTANT_S, moments[used][0]));
	put(it, "notAfter", instant_text(ends, moments[used][1]));
	if (!as.note) {
		it->deadline = (struct deadline){ DEADLINE_KNOWN, ends, ends, ends, 0 };
		it->verdict.start_by = ends - 14 * 86400 * INSTANT_S;
	}
	if (results[check].nitems == 0)
		results[check].items = it;
	results[check].nitems++;
	used++;
}

/* The inventory of what was added, which begins anew; the items of a check are added together. */
static struct certs
made(struct arena *a)
{
	static struct report r;
	struct certs c;

	for (size_t i = 0; i < 2; i++)
		checks[i] = (struct report_check){ .result = &results[i],
			.title = results[i].check,
			.owner_name = i == 0 ? "Omar" : "Sana" };
	r = (struct report){ .host = "host", .now = now, .checks = checks, .nchecks = 2 };
	certs_make(&r, a, &c);
	return c;
}

static void
clear(void)
{
	results[0].nitems = results[1].nitems = used = 0;
}

static const char *
drawn(const struct certs *c, int width,
    void (*draw)(const struct certs *, const struct text_style *, struct str *), struct str *out)
{
	const struct text_style s = { .width = width, .utf8 = true };

	str_clear(out);
	draw(c, &s, out);
	return out->s;
}

static void
merging(struct arena *a)
{
	struct certs c;

	clear();
	add(0, (struct as){ .sha = "aa", .name = "a", .places = "/2; /1", .ends = 300 });
	add(0, (struct as){ .sha = "bb", .name = "b", .places = "/3", .ends = 20 });
	add(1, (struct as){ .sha = "aa", .name = "a", .places = "/2; /4", .ends = 300 });
	add(1,
	    (struct as){ .sha = "bb", .name = "b", .places = "/5", .ends = 20, .finding = "gone" });
	add(1, (struct as){ .sha = "cc", .name = "c", .ends = 30, .finding = "gone-authority" });
	c = made(a);
	T_INT("one certificate is one row", c.n, 3);
	T_TEXT("the first to start on comes first", c.rows[0].name, "b");
	T_INT("one check that sees it is enough", c.rows[0].state, CERTS_SEEN);
	T_INT("where it is gone from is no place of it", c.rows[0].nplaces, 1);
	T_INT("that it is gone there is said", c.rows[0].nnotes, 1);
	T_INT("what all miss is gone", c.rows[1].state, CERTS_GONE);
	T_INT("each place once", c.rows[2].nplaces, 3);
	T_TEXT("in byte order", c.rows[2].places[0], "/1");
	T_INT("by both checks", c.rows[2].nchecks, 2);
	T_INT("what is gone is counted", c.count[CERTS_GONE], 1);
}

/* A probe that had no room for all places. */
static void
uncounted(struct arena *a)
{
	struct certs c;
	struct str s;

	str_init(&s, SHOW_MAX);
	clear();
	add(0,
	    (struct as){ .sha = "aa", .name = "a", .places = "/1; /2; and 12 more", .ends = 20 });
	add(1, (struct as){ .sha = "bb", .name = "b", .places = "and 12 mor", .ends = 30 });
	c = made(a);
	T_INT("a number is no place", c.rows[0].nplaces, 2);
	T_INT("but counted", c.rows[0].unlisted, 12);
	T_INT("a name like it is one", c.rows[1].nplaces, 1);
	T_INT("and no number", c.rows[1].unlisted, 0);
	T_HAS("people see it", drawn(&c, 200, certs_text, &s), "/1; /2; and 12 more");
	str_clear(&s);
	certs_json(&c, &s);
	T_HAS("and programs", s.s, "\"places_not_listed\":12");
	str_fini(&s);
}

static void
renewals(struct arena *a)
{
	static const struct {
		const char *row;
		struct as next;
		bool renewed;
	} cases[] = {
		{ "the same subject and names, valid, later",
		    { .subject = "CN=a", .names = "n", .begins = -1, .ends = 200 }, true },
		{ "from this moment on",
		    { .subject = "CN=a", .names = "n", .begins = 0, .ends = 200 }, true },
		{ "not valid yet", { .subject = "CN=a", .names = "n", .begins = 1, .ends = 200 },
		    false },
		{ "ends no later", { .subject = "CN=a", .names = "n", .begins = -1, .ends = 20 },
		    false },
		{ "other names", { .subject = "CN=a", .names = "m", .begins = -1, .ends = 200 },
		    false },
		{ "no names", { .subject = "CN=a", .begins = -1, .ends = 200 }, false },
		{ "another subject", { .subject = "CN=b", .names = "n", .begins = -1, .ends = 200 },
		    false },
		{ "gone itself",
		    { .subject = "CN=a",
			.names = "n",
			.begins = -1,
			.ends = 200,
			.finding = "gone" },
		    false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (size_t check = 0; check < 2; check++) {
			struct as next = cases[i].next;
			const struct certs_row *old;
			struct certs c;

			next.sha = "bb";
			next.name = next.places = "/new";
			clear();
			add(0, (struct as){ .sha = "aa",
				   .name = "old",
				   .subject = "CN=a",
				   .names = "n",
				   .begins = -300,
				   .ends = 20 });
			add(check, next);
			c = made(a);
			old = strcmp(c.rows[0].name, "old") == 0 ? &c.rows[0] : &c.rows[1];
			/* within one check the probe has compared them */
			T_INT(cases[i].row, old->renewal != NULL, cases[i].renewed && check == 1);
		}
}

static void
keys(struct arena *a)
{
	struct certs c;

	clear();
	add(0, (struct as){ .sha = "aa", .name = "a", .key = "k", .ends = 20 });
	add(0, (struct as){ .sha = "bb", .name = "b", .key = "k", .ends = 30 });
	add(1, (struct as){ .sha = "cc", .name = "c", .key = "l", .ends = 40 });
	add(1, (struct as){ .sha = "dd", .name = "d", .ends = 50 });
	add(1, (struct as){ .sha = "ee", .name = "e", .ends = 60 });
	c = made(a);
	T_INT("two of one key", c.rows[0].nkin, 2);
	T_INT("said of both", c.rows[1].nnotes, 1);
	T_INT("a key of its own", c.rows[2].nkin, 0);
	T_INT("no known key is no key in common", c.rows[4].nkin, 0);
}

static void
trees(struct arena *a)
{
	struct certs c;
	struct str s;

	str_init(&s, SHOW_MAX);
	clear();
	add(0, (struct as){ .sha = "a1",
		   .name = "Root",
		   .subject = "CN=R",
		   .issuer = "CN=R",
		   .key = "r",
		   .authority = true,
		   .ends = 900 });
	add(0, (struct as){ .sha = "a2",
		   .name = "Middle",
		   .subject = "CN=M",
		   .issuer = "CN=R",
		   .key = "m",
		   .authority = true,
		   .ends = 800 });
	add(0, (struct as){
		   .sha = "a3", .name = "leaf", .subject = "CN=l", .issuer = "CN=M", .ends = 200 });
	add(0,
	    (struct as){
		.sha = "a4", .name = "stray", .subject = "CN=s", .issuer = "CN=far", .ends = 210 });
	c = made(a);
	drawn(&c, 200, certs_tree, &s);
	T_HAS("the root at the left", s.s, "\n● Root");
	T_HAS("what it issued below", s.s, "\n└─ ● Middle");
	T_HAS("and what that issued", s.s, "\n   └─ ● leaf");
	T_HAS("an issuer that is not seen, by name", s.s, "\nCN=far (");
	T_HAS("what it issued below its name", s.s, "\n└─ ● stray");
	clear();
	add(0, (struct as){ .sha = "b1",
		   .name = "A",
		   .subject = "CN=A",
		   .issuer = "CN=B",
		   .key = "1",
		   .authority = true,
		   .ends = 900 });
	add(0, (struct as){ .sha = "b2",
		   .name = "B",
		   .subject = "CN=B",
		   .issuer = "CN=A",
		   .key = "2",
		   .authority = true,
		   .ends = 800 });
	add(0, (struct as){ .sha = "b3",
		   .name = "one",
		   .subject = "CN=N",
		   .issuer = "CN=N",
		   .key = "3",
		   .authority = true,
		   .ends = 700 });
	add(0, (struct as){ .sha = "b4",
		   .name = "two",
		   .subject = "CN=N",
		   .issuer = "CN=N",
		   .key = "4",
		   .authority = true,
		   .ends = 600 });
	add(0,
	    (struct as){
		.sha = "b5", .name = "whose", .subject = "CN=w", .issuer = "CN=N", .ends = 500 });
	c = made(a);
	drawn(&c, 200, certs_tree, &s);
	T_HAS("a circle of names ends", s.s, "● A; ends");
	T_HAS("and both are there", s.s, "● B; ends");
	T_HAS("authorities of one name and two keys", s.s, "\nCN=N (");
	T_HAS("stand above by their name", s.s, "\n└─ ● whose");
	str_fini(&s);
}

/* As deep as a chain is drawn, and one deeper: nothing is lost. */
static void
depth(struct arena *a)
{
	static char names[20][32], shas[20][32], labels[20][32];
	struct certs c;
	struct str s;

	str_init(&s, SHOW_MAX);
	for (size_t n = 15; n <= 18; n++) {
		clear();
		for (size_t i = 0; i < n; i++) {
			snprintf(names[i], sizeof(names[i]), "CN=%02zu", i);
			snprintf(shas[i], sizeof(shas[i]), "%02zu", i);
			snprintf(labels[i], sizeof(labels[i]), "level%02zu", i);
			add(0, (struct as){ .sha = shas[i],
				   .name = labels[i],
				   .subject = names[i],
				   .issuer = names[i > 0 ? i - 1 : 0],
				   .key = shas[i],
				   .authority = true,
				   .ends = 900 - (int)i });
		}
		c = made(a);
		drawn(&c, 400, certs_tree, &s);
		for (size_t i = 0; i < n; i++)
			T_HAS("each certificate of a long chain is drawn", s.s, labels[i]);
		T_INT("past the limit a name begins anew", strstr(s.s, "(an issuer's name") != NULL,
		    n > 16);
	}
	str_fini(&s);
}

static bool
is_plain(const char *s)
{
	for (; *s != '\0'; s++)
		if (((unsigned char)*s < 0x20 && *s != '\n' && *s != '\r') || *s == 0x7f)
			return false;
	return true;
}

static size_t
count(const char *text, const char *part)
{
	size_t n = 0;

	for (; (text = strstr(text, part)) != NULL; text += strlen(part))
		n++;
	return n;
}

static void
hostile(struct arena *a)
{
	static const int widths[] = { 1, 20, 40, 80, 120, 200, 1000 };
	struct certs c;
	struct str s;

	clear();
	add(0, (struct as){ .sha = "aa",
		   .name = HOSTILE,
		   .subject = HOSTILE,
		   .issuer = "CN=" HOSTILE,
		   .places = HOSTILE,
		   .ends = 20 });
	add(1, (struct as){ .sha = "bb", .name = "noted", .ends = 20, .note = true });
	c = made(a);
	str_init(&s, SHOW_MAX);
	for (size_t i = 0; i < sizeof(widths) / sizeof(widths[0]); i++) {
		T_TRUE("a table without controls", is_plain(drawn(&c, widths[i], certs_text, &s)));
		T_TRUE("none that turns text round", strstr(s.s, "\xe2\x80\xae") == NULL);
		T_TRUE("a tree without controls", is_plain(drawn(&c, widths[i], certs_tree, &s)));
	}
	str_clear(&s);
	certs_csv(&c, &s);
	T_INT("CSV: a line each and no more", count(s.s, "\r\n"), 3);
	T_HAS("CSV: no formula", s.s, "\n\"'=1");
	str_clear(&s);
	certs_ics(&c, &s);
	T_INT("ICS: what was renewed has no event", count(s.s, "BEGIN:VEVENT"), 2);
	T_INT("ICS: no line of a name's own", count(s.s, "\nEND:VCALENDAR"), 1);
	T_HAS("ICS: commas and the like", s.s, "\\,\"b\\\\\\;\"");
	str_fini(&s);
}

static void
nothing(struct arena *a)
{
	struct certs c;
	struct str s;

	clear();
	c = made(a);
	str_init(&s, SHOW_MAX);
	T_HAS("none is said", drawn(&c, 80, certs_text, &s), "0 certificates.\n");
	T_HAS("in a tree too", drawn(&c, 200, certs_tree, &s), "0 certificates.\n");
	str_fini(&s);
}

int
main(void)
{
	struct arena *a = arena_new((size_t)1 << 26);

	setlocale(LC_CTYPE, "C.UTF-8");
	merging(a);
	uncounted(a);
	renewals(a);
	keys(a);
	trees(a);
	depth(a);
	hostile(a);
	nothing(a);
	arena_free(a);
	return t_end();
}
