/* SPDX-License-Identifier: Apache-2.0
 *
 * The notes of an earlier run, from a disk that may lie. The hash at the end is not asked, so that
 * the lines are reached; what is read must be writable again.
 */
#include "probes/audit/head.h"
#include "probes/audit/state.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct digester *digest;
	struct arena *a = arena_new((size_t)256 << 20);
	char *text = arena_textn(a, (const char *)data, size);
	struct state s;
	struct err e;
	struct str out;

	if (digest == NULL)
		digest = digest_new(&e);
	if (state_load(&s, AT_FDCWD, "/var/log/x", a, digest, &e) < 0)
		abort();
	if (head_lines(&s, text, size)) {
		str_init(&out, STATE_HEAD_MAX);
		s.written = s.valid; /* as a run that notes nothing new */
		head_write(&s, &out);
		text = arena_textn(a, out.s, out.len);
		state_fini(&s);
		state_load(&s, AT_FDCWD, "/var/log/x", a, digest, &e);
		if (!out.cut && !head_read(&s, text, out.len))
			abort();
		str_fini(&out);
	}
	state_fini(&s);
	arena_free(a);
	return 0;
}
