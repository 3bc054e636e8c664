/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading the files of a run.
 */
#include "look.h"

#include <string.h>

#define OS_READ ((size_t)65536)

static void
read_dpkg(struct look *l, struct arena *a)
{
	struct err e = { 0 };
	const char *text = look_file(l, "/var/lib/dpkg/status", a, PATCHES_FILE_MAX, &e);

	if (text == NULL) {
		l->no_dpkg = arena_printf(a, "/var/lib/dpkg/status: %s", e.msg);
		return;
	}
	dpkg_parse(text, a, &l->dpkg);
	if (l->dpkg.n == 0 || l->dpkg.surplus)
		l->no_dpkg = "what dpkg notes of the packages is not understood";
}

void
look_around(const struct probe_ctx *ctx, const struct patches_conf *c, struct look *l)
{
	struct arena *a = ctx->arena;
	struct err e = { 0 };
	const char *os;

	*l = (struct look){ .now = ctx->clk->wall(ctx->clk),
		.root = strcmp(c->root, "/") == 0 ? "" : c->root };
	os = look_file(l, "/etc/os-release", a, OS_READ, &e);
	l->os = os != NULL ? os : "";
	if (memory_load(ctx->state_fd, a, &l->memory, &e) < 0)
		l->forgot = arena_text(a, e.msg);
	read_dpkg(l, a);
	look_lists(ctx, l);
	look_simulate(ctx, c, l);
}
