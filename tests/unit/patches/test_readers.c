/* SPDX-License-Identifier: Apache-2.0
 *
 * What is read of apt, dpkg, changelogs, kernels and the tables of support; each with its limits.
 */
#include "base/file.h"
#include "probes/patches/apt.h"
#include "probes/patches/dated.h"
#include "probes/patches/dpkg.h"
#include "probes/patches/memory.h"
#include "probes/patches/reboot.h"
#include "probes/patches/support.h"
#include "tests/t.h"

#include <fcntl.h>
#include <stdlib.h>

static struct arena *a;

static struct apt_output
said(const char *file)
{
	struct apt_output o;
	struct err e = { 0 };
	char *text;
	size_t n;

	if (file_read(AT_FDCWD, arena_printf(a, "tests/data/sector/patches/%s", file), FILE_FOLLOW,
		(size_t)1 << 20, a, &text, &n, &e) < 0)
		abort();
	apt_parse(text, a, &o);
	return o;
}

static void
apt(void)
{
	struct apt_output o = said("pending.txt");

	T_TRUE("understood to its end", o.whole && o.bad == 0);
	T_INT("updates", o.npackages, 4);
	T_TEXT("the first", o.packages[0].name, "tzdata");
	T_TEXT("what is installed", o.packages[0].old, "2026b-0+deb12u1");
	T_TEXT("what would be", o.packages[0].candidate, "2026f-0+deb12u1");
	T_TRUE("of the security archive", o.packages[0].security);
	o = said("kept-back-only.txt");
	T_INT("kept back", o.kept_back.n, 1);
	T_TRUE("by name", apt_listed(&o.kept_back, "ca-certificates"));
	T_INT("nothing else", o.npackages, 0);
	o = said("none-pending.txt");
	T_TRUE("nothing waits", o.whole && o.npackages == 0 && o.kept_back.n == 0);
	o = said("no-lists-looks-fine.txt");
	T_TRUE("without lists it looks the same", o.whole && o.npackages == 0);
}

/* bad, npackages, security of one line */
static const struct {
	const char *row, *line;
	size_t bad, n, security;
} lines[] = {
	{ "of Debian's archive", "Inst zip [1] (2 Debian:12.15/oldstable [amd64])", 0, 1, 0 },
	{ "of both", "Inst zip [1] (2 Debian:12.15/oldstable, Debian-Security:12/x [amd64])", 0, 1,
	    1 },
	{ "of Ubuntu's", "Inst zip [1] (2 Ubuntu:24.04/noble-security [amd64])", 0, 1, 1 },
	{ "of Ubuntu's updates", "Inst zip [1] (2 Ubuntu:24.04/noble-updates [amd64])", 0, 1, 0 },
	{ "new", "Inst zip (2 Debian-Security:12/x [amd64])", 0, 1, 1 },
	{ "with what it breaks", "Inst zip [1] (2 Debian-Security:12/x [amd64]) [unzip:amd64 ]", 0,
	    1, 1 },
	{ "cut in the name", "Inst zip", 1, 0, 0 },
	{ "cut in the version", "Inst zip [1", 1, 0, 0 },
	{ "cut behind it", "Inst zip [1] ", 1, 0, 0 },
	{ "cut in the candidate", "Inst zip [1] (2", 1, 0, 0 },
	{ "cut in the origin", "Inst zip [1] (2 Debian-Secu", 1, 0, 0 },
	{ "another line", "Conf zip (2 Debian-Security:12/x [amd64])", 0, 0, 0 },
};

static void
apt_lines(void)
{
	struct apt_output o;
	char name[APT_NAME_MAX + 2];

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		apt_parse(lines[i].line, a, &o);
		T_INT(lines[i].row, o.bad, lines[i].bad);
		T_INT(lines[i].row, o.npackages, lines[i].n);
		if (o.npackages > 0)
			T_INT(lines[i].row, o.packages[0].security, lines[i].security);
	}
	memset(name, 'n', sizeof(name));
	name[APT_NAME_MAX] = '\0';
	apt_parse(arena_printf(a, "Inst %s [1] (2 x [y])", name), a, &o);
	T_INT("a name as long as it may be", o.npackages, 1);
	apt_parse(arena_printf(a, "Inst %sn [1] (2 x [y])", name), a, &o);
	T_INT("one byte longer", o.bad, 1);
	apt_parse("E: Unable to lock\nE: more\n", a, &o);
	T_TEXT("an error", o.error, "Unable to lock");
	apt_parse("The following upgrades have been deferred due to phasing:\n  a b\nInst x [1] (2 "
		  "s [all])\n",
	    a, &o);
	T_INT("deferred", o.phased.n, 2);
	T_INT("the list ends with its lines", o.npackages, 1);
	apt_parse("Not upgrading:\n  a\n\nSummary:\n  Upgrading: 0, Installing: 0, Removing: 0, "
		  "Not Upgrading: 1\n",
	    a, &o);
	T_TRUE("as apt 3 says it", o.whole && o.kept_back.n == 1);
	apt_parse("0 upgraded, 0 newly installed, 0 to remove", a, &o);
	T_TRUE("counts that are cut", !o.whole);
}

