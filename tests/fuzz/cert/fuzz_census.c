/* SPDX-License-Identifier: Apache-2.0
 *
 * The notes of a census, as bytes from a disk. Whatever they are, a look ends, and the next one
 * finds notes that it can read.
 */
#include "probes/census/census_private.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t emitted;

static void
emit(void *self, const struct item *it)
{
	(void)self;
	emitted += it->target != NULL && it->summary != NULL;
}

static void
look(struct probe_ctx *ctx)
{
	static const struct census_rules rules = { "a", "b", "c", "d", "e" };
	struct census *c = census_new(ctx, &rules, (instant)1800000000 * INSTANT_S);
	uint32_t entry = census_entry(c, "/certs");

	census_place(c, entry, CENSUS_FILE, "a.pem");
	census_entry_whole(c, entry);
	census_end(c);
	if (emitted > 0 && c->trouble != NULL && ctx->check == NULL)
		abort();
	census_free(c);
}

static char folder[] = "/tmp/fuzz_census.XXXXXX";
static int dir = -1;

static void
clean_up(void)
{
	unlinkat(dir, "census", 0);
	unlinkat(dir, "census.damaged", 0);
	rmdir(folder);
}

static void
begin(void)
{
	if (dir >= 0)
		return;
	if (mkdtemp(folder) == NULL || (dir = open(folder, O_RDONLY)) < 0)
		abort();
	atexit(clean_up);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct handed handed;
	struct probe_ctx ctx = { .check = "first", .emit = emit, .handed = &handed };
	int fd;

	begin();
	fd = openat(dir, "census", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	close(fd);
	ctx.state_fd = dir;
	look(&ctx);
	ctx.check = NULL;
	look(&ctx);
	return 0;
}
