/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the rig, and plays what the daemon would start: workers (watch/flight.h) and the cells of
 * sinks (tell/post.h).
 */
#include "tests/daemon_rig.h"

#include "daemon/counts.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct rig rig;

/* ---- a worker: at once there, with what the test says */

int
flight_start(struct flight *f, const struct runner *r, const struct run_spec *spec,
    struct result *out, struct arena *a)
{
	*f = (struct flight){ .spec = spec, .result = out, .arena = a };
	*out = (struct result){ .check = spec->check, .probe = spec->probe };
	out->taken = r->clk->wall(r->clk);
	out->valid_until = instant_plus(out->taken, spec->valid_for);
	f->started = r->clk->mono(r->clk);
	f->kill_at = f->started + spec->timeout;
	/* one that hangs says nothing until its time is up */
	f->child = (struct child){ .pid = -1,
		.fd =
		    eventfd(rig.stuck == NULL || strcmp(rig.stuck, spec->check) != 0, EFD_CLOEXEC),
		.err_fd = -1 };
	return 0;
}

bool
flight_read(struct flight *f)
{
	(void)f;
	return false;
}

void
flight_read_stderr(struct flight *f)
{
	(void)f;
}

void
flight_expire(struct flight *f)
{
	(void)f;
}

void
flight_land(struct flight *f, struct clk *clk)
{
	static const char *const findings[] = { NULL, "warning", "critical", NULL };
	enum rig_find found = rig.find(rig.self, f->spec->check, clk->wall(clk));
	struct item *it = arena_alloc(f->arena, sizeof(*it));

	rig.runs++;
	*it = (struct item){ .target = f->spec->check,
		.rule = found == RIG_FAILS ? "plugin" RUN_RULE : "plugin.status",
		.state = found == RIG_FAILS ? ITEM_UNKNOWN
			 : found == RIG_OK  ? ITEM_FINE
					    : ITEM_FOUND,
		.finding = findings[found],
		.summary = "what the test says",
		.verdict = { .start_by = INSTANT_NONE } };
	f->result->items = it;
	f->result->nitems = 1;
	if (rig.dress != NULL)
		rig.dress(rig.self, f->result);
	close(f->child.fd);
}

/* ---- a sink's cell: all letters of a batch at once */

static struct letter *batch; /* of the one cell that works now: one turn begins and ends it */
static char batch_sink[16];

size_t
post_batch(const struct letter *letters, size_t n)
{
	(void)letters;
	return n;
}

int
post_start(struct post *p, const char *program, const struct post_job *job, const struct opt *opts,
    const void *conf, const struct letter *letters, struct err *e)
{
	(void)program, (void)opts, (void)conf, (void)e;
	*p = (struct post){ .letters = job->letters };
	p->child = (struct child){ .pid = -1, .fd = eventfd(1, EFD_CLOEXEC), .err_fd = -1 };
	p->arena = arena_new((size_t)32 << 20);
	/* what lies in the arena: the sink's name, then its letters with their text */
	p->out = arena_alloc(p->arena, sizeof(batch_sink) + job->letters * sizeof(*batch));
	snprintf((char *)p->out, sizeof(batch_sink), "%s", job->sink);
	batch = (struct letter *)(void *)(p->out + sizeof(batch_sink));
	for (uint32_t i = 0; i < job->letters; i++) {
		batch[i] = letters[i];
		batch[i].event = arena_text(p->arena, letters[i].event);
		batch[i].body = arena_text(p->arena, letters[i].body);
	}
	return 0;
}

short
post_events(const struct post *p)
{
	(void)p;
	return POLLIN;
}

/* The text behind "name": in a CloudEvents body, up to the next quote. */
static void
member(const char *body, const char *name, char *out, size_t size)
{
	char find[32];
	const char *at;

	snprintf(find, sizeof(find), "\"%s\":\"", name);
	at = strstr(body, find);
	out[0] = '\0';
	if (at != NULL)
		snprintf(
		    out, size, "%.*s", (int)strcspn(at + strlen(find), "\""), at + strlen(find));
}

static void
keep(const char *sink, const struct letter *l, bool taken)
{
	struct rig_letter *v;
	char sequence[32];

	if (rig.nletters == RIG_LETTERS_MAX)
		abort();
	v = &rig.letters[rig.nletters++];
	*v = (struct rig_letter){ .sent = rig.clk.wall_now, .as_sent = *l, .taken = taken };
	snprintf(v->sink, sizeof(v->sink), "%s", sink);
	snprintf(v->event, sizeof(v->event), "%s", l->event);
	snprintf(v->start, sizeof(v->start), "%s", l->body);
	member(l->body, "type", v->type, sizeof(v->type));
	member(l->body, "source", v->source, sizeof(v->source));
	member(l->body, "subject", v->subject, sizeof(v->subject));
	member(l->body, "alert", v->alert, sizeof(v->alert));
	member(l->body, "sequence", sequence, sizeof(sequence));
	v->sequence = strtoull(sequence, NULL, 10);
}

bool
post_turn(struct post *p, void (*answer)(void *self, const struct answer *w), void *self)
{
	const char *sink = (const char *)p->out;
	const struct letter *v = (const struct letter *)(const void *)(p->out + sizeof(batch_sink));
	bool takes = rig.receiver == NULL || rig.receiver(rig.self, sink);

	for (uint32_t i = 0; i < p->letters; i++) {
		struct answer a = { .outcome = takes ? POST_DELIVERED : POST_LATER,
			.reason = takes ? "" : "nobody answers" };

		if (rig.answer != NULL)
			a = rig.answer(rig.self, sink, &v[i]);
		a.row = v[i].row;
		keep(sink, &v[i], a.outcome == POST_DELIVERED || a.outcome == POST_PARTLY);
		answer(self, &a);
	}
	return false;
}

