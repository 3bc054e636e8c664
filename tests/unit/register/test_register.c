/* SPDX-License-Identifier: Apache-2.0
 *
 * Who can act, what a playbook holds, what a portal knows, and entries that went missing.
 */
#include "base/day.h"
#include "base/file.h"
#include "probes/register/dates.h"
#include "probes/register/register.h"
#include "probes/register/seen.h"
#include "probes/register/tell.h"
#include "tests/probe_harness.h"
#include "tests/t.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* 2027-01-15, noon in UTC */
#define NOW (INSTANT_S * 1800014400)

static char dir[] = "/tmp/test_register.XXXXXX";
static struct clk_fake clk;

static void
zone(const char *name)
{
	setenv("TZ", name, 1);
	tzset();
}

static const char *
put(const char *name, const char *text, size_t n)
{
	static char path[8][100];
	static int turn;
	char *p = path[turn++ % 8];
	FILE *f;

	snprintf(p, sizeof(path[0]), "%s/%s", dir, name);
	f = fopen(p, "w");
	if (f == NULL || fwrite(text, 1, n, f) != n)
		abort();
	fclose(f);
	return p;
}

static void
run(struct harness *h, const char *path)
{
	const char *v[] = { path };
	const struct register_conf conf = { .files = { v, 1 }, .dates = "auto", .kind = "other" };
	struct err e = { 0 };

	harness_clear(h);
	h->ctx.clk = &clk.clk;
	h->ctx.deadline = SPAN_MAX;
	T_INT(path, probe_run(&h->ctx, &conf, &e), 0);
}

/* Nothing could be read: the run as a whole says why. */
static void
run_fails(struct harness *h, const char *row, const char *path, const char *why)
{
	const char *v[] = { path };
	const struct register_conf conf = { .files = { v, 1 }, .dates = "auto", .kind = "other" };
	struct err e = { 0 };

	harness_clear(h);
	T_INT(row, probe_run(&h->ctx, &conf, &e), -1);
	T_HAS(row, e.msg, why);
	T_INT(row, h->nitems, 0);
}

static void
run_text(struct harness *h, const char *text)
{
	run(h, put("list.csv", text, strlen(text)));
}

#define HEAD                                                                                       \
	"id,title,kind,at,owner,secondary,away_from,away_to,file,url,reviewed,hash,fingerprint\n"

static void
people(struct harness *h)
{
	static const struct {
		const char *row, *line, *finding;
	} cases[] = {
		{ "two people", "x,X,role,,Sana,Omar,,,,,,,", NULL },
		{ "nobody", "x,X,role,,,Omar,,,,,,,", "no-owner" },
		{ "one", "x,X,role,,Sana,,,,,,,,", "no-secondary" },
		{ "one twice", "x,X,role,,Sana,sana,,,,,,,", "one-person" },
		{ "past its day, alone", "x,X,card,2027-01-14,Sana,,,,,,,,", "overdue-alone" },
		{ "on its day, alone", "x,X,card,2027-01-15,Sana,,,,,,,,", "no-secondary" },
		{ "past its day, two", "x,X,card,2027-01-14,Sana,Omar,,,,,,,", NULL },
		{ "away, alone", "x,X,role,,Sana,,2027-01-15,2027-01-15,,,,,", "away-alone" },
		{ "away from tomorrow", "x,X,role,,Sana,,2027-01-16,,,,,,", "no-secondary" },
		{ "away until yesterday", "x,X,role,,Sana,,,2027-01-14,,,,,", "no-secondary" },
		{ "away, and the other is here", "x,X,role,,Sana,Omar,2027-01-15,,,,,,", NULL },
		{ "both away",
		    "x,X,role,,Sana,Omar,2027-01-15,,,,,,\nomar,Omar,person,,,,2027-01-01,2027-02-"
		    "01,"
		    ",,,,",
		    "both-away" },
		{ "a person needs nobody", "x,X,person,,,,,,,,,,", NULL },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char text[600];
		const struct item *it;

		snprintf(text, sizeof(text), HEAD "%s\n", cases[i].line);
		run_text(h, text);
		it = harness_item(h, "register.people", "x");
		T_TEXT(cases[i].row, it != NULL ? it->finding : NULL, cases[i].finding);
	}
	run_text(h, HEAD "x,X,card,bad,Sana,,,,,,,,\ny,\"Y,card,2027-09-01,Sana,Omar,,,,,,,\n");
	T_TEXT("a bad date hides nobody", harness_item(h, "register.people", "x")->finding,
	    "no-secondary");
	T_TRUE("a line that falls apart",
	    harness_item(h, "register.people", "y")->state == ITEM_UNKNOWN);
	run_text(h, "id;title;at\na;A;2027-09-01\nb;B;2027-09-02\n");
	T_INT("a table without owners is one finding", harness_count(h, "register.people"), 1);
	T_TEXT("of the table", harness_item(h, "register.people", NULL)->finding, "no-owner");
	run_text(h, "id;title;at;owner\na;A;2027-09-01;\nb;B;2027-09-02;Ann\n");
	T_INT("one without second people, and who has nobody at all",
	    harness_count(h, "register.people"), 2);
}

