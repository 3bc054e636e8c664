/* SPDX-License-Identifier: Apache-2.0
 *
 * Every text that the patches probe reads. The first byte says as which of them.
 */
#include "probes/patches/apt.h"
#include "probes/patches/dated.h"
#include "probes/patches/dpkg.h"
#include "probes/patches/memory.h"
#include "probes/patches/reboot.h"
#include "probes/patches/support.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
apt(const char *text, struct arena *a)
{
	struct apt_output o;

	apt_parse(text, a, &o);
	for (size_t i = 0; i < o.npackages; i++)
		if (strlen(o.packages[i].name) > APT_NAME_MAX ||
		    strlen(o.packages[i].candidate) > APT_NAME_MAX)
			abort();
	if (o.npackages > APT_PACKAGES_MAX)
		abort();
}

static void
support(const char *text, unsigned form, struct arena *a)
{
	struct support_list l = { .n = 0 };
	struct support_release r;

	support_table(text, "bookworm", "12", a, &r);
	support_os(text, "ID", a);
	support_sources(text, (enum support_form)form, a, &l);
	if (l.n > SUPPORT_ENTRIES_MAX)
		abort();
	support_find(&l, "golang-1.19");
}

static void
dates(const uint8_t *data, size_t size, const char *text, struct arena *a)
{
	const char *unpacked = dated_unpack(data, size, a);

	if (unpacked != NULL)
		dated_changelog(unpacked);
	dated_changelog(text);
	dated_mail(text);
	dated_field(text, "Date", a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new((size_t)256 << 20);
	const char *text = size > 0 ? arena_textn(a, (const char *)data + 1, size - 1) : "";
	struct dpkg d;
	struct memory m;

	switch (size > 0 ? data[0] % 6 : 0) {
	case 0:
		apt(text, a);
		break;
	case 1:
		dpkg_parse(text, a, &d);
		break;
	case 2:
		if (memory_parse(text, a, &m) == 0 && m.n > MEMORY_ENTRIES_MAX)
			abort();
		break;
	case 3:
		support(text, (unsigned)(size % 3), a);
		break;
	case 4:
		dates(data + 1, size - 1, text, a);
		break;
	default:
		/* the order has two sides */
		if ((reboot_compare(text, "6.1.0-40-amd64") < 0) !=
		    (reboot_compare("6.1.0-40-amd64", text) > 0))
			abort();
		reboot_flavour(text);
	}
	arena_free(a);
	return 0;
}
