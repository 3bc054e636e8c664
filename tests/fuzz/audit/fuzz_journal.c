/* SPDX-License-Identifier: Apache-2.0
 *
 * A journal file's header of any bytes.
 */
#include "probes/audit/journal_file.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct journal_header h;

	if (!journal_header(data, size, &h))
		return 0;
	if (size < JOURNAL_HEADER || strlen(h.id) != JOURNAL_ID - 1 ||
	    (h.entries > 0 && (h.head == 0 || h.tail < h.head)))
		abort();
	return 0;
}