static void
dates_here(struct harness *h)
{
	static const char *const zones[] = { "Pacific/Kiritimati", "America/Adak", "Africa/Cairo",
		"UTC" };
	const struct item *it;

	for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++) {
		zone(zones[i]);
		run_text(h, HEAD "x,X,card,2027-01-31,Sana,Omar,,,,,,,\n");
		it = harness_item(h, "register.date", "x");
		T_INT(zones[i], day_number(it->deadline.at), 20849);
		T_INT("until its last second", day_start(it->deadline.at + INSTANT_S),
		    it->deadline.at + INSTANT_S);
	}
	T_INT("without a lead of its own", it->lead, 0);
	run_text(h, "id,title,at,lead_d,auto_renew,started\nx,X,2027-01-31,45,yes,2027-01-10\n");
	it = harness_item(h, "register.date", "x");
	T_INT("its own lead", it->lead, 45 * SPAN_DAY);
	T_TRUE("it renews itself", it->auto_renew);
	T_TEXT("and when is evidence", harness_evidence(it, "started"), "2027-01-10");
	T_HAS("it was begun", it->summary, "begun on Sun 10 January");
}

static const char whole[] = "# Restore\n## Where the copy is\nsafe 2\n2. Keys\nsafe 1\n"
			    "Order of systems:\n1 database\n## How to check\ncounts\n"
			    "Wer entscheidet?\nMaria\nSecondary contact\nOmar\n";

static void
playbook(struct harness *h, const char *row, const char *rest, const char *finding)
{
	const struct item *it;
	char text[600];

	snprintf(text, sizeof(text), HEAD "p,Restore,playbook,,Sana,Omar,,,%s,\n", rest);
	run_text(h, text);
	it = harness_item(h, "register.playbook", "p");
	T_TRUE(row, it != NULL);
	if (it != NULL)
		T_TEXT(row, it->state == ITEM_UNKNOWN ? "?" : it->finding, finding);
}

static void
playbooks(struct harness *h)
{
	char sha[65], rest[200], asked[sizeof(whole) + 100];
	const struct item *it;

	put("p.md", whole, strlen(whole));
	playbook(h, "no approved hash", "p.md,,2026-12-01,", "not-approved");
	it = harness_item(h, "register.playbook", "p");
	snprintf(sha, sizeof(sha), "%s", harness_evidence(it, "sha256"));
	snprintf(rest, sizeof(rest), "p.md,,2026-12-01,%s", sha);
	playbook(h, "whole, read and approved", rest, NULL);
	snprintf(rest, sizeof(rest), "p.md,,2026-07-20,%s", sha);
	playbook(h, "read 179 days ago", rest, NULL);
	snprintf(rest, sizeof(rest), "p.md,,2026-07-18,%s", sha);
	playbook(h, "read 181 days ago", rest, "review-due");
	snprintf(rest, sizeof(rest), "p.md,,2026-01-14,%s", sha);
	playbook(h, "read 366 days ago", rest, "review-late");
	snprintf(rest, sizeof(rest), "p.md,,,%s", sha);
	playbook(h, "never read again", rest, "never-reviewed");
	playbook(h, "an address alone", ",https://x.example/p,2026-12-01,", "address-only");
	playbook(h, "not there", "q.md,,2026-12-01,", "missing");
	put("p.md", whole, strlen(whole) - 5);
	playbook(h, "nothing under the last heading", rest, "incomplete");
	snprintf(asked, sizeof(asked), "%.*s> Who is called?\n", (int)strlen(whole) - 5, whole);
	put("p.md", asked, strlen(asked));
	playbook(h, "its question alone is no answer", rest, "incomplete");
	snprintf(asked, sizeof(asked), "%sx\n", whole);
	put("p.md", asked, strlen(asked));
	snprintf(rest, sizeof(rest), "p.md,,2026-12-01,%s", sha);
	playbook(h, "another one than was approved", rest, "changed");
	put("p.md", "%PDF-1.7", 8);
	playbook(h, "no text", rest, "?");
}

