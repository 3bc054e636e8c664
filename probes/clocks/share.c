/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the list of file systems whose times another machine makes.
 */
#include "share.h"

#include <stdio.h>
#include <string.h>

#define NS 1000000000LL

/* statfs(2); FUSE tells its own kind beside it. Those of a server's clock only: what a program on
 * this computer stamps (a disk, an encrypted folder) is our own time. */
static const struct {
	long magic;
	const char *subtype, *kind;
} kinds[] = {
	{ 0x6969, NULL, "nfs" },
	{ 0xff534d42, NULL, "cifs" },
	{ 0xfe534d42, NULL, "smb2" },
	{ 0x517b, NULL, "smbfs" },
	{ 0x5346414f, NULL, "afs" },
	{ 0x65735546, "fuse.sshfs", "sshfs" },
	{ 0x65735546, "fuse.smbnetfs", "smbnetfs" },
	{ 0x65735546, "fuse.davfs2", "davfs" },
};

const char *
share_kind(long magic, const char *subtype)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if ((magic & 0xffffffffL) == kinds[i].magic &&
		    (kinds[i].subtype == NULL || strcmp(kinds[i].subtype, subtype) == 0))
			return kinds[i].kind;
	return NULL;
}

/* "36 35 98:0 /root /mount options ... - type source options" */
bool
share_mount_line(
    const char *line, unsigned long major, unsigned long minor, char type[SHARE_TYPE_MAX + 1])
{
	unsigned long a, b;
	const char *dash = strstr(line, " - ");
	size_t n;

	if (dash == NULL || sscanf(line, "%*u %*u %lu:%lu ", &a, &b) != 2 || a != major ||
	    b != minor)
		return false;
	n = strcspn(dash + 3, " \n");
	if (n == 0 || n > SHARE_TYPE_MAX)
		return false;
	memcpy(type, dash + 3, n);
	type[n] = '\0';
	return true;
}

int64_t
share_grain(const int64_t *stamps, size_t n)
{
	int64_t grain = 2 * NS;

	for (size_t i = 0; i < n; i++) {
		if (stamps[i] % NS != 0)
			return SHARE_TICK;
		if (stamps[i] / NS % 2 != 0)
			grain = NS;
	}
	return grain;
}
