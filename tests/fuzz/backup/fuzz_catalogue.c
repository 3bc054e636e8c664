/* SPDX-License-Identifier: Apache-2.0
 *
 * What tools print and jobs leave behind; the first byte says which reader gets the rest. Every run
 * that comes out must be one that the wire takes. The same bytes are tried as the notes of a check,
 * and as both ends of a dump.
 */
#include "probes/backup/canary.h"
#include "probes/backup/memory.h"
#include "probes/backup/readers.h"
#include "probes/backup/whole.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef int reader(const char *text, size_t n, struct catalogue *c, struct err *e);

static reader *const readers[] = { read_restic, read_borg, read_pgbackrest, read_rsnapshot,
	read_pushed, read_duplicati, read_proxmox, read_veeam };

#define READERS (sizeof(readers) / sizeof(readers[0]))

static void
amount(double v)
{
	if (v < 0 || isinf(v))
		abort();
}

static void
look(const struct backup_job *j)
{
	for (size_t i = 0; i < j->n; i++) {
		const struct backup_run *r = &j->v[i];

		if (r->id == NULL || r->end == INSTANT_NONE ||
		    (r->fault != NULL) != (r->why != NULL))
			abort();
		amount(r->bytes);
		amount(r->files);
		amount(r->seconds);
		amount(r->change);
		if (r->change > 1 || (i > 0 && r->end < r[-1].end))
			abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new((size_t)256 << 20);
	struct catalogue c;
	struct memory m = { .n = 0 };
	struct whole_seen w;
	struct canaries written;
	struct err e = { 0 };
	const char *text;

	if (size > 0) {
		text = arena_textn(a, (const char *)data + 1, size - 1);
		catalogue_init(&c, "/p", a);
		if (readers[(data[0] - '0') % READERS](text, size - 1, &c, &e) == 0) {
			catalogue_sort(&c);
			for (size_t i = 0; i < c.njobs; i++)
				look(&c.jobs[i]);
		}
	}
	memory_unpack(data, size, &m, a);
	if (canaries_read((const char *)data, size, &written) && written.n > CANARY_MAX)
		abort();
	whole_judge((const char *)data, size < WHOLE_HEAD ? size : WHOLE_HEAD, (const char *)data,
	    size < WHOLE_TAIL ? size : WHOLE_TAIL, size, &w);
	arena_free(a);
	return 0;
}
