/* SPDX-License-Identifier: Apache-2.0
 *
 * bad_worker: a worker that misbehaves as its job's first option says. For the runner's test.
 */
#include "base/frame.h"
#include "model/wire.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct frame frame;

static void
send_frame(void)
{
	frame_send(3, &frame, NULL);
}

static void
send_item(const char *rule)
{
	struct item it = { .target = "t", .rule = rule, .state = ITEM_FINE, .summary = "fine" };

	wire_put_item(&frame, &it);
	send_frame();
}

static void
send_end(uint32_t items)
{
	wire_put_end(&frame, &(struct wire_end){ .items = items });
	send_frame();
}

static void
send_note(const char *text)
{
	frame_restart(&frame, WIRE_NOTE);
	wire_put_text(&frame, text);
	send_frame();
}

static void
wait_for_file(const char *path)
{
	while (access(path, F_OK) < 0)
		usleep(1000);
}

/* A grandchild that leaves the group and the session and ignores what it can. It is let loose when
 * its number is written: from then on the runner may kill it at any moment. */
static void
escape(const char *pid_file)
{
	char part[64];
	FILE *f;

	if (fork() != 0)
		return;
	setsid();
	if (fork() != 0) {
		wait_for_file(pid_file);
		_exit(0);
	}
	signal(SIGTERM, SIG_IGN);
	snprintf(part, sizeof(part), "%s.part", pid_file);
	f = fopen(part, "w");
	if (f != NULL) {
		fprintf(f, "%d\n", (int)getpid());
		fclose(f);
		rename(part, pid_file);
	}
	for (;;)
		pause();
}

static void
flood(void)
{
	char *big = malloc(60000);

	memset(big, 'x', 59999);
	big[59999] = '\0';
	for (;;) {
		struct item it = {
			.target = big, .rule = "x.y", .state = ITEM_FINE, .summary = "s"
		};

		wire_put_item(&frame, &it);
		if (frame_send(3, &frame, NULL) < 0)
			exit(1);
	}
}

static void
behave(const char *mode, const char *arg)
{
	if (strcmp(mode, "good") == 0) {
		send_item("x.y");
		send_end(1);
	} else if (strcmp(mode, "hang") == 0) {
		send_note("C_Initialize of /x.so");
		escape(arg);
		pause();
	} else if (strcmp(mode, "orphan") == 0) {
		escape(arg);
		wait_for_file(arg);
		send_item("x.y");
		send_end(1);
	} else if (strcmp(mode, "crash") == 0) {
		send_item("x.y");
		fputs("about to crash\n", stderr);
		signal(SIGSEGV, SIG_DFL); /* not the sanitizer's */
		raise(SIGSEGV);
	} else if (strcmp(mode, "early") == 0) {
		send_item("x.y");
		_exit(0);
	} else if (strcmp(mode, "flood") == 0) {
		flood();
	} else if (strcmp(mode, "stderr") == 0) {
		for (;;)
			fputs("noise that never ends\n", stderr);
	} else if (strcmp(mode, "garbage") == 0) {
		(void)!write(3, "\xff\xff\xff\xffrubbish", 11);
	} else if (strcmp(mode, "kind") == 0) {
		frame_restart(&frame, 77);
		send_frame();
	} else if (strcmp(mode, "rule") == 0) {
		send_item("other.rule");
		send_end(1);
	} else if (strcmp(mode, "count") == 0) {
		send_item("x.y");
		send_end(2);
	} else if (strcmp(mode, "more") == 0) {
		send_item("x.y");
		send_end(1);
		send_item("x.y");
	} else if (strcmp(mode, "nothing") == 0) {
		send_end(0);
	} else if (strcmp(mode, "linger") == 0) {
		send_item("x.y");
		send_end(1);
		close(3);
		pause();
	} else if (strcmp(mode, "fds") == 0) {
		int open_fds = 0;

		for (int fd = 0; fd < 1000; fd++)
			open_fds += fcntl(fd, F_GETFD) >= 0;
		frame_restart(&frame, WIRE_FAIL);
		wire_put_text(&frame, open_fds == 4 && getenv("HOME") == NULL ? "clean" : "dirty");
		send_frame();
	}
}

int
main(void)
{
	struct frame_reader r;
	struct frame job;
	struct arena *a = arena_new(1 << 20);
	const char *mode, *arg;

	frame_reader_init(&r);
	while (frame_reader_next(&r, &job, NULL) == 0)
		if (frame_reader_fill(&r, 3) <= 0)
			return 1;
	frame_get_text(&job, a);
	frame_get_i64(&job);
	frame_get_u32(&job);
	frame_get_text(&job, a); /* its fence */
	frame_get_u32(&job);
	mode = frame_get_text(&job, a);
	arg = frame_get_text(&job, a);
	frame_init(&frame, 0);
	behave(mode != NULL ? mode : "", arg);
	_exit(0);
}
