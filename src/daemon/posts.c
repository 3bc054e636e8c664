/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the cells of the sinks: which runs, when one may run again, and how it went.
 */
#include "daemon/posts.h"

#include "daemon/company.h"
#include "daemon/journal.h"
#include "daemon/posts_private.h"

#include <string.h>

#define ARENA_MAX ((size_t)32 << 20)
#define CELL_TIME (60 * SPAN_S) /* for a batch; a cell that is not done is killed */

void
posts_init(struct posts *p, const struct ground *on, const char *program)
{
	*p = (struct posts){ .on = on, .program = program, .heartbeat_delivered_at = INSTANT_NONE };
}

static void
free_batch(struct sending *s)
{
	arena_free(s->batch);
	s->batch = NULL;
	s->letters = NULL;
	s->nletters = 0;
}

static void
end_cell(struct sending *s)
{
	if (!s->posting)
		return;
	post_end(&s->post, NULL);
	free_batch(s);
	s->posting = false;
}

void
posts_stop(struct posts *p)
{
	for (size_t i = 0; i < p->n; i++)
		end_cell(&p->v[i]);
}

void
posts_fini(struct posts *p)
{
	posts_stop(p);
	p->v = NULL;
	p->n = 0;
}

/* ---- another configuration */

/* By what a cell would be sent: two tables of options that say the same. */
static bool
same_options(const struct sink_conf *a, const struct sink_conf *b)
{
	struct frame x, y;
	bool same;

	if (a->kind != b->kind)
		return false;
	frame_init(&x, 0);
	frame_init(&y, 0);
	opts_put(&x, a->kind->opts, a->options);
	opts_put(&y, b->kind->opts, b->options);
	same = !x.bad && !y.bad && x.len == y.len && memcmp(x.data, y.data, x.len) == 0;
	frame_fini(&x);
	frame_fini(&y);
	return same;
}

static struct sending *
sending_of(struct posts *p, const char *id)
{
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->v[i].conf->id, id) == 0)
			return &p->v[i];
	return NULL;
}

/* What is known of the sink goes over into `to`; a batch only where it would be sent the same way.
 */
static void
carry_over(struct sending *to, struct sending *from)
{
	if (!same_options(to->conf, from->conf)) {
		end_cell(from);
		from->not_before = from->not_before_stop =
		    0; /* somebody has changed something: try at once */
	}
	from->conf = to->conf;
	*to = *from;
	from->posting = false;
}

void
posts_adopt(struct posts *p)
{
	const struct ways *ways = p->on->ways;
	struct sending *v = arena_array(p->on->generation->arena, ways->n + 1, sizeof(*v));

	for (size_t i = 0; i < ways->n; i++) {
		struct sending *before = sending_of(p, ways->v[i].conf->id);

		v[i].conf = ways->v[i].conf;
		v[i].since = v[i].last_taken = INSTANT_NONE;
		v[i].parked = true;
		if (before != NULL)
			carry_over(&v[i], before);
	}
	posts_stop(p);
	p->v = v;
	p->n = ways->n;
}

/* ---- a batch */

static bool
has_arrived(const struct sending *s, int64_t row)
{
	for (size_t i = 0; i < s->narrived; i++)
		if (s->arrived[i] == row)
			return true;
	return false;
}

/* Leaves those out of the batch that arrived before, unless that can be noted now. */
static void
leave_out_arrived(struct posts *p, struct sending *s)
{
	struct ledger *l = p->on->ledger;
	struct err e = { 0 };
	size_t n = 0;

	if (s->narrived == 0)
		return;
	for (size_t i = 0; i < s->nletters; i++)
		if (!has_arrived(s, s->letters[i].row))
			s->letters[n++] = s->letters[i];
	s->nletters = n;
	if (ledger_begin(l, &e) == 0) {
		if (sending_note_arrived(p, s, &e) == 0 && ledger_commit(l, &e) == 0) {
			s->narrived = s->unnoted = 0;
			ledger_write_worked(l);
			return;
		}
		ledger_rollback(l);
	}
	sending_not_noted(p, s, &e);
}

/* The letters that are due. False: none. */
static bool
gather(struct posts *p, struct sending *s, bool urgent)
{
	const struct world *w = p->on->world;
	struct err e = { 0 };

	s->batch = arena_new(ARENA_MAX);
	if (store_letters_due(w->store, s->conf->id, urgent, world_boot(w), POSTS_LETTERS, s->batch,
		&s->letters, &s->nletters, &e) < 0) {
		journal(JOURNAL_ERROR, "the outbox cannot be read: %s", e.msg);
		s->nletters = 0;
	}
	leave_out_arrived(p, s);
	if (s->nletters > 0)
		return true;
	free_batch(s);
	return false;
}

