/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the look at the programs that run, in /proc.
 */
#include "watch/quiet.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define COMM_MAX 16 /* of /proc/PID/comm, with its end (proc(5)) */

/* The name of a running program, as proc(5) cuts it. */
static bool
process_is(const char *pid, const struct texts *names)
{
	char path[64], comm[COMM_MAX + 1];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/%.20s/comm", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	n = read(fd, comm, sizeof(comm) - 1);
	close(fd);
	if (n <= 0)
		return false;
	comm[comm[n - 1] == '\n' ? n - 1 : n] = '\0';
	for (size_t i = 0; i < names->n; i++)
		if (strncmp(comm, names->v[i], COMM_MAX - 1) == 0)
			return true;
	return false;
}

bool
quiet_now(const struct texts *programs)
{
	const struct dirent *entry;
	bool runs = false;
	DIR *proc;

	if (programs->n == 0 || (proc = opendir("/proc")) == NULL)
		return false;
	while (!runs && (entry = readdir(proc)) != NULL)
		runs =
		    isdigit((unsigned char)entry->d_name[0]) && process_is(entry->d_name, programs);
	closedir(proc);
	return runs;
}
