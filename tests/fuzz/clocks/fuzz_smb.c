/* SPDX-License-Identifier: Apache-2.0
 *
 * The first answer of a file server.
 */
#include "probes/clocks/smb_answer.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct smb_answer a;
	enum smb_fault f = smb_answer_parse(data, size, &a);

	if (f == SMB_OK && (size < SMB_NEEDED || a.time < 0))
		abort();
	if (f == SMB_MORE && size >= SMB_NEEDED)
		abort();
	return 0;
}