/* As the cell gets them; as many as fit into one batch stay in s. */
static struct letter *
address(struct posts *p, struct sending *s)
{
	struct letter *v = arena_array(s->batch, s->nletters, sizeof(*v));
	struct host_clock clock;
	double last, drift;
	bool known = hostclock_fresh(p->on->hostclock, p->on->world, &clock);
	bool was = !known && hostclock_last(p->on->hostclock, p->on->world, &last, &drift);

	s->answered = arena_array(s->batch, s->nletters, sizeof(*s->answered));
	for (size_t i = 0; i < s->nletters; i++)
		v[i] = (struct letter){ .row = s->letters[i].row,
			.event = s->letters[i].event,
			.order = s->letters[i].key,
			.type = s->letters[i].type,
			.body = s->letters[i].body,
			.clock_known = known,
			.offset = known ? clock.offset : 0,
			.attempt = s->letters[i].tries,
			.clock_was_known = was,
			.last_offset = was ? last : 0,
			.drift = was ? drift : 0 };
	s->nletters = post_batch(v, s->nletters);
	return v;
}

static void
start_cell(struct posts *p, struct sending *s, bool urgent)
{
	struct post_job job = {
		.type = s->conf->type, .sink = s->conf->id, .fence = *p->on->generation->fence
	};
	const struct letter *letters;
	struct err e = { 0 };

	company_gather(p->on, &p->on->ways->v[s - p->v], urgent, &s->next_company);
	if (!gather(p, s, urgent))
		return;
	letters = address(p, s);
	job.letters = (uint32_t)s->nletters;
	s->kill_at = world_mono(p->on->world) + CELL_TIME;
	job.deadline = s->kill_at - SPAN_S;
	if (post_start(&s->post, p->program, &job, s->conf->kind->opts, s->conf->options, letters,
		&e) == 0) {
		s->posting = true;
		return;
	}
	free_batch(s);
	sending_failed(p, s, PACE_USUAL, 0, e.msg);
}

void
posts_start(struct posts *p)
{
	span now = world_boot(p->on->world), due;

	for (size_t i = 0; i < p->n; i++) {
		struct sending *s = &p->v[i];
		enum lane lane = sending_lane(p, i);
		bool urgent = lane == LANE_URGENT;

		if (!s->posting && lane != LANE_CLOSED &&
		    store_letters_next(p->on->world->store, s->conf->id, urgent, &due, NULL) == 0 &&
		    due <= now)
			start_cell(p, s, urgent);
	}
}

size_t
posts_poll(struct posts *p, struct pollfd *pfd)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		if (p->v[i].posting)
			pfd[n++] =
			    (struct pollfd){ p->v[i].post.child.fd, post_events(&p->v[i].post), 0 };
	return n;
}

size_t
posts_pids(const struct posts *p, pid_t *pids)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		if (p->v[i].posting)
			pids[n++] = p->v[i].post.child.pid;
	return n;
}

const char *
posts_of_pid(const struct posts *p, pid_t pid)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->v[i].posting && p->v[i].post.child.pid == pid)
			return p->v[i].conf->id;
	return NULL;
}

/* It said that it is done, or its time is up. */
static void
finish(struct posts *p, struct sending *s)
{
	struct err e = { 0 };
	int rc;

	if (s->post.cell[0] != '\0' && strcmp(s->cell, s->post.cell) != 0) {
		memcpy(s->cell, s->post.cell, sizeof(s->cell));
		p->changed = true;
	}
	rc = post_end(&s->post, &e);
	s->posting = false;
	free_batch(s);
	if (rc < 0)
		sending_failed(p, s, PACE_USUAL, 0, e.msg);
}

void
posts_handle(struct posts *p, const struct pollfd *pfd, size_t n)
{
	for (size_t i = 0; i < p->n; i++) {
		struct sending *s = &p->v[i];
		bool more = true;

		if (!s->posting)
			continue;
		for (size_t k = 0; k < n; k++)
			if (pfd[k].fd == s->post.child.fd && pfd[k].revents != 0)
				more = sending_take_answers(p, s);
		if (!more || world_mono(p->on->world) >= s->kill_at)
			finish(p, s);
	}
}

span
posts_next(const struct posts *p)
{
	const struct world *w = p->on->world;
	span boot = world_boot(w), mono = world_mono(w), next = SPAN_MAX;

	for (size_t i = 0; i < p->n; i++) {
		const struct sending *s = &p->v[i];
		span due = s->posting ? boot + (s->kill_at - mono) : sending_next(p, i);

		if (due < next)
			next = due;
	}
	return next;
}