static void
apt_limit(void)
{
	char *text = arena_alloc(a, (APT_PACKAGES_MAX + 1) * 32 + 1), *to = text;
	struct apt_output o;

	for (int i = 0; i < APT_PACKAGES_MAX; i++)
		to = stpcpy(to, "Inst a [1] (2 x [y])\n");
	apt_parse(text, a, &o);
	T_INT("as many as there may be", o.npackages, APT_PACKAGES_MAX);
	T_INT("none too many", o.surplus, 0);
	stpcpy(to, "Inst a [1] (2 x [y])\n");
	apt_parse(text, a, &o);
	T_INT("one too many is counted", o.surplus, 1);
}

/* ---- dates */

static const struct {
	const char *row, *text, *want;
} dates[] = {
	{ "of a Release file", "Sat, 28 Nov 2026 02:53:00 UTC", "2026-11-28T02:53:00Z" },
	{ "of a changelog", "Tue, 3 Feb 2026 10:00:00 +0530", "2026-02-03T04:30:00Z" },
	{ "west of it", "Tue, 03 Feb 2026 23:00:00 -0200", "2026-02-04T01:00:00Z" },
	{ "no month", "Tue, 03 Fbr 2026 23:00:00 -0200", "" },
	{ "no day", "Tue, 31 Feb 2026 23:00:00 -0200", "" },
	{ "no hour", "Tue, 03 Feb 2026 24:00:00 -0200", "" },
	{ "no zone", "Tue, 03 Feb 2026 23:00:00", "" },
	{ "a zone that is none", "Tue, 03 Feb 2026 23:00:00 +9900", "" },
	{ "nothing", "", "" },
};

static const char *
iso(instant t)
{
	char buf[INSTANT_TEXT];

	return t == INSTANT_NONE ? "" : arena_text(a, instant_text(t, buf));
}

static void
dated(void)
{
	static const char log[] =
	    "x (1) stable; urgency=low\n\n  * y\n\n -- N <n@x>  Tue, 03 Feb 2026 "
	    "10:00:00 +0000\n\nx (0) z\n\n -- N <n@x>  Mon, 02 Feb 2026 10:00:00 +0000\n";
	static const char release[] =
	    "Label: Debian-Security\nDate: now\nSHA256:\n aa 1 x\nSuite: late\n";

	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++)
		T_TEXT(dates[i].row, iso(dated_mail(dates[i].text)), dates[i].want);
	T_TEXT("the first entry counts", iso(dated_changelog(log)), "2026-02-03T10:00:00Z");
	T_TEXT("an entry that is cut", iso(dated_changelog(" -- N <n@x>  Tue, 03 Feb")), "");
	T_TEXT("none", iso(dated_changelog("")), "");
	T_TEXT("a field", dated_field(release, "Label", a), "Debian-Security");
	T_TEXT("one behind the lists of files", dated_field(release, "Suite", a), NULL);
	T_TEXT("one that is not there", dated_field(release, "Codename", a), NULL);
	T_TRUE("what is not packed", dated_unpack("text", 4, a) == NULL);
	T_TEXT("no name of a package", iso(dated_package("", "../../../etc/x", a)), "");
}

/* ---- dpkg, memory */

