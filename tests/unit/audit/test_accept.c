/* SPDX-License-Identifier: Apache-2.0
 *
 * Findings that a person accepted, and the head that is kept outside: what ends, what stays known,
 * what comes back when the notes are gone.
 */
#include "probes/audit/accept.h"
#include "probes/audit/finding.h"
#include "probes/audit/head.h"
#include "probes/audit/remembered.h"

#include "tests/probe_harness.h"
#include "tests/t.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define PATH "/var/log/a.log"
#define NOW 1795508040000000

static struct digester *digest;
static struct arena *a;
static struct err e;
static int dir;

static void
load(struct log *l)
{
	*l = (struct log){ .path = PATH, .now = NOW };
	T_INT("loaded", state_load(&l->s, dir, PATH, a, digest, &e), 0);
	/* one of these tests saves what the others are not to find */
	l->s.nfound = l->s.nsegs = 0;
	l->s.born = NOW;
}

/* A segment that is changed, still followed, and what was found of it. */
static void
change(struct log *l, const char *key)
{
	struct finding_place p = { .segment = 1, .record = 7 };

	if (l->s.nsegs == 0) {
		struct segment *g = known_add_segment(&l->s, 0, PATH);

		g->id = 1;
		g->state = SEG_ACTIVE;
		g->flawed = true;
	}
	finding_add(&l->s, NOW, "edited", key, &p, "a.log was changed");
}

static struct accept
word(const struct log *l, size_t i, char id[FINDING_ID])
{
	accept_id(&l->s, &l->s.found[i], id);
	return (struct accept){ PATH, "audit.edited", id, NOW + 1, "Lee", "meant" };
}

static void
apply(struct log *l, struct accept v)
{
	const struct handed h = { .accepts = &v, .naccepts = 1 };

	accept_apply(l, &h);
}

static void
accepted(void)
{
	char id[FINDING_ID], other[FINDING_ID];
	struct accept v;
	struct str text;
	struct state back;
	struct log l;

	load(&l);
	change(&l, "changed");
	v = word(&l, 0, id);
	change(&l, "deleted");
	accept_id(&l.s, &l.s.found[1], other);
	T_TRUE("two findings, two identities", strcmp(id, other) != 0);
	v.target = "/var/log/b.log";
	apply(&l, v);
	v = word(&l, 0, id);
	v.rule = "audit.time";
	apply(&l, v);
	v.rule = "cert.gone";
	apply(&l, v);
	v = word(&l, 0, id);
	v.finding = "0000000000000000";
	apply(&l, v);
	T_INT("nothing that was not meant", accept_open(&l.s), 2);
	apply(&l, word(&l, 0, id));
	T_INT("one is", accept_open(&l.s), 1);
	T_INT("and stays known, since it is still there", l.s.nfound, 2);
	T_TRUE("the other is open", finding_is_open(&l.s, "edited", 1));
	T_TEXT("by whom", accept_newest(&l.s)->by, "Lee");
	str_init(&text, STATE_HEAD_MAX);
	head_write(&l.s, &text);
	state_load(&back, dir, PATH, a, digest, &e);
	T_TRUE("the head comes back", head_read(&back, arena_textn(a, text.s, text.len), text.len));
	T_INT("with the mark", accept_open(&back), 1);
	T_TEXT("and the name", accept_newest(&back)->by, "Lee");
	str_fini(&text);
	apply(&l, word(&l, 1, other));
	T_INT("nothing is open", accept_open(&l.s), 0);
	accept_tidy(&l.s);
	T_INT("of a segment the newest mark stays", l.s.nfound, 1);
	l.s.segs[0].flawed = false;
	accept_tidy(&l.s);
	T_INT("what is mended leaves no mark", l.s.nfound, 0);
	state_fini(&back);
	state_fini(&l.s);
}

/* What is in no file any more is not found a second time: no mark. A name as long as it may be. */
static void
ended(void)
{
	char id[FINDING_ID], name[ACCEPT_BY_MAX + 1];
	struct accept v;
	struct log l;

	load(&l);
	change(&l, "changed");
	l.s.segs[0].state = SEG_LOST;
	apply(&l, word(&l, 0, id));
	T_INT("it is over", l.s.nfound, 0);
	l.s.segs[0].state = SEG_ACTIVE;
	change(&l, "changed");
	memset(name, 'n', ACCEPT_BY_MAX);
	name[ACCEPT_BY_MAX] = '\0';
	v = word(&l, 0, id);
	v.by = name;
	apply(&l, v);
	T_TEXT("the longest name is kept whole", l.s.found[0].by, name);
	state_fini(&l.s);
}

