/* SPDX-License-Identifier: Apache-2.0
 *
 * What is kept between runs: the head as text and back, every truncation and every flipped bit of
 * it, statements that outlive a crash, names of older files.
 */
#include "probes/audit/files.h"
#include "probes/audit/finding.h"
#include "probes/audit/head.h"
#include "probes/audit/state.h"

#include "tests/t.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static struct digester *digest;

static void
fill(struct state *s)
{
	struct segment *g = known_add_segment(s, 0, "/var/log/a b%/x.log.1");

	g->id = 1;
	g->state = SEG_CLOSED;
	g->whole = true;
	g->format = FORMAT_AUDITD;
	g->hints = (struct hints){ 1, 2, 3, -4, 5, 6 };
	g->sealed = g->first.len = 3;
	g->records = g->chunks = 1;
	g = known_add_segment(s, 1, "/var/log/a b%/x.log");
	g->id = 2;
	g->state = SEG_ACTIVE;
	s->next_segment = 3;
	s->born = 1795508040000000;
	s->order.own.numbered = true;
	s->order.holes[0] = (struct order_hole){ 3, 4, 5, 6, { 1, 2, 3 } };
	s->order.nholes = 1;
	s->testimony.recorders[0] = (struct recorder){ FROM_AUDITD, 2, true, false, true, true, 3,
		4, 5, 6, 0, 7, false, { 8, 9, 10 } };
	s->testimony.nrecorders = 1;
	s->order.rhythm.pauses[7] = 8;
	s->order.rhythm.paused[7] = 9;
	s->order.rhythm.week = 2969;
	s->order.rhythm.weeks = 8;
	s->order.rhythm.hours[167] = 0xa5;
	s->order.nodes[0] = (struct order_writer){ 9, true, true, false, 8, 7, 6 };
	s->order.nnodes = 1;
	s->account = (struct account){ "l a\nb", 9, 8, 10, 7, 6, 5, 0xffffff };
	s->sights = (struct sights){ true, { 1, -2, 0640, 3, 1, 0 }, { 4, 5, 07777, 6, 0, 1 } };
	s->understood = (struct understood){ UINT64_MAX, 1000, 999, 0, 998, { 1, 2, 3, UINT64_MAX },
		true, true, { 2, 900, 12345 }, { 0 }, { { 0 }, 0, 0 }, 0 };
	finding_add(s, s->born, "edited", "changed",
	    &(struct finding_place){ 1, 2, 3, 4, 5, 6, 7, 8 }, "100%% \"text\" \xc3\xa9");
	state_sayf(s, "fw1 chunk seg=1 off=0 len=3 rec=1 sha256=%064d", 7);
}

static void
head(int dir)
{
	struct arena *a = arena_new((size_t)1 << 28);
	struct state s, back;
	struct err e;
	struct str text;
	size_t refused = 0, flipped = 0;
	char *copy;

	T_INT("nothing is there", state_load(&s, dir, "/var/log/x", a, digest, &e), 0);
	T_TRUE("and it says so", !s.known);
	fill(&s);
	str_init(&text, STATE_HEAD_MAX);
	head_write(&s, &text);
	copy = arena_textn(a, text.s, text.len);
	state_load(&back, dir, "/var/log/x", a, digest, &e);
	T_TRUE("the head comes back", head_read(&back, copy, text.len));
	T_INT("its segments", back.nsegs, 2);
	T_TEXT("a name with a space", back.segs[0].name, "/var/log/a b%/x.log.1");
	T_INT("a time before 1970", back.segs[0].hints.btime, -4);
	T_INT("its hole", back.order.holes[0].to, 5);
	T_INT("its week", back.order.rhythm.hours[167], 0xa5);
	T_TEXT("its user", back.account.name, "l a\nb");
	T_INT("the hours", back.account.hours, 0xffffff);
	T_INT("its computers", back.order.nodes[0].node, 9);
	T_TRUE("how its file was", memcmp(&back.sights, &s.sights, sizeof(s.sights)) == 0);
	T_TRUE("what was understood",
	    memcmp(&back.understood, &s.understood, sizeof(s.understood)) == 0);
	T_INT("who records", back.testimony.nrecorders, 1);
	T_TRUE("and that it is off",
	    back.testimony.recorders[0].off == 6 && back.testimony.recorders[0].told);
	T_INT("where it says so", back.testimony.recorders[0].place.offset, 10);
	T_TEXT("its finding", back.found[0].text, "100% \"text\" \xc3\xa9");
	for (size_t n = 0; n < text.len; n++) {
		memcpy(copy, text.s, text.len);
		state_load(&back, dir, "/var/log/x", a, digest, &e);
		refused += !head_read(&back, copy, n);
		memcpy(copy, text.s, text.len);
		copy[n] = (char)(copy[n] ^ 1 << n % 8);
		state_load(&back, dir, "/var/log/x", a, digest, &e);
		flipped += !head_read(&back, copy, text.len);
	}
	T_INT("every truncation is refused", refused, text.len);
	T_INT("every flipped bit is refused", flipped, text.len);
	str_fini(&text);
	state_fini(&s);
	arena_free(a);
}