static void
dpkg(void)
{
	static const char text[] = "Package: openssl\nStatus: hold ok installed\nVersion: "
				   "3.0\nDescription: x\n Package: no\n\n"
				   "Package: libssl3\nStatus: install ok installed\nSource: "
				   "openssl (3.0)\nVersion: 3.0\n\n"
				   "Package: gone\nStatus: deinstall ok config-files\n\n"
				   "Package: half\nStatus: install ok half-configured\n\n"
				   "Package: bad\nStatus: install reinstreq unpacked";
	struct dpkg d;

	dpkg_parse(text, a, &d);
	T_INT("packages", d.n, 5);
	T_TRUE("held", dpkg_find(&d, "openssl")->held && dpkg_find(&d, "openssl")->installed);
	T_TEXT("without a source it is its own", dpkg_find(&d, "openssl")->source, "openssl");
	T_TEXT("a source without its version", dpkg_find(&d, "libssl3")->source, "openssl");
	T_TRUE("not held", !dpkg_find(&d, "libssl3")->held);
	T_TRUE("removed", !dpkg_find(&d, "gone")->installed && !dpkg_find(&d, "gone")->broken);
	T_TRUE("half", dpkg_find(&d, "half")->broken);
	T_TRUE("unpacked", dpkg_find(&d, "bad")->broken);
	T_TRUE("one that is not there", dpkg_find(&d, "no") == NULL);
}

static void
memory(void)
{
	struct memory m = { .n = 0 };
	char name[32];

	T_INT("seen now", memory_first(&m, "zip", 1000, a), 1000);
	T_INT("and before", memory_first(&m, "zip", 5000, a), 1000);
	T_INT("the clock was set back", memory_first(&m, "zip", 400, a), 400);
	T_INT("a file", memory_parse(MEMORY_HEAD "1000 zip\n2000 /reboot\n", a, &m), 0);
	T_INT("two of it", m.n, 2);
	T_INT("its first", memory_first(&m, MEMORY_REBOOT, 9000, a), 2000);
	T_TRUE("what does not wait now is marked", !m.v[0].now && m.v[1].now);
	T_INT("another file", memory_parse("other\n1000 zip\n", a, &m), -1);
	T_INT("a line without a name", memory_parse(MEMORY_HEAD "1000 \n", a, &m), -1);
	T_INT("a line without a time", memory_parse(MEMORY_HEAD "zip\n", a, &m), -1);
	T_INT("cut in the number is a line without a name", memory_parse(MEMORY_HEAD "10", a, &m),
	    -1);
	m = (struct memory){ .n = 0 };
	for (int i = 0; i < MEMORY_ENTRIES_MAX; i++) {
		snprintf(name, sizeof(name), "p%d", i);
		m.v = arena_grow(a, m.v, m.n, &m.cap, sizeof(*m.v));
		m.v[m.n++] = (struct memory_entry){ arena_text(a, name), 1, false };
	}
	T_INT("the last that is kept", memory_first(&m, name, 7, a), 1);
	T_INT("one more counts as seen now", memory_first(&m, "more", 7, a), 7);
	T_INT("and is not kept", m.n, MEMORY_ENTRIES_MAX);
}

/* ---- kernels */

static const struct {
	const char *older, *newer;
} kernels[] = {
	{ "6.1.0-9-amd64", "6.1.0-40-amd64" },
	{ "6.1.0-40-amd64", "6.12.3-1-amd64" },
	{ "6.1.0", "6.1.0-1" },
	{ "6.1~rc1", "6.1" },
	{ "6.1.0-009-amd64", "6.1.0-10-amd64" },
	{ "5.10.0-30-amd64", "6.1.0-1-amd64" },
};

static void
kernel(void)
{
	for (size_t i = 0; i < sizeof(kernels) / sizeof(kernels[0]); i++) {
		T_TRUE(kernels[i].newer, reboot_compare(kernels[i].older, kernels[i].newer) < 0);
		T_TRUE(kernels[i].older, reboot_compare(kernels[i].newer, kernels[i].older) > 0);
		T_INT("itself", reboot_compare(kernels[i].newer, kernels[i].newer), 0);
	}
	T_TEXT("a flavour", reboot_flavour("6.1.0-40-amd64"), "amd64");
	T_TEXT("of two words", reboot_flavour("6.1.0-40-cloud-amd64"), "cloud-amd64");
	T_TEXT("none", reboot_flavour("6.18.44"), "");
}

/* ---- support */

static const char table[] =
    "version,codename,series,created,release,eol,eol-lts,eol-elts\n"
    "11,Bullseye,bullseye,2019-07-06,2021-08-14,2024-08-14,2026-08-31,2031-06-30\n"
    "12,Bookworm,bookworm,2021-08-14,2023-06-10,2026-07-11,2028-06-30,2033-06-30\n"
    "14,Forky,forky,2025-08-09\n,Sid,sid,1993-08-16\n";