static void
portal(struct harness *h, const char *row, const char *at, const char *file, const char *print,
    const char *finding)
{
	const struct item *it;
	char text[600];

	snprintf(
	    text, sizeof(text), HEAD "p,Customs,portal,%s,Sana,Omar,,,%s,,,,%s\n", at, file, print);
	run_text(h, text);
	it = harness_item(h, "register.portal", "p");
	T_TRUE(row, it != NULL);
	if (it != NULL)
		T_TEXT(row, it->state == ITEM_UNKNOWN ? "?" : it->finding, finding);
}

static void
portals(struct harness *h)
{
	/* a sequence of nothing, of which sha256sum and sha1sum say this */
	static const char der[] = "\x30\x02\x05\x00";
	static const char sha256[] = "C8:93:46:13:94:2F:57:43:0F:48:B5:1B:01:30:D9:92:"
				     "3C:4B:FE:36:E6:16:6B:AB:CD:DB:7B:EF:C6:46:8F:08";
	static const char other[] =
	    "0000000000000000000000000000000000000000000000000000000000000000";

	put("c.der", der, 4);
	portal(h, "it knows the one in use", "2027-06-01", "c.der", sha256, NULL);
	portal(h, "by its other hash", "2027-06-01", "c.der",
	    "5e9d33273365c3fb088f091229020d12357aed65", NULL);
	portal(h, "another one", "2027-06-01", "c.der", other, "other");
	portal(h, "which ends soon", "2027-01-21", "c.der", other, "other-soon");
	portal(h, "which ends in a week", "2027-01-22", "c.der", other, "other");
	portal(h, "nothing to compare with", "2027-06-01", "", other, "?");
	portal(h, "a file that is not there", "2027-06-01", "d.der", other, "?");
	put("c.der", "no certificate", 14);
	portal(h, "a file of something else", "2027-06-01", "c.der", other, "?");
}

static const struct item *
rows(struct harness *h, const char *text)
{
	run_text(h, text);
	return harness_item(h, "register.rows", NULL);
}

/* One of two lists cannot be read: what it held stays known, and is not fine. */
static void
two_lists(struct harness *h)
{
	static const char one[] = "id,title,at,owner,secondary\nm,M,2027-09-01,S,O\n";
	const char *v[] = { put("list.csv", "PK\003\004", 4), put("more.csv", one, strlen(one)) };
	const struct register_conf conf = { .files = { v, 2 }, .dates = "auto", .kind = "other" };
	struct err e = { 0 };

	harness_clear(h);
	T_INT("one can be read", probe_run(&h->ctx, &conf, &e), 0);
	T_TRUE(
	    "an entry of the other", harness_item(h, "register.date", "a")->state == ITEM_UNKNOWN);
	T_TRUE("and who can act for it",
	    harness_item(h, "register.people", "a")->state == ITEM_UNKNOWN);
	T_TRUE("the list", harness_item(h, "register.read", v[0])->state == ITEM_UNKNOWN);
	T_TEXT("no more is missing than before",
	    harness_evidence(harness_item(h, "register.rows", v[0]), "gone"), "b");
	T_TRUE("what is read", harness_item(h, "register.date", "m")->state == ITEM_FINE);
}

