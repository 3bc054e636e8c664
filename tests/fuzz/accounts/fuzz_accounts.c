/* SPDX-License-Identifier: Apache-2.0
 *
 * Every text that the accounts probe reads. The first byte says as which of them.
 */
#include "probes/accounts/etc.h"
#include "probes/accounts/logins.h"
#include "probes/accounts/sudoers.h"
#include "probes/accounts/ways.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char known[] = "root:x:0:0::/root:/bin/sh\nanna:x:1001:1001::/home/anna:/bin/bash\n";

static void
rules(const char *text, struct etc *e, struct arena *a)
{
	struct sudoers s = { .unsure = 0 };
	const struct ways w = { .sudo = true, .read = true, .sudoers = &s };

	sudoers_read(text, a, &s);
	sudoers_end(a, &s);
	if (s.ngrants > SUDOERS_GRANTS_MAX || s.naliases > SUDOERS_ALIASES_MAX ||
	    (s.unsure > 0) != (s.first_unsure != NULL))
		abort();
	ways_of_accounts(e, &w);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new((size_t)256 << 20);
	struct etc e = { .bad = 0 };
	struct logins l = { .sources = "" };
	const char *text = size > 0 ? arena_textn(a, (const char *)data + 1, size - 1) : "";

	etc_passwd(known, a, &e);
	switch (size > 0 ? data[0] % 6 : 0) {
	case 0:
		e.naccounts = 0;
		etc_passwd(text, a, &e);
		break;
	case 1:
		etc_group(text, a, &e);
		break;
	case 2:
		etc_shadow(text, &e);
		break;
	case 3:
		rules(text, &e, a);
		break;
	case 4:
		etc_directory(text, a);
		break;
	default:
		wtmp_records(data + 1, size - 1, &e, &l);
	}
	for (size_t i = 0; i < e.naccounts; i++)
		if (strlen(e.accounts[i].name) > ETC_NAME_MAX || e.accounts[i].expires < -1 ||
		    strchr(e.accounts[i].name, ':') != NULL || e.accounts[i].login < 0)
			abort();
	if (e.naccounts > ETC_LINES_MAX || e.ngroups > ETC_LINES_MAX)
		abort();
	arena_free(a);
	return 0;
}