static void
unclear(void)
{
	struct accept v = { PATH, "audit.understood", NULL, NOW + 1, "Lee", "meant" };
	char id[FINDING_ID];
	struct log l;

	load(&l);
	l.s.understood.how = 5;
	accept_unclear_id(&l.s, id);
	v.finding = id;
	apply(&l, v);
	T_TRUE("accepted", accept_unclear(&l.s) != NULL);
	apply(&l, v);
	T_INT("once", l.s.nfound, 1);
	l.s.understood.how = 6;
	T_TRUE("for those options only", accept_unclear(&l.s) == NULL);
	accept_tidy(&l.s);
	T_INT("then it is forgotten", l.s.nfound, 0);
	state_fini(&l.s);
}

/* What the probe has kept of a log whose notes hold these findings. */
static struct keep
kept_of(struct harness *h, struct log *l)
{
	h->kept = (struct keep){ NULL, NULL, 0 };
	remembered_keep(&h->ctx, PATH, &l->s, l->now, NULL);
	return h->kept;
}

static void
remembered(void)
{
	struct harness h;
	struct keep k;
	struct log l, anew;

	harness_init(&h);
	load(&l);
	change(&l, "changed");
	change(&l, "changed");
	change(&l, "deleted");
	finding_add(&l.s, NOW, "admitted", "earlier", &(struct finding_place){ 0 }, "x");
	T_INT("saved", state_save(&l.s, &e), 0);
	k = kept_of(&h, &l);
	T_TEXT("of that log", k.target, PATH);
	T_HAS("what is open, each kind once", k.text,
	    " was=edited:changed,edited:deleted,admitted:earlier");
	l.s.known = true;
	remembered_compare(&l, &k);
	T_INT("notes that follow", l.s.nfound, 4);
	l.s.valid--;
	remembered_compare(&l, &k);
	T_TRUE("notes that are shorter", finding_known(&l.s, "state", "put-back", NULL) != NULL);
	T_INT("what is open already is not doubled", l.s.nfound, 5);
	load(&anew);
	anew.now = NOW + 5;
	anew.s.known = false;
	remembered_compare(&anew, &k);
	T_TRUE("notes that are gone", finding_known(&anew.s, "state", "vanished", NULL) != NULL);
	T_INT("and what was open, but for a plan", anew.s.nfound, 3);
	T_TRUE("is open", finding_known(&anew.s, "edited", "deleted", NULL) != NULL);
	remembered_compare(&anew, &k);
	T_INT("once", anew.s.nfound, 3);
	state_fini(&anew.s);
	load(&anew);
	anew.s.known = true;
	anew.s.born = NOW + 1;
	remembered_compare(&anew, &k);
	T_TRUE("begun anew is gone", finding_known(&anew.s, "state", "vanished", NULL) != NULL);
	state_fini(&anew.s);
	state_fini(&l.s);
	harness_fini(&h);
}

/* Texts that nobody of ours wrote change nothing; as many kinds as are named, and one more. */
static void
odd(void)
{
	static const char *const texts[] = { "", "x", "fw1 kept", "fw1 head stream=x",
		"fw1 kept stream=ffffffffffffffff born=1 at=1 bytes=1 chain=00" };
	static const char *const keys[] = { "changed", "deleted", "inserted", "reordered" };
	struct harness h;
	struct keep k;
	struct log l;
	char *text;

	harness_init(&h);
	load(&l);
	l.s.known = true;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		remembered_compare(&l, &(struct keep){ PATH, texts[i], 0 });
	remembered_compare(&l, NULL);
	T_INT("nothing is made of it", l.s.nfound, 0);
	for (size_t i = 0; i < 4; i++)
		change(&l, keys[i]);
	for (size_t i = 0; i < 5; i++)
		finding_add(&l.s, NOW, i < 3 ? "sequence" : "generation",
		    i == 0   ? "gap"
		    : i == 1 ? "repeated"
		    : i == 2 ? "restarted"
		    : i == 3 ? "missing"
			     : "damaged",
		    &(struct finding_place){ 0 }, "x");
	k = kept_of(&h, &l);
	T_HAS("the eighth kind is named", k.text, "generation:missing");
	T_TRUE("the ninth is not", strstr(k.text, "generation:damaged") == NULL);
	text = arena_text(a, k.text);
	for (size_t n = strlen(text); n-- > 0;) {
		text[n] = '\0';
		remembered_compare(&l, &(struct keep){ PATH, text, 0 });
	}
	T_TRUE("cut anywhere it is at most another kind of state", l.s.nfound <= 9 + 2);
	state_fini(&l.s);
	harness_fini(&h);
}

int
main(void)
{
	char folder[] = "/tmp/forewarn-accept.XXXXXX", command[128];

	a = arena_new((size_t)256 << 20);
	digest = digest_new(&e);
	if (mkdtemp(folder) == NULL || (dir = open(folder, O_RDONLY | O_DIRECTORY)) < 0)
		abort();
	accepted();
	ended();
	unclear();
	remembered();
	odd();
	digest_free(digest);
	arena_free(a);
	close(dir);
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command) != 0 || t_end();
}