int
post_end(struct post *p, struct err *e)
{
	(void)e;
	close(p->child.fd);
	arena_free(p->arena);
	return 0;
}

/* ---- a disk that is full, under the real SQLite */

static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_write)(int, const void *, size_t);

static ssize_t
full_pwrite(int fd, const void *bytes, size_t n, off_t at)
{
	if (rig.disk_full) {
		errno = ENOSPC;
		return -1;
	}
	return real_pwrite(fd, bytes, n, at);
}

static ssize_t
full_write(int fd, const void *bytes, size_t n)
{
	if (rig.disk_full) {
		errno = ENOSPC;
		return -1;
	}
	return real_write(fd, bytes, n);
}

static void
replace_call(sqlite3_vfs *vfs, const char *name, sqlite3_syscall_ptr with, sqlite3_syscall_ptr *old)
{
	*old = vfs->xGetSystemCall(vfs, name);
	if (*old != NULL && vfs->xSetSystemCall(vfs, name, with) != SQLITE_OK)
		abort();
}

static void
stand_before_disk(void)
{
	sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);

	if (real_pwrite != NULL)
		return;
	replace_call(vfs, "pwrite64", (sqlite3_syscall_ptr)full_pwrite,
	    (sqlite3_syscall_ptr *)(void *)&real_pwrite);
	if (real_pwrite == NULL)
		replace_call(vfs, "pwrite", (sqlite3_syscall_ptr)full_pwrite,
		    (sqlite3_syscall_ptr *)(void *)&real_pwrite);
	replace_call(vfs, "write", (sqlite3_syscall_ptr)full_write,
	    (sqlite3_syscall_ptr *)(void *)&real_write);
}

void
rig_disk_full(bool full)
{
	rig.disk_full = full;
}

/* ---- the rig */

static void
hear(void *self, const struct frame *f)
{
	struct frame copy = *f;
	struct arena *a = arena_new(65536);
	struct ctl_event v;

	(void)self;
	if (ctl_get_event(&copy, a, &v, NULL) == 0 && v.kind != EVENT_HEARTBEAT)
		rig.heard++;
	arena_free(a);
}

/* Ready descriptors first, else the clock jumps to the moment that is waited for. */
static int
wait_by_jumping(struct daemon *d, struct pollfd *p, size_t n, span until)
{
	span now = world_boot(&d->world);

	p[0] = p[1] = (struct pollfd){ -1, 0, 0 };
	if (poll(p, n, 0) == 0 && until > now)
		clk_fake_pass(&rig.clk, until < now + SPAN_DAY ? until - now : SPAN_DAY);
	return 0;
}

void
rig_open(instant start)
{
	bool ram = access("/dev/shm", W_OK) == 0;

	stand_before_disk();
	snprintf(
	    rig.folder, sizeof(rig.folder), "%s/forewarn-rig.XXXXXX", ram ? "/dev/shm" : "/tmp");
	if (mkdtemp(rig.folder) == NULL)
		abort();
	snprintf(rig.state, sizeof(rig.state), "%s/state", rig.folder);
	snprintf(rig.conf, sizeof(rig.conf), "%s/forewarn.conf", rig.folder);
	rig.letters = calloc(RIG_LETTERS_MAX, sizeof(*rig.letters));
	clk_fake_init(&rig.clk, start);
}

void
rig_close(void)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -rf %s", rig.folder);
	if (system(command) != 0)
		abort();
	free(rig.letters);
}

void
rig_configure(const char *text)
{
	FILE *f = fopen(rig.conf, "w");

	if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0)
		abort();
}

void
rig_start(void)
{
	const struct daemon_world w = { .clk = &rig.clk.clk,
		.state_dir = rig.state,
		.host = "host",
		.sink_program = "/nonexistent",
		.conf_path = rig.conf };

	if (daemon_open(&rig.d, &w) != 0)
		abort();
	rig.d.wait = wait_by_jumping;
	rig.d.ledger.listener = hear;
}

void
rig_stop(void)
{
	daemon_close(&rig.d);
}

void
rig_pass(span d)
{
	span end = world_boot(&rig.d.world) + d;

	while (world_boot(&rig.d.world) < end)
		if (daemon_step(&rig.d) < 0)
			abort();
}

void
rig_suspend(span d)
{
	rig.clk.away += d;
	rig.clk.wall_now = instant_plus(rig.clk.wall_now, d);
}

void
rig_jump(span d)
{
	rig.clk.wall_now = instant_plus(rig.clk.wall_now, d);
}

void
rig_sql(const char *text)
{
	char path[128];
	sqlite3 *db;

	snprintf(path, sizeof(path), "%s/" STORE_FILE, rig.state);
	if (sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK)
		abort();
	sqlite3_close(db);
}

size_t
rig_count(const char *sink, const char *type, const char *check, instant from)
{
	size_t n = 0;

	for (size_t i = 0; i < rig.nletters; i++) {
		const struct rig_letter *l = &rig.letters[i];

		n += l->taken && l->sent >= from && (sink == NULL || strcmp(l->sink, sink) == 0) &&
		     (type == NULL || strcmp(l->type, type) == 0) &&
		     (check == NULL || strcmp(l->subject, check) == 0);
	}
	return n;
}

struct looking {
	struct standing *out;
	bool found;
};

static void
look(void *self, const struct store_standing *row)
{
	struct looking *l = self;

	if (row_is_run(row))
		return;
	*l->out = row->st;
	l->found = true;
}

bool
rig_standing(const char *check, struct standing *out)
{
	struct looking l = { out, false };

	if (store_standings(rig.d.world.store, check, look, &l, NULL) < 0)
		abort();
	return l.found;
}
