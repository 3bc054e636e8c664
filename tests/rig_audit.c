/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/rig_audit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#define RECORD_TEXT 160

static void
die(const char *what)
{
	perror(what);
	abort();
}

void
rig_init(struct rig *r, uint64_t seed)
{
	char state[96];

	memset(r, 0, sizeof(*r));
	r->dice.s = seed;
	r->file = calloc(RIG_FILES, sizeof(*r->file));
	snprintf(r->folder, sizeof(r->folder), "%s/forewarn-trail.XXXXXX",
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	if (r->file == NULL || mkdtemp(r->folder) == NULL)
		die("a scratch folder");
	snprintf(state, sizeof(state), "%s/state", r->folder);
	if (mkdir(state, 0700) < 0)
		die("its state");
	harness_init(&r->h);
	r->h.ctx.state_fd = open(state, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	snprintf(r->file[0].path, RIG_PATH, "%s/app.log", r->folder);
	r->path = r->file[0].path;
	r->n = 1;
	r->conf = (struct audit_conf){
		.paths = { .v = &r->path, .n = 1 },
		.format = "plain",
		.time_format = "none",
		.trimmed = "no",
		.keep = 30 * SPAN_DAY,
		.max_backward = 5 * SPAN_MIN,
	};
}

void
rig_fini(struct rig *r)
{
	char command[128];

	close(r->h.ctx.state_fd);
	harness_fini(&r->h);
	free(r->file);
	snprintf(command, sizeof(command), "rm -rf %s", r->folder);
	if (system(command) != 0)
		die(command);
}

unsigned
rig_below(struct rig *r, unsigned n)
{
	return (unsigned)(dice_u64(&r->dice) % n);
}

static size_t
text_of(unsigned record, char buf[RECORD_TEXT])
{
	static const char words[] = "result of a run that somebody has looked at and approved of, "
				    "with its reason and what it was before";

	return (size_t)snprintf(buf, RECORD_TEXT, "n=%u user%u %.*s\n", record, record % 7,
	    (int)(record * 2654435761u % (sizeof(words) - 1)), words);
}

/* Each write happens in a minute of its own: two files never bear the same time. */
static void
touch(struct rig *r, const char *path)
{
	struct timespec at = { .tv_sec = time(NULL) - 10 * 86400 + 60 * (time_t)r->minute++ };

	if (utimensat(AT_FDCWD, path, (struct timespec[]){ at, at }, 0) < 0)
		die(path);
}

void
rig_append(struct rig *r, unsigned k)
{
	struct rig_file *f = &r->file[0];
	FILE *out = fopen(f->path, "a");
	char text[RECORD_TEXT];

	if (out == NULL)
		die(f->path);
	for (; k > 0 && f->n < RIG_RECORDS; k--) {
		text_of(r->next, text);
		fputs(text, out);
		f->record[f->n++] = r->next++;
	}
	fclose(out);
	touch(r, f->path);
}

static void
write_packed(const struct rig_file *f, const char *to)
{
	gzFile out = gzopen(to, "wb1");
	char text[RECORD_TEXT];

	if (out == NULL)
		die(to);
	for (size_t i = 0; i < f->n; i++)
		gzwrite(out, text, (unsigned)text_of(f->record[i], text));
	gzclose(out);
}

void
rig_write(struct rig *r, const struct rig_file *f, bool in_place)
{
	char to[RIG_PATH + 8], text[RECORD_TEXT];
	FILE *out;

	snprintf(to, sizeof(to), "%s%s", f->path, in_place ? "" : ".new");
	if (f->packed) {
		write_packed(f, to);
	} else {
		out = fopen(to, "w");
		if (out == NULL)
			die(to);
		for (size_t i = 0; i < f->n; i++) {
			text_of(f->record[i], text);
			fputs(text, out);
		}
		fclose(out);
	}
	if (!in_place && rename(to, f->path) < 0)
		die(to);
	touch(r, f->path);
}

void
rig_pack(struct rig_file *f)
{
	char plain[RIG_PATH];
	struct statx st;
	struct timespec at;

	memcpy(plain, f->path, sizeof(plain));
	/* not stat(2), whose times are others in a test's own year */
	if (statx(AT_FDCWD, plain, 0, STATX_MTIME, &st) < 0)
		die(plain);
	at = (struct timespec){ st.stx_mtime.tv_sec, st.stx_mtime.tv_nsec };
	strncat(f->path, ".gz", sizeof(f->path) - strlen(f->path) - 1);
	write_packed(f, f->path);
	f->packed = true;
	if (utimensat(AT_FDCWD, f->path, (struct timespec[]){ at, at }, 0) < 0)
		die(f->path);
	if (unlink(plain) < 0)
		die(plain);
}

void
rig_look(struct rig *r)
{
	struct err e = { 0 };

	harness_clear(&r->h);
	if (probe_run(&r->h.ctx, &r->conf, &e) < 0)
		die(e.msg);
}

const struct item *
rig_alarm(const struct rig *r)
{
	for (size_t i = 0; i < r->h.nitems; i++)
		if (r->h.items[i].state != ITEM_FINE)
			return &r->h.items[i];
	return NULL;
}
