/* SPDX-License-Identifier: Apache-2.0
 *
 * Which folders are another machine's, what the times of their new files say, how one is written.
 */
#include "probes/clocks/clocks.h"
#include "probes/clocks/share.h"

#include "tests/probe_harness.h"
#include "tests/t.h"

#include <string.h>

static void
test_kinds(void)
{
	static const struct {
		long magic;
		const char *subtype, *want; /* NULL: no other machine's */
	} k[] = {
		{ 0x6969, "", "nfs" },
		{ 0x6969, "nfs4", "nfs" },
		{ 0xff534d42, "cifs", "cifs" },
		{ (int)0xff534d42, "cifs", "cifs" }, /* f_type is signed where a long has 32 bits */
		{ 0xfe534d42, "smb3", "smb2" },
		{ 0x65735546, "fuse.sshfs", "sshfs" },
		{ 0x65735546, "fuse.ntfs-3g", NULL },
		{ 0x65735546, "", NULL },
		{ 0xef53, "ext4", NULL },
		{ 0x9123683e, "btrfs", NULL },
		{ 0x01021994, "tmpfs", NULL },
		{ 0x794c7630, "overlay", NULL },
		{ 0x01021997, "9p", NULL }, /* a virtual machine's folder: the host's clock */
		{ 0, "", NULL },
	};

	for (size_t i = 0; i < sizeof(k) / sizeof(k[0]); i++) {
		const char *got = share_kind(k[i].magic, k[i].subtype);

		T_TEXT(k[i].subtype, got != NULL ? got : "-", k[i].want != NULL ? k[i].want : "-");
	}
}

static void
test_mounts(void)
{
	static const char good[] =
	    "36 35 0:45 / /mnt/icpms rw,noatime master:1 - fuse.sshfs pc:/x rw,user_id=0\n";
	char type[SHARE_TYPE_MAX + 1], cut[sizeof(good)];
	char longest[200];

	T_INT("its device", share_mount_line(good, 0, 45, type), true);
	T_TEXT("its type", type, "fuse.sshfs");
	T_INT("another device", share_mount_line(good, 0, 46, type), false);
	T_INT("another major", share_mount_line(good, 8, 45, type), false);
	T_INT("no separator", share_mount_line("36 35 0:45 / /mnt rw fuse.sshfs x", 0, 45, type),
	    false);
	T_INT("no type", share_mount_line("36 35 0:45 / /mnt rw -  x", 0, 45, type), false);
	/* a shorter line is another one or none, and is never read past its end */
	for (size_t n = 0; n < strlen(good); n++) {
		memcpy(cut, good, n);
		cut[n] = '\0';
		if (share_mount_line(cut, 0, 45, type))
			T_INT("all that a cut line can name is a part",
			    strncmp("fuse.sshfs", type, strlen(type)), 0);
	}
	snprintf(longest, sizeof(longest), "1 1 0:45 / / rw - %.*s x", SHARE_TYPE_MAX,
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	T_INT("a type as long as it may be", share_mount_line(longest, 0, 45, type), true);
	snprintf(longest, sizeof(longest), "1 1 0:45 / / rw - %.*s x", SHARE_TYPE_MAX + 1,
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	T_INT("one longer", share_mount_line(longest, 0, 45, type), false);
}

#define S 1000000000LL

static void
test_grain(void)
{
	const int64_t parts[] = { 10 * S, 12 * S + 1 }, seconds[] = { 10 * S, 11 * S },
		      even[] = { 10 * S, 12 * S };

	T_INT("parts of seconds", share_grain(parts, 2), SHARE_TICK);
	T_INT("a whole one may be chance", share_grain(parts, 1), 2 * S);
	T_INT("whole seconds", share_grain(seconds, 2), S);
	T_INT("even ones only", share_grain(even, 2), 2 * S);
}

static const char *
filled(size_t n)
{
	static char text[WRITTEN_PATH_MAX + 2];

	memset(text, 'a', n);
	text[0] = '/';
	text[n] = '\0';
	return text;
}

static void
test_written(void)
{
	struct clocks_target got;
	struct err e = { 0 };

	T_INT("with a name", clocks_share_parse("ICP-MS PC = /mnt/icpms", &got, &e), 0);
	T_TEXT("its name", got.at.name, "ICP-MS PC");
	T_TEXT("its folder", got.at.url, "/mnt/icpms");
	T_INT("without one", clocks_share_parse("/mnt/icpms", &got, &e), 0);
	T_TEXT("the folder stands for it", got.at.name, "/mnt/icpms");
	T_INT("no folder", clocks_share_parse("smb://icpms/share", &got, &e), -1);
	T_HAS("said", e.msg, "starts with /");
	T_INT("everything", clocks_share_parse("/", &got, &e), -1);
	T_INT("nothing", clocks_share_parse("", &got, &e), -1);
	T_INT("as long as it may be", clocks_share_parse(filled(WRITTEN_PATH_MAX), &got, &e), 0);
	T_INT("one longer", clocks_share_parse(filled(WRITTEN_PATH_MAX + 1), &got, &e), -1);
}

static void
test_check(void)
{
	const char *v[CLOCKS_SHARES_MAX + 1], *opt = NULL;
	char text[CLOCKS_SHARES_MAX + 1][32];
	struct clocks_conf conf = { .max_offset = SPAN_S, .touch_in = { v, CLOCKS_SHARES_MAX } };
	struct err e = { 0 };

	for (size_t i = 0; i <= CLOCKS_SHARES_MAX; i++) {
		snprintf(text[i], sizeof(text[i]), "/mnt/pc%zu", i);
		v[i] = text[i];
	}
	T_INT("shares alone, as many as there may be", probe_self->check(&conf, &opt, &e), 0);
	conf.touch_in.n++;
	T_INT("one more", probe_self->check(&conf, &opt, &e), -1);
	T_TEXT("the option at fault", opt, "touch_in");
	conf.touch_in.n = 2;
	v[1] = "PC = /mnt/pc0";
	T_INT("one folder under two names", probe_self->check(&conf, &opt, &e), -1);
	conf.touch_in.n = 0;
	T_INT("no machine at all", probe_self->check(&conf, &opt, &e), -1);
	T_TEXT("the option that is missing", opt, "targets");
}

int
main(void)
{
	test_kinds();
	test_mounts();
	test_grain();
	test_written();
	test_check();
	return t_end();
}