/* Lines of a head: what 0.1.0 wrote, and counts that cannot be. */
static void
understood_lines(int dir)
{
	static const char first[] =
	    "fw1 head stream=%s valid=0 born=1 verified=1 grown=0 away=0 "
	    "cursor=0 next=1 rec=0 chain=%064d cursor_chain=%064d path=x\n"
	    "fw1 order numbered=0 timed=0 starts=0 last=0 newest=0 year=0\n";
	static const struct {
		const char *name, *line;
		bool taken;
	} rows[] = {
		{ "none, as in 0.1.0", "", true },
		{ "all that fit",
		    "fw1 understood how=1 rec=9 times=9 numbers=9 fit=9 good=1 fell=0 segment=0 "
		    "record=0 offset=0 last0=1 last1=0 last2=0 last3=0\n",
		    true },
		{ "more than there are",
		    "fw1 understood how=1 rec=9 times=9 numbers=9 fit=10 good=1 fell=0 segment=0 "
		    "record=0 offset=0 last0=1 last1=0 last2=0 last3=0\n",
		    false },
		{ "as many records as there may be",
		    "fw1 understood how=1 rec=18446744073709551 times=0 numbers=0 fit=0 good=1 "
		    "fell=0 segment=0 record=0 offset=0 last0=1 last1=0 last2=0 last3=0\n",
		    true },
		{ "one more",
		    "fw1 understood how=1 rec=18446744073709552 times=0 numbers=0 fit=0 good=1 "
		    "fell=0 segment=0 record=0 offset=0 last0=1 last1=0 last2=0 last3=0\n",
		    false },
		{ "a word is missing",
		    "fw1 understood how=1 rec=9 times=9 numbers=9 fit=9 good=1 fell=0 segment=0 "
		    "record=0 offset=0 last0=1 last1=0 last2=0\n",
		    false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct arena *a = arena_new((size_t)1 << 28);
		struct state s;
		struct err e;
		char *text;

		state_load(&s, dir, "/var/log/z", a, digest, &e);
		text = arena_printf(a, first, s.id, 0, 0);
		text = arena_printf(a, "%s%s", text, rows[i].line);
		T_INT(rows[i].name, head_lines(&s, text, strlen(text)), rows[i].taken);
		state_fini(&s);
		arena_free(a);
	}
}

/* A first run that was killed has left a head that knows nothing, and perhaps statements. */
static void
first_crash(int dir)
{
	struct arena *a = arena_new((size_t)1 << 28);
	struct state s;
	struct err e;
	char name[64];

	state_load(&s, dir, "/var/log/first", a, digest, &e);
	for (int i = 0; i < 20000; i++) /* until some of them are written */
		state_sayf(&s, "fw1 chunk seg=1 off=%d len=1 rec=1 sha256=%064d", i, 7);
	T_TRUE("nothing was saved", s.begun && s.valid == 0);
	snprintf(name, sizeof(name), "%s.head", s.id);
	state_fini(&s);
	T_INT("after the crash", state_load(&s, dir, "/var/log/first", a, digest, &e), 0);
	T_TRUE("it is as if it had not been", !s.known && s.written == 0 && s.next_segment == 1);
	state_fini(&s);
	unlinkat(dir, name, 0);
	T_INT("without its head", state_load(&s, dir, "/var/log/first", a, digest, &e), -1);
	T_TRUE("somebody took it", s.headless && e.code == ERR_PARSE);
	T_INT("put aside", state_restart(&s, &e), 0);
	state_fini(&s);
	T_INT("and begun anew", state_load(&s, dir, "/var/log/first", a, digest, &e), 0);
	T_TRUE("from nothing", !s.known && !s.headless);
	state_fini(&s);
	arena_free(a);
}

static void
crash(int dir)
{
	struct arena *a = arena_new((size_t)1 << 28);
	struct state s;
	struct err e;

	state_load(&s, dir, "/var/log/x", a, digest, &e);
	fill(&s);
	T_INT("saved", state_save(&s, &e), 0);
	T_TRUE("the notes are sound", state_sound(&s));
	/* what a killed run has written behind the head's word */
	state_sayf(&s, "fw1 chunk seg=1 off=3 len=3 rec=1 sha256=%064d", 9);
	T_TRUE("also with what is new", state_sound(&s));
	state_fini(&s);
	T_INT("after a crash", state_load(&s, dir, "/var/log/x", a, digest, &e), 0);
	T_TRUE("the old ones are sound", state_sound(&s) && s.known);
	T_INT("and one finding", s.nfound, 1);
	state_fini(&s);
	arena_free(a);
}

/* What a log admits: kept while its bytes are away; what is off is off however long ago it began.
 */
static void
testimony(int dir)
{
	struct arena *a = arena_new((size_t)1 << 28);
	struct finding_place here = { 7, 8, 9, 0, 0, 0, 0, 0 }, other = { 7, 8, 10, 0, 0, 0, 0, 0 };
	struct state s;
	struct err e;

	state_load(&s, dir, "/var/log/z", a, digest, &e);
	finding_add(&s, 1, "stopped", "off", &here, "x");
	finding_add(&s, 1, "admitted", "rsyslog", &here, "x");
	finding_drop(&s, NULL, 7);
	T_INT("the log's bytes are back: both stay", s.nfound, 2);
	finding_expire(&s, 1 + SPAN_DAY / SPAN_US, SPAN_MIN);
	T_INT("a loss is forgotten", s.nfound, 1);
	T_TRUE("what is off is not", finding_known(&s, "stopped", "off", &here) != NULL);
	T_TRUE("at any place", finding_known(&s, "stopped", "off", NULL) != NULL);
	T_TRUE("not at another", finding_known(&s, "stopped", "off", &other) == NULL);
	T_TRUE("nor of another key", finding_known(&s, "stopped", "interrupted", &here) == NULL);
	finding_end(&s, finding_known(&s, "stopped", "off", NULL));
	T_INT("it ended", s.nfound, 0);
	state_fini(&s);
	arena_free(a);
}

static void
findings(int dir)
{
	struct arena *a = arena_new((size_t)1 << 28);
	struct state s;
	struct err e;

	state_load(&s, dir, "/var/log/y", a, digest, &e);
	finding_add(&s, 1, "edited", "changed", &(struct finding_place){ .segment = 9 }, "x");
	for (uint64_t i = 1; i <= AUDIT_SAME_MAX + 1; i++) {
		finding_add(&s, (instant)i, "sequence", "gap",
		    &(struct finding_place){ .segment = i }, "x");
		T_INT("as many as are told one by one", s.nfound,
		    1 + (i < AUDIT_SAME_MAX ? i : AUDIT_SAME_MAX));
	}
	T_TRUE("the first stays", finding_has(&s, "sequence", 1));
	T_INT("one more is counted at the last", s.found[s.nfound - 1].more, 1);
	T_INT("with its time", s.found[s.nfound - 1].again, AUDIT_SAME_MAX + 1);
	for (uint64_t i = 1; s.nfound < AUDIT_FINDINGS_MAX; i++)
		finding_add(
		    &s, 2, "truncated", "cut", &(struct finding_place){ .segment = 9 + i }, "x");
	finding_add(&s, 3, "truncated", "cut", &(struct finding_place){ .segment = 500 }, "x");
	T_INT("the list is full", s.nfound, AUDIT_FINDINGS_MAX);
	T_TRUE("what is in it stays",
	    finding_has(&s, "edited", 9) && finding_has(&s, "truncated", 10));
	T_INT("and is counted", s.found[s.nfound - 1].more, 1);
	finding_add(&s, 3, "missing", "gone", &(struct finding_place){ .segment = 501 }, "x");
	T_INT("also a kind of its own", s.found[s.nfound - 1].more, 2);
	finding_drop(&s, "truncated", 9);
	T_TRUE("another rule's stays", finding_has(&s, "edited", 9));
	for (uint64_t i = 9; i <= 501; i++)
		finding_drop(&s, NULL, i);
	T_INT("dropped", s.nfound, AUDIT_SAME_MAX);
	finding_expire(&s, AUDIT_SAME_MAX + 1 + SPAN_MIN / SPAN_US, SPAN_MIN);
	T_INT("old ones are forgotten, not one that was seen again", s.nfound, 1);
	finding_add(&s, 1, "edited", "changed", &(struct finding_place){ .segment = 1 }, "x");
	finding_add(&s, 1, "nothing", "known", &(struct finding_place){ .segment = 1 }, "x");
	finding_expire(&s, SPAN_DAY, SPAN_MIN);
	T_INT("of the old ones only the stop stays", s.nfound, 1);
	T_TRUE("that", finding_has(&s, "edited", 1));
	state_fini(&s);
	arena_free(a);
}

static const struct {
	const char *name;
	bool is;
} names[] = {
	{ "a.log.1", true },
	{ "a.log.12.gz", true },
	{ "a.log-20261124", true },
	{ "a.log-20261124.gz", true },
	{ "a.log.2026-11-24_08:14", true },
	{ "a.log.old", true },
	{ "a.log.old.gz", true },
	{ "a.log", false },
	{ "a.log.", false },
	{ "a.log.gz", false },
	{ "a.log.bak", true },
	{ "a.1.log", true },
	{ "a-2026-11-28.log", true },
	{ "a_2026-11-28.log.zst", true },
	{ "a.log.2026-W48", true },
	{ "a.log-20261128.1.gz", true },
	{ "a.log", false },
	{ "a.log.1.tar", false },
	{ "a.log.conf", false },
	{ "a-error.log", false },
	{ "a.log.b1", false },
	{ "a.log1", false },
	{ "b.log.1", false },
	{ "a.log.1.xz", true },
	{ "a.log-audit", false },
};

int
main(void)
{
	char folder[] = "/tmp/forewarn-state.XXXXXX", command[128];
	struct err e;
	int dir;

	digest = digest_new(&e);
	if (mkdtemp(folder) == NULL || (dir = open(folder, O_RDONLY | O_DIRECTORY)) < 0)
		abort();
	head(dir);
	understood_lines(dir);
	crash(dir);
	first_crash(dir);
	findings(dir);
	testimony(dir);
	T_TRUE("two of one form", files_same_form("/l/a_2026-11-28.log", "/l/a_2026-1-2.log.gz"));
	T_TRUE("two of two", !files_same_form("/l/a_2026-11-28.log", "/l/b_2026-11-28.log"));
	T_TRUE("one is longer", !files_same_form("/l/a.log.1", "/l/a.log.1.2"));
	T_INT("a higher count is older", files_by_name("a.log.10", "a.log.9"), -1);
	T_INT("packed or not", files_by_name("a.log.2", "a.log.10.gz"), 1);
	T_INT("a later day is newer", files_by_name("a-20261128.gz", "a-20261127"), 1);
	T_INT("also with lines in it", files_by_name("a_2026-11-09.log", "a_2026-11-10.log"), -1);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		T_INT(names[i].name, files_rotated_name("a.log", names[i].name), names[i].is);
	digest_free(digest);
	close(dir);
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command) != 0 || t_end();
}