static void
missing_rows(struct harness *h)
{
	static const char three[] = "id,title,at,owner,secondary\na,A,2027-09-01,S,O\n"
				    "b,B,2027-09-01,S,O\nc,C,2027-09-01,S,O\n";
	static const char two[] = "id,title,at,owner,secondary\na,A,2027-09-01,S,O\n"
				  "c,C,bad,S,O\n";
	const struct item *it;
	char id[FINDING_ID_MAX];
	struct accept ac = { .rule = "register.rows", .by = "q", .reason = "r" };
	int fd = open(dir, O_RDONLY | O_DIRECTORY);

	h->ctx.state_fd = fd;
	it = rows(h, three);
	T_TRUE("the first look", it->state == ITEM_FINE && strstr(it->summary, "from this look"));
	T_TRUE("nothing is missing", rows(h, three)->state == ITEM_FINE);
	it = rows(h, two);
	T_TEXT("an entry went", it->finding, "gone");
	T_TEXT("it is named, and a bad line is not missing", harness_evidence(it, "gone"), "b");
	clk_fake_pass(&clk, SPAN_DAY);
	it = rows(h, two);
	T_TEXT("it stays missing", it->finding, "gone");
	T_TEXT("since then", harness_evidence(it, NOTICED_KEY), "2027-01-15T12:00:00Z");
	snprintf(id, sizeof(id), "%s", harness_evidence(it, FINDING_KEY));
	it = harness_item(h, "register.date", "b");
	T_TRUE("its day is not watched, which is no good end", it->state == ITEM_UNKNOWN);
	run_fails(h, "a list of other bytes", put("list.csv", "PK\003\004", 4), "a workbook");
	two_lists(h);
	T_TRUE("back", rows(h, three)->state == ITEM_FINE);
	it = rows(h, two);
	T_TRUE("gone again is another finding", strcmp(id, harness_evidence(it, FINDING_KEY)) != 0);
	snprintf(id, sizeof(id), "%s", harness_evidence(it, FINDING_KEY));
	ac.target = it->target;
	ac.finding = id;
	h->handed = (struct handed){ .accepts = &ac, .naccepts = 1 };
	T_TRUE("accepted", rows(h, two)->state == ITEM_FINE);
	h->handed.naccepts = 0;
	T_TRUE("for good", rows(h, two)->state == ITEM_FINE);
	rows(h, "id,title,at,owner,secondary\na,A,2027-09-01,S,O\nx,A,2027-09-01,S,O\n"
		"x,A,2027-09-01,S,O\nc,C,2027-09-01,S,O\n");
	it = rows(h, two);
	T_TEXT("one that stood there twice is missing once", harness_evidence(it, "gone"), "x");
	put(SEEN_FILE, "forewarn register 1\nL x\nI a\nE 0\n", 32);
	run_text(h, three);
	T_TRUE("damaged notes are told",
	    harness_item(h, "register.rows", "notes")->state == ITEM_UNKNOWN);
	T_TRUE("and written anew", rows(h, three)->state == ITEM_FINE);
	close(fd);
	h->ctx.state_fd = -1;
}

static void
limits(struct harness *h)
{
	size_t n = 60 + (REGISTER_ROWS_MAX + 1) * 20;
	char *text = malloc(n), cell[REGISTER_CELL_MAX + 200];
	size_t at = (size_t)snprintf(text, n, "id;title;at;owner;secondary\n");

	for (int i = 0; i < REGISTER_ROWS_MAX; i++)
		at += (size_t)snprintf(text + at, n - at, "%d;x;;S;O\n", i);
	run_text(h, text);
	T_HAS("as many rows as there may be", harness_item(h, "register.read", NULL)->summary,
	    "50000 of 50000 entries cannot");
	snprintf(text + at, n - at, "last;x;;S;O\n");
	run_fails(h, "one more", put("list.csv", text, strlen(text)), "more than 50000 rows");
	free(text);
	for (int more = 0; more < 2; more++) {
		at = (size_t)snprintf(cell, sizeof(cell), "id;title;at;owner;secondary\na;");
		memset(cell + at, 'x', REGISTER_CELL_MAX + (size_t)more);
		snprintf(cell + at + REGISTER_CELL_MAX + more, 100, ";2027-09-01;S;O\n");
		run_text(h, cell);
		T_TRUE(more ? "a cell too long" : "a cell as long as it may be",
		    (harness_item(h, "register.date", "a")->state == ITEM_UNKNOWN) == (more > 0));
	}
	for (int more = 0; more < 2; more++) {
		at = (size_t)snprintf(cell, sizeof(cell), "id;title;at;owner;secondary\n");
		memset(cell + at, 'i', REGISTER_ID_MAX + (size_t)more);
		snprintf(cell + at + REGISTER_ID_MAX + more, 100, ";T;2027-09-01;S;O\n");
		run_text(h, cell);
		T_INT(more ? "an id too long" : "an id as long as it may be",
		    harness_count(h, "register.date"), !more);
	}
	run(h, dir);
	T_INT("a folder's lists", harness_count(h, "register.read"), 2);
}

static void
clear(void)
{
	DIR *d = opendir(dir);
	struct dirent *entry;

	while (d != NULL && (entry = readdir(d)) != NULL)
		unlinkat(dirfd(d), entry->d_name, 0);
	closedir(d);
	rmdir(dir);
}

int
main(void)
{
	struct harness h;

	if (mkdtemp(dir) == NULL)
		abort();
	zone("UTC");
	clk_fake_init(&clk, NOW);
	harness_init(&h);
	people(&h);
	dates_here(&h);
	playbooks(&h);
	portals(&h);
	missing_rows(&h);
	limits(&h);
	harness_fini(&h);
	clear();
	return t_end();
}