static const char ubuntu[] =
    "version,codename,series,created,release,eol,eol-server,eol-esm\n"
    "24.04 LTS,Noble Numbat,noble,2023-10-26,2024-04-25,2029-05-31,2029-05-31,"
    "2034-04-25\n";

static void
releases(void)
{
	struct support_release r;

	support_table(table, "bookworm", "12", a, &r);
	T_TEXT("the end of that day", iso(r.eol), "2026-07-12T00:00:00Z");
	T_TEXT("and LTS", iso(r.lts), "2028-07-01T00:00:00Z");
	support_table(table, NULL, "11", a, &r);
	T_TEXT("by its number", iso(r.eol), "2024-08-15T00:00:00Z");
	support_table(table, "forky", "14", a, &r);
	T_TRUE("one without an end yet", r.listed && r.eol == INSTANT_NONE);
	support_table(table, "sid", NULL, a, &r);
	T_TRUE("one without a number", r.listed && r.eol == INSTANT_NONE);
	support_table(table, "trixie", "13", a, &r);
	T_TRUE("one that is not there", !r.listed);
	support_table(ubuntu, "noble", "24.04", a, &r);
	T_TEXT("Ubuntu's columns", iso(r.eol), "2029-06-01T00:00:00Z");
	T_TRUE("have no LTS beside", r.lts == INSTANT_NONE);
	support_table("", "x", "1", a, &r);
	T_TRUE("nothing", !r.listed);
	T_TEXT("a quoted value", support_os("A=1\nID=\"debian\"\n", "ID", a), "debian");
	T_TEXT("not a part of a name", support_os("VERSION_ID=1\n", "ID", a), NULL);
}

static const char *
source(const struct support_list *l, const char *name)
{
	const struct support_entry *e = support_find(l, name);

	return e == NULL ? "" : e->ended ? arena_printf(a, "ended %.10s", iso(e->at)) : "limited";
}

static void
sources(void)
{
	struct support_list l = { .n = 0 };

	support_sources("# head\npdns 4.7.3-2 2025-10-01 see notes\ngolang.* 0 2024-01-01\n",
	    SUPPORT_ENDED, a, &l);
	support_sources("binutils only for trusted\npdns twice\n", SUPPORT_LIMITED, a, &l);
	T_TEXT("ended", source(&l, "pdns"), "ended 2025-10-01");
	T_TEXT("a pattern", source(&l, "golang-1.19"), "ended 2024-01-01");
	T_TEXT("in part", source(&l, "binutils"), "limited");
	T_TEXT("only the whole name", source(&l, "binutils-mingw"), "");
	T_TEXT("none of them", source(&l, "openssl"), "");
	T_TEXT("its reason", support_find(&l, "pdns")->why, "see notes");
	l = (struct support_list){ .n = 0 };
	support_sources("pdns non-supported why\nbinutils limited\nphp-horde.* non-supported\n",
	    SUPPORT_BOTH, a, &l);
	T_TEXT("in the form of Debian 13", source(&l, "pdns"), "ended ");
	T_TEXT("the same in part", source(&l, "binutils"), "limited");
	T_TEXT("the same pattern", source(&l, "php-horde-core"), "ended ");
	support_sources("x\ny odd\n", SUPPORT_BOTH, a, &l);
	support_sources("z 1 yesterday\n", SUPPORT_ENDED, a, &l);
	T_INT("lines that are not understood", l.bad, 3);
	support_sources("(a|b) x\nc* x\na.*b.*c.* x\n", SUPPORT_LIMITED, a, &l);
	T_INT("and patterns that are not followed", l.bad, 6);
	support_sources("lib.*-java.* x\n", SUPPORT_LIMITED, a, &l);
	T_INT("as many signs as there may be", l.bad, 6);
	T_TEXT("in the middle", source(&l, "libfoo-java11"), "limited");
	T_TEXT("not without its rest", source(&l, "libfoo-jav"), "");
	l = (struct support_list){ .n = 0 };
	for (int i = 0; i <= SUPPORT_ENTRIES_MAX; i++) {
		T_INT("none is left out", l.surplus, 0);
		support_sources("x y\n", SUPPORT_LIMITED, a, &l);
	}
	T_INT("but the one too many", l.surplus, 1);
}

int
main(void)
{
	a = arena_new((size_t)256 << 20);
	apt();
	apt_lines();
	apt_limit();
	dated();
	dpkg();
	memory();
	kernel();
	releases();
	sources();
	arena_free(a);
	return t_end();
}
